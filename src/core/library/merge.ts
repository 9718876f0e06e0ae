/** The same page several times in a library is one row. */
import { addressKey } from '../address/address-key.ts';
import type { LibraryItem } from './item.ts';
import { joined } from './values.ts';

export type Merged = {
  /** Each page once, where it stood first. */
  items: LibraryItem[];
  /** How many were doubles of another one. */
  doubles: number;
};

/** What the merged entry says of one thing: what any of them says, and yes where they differ. */
const either = (a: boolean | null, b: boolean | null): boolean | null =>
  a === null ? b : b === null ? a : a || b;

/**
 * Pages are told apart as everywhere in Rowmark. Tags are united, the earliest date counts, words are put together; folders are
 * united as well: those after the first become tags, as a row has one place.
 */
export function mergeItems(items: readonly LibraryItem[]): Merged {
  const byKey = new Map<string, LibraryItem>();
  for (const item of items) {
    const key = addressKey(item.url);
    const before = byKey.get(key);
    byKey.set(key, before ? merge(before, item) : item);
  }
  return { items: [...byKey.values()], doubles: items.length - byKey.size };
}

function merge(a: LibraryItem, b: LibraryItem): LibraryItem {
  const isSamePlace = a.folder.join('\n') === b.folder.join('\n');
  const name = isSamePlace || a.folder.length === 0 ? [] : b.folder.slice(-1);
  return {
    url: a.url,
    title: a.title ?? b.title,
    tags: [...new Set([...a.tags, ...b.tags, ...name])],
    created:
      a.created === null || b.created === null ? (a.created ?? b.created) : Math.min(a.created, b.created),
    note: joined(a.note, b.note) || null,
    excerpt: a.excerpt ?? b.excerpt,
    folder: a.folder.length > 0 ? a.folder : b.folder,
    // Read in one place is read.
    unread: a.unread === null || b.unread === null ? (a.unread ?? b.unread) : a.unread && b.unread,
    archived: either(a.archived, b.archived),
    favourite: either(a.favourite, b.favourite),
    highlights: [...new Set([...a.highlights, ...b.highlights])],
  };
}
