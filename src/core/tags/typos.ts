/** Slips of the keyboard: a letter too many, one missing, a wrong one, or two neighbours swapped. */

/** Whether two words begin with the same letter, or with the first two swapped. */
export const beginAlike = (a: string, b: string): boolean =>
  a.charCodeAt(0) === b.charCodeAt(0) || (a[0] === b[1] && a[1] === b[0]);

/** How many letters two words have in common from their start. */
function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/**
 * Whether a name begins with what was typed but for one slip. The first letter has to be right, or swapped with the
 * second: it nearly always is (Pollock and Zamora, "Automatic spelling correction", 1984), and words that differ there
 * are mostly others (`React`, `Preact`).
 */
export function startsWithTypo(name: string, typed: string): boolean {
  // Most names are told apart here.
  if (!beginAlike(typed, name)) return false;
  const at = commonStart(typed, name);
  if (at === typed.length) return true;
  const isSwapped = typed[at] === name[at + 1] && typed[at + 1] === name[at];
  if (isSwapped && name.startsWith(typed.slice(at + 2), at + 2)) return true;
  if (at === 0) return false;
  const after = typed.slice(at + 1);
  return (
    name.startsWith(after, at + 1) || name.startsWith(after, at) || name.startsWith(typed.slice(at), at + 1)
  );
}

/**
 * The number of slips between two words (Damerau–Levenshtein, "optimal string alignment"), or infinity when they are
 * more than `most`. Only a band of `most` to either side of the diagonal is worked out, so the work is the words' length
 * times `most`.
 */
export function typosBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  const get = (row: readonly number[], at: number) => row[at] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [];
    const first = Math.max(0, i - most);
    const last = Math.min(b.length, i + most);
    let least = Number.POSITIVE_INFINITY;
    for (let j = first; j <= last; j++) {
      let typos = get(above, j) + 1;
      if (j === 0) typos = i;
      else {
        typos = Math.min(typos, get(row, j - 1) + 1, get(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          typos = Math.min(typos, get(before, j - 2) + 1);
        }
      }
      row[j] = typos;
      least = Math.min(least, typos);
    }
    if (least > most) return Number.POSITIVE_INFINITY;
    before = above;
    above = row;
  }
  const typos = get(above, b.length);
  return typos <= most ? typos : Number.POSITIVE_INFINITY;
}
