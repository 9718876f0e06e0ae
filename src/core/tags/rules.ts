/** What Notion takes as the name of an option, and how typed words become tags. */

/**
 * Longest name of an option. Undocumented, but enforced: https://github.com/dvanoni/notero keeps to it too.
 */
export const MAX_TAG = 100;

/** How two names are compared: Notion holds option names apart without regard to case. */
export const optionKey = (name: string): string => name.trim().normalize('NFC').toLowerCase();

/** The name among these that Notion would take for the same option; null when there is none. */
export function matchOption(name: string, names: readonly string[]): string | null {
  const wanted = optionKey(name);
  return names.find((other) => optionKey(other) === wanted) ?? null;
}

/** Why Notion would refuse this name; null when it would not. */
export function tagProblem(name: string): 'empty' | 'comma' | 'too-long' | null {
  if (name.trim() === '') return 'empty';
  if (name.includes(',')) return 'comma';
  return name.length > MAX_TAG ? 'too-long' : null;
}

/** Part tags wherever several are typed, as no option's name may hold the first; the others are its twins. */
export const TAG_COMMAS = ',，、';

/** Line breaks of a pasted list part tags too. */
export const BETWEEN_TAGS = new RegExp(`[${TAG_COMMAS}\\n\\r]+`);

/** The tags in what was typed. Nothing else is ever parted: a list stays the list that it was. */
export const splitTags = (typed: string): string[] =>
  typed
    .split(BETWEEN_TAGS)
    .map((tag) => tag.trim())
    .filter(Boolean);

/** The tags that a comma has ended, and what is still being typed after it; null while there is none. */
export function endedTags(typed: string): [tags: string[], rest: string] | null {
  const parts = typed.split(BETWEEN_TAGS);
  const rest = parts.pop() ?? '';
  return parts.length > 0 ? [parts, rest.trimStart()] : null;
}

/** Those names that are not among the others: what came, or what went. */
export const without = (names: readonly string[], others: readonly string[]): string[] =>
  names.filter((name) => !others.includes(name));

/** The chosen tags and others: in the spelling of the database, and none twice. Each is one name, whatever is in it. */
export function addTags(
  chosen: readonly string[],
  others: readonly string[],
  options: readonly { name: string }[],
): string[] {
  const names = options.map((option) => option.name);
  const all = [...chosen];
  for (const tag of others) {
    const name = matchOption(tag, names) ?? tag.trim();
    if (name !== '' && matchOption(name, all) === null) all.push(name);
  }
  return all;
}
