/** Pages that hold more in one place than anybody writes: nothing of them is lost, and Notion takes every part. */
import { expect, it } from 'vitest';
import { blocksOf } from '../../../../src/core/content/blocks.ts';
import type { ContentNode } from '../../../../src/core/content/node.ts';
import { partsOf } from '../../../../src/core/content/parts.ts';
import { type Block, childrenOf, countBlocks, wordsIn } from '../../../../src/core/notion/block.ts';
import { checkShape } from '../../../../src/sandbox/contract/contract.ts';

const element = (name: string, ...children: ContentNode[]): ContentNode => ({
  name,
  attributes: {},
  children,
});
const times = (count: number, make: (at: number) => ContentNode): ContentNode[] =>
  Array.from({ length: count }, (_, at) => make(at));

const cell = (text: string) => element('td', text);
const coloured = times(300, (at) => element(at % 2 === 0 ? 'b' : 'i', `piece${at} `));
const linked = times(
  90,
  (at): ContentNode => ({
    name: 'a',
    attributes: { href: `https://example.org/${at}?${'q'.repeat(1_800)}` },
    children: [`link${at} `],
  }),
);

const PAGES: [name: string, nodes: ContentNode[]][] = [
  [
    'a list whose items have lists',
    [
      element(
        'ul',
        ...times(60, (at) =>
          element('li', `n${at}`, element('ul', ...times(60, (within) => element('li', `m${at}x${within}`)))),
        ),
      ),
    ],
  ],
  [
    'an item with lists of lists',
    [
      element(
        'ul',
        element(
          'li',
          'one',
          ...times(60, (at) =>
            element(
              'ul',
              element(
                'li',
                `n${at}`,
                element('ul', ...times(60, (within) => element('li', `m${at}x${within}`))),
              ),
            ),
          ),
        ),
      ),
    ],
  ],
  [
    'details with long quotations',
    [
      element(
        'details',
        element('summary', 'more'),
        ...times(90, (at) =>
          element('blockquote', ...times(90, (within) => element('p', `n${at}x${within}`))),
        ),
      ),
    ],
  ],
  [
    'details with long code',
    [
      element(
        'details',
        element('summary', 'more'),
        ...times(40, (at) => element('pre', `${at}${'漢'.repeat(20_000)}`)),
      ),
    ],
  ],
  ['code in another script', [element('pre', '漢'.repeat(300_000))]],
  ['code of signs that have to be written out', [element('pre', '\u0001'.repeat(150_000))]],
  ['a paragraph in another script', [element('p', '漢'.repeat(300_000))]],
  [
    'a table of large cells',
    [element('table', ...times(100, () => element('tr', ...times(20, () => cell('x'.repeat(1_900))))))],
  ],
  [
    'a table row of nothing but long links',
    [element('table', ...times(2, () => element('tr', ...times(20, () => element('td', ...linked)))))],
  ],
  [
    'a cell of many colours',
    [
      element(
        'table',
        ...times(2, () =>
          element(
            'tr',
            element('td', ...times(200, (at) => element(at % 2 === 0 ? 'b' : 'i', `p${at} `))),
            cell('x'),
          ),
        ),
      ),
    ],
  ],
  [
    'a caption of many colours',
    [
      element(
        'figure',
        { name: 'img', attributes: { src: 'https://example.org/a.png' }, children: [] },
        element('figcaption', ...coloured),
      ),
    ],
  ],
];

const textIn = (node: ContentNode): string =>
  typeof node === 'string' ? node : node.children.map(textIn).join(' ');
const blocksIn = (block: Block): Block[] => [block, ...childrenOf(block).flatMap(blocksIn)];
it.each(PAGES)('%s', (_, nodes) => {
  const { blocks } = blocksOf(nodes, { title: '' });
  const parts = partsOf(blocks);
  for (const part of parts) {
    expect(checkShape('AppendBlockChildrenBodyParameters', '2026-03-11', { children: part })).toBeUndefined();
    expect(part.length).toBeLessThanOrEqual(100);
    expect(part.reduce((sum, block) => sum + countBlocks(block), 0)).toBeLessThanOrEqual(1_000);
    expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(450_000);
    for (const block of part.flatMap(blocksIn)) expect(childrenOf(block).length).toBeLessThanOrEqual(100);
  }
  const said = parts
    .flat()
    .flatMap(blocksIn)
    .map(wordsIn)
    .join('')
    .replace(/[\s–|]/g, '');
  expect(said.length).toBe(nodes.map(textIn).join('').replace(/\s/g, '').length);
});

it('a table that is parted has its header again, and each row once', () => {
  const head = element('thead', element('tr', element('th', 'head'), element('th', 'other')));
  const rows = times(90, (at) => element('tr', cell(`${at}${'漢'.repeat(1_900)}`), cell('漢'.repeat(1_900))));
  const tables = partsOf(blocksOf([element('table', head, ...rows)], { title: '' }).blocks).flat();
  expect(tables.length).toBeGreaterThan(1);
  const words = tables.map((table) => childrenOf(table).map(wordsIn));
  expect(words.map(([first]) => first)).toEqual(tables.map(() => 'head other'));
  expect(words.flatMap(([, ...rest]) => rest.map((row) => Number.parseInt(row, 10)))).toEqual(
    rows.map((_, at) => at),
  );
});
