/**
 * What is searched of rows: a line of folded text each, many lines in one text, which is loaded some thirty times sooner than
 * the rows themselves. Packs are only ever added; a later line stands in place of earlier ones of the same row.
 */

import * as z from 'zod/mini';
import { fold } from '../text/fold.ts';

import type { SavedRow } from './record.ts';

export const Pack = z.object({
  /** Ids of rows, a line each; in the order in which they changed, the last one last. */
  ids: z.string(),
  /** `title TAB tags TAB host TAB path`, a line each; an empty line is a row that is gone, `WIDE` one that is in `wide`. */
  lines: z.string(),
  /** Lines with signs beyond Latin-1, each of which would make a text it is part of take twice the room. */
  wide: z.string(),
});
export type Pack = z.infer<typeof Pack>;

/** Nobody types more of any part. */
const LONGEST = 500;

/** As what is typed is folded, with every gap as one space. */
const folded = (text: string): string => fold(text.slice(0, LONGEST)).replace(/\s+/g, ' ');

const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^/?#@]*@)?(?:www\.)?([^/?#]*)(.*)$/is;

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The line by which a row is found. */
export function lineOf({ title, tags, address }: Pick<SavedRow, 'title' | 'tags' | 'address'>): string {
  const [, host = '', path = ''] = ADDRESS.exec(address) ?? [];
  const line = [title, tags.join(' '), host, path.includes('%') ? decoded(path) : path]
    .map(folded)
    .join('\t');
  return isWide(line) ? line : narrowed(line);
}

const isWide = (line: string): boolean => /[^\0-\xff]/.test(line);

/** Text from which accents were taken is still held as wide as it was with them, until its signs are put together anew. */
const narrowed = (line: string): string =>
  String.fromCharCode(...Array.from(line, (sign) => sign.charCodeAt(0)));

export type Entry = { id: string; line: string };

const WIDE = '\t';

const packLines = (ids: readonly string[], lines: readonly string[]): Pack => ({
  ids: ids.join('\n'),
  lines: lines.map((line) => (isWide(line) ? WIDE : line)).join('\n'),
  wide: lines.filter(isWide).join('\n'),
});

export const packOf = (entries: readonly Entry[]): Pack =>
  packLines(
    entries.map(({ id }) => id),
    entries.map(({ line }) => line),
  );

/** What is told of a row that is gone. */
export const gone = (id: string): Entry => ({ id, line: '' });

/**
 * Rows, their lines and which of those are wide, place by place: arrays, as objects for 100,000 rows would take as long to
 * make as all the rest.
 */
export type Lines = { ids: string[]; lines: string[]; wide: boolean[] };

/** The latest line of each row that is not gone; the row that changed last comes first. */
export function latestLines(packs: readonly Pack[]): Lines {
  const seen = new Set<string>();
  const all: Lines = { ids: [], lines: [], wide: [] };
  for (let at = packs.length - 1; at >= 0; at--) {
    const pack = packs[at];
    if (!pack || pack.ids === '') continue;
    const packIds = pack.ids.split('\n');
    const narrow = pack.lines.split('\n');
    const wide = pack.wide.split('\n');
    let wideLeft = wide.length;
    for (let place = packIds.length - 1; place >= 0; place--) {
      const id = packIds[place] ?? '';
      const isOfWide = narrow[place] === WIDE;
      const line = isOfWide ? wide[--wideLeft] : narrow[place];
      const known = seen.size;
      if (seen.add(id).size === known || !line) continue;
      all.ids.push(id);
      all.lines.push(line);
      all.wide.push(isOfWide);
    }
  }
  return all;
}

const PACK_SIZE = 1_000;

/** The same with no line that another stands in place of. */
export function repack(packs: readonly Pack[]): { packs: Pack[]; entries: number } {
  const { ids, lines } = latestLines(packs);
  ids.reverse();
  lines.reverse();
  const fresh: Pack[] = [];
  for (let at = 0; at < ids.length; at += PACK_SIZE) {
    const end = at + PACK_SIZE;
    fresh.push(packLines(ids.slice(at, end), lines.slice(at, end)));
  }
  return { packs: fresh, entries: ids.length };
}

/** Whether what is searched is worth packing anew: by so many entries in so many packs for so many rows. */
export const isLoose = (entries: number, packs: number, rows: number): boolean =>
  entries > 2 * rows + PACK_SIZE || packs > (2 * rows) / PACK_SIZE + 100;
