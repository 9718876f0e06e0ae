/** Blocks as the API takes them, refuses them, shows them and moves them to the trash. */
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type SchemaDocument, schemasOf } from '../../../src/sandbox/contract/generate.ts';
import {
  type ApiReply,
  type Bench,
  createBench,
  type Json,
  results,
  saveRow,
  sourceId,
} from './api-calls.ts';

const rowIn = (bench: Bench): string => bench.control.dataSource('Reading list').rows[0]?.id ?? '';
const appendTo = (bench: Bench, id: string, children: unknown, more: Json = {}, version?: string) =>
  bench.call(
    'PATCH',
    `/v1/blocks/${id}/children`,
    { children, ...more },
    version ? { 'notion-version': version } : {},
  );
const append = (bench: Bench, children: unknown, more: Json = {}) =>
  appendTo(bench, rowIn(bench), children, more);
const texts = (bench: Bench, id = rowIn(bench)) => bench.control.content(id).map((block) => block.text);
const idsOf = (reply: ApiReply): string[] => results(reply).map(({ id }) => String(id));
const behind = (id: string | undefined) => ({ position: { type: 'after_block', after_block: { id } } });

const text = (content: string) => [{ text: { content } }];
const block = (type: string, content: string, more: Json = {}) => ({
  [type]: { rich_text: text(content), ...more },
});
const paragraph = (content: string, children?: unknown[]) =>
  block('paragraph', content, children ? { children } : {});
const row = (...cells: string[]) => ({ table_row: { cells: cells.map(text) } });
const table = (width: number, ...rows: unknown[]) => ({ table: { table_width: width, children: rows } });
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const image = (url: string) => ({ image: { external: { url } } });

const every: Json[] = [
  paragraph('p', [paragraph('within')]),
  block('heading_1', 'h1'),
  block('heading_2', 'h2'),
  block('heading_3', 'h3', { is_toggleable: true, children: [paragraph('hidden')] }),
  block('heading_4', 'h4', { color: 'gray' }),
  block('bulleted_list_item', 'b', {
    children: [block('bulleted_list_item', 'bb', { children: [paragraph('bbb')] })],
  }),
  block('numbered_list_item', 'n'),
  block('to_do', 't', { checked: true }),
  block('to_do', 'open'),
  block('quote', 'q'),
  block('toggle', 'tt', { children: [paragraph('folded')] }),
  block('callout', 'c', { icon: { emoji: '💡' }, color: 'gray_background' }),
  block('callout', 'no icon'),
  { code: { rich_text: text('let a;\n\tb'), language: 'javascript', caption: text('a.js') } },
  { code: { rich_text: text('x'), language: 'plain text' } },
  { equation: { expression: 'e = mc^2' } },
  { divider: {} },
  { image: { external: { url: 'https://a.example/a.png?w=1&h=2#x' }, caption: text('A picture') } },
  { video: { external: { url: 'https://www.youtube.com/watch?v=x' } } },
  { audio: { external: { url: 'https://a.example/a.mp3' } } },
  { pdf: { external: { url: 'https://a.example/a.pdf' } } },
  { file: { external: { url: 'https://a.example/b/data.csv' } } },
  { bookmark: { url: 'https://a.example/' } },
  { embed: { url: 'https://codepen.io/a/pen/b', caption: text('A pen') } },
  table(2, row('a', 'b'), row('', 'd')),
  { column_list: { children: many(2, { column: { children: [paragraph('in a column')] } }) } },
  { table_of_contents: {} },
];

describe('every type of block', () => {
  let schemas: SchemaDocument;
  beforeAll(() => {
    schemas = schemasOf(['ListBlockChildrenResponse', 'BlockObjectResponse'], true);
  }, 60_000);
  const validators = new Map<string, ValidateFunction>();
  const complaints = (type: string, value: unknown): string[] => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    const validate =
      validators.get(type) ??
      ajv.compile({ $ref: `#/definitions/${type}`, definitions: schemas.definitions });
    validators.set(type, validate);
    validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
  const old = { 'notion-version': '2025-09-03' };

  test('is answered with, listed and read as the SDK has it', async () => {
    const bench = createBench();
    const appended = await appendTo(bench, rowIn(bench), every, {}, '2025-09-03');
    expect(appended.body.message).toBeUndefined();
    expect(results(appended).map(({ type }) => type)).toEqual(every.map((one) => Object.keys(one)[0]));
    const listed = await bench.call('GET', `/v1/blocks/${rowIn(bench)}/children`, undefined, old);
    expect(idsOf(listed)).toEqual(idsOf(appended));
    for (const reply of [appended, listed]) {
      // The list as a whole also takes partial blocks, so each is held against the full type by itself.
      expect(complaints('ListBlockChildrenResponse', reply.body)).toEqual([]);
      for (const one of results(reply))
        expect([one.type, complaints('BlockObjectResponse', one)]).toEqual([one.type, []]);
    }
    for (const id of idsOf(appended)) {
      const read = await bench.call('GET', `/v1/blocks/${id}`, undefined, old);
      expect(complaints('BlockObjectResponse', read.body)).toEqual([]);
      expect(read.body.parent).toEqual({ type: 'page_id', page_id: rowIn(bench) });
    }
  });

  test('says whether it has children, and shows them by its own id only', async () => {
    const bench = createBench();
    const reply = await append(bench, every);
    for (const [index, one] of results(reply).entries()) {
      const content = one[String(one.type)] as Json;
      const sent = (every[index] as Record<string, Json>)[String(one.type)] as Json;
      expect(one.has_children).toBe(sent.children !== undefined);
      expect(content).not.toHaveProperty('children');
      const below = await bench.call('GET', `/v1/blocks/${String(one.id)}/children`);
      expect(results(below)).toHaveLength(((sent.children ?? []) as unknown[]).length);
      for (const child of results(below)) {
        expect(child.parent).toEqual({ type: 'block_id', block_id: one.id });
      }
    }
  });

  test('is told as a plain tree', async () => {
    const bench = createBench();
    await append(bench, every);
    expect(bench.control.content(rowIn(bench))).toMatchObject([
      { type: 'paragraph', text: 'p', children: [{ text: 'within' }] },
      ...many(4, {}),
      { text: 'b', children: [{ text: 'bb', children: [{ text: 'bbb', children: [] }] }] },
      {},
      { type: 'to_do', details: { checked: true } },
      { type: 'to_do', details: { checked: false } },
      ...many(4, {}),
      { type: 'code', text: 'let a;\n\tb', caption: 'a.js', details: { language: 'javascript' } },
      {},
      { type: 'equation', text: 'e = mc^2' },
      {},
      { type: 'image', url: 'https://a.example/a.png?w=1&h=2#x', caption: 'A picture' },
      ...many(6, {}),
      { type: 'table', details: { table_width: 2 }, children: [{ text: 'a | b' }, { text: 'd' }] },
      ...many(2, {}),
    ]);
  });
});

test('text comes back whole, with what it reads as, where it leads and how it is marked', async () => {
  const bench = createBench();
  const rich_text = [
    { text: { content: 'bold ' }, annotations: { bold: true } },
    { text: { content: 'link', link: { url: 'https://a.example/?q=1' } }, annotations: { code: true } },
    { equation: { expression: 'x^2' } },
    { text: { content: '\n\ttail  ' }, annotations: { color: 'yellow_background', italic: true } },
  ];
  const reply = await append(bench, [{ paragraph: { rich_text } }]);
  const plain = {
    bold: false,
    italic: false,
    strikethrough: false,
    underline: false,
    code: false,
    color: 'default',
  };
  const [first] = results(reply) as { paragraph: Json }[];
  expect(first?.paragraph.rich_text).toEqual([
    {
      type: 'text',
      text: { content: 'bold ', link: null },
      annotations: { ...plain, bold: true },
      plain_text: 'bold ',
      href: null,
    },
    {
      type: 'text',
      text: { content: 'link', link: { url: 'https://a.example/?q=1' } },
      annotations: { ...plain, code: true },
      plain_text: 'link',
      href: 'https://a.example/?q=1',
    },
    { type: 'equation', equation: { expression: 'x^2' }, annotations: plain, plain_text: 'x^2', href: null },
    {
      type: 'text',
      text: { content: '\n\ttail  ', link: null },
      annotations: { ...plain, italic: true, color: 'yellow_background' },
      plain_text: '\n\ttail  ',
      href: null,
    },
  ]);
  expect(bench.control.content(rowIn(bench))[0]?.runs).toEqual([
    { text: 'bold ', marks: ['bold'], href: null },
    { text: 'link', marks: ['code'], href: 'https://a.example/?q=1' },
    { text: 'x^2', marks: ['equation'], href: null },
    { text: '\n\ttail  ', marks: ['italic', 'yellow_background'], href: null },
  ]);
});

const refused: [string, unknown[], string][] = [
  [
    'a fourth level',
    [paragraph('1', [paragraph('2', [paragraph('3', [paragraph('4')])])])],
    'body.children[0].paragraph.children[0].paragraph.children[0].paragraph.children should be not present',
  ],
  [
    'a table at the third level',
    [paragraph('1', [paragraph('2', [table(1, row('a'))])])],
    'body.children[0].paragraph.children[0].paragraph.children[0].table',
  ],
  [
    'over 100 children of one block',
    [paragraph('1', many(101, paragraph('x')))],
    'body.children[0].paragraph.children.length should be ≤ `100`, instead was `101`',
  ],
  [
    'over 1,000 blocks in all',
    many(10, paragraph('1', many(100, paragraph('x')))),
    'body.children.length should be ≤ `1000`, instead was `1010`',
  ],
  ['a text over 2,000 characters', [paragraph('x'.repeat(2001))], 'content.length should be ≤ `2000`'],
  [
    'a caption over 2,000 characters',
    [{ image: { external: { url: 'https://a.example/a.png' }, caption: text('x'.repeat(2001)) } }],
    'body.children[0].image.caption[0].text.content.length should be ≤ `2000`',
  ],
  [
    'a cell over 2,000 characters',
    [table(1, row('x'.repeat(2001)))],
    'body.children[0].table.children[0].table_row.cells[0][0].text.content.length should be ≤ `2000`',
  ],
  [
    'over 100 pieces of text',
    [{ paragraph: { rich_text: many(101, { text: { content: 'x' } }) } }],
    'rich_text.length should be ≤ `100`, instead was `101`',
  ],
  [
    'an address over 2,000 characters',
    [image('https://a.example/'.padEnd(2001, 'x'))],
    'body.children[0].image.external.url.length should be ≤ `2000`, instead was `2001`',
  ],
  [
    'a picture in its own address',
    [image('data:image/png;base64,AAAA')],
    'external.url should be a valid URL',
  ],
  ['a bookmark of no address', [{ bookmark: { url: 'nowhere' } }], 'bookmark.url should be a valid URL'],
  ['an empty address', [image('')], 'external.url should be populated'],
  [
    'a link that is no address',
    [{ paragraph: { rich_text: [{ text: { content: 'x', link: { url: '/relative' } } }] } }],
    'Invalid URL for link.',
  ],
  [
    'a link that is not written as browsers write it',
    [{ paragraph: { rich_text: [{ text: { content: 'x', link: { url: 'https://a.example/ä b' } } }] } }],
    'Invalid URL for link.',
  ],
  [
    'a script as a link',
    [{ paragraph: { rich_text: [{ text: { content: 'x', link: { url: 'javascript:x()' } } }] } }],
    'Invalid URL for link.',
  ],
  [
    'an equation over 1,000 characters',
    [{ equation: { expression: 'x'.repeat(1001) } }],
    'body.children[0].equation.expression.length should be ≤ `1000`, instead was `1001`',
  ],
  ['a row outside a table', [row('a')], 'body.children[0].table_row should be in a `table`'],
  ['a row in a list item', [paragraph('1', [row('a')])], 'table_row should be in a `table`'],
  [
    'a paragraph in a table',
    [{ table: { table_width: 1, children: [paragraph('x')] } }],
    'body.children[0].table',
  ],
  [
    'a column outside a list of them',
    [{ column: { children: [paragraph('x')] } }],
    'should be in a `column_list`',
  ],
  [
    'a list of one column',
    [{ column_list: { children: [{ column: { children: [paragraph('x')] } }] } }],
    'should be ≥ `2`',
  ],
  ['a table without rows', [table(1)], 'at least one row'],
  ['a table without width', [table(0, row())], 'table_width should be ≥ `1`'],
  ['a row that is too short', [table(2, row('a', 'b'), row('c'))], 'must match the table width'],
  ['a table of over 100 rows', [table(1, ...many(101, row('a')))], 'children.length should be ≤ `100`'],
  ['a heading of a fifth level', [block('heading_5', 'x')], 'body.children[0]'],
  [
    'children below a heading that does not fold',
    [block('heading_2', 'x', { children: [paragraph('y')] })],
    'Only a toggleable heading',
  ],
  [
    'children of a picture',
    [{ image: { external: { url: 'https://a.example/a.png' }, children: [] } }],
    'should be not present',
  ],
  [
    'an unknown language',
    [{ code: { rich_text: [], language: 'cobol' } }],
    'body.children[0].code.language should be',
  ],
  ['an unknown colour', [block('quote', 'x', { color: 'teal' })], 'body.children[0].quote.color should be'],
  [
    'an icon that is none',
    [block('callout', 'x', { icon: { emoji: 'x' } })],
    'callout.icon.emoji should be a valid emoji',
  ],
  [
    'an unlisted frame',
    [{ embed: { url: 'https://a.example/codepen.io' } }],
    'embed.url should be a supported embed URL',
  ],
  [
    'an unknown key',
    [block('to_do', 'x', { done: true })],
    'body.children[0].to_do.done should be not present',
  ],
];

describe('refused whole, in an append and in the page that it is to begin with:', () => {
  const bench = createBench({ settings: { rateLimit: 0 } });
  test.each(refused)('%s', async (_, children, message) => {
    const before = bench.control.state();
    // What is good beside it is not taken either.
    const appended = children.length > 9 ? children : [...children, paragraph('good')];
    const replies = [await append(bench, appended), await saveRow(bench, 'Reading list', {}, { children })];
    for (const { status, body } of replies) {
      expect([status, body.code]).toEqual([400, 'validation_error']);
      expect(body.message).toContain(message);
    }
    expect(bench.control.state()).toEqual(before);
  });

  test('and at each limit taken', async () => {
    const good: unknown[][] = [
      many(100, paragraph('x')),
      many(10, paragraph('x', many(99, paragraph('y')))),
      [paragraph('x'.repeat(2000))],
      [{ paragraph: { rich_text: many(100, { text: { content: 'x'.repeat(2000) } }) } }],
      [{ equation: { expression: 'x'.repeat(1000) } }],
      [image('https://a.example/'.padEnd(2000, 'x'))],
      [table(1, ...many(100, row('a')))],
      [paragraph('1', [paragraph('2', [paragraph('3')]), table(1, row('a'))])],
    ];
    for (const children of good) {
      expect((await append(bench, children)).body.message).toBeUndefined();
      expect((await saveRow(bench, 'Reading list', {}, { children })).body.message).toBeUndefined();
    }
  });

  test('a body of one byte more than 500,000', async () => {
    const sized = (size: number) => {
      const children = many(99, paragraph('x'.repeat(2000)));
      const rest = size - new TextEncoder().encode(JSON.stringify({ children })).length;
      // White space between the parts of a body counts as well.
      return bench.call(
        'PATCH',
        `/v1/blocks/${rowIn(bench)}/children`,
        JSON.stringify({ children }) + ' '.repeat(rest),
      );
    };
    expect((await sized(500_000)).status).toBe(200);
    expect((await sized(500_001)).status).toBe(413);
  });

  test('a body over 500 KB, counted in bytes', async () => {
    // 100 × 1,700 signs of three bytes each.
    const children = many(100, paragraph('水'.repeat(1700)));
    expect(JSON.stringify(children).length).toBeLessThan(200_000);
    expect((await append(bench, children)).status).toBe(413);
    expect((await append(bench, many(100, paragraph('水'.repeat(1600))))).status).toBe(200);
  });
});

describe('where blocks go', () => {
  test('the end, the start, or behind a block, in order', async () => {
    const bench = createBench();
    const [first] = idsOf(await append(bench, [paragraph('1'), paragraph('2')]));
    await append(bench, [paragraph('0a'), paragraph('0b')], { position: { type: 'start' } });
    await append(bench, [paragraph('1a'), paragraph('1b')], behind(first));
    await append(bench, [paragraph('3')], { position: { type: 'end' } });
    expect(texts(bench)).toEqual(['0a', '0b', '1', '1a', '1b', '2', '3']);
  });

  test('in any order of appends, what is behind a block stays behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 20 }), { maxLength: 12 }), async (places) => {
        const bench = createBench({ settings: { rateLimit: 0 } });
        const expected: string[] = [];
        const ids: string[] = [];
        for (const [index, place] of places.entries()) {
          // 0 is the start; any other number is behind the block that stands there.
          const at = Math.min(place, expected.length);
          const position = at === 0 ? { position: { type: 'start' } } : behind(ids[at - 1]);
          const made = idsOf(await append(bench, [paragraph(`${index}a`), paragraph(`${index}b`)], position));
          expected.splice(at, 0, `${index}a`, `${index}b`);
          ids.splice(at, 0, ...made);
        }
        expect(texts(bench)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('older versions say `after`, and never both', async () => {
    const bench = createBench();
    const [first] = idsOf(await append(bench, [paragraph('1'), paragraph('2')]));
    await appendTo(bench, rowIn(bench), [paragraph('1a')], { after: first }, '2025-09-03');
    expect(texts(bench)).toEqual(['1', '1a', '2']);
    const both = await appendTo(
      bench,
      rowIn(bench),
      [paragraph('x')],
      { after: first, ...behind(first) },
      '2025-09-03',
    );
    expect(both.body.message).toContain('not both');
    const latest = await append(bench, [paragraph('x')], { after: first });
    expect(latest.body.message).toContain('body.after should be not present');
    expect(texts(bench)).toEqual(['1', '1a', '2']);
  });

  test('not behind a block of another parent, nor behind one that is gone', async () => {
    const bench = createBench();
    const [first, second] = idsOf(await append(bench, [paragraph('1', [paragraph('in')]), paragraph('2')]));
    const [within] = idsOf(await bench.call('GET', `/v1/blocks/${first}/children`));
    const elsewhere = await append(bench, [paragraph('x')], behind(within));
    expect([elsewhere.status, elsewhere.body.message]).toEqual([
      400,
      `Block ${within} is not a child of the parent block.`,
    ]);
    await bench.call('DELETE', `/v1/blocks/${second}`);
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const id of [second, unknown])
      expect((await append(bench, [paragraph('x')], behind(id))).status).toBe(400);
    bench.control.changeSettings({ goneAnchor: 404 });
    for (const id of [second, unknown]) {
      const reply = await append(bench, [paragraph('x')], behind(id));
      expect([reply.status, reply.body.code]).toEqual([404, 'object_not_found']);
    }
    // What is there, but somewhere else, is no question of that.
    expect((await append(bench, [paragraph('x')], behind(within))).status).toBe(400);
    bench.control.moveBlock(within ?? '', rowIn(bench), 0);
    expect((await append(bench, [paragraph('x')], behind(within))).status).toBe(200);
    expect(texts(bench)).toEqual(['in', 'x', '1']);
  });

  test('into a block, three levels at a time', async () => {
    const bench = createBench();
    const three = [paragraph('1', [paragraph('2', [paragraph('3')])])];
    const [top] = idsOf(await append(bench, three));
    const [second] = idsOf(await bench.call('GET', `/v1/blocks/${top}/children`));
    const [third] = idsOf(await bench.call('GET', `/v1/blocks/${second}/children`));
    const reply = await appendTo(bench, third ?? '', three);
    expect(results(reply)).toMatchObject([
      { parent: { type: 'block_id', block_id: third }, has_children: true },
    ]);
    expect(bench.control.content(third ?? '')).toMatchObject([
      { text: '1', children: [{ text: '2', children: [{ text: '3' }] }] },
    ]);
  });

  test('rows into a table, of its width, and nothing else', async () => {
    const bench = createBench();
    const [id = ''] = idsOf(await append(bench, [table(2, row('a', 'b'))]));
    const reply = await appendTo(bench, id, many(100, row('c', 'd')));
    expect(results(reply)).toHaveLength(100);
    expect(results(reply)[0]).toMatchObject({ type: 'table_row', has_children: false });
    expect((await appendTo(bench, id, [row('e')])).body.message).toContain('must match the table width');
    expect((await appendTo(bench, id, [paragraph('x')])).body.message).toContain(
      'body.children[0].paragraph should be not present',
    );
    expect(bench.control.content(id)).toHaveLength(101);
  });

  test.each([
    ['a divider', { divider: {} }],
    ['code', { code: { rich_text: text('x'), language: 'bash' } }],
    ['a picture', image('https://a.example/a.png')],
    ['an equation', { equation: { expression: 'x' } }],
    ['a bookmark', { bookmark: { url: 'https://a.example/' } }],
    ['a heading that does not fold', block('heading_1', 'x')],
  ])('not into %s', async (_, holder) => {
    const bench = createBench();
    const [id = ''] = idsOf(await append(bench, [holder]));
    const reply = await appendTo(bench, id, [paragraph('x')]);
    expect([reply.status, reply.body.code]).toEqual([400, 'validation_error']);
    expect(bench.control.content(id)).toEqual([]);
  });
});

test('children are listed by 100, each list with cursors of its own', async () => {
  const bench = createBench();
  const [id = ''] = idsOf(await append(bench, [paragraph('above')]));
  for (const step of [0, 1, 2]) {
    await appendTo(
      bench,
      id,
      Array.from({ length: 100 }, (_, index) => paragraph(`${step * 100 + index}`)),
    );
  }
  await append(bench, many(100, paragraph('beside')));
  const first = await bench.call('GET', `/v1/blocks/${id}/children?page_size=100`);
  expect(first.body).toMatchObject({
    has_more: true,
    next_cursor: expect.any(String),
    type: 'block',
    block: {},
  });
  const seen = [...results(first)];
  for (let cursor = first.body.next_cursor; cursor !== null; ) {
    const next = await bench.call('GET', `/v1/blocks/${id}/children?start_cursor=${String(cursor)}`);
    seen.push(...results(next));
    cursor = next.body.next_cursor;
  }
  const words = seen.map(
    ({ paragraph: content }) => (content as { rich_text: Json[] }).rich_text[0]?.plain_text,
  );
  expect(words).toEqual(Array.from({ length: 300 }, (_, index) => `${index}`));
  const strange = await bench.call(
    'GET',
    `/v1/blocks/${rowIn(bench)}/children?start_cursor=${String(first.body.next_cursor)}`,
  );
  expect(strange.status).toBe(400);
  expect((await bench.call('GET', `/v1/blocks/${id}/children?page_size=101`)).status).toBe(400);
});

const archived = "Can't edit block that is archived. You must unarchive the block before editing.";

describe('the trash', () => {
  test('takes a block with what is below it, and gives both back to their place', async () => {
    const bench = createBench();
    const [first = '', second = ''] = idsOf(
      await append(bench, [paragraph('1'), paragraph('2', [paragraph('in')]), paragraph('3')]),
    );
    const [within = ''] = idsOf(await bench.call('GET', `/v1/blocks/${second}/children`));
    const removed = await bench.call('DELETE', `/v1/blocks/${second}`);
    expect(removed.body).toMatchObject({ object: 'block', id: second, type: 'paragraph', in_trash: true });
    expect(texts(bench)).toEqual(['1', '3']);
    expect(idsOf(await bench.call('GET', `/v1/blocks/${rowIn(bench)}/children`))).not.toContain(second);
    expect(bench.control.dataSource('Reading list').rows[0]?.blocks).toBe(2);
    for (const id of [second, within]) {
      expect((await bench.call('GET', `/v1/blocks/${id}`)).body).toMatchObject({ id, in_trash: true });
    }
    expect((await bench.call('GET', `/v1/blocks/${first}`)).body.in_trash).toBe(false);
    // Below what is in the trash nothing can be written, only it itself can come back.
    for (const reply of [
      await bench.call('DELETE', `/v1/blocks/${second}`),
      await bench.call('DELETE', `/v1/blocks/${within}`),
      await bench.call('PATCH', `/v1/blocks/${second}`, paragraph('new')),
      await bench.call('PATCH', `/v1/blocks/${within}`, paragraph('new')),
      await bench.call('PATCH', `/v1/blocks/${within}`, { in_trash: false }),
      await appendTo(bench, second, [paragraph('new')]),
      await appendTo(bench, within, [paragraph('new')]),
    ]) {
      expect([reply.status, reply.body.code, reply.body.message]).toEqual([
        400,
        'validation_error',
        archived,
      ]);
    }
    const back = await bench.call('PATCH', `/v1/blocks/${second}`, { in_trash: false });
    expect(back.body).toMatchObject({ id: second, in_trash: false, has_children: true });
    expect(bench.control.content(rowIn(bench))).toMatchObject([
      { text: '1' },
      { text: '2', children: [{ text: 'in' }] },
      { text: '3' },
    ]);
  });

  test('holds the blocks of a page that is in it', async () => {
    const bench = createBench();
    const [id = ''] = idsOf(await append(bench, [paragraph('1')]));
    bench.control.trash(rowIn(bench), true);
    for (const reply of [
      await append(bench, [paragraph('2')]),
      await bench.call('DELETE', `/v1/blocks/${id}`),
      await bench.call('PATCH', `/v1/blocks/${id}`, paragraph('new')),
      await appendTo(bench, id, [paragraph('2')]),
    ]) {
      expect([reply.status, reply.body.message]).toEqual([400, archived]);
    }
    bench.control.trash(rowIn(bench), false);
    expect(texts(bench)).toEqual(['1']);
  });

  test('is not said of what nobody may see', async () => {
    const bench = createBench();
    const [id = ''] = idsOf(await append(bench, [paragraph('1')]));
    bench.control.unshare('Reading list');
    for (const reply of [
      await bench.call('GET', `/v1/blocks/${id}`),
      await bench.call('DELETE', `/v1/blocks/${id}`),
      await bench.call('PATCH', `/v1/blocks/${id}`, paragraph('new')),
      await appendTo(bench, id, [paragraph('2')]),
    ]) {
      expect(reply.status).toBe(404);
    }
  });
});

describe('an update', () => {
  const change = async (bench: Bench, made: Json, request: Json) => {
    const [id = ''] = idsOf(await append(bench, [made]));
    return bench.call('PATCH', `/v1/blocks/${id}`, request);
  };

  test('replaces what it names and keeps the rest', async () => {
    const bench = createBench();
    bench.control.changeConnection({ capabilities: ['read_content', 'insert_content', 'update_content'] });
    const done = await change(bench, block('to_do', 'buy', { checked: false, color: 'red' }), {
      to_do: { checked: true },
    });
    expect(done.body).toMatchObject({
      type: 'to_do',
      to_do: { checked: true, color: 'red', rich_text: [{ plain_text: 'buy' }] },
    });
    const code = await change(
      bench,
      { code: { rich_text: text('x'), language: 'bash', caption: text('c') } },
      { code: { rich_text: text('y') } },
    );
    expect(code.body).toMatchObject({
      code: { rich_text: [{ plain_text: 'y' }], language: 'bash', caption: [{ plain_text: 'c' }] },
    });
    const picture = await change(
      bench,
      { image: { external: { url: 'https://a.example/a.png' }, caption: text('c') } },
      { image: { external: { url: 'https://a.example/b.png' } } },
    );
    expect(picture.body).toMatchObject({
      image: {
        type: 'external',
        external: { url: 'https://a.example/b.png' },
        caption: [{ plain_text: 'c' }],
      },
    });
  });

  test.each<[string, Json, Json, string]>([
    ['another type', paragraph('x'), { quote: { rich_text: [] } }, 'body.paragraph should be defined'],
    ['children', paragraph('x'), { paragraph: { rich_text: [], children: [] } }, 'should be not present'],
    [
      'a text that is too long',
      paragraph('x'),
      paragraph('y'.repeat(2001)),
      'body.paragraph.rich_text[0].text.content.length',
    ],
    [
      'the width of a table',
      table(1, row('a')),
      { table: { table_width: 2 } },
      'body.table.table_width should be not present',
    ],
    [
      'an unknown language',
      { code: { rich_text: [], language: 'bash' } },
      { code: { language: 'cobol' } },
      'body.code.language',
    ],
    [
      'an address that is none',
      image('https://a.example/a.png'),
      { image: { external: { url: 'a.png' } } },
      'body.image.external.url should be a valid URL',
    ],
    [
      'a frame that is not listed',
      { embed: { url: 'https://codepen.io/a' } },
      { embed: { url: 'https://a.example/' } },
      'body.embed.url should be a supported embed URL',
    ],
    [
      'a fold around what is in it',
      block('heading_1', 'x', { is_toggleable: true, children: [paragraph('y')] }),
      { heading_1: { rich_text: [], is_toggleable: false } },
      'Only a toggleable heading',
    ],
    [
      '`archived`, which the latest version does not know',
      paragraph('x'),
      { archived: true },
      'should be not present',
    ],
  ])('refuses %s', async (_, made, request, message) => {
    const bench = createBench();
    const reply = await change(bench, made, request);
    expect([reply.status, reply.body.code]).toEqual([400, 'validation_error']);
    expect(reply.body.message).toContain(message);
  });

  test('keeps a row as wide as its table', async () => {
    const bench = createBench();
    const [id = ''] = idsOf(await append(bench, [table(2, row('a', 'b'))]));
    const [first = ''] = idsOf(await bench.call('GET', `/v1/blocks/${id}/children`));
    expect((await bench.call('PATCH', `/v1/blocks/${first}`, row('a'))).body.message).toContain(
      'must match the table width',
    );
    expect((await bench.call('PATCH', `/v1/blocks/${first}`, row('c', 'd'))).status).toBe(200);
    expect(bench.control.content(id)).toMatchObject([{ text: 'c | d' }]);
  });

  test('needs the capability for it', async () => {
    const bench = createBench();
    const [id = ''] = idsOf(await append(bench, [paragraph('x')]));
    bench.control.changeConnection({ capabilities: ['read_content', 'insert_content'] });
    expect((await bench.call('PATCH', `/v1/blocks/${id}`, paragraph('y'))).status).toBe(403);
    expect((await bench.call('DELETE', `/v1/blocks/${id}`)).status).toBe(403);
    expect(texts(bench)).toEqual(['x']);
  });
});

describe('a page that begins with blocks', () => {
  test('has them, nested, and names none of them in its reply', async () => {
    const bench = createBench();
    const { body } = await saveRow(bench, 'Reading list', {}, { children: every });
    expect(body).not.toHaveProperty('children');
    const listed = await bench.call('GET', `/v1/blocks/${String(body.id)}/children`);
    expect(results(listed).map(({ type }) => type)).toEqual(every.map((one) => Object.keys(one)[0]));
    expect(bench.control.content(String(body.id))[5]).toMatchObject({
      children: [{ children: [{ text: 'bbb' }] }],
    });
  });

  test('may not ask for a template as well', async () => {
    const bench = createBench();
    const before = bench.control.state();
    const reply = await saveRow(
      bench,
      'Reading list',
      {},
      { template: { type: 'default' }, children: [paragraph('x')] },
    );
    expect(reply.status).toBe(400);
    expect(bench.control.state()).toEqual(before);
  });
});

describe('the blocks of a template', () => {
  const begun = async (bench: Bench) => {
    const { body } = await saveRow(bench, 'Reading list', {}, { template: { type: 'default' } });
    return String(body.id);
  };
  const heading = 'From the template Article';

  test('come after a while, before the next request, and once', async () => {
    const bench = createBench({ settings: { templateLagMs: 5_000 } });
    const id = await begun(bench);
    const seen = async () => results(await bench.call('GET', `/v1/blocks/${id}/children`)).length;
    bench.pass(4_999);
    expect(await seen()).toBe(0);
    bench.pass(1);
    expect([await seen(), await seen()]).toEqual([1, 1]);
    expect(texts(bench, id)).toEqual([heading]);
  });

  test.each([
    ['before', [heading, 'ours']],
    ['after', ['ours', heading]],
    ['instead', [heading]],
  ] as const)('arrive %s what is there by then', async (templateLands, expected) => {
    const bench = createBench({ settings: { templateLands } });
    const id = await begun(bench);
    await appendTo(bench, id, [paragraph('ours')]);
    expect(texts(bench, id)).toEqual(['ours']);
    expect([bench.control.landTemplates(), bench.control.landTemplates()]).toEqual([1, 0]);
    expect(texts(bench, id)).toEqual(expected);
  });

  test('stand above what is appended once they are there', async () => {
    const bench = createBench({ settings: { templateLands: 'before' } });
    const id = await begun(bench);
    bench.control.landTemplates();
    await appendTo(bench, id, [paragraph('ours')]);
    expect(texts(bench, id)).toEqual([heading, 'ours']);
  });
});

test('a source that is asked by its own id has no blocks', async () => {
  const bench = createBench();
  expect((await bench.call('GET', `/v1/blocks/${sourceId(bench, 'Reading list')}/children`)).status).toBe(
    404,
  );
});
