/** Tables: comma, semicolon or tab between, columns known by their names, in whatever order they come. */
import Papa from 'papaparse';
import { nameRank } from '../../database/mapping.ts';
import { anyDate } from '../dates.ts';
import { collect, type Found, type LibraryFormat, type Reading } from '../item.ts';
import { flagOf } from '../values.ts';

/** What a row has in the column of that name; empty where there is no such column. */
export type Cell = (name: string) => string;

export type TableFormat = {
  format: LibraryFormat;
  /** @param has whether the table has all of these columns */
  fits(has: (...names: string[]) => boolean): boolean;
  item(cell: Cell): Found;
};

/** Names of columns as services write them: with blanks, with signs between, in capitals. */
const nameOf = (header: string): string =>
  header
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');

/** A table of what nobody should import: it is not read at all. */
const SECRET = /^(?:password|passwort|mot_de_passe|contrase|card_number|totp|otpauth)/;

export type Table = { names: string[]; rows: string[][]; broken: number[] };

/** @returns null where it is no table: it has one column, or what stands first are no names */
export function tableOf(text: string): Table | null {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const [header = [], ...rows] = data;
  const names = header.map(nameOf);
  if (names.length < 2 || names.some((name) => /^https?:/.test(name))) return null;
  // Papaparse counts rows as they are in the file, the names among them.
  const broken = errors.flatMap(({ type, row }) => (type === 'Quotes' && row !== undefined ? [row - 1] : []));
  return { names, rows, broken };
}

export const holdsSecrets = ({ names }: Table): boolean => names.some((name) => SECRET.test(name));

export function readTable(table: Table, { format, item }: Pick<TableFormat, 'format' | 'item'>): Reading {
  const reading = collect(format);
  const places = new Map(table.names.map((name, at) => [name, at]));
  for (const [at, row] of table.rows.entries()) {
    const cell: Cell = (name) => (row[places.get(name) ?? -1] ?? '').trim();
    if (table.broken.includes(at)) reading.refuse(row.join(' ').slice(0, 200));
    else reading.add(item(cell));
  }
  return reading;
}

/** Which column holds what, in a table that nobody knows: by the names of the columns, and the address by what is in it. */
export function guess({ names, rows }: Table): TableFormat | null {
  const best = (rank: (name: string) => number): string | undefined => {
    const fitting = names.filter((name) => rank(name) >= 0);
    return fitting.sort((a, b) => rank(a) - rank(b))[0];
  };
  const isAddress = (at: number) => {
    const some = rows
      .slice(0, 50)
      .map((row) => (row[at] ?? '').trim())
      .filter((cell) => cell !== '');
    return some.length > 0 && some.filter((cell) => /^https?:\/\//i.test(cell)).length > some.length / 2;
  };
  const byContent = names.filter((_, at) => isAddress(at));
  const url = best((name) => (byContent.includes(name) ? nameRank('url', name) : -1)) ?? byContent[0];
  if (url === undefined) return null;
  const rest = (role: 'tags' | 'description' | 'savedOn') =>
    best((name) => (name === url ? -1 : nameRank(role, name)));
  const [tags, note, date] = [rest('tags'), rest('description'), rest('savedOn')];
  const named = names.filter((name) => ![url, tags, note, date].includes(name) && !byContent.includes(name));
  // Notion writes the title first, whatever it is called.
  const title =
    named.find((name) => /^(?:title|name|titel|titre|titulo|titolo|nome|nom|nombre)$/.test(name)) ?? named[0];
  const folder = names.find((name) => /^(?:folder|collection|list|ordner|dossier|carpeta)$/.test(name));
  const flag = (cell: Cell, ...all: string[]) => flagOf(all.map(cell).find((word) => word !== ''));
  return {
    format: 'table',
    fits: () => true,
    item: (cell) => ({
      url: cell(url),
      title: title === undefined || title === folder ? null : cell(title),
      tags: tags === undefined ? [] : cell(tags).split(/[,;|]/),
      created: date === undefined ? null : anyDate(cell(date)),
      note: note === undefined ? null : cell(note),
      folder: folder === undefined ? [] : cell(folder).split('/'),
      unread: flag(cell, 'unread', 'toread', 'to_read'),
      archived: flag(cell, 'archived', 'is_archived'),
      favourite: flag(cell, 'favorite', 'favourite', 'starred', 'is_starred'),
    }),
  };
}
