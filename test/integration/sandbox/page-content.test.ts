/** What Notion takes and refuses of the blocks of a page, and what somebody does to them. */
import { describe, expect, test } from 'vitest';
import { type Bench, createBench, type Json } from './api-calls.ts';

const rowIn = (bench: Bench): string => bench.control.dataSource('Reading list').rows[0]?.id ?? '';
const append = (bench: Bench, children: unknown, more: Json = {}) =>
  bench.call('PATCH', `/v1/blocks/${rowIn(bench)}/children`, { children, ...more });
const content = (bench: Bench) => bench.control.dataSource('Reading list').rows[0]?.content ?? [];

const text = (words: string) => [{ text: { content: words } }];
const paragraph = (words: string, children?: unknown) => ({
  paragraph: { rich_text: text(words), ...(children ? { children } : {}) },
});
const row = (...cells: string[]) => ({ table_row: { cells: cells.map(text) } });

const refused: [string, unknown[], string][] = [
  [
    'a frame of a host that is not listed',
    [{ embed: { url: 'https://example.org/x' } }],
    'supported embed URL',
  ],
  [
    'a row that is not as wide as its table',
    [{ table: { table_width: 2, children: [row('a', 'b'), row('c')] } }],
    'must match the table width',
  ],
  [
    'a fourth level',
    [paragraph('1', [paragraph('2', [paragraph('3', [paragraph('4')])])])],
    'should be not present',
  ],
  ['a language that it does not know', [{ code: { rich_text: text('x'), language: 'cobol' } }], 'language'],
  ['over 100 blocks', Array.from({ length: 101 }, () => paragraph('x')), 'length should be ≤ `100`'],
];

test.each(refused)('%s is refused, and nothing of it is there', async (_, children, message) => {
  const bench = createBench();
  const reply = await append(bench, [paragraph('before'), ...children].slice(-101));
  expect(reply.status).toBe(400);
  expect(reply.body.message).toContain(message);
  expect(content(bench)).toEqual([]);
});

describe('addresses that Notion does not take', () => {
  const children = [
    paragraph('a'),
    { image: { external: { url: 'https://bad.test/a.png' } } },
    { paragraph: { rich_text: [{ text: { content: 'b', link: { url: 'https://bad.test/' } } }] } },
  ];
  test('are named by the block that they are in', async () => {
    const bench = createBench();
    bench.control.changeSettings({ refusedAddress: 'bad.test' });
    const { body } = await append(bench, children);
    expect(body.message).toContain('body.children[1].image.external.url should be a valid URL');
  });
  test('are not named by older refusals', async () => {
    const bench = createBench();
    bench.control.changeSettings({ refusedAddress: 'bad.test', namesRefused: false });
    expect((await append(bench, children.slice(0, 2))).body.message).toBe('Invalid image url.');
    expect((await append(bench, children.slice(2))).body.message).toBe('Invalid URL for link.');
  });
});

test('blocks go where they are sent, and stay behind what somebody writes', async () => {
  const bench = createBench();
  const { body } = await append(bench, [paragraph('one'), paragraph('two', [paragraph('within')])]);
  const ids = (body.results as { id: string }[]).map(({ id }) => id);
  bench.control.write(rowIn(bench), 'typed');
  bench.control.write(rowIn(bench), 'typed first', 0);
  await append(bench, [paragraph('three')], {
    position: { type: 'after_block', after_block: { id: ids[1] } },
  });
  expect(content(bench).map((block) => block.text)).toEqual(['typed first', 'one', 'two', 'three', 'typed']);
  expect(content(bench)[2]?.children).toMatchObject([{ type: 'paragraph', text: 'within' }]);
  bench.control.removeBlock(rowIn(bench), ids[1] ?? '');
  const lost = await append(bench, [paragraph('four')], {
    position: { type: 'after_block', after_block: { id: ids[1] } },
  });
  expect(lost.status).toBe(400);
  expect(content(bench).map((block) => block.text)).toEqual(['typed first', 'one', 'three', 'typed']);
});
