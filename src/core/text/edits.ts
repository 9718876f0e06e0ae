/** What somebody changed in a text, found by comparing it with what it was. Lengths and places in UTF-16 units. */

/** From `from` up to `to`, the text before was replaced by `text`. */
export type Edit = { from: number; to: number; text: string };

/** Beyond so many comparisons of words, all between the first and the last change counts as one. */
const MOST_COMPARED = 1_000_000;

/** Words; of scripts that write none apart, characters; and each other character by itself. */
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+|./gsu;

/** The edits that make one text of the other, in order and apart from each other. None when they are the same. */
export function editsBetween(before: string, after: string): Edit[] {
  if (before === after) return [];
  const old = before.match(WORDS) ?? [];
  const now = after.match(WORDS) ?? [];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const from = lengthOf(old.slice(0, head));
  const changed = old.slice(head, old.length - tail);
  const typed = now.slice(head, now.length - tail);
  const few = changed.length * typed.length <= MOST_COMPARED;
  const edits = few ? editsOf(changed, typed) : [{ from: 0, to: lengthOf(changed), text: typed.join('') }];
  return edits.map((edit) => ({ from: from + edit.from, to: from + edit.to, text: edit.text }));
}

const lengthOf = (words: readonly string[]): number => words.reduce((sum, { length }) => sum + length, 0);

/** By the longest common subsequence of words. */
function editsOf(old: readonly string[], now: readonly string[]): Edit[] {
  const width = now.length + 1;
  /** How many words from there on can stay: by place in `old`, then in `now`. */
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      common[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const edits: Edit[] = [];
  let place = 0;
  let open: Edit | null = null;
  for (let row = 0, column = 0; row < old.length || column < now.length; ) {
    const word = old[row];
    if (word !== undefined && word === now[column]) {
      open = null;
      place += word.length;
      row++;
      column++;
      continue;
    }
    if (!open) {
      open = { from: place, to: place, text: '' };
      edits.push(open);
    }
    const isGone = column === now.length || at(row + 1, column) >= at(row, column + 1);
    if (word !== undefined && isGone) {
      place += word.length;
      open.to = place;
      row++;
    } else {
      open.text += now[column] ?? '';
      column++;
    }
  }
  return edits;
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/**
 * For each place in what was shown, the same place in the text itself, which may have other white space. Null when they
 * are not the same text.
 */
function placesIn(text: string, shown: string): number[] | null {
  const places: number[] = [];
  let at = 0;
  for (let place = 0; place < shown.length; place++) {
    const wanted = shown[place];
    const isFitting = () => text[at] === wanted || (isSpace(text[at]) && isSpace(wanted));
    while (at < text.length && !isFitting() && isSpace(text[at])) at++;
    if (at === text.length || !isFitting()) return null;
    places.push(at);
    at++;
  }
  return [...places, text.length];
}

/**
 * A text after it was edited where it stood with other white space: in a field of one line, or as a control shows it.
 * What nobody changed stays as it was, its white space too.
 */
export function editedText(text: string, shown: string, typed: string): string {
  if (typed === shown || typed === text) return text;
  const places = placesIn(text, shown);
  if (!places) return typed;
  /** Behind a space is behind all the white space that it stands for; what else is not shown belongs to what follows. */
  const behind = (at: number): number =>
    at === 0 || isSpace(shown[at - 1]) ? (places[at] ?? text.length) : (places[at - 1] ?? -1) + 1;
  let result = '';
  let done = 0;
  for (const { from, to, text: put } of editsBetween(shown, typed)) {
    const isAll = from === 0 && to === shown.length;
    const start = isAll ? 0 : behind(from);
    const isToTheEnd = isAll || (to > from && to === shown.length);
    const end = isToTheEnd ? text.length : Math.max(start, behind(to));
    result += text.slice(done, start) + put;
    done = Math.max(start, end);
  }
  return result + text.slice(done);
}
