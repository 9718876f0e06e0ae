/** What comes out of a page is held to what it should be. */
import { describe, expect, it } from 'vitest';
import { parseContent } from '../../../../src/core/content/parse-content.ts';

const found = (nodes: unknown, more = {}) => ({
  kind: 'article',
  url: 'https://example.org/',
  nodes,
  files: [],
  left: {},
  isCut: false,
  ...more,
});
const element = (name: string, attributes: unknown = {}, children: unknown = []) => ({
  name,
  attributes,
  children,
});

describe('what was read of a page', () => {
  it('is taken as it is', () => {
    const nodes = ['words', element('a', { href: 'https://example.org/' }, ['more'])];
    expect(parseContent(found(nodes))).toEqual(found(nodes));
  });

  it.each([
    ['nothing', undefined],
    ['a page without an article', found([], { kind: 'none' })],
    ['an article of nothing', found([])],
    ['a number among nodes', found([1])],
    ['an element without children', found([{ name: 'p', attributes: {} }])],
    ['a name that is none', found([element('p onclick')])],
    [
      'more than can be',
      found([
        element(
          'p',
          {},
          Array.from({ length: 200_000 }, () => 'x'),
        ),
      ]),
    ],
    [
      'a picture of a type that Notion does not take',
      found(['x'], { files: [{ type: 'image/avif', data: 'AAAA' }] }),
    ],
    ['a picture that is a page', found(['x'], { files: [{ type: 'text/html', data: 'AAAA' }] })],
    ['bytes that are none', found(['x'], { files: [{ type: 'image/png', data: 'A-__' }] })],
    ['bytes that end within', found(['x'], { files: [{ type: 'image/png', data: 'A=AA' }] })],
    [
      'a picture of more than 5 MiB',
      found(['x'], { files: [{ type: 'image/png', data: 'A'.repeat(7_000_000) }] }),
    ],
    [
      '21 pictures',
      found(['x'], { files: Array.from({ length: 21 }, () => ({ type: 'image/png', data: 'AAAA' })) }),
    ],
    [
      'pictures of 24 MiB',
      found(['x'], {
        files: Array.from({ length: 6 }, () => ({ type: 'image/png', data: 'A'.repeat(5_600_000) })),
      }),
    ],
    ['a directive that is none', found(['x'], { directive: 'javascript:1' })],
    ['text without end', found(['x'.repeat(6_000_000)])],
  ])('%s is none', (_, raw) => {
    expect(parseContent(raw)).toBeNull();
  });

  it('brings the pictures along that nobody else can fetch', () => {
    const files = [{ type: 'image/png', data: 'iVBORw==' }];
    expect(parseContent(found(['x'], { files }))).toEqual(found(['x'], { files }));
  });

  it('deeper than anybody writes is none', () => {
    let node: unknown = 'x';
    for (let depth = 0; depth < 400; depth++) node = element('div', {}, [node]);
    expect(parseContent(found([node]))).toBeNull();
  });

  it('keeps attributes that are short words, and no others', () => {
    const attributes = { src: `data:image/png;base64,${'A'.repeat(9_000)}`, alt: 'A dog', on: 1, 'x-y': 'z' };
    const parsed = parseContent(found([element('img', attributes)]));
    expect(parsed?.nodes).toEqual([element('img', { alt: 'A dog' })]);
  });
});
