/** Search and query: what they find, in which order, page by page, and when. */
import { describe, expect, test } from 'vitest';
import { type Bench, createBench, type Json, results, saveRow, sourceId, title } from './api-calls.ts';

const names = (found: Json[]) =>
  found.map((each) => (each.object === 'page' ? each.url : (each.title as Json[])[0]?.plain_text));

const find = async (bench: Bench, body: Json = {}) => results(await bench.call('POST', '/v1/search', body));

describe('search', () => {
  const sources = { filter: { property: 'object', value: 'data_source' } };

  test('finds what was shared, and what lies below it', async () => {
    const bench = createBench({ share: ['Contacts', 'Bookmarks home'] });
    bench.pass(3000);
    expect(names(await find(bench, sources)).sort()).toEqual(['People', 'Places']);
    const pages = await find(bench, { filter: { property: 'object', value: 'page' } });
    expect(pages.map(({ url }) => String(url))).toEqual([
      expect.stringContaining('/Bookmarks-home-'),
      expect.stringContaining('/Ideas-'),
    ]);
  });

  test('finds data sources by the title of their database too, ignoring case', async () => {
    const bench = createBench();
    expect(names(await find(bench, { ...sources, query: 'CONTACTS' })).sort()).toEqual(['People', 'Places']);
    expect(names(await find(bench, { ...sources, query: 'reading' }))).toEqual(['Reading list']);
    expect(await find(bench, { ...sources, query: 'nothing like it' })).toEqual([]);
  });

  test('shows what was shared itself at once, what lies below after the lag', async () => {
    const bench = createBench({ share: ['Bookmarks home'] });
    expect(await find(bench)).toHaveLength(1);
    bench.pass(2999);
    expect(await find(bench)).toHaveLength(1);
    bench.pass(1);
    expect(await find(bench)).toHaveLength(2);
  });

  test('finds a new row only after the lag', async () => {
    const bench = createBench();
    bench.pass(60_000);
    await saveRow(bench, 'Reading list', { Name: title('Fresh') });
    expect(await find(bench, { query: 'Fresh' })).toEqual([]);
    bench.pass(3000);
    expect(await find(bench, { query: 'Fresh' })).toHaveLength(1);
  });

  test('can be made to lag for shared things too', async () => {
    const bench = createBench({ settings: { sharedSearchLagMs: 5000 } });
    expect(await find(bench, sources)).toEqual([]);
    bench.pass(5000);
    expect(await find(bench, sources)).toHaveLength(4);
  });

  test('shows the trash only when asked', async () => {
    const bench = createBench();
    bench.control.trash('Reading list', true);
    expect(names(await find(bench, sources))).not.toContain('Reading list');
    const inTrash = await find(bench, { filter: { ...sources.filter, in_trash: true } });
    expect(names(inTrash)).toEqual(['Reading list']);
  });

  test('refuses what it does not know', async () => {
    const { call } = createBench();
    for (const body of [
      { filter: { property: 'object', value: 'database' } },
      { filter: 'page' },
      { limit: 3 },
      { sort: { timestamp: 'created_time', direction: 'ascending' } },
    ]) {
      expect((await call('POST', '/v1/search', body)).body.code).toBe('validation_error');
    }
  });
});

describe('query', () => {
  const bench = createBench({ settings: { rateLimit: 0 } });
  bench.control.createDatabase({
    title: 'Films',
    sources: [
      {
        properties: [
          { name: 'Name', type: 'title' },
          { name: 'Link', type: 'url' },
          { name: 'Year', type: 'number' },
          { name: 'Seen', type: 'checkbox' },
          { name: 'Kind', type: 'select', options: ['drama', 'comedy'] },
          { name: 'Tags', type: 'multi_select' },
          { name: 'State', type: 'status', options: ['open', 'done'] },
          { name: 'On', type: 'date' },
          { name: 'Length', type: 'formula', settings: { expression: 'length(prop("Name"))' } },
          { name: 'Poster', type: 'files' },
        ],
        rows: [
          {
            Name: 'Alpha',
            Link: 'https://a.example/A',
            Year: 1931,
            Seen: true,
            Kind: 'comedy',
            Tags: ['old', 'silent'],
            State: 'done',
            On: '2026-11-20',
          },
          {
            Name: 'beta',
            Link: 'https://b.example',
            Year: 1968,
            Seen: false,
            Kind: 'drama',
            Tags: ['space'],
            State: 'open',
            On: '2026-11-21T08:00:00Z',
          },
          { Name: 'Gamma', Year: 2001, Seen: true, Tags: [], State: 'open' },
        ],
      },
    ],
  });
  bench.control.share('Films');
  const query = (body: Json) =>
    bench.call('POST', `/v1/data_sources/${sourceId(bench, 'Films')}/query`, body);
  const found = async (filter: Json) =>
    results(await query({ filter, sorts: [{ property: 'Name', direction: 'ascending' }] }))
      .map((row) => String(row.url).replace(/.*\/(\w+)-.*/, '$1'))
      .join(' ');

  test.each<[Json, string]>([
    [{ property: 'Link', url: { equals: 'https://a.example/A' } }, 'Alpha'],
    [{ property: 'Link', url: { equals: 'https://a.example/a' } }, ''],
    [{ property: 'Link', url: { does_not_equal: 'https://b.example' } }, 'Alpha Gamma'],
    [{ property: 'Link', url: { contains: 'EXAMPLE' } }, 'Alpha beta'],
    [{ property: 'Link', url: { does_not_contain: 'b.' } }, 'Alpha Gamma'],
    [{ property: 'Link', rich_text: { starts_with: 'https://b' } }, 'beta'],
    [{ property: 'Link', url: { is_empty: true } }, 'Gamma'],
    [{ property: 'Link', url: { is_not_empty: true } }, 'Alpha beta'],
    [{ property: 'Name', title: { ends_with: 'MMA' } }, 'Gamma'],
    [{ property: 'Year', number: { greater_than: 1968 } }, 'Gamma'],
    [{ property: 'Year', number: { less_than_or_equal_to: 1968 } }, 'Alpha beta'],
    [{ property: 'Seen', checkbox: { equals: true } }, 'Alpha Gamma'],
    [{ property: 'Seen', checkbox: { does_not_equal: true } }, 'beta'],
    [{ property: 'Kind', select: { equals: 'drama' } }, 'beta'],
    [{ property: 'Kind', select: { equals: ['drama', 'comedy'] } }, 'Alpha beta'],
    [{ property: 'Kind', select: { is_empty: true } }, 'Gamma'],
    [{ property: 'State', status: { does_not_equal: 'open' } }, 'Alpha'],
    [{ property: 'Tags', multi_select: { contains: 'silent' } }, 'Alpha'],
    [{ property: 'Tags', multi_select: { does_not_contain: ['silent', 'space'] } }, 'Gamma'],
    [{ property: 'Tags', multi_select: { is_not_empty: true } }, 'Alpha beta'],
    [{ property: 'On', date: { equals: '2026-11-20' } }, 'Alpha'],
    [{ property: 'On', date: { on_or_after: 'today' } }, 'beta'],
    [{ property: 'On', date: { after: '2026-11-21T07:00:00Z' } }, 'beta'],
    [{ property: 'On', date: { before: 'today' } }, 'Alpha'],
    [{ property: 'On', date: { past_week: {} } }, 'Alpha beta'],
    [{ property: 'On', date: { next_week: {} } }, 'beta'],
    [{ property: 'On', date: { this_week: {} } }, 'Alpha beta'],
    [{ property: 'On', date: { is_empty: true } }, 'Gamma'],
    [{ property: 'Length', formula: { number: { equals: 4 } } }, 'beta'],
    [{ property: 'Poster', files: { is_empty: true } }, 'Alpha beta Gamma'],
    [{ timestamp: 'created_time', created_time: { on_or_before: 'today' } }, 'Alpha beta Gamma'],
    [{ timestamp: 'last_edited_time', last_edited_time: { before: 'yesterday' } }, ''],
    [
      {
        and: [
          { property: 'Seen', checkbox: { equals: true } },
          {
            or: [
              { property: 'Year', number: { equals: 2001 } },
              { property: 'Link', url: { is_empty: true } },
            ],
          },
        ],
      },
      'Gamma',
    ],
  ])('%j', async (filter, expected) => {
    expect(await found(filter)).toBe(expected);
  });

  test.each<[string, Json, string]>([
    [
      'an unknown property',
      { property: 'Nope', url: { is_empty: true } },
      'Could not find property with name or id: Nope',
    ],
    [
      'a condition of another type',
      { property: 'Tags', title: { equals: 'x' } },
      'database property multi_select does not match filter title',
    ],
    ['an unknown operator', { property: 'Link', url: { like: 'x' } }, 'body failed validation'],
    ['three levels', { and: [{ or: [{ and: [] }] }] }, 'body failed validation'],
    [
      'over 100 conditions',
      { or: Array.from({ length: 101 }, () => ({ property: 'Link', url: { is_empty: true } })) },
      'body.filter.or.length should be ≤ `100`',
    ],
  ])('refuses %s', async (_, filter, message) => {
    const reply = await query({ filter });
    expect(reply.body.code).toBe('validation_error');
    expect(reply.body.message).toContain(message);
  });

  test('sorts, with empty values last either way', async () => {
    const order = async (sorts: Json[]) =>
      results(await query({ sorts })).map((row) => String(row.url).replace(/.*\/(\w+)-.*/, '$1'));
    expect(await order([{ property: 'Year', direction: 'descending' }])).toEqual(['Gamma', 'beta', 'Alpha']);
    expect(await order([{ property: 'Kind', direction: 'ascending' }])).toEqual(['beta', 'Alpha', 'Gamma']);
    expect(await order([{ property: 'Kind', direction: 'descending' }])).toEqual(['Alpha', 'beta', 'Gamma']);
    expect(
      await order([
        { property: 'State', direction: 'ascending' },
        { property: 'Year', direction: 'descending' },
      ]),
    ).toEqual(['Gamma', 'beta', 'Alpha']);
    expect((await query({ sorts: [{ property: 'Nope', direction: 'ascending' }] })).status).toBe(400);
  });

  test('shows only the properties asked for, written either way', async () => {
    const path = `/v1/data_sources/${sourceId(bench, 'Films')}/query`;
    for (const asked of ['filter_properties=Year', 'filter_properties[]=Year']) {
      const [row] = results(await bench.call('POST', `${path}?${asked}`, {}));
      expect(Object.keys(row?.properties as Json)).toEqual(['Year']);
    }
    expect((await bench.call('POST', `${path}?filter_properties=Nope`, {})).status).toBe(400);
  });

  test('needs no body, and refuses keys it does not know', async () => {
    expect((await bench.call('POST', `/v1/data_sources/${sourceId(bench, 'Films')}/query`)).status).toBe(200);
    expect((await query({ limit: 1 })).body.message).toContain('body.limit should be not present');
    expect((await query({ archived: true })).status).toBe(400);
    expect((await query({ is_archived: false })).status).toBe(200);
  });
});

test('a query finds a new row after the lag it was given', async () => {
  const bench = createBench({ settings: { queryLagMs: 30_000 } });
  await saveRow(bench, 'Reading list', { Name: title('Late') });
  const query = () => bench.call('POST', `/v1/data_sources/${sourceId(bench, 'Reading list')}/query`, {});
  expect(results(await query())).toHaveLength(3);
  bench.pass(30_000);
  expect(results(await query())).toHaveLength(4);
});

describe('pages of results', () => {
  const bench = createBench({ settings: { rateLimit: 0, searchLagMs: 0 } });
  for (let index = 0; index < 120; index += 1) bench.control.addRow('People', { Name: `Person ${index}` });
  const path = `/v1/data_sources/${sourceId(bench, 'People')}/query`;

  test('hold 100 at most, and together all, once', async () => {
    const first = await bench.call('POST', path, {});
    expect(results(first)).toHaveLength(100);
    expect(first.body).toMatchObject({ object: 'list', type: 'page_or_data_source', has_more: true });
    const second = await bench.call('POST', path, { start_cursor: first.body.next_cursor });
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null });
    expect(new Set([...results(first), ...results(second)].map(({ id }) => id)).size).toBe(120);
  });

  test('have cursors that are no ids and fit their own list only', async () => {
    const { body } = await bench.call('POST', path, { page_size: 7 });
    const cursor = String(body.next_cursor);
    expect(cursor).not.toMatch(/^[0-9a-f]{8}-?[0-9a-f]{4}-/);
    for (const [where, sent] of [
      [path, { start_cursor: 'nope' }],
      [path, { start_cursor: cursor, sorts: [{ property: 'Name', direction: 'ascending' }] }],
      ['/v1/search', { start_cursor: cursor }],
    ] as const) {
      const reply = await bench.call('POST', where, sent);
      expect(reply.body.code).toBe('validation_error');
      expect(reply.body.message).toBe(`The start_cursor provided is invalid: ${sent.start_cursor}`);
    }
  });

  test('have a size from 1 to 100', async () => {
    for (const size of [0, 101, 1.5])
      expect((await bench.call('POST', path, { page_size: size })).status).toBe(400);
    for (const size of ['0', '101', 'all']) {
      expect((await bench.call('GET', `/v1/users?page_size=${size}`)).status).toBe(400);
    }
    expect(results(await bench.call('GET', '/v1/users?page_size=1'))).toHaveLength(1);
  });
});

test('a query ends at 10,000 rows and says so', async () => {
  const bench = createBench();
  for (let index = 0; index < 10_001; index += 1) bench.control.addRow('People', {});
  const { body } = await bench.call('POST', `/v1/data_sources/${sourceId(bench, 'People')}/query`, {
    page_size: 1,
  });
  expect(body.request_status).toEqual({
    type: 'incomplete',
    incomplete_reason: 'query_result_limit_reached',
  });
});
