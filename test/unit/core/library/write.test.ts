/** What is exported can be read again, by Rowmark and by others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPORTS } from '../../../../src/core/library/write.ts';
import type { SavedRow } from '../../../../src/core/saved-rows/record.ts';
import { allSaid, at, read } from './library.ts';

const row = (more: Partial<SavedRow>): SavedRow => ({
  id: 'row',
  url: 'https://www.notion.so/row',
  dataSourceId: 'reading',
  address: 'https://example.org/?a=1&b="2"',
  title: 'Tom & Ida <3',
  tags: ['history', 'two words'],
  createdAt: at('2024-03-04T09:41:00Z'),
  editedAt: null,
  ...more,
});

describe('saved rows, written', () => {
  it.each(['html', 'csv', 'json'] as const)('as %s, are read with all that they say', (format) => {
    const written = EXPORTS[format].write([
      row({}),
      row({ address: 'https://example.org/2', tags: [], createdAt: null }),
    ]);
    expect(allSaid(written)).toEqual([
      {
        url: 'https://example.org/?a=1&b="2"',
        title: 'Tom & Ida <3',
        tags: ['history', 'two words'],
        created: at('2024-03-04T09:41:00Z'),
      },
      { url: 'https://example.org/2', title: 'Tom & Ida <3' },
    ]);
  });

  it('give a spreadsheet no formula', () => {
    const written = EXPORTS.csv.write([row({ title: '=HYPERLINK("https://example.org/")' })]);
    expect(written.split('\n')[1]).toMatch(/^"'=HYPERLINK/);
  });

  it('come back from bookmarks and JSON, whatever they are called', () => {
    const word = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '' && !text.includes('\0'));
    const some = fc.array(
      fc.record({ title: word, tags: fc.uniqueArray(word.filter((text) => !text.includes(','))) }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(some, fc.constantFrom('html' as const, 'json' as const), (all, format) => {
        const rows = all.map((one, number) => row({ ...one, address: `https://example.org/${number}` }));
        const { items } = read(EXPORTS[format].write(rows));
        expect(items.map(({ title, tags }) => ({ title, tags }))).toEqual(all);
      }),
    );
  });
});
