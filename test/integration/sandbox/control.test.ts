/** The control API over HTTP. What each function does to the API is tested where it matters. */
import { expect, test } from 'vitest';
import { type Bench, createBench, type Json, readReply, saveRow, title } from './api-calls.ts';

async function control(
  bench: Bench,
  method: string,
  path: string,
  body?: Json,
  headers: Record<string, string> = {},
) {
  const init: RequestInit = { method, headers };
  if (body) init.body = JSON.stringify(body);
  return readReply(await bench.app.request(`/_sandbox/api${path}`, init));
}

test('shows rows in plain values', async () => {
  const bench = createBench();
  await saveRow(bench, 'Reading list', {
    Name: title('A page'),
    URL: { url: 'https://a.example' },
    Tags: { multi_select: [{ name: 'physics' }] },
  });
  const { body } = await control(bench, 'GET', '/data-sources/Reading list');
  expect((body.rows as Json[]).at(-1)).toMatchObject({
    title: 'A page',
    inTrash: false,
    createdAt: '2026-11-21T09:30:42.500Z',
    values: {
      Name: 'A page',
      URL: 'https://a.example',
      Tags: ['physics'],
      Status: 'To read',
      Description: '',
      'Title length': 6,
      Mood: null,
    },
  });
  const { body: state } = await control(bench, 'GET', '/state');
  const first = (state.dataSources as Json[]).filter(({ workspace }) => workspace === "Maxwell's Workspace");
  expect(first.map((each) => each.title)).toEqual([
    'Reading list',
    'Recipes',
    'Contacts · People',
    'Contacts · Places',
  ]);
});

test('orders, lists and removes faults', async () => {
  const bench = createBench();
  const { body: fault } = await control(bench, 'POST', '/faults', { kind: 'conflict', times: 3 });
  expect(fault).toMatchObject({ kind: 'conflict', method: '*', path: '/v1/*', left: 3, hits: 0 });
  expect(bench.control.faults()).toHaveLength(1);
  expect((await control(bench, 'DELETE', `/faults/${String(fault.id)}`)).body).toEqual({ removed: true });
  expect((await control(bench, 'POST', '/faults', { kind: 'nonsense' })).status).toBe(400);
  expect((await control(bench, 'POST', '/faults', { kind: 'slow', delay: 3 })).status).toBe(400);
});

test('mints, expires and revokes', async () => {
  const bench = createBench();
  const { body } = await control(bench, 'POST', '/authorizations', { share: ['Recipes'] });
  const authorization = `Bearer ${String(body.accessToken)}`;
  const status = async () => (await bench.call('GET', '/v1/users/me', undefined, { authorization })).status;
  expect(await status()).toBe(200);
  await control(bench, 'POST', `/authorizations/${String(body.botId)}`, { action: 'expire' });
  expect(await status()).toBe(401);
  expect((await bench.call('GET', '/v1/users/me')).status).toBe(200);
  await control(bench, 'POST', '/authorizations/all', { action: 'revoke' });
  expect((await bench.call('GET', '/v1/users/me')).status).toBe(401);
});

test('shares and unshares', async () => {
  const bench = createBench({ share: [] });
  const { id } = bench.control.dataSource('Recipes');
  const status = async () => (await bench.call('GET', `/v1/data_sources/${id}`)).status;
  expect(await status()).toBe(404);
  await control(bench, 'POST', '/sharing', { what: 'Recipes', shared: true });
  expect(await status()).toBe(200);
  await control(bench, 'POST', '/sharing', { what: id, shared: false, botId: bench.botId });
  expect(await status()).toBe(404);
});

test('makes databases, rows and columns, and changes them as a user would', async () => {
  const bench = createBench();
  const made = await control(bench, 'POST', '/databases', {
    title: 'Links',
    sources: [
      {
        properties: [
          { name: 'Name', type: 'title' },
          { name: 'Kind', type: 'select', options: ['a', 'b'] },
        ],
      },
    ],
  });
  expect(made.body).toEqual({ databaseId: expect.any(String), dataSourceIds: [expect.any(String)] });
  await control(bench, 'POST', '/data-sources/Links/rows', { Name: 'One', Kind: 'a' });
  await control(bench, 'POST', '/data-sources/Links/properties', { name: 'Where', type: 'url' });
  await control(bench, 'PATCH', '/data-sources/Links/properties/Kind', {
    name: 'Sort',
    type: 'multi_select',
    addOptions: ['c'],
  });
  await control(bench, 'PATCH', '/data-sources/Links/properties/Sort/options/a', {
    name: 'alpha',
    color: 'pink',
  });
  const links = () => bench.control.dataSource('Links');
  expect(links().properties.map(({ name, type }) => [name, type])).toEqual([
    ['Name', 'title'],
    ['Sort', 'multi_select'],
    ['Where', 'url'],
  ]);
  expect(links().properties[1]?.options).toEqual(['alpha', 'b', 'c']);
  expect(links().rows[0]?.values).toEqual({ Name: 'One', Sort: ['alpha'], Where: null });
  await control(bench, 'DELETE', '/data-sources/Links/properties/Sort/options/alpha');
  expect(links().rows[0]?.values.Sort).toEqual([]);
  await control(bench, 'DELETE', '/data-sources/Links/properties/Where');
  expect(links().properties).toHaveLength(2);
  await control(bench, 'POST', '/trash', { what: links().rows[0]?.id, inTrash: true });
  expect(links().rows[0]?.inTrash).toBe(true);
});

test('a new type empties a column it does not fit', async () => {
  const bench = createBench();
  await control(bench, 'PATCH', '/data-sources/Reading list/properties/URL', { type: 'number' });
  expect(bench.control.dataSource('Reading list').rows[0]?.values.URL).toBeNull();
  const reply = await saveRow(bench, 'Reading list', { URL: { url: 'https://a.example' } });
  expect(reply.body.message).toBe('URL is expected to be number.');
});

test('keeps a log without secrets', async () => {
  const bench = createBench();
  await bench.call('POST', '/v1/oauth/token', { grant_type: 'refresh_token', refresh_token: 'nrt_secret' });
  await saveRow(bench, 'Reading list', { URL: { url: '' } }, {});
  const { text } = await control(bench, 'GET', '/requests');
  expect(text).not.toContain('secret');
  expect(text).not.toContain(bench.token);
  expect(JSON.parse(text)).toMatchObject([
    { method: 'POST', path: '/v1/oauth/token', status: 401, code: 'invalid_client', fault: null },
    {
      method: 'POST',
      path: '/v1/pages',
      status: 400,
      code: 'validation_error',
      botId: bench.botId,
      body: { properties: { URL: { url: '' } } },
    },
  ]);
  await control(bench, 'DELETE', '/requests');
  expect(bench.control.requests()).toEqual([]);
});

test('says what is not there, and is not for other websites', async () => {
  const bench = createBench();
  expect((await control(bench, 'GET', '/data-sources/Nothing')).body).toEqual({
    error: 'There is no data source Nothing',
  });
  expect((await control(bench, 'GET', '/state', undefined, { origin: 'https://evil.example' })).status).toBe(
    403,
  );
  expect((await control(bench, 'GET', '/state', undefined, { origin: 'http://localhost' })).status).toBe(200);
});

test('a reset brings back the beginning, with the same ids', async () => {
  const bench = createBench();
  const before = bench.control.state();
  await saveRow(bench, 'Reading list', { Name: title('New') });
  bench.control.addFault({ kind: 'conflict' });
  bench.control.changeSettings({ queryLagMs: 1 });
  await control(bench, 'POST', '/reset');
  expect(bench.control.state()).toEqual({ ...before, authorizations: [] });
  expect(bench.control.faults()).toEqual([]);
  expect(bench.control.settings().queryLagMs).toBe(0);
});
