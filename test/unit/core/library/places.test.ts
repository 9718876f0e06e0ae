/** Where what was imported goes. */
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../../src/core/address/address-key.ts';
import type { Destination, Property } from '../../../../src/core/database/destination.ts';
import type { LibraryItem } from '../../../../src/core/library/item.ts';
import {
  captureOf,
  forecast,
  likelyPlaces,
  type Places,
  spellingsOf,
  withoutKnown,
} from '../../../../src/core/library/places.ts';

const options = (...names: string[]) => names.map((name) => ({ id: name, name, color: 'default' }));
const DATABASE: Destination = {
  id: 'd',
  databaseId: 'd',
  botId: 'bot',
  title: 'Reading list',
  url: '',
  icon: null,
  readAt: 0,
  properties: [
    { id: 'title', name: 'Name', type: 'title' },
    { id: 'tags', name: 'Tags', type: 'multi_select', options: options('History', 'physics') },
    { id: 'saved', name: 'Saved on', type: 'date' },
    { id: 'status', name: 'Status', type: 'status', options: options('To read', 'Reading', 'Read') },
    { id: 'star', name: 'Favourite', type: 'checkbox' },
    { id: 'where', name: 'Folder', type: 'select', options: [] },
  ] as Property[],
  mapping: { title: 'title', url: null, tags: 'tags', description: null, savedOn: 'saved' },
};
const ITEM: LibraryItem = {
  url: 'https://example.org/',
  title: 'Tides',
  tags: ['history', 'new, one'],
  created: 1_700_000_000_000,
  note: 'Mine',
  excerpt: 'Theirs',
  folder: ['Work', 'Deep'],
  unread: true,
  archived: null,
  favourite: true,
  highlights: ['Marked'],
};
const captured = (places: Places, item: LibraryItem = ITEM) =>
  captureOf(item, places, DATABASE, spellingsOf(DATABASE), 5);

describe('what is imported', () => {
  it('goes where somebody would put it who looks at the database', () => {
    const places = likelyPlaces(DATABASE);
    expect(places).toEqual({
      created: 'saved',
      folder: { as: 'property', id: 'where' },
      unread: { id: 'status', option: 'To read' },
      archived: { id: 'status', option: 'Read' },
      favourite: { id: 'star', option: null },
      makesTags: true,
      tags: [],
    });
    expect(captured(places)).toEqual({
      url: 'https://example.org/',
      title: 'Tides',
      description: 'Mine\n\nTheirs\n\nMarked',
      tags: ['History', 'new one'],
      values: [
        { id: 'where', name: 'Folder', value: { kind: 'list', items: [{ name: 'Work / Deep' }] } },
        { id: 'status', name: 'Status', value: { kind: 'text', text: 'To read' } },
        { id: 'star', name: 'Favourite', value: { kind: 'flag', on: true } },
      ],
      at: ITEM.created,
      origin: 'import',
    });
  });

  it('goes elsewhere where that is wanted, and nowhere where it has no place', () => {
    const bare: Places = {
      ...{ created: null, folder: { as: 'names' }, unread: null, archived: null, favourite: null },
      ...{ makesTags: false, tags: ['Imported'] },
    };
    expect(captured(bare)).toMatchObject({ tags: ['Imported', 'History'], values: [], at: 5 });
    expect(captured({ ...bare, makesTags: true }).tags).toEqual([
      'Imported',
      'History',
      'new one',
      'Work',
      'Deep',
    ]);
    expect(captured({ ...bare, makesTags: true, folder: { as: 'last' } }).tags.at(-1)).toBe('Deep');
    const other = { ...DATABASE, mapping: { ...DATABASE.mapping, savedOn: null } };
    const dated = captureOf(ITEM, { ...bare, created: 'saved' }, other, spellingsOf(other), 5);
    expect(dated).toMatchObject({
      at: 5,
      values: [{ id: 'saved', value: { kind: 'date', start: '2023-11-14T22:13:20.000Z' } }],
    });
    expect(captured(likelyPlaces(DATABASE), { ...ITEM, created: null }).at).toBe(5);
  });

  it('is told of before: new tags, dates, and what is there already', () => {
    const items = [
      ITEM,
      { ...ITEM, url: 'https://example.org/b', tags: ['Physics', 'NEW ONE'], created: null, unread: false },
    ];
    const places = { ...likelyPlaces(DATABASE), folder: { as: 'last' } as const };
    expect(forecast(items, places, DATABASE)).toEqual({
      newTags: [
        { name: 'new one', count: 2 },
        { name: 'Deep', count: 2 },
      ],
      dated: 1,
      flags: { unread: 1, archived: 0, favourite: 2 },
      folders: 1,
    });
    const known = new Set([addressKey('https://EXAMPLE.org/?utm_source=mail')]);
    expect(withoutKnown(items, known)).toEqual({ fresh: [items[1]], there: 1 });
  });
});
