/** Lists of addresses, and what is no library at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LibraryItem } from '../../../../src/core/library/item.ts';
import { mergeItems } from '../../../../src/core/library/merge.ts';
import { readLibrary, readPasted } from '../../../../src/core/library/read.ts';
import { allSaid, bytesOf, read } from './library.ts';

describe('a list of addresses', () => {
  it('of OneTab: titles with the sign in them, groups, headings', () => {
    const content = `Evening
https://example.org/1 | One | two

https://example.org/2 | Two
chrome://extensions | Extensions`;
    expect(read(content).format).toBe('addresses');
    expect(allSaid(content)).toEqual([
      { url: 'https://example.org/1', title: 'One | two' },
      { url: 'https://example.org/2', title: 'Two' },
    ]);
    expect(read(content).refused).toEqual([{ number: 3, what: 'chrome://extensions', why: 'not-web' }]);
  });

  it('of any kind: bullets, Markdown, commas in addresses, remarks, ends of lines', () => {
    const content = [
      '# A remark with https://example.org/none',
      '- https://example.org/a,b',
      '* [x] [One [1]](https://example.org/wiki/Tide_(disambiguation)) and [Two](https://example.org/2 "more")',
      '1. See https://example.org/3.',
      '(https://example.org/4)',
      '<https://example.org/5>',
      '',
      'Nothing here',
    ].join('\r\n');
    expect(allSaid(content)).toEqual([
      { url: 'https://example.org/a,b' },
      { url: 'https://example.org/wiki/Tide_(disambiguation)', title: 'One [1]' },
      { url: 'https://example.org/2', title: 'Two' },
      { url: 'https://example.org/3' },
      { url: 'https://example.org/4' },
      { url: 'https://example.org/5' },
    ]);
  });

  it('can be pasted', () => {
    expect(readPasted('https://example.org/1\nhttps://example.org/2')).toMatchObject({
      ok: true,
      readings: [
        { format: 'addresses', items: [{ url: 'https://example.org/1' }, { url: 'https://example.org/2' }] },
      ],
    });
  });
});

describe('what is no library', () => {
  it.each([
    '',
    'Dear Ida, the tide was high.',
    '<!doctype html><p>A page</p>',
    '{"a": 1}',
    '[1, 2]',
    '{broken',
  ])('is told: %j', (content) => {
    expect(readLibrary(bytesOf(content))).toEqual({ ok: false, why: 'unknown' });
  });

  it('ends for any bytes at all', () => {
    const signs = [
      '<DT>',
      '<A HREF="',
      '"',
      '>',
      '</A>',
      '<DL>',
      '</DL>',
      '<DD>',
      '<H3>',
      '{',
      '[',
      ',',
      '\n',
      'https://example.org/',
      'url',
      'mozLz40\0',
      'PK\u0003\u0004',
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.array(fc.constantFrom(...signs)).map((all) => bytesOf(all.join(''))),
        ),
        (bytes) => {
          const found = readLibrary(bytes);
          if (!found.ok) return;
          // Whatever is given can be saved.
          for (const { items } of found.readings)
            for (const { url } of items) expect(url).toMatch(/^https?:/i);
        },
      ),
    );
  });
});

describe('the same page', () => {
  const bare: LibraryItem = {
    url: 'https://example.org/',
    title: null,
    tags: [],
    created: null,
    note: null,
    excerpt: null,
    folder: [],
    unread: null,
    archived: null,
    favourite: null,
    highlights: [],
  };

  it('is one: tags and folders united, the earliest date, all words', () => {
    const { items, doubles } = mergeItems([
      {
        ...bare,
        url: 'https://example.org/?utm_source=x',
        tags: ['a'],
        created: 20,
        note: 'One',
        folder: ['F'],
        unread: true,
      },
      { ...bare, url: 'https://other.example/' },
      {
        ...bare,
        title: 'Title',
        tags: ['b', 'a'],
        created: 10,
        note: 'Two',
        folder: ['G', 'H'],
        unread: false,
        favourite: true,
      },
    ]);
    expect(doubles).toBe(1);
    expect(items).toEqual([
      {
        ...bare,
        url: 'https://example.org/?utm_source=x',
        title: 'Title',
        tags: ['a', 'b', 'H'],
        created: 10,
        note: 'One\n\nTwo',
        folder: ['F'],
        unread: false,
        favourite: true,
      },
      { ...bare, url: 'https://other.example/' },
    ]);
  });

  it('merged again is not changed, and no tag is lost', () => {
    const item = fc.record({
      url: fc.constantFrom(
        'https://example.org/',
        'https://example.org',
        'https://example.org/a',
        'https://example.org/b',
      ),
      tags: fc.array(fc.constantFrom('a', 'b', 'c')),
      created: fc.option(fc.nat()),
    });
    fc.assert(
      fc.property(fc.array(item), (some) => {
        const all = some.map((one) => ({ ...bare, ...one }));
        const { items, doubles } = mergeItems(all);
        expect(items.length + doubles).toBe(all.length);
        expect(mergeItems(items)).toEqual({ items, doubles: 0 });
        expect(new Set(items.flatMap(({ tags }) => tags))).toEqual(new Set(all.flatMap(({ tags }) => tags)));
      }),
    );
  });
});
