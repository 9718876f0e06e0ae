import { describe, expect, test } from 'vitest';
import { addressBehindProxies, clientKey } from '../../../src/endpoint/client-address.ts';
import { boundedStore } from '../../../src/endpoint/rate-limit.ts';
import { configOf, type FakeFetch, inProcess } from './in-process.ts';

const VARIABLES = {
  NOTION_CLIENT_ID: 'client',
  NOTION_CLIENT_SECRET: 'secret',
  ALLOWED_REDIRECT_URIS: 'https://abc.chromiumapp.org/',
};

const start = (notion: FakeFetch, variables: Record<string, string> = {}) => {
  const parts = inProcess(configOf({ ...VARIABLES, ...variables }), notion);
  const refresh = (address?: string) =>
    parts.app.request(
      '/oauth/token',
      { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'token' }) },
      { address },
    );
  return { ...parts, refresh };
};

const goodReply: FakeFetch = async () =>
  Response.json({ access_token: 'a', token_type: 'bearer', bot_id: 'b', workspace_id: 'w' });

describe('the limit of 10 s', () => {
  /** Answers nothing until it is called off, as `fetch` does with a silent peer. */
  const silent: FakeFetch = (_url, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  /** Begins an answer that never ends. */
  const endless: FakeFetch = async (_url, { signal }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{'));
          signal?.addEventListener('abort', () => controller.error(signal.reason));
        },
      }),
    );

  test.each([
    ['no answer', silent],
    ['half an answer', endless],
  ])('%s', async (_what, notion) => {
    const { refresh, clock, lines } = start(notion);
    const response = refresh();
    await expect.poll(() => clock.timers).toBe(1);
    clock.advance(9_999);
    expect(clock.timers).toBe(1);
    clock.advance(1);
    expect((await response).status).toBe(503);
    expect(lines).toMatchObject([{ status: 503, note: 'timed_out', milliseconds: 10_000 }]);
  });

  test('leaves no timer behind when Notion answers', async () => {
    const { refresh, clock } = start(goodReply);
    expect((await refresh()).status).toBe(200);
    expect(clock.timers).toBe(0);
  });
});

test('a bug is a plain 500; the log has the place where it came up, and not the message', async () => {
  const config = configOf(VARIABLES);
  const { app, lines } = inProcess(config, goodReply);
  // A host that forgets to say who is asking breaks the rate limit.
  const response = await app.request('/oauth/token', { method: 'POST' });
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    error: 'server_error',
    error_description: 'The endpoint made a mistake.',
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(lines).toMatchObject([
    { route: '/oauth/token', status: 500, note: expect.stringMatching(/^at .*rate-limit/) },
  ]);
});

describe('the rate limit', () => {
  test('gives each client its own count, and a new one each minute', async () => {
    const { refresh, clock, lines } = start(goodReply, { RATE_LIMIT_PER_MINUTE: '2' });
    const status = async (address: string) => (await refresh(address)).status;
    expect([await status('203.0.113.1'), await status('203.0.113.1')]).toEqual([200, 200]);
    clock.advance(20_000);
    const limited = await refresh('203.0.113.1');
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('40');
    expect(lines.at(-1)).toMatchObject({ status: 429, error: 'temporarily_unavailable' });
    expect(await status('203.0.113.2')).toBe(200);
    clock.advance(40_000);
    expect(await status('203.0.113.1')).toBe(200);
  });

  test('does not count preflight and health requests', async () => {
    const { app, refresh } = start(goodReply, { RATE_LIMIT_PER_MINUTE: '1' });
    for (let i = 0; i < 5; i += 1) {
      expect((await app.request('/oauth/token', { method: 'OPTIONS' })).status).toBe(204);
      expect((await app.request('/healthz')).status).toBe(200);
    }
    expect((await refresh('203.0.113.1')).status).toBe(200);
  });

  test('remembers a bounded number of clients, and forgets the longest-known first', async () => {
    const store = boundedStore(() => 0, 3);
    const hits = async (key: string) => (await store.increment(key)).totalHits;
    expect([await hits('a'), await hits('b'), await hits('c'), await hits('a')]).toEqual([1, 1, 1, 2]);
    expect(await hits('d')).toBe(1);
    expect([await hits('b'), await hits('c'), await hits('d')]).toEqual([2, 2, 2]);
    expect(await hits('a')).toBe(1);
  });
});

describe('what counts as one client', () => {
  test.each([
    ['203.0.113.1', '203.0.113.1'],
    ['::ffff:203.0.113.1', '203.0.113.1'],
    ['::FFFF:203.0.113.1', '203.0.113.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2'],
    ['2001:db8::7', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['a lie', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });

  test.each([
    [0, '203.0.113.1, 203.0.113.2', '10.0.0.1'],
    [1, '203.0.113.1, 203.0.113.2', '203.0.113.2'],
    [2, '203.0.113.1, 203.0.113.2', '203.0.113.1'],
    [3, '203.0.113.1, 203.0.113.2', '10.0.0.1'],
    [1, undefined, '10.0.0.1'],
    [1, '203.0.113.1:4711', '203.0.113.1'],
    [1, '[2001:db8::7]:4711', '2001:db8::7'],
    [1, '2001:db8::7', '2001:db8::7'],
  ])('behind %i proxies, X-Forwarded-For "%s" means %s', (proxies, header, address) => {
    expect(addressBehindProxies('10.0.0.1', header, proxies)).toBe(address);
  });
});
