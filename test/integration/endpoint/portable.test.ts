/** The one function for other platforms, called the way the README shows. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { endpoint as Endpoint } from '../../../src/endpoint/portable.ts';
import { type FakeNotion, startFakeNotion } from './fake-notion.ts';
import { builtEndpoint, variablesFor } from './hosts.ts';

let notion: FakeNotion;
let remove: () => void;
let endpoint: typeof Endpoint;

const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);

beforeAll(async () => {
  notion = await startFakeNotion();
  const built = await builtEndpoint();
  remove = built.remove;
  ({ endpoint } = (await import(pathToFileURL(join(built.folder, 'portable.js')).href)) as {
    endpoint: typeof Endpoint;
  });
}, 60_000);
afterAll(async () => {
  await notion.close();
  remove();
});

const body = 'grant_type=refresh_token&refresh_token=good';

test('limits by the address it is given', async () => {
  const answer = endpoint({ ...variablesFor(notion.url), RATE_LIMIT_PER_MINUTE: '1' });
  const from = async (address: string) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'CF-Connecting-IP': 'forged' };
    const request = new Request('https://endpoint.example/oauth/token', { method: 'POST', body, headers });
    return (await answer(request, address)).status;
  };
  expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([
    200, 429, 200,
  ]);
  const lines = printed.mock.calls.map(([line]) => JSON.parse(String(line)) as { status: number });
  expect(lines.map(({ status }) => status)).toEqual([200, 429, 200]);
});

test('is served by Hono’s adapter for AWS Lambda', async () => {
  const answer = endpoint(variablesFor(notion.url));
  type LambdaBindings = { event: { requestContext: { http: { sourceIp: string } } } };
  const app = {
    fetch: (request: Request, { event }: LambdaBindings) =>
      answer(request, event.requestContext.http.sourceIp),
  };
  const handler = handle(app as unknown as Hono);
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/oauth/token',
    rawQueryString: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
      host: 'x.lambda-url.eu-central-1.on.aws',
    },
    requestContext: {
      domainName: 'x.lambda-url.eu-central-1.on.aws',
      http: {
        method: 'POST',
        path: '/oauth/token',
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.1',
        userAgent: '',
      },
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
  const reply = await handler(event as unknown as Parameters<typeof handler>[0]);
  expect(reply).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
  expect(JSON.parse(reply.body)).toMatchObject({ access_token: 'ntn_access' });
});
