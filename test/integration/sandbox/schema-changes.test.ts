import { describe, expect, test } from 'vitest';
import { type Bench, createBench, type Json, saveRow, sourceId } from './api-calls.ts';

const patch = (bench: Bench, properties: Json) =>
  bench.call('PATCH', `/v1/data_sources/${sourceId(bench, 'Reading list')}`, { properties });

const columns = (bench: Bench) => bench.control.dataSource('Reading list').properties.map(({ name }) => name);

test('the schema is shown with options, ids to pass back, and a type nobody knows', async () => {
  const bench = createBench();
  const { body } = await bench.call('GET', `/v1/data_sources/${sourceId(bench, 'Reading list')}`);
  const properties = body.properties as Record<string, Json>;
  expect(properties.Name).toMatchObject({ id: 'title', type: 'title', title: {} });
  expect(properties.Tags?.multi_select).toMatchObject({
    options: expect.arrayContaining([
      expect.objectContaining({ name: 'physics', color: 'blue', description: null }),
    ]),
  });
  expect(properties.Status?.status).toMatchObject({ groups: [{ name: 'To-do' }, {}, { name: 'Complete' }] });
  expect(properties.Mood).toMatchObject({ type: 'sentiment', sentiment: { scale: 'calm_to_loud' } });
  expect(body).toMatchObject({ parent: { type: 'database_id' }, database_parent: { type: 'workspace' } });
});

test('columns are added, renamed, changed and removed in one request', async () => {
  const bench = createBench();
  const reply = await patch(bench, {
    Rating: { number: { format: 'percent' } },
    Description: { name: 'Summary' },
    Mood: null,
    URL: { url: {}, description: 'Where it is' },
  });
  expect(reply.status).toBe(200);
  expect(columns(bench)).toEqual([
    'Name',
    'URL',
    'Tags',
    'Status',
    'Summary',
    'Saved on',
    'Title length',
    'Rating',
  ]);
  expect(reply.body.properties).toMatchObject({
    Rating: { type: 'number', number: { format: 'percent' } },
    URL: { url: {}, description: 'Where it is' },
  });
});

test('a renamed column keeps its id and its values', async () => {
  const bench = createBench();
  const before = bench.control.dataSource('Reading list');
  await patch(bench, { URL: { name: 'Address' } });
  const after = bench.control.dataSource('Reading list');
  expect(after.properties[1]).toEqual({ ...before.properties[1], name: 'Address' });
  expect(after.rows[0]?.values.Address).toBe(before.rows[0]?.values.URL);
});

test('options sent again are kept, new ones added, the others dropped from the rows too', async () => {
  const bench = createBench();
  const tags = bench.control.dataSource('Reading list').properties.find(({ name }) => name === 'Tags');
  expect(tags?.options).toHaveLength(8);
  const reply = await patch(bench, {
    Tags: { multi_select: { options: [{ name: 'physics' }, { name: 'optics', color: 'pink' }] } },
  });
  expect((reply.body.properties as Record<string, Json>).Tags?.multi_select).toMatchObject({
    options: [
      { name: 'physics', color: 'blue' },
      { name: 'optics', color: 'pink' },
    ],
  });
  expect(bench.control.dataSource('Reading list').rows[0]?.values.Tags).toEqual(['physics']);
});

describe('refused, with nothing changed:', () => {
  const bench = createBench({ settings: { rateLimit: 0 } });
  const options = (...names: string[]) => ({
    Tags: { multi_select: { options: names.map((name) => ({ name })) } },
  });
  test.each<[string, Json, string]>([
    ['removing the title', { Name: null }, 'Cannot delete the title'],
    ['a second title', { Other: { title: {} } }, 'second title'],
    ['retyping the title', { Name: { rich_text: {} } }, 'cannot change its type'],
    ['removing what is not there', { Nothing: null }, 'Could not find property'],
    ['renaming what is not there', { Nothing: { name: 'Something' } }, 'Could not find property'],
    ['a name that is taken', { URL: { name: 'Tags' } }, 'exists already'],
    ['an option with a comma', options('a,b'), 'commas not allowed'],
    ['an option twice', options('a', 'A'), 'must be unique'],
    ['101 options', options(...Array.from({ length: 101 }, (_, index) => `o${index}`)), 'should be ≤ `100`'],
    ['a type that is none', { New: { sparkle: {} } }, 'body failed validation'],
    ['a long description', { URL: { url: {}, description: 'x'.repeat(281) } }, 'should be ≤ `280`'],
    ['one bad change among good ones', { Good: { url: {} }, Name: null }, 'Cannot delete the title'],
  ])('%s', async (_, properties, message) => {
    const before = bench.control.state();
    const reply = await patch(bench, properties);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain(message);
    expect(bench.control.state()).toEqual(before);
  });
});

test('a new database has a title column, given or not', async () => {
  const { call } = createBench();
  const parent = { type: 'workspace', workspace: true };
  const plain = await call('POST', '/v1/databases', { parent });
  const [source] = plain.body.data_sources as Json[];
  const schema = await call('GET', `/v1/data_sources/${String(source?.id)}`);
  expect(Object.keys(schema.body.properties as Json)).toEqual(['Name']);
  expect(plain.body.created_time).toBe('2026-11-21T09:30:42.500+00:00');
  const titleless = await call('POST', '/v1/databases', {
    parent,
    initial_data_source: { properties: { URL: { url: {} } } },
  });
  expect(titleless.body.message).toBe('Title is not provided');
});

test('bodies of databases and data sources ignore keys they do not know, but not `archived`', async () => {
  const { call } = createBench();
  const made = await call('POST', '/v1/databases', {
    parent: { type: 'workspace', workspace: true },
    mood: 'calm',
  });
  expect(made.status).toBe(200);
  const path = `/v1/databases/${String(made.body.id)}`;
  expect((await call('PATCH', path, { archived: true })).status).toBe(400);
  expect((await call('PATCH', path, { in_trash: true })).body.in_trash).toBe(true);
});

test('a data source is added to a database', async () => {
  const bench = createBench();
  const { databaseId } = bench.control.dataSource('Reading list');
  const reply = await bench.call('POST', '/v1/data_sources', {
    parent: { database_id: databaseId },
    title: [{ text: { content: 'Podcasts' } }],
    properties: {
      Name: { title: {} },
      From: { relation: { data_source_id: sourceId(bench, 'Reading list'), single_property: {} } },
    },
  });
  expect(reply.body.properties).toMatchObject({
    From: { relation: { data_source_id: sourceId(bench, 'Reading list'), type: 'single_property' } },
  });
  const database = await bench.call('GET', `/v1/databases/${databaseId}`);
  expect((database.body.data_sources as Json[]).map(({ name }) => name)).toEqual([
    'Reading list',
    'Podcasts',
  ]);
  const target = bench.control.dataSource('Reading list').rows[0]?.id;
  const good = await saveRow(bench, 'Podcasts', { From: { relation: [{ id: target }] } });
  expect((good.body.properties as Json).From).toMatchObject({ relation: [{ id: target }], has_more: false });
  const other = bench.control.dataSource('Recipes').rows[0]?.id;
  expect((await saveRow(bench, 'Podcasts', { From: { relation: [{ id: other }] } })).status).toBe(400);
});
