/** Finding a database in the list by typing. */

import { fold } from '../text/fold.ts';
import type { CatalogEntry } from './destination.ts';

/** The databases that were saved to last come first, the others as they were. */
export function recentFirst(
  entries: readonly CatalogEntry[],
  recent: readonly string[] = [],
): CatalogEntry[] {
  const rank = ({ id }: CatalogEntry) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

const IS_LETTER = /[\p{L}\p{M}\p{N}]/u;

/** Whether a word of the text begins with these letters. */
function startsWord(text: string, letters: string): boolean {
  for (let at = text.indexOf(letters); at >= 0; at = text.indexOf(letters, at + 1))
    if (at === 0 || !IS_LETTER.test(text[at - 1] ?? '')) return true;
  return false;
}

/**
 * The entries whose text holds every word that was typed, in whatever order, without regard to case and accents: those
 * that begin with it first, then those of which words do, then the others; in each the order they came in.
 * @param textOf what is shown of an entry
 */
export function findEntries<E>(entries: readonly E[], typed: string, textOf: (entry: E) => string): E[] {
  const wanted = fold(typed).trim().replace(/\s+/g, ' ');
  if (wanted === '') return [...entries];
  const words = wanted.split(' ');
  const ranked = entries.flatMap((entry) => {
    const text = fold(textOf(entry));
    if (!words.every((word) => text.includes(word))) return [];
    const rank = text.startsWith(wanted) ? 0 : words.every((word) => startsWord(text, word)) ? 1 : 2;
    return [{ entry, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}
