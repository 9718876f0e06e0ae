/** Which of several faults of one request is told, and in what words. */
import { expect, test } from 'vitest';
import { createBench, saveRow, sourceId, title } from './api-calls.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

test('an unknown path is refused before the token is looked at', async () => {
  const { call } = createBench();
  const reply = await call('GET', '/v1/nothing', undefined, { authorization: 'Bearer wrong' });
  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({
    object: 'error',
    status: 400,
    code: 'invalid_request_url',
    message: 'Invalid request URL.',
  });
  expect((await call('PUT', '/v1/pages', {})).body.code).toBe('invalid_request_url');
});

test('a bad token is refused before a missing version', async () => {
  const { call } = createBench();
  for (const authorization of ['', 'Bearer wrong', 'Basic abc']) {
    const reply = await call('GET', '/v1/users/me', undefined, { authorization, 'notion-version': '' });
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ code: 'unauthorized', message: 'API token is invalid.' });
  }
});

test('a missing or unknown version is refused before the body is read', async () => {
  const { call } = createBench();
  const missing = await call('POST', '/v1/search', '{', { 'notion-version': '' });
  expect(missing.body).toMatchObject({
    status: 400,
    code: 'missing_version',
    message:
      'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
  });
  const unknown = await call('POST', '/v1/search', '{', { 'notion-version': '2022-06-28' });
  expect(unknown.body.code).toBe('validation_error');
});

test('a body that is no JSON is refused', async () => {
  const { call } = createBench();
  const broken = await call('POST', '/v1/search', '{"query":');
  expect(broken.body).toMatchObject({ code: 'invalid_json', message: 'Error parsing JSON body.' });
  const mislabelled = await call('POST', '/v1/search', '{}', { 'content-type': 'text/plain' });
  expect(mislabelled.body.code).toBe('invalid_json');
});

test('a body over 500 KB is refused', async () => {
  const { call } = createBench();
  const reply = await call('POST', '/v1/search', { query: 'x'.repeat(500 * 1024) });
  expect(reply.status).toBe(413);
});

test('the shape is judged before the capability, the capability before the object', async () => {
  const bench = createBench();
  const { call, control } = bench;
  control.changeConnection({ capabilities: [] });
  const misshapen = await call('POST', '/v1/pages', { parent: { data_source_id: unknownId }, colour: 'red' });
  expect(misshapen.body.code).toBe('validation_error');
  const incapable = await call('POST', '/v1/pages', { parent: { data_source_id: unknownId } });
  expect(incapable.status).toBe(403);
  expect(incapable.body).toMatchObject({
    code: 'restricted_resource',
    message: 'Insufficient permissions for this endpoint.',
  });
  control.changeConnection({ capabilities: ['insert_content'] });
  const unknown = await call('POST', '/v1/pages', { parent: { data_source_id: unknownId } });
  expect(unknown.status).toBe(404);
});

test('what is not shared is not found, in the words Notion has for it', async () => {
  const bench = createBench({ share: ['Recipes'] });
  const id = sourceId(bench, 'Reading list');
  const reply = await bench.call('GET', `/v1/data_sources/${id}`);
  expect(reply.status).toBe(404);
  expect(reply.body).toMatchObject({
    code: 'object_not_found',
    message: `Could not find data_source with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "Rowmark".`,
    additional_data: { integration_id: expect.any(String) },
    request_id: expect.any(String),
  });
});

test('ids go with and without dashes, anything else is refused', async () => {
  const bench = createBench();
  const id = sourceId(bench, 'Reading list');
  expect((await bench.call('GET', `/v1/data_sources/${id.replaceAll('-', '')}`)).body.id).toBe(id);
  expect((await bench.call('GET', '/v1/data_sources/reading-list')).body).toMatchObject({
    code: 'validation_error',
    message:
      'path failed validation: path.data_source_id should be a valid uuid, instead was `"reading-list"`.',
  });
  const body = await bench.call('POST', '/v1/pages', { parent: { database_id: 'DATABASE_ID' } });
  expect(body.body.message).toBe(
    [
      'body failed validation. Fix one:',
      'body.parent.page_id should be defined, instead was `undefined`.',
      'body.parent.database_id should be a valid uuid, instead was `"DATABASE_ID"`.',
      'body.parent.data_source_id should be defined, instead was `undefined`.',
      'body.parent.workspace should be defined, instead was `undefined`.',
    ].join('\n'),
  );
});

test('each capability guards its own endpoints', async () => {
  const bench = createBench();
  const { call, control } = bench;
  const id = sourceId(bench, 'Reading list');
  const row = control.dataSource('Reading list').rows[0]?.id ?? '';
  const statuses = async () => [
    (await call('GET', `/v1/data_sources/${id}`)).status,
    (await call('POST', '/v1/search', {})).status,
    (await call('PATCH', `/v1/pages/${row}`, {})).status,
    (await call('POST', '/v1/pages', { parent: { data_source_id: id } })).status,
  ];
  control.changeConnection({ capabilities: ['read_content'] });
  expect(await statuses()).toEqual([200, 200, 403, 403]);
  control.changeConnection({ capabilities: ['update_content'] });
  expect(await statuses()).toEqual([403, 403, 200, 403]);
  control.changeConnection({ capabilities: ['insert_content'] });
  expect(await statuses()).toEqual([403, 403, 403, 200]);
  control.changeConnection({ userInformation: 'none' });
  expect((await call('GET', '/v1/users')).status).toBe(403);
});

test('a connection that may not read gets partial objects', async () => {
  const bench = createBench();
  bench.control.changeConnection({ capabilities: ['insert_content', 'update_content'] });
  const database = await bench.call('POST', '/v1/databases', {
    parent: { type: 'workspace', workspace: true },
  });
  expect(Object.keys(database.body)).toEqual(['object', 'id', 'request_id']);
  const source = await bench.call('PATCH', `/v1/data_sources/${sourceId(bench, 'Reading list')}`, {});
  expect(Object.keys(source.body)).toEqual(['object', 'id', 'properties', 'request_id']);
  const reply = await saveRow(bench, 'Reading list', { Name: title('Unseen') });
  expect(Object.keys(reply.body)).toEqual(['object', 'id', 'request_id']);
});

test('nothing lets a web page of another origin read an answer, and preflights fail', async () => {
  const { app, call } = createBench();
  const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
  const preflight = await app.request('/v1/search', { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(400);
  const reply = await call('POST', '/v1/search', {}, { origin: 'https://example.com' });
  for (const { headers: sent } of [preflight, reply]) {
    expect([...sent.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('answers have the headers by which Notion is known', async () => {
  const { call } = createBench();
  const { headers, body } = await call('GET', '/v1/users/me');
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('x-notion-request-id')).toBe(body.request_id);
  expect(headers.get('cf-ray')).toMatch(/^[0-9a-f]{16}-/);
  expect(headers.get('etag')).toMatch(/^W\//);
});
