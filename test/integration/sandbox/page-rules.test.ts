import { describe, expect, test } from 'vitest';
import { createBench, type Json, saveRow, sourceId, start, title } from './api-calls.ts';

const long = 'https://example.com/'.padEnd(2001, 'x');
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const item = { text: { content: 'x' } };

/** Each is sent as the properties of a new row, and has to be refused with this message (or a part of it). */
const refused: [string, Json, string][] = [
  ['an unknown property', { Colour: { url: null } }, 'Colour is not a property that exists.'],
  ['a value of another type', { Tags: { url: 'https://a.example' } }, 'Tags is expected to be multi_select.'],
  [
    'several at once',
    { Colour: { url: null }, Tags: { url: null } },
    'Colour is not a property that exists. Tags is expected to be multi_select.',
  ],
  ['a read-only property', { 'Saved on': { created_time: '2026-01-01' } }, 'body failed validation'],
  ['a formula', { 'Title length': { number: 3 } }, 'Title length is expected to be formula.'],
  ['a property by name and by id', { Name: title('a'), title: title('b') }, 'given twice'],
  [
    'an unknown key in a value',
    { URL: { url: 'https://a.example', link: true } },
    'body failed validation: body.properties.URL.link should be not present, instead was `true`.',
  ],
  ['two types in a value', { URL: { url: 'https://a.example', rich_text: [] } }, 'should be not present'],
  ['another `type` than the value has', { URL: { type: 'title', url: null } }, 'body.properties.URL.type'],
  [
    'a text over 2,000 characters',
    { Name: title('x'.repeat(2001)) },
    'body failed validation: body.properties.Name.title[0].text.content.length should be ≤ `2000`, instead was `2001`.',
  ],
  [
    'over 100 rich text items',
    { Description: { rich_text: many(101, item) } },
    'body.properties.Description.rich_text.length should be ≤ `100`, instead was `101`',
  ],
  [
    'a link over 2,000 characters',
    { Description: { rich_text: [{ text: { content: 'x', link: { url: long } } }] } },
    'text.link.url.length should be ≤ `2000`, instead was `2001`',
  ],
  [
    'an equation over 1,000 characters',
    { Description: { rich_text: [{ equation: { expression: 'x'.repeat(1001) } }] } },
    'equation.expression.length should be ≤ `1000`, instead was `1001`',
  ],
  [
    'an empty address',
    { URL: { url: '' } },
    'body failed validation: body.properties.URL.url should be populated or `null`, instead was `""`.',
  ],
  [
    'an address over 2,000 characters',
    { URL: { url: long } },
    'URL.url.length should be ≤ `2000`, instead was `2001`',
  ],
  [
    'an option with a comma',
    { Tags: { multi_select: [{ name: 'a, b' }] } },
    'Invalid select option, commas not allowed: a, b',
  ],
  [
    'an option over 100 characters',
    { Tags: { multi_select: [{ name: 'x'.repeat(101) }] } },
    'multi_select[0].name.length should be ≤ `100`, instead was `101`',
  ],
  ['an empty option', { Tags: { multi_select: [{ name: '' }] } }, 'name should be populated'],
  [
    'over 100 options',
    { Tags: { multi_select: many(101, { name: 'a' }) } },
    'multi_select.length should be ≤ `100`',
  ],
  [
    'an option twice, ignoring case',
    { Tags: { multi_select: [{ name: 'New' }, { name: 'new' }] } },
    'must be unique',
  ],
  ['an unknown option id', { Tags: { multi_select: [{ id: 'nope' }] } }, 'does not exist'],
  ['an unknown status', { Status: { status: { name: 'Lost' } } }, 'Status option "Lost" does not exist'],
  ['a status in other case', { Status: { status: { name: 'to read' } } }, 'does not exist'],
];

describe('a new row is refused for', () => {
  const bench = createBench({ settings: { rateLimit: 0 } });
  test.each(refused)('%s', async (_, properties, message) => {
    const before = bench.control.dataSource('Reading list');
    const reply = await saveRow(bench, 'Reading list', properties);
    expect(reply.status).toBe(400);
    expect(reply.body.code).toBe('validation_error');
    expect(reply.body.message).toContain(message);
    expect(bench.control.dataSource('Reading list')).toEqual(before);
  });
});

describe('values of other types are refused for', () => {
  const bench = createBench({ settings: { rateLimit: 0 } });
  bench.control.createDatabase({
    title: 'Everything',
    sources: [
      {
        properties: [
          { name: 'Name', type: 'title' },
          { name: 'On', type: 'date' },
          { name: 'Mail', type: 'email' },
          { name: 'Phone', type: 'phone_number' },
          { name: 'Who', type: 'people' },
          { name: 'Files', type: 'files' },
          { name: 'Rating', type: 'number' },
        ],
      },
    ],
  });
  bench.control.share('Everything');
  const stranger = '00000000-0000-4000-8000-000000000000';
  const file = (url: string, name = 'file') => ({ Files: { files: [{ name, external: { url } }] } });
  test.each<[string, Json, string]>([
    [
      'a date that is none',
      { On: { date: { start: 'tomorrow' } } },
      'should be a valid ISO 8601 date string',
    ],
    [
      'a day that is none',
      { On: { date: { start: '2026-02-30' } } },
      'should be a valid ISO 8601 date string',
    ],
    ['a date with key too many', { On: { date: { start: '2026-02-03', at: 1 } } }, 'should be not present'],
    ['an unknown time zone', { On: { date: { start: '2026-02-03', time_zone: 'Mars' } } }, 'IANA time zone'],
    [
      'an offset beside a time zone',
      { On: { date: { start: '2026-02-03T10:00:00Z', time_zone: 'Europe/Berlin' } } },
      'without an offset',
    ],
    ['an empty email', { Mail: { email: '' } }, 'should be populated or `null`'],
    ['a long email', { Mail: { email: 'x'.repeat(101) } }, 'should be ≤ `100`'],
    ['an empty phone number', { Phone: { phone_number: '' } }, 'should be populated or `null`'],
    ['a stranger', { Who: { people: [{ id: stranger }] } }, 'Could not find user'],
    ['a file with no address', file(''), 'should be populated'],
    ['a file with a long name', file('https://a.example', 'x'.repeat(101)), 'name.length should be ≤ `100`'],
    ['a number as text', { Rating: { number: '5' } }, 'should be a number'],
  ])('%s', async (_, properties, message) => {
    const reply = await saveRow(bench, 'Everything', properties);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain(message);
  });

  test('and kept when they are right', async () => {
    const { body } = await saveRow(bench, 'Everything', {
      Name: title('x'.repeat(2000)),
      On: { date: { start: '2026-02-03T10:00:00', time_zone: 'Europe/Berlin' } },
      Mail: { email: 'ada@example.com' },
      Phone: { phone_number: 'any text' },
      Rating: { number: 0.25 },
      ...file('https://a.example/cover.png'),
    });
    expect(body.properties).toMatchObject({
      Name: { title: [{ plain_text: 'x'.repeat(2000) }] },
      On: { date: { start: '2026-02-03T10:00:00', end: null, time_zone: 'Europe/Berlin' } },
      Mail: { email: 'ada@example.com' },
      Phone: { phone_number: 'any text' },
      Who: { people: [] },
      Rating: { number: 0.25 },
      Files: {
        files: [{ name: 'file', type: 'external', external: { url: 'https://a.example/cover.png' } }],
      },
    });
  });
});

test('a new row has every property, rounded times, and fields no client knows', async () => {
  const bench = createBench();
  const { body } = await saveRow(bench, 'Reading list', { Name: title('Only a title') });
  expect(Object.keys(body)).toEqual([
    'object',
    'id',
    'created_time',
    'last_edited_time',
    'created_by',
    'last_edited_by',
    'cover',
    'icon',
    'parent',
    'in_trash',
    'is_archived',
    'is_locked',
    'properties',
    'url',
    'public_url',
    expect.any(String),
    expect.any(String),
    'request_id',
  ]);
  expect(body.created_time).toBe('2026-11-21T09:30:00.000Z');
  expect(body.url).toBe(`https://app.notion.com/p/Only-a-title-${String(body.id).replaceAll('-', '')}`);
  expect(body.properties).toMatchObject({
    Name: { id: 'title', type: 'title' },
    URL: { type: 'url', url: null },
    Tags: { type: 'multi_select', multi_select: [] },
    Status: { status: { name: 'To read', color: 'default' } },
    Description: { rich_text: [] },
    'Saved on': { created_time: '2026-11-21T09:30:00.000Z' },
    'Title length': { formula: { type: 'number', number: 12 } },
    Mood: { type: 'sentiment', sentiment: null },
  });
});

test('properties go by name, by id and by encoded id', async () => {
  const bench = createBench();
  const { properties } = bench.control.dataSource('Reading list');
  const id = properties.find(({ name }) => name === 'URL')?.id ?? '';
  expect(encodeURIComponent(id)).not.toBe(id);
  for (const key of ['URL', id, encodeURIComponent(id)]) {
    const { body } = await saveRow(bench, 'Reading list', { [key]: { url: 'https://a.example' } });
    expect((body.properties as Json).URL).toMatchObject({
      id: encodeURIComponent(id),
      url: 'https://a.example',
    });
  }
});

test('a new option is added once, an old one is found ignoring case', async () => {
  const bench = createBench();
  await saveRow(bench, 'Reading list', { Tags: { multi_select: [{ name: 'Physics' }, { name: 'optics' }] } });
  await saveRow(bench, 'Reading list', { Tags: { multi_select: [{ name: 'optics' }] } });
  const { properties, rows } = bench.control.dataSource('Reading list');
  const options = properties.find(({ name }) => name === 'Tags')?.options ?? [];
  expect(options.slice(-1)).toEqual(['optics']);
  expect(options).toHaveLength(9);
  expect(rows.slice(-2).map(({ values }) => values.Tags)).toEqual([['physics', 'optics'], ['optics']]);
});

test('a refused row adds no option', async () => {
  const bench = createBench();
  await saveRow(bench, 'Reading list', { Tags: { multi_select: [{ name: 'optics' }] }, URL: { url: '' } });
  const { properties } = bench.control.dataSource('Reading list');
  expect(properties.find(({ name }) => name === 'Tags')?.options).not.toContain('optics');
});

test('a status of null is the default one', async () => {
  const bench = createBench();
  const row = bench.control.dataSource('Reading list').rows[0]?.id ?? '';
  const reply = await bench.call('PATCH', `/v1/pages/${row}`, { properties: { Status: { status: null } } });
  expect((reply.body.properties as Json).Status).toMatchObject({ status: { name: 'To read' } });
});

describe('parents', () => {
  test('none, or the workspace: a private page the connection can see', async () => {
    const { call } = createBench({ share: [] });
    for (const parent of [{}, { parent: { workspace: true } }]) {
      const made = await call('POST', '/v1/pages', { ...parent, properties: { title: title('Mine') } });
      expect(made.body.parent).toEqual({ type: 'workspace', workspace: true });
      expect((await call('GET', `/v1/pages/${String(made.body.id)}`)).status).toBe(200);
    }
  });

  test('a page: only a title', async () => {
    const bench = createBench();
    const parent = { page_id: bench.control.state().pages[0]?.id };
    const good = await bench.call('POST', '/v1/pages', { parent, properties: { title: title('Below') } });
    expect(good.body).toMatchObject({ parent: { type: 'page_id' }, properties: { title: { id: 'title' } } });
    const bad = await bench.call('POST', '/v1/pages', { parent, properties: { URL: { url: null } } });
    expect(bad.body.message).toBe('URL is not a property that exists.');
  });

  test('a database, as long as it has one data source', async () => {
    const bench = createBench();
    const parentOf = (name: string) => ({
      parent: { database_id: bench.control.dataSource(name).databaseId },
    });
    const good = await bench.call('POST', '/v1/pages', parentOf('Reading list'));
    expect(good.body.parent).toMatchObject({ data_source_id: sourceId(bench, 'Reading list') });
    const bad = await bench.call('POST', '/v1/pages', parentOf('People'));
    expect(bad.body).toMatchObject({
      code: 'validation_error',
      additional_data: { error_type: 'multiple_data_sources_for_database' },
    });
  });

  test('nothing goes into the trash', async () => {
    const bench = createBench();
    bench.control.trash('Reading list', true);
    const reply = await saveRow(bench, 'Reading list', {});
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain("Can't edit block that is archived");
  });
});

describe('parts that exclude each other', () => {
  const bench = createBench();
  const children = [{ paragraph: { rich_text: [] } }];
  test.each<[string, Json]>([
    ['markdown and children', { markdown: 'x', children }],
    ['children and content', { children, content: children }],
    ['a template and children', { template: { type: 'default' }, children }],
    ['allow_async without markdown', { allow_async: true }],
    ['a position in a data source', { position: { type: 'page_start' } }],
    ['an unknown template', { template: { type: 'template_id', template_id: '0'.repeat(32) } }],
    ['an unknown key', { tags: [] }],
    ['`archived`, which the latest version does not know', { archived: true }],
  ])('%s', async (_, rest) => {
    const reply = await saveRow(bench, 'Reading list', {}, rest);
    expect(reply.status).toBe(400);
    expect(reply.body.code).toBe('validation_error');
  });
});

test('markdown is kept, and its first heading is the title of a page without one', async () => {
  const bench = createBench();
  await saveRow(bench, 'Reading list', {}, { markdown: '# From the text\nMore' });
  await saveRow(bench, 'Reading list', { Name: title('Given') }, { markdown: '# From the text' });
  const rows = bench.control.dataSource('Reading list').rows.slice(-2);
  expect(rows.map((row) => [row.title, row.markdown])).toEqual([
    ['From the text', '# From the text\nMore'],
    ['Given', '# From the text'],
  ]);
});

test('a template is noted and the page comes back blank', async () => {
  const bench = createBench();
  const { body } = await saveRow(bench, 'Reading list', {}, { template: { type: 'default' } });
  const children = await bench.call('GET', `/v1/blocks/${String(body.id)}/children`);
  expect(children.body.results).toEqual([]);
  expect(bench.control.dataSource('Reading list').rows.at(-1)?.templateId).toEqual(expect.any(String));
  const none = await saveRow(bench, 'Recipes', {}, { template: { type: 'default' } });
  expect(none.body.message).toContain('default template');
});

test('icons and covers are checked and completed', async () => {
  const bench = createBench();
  const good = await saveRow(
    bench,
    'Reading list',
    {},
    {
      icon: { emoji: '🧲' },
      cover: { external: { url: 'https://a.example/cover.png' } },
    },
  );
  expect(good.body).toMatchObject({
    icon: { type: 'emoji', emoji: '🧲' },
    cover: { type: 'external', external: { url: 'https://a.example/cover.png' } },
  });
  const noEmoji = await saveRow(bench, 'Reading list', {}, { icon: { emoji: 'x' } });
  expect(noEmoji.body.message).toContain('should be a valid emoji');
  const noCover = await saveRow(bench, 'Reading list', {}, { cover: { external: { url: '' } } });
  expect(noCover.body.message).toContain('body.cover.external.url should be populated');
});

describe('updating', () => {
  test('changes what is named and nothing else', async () => {
    const bench = createBench();
    const row = bench.control.dataSource('Reading list').rows[0];
    bench.pass(5 * 60_000);
    const reply = await bench.call('PATCH', `/v1/pages/${row?.id}`, {
      properties: { Tags: { multi_select: [{ name: 'design' }] } },
    });
    expect(reply.body).toMatchObject({
      last_edited_time: new Date(start + 5 * 60_000).toISOString().replace(/\d\d\.\d+Z/, '00.000Z'),
    });
    const after = bench.control.dataSource('Reading list').rows[0];
    expect(after?.values).toEqual({ ...row?.values, Tags: ['design'] });
  });

  test('shows only the properties asked for', async () => {
    const bench = createBench();
    const row = bench.control.dataSource('Reading list').rows[0];
    const path = `/v1/pages/${row?.id}?filter_properties=title&filter_properties=URL`;
    const reply = await bench.call('GET', path);
    expect(Object.keys(reply.body.properties as Json)).toEqual(['Name', 'URL']);
  });

  test('a page in the trash can only be restored', async () => {
    const bench = createBench();
    const path = `/v1/pages/${bench.control.dataSource('Reading list').rows[0]?.id}`;
    expect((await bench.call('PATCH', path, { in_trash: true })).body.in_trash).toBe(true);
    expect((await bench.call('PATCH', path, { properties: {} })).body.message).toBe(
      "Can't edit block that is archived. You must unarchive the block before editing.",
    );
    expect((await bench.call('PATCH', path, { in_trash: false })).body.in_trash).toBe(false);
  });

  test('says `archived` in the older version only', async () => {
    const bench = createBench();
    const path = `/v1/pages/${bench.control.dataSource('Reading list').rows[0]?.id}`;
    const old = { 'notion-version': '2025-09-03' };
    expect((await bench.call('PATCH', path, { archived: true })).status).toBe(400);
    expect((await bench.call('PATCH', path, { archived: true }, old)).body).toMatchObject({
      in_trash: true,
      archived: true,
    });
    expect((await bench.call('GET', path)).body).not.toHaveProperty('archived');
  });
});
