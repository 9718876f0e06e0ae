import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../../src/core/capture/capture.ts';
import { splitText } from '../../../../src/core/notion/rich-text.ts';
import { createRow } from '../../../../src/core/notion/row.ts';
import { bookmarks, destination } from '../database/destination-fixture.ts';

const capture = (more: Partial<Capture> = {}): Capture => ({
  url: 'https://example.org/',
  title: 'Title',
  description: 'Words',
  tags: [],
  at: Date.UTC(2026, 4, 3, 12),
  origin: 'popup',
  ...more,
});

type Item = { text: { content: string } };
type Body = {
  parent: object;
  properties: Record<string, Record<string, unknown>>;
  children?: { type: string; paragraph?: { rich_text: Item[] }; bookmark?: { url: string } }[];
};
const body = (row: ReturnType<typeof createRow>): Body => row.request.body as Body;
const textOf = (items: unknown): string =>
  ((items ?? []) as Item[]).map((item) => item.text.content).join('');
const pageText = ({ children = [] }: Body): string =>
  children.map((block) => textOf(block.paragraph?.rich_text)).join('');

describe('a row', () => {
  it('holds every part under its property id', () => {
    expect(createRow(capture({ tags: ['javascript', 'new'] }), bookmarks).request).toEqual({
      method: 'POST',
      path: '/v1/pages',
      adds: true,
      body: {
        parent: { type: 'data_source_id', data_source_id: bookmarks.id },
        properties: {
          title: { title: [{ type: 'text', text: { content: 'Title' } }] },
          'u%3A': { url: 'https://example.org/' },
          t: { multi_select: [{ id: 'o1' }, { name: 'new' }] },
          d: { rich_text: [{ type: 'text', text: { content: 'Words' } }] },
          s: { date: { start: '2026-05-03T12:00:00.000Z' } },
        },
      },
    });
  });

  it('leaves out what is empty', () => {
    const { properties } = body(createRow(capture({ description: '' }), bookmarks));
    expect(Object.keys(properties).sort()).toEqual(['s', 'title', 'u%3A']);
  });

  it('is named by its address when the page has no title', () => {
    const { properties } = body(
      createRow(capture({ title: ' ', url: 'https://www.example.org/a/' }), bookmarks),
    );
    expect(textOf(properties.title?.title)).toBe('example.org/a');
  });

  it('puts into the page what the database has no property for', () => {
    const bare = destination([{ id: 'title', name: 'Gericht', type: 'title' }]);
    const { properties, children } = body(createRow(capture({ tags: ['x'] }), bare));
    expect(Object.keys(properties)).toEqual(['title']);
    expect(children?.[0]?.bookmark?.url).toBe('https://example.org/');
    expect(children?.slice(1).map((block) => textOf(block.paragraph?.rich_text))).toEqual(['Words', '#x']);
  });

  it('keeps names that are no options as words in the page', () => {
    const tags = ['a, b', 'y'.repeat(101), ' ', 'ok', 'OK'];
    const row = body(createRow(capture({ tags }), bookmarks));
    expect(row.properties.t).toEqual({ multi_select: [{ name: 'a; b' }, { name: 'ok' }] });
    expect(pageText(row)).toBe(`#a, b #${'y'.repeat(101)}`);
  });

  it('takes the nearest name that an option can have, and tells what it was', () => {
    const place = destination([
      { id: 'title', name: 'Name', type: 'title' },
      {
        id: 'a',
        name: 'Authors',
        type: 'multi_select',
        options: [{ id: 'o', name: 'mina okoro', color: 'blue' }],
      },
    ]);
    place.mapping.tags = null;
    const items = ['Okoro, Mina', 'Ada Byron', 'Okoro, Mina'].map((name) => ({ name }));
    const values = [{ id: 'a', name: 'Authors', value: { kind: 'list' as const, items } }];
    const row = createRow(capture({ values }), place);
    expect(body(row).properties.a).toEqual({ multi_select: [{ id: 'o' }, { name: 'Ada Byron' }] });
    expect(row.misfits).toEqual(['Authors: Okoro, Mina, Okoro, Mina']);
  });

  it('parts nothing at its commas that was not typed as a list', () => {
    const place = destination([
      { id: 'title', name: 'Name', type: 'title' },
      { id: 'f', name: 'Files', type: 'files' },
    ]);
    const url = 'https://example.org/map/1,2,3.png';
    const values = [{ id: 'f', name: 'Files', value: { kind: 'text' as const, text: url } }];
    expect(body(createRow(capture({ values }), place)).properties.f).toMatchObject({
      files: [{ external: { url } }],
    });
  });

  it('takes 100 tags and keeps the others', () => {
    const tags = Array.from({ length: 130 }, (_, i) => `tag ${i}`);
    const row = body(createRow(capture({ tags }), bookmarks));
    expect(row.properties.t?.multi_select).toHaveLength(100);
    expect(pageText(row)).toContain('#tag 129');
  });

  it('never cuts an address that is too long for a property', () => {
    const url = `https://example.org/?${'q'.repeat(4_000)}`;
    const row = body(createRow(capture({ url }), bookmarks));
    expect(row.properties['u%3A']).toBeUndefined();
    expect(pageText(row)).toBe(url);
  });

  it('loses no text of any length or script, and cuts no character', () => {
    const unit = fc.constantFrom('a', 'é', 'e\u0301', '漢', '𝔗', '👩‍👩‍👧‍👦', '🇩🇪', ' ', '\n', 'ש', '\uD800');
    const long = fc
      .tuple(fc.array(unit, { minLength: 1, maxLength: 30 }), fc.nat(2_000))
      .map(([units, times]) => units.join('').repeat(times));
    fc.assert(
      fc.property(long, (text) => {
        const pieces = splitText(text);
        expect(pieces.join('')).toBe(text.toWellFormed());
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(2_000);
          expect(piece.length).toBeGreaterThan(0);
          expect(piece.isWellFormed()).toBe(true);
          expect(/^[\u0301\u200D]/.test(piece) && pieces.length > 1 && !/^[\u0301\u200D]/.test(text)).toBe(
            false,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('puts what is too long for a property into the page, after it', () => {
    const description = 'word '.repeat(50_000);
    const row = body(createRow(capture({ description }), bookmarks));
    const items = row.properties.d?.rich_text as Item[];
    expect(items).toHaveLength(100);
    expect(textOf(items) + pageText(row)).toBe(description);
  });
});
