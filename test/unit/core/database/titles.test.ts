import { expect, it } from 'vitest';
import type { CatalogEntry } from '../../../../src/core/database/destination.ts';
import { databasesOfSeveral, knownTitles, withTitles } from '../../../../src/core/database/titles.ts';

const entry = (id: string, more: Partial<CatalogEntry> = {}): CatalogEntry => ({
  id,
  botId: 'bot',
  title: id,
  icon: null,
  ...more,
});
const ENTRIES = [
  entry('people', { databaseId: 'contacts', databaseTitle: 'Contacts' }),
  entry('list', { databaseId: 'reading' }),
  entry('places', { databaseId: 'contacts' }),
  entry('lost'),
  entry('found'),
];

it('only databases of which several data sources are listed are worth a request', () => {
  expect(databasesOfSeveral(ENTRIES)).toEqual([{ databaseId: 'contacts', botId: 'bot' }]);
  expect(databasesOfSeveral([])).toEqual([]);
});

it('a title that one data source has is that of all of the database, and of no other', () => {
  const named = withTitles(ENTRIES, knownTitles(ENTRIES));
  expect(named.map(({ id, databaseTitle }) => [id, databaseTitle])).toEqual([
    ['people', 'Contacts'],
    ['list', undefined],
    ['places', 'Contacts'],
    ['lost', undefined],
    ['found', undefined],
  ]);
});
