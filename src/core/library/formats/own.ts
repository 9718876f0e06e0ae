/** What the browser itself keeps, as `bookmarks.getTree` and `readingList.query` of the WebExtensions API tell it. */
import { collect, type Reading } from '../item.ts';

/** The part of `bookmarks.BookmarkTreeNode` that is read. `dateAdded` in milliseconds since 1970; Firefox tells no tags. */
export type TreeNode = {
  title: string;
  url?: string | undefined;
  dateAdded?: number | undefined;
  children?: readonly TreeNode[] | undefined;
};

/** The part of `readingList.ReadingListEntry` that is read. `creationTime` in milliseconds since 1970. */
export type ReadingListEntry = { url: string; title: string; hasBeenRead: boolean; creationTime: number };

export type OwnKind = 'bookmarks' | 'readingList';
export type Own = { bookmarks: readonly TreeNode[] } | { readingList: readonly ReadingListEntry[] };

export const readOwn = (own: Own): Reading =>
  'bookmarks' in own ? readTree(own.bookmarks) : readReadingList(own.readingList);

function readTree(roots: readonly TreeNode[]): Reading {
  const reading = collect('bookmarks');
  // By hand: folders may lie deeper than calls may.
  const waiting = roots.toReversed().map((node) => ({ node, folder: [] as readonly string[] }));
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { node, folder } = one;
    const { title, url, dateAdded, children = [] } = node;
    // Firefox lists its own queries, and lines between bookmarks, among them.
    if (url !== undefined && !/^(?:place|data):/.test(url))
      reading.add({ url, title, created: dateAdded ?? null, folder: [...folder] });
    const inside = title === '' ? folder : [...folder, title];
    for (const child of children.toReversed()) waiting.push({ node: child, folder: inside });
  }
  return reading;
}

function readReadingList(entries: readonly ReadingListEntry[]): Reading {
  const reading = collect('reading-list');
  for (const { url, title, hasBeenRead, creationTime } of entries)
    reading.add({ url, title, created: creationTime, unread: !hasBeenRead });
  return reading;
}
