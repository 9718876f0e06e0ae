import { describe, expect, test } from 'vitest';
import type { FaultKind, FaultRequest } from '../../../src/sandbox/faults.ts';
import { startSandbox } from '../../../src/sandbox/node.ts';
import { createBench, type Json, saveRow, sourceId, title } from './api-calls.ts';

const save = { path: '/v1/pages', method: 'POST' };

describe('a fault answers with', () => {
  test.each<[FaultKind, number, string, boolean]>([
    ['rate_limited', 429, 'rate_limited', false],
    ['internal_server_error', 500, 'internal_server_error', false],
    ['bad_gateway', 502, 'bad_gateway', false],
    ['service_unavailable', 503, 'service_unavailable', false],
    ['service_unavailable_saved', 503, 'service_unavailable', true],
    ['gateway_timeout', 504, 'gateway_timeout', false],
    ['gateway_timeout_saved', 504, 'gateway_timeout', true],
    ['service_overload', 529, 'service_overload', false],
    ['conflict', 409, 'conflict_error', false],
    ['unauthorized', 401, 'unauthorized', false],
    ['not_found', 404, 'object_not_found', false],
    ['validation_error', 400, 'validation_error', false],
    ['restricted_resource', 403, 'restricted_resource', false],
    ['block_limit', 403, 'restricted_resource', false],
  ])('%s: %i, written: %s', async (kind, status, code, written) => {
    const bench = createBench();
    bench.control.addFault({ kind, ...save, times: 1 });
    const reply = await saveRow(bench, 'Reading list', { Name: title('In trouble') });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ object: 'error', status, code, request_id: expect.any(String) });
    const titles = () => bench.control.dataSource('Reading list').rows.map((row) => row.title);
    expect(titles().includes('In trouble')).toBe(written);
    // It was ordered once.
    expect((await saveRow(bench, 'Reading list', { Name: title('Fine again') })).status).toBe(200);
    expect(titles()).toContain('Fine again');
  });
});

test('waiting times and reasons are told in the header and in the body', async () => {
  const bench = createBench();
  const send = async (fault: FaultRequest) => {
    bench.control.addFault({ ...fault, ...save, times: 1 });
    const { headers, body } = await saveRow(bench, 'Reading list', {});
    return [headers.get('retry-after'), body.additional_data];
  };
  expect(
    await send({ kind: 'rate_limited', retryAfter: 90, reason: 'public_api_space_request_rate_limit' }),
  ).toEqual(['90', { rate_limit_reason: 'public_api_space_request_rate_limit', retry_after: '90' }]);
  expect(await send({ kind: 'rate_limited', reason: 'public_api_request_blocked' })).toEqual([
    '1',
    { rate_limit_reason: 'public_api_request_blocked', retry_after: '1' },
  ]);
  expect(await send({ kind: 'service_overload', retryAfter: 5 })).toEqual(['5', { retry_after: '5' }]);
  expect((await send({ kind: 'block_limit' }))[1]).toEqual({ block_limit: 'block_creation' });
});

test('a 503 after the write names the page, unless told not to', async () => {
  const bench = createBench();
  bench.control.addFault({ kind: 'service_unavailable_saved', ...save, times: 1 });
  const named = await saveRow(bench, 'Reading list', { Name: title('Named') });
  const row = bench.control.dataSource('Reading list').rows.at(-1);
  expect(named.body.additional_data).toMatchObject({
    committed_resource_id: row?.id,
    retry_guidance: [expect.any(String), expect.any(String)],
  });
  bench.control.addFault({ kind: 'service_unavailable_saved', namesWritten: false, ...save, times: 1 });
  const unnamed = await saveRow(bench, 'Reading list', { Name: title('Unnamed') });
  expect(unnamed.body.additional_data).not.toHaveProperty('committed_resource_id');
  expect(bench.control.dataSource('Reading list').rows.at(-1)?.title).toBe('Unnamed');
});

test('a refused request keeps its refusal: nothing was written that could be lost', async () => {
  const bench = createBench();
  bench.control.addFault({ kind: 'service_unavailable_saved', ...save });
  expect((await saveRow(bench, 'Reading list', { URL: { url: '' } })).body.code).toBe('validation_error');
});

test('an answer from the edge is HTML without a request id', async () => {
  const bench = createBench();
  bench.control.addFault({ kind: 'edge_forbidden' });
  const { status, headers, text } = await bench.call('GET', '/v1/users/me');
  expect(status).toBe(403);
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.has('cf-ray')).toBe(true);
  expect(headers.has('x-notion-request-id')).toBe(false);
  expect(text).toContain('<!doctype html>');
});

test('unreadable answers have status 200, and the row is there', async () => {
  const bench = createBench();
  bench.control.addFault({ kind: 'truncated', ...save, times: 1 });
  bench.control.addFault({ kind: 'unreadable', ...save, times: 1 });
  for (const beginning of ['{"object":"page"', '<!doctype html>']) {
    const { status, text } = await saveRow(bench, 'Reading list', { Name: title(beginning) });
    expect(status).toBe(200);
    expect(text.startsWith(beginning)).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
    expect(bench.control.dataSource('Reading list').rows.at(-1)?.title).toBe(beginning);
  }
});

test('a slow answer is the usual one; any fault can be slow', async () => {
  const bench = createBench();
  bench.control.addFault({ kind: 'slow', delayMs: 1500, times: 1 });
  bench.control.addFault({ kind: 'conflict', delayMs: 20, times: 1 });
  expect((await bench.call('GET', '/v1/users/me')).status).toBe(200);
  expect((await bench.call('GET', '/v1/users/me')).status).toBe(409);
  expect(bench.waits).toEqual([1500, 20]);
});

test('OAuth faults have either shape and any code', async () => {
  const bench = createBench();
  bench.control.addFault({ kind: 'oauth_error', path: '/v1/oauth/token', times: 1 });
  bench.control.addFault({ kind: 'oauth_error', code: 'internal_server_error', path: '/v1/oauth/*' });
  const send = () => bench.call('POST', '/v1/oauth/token', {});
  expect((await send()).body).toMatchObject({ status: 400, code: 'invalid_grant' });
  bench.control.changeSettings({ oauthErrorShape: 'rfc6749' });
  const second = await send();
  expect(second.status).toBe(500);
  expect(second.body).toMatchObject({ error: 'internal_server_error' });
});

describe('a fault hits', () => {
  test('the method and path it names, as often as it says', async () => {
    const bench = createBench();
    const { call, control } = bench;
    control.addFault({ kind: 'bad_gateway', method: 'get', path: '/v1/data_sources/*', times: 2 });
    const read = async () =>
      (await call('GET', `/v1/data_sources/${sourceId(bench, 'Reading list')}`)).status;
    expect((await call('GET', '/v1/users/me')).status).toBe(200);
    expect((await call('POST', `/v1/data_sources/${sourceId(bench, 'Reading list')}/query`, {})).status).toBe(
      200,
    );
    expect([await read(), await read(), await read()]).toEqual([502, 502, 200]);
    expect(control.faults()).toMatchObject([{ left: 0, hits: 2 }]);
  });

  test('in the order of the list, until removed', async () => {
    const { call, control } = createBench();
    const first = control.addFault({ kind: 'conflict' });
    control.addFault({ kind: 'bad_gateway' });
    expect((await call('GET', '/v1/users/me')).status).toBe(409);
    expect(control.removeFault(first.id)).toBe(true);
    expect((await call('GET', '/v1/users/me')).status).toBe(502);
    control.clearFaults();
    expect((await call('GET', '/v1/users/me')).status).toBe(200);
  });

  test('no pattern characters by accident', async () => {
    const { call, control } = createBench();
    control.addFault({ kind: 'conflict', path: '/v1/users.me' });
    expect((await call('GET', '/v1/users/me')).status).toBe(200);
  });
});

describe('a lost connection, over a real one,', () => {
  test.each<[FaultKind, number]>([
    ['drop_before', 0],
    ['drop_after', 1],
  ])('%s: leaves %i rows', async (kind, rows) => {
    const { origin, sandbox, close } = await startSandbox();
    try {
      const { accessToken } = sandbox.control.mint();
      sandbox.control.addFault({ kind, ...save, times: 1 });
      const request = fetch(`${origin}/v1/pages`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'notion-version': '2026-03-11',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          parent: { data_source_id: sandbox.control.dataSource('People').id },
          properties: { Name: title('Lost?') },
        }),
      });
      await expect(request).rejects.toThrow('fetch failed');
      expect(sandbox.control.dataSource('People').rows).toHaveLength(rows);
      expect(sandbox.control.requests().at(-1)).toMatchObject({ status: null, fault: kind });
    } finally {
      await close();
    }
  });
});

describe('the rate limit', () => {
  test('is 180 requests in 60 seconds, and may be spent at once', async () => {
    const { call, pass } = createBench();
    const send = () => call('GET', '/v1/users/me');
    for (let count = 0; count < 180; count += 1) expect((await send()).status).toBe(200);
    pass(12_400);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('48');
    expect(refused.body).toMatchObject({
      code: 'rate_limited',
      additional_data: { rate_limit_reason: 'public_api_request_rate_limit', retry_after: '48' },
    });
    pass(47_599);
    expect((await send()).status).toBe(429);
    pass(1);
    expect((await send()).status).toBe(200);
  });

  test('is counted for each authorization', async () => {
    const bench = createBench({ settings: { rateLimit: 1 } });
    const other = { authorization: `Bearer ${bench.control.mint().accessToken}` };
    expect((await bench.call('GET', '/v1/users/me')).status).toBe(200);
    expect((await bench.call('GET', '/v1/users/me')).status).toBe(429);
    expect((await bench.call('GET', '/v1/users/me', undefined, other)).status).toBe(200);
  });

  test('can be changed and switched off', async () => {
    const { call, control } = createBench({ settings: { rateLimit: 1 } });
    const statuses = async () => [
      (await call('GET', '/v1/users/me')).status,
      (await call('GET', '/v1/users/me')).status,
    ];
    expect(await statuses()).toEqual([200, 429]);
    control.changeSettings({ rateLimit: 0 });
    expect(await statuses()).toEqual([200, 200]);
  });
});

test('fields nobody knows depend on the seed, and can be switched off', async () => {
  const keysWith = async (seed: string, extraFields = true) => {
    const bench = createBench({ seed, settings: { extraFields } });
    const { body } = await bench.call('GET', `/v1/data_sources/${sourceId(bench, 'Reading list')}`);
    return [...Object.keys(body), ...Object.keys((body.properties as Record<string, Json>).URL ?? {})];
  };
  const plain = await keysWith('a', false);
  expect(plain).not.toContain('presence');
  expect((await keysWith('a')).length).toBeGreaterThan(plain.length);
  expect(await keysWith('a')).toEqual(await keysWith('a'));
  const several = await Promise.all(['a', 'b', 'c', 'd'].map(async (seed) => (await keysWith(seed)).join()));
  expect(new Set(several).size).toBeGreaterThan(1);
});
