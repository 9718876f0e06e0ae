/** Requests of every kind, thrown at the app, and answers of every kind from Notion. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configOf, inProcess } from './in-process.ts';
import { SENT, sentRequest } from './random-requests.ts';
import { LISTED, mustReachNotion, routeOf } from './second-reading.ts';
import { type Reply, requestOf, type Sent } from './sent-request.ts';

/** `npm run soak` throws ten times as many. */
const REQUESTS = Number(process.env.REQUESTS ?? 10_000);

/** Planted where they must never come out again. */
const SECRET = 'canary-secret-0123456789abcdef';
const TOKEN = 'canary-token';
const UPSTREAM_WORDS = 'canary-upstream';
const CLIENT_ID = 'canary-client';
const BASIC = btoa(`${CLIENT_ID}:${SECRET}`);

const HEALTHY: Readonly<Record<Reply, () => Response>> = {
  token: () =>
    Response.json({
      access_token: `${TOKEN}-access`,
      token_type: 'bearer',
      refresh_token: `${TOKEN}-refresh`,
      bot_id: 'b',
      workspace_id: 'w',
      request_id: UPSTREAM_WORDS,
    }),
  'invalid-grant-rfc': () =>
    Response.json({ error: 'invalid_grant', error_description: UPSTREAM_WORDS }, { status: 400 }),
  'invalid-grant-notion': () =>
    Response.json(
      { object: 'error', status: 400, code: 'invalid_grant', message: UPSTREAM_WORDS },
      { status: 400 },
    ),
  'validation-error': () =>
    Response.json(
      { object: 'error', status: 400, code: 'validation_error', message: UPSTREAM_WORDS },
      { status: 400 },
    ),
};

const config = configOf({
  NOTION_CLIENT_ID: CLIENT_ID,
  NOTION_CLIENT_SECRET: SECRET,
  ALLOWED_REDIRECT_URIS: LISTED.join(','),
  NOTION_API_URL: 'https://notion.test',
  RATE_LIMIT_PER_MINUTE: '1000000',
});

const NEVER = [SECRET, BASIC, SENT, UPSTREAM_WORDS];
const expectNone = (text: string, canaries: readonly string[]) => {
  for (const canary of canaries) if (text.includes(canary)) expect.fail(`${canary} came out: ${text}`);
};

/** The only bodies that the SDK's types allow, and this endpoint sends. */
const SENT_TO_NOTION: readonly string[] = [
  '/v1/oauth/token code,grant_type,redirect_uri',
  '/v1/oauth/token grant_type,refresh_token',
  '/v1/oauth/revoke token',
];

test(`${REQUESTS} requests: no failure of its own, no call for anything invalid, no secret anywhere`, async () => {
  let reply: Reply = 'token';
  let calls = 0;
  const { app, clock, lines } = inProcess(config, async (url, init) => {
    calls += 1;
    const fields = Object.keys(JSON.parse(String(init.body)) as object).sort();
    expect(SENT_TO_NOTION).toContain(`${url.replace('https://notion.test', '')} ${fields}`);
    expect(init).toMatchObject({
      method: 'POST',
      redirect: 'manual',
      headers: { Authorization: `Basic ${BASIC}` },
    });
    return HEALTHY[reply]();
  });

  const statuses = new Map<number, number>();
  let total = 0;

  const throwAt = async (sent: Sent) => {
    const request = requestOf(sent);
    const { method } = request;
    const expected = mustReachNotion(sent, request);
    reply = sent.reply;
    calls = 0;
    lines.length = 0;
    clock.advance(1);

    const response = await app.fetch(request, { address: sent.address });
    const text = await response.text();

    expect(calls).toBe(expected ? 1 : 0);
    expect(response.status).toBeLessThan(500);
    const headers = JSON.stringify([...response.headers]);
    const given = response.status === 200 && expected && routeOf(request.url) === '/oauth/token';
    expectNone(headers, [...NEVER, TOKEN]);
    expectNone(text, given ? NEVER : [...NEVER, TOKEN]);
    expectNone(JSON.stringify(lines), [...NEVER, TOKEN]);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.status).toBe(response.status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    if (response.status >= 400 && method !== 'HEAD') {
      const { error } = JSON.parse(text) as { error: string };
      expect(['invalid_request', 'invalid_grant', 'unsupported_grant_type']).toContain(error);
      if (error === 'invalid_grant') expect(expected).toBe(true);
    }
    total += 1;
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  };

  await fc.assert(fc.asyncProperty(sentRequest, throwAt), { numRuns: REQUESTS });

  expect(total).toBeGreaterThanOrEqual(REQUESTS);
  // The generator is worth something only while it gets everywhere.
  expect([...statuses.keys()].sort()).toEqual([200, 204, 400, 404, 405, 413, 415]);
  expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 20);
  expect(clock.timers).toBe(0);
}, 300_000);

const anyReply = fc.oneof(
  fc
    .record({
      status: fc.oneof(
        fc.constantFrom(200, 201, 301, 307, 400, 401, 403, 404, 409, 429, 500, 502, 503, 529),
        fc.integer({ min: 200, max: 599 }),
      ),
      body: fc.oneof(
        fc.json(),
        fc.string(),
        fc.constantFrom(
          `{"error":"invalid_grant","error_description":"${UPSTREAM_WORDS}"}`,
          `{"error":"${UPSTREAM_WORDS}"}`,
          `{"object":"error","code":"${UPSTREAM_WORDS}","message":"${UPSTREAM_WORDS}"}`,
          '{"error":"invalid_client"}',
          `{"access_token":"${TOKEN}"}`,
          `{"access_token":"${TOKEN}","token_type":"bearer","bot_id":"b","workspace_id":"w","x":"${UPSTREAM_WORDS}"}`,
          `<html>${UPSTREAM_WORDS}</html>`,
          'x'.repeat(70_000),
        ),
      ),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        { 'Retry-After': '5' },
        { 'Retry-After': UPSTREAM_WORDS },
        { 'Set-Cookie': UPSTREAM_WORDS },
        { Location: `https://${UPSTREAM_WORDS}.example/` },
      ),
    })
    .map(({ status, body, headers }) => ({
      status,
      body,
      make: () => new Response([204, 205, 304].includes(status) ? null : body, { status, headers }),
    })),
  fc.constant({
    status: 0,
    body: '',
    make: (): Response => {
      throw new TypeError(`fetch failed: ${UPSTREAM_WORDS} ${SECRET}`);
    },
  }),
);

test('whatever Notion answers: an error is never made up, nothing of the answer leaks', async () => {
  let answer: () => Response = HEALTHY.token;
  const { app, clock, lines } = inProcess(config, async () => answer());
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(anyReply, fc.boolean(), async (reply, refresh) => {
      answer = reply.make;
      lines.length = 0;
      const response = await app.request(
        '/oauth/token',
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(
            refresh
              ? { grant_type: 'refresh_token', refresh_token: SENT }
              : { grant_type: 'authorization_code', code: SENT, redirect_uri: LISTED[0] },
          ),
        },
        { address: undefined },
      );
      const text = await response.text();
      seen.add(response.status);
      expectNone(text + JSON.stringify([...response.headers]) + JSON.stringify(lines), NEVER);
      expectNone(JSON.stringify(lines), [TOKEN]);
      const { error } = JSON.parse(text) as { error?: string };
      if (response.status === 200) expect(reply.status).toBeLessThan(300);
      else expectNone(text, [TOKEN]);
      if (error === 'invalid_grant') {
        expect(reply.status).toBeGreaterThanOrEqual(400);
        expect(reply.status).toBeLessThan(500);
        expect(reply.body).toMatch(
          refresh ? /invalid_grant/ : /invalid_grant|invalid_request|validation_error/,
        );
      }
      if (reply.status >= 500 || reply.status === 429 || reply.status === 0) {
        expect({ status: response.status, error }).toEqual({ status: 503, error: 'temporarily_unavailable' });
        expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      }
    }),
    { numRuns: 5000 },
  );
  expect([...seen].sort()).toEqual([200, 400, 500, 503]);
  expect(clock.timers).toBe(0);
}, 120_000);
