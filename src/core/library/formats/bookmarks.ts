/**
 * Bookmark files in the form that Netscape began and all browsers and many services write: `<DT><A …>title</A>` is a bookmark,
 * `<DT><H3 …>name</H3>` names the list that follows, `<DD>` says more of what stands before it. It is no HTML that a parser of HTML reads
 * well: descriptions hold whatever was typed (https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)).
 */
import { unixDate, writtenDate } from '../dates.ts';
import { decodeEntities, plainText } from '../entities.ts';
import { collect, type Found, type Reading } from '../item.ts';
import { flagOf, joined } from '../values.ts';
import { addressDecoder, createTagReader } from './markup.ts';

/** `bookmarks` in some language is no mark: that is how the file is built. */
export const isBookmarks = (text: string): boolean =>
  /<!DOCTYPE\s+NETSCAPE-Bookmark-file/i.test(text.slice(0, 2_000)) ||
  /<dt>\s*(?:<p>\s*)?<(?:a|h[1-6])\b/i.test(text);

/** What Safari calls its list of pages to be read; its name is translated. */
const READING_LIST = 'com.apple.readinglist';
/** linkding's own tag for what is archived. */
const ARCHIVED = 'linkding:bookmarks.archived';
const NOTES = /\[linkding-notes\]([\s\S]*?)\[\/linkding-notes\]/i;

type Folder = { name: string; isReadingList: boolean };
type Bookmark = { address: string; found: Found };

export function readBookmarks(text: string): Reading {
  const bookmarks = bookmarksIn(text);
  const decodeAddress = addressDecoder(bookmarks.map(({ address }) => address));
  const reading = collect('bookmarks');
  for (const { address, found } of bookmarks) reading.add({ ...found, url: decodeAddress(address) });
  return reading;
}

function bookmarksIn(text: string): Bookmark[] {
  const readTag = createTagReader(text);
  const bookmarks: Bookmark[] = [];
  const around: (Folder | null)[] = [];
  let named: Folder | null = null;
  /** What a description that follows is of: a bookmark, or a folder, whose description has no place. */
  let last: Bookmark | null = null;
  let described = -1;
  // Lists of HTML are those of the file where it has no other.
  const hasLists = /<dl\b/i.test(text);
  const isList = (name: string) => (hasLists ? name === 'dl' : /^(?:dl|ul|ol|menu)$/.test(name));

  const describe = (end: number): void => {
    if (described < 0) return;
    if (last) last.found.note = joined(last.found.note, plainText(text.slice(described, end)));
    described = -1;
  };
  /** Up to its end, or to where something else begins. */
  const content = (from: number, name: string): string => {
    const end = new RegExp(`</${name}\\b|<(?:dt|/?dl|dd|hr)\\b`, 'gi');
    end.lastIndex = from;
    return text.slice(from, end.exec(text)?.index ?? text.length);
  };

  const tag = /<(\/?)(dt|dl|dd|hr|a|h[2-6]|ul|ol|menu|li)(?=[\s>/])/gi;
  for (let found = tag.exec(text); found; found = tag.exec(text)) {
    const [whole, slash, written = ''] = found;
    const name = written.toLowerCase();
    const isEnd = slash === '/';
    const isOutline = /^(?:dt|dl|hr|dd)$/.test(name) && !(isEnd && name === 'dt');
    // A description holds whatever was typed; it ends where the outline goes on.
    if (described >= 0 && !isOutline) continue;
    describe(found.index);
    const after = found.index + whole.length;
    if (isList(name)) {
      if (isEnd) around.pop();
      else around.push(named);
      [named, last] = [null, null];
    } else if (isEnd) {
    } else if (name === 'dd') {
      described = readTag(after).end;
      tag.lastIndex = described;
    } else if (name === 'a') {
      const { attributes, end } = readTag(after);
      const title = content(end, 'a');
      last = bookmarkOf(attributes, title, around);
      bookmarks.push(last);
      tag.lastIndex = end + title.length;
    } else if (/^h/.test(name)) {
      const { attributes, end } = readTag(after);
      const title = content(end, name);
      named = {
        name: decodeEntities(title),
        isReadingList: attributes.get('id')?.toLowerCase() === READING_LIST,
      };
      last = null;
      tag.lastIndex = end + title.length;
    }
  }
  describe(text.length);
  for (const { found } of bookmarks) takeNotes(found);
  return bookmarks;
}

function bookmarkOf(
  attributes: ReadonlyMap<string, string>,
  title: string,
  around: readonly (Folder | null)[],
): Bookmark {
  const folders = around.filter((folder) => folder !== null);
  const words = (name: string) => decodeEntities(attributes.get(name) ?? '');
  const tags = words('tags')
    .split(',')
    .map((tag) => tag.trim());
  const date = words('add_date');
  return {
    address: attributes.get('href') ?? '',
    found: {
      title: decodeEntities(title),
      tags: tags.filter((tag) => tag !== ARCHIVED),
      created: unixDate(date) ?? writtenDate(date),
      note: plainText(attributes.get('description') ?? ''),
      folder: folders.map(({ name }) => name),
      unread: flagOf(words('toread')) ?? (folders.some(({ isReadingList }) => isReadingList) || null),
      archived: tags.includes(ARCHIVED) || null,
    },
  };
}

/** linkding puts the user's notes into marks of its own, behind the description. */
function takeNotes(found: Found): void {
  const notes = NOTES.exec(found.note ?? '');
  if (notes) found.note = joined((found.note ?? '').replace(NOTES, ''), notes[1]);
}
