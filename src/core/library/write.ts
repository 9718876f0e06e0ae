/** Saved rows as files that other services and browsers read, so that nobody is locked in. */
import Papa from 'papaparse';
import type { SavedRow } from '../saved-rows/record.ts';

export type ExportFormat = 'html' | 'csv' | 'json';

export const EXPORTS: Readonly<
  Record<ExportFormat, { type: string; write(rows: readonly SavedRow[]): string }>
> = {
  html: { type: 'text/html', write: writeBookmarks },
  csv: { type: 'text/csv', write: writeTable },
  json: { type: 'application/json', write: writeObjects },
};

const encoded = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** As browsers and most services take it; a row without an address is no bookmark. Dates are in seconds. */
function writeBookmarks(rows: readonly SavedRow[]): string {
  const lines = rows
    .filter(({ address }) => address !== '')
    .map(({ address, title, tags, createdAt }) => {
      const date = createdAt === null ? '' : ` ADD_DATE="${Math.floor(createdAt / 1000)}"`;
      // Tags are parted by commas, which Notion lets none of its options have.
      const names = tags.length > 0 ? ` TAGS="${encoded(tags.join(','))}"` : '';
      return `    <DT><A HREF="${encoded(address)}"${date}${names}>${encoded(title)}</A>`;
    });
  return [
    '<!DOCTYPE NETSCAPE-Bookmark-file-1>',
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
    '<TITLE>Bookmarks</TITLE>',
    '<H1>Bookmarks</H1>',
    '<DL><p>',
    ...lines,
    '</DL><p>',
    '',
  ].join('\n');
}

const plain = ({ title, address, tags, createdAt, editedAt, url }: SavedRow) => ({
  title,
  url: address,
  tags,
  created: createdAt === null ? null : new Date(createdAt).toISOString(),
  edited: editedAt === null ? null : new Date(editedAt).toISOString(),
  notion: url,
});

/** A title that a spreadsheet would take for a formula is kept from being one: it may be anybody's. */
function writeTable(rows: readonly SavedRow[]): string {
  const table = rows.map((row) => ({ ...plain(row), tags: row.tags.join(', ') }));
  return Papa.unparse(table, { escapeFormulae: true });
}

function writeObjects(rows: readonly SavedRow[]): string {
  return `${JSON.stringify(rows.map(plain), null, 2)}\n`;
}
