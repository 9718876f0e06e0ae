/** Flat XML, of which the attributes say all: Pinboard's posts, and outlines (http://opml.org/spec2.opml). */
import { anyDate } from '../dates.ts';
import { decodeEntities } from '../entities.ts';
import { collect, type Reading } from '../item.ts';
import { flagOf } from '../values.ts';
import { createTagReader } from './markup.ts';

/** @returns null where it is neither of them */
export function readXml(text: string): Reading | null {
  if (/<posts\b/i.test(text.slice(0, 2_000))) return readPosts(text);
  return /<opml\b/i.test(text.slice(0, 2_000)) ? readOutline(text) : null;
}

function* elements(text: string, name: string) {
  const readTag = createTagReader(text);
  const tag = new RegExp(`<(/?)${name}(?=[\\s/>])`, 'gi');
  for (let found = tag.exec(text); found; found = tag.exec(text)) {
    const { attributes, end } = readTag(found.index + found[0].length);
    const value = (key: string) => decodeEntities(attributes.get(key) ?? '');
    yield { value, isEnd: found[1] === '/', isWhole: text[end - 2] === '/' };
    tag.lastIndex = end;
  }
}

function readPosts(text: string): Reading {
  const reading = collect('pinboard');
  for (const { value, isEnd } of elements(text, 'post')) {
    if (isEnd) continue;
    reading.add({
      url: value('href'),
      title: value('description'),
      tags: value('tag').split(/\s+/),
      created: anyDate(value('time')),
      note: value('extended'),
      unread: flagOf(value('toread')),
    });
  }
  return reading;
}

/** The pages of feeds, and feeds that have no page. */
function readOutline(text: string): Reading {
  const reading = collect('opml');
  const folder: string[] = [];
  for (const { value, isEnd, isWhole } of elements(text, 'outline')) {
    if (isEnd) {
      folder.pop();
      continue;
    }
    const name = value('title') || value('text');
    const url = value('htmlurl') || value('url') || value('xmlurl');
    if (url !== '')
      reading.add({ url, title: name, created: anyDate(value('created')), folder: [...folder] });
    if (!isWhole) folder.push(name);
  }
  return reading;
}
