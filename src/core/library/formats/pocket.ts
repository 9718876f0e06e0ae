/** Pocket: its tables of parts, and `ril_export.html`. It closed in 2025; its files stay. */
import { unixDate } from '../dates.ts';
import { decodeEntities } from '../entities.ts';
import { collect, type Reading } from '../item.ts';
import { addressDecoder, createTagReader } from './markup.ts';
import type { TableFormat } from './table.ts';

const stateOf = (word: string) => ({
  unread: /unread/i.test(word) ? true : /archive|^read$/i.test(word) ? false : null,
  archived: /unread/i.test(word) ? false : /archive/i.test(word) ? true : null,
});

export const pocketTable: TableFormat = {
  format: 'pocket',
  fits: (has) => has('url', 'time_added') && has('status'),
  item: (cell) => ({
    url: cell('url'),
    title: cell('title'),
    tags: cell('tags').split('|'),
    created: unixDate(cell('time_added')),
    favourite: cell('favorite') === '' ? null : cell('favorite') === '1',
    ...stateOf(cell('status')),
  }),
};

export const isPocketPage = (text: string): boolean =>
  /<a\b[^>]*\btime_added\s*=/i.test(text.slice(0, 100_000));

/** Two lists, each under its heading: what is unread, and what is archived. */
export function readPocketPage(text: string): Reading {
  const readTag = createTagReader(text);
  const reading = collect('pocket');
  const found: { attributes: ReadonlyMap<string, string>; title: string; list: string }[] = [];
  let list = '';
  const tag = /<(h1|a)(?=[\s>])/gi;
  for (let at = tag.exec(text); at; at = tag.exec(text)) {
    const { attributes, end } = readTag(at.index + at[0].length);
    const close = text.indexOf('</', end);
    const words = decodeEntities(text.slice(end, close < 0 ? text.length : close));
    if (at[1]?.toLowerCase() === 'h1') list = words;
    else found.push({ attributes, title: words, list });
    tag.lastIndex = end;
  }
  const decodeAddress = addressDecoder(found.map(({ attributes }) => attributes.get('href') ?? ''));
  for (const { attributes, title, list: under } of found) {
    reading.add({
      url: decodeAddress(attributes.get('href') ?? ''),
      title,
      tags: decodeEntities(attributes.get('tags') ?? '').split(','),
      created: unixDate(attributes.get('time_added')),
      ...stateOf(under),
    });
  }
  return reading;
}
