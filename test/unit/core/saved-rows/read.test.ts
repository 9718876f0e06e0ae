import { describe, expect, it } from 'vitest';
import { readSavedRow } from '../../../../src/core/saved-rows/read.ts';
import { bookmarks } from '../database/destination-fixture.ts';

const page = (more: object = {}, properties: object = {}) => ({
  object: 'page',
  id: 'row-1',
  url: 'https://app.notion.com/row-1',
  created_time: '2026-05-03T10:20:00.000Z',
  last_edited_time: '2026-05-04T11:21:00.000Z',
  properties: {
    Heading: { id: 'title', type: 'title', title: [{ plain_text: 'On ' }, { plain_text: 'tides' }] },
    Link: { id: 'u%3A', type: 'url', url: 'https://example.org/tides' },
    Labels: {
      id: 't',
      type: 'multi_select',
      multi_select: [{ id: 'o1', name: 'sea' }, 'odd', { name: 'x', id: 'o2' }],
    },
    ...properties,
  },
  ...more,
});
const read = (result: unknown) => readSavedRow(result, bookmarks);

describe('a row of a query', () => {
  it('is read by the ids of its properties, whatever they are called', () => {
    expect(read(page())).toEqual({
      kind: 'row',
      row: {
        id: 'row-1',
        url: 'https://app.notion.com/row-1',
        dataSourceId: bookmarks.id,
        address: 'https://example.org/tides',
        title: 'On tides',
        tags: ['sea', 'x'],
        editedAt: Date.UTC(2026, 4, 4, 11, 21),
        createdAt: Date.UTC(2026, 4, 3, 10, 20),
      },
    });
  });

  it('may lack everything but its address', () => {
    const properties = { Link: { id: 'u%3A', type: 'url', url: null } };
    expect(read({ object: 'page', id: 'row-1', properties })).toMatchObject({
      kind: 'row',
      row: {
        address: '',
        title: '',
        tags: [],
        editedAt: null,
        createdAt: null,
        url: 'https://www.notion.so/row1',
      },
    });
  });

  it('is unreadable without that, which is not the same as an empty one', () => {
    expect(read({ object: 'page', id: 'row-1' })).toEqual({ kind: 'unreadable', id: 'row-1' });
    expect(read(page({}, { Link: { id: 'u%3A', type: 'rich_text', rich_text: [] } })).kind).toBe(
      'unreadable',
    );
    expect(read({ object: 'something', id: 'x' })).toEqual({ kind: 'unreadable', id: 'x' });
    expect(read(null)).toEqual({ kind: 'unreadable', id: 'unknown' });
  });

  it('may be gone, or a database in a wiki', () => {
    expect(read(page({ in_trash: true }))).toEqual({ kind: 'gone', id: 'row-1' });
    expect(read({ object: 'data_source', id: 'd', properties: {} })).toEqual({ kind: 'other' });
  });

  it('has no address and no tags where the database has no place for them', () => {
    const without = { ...bookmarks, mapping: { ...bookmarks.mapping, url: null, tags: null } };
    expect(readSavedRow(page(), without)).toMatchObject({ kind: 'row', row: { address: '', tags: [] } });
  });

  it('has its title cut', () => {
    const long = page(
      {},
      { Heading: { id: 'title', type: 'title', title: [{ plain_text: 'x'.repeat(3_000) }] } },
    );
    expect(read(long)).toMatchObject({ row: { title: 'x'.repeat(500) } });
  });
});
