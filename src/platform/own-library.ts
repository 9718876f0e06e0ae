/** This browser's own bookmarks and reading list: seen once, by a permission that is given back at once. */
import browser from 'webextension-polyfill';
import type { Own, OwnKind, ReadingListEntry } from '../core/library/formats/own.ts';
import type { OwnLibrary } from '../protocol/client.ts';

/** Chromium alone has one: https://developer.chrome.com/docs/extensions/reference/api/readingList */
type WithReadingList = { readingList?: { query(filter: object): Promise<ReadingListEntry[]> } };
type Asked = Parameters<typeof browser.permissions.request>[0];

const KINDS: readonly OwnKind[] = ['bookmarks', 'readingList'];

/** The polyfill's types know no permission that one browser alone has. */
const permission = (kind: OwnKind): Asked => ({ permissions: [kind] }) as Asked;

async function readAllowed(kind: OwnKind): Promise<Own> {
  try {
    if (kind === 'bookmarks') return { bookmarks: await browser.bookmarks.getTree() };
    return { readingList: (await (browser as WithReadingList).readingList?.query({})) ?? [] };
  } finally {
    await browser.permissions.remove(permission(kind));
  }
}

export const ownLibrary = (): OwnLibrary => ({
  // What may be asked for is in the manifest.
  kinds: KINDS.filter((kind) =>
    (browser.runtime.getManifest().optional_permissions as string[] | undefined)?.includes(kind),
  ),
  // Firefox takes a question of that kind at the moment of the click alone.
  read: (kind) =>
    browser.permissions.request(permission(kind)).then((isAllowed) => (isAllowed ? readAllowed(kind) : null)),
});
