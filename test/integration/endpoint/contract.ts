/** What the endpoint promises, asked over HTTP. The same suite runs against every host. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OAuthErrorReply, TokenReply } from '../../../src/protocol/token-endpoint.ts';
import { type FakeNotion, type SeenRequest, startFakeNotion } from './fake-notion.ts';
import {
  builtEndpoint,
  CLIENT_ID,
  CLIENT_SECRET,
  FIREFOX_REDIRECT_URI,
  type Host,
  REDIRECT_URI,
  until,
  type Variables,
  variablesFor,
} from './hosts.ts';

type Fields = Record<string, unknown>;

const codeGrant = (code: string): Fields => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: REDIRECT_URI,
});
const refreshGrant = (refreshToken: string): Fields => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
});

export function describeContract(
  name: string,
  start: (folder: string, variables: Variables) => Promise<Host>,
): void {
  describe(`the contract on ${name}`, () => {
    let notion: FakeNotion;
    let host: Host;
    let remove: () => void;

    beforeAll(async () => {
      notion = await startFakeNotion();
      const built = await builtEndpoint();
      remove = built.remove;
      host = await start(built.folder, { ...variablesFor(notion.url), NOTION_TIMEOUT_MS: '1000' });
    }, 60_000);

    afterAll(async () => {
      await host?.stop();
      await notion?.close();
      remove?.();
    });

    const post = (
      path: string,
      body: string | Uint8Array<ArrayBuffer>,
      headers: Record<string, string> = {},
    ) =>
      fetch(host.url + path, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', ...headers },
      });
    const postJson = (path: string, fields: Fields) => post(path, JSON.stringify(fields));
    const postForm = (path: string, fields: Record<string, string> | string) =>
      post(path, new URLSearchParams(fields).toString(), {
        'Content-Type': 'application/x-www-form-urlencoded',
      });

    const expectCommonHeaders = (response: Response) => {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('pragma')).toBe('no-cache');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(response.headers.get('set-cookie')).toBeNull();
    };

    const expectError = async (response: Response, status: number, error: string) => {
      const text = await response.text();
      expect({ status: response.status, text }).toMatchObject({ status });
      expectCommonHeaders(response);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(OAuthErrorReply.parse(JSON.parse(text)).error).toBe(error);
      expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(['error', 'error_description']);
      expect(text).not.toContain('the words of upstream');
    };

    const callsDuring = async (act: () => Promise<void>): Promise<SeenRequest[]> => {
      const before = notion.seen.length;
      await act();
      return notion.seen.slice(before);
    };
    const expectNoCall = async (act: () => Promise<void>) => expect(await callsDuring(act)).toEqual([]);

    describe('an exchange', () => {
      test('of a code sends Notion what its API wants, and nothing else', async () => {
        const [seen, ...more] = await callsDuring(async () => {
          const response = await postJson('/oauth/token', codeGrant('good'));
          expect(response.status).toBe(200);
          expectCommonHeaders(response);
          expect(response.headers.get('content-type')).toBe('application/json');
          const reply = TokenReply.parse(await response.json());
          expect(reply).toMatchObject({ access_token: 'ntn_access', refresh_token: 'nrt_refresh' });
        });
        expect(more).toEqual([]);
        expect(seen).toMatchObject({ method: 'POST', path: '/v1/oauth/token' });
        expect(JSON.parse(seen?.body ?? '')).toEqual(codeGrant('good'));
        expect(seen?.headers).toMatchObject({
          authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`,
          'content-type': 'application/json',
          'notion-version': '2026-03-11',
        });
        expect(seen?.headers.cookie).toBeUndefined();
        expect(seen?.headers['x-forwarded-for']).toBeUndefined();
      });

      test('of a refresh token does the same', async () => {
        const [seen] = await callsDuring(async () => {
          expect((await postJson('/oauth/token', refreshGrant('good'))).status).toBe(200);
        });
        expect(JSON.parse(seen?.body ?? '')).toEqual(refreshGrant('good'));
      });

      test('works with a form, and for every listed redirect address', async () => {
        const fields = { grant_type: 'authorization_code', code: 'good', redirect_uri: FIREFOX_REDIRECT_URI };
        const [seen] = await callsDuring(async () => {
          expect((await postForm('/oauth/token', fields)).status).toBe(200);
        });
        expect(JSON.parse(seen?.body ?? '')).toEqual(fields);
      });

      test('works with a body of unknown length', async () => {
        const text = JSON.stringify(refreshGrant('good'));
        const body = new ReadableStream({
          start(controller) {
            for (const character of text) controller.enqueue(new TextEncoder().encode(character));
            controller.close();
          },
        });
        const response = await fetch(`${host.url}/oauth/token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json; charset=UTF-8' },
          body,
          duplex: 'half',
        } as RequestInit);
        expect(response.status).toBe(200);
      });

      test('hands on the known fields only: not the e-mail address, not what Notion adds one day', async () => {
        const reply = (await (await postJson('/oauth/token', codeGrant('good'))).json()) as object;
        expect(Object.keys(reply).sort()).toEqual([
          'access_token',
          'bot_id',
          'duplicated_template_id',
          'owner',
          'refresh_token',
          'token_type',
          'workspace_icon',
          'workspace_id',
          'workspace_name',
        ]);
        expect(JSON.stringify(reply)).not.toContain('ada@example.com');
      });

      test('is not lost over a decorative field of an unknown form, or a missing refresh token', async () => {
        const odd = await postJson('/oauth/token', codeGrant('good-odd-icon'));
        expect(await odd.json()).toMatchObject({
          access_token: 'ntn_access',
          workspace_icon: null,
          owner: null,
        });
        const without = await postJson('/oauth/token', codeGrant('good-without-refresh'));
        expect(await without.json()).toMatchObject({ access_token: 'ntn_access', refresh_token: null });
      });
    });

    describe('a refusal by Notion', () => {
      test.each(['invalid-grant-rfc', 'invalid-grant-notion', 'no-such-code'])(
        'of a code or refresh token is invalid_grant (%s)',
        async (which) => {
          await expectError(await postJson('/oauth/token', codeGrant(which)), 400, 'invalid_grant');
          await expectError(await postJson('/oauth/token', refreshGrant(which)), 400, 'invalid_grant');
        },
      );

      test('reads the same for a malformed code and an unknown one', async () => {
        const malformed = await postJson('/oauth/token', codeGrant('malformed-code'));
        const unknown = await postJson('/oauth/token', codeGrant('no-such-code'));
        expect(malformed.status).toBe(unknown.status);
        expect(await malformed.text()).toBe(await unknown.text());
      });

      test('of the form of a refresh token does not cost the client that token', async () => {
        const response = await postJson('/oauth/token', refreshGrant('malformed-code'));
        await expectError(response, 400, 'invalid_request');
      });

      test.each(['invalid-client-rfc', 'invalid-client-notion', 'unauthorized-client'])(
        'of the endpoint itself is not told as the fault of the client (%s)',
        async (which) => {
          await expectError(await postJson('/oauth/token', codeGrant(which)), 500, 'server_error');
          await expectError(await postJson('/oauth/token', refreshGrant(which)), 500, 'server_error');
        },
      );
    });

    describe('trouble on the way to Notion is temporarily_unavailable', () => {
      test.each([
        'error-500',
        'error-500-saying-invalid-grant',
        'error-529',
        'redirect',
        'html',
        'html-403',
        'half-a-reply',
        'cut-off',
        'hang-up',
        'silence',
        'silence-half-way',
        'huge',
      ])('%s', async (which) => {
        const calls = await callsDuring(async () => {
          const response = await postJson('/oauth/token', refreshGrant(which));
          expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
          await expectError(response, 503, 'temporarily_unavailable');
        });
        expect(calls.map((call) => call.path)).toEqual(['/v1/oauth/token']);
      });

      test.each([
        ['limited-for-7', '7'],
        ['limited-for-ever', '3600'],
        ['limited-till-date', '30'],
      ])('%s: Retry-After is %s', async (which, seconds) => {
        const response = await postJson('/oauth/token', refreshGrant(which));
        expect(response.headers.get('retry-after')).toBe(seconds);
        await expectError(response, 503, 'temporarily_unavailable');
      });
    });

    describe('a revocation', () => {
      test('sends Notion the token and nothing else', async () => {
        const [seen] = await callsDuring(async () => {
          const response = await postForm('/oauth/revoke', {
            token: 'good',
            token_type_hint: 'refresh_token',
          });
          expect(response.status).toBe(200);
          expectCommonHeaders(response);
          expect(await response.json()).toEqual({});
        });
        expect(seen).toMatchObject({ method: 'POST', path: '/v1/oauth/revoke', body: '{"token":"good"}' });
      });

      test('of a token that is dead already succeeds; any other failure is said', async () => {
        const revoke = (token: string) => postJson('/oauth/revoke', { token });
        expect((await revoke('invalid-grant-notion')).status).toBe(200);
        await expectError(await revoke('error-500'), 503, 'temporarily_unavailable');
        await expectError(await revoke('invalid-client-rfc'), 500, 'server_error');
        await expectError(await revoke('malformed-code'), 400, 'invalid_request');
      });
    });

    describe('refused before Notion hears of it', () => {
      const refused: [string, Fields | string, number, string][] = [
        ['an unknown grant', { grant_type: 'password', username: 'a' }, 400, 'unsupported_grant_type'],
        ['client credentials', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
        ['no grant', { code: 'good' }, 400, 'invalid_request'],
        ['no code', { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI }, 400, 'invalid_request'],
        ['no redirect address', { grant_type: 'authorization_code', code: 'good' }, 400, 'invalid_request'],
        ['an empty code', codeGrant(''), 400, 'invalid_request'],
        ['a long code', codeGrant('x'.repeat(1025)), 400, 'invalid_request'],
        ['a code with a line break', codeGrant('a\nb'), 400, 'invalid_request'],
        ['a code that is a number', { ...codeGrant(''), code: 7 }, 400, 'invalid_request'],
        ['a code that is a list', { ...codeGrant(''), code: ['good'] }, 400, 'invalid_request'],
        ['an unknown field', { ...codeGrant('good'), scope: 'x' }, 400, 'invalid_request'],
        ['external_account', { ...codeGrant('good'), external_account: {} }, 400, 'invalid_request'],
        ['a client secret', { ...refreshGrant('good'), client_secret: 'x' }, 400, 'invalid_request'],
        ['fields of both grants', { ...codeGrant('good'), refresh_token: 'good' }, 400, 'invalid_request'],
        [
          'a strange redirect',
          { ...codeGrant('good'), redirect_uri: 'https://evil.example/' },
          400,
          'invalid_request',
        ],
        [
          'a redirect without its slash',
          { ...codeGrant('good'), redirect_uri: REDIRECT_URI.slice(0, -1) },
          400,
          'invalid_request',
        ],
        [
          'a redirect with more',
          { ...codeGrant('good'), redirect_uri: `${REDIRECT_URI}x` },
          400,
          'invalid_request',
        ],
        [
          'a redirect in capitals',
          { ...codeGrant('good'), redirect_uri: REDIRECT_URI.toUpperCase() },
          400,
          'invalid_request',
        ],
        ['a list', '[]', 400, 'invalid_request'],
        ['null', 'null', 400, 'invalid_request'],
        ['nothing', '', 400, 'invalid_request'],
        ['broken JSON', '{"grant_type":', 400, 'invalid_request'],
        [
          'a field __proto__',
          '{"grant_type":"refresh_token","refresh_token":"good","__proto__":"x"}',
          400,
          'invalid_request',
        ],
        [
          'a repeated field',
          '{"grant_type":"refresh_token","refresh_token":"x","refresh_token":"good"}',
          400,
          'invalid_request',
        ],
        [
          'a repeated field in disguise',
          '{"grant_type":"refresh_token","refresh\\u005ftoken":1,"refresh_token":"good"}',
          400,
          'invalid_request',
        ],
      ];
      test.each(refused)('%s', async (_what, body, status, error) => {
        await expectNoCall(async () => {
          const text = typeof body === 'string' ? body : JSON.stringify(body);
          await expectError(await post('/oauth/token', text), status, error);
        });
      });

      test('a repeated field in a form', async () => {
        await expectNoCall(async () => {
          const body = 'grant_type=refresh_token&refresh_token=x&refresh_token=good';
          await expectError(await postForm('/oauth/token', body), 400, 'invalid_request');
        });
      });

      test('bodies of another type, encoding or character set', async () => {
        await expectNoCall(async () => {
          const body = JSON.stringify(refreshGrant('good'));
          for (const headers of [
            { 'Content-Type': 'text/plain' },
            { 'Content-Type': 'multipart/form-data; boundary=x' },
            { 'Content-Type': 'application/json; charset=utf-16' },
            { 'Content-Type': 'application/jsonp' },
            { 'Content-Encoding': 'gzip' },
          ]) {
            await expectError(await post('/oauth/token', body, headers), 415, 'invalid_request');
          }
          const latin1 = new Uint8Array([
            ...Buffer.from('{"grant_type":"refresh_token","refresh_token":"'),
            0xe9,
            0x22,
            0x7d,
          ]);
          await expectError(await post('/oauth/token', latin1), 400, 'invalid_request');
        });
      });

      test('bodies over 4096 bytes, with their length declared or not', async () => {
        await expectNoCall(async () => {
          const body = JSON.stringify(refreshGrant('good')).padEnd(4097);
          await expectError(await post('/oauth/token', body), 413, 'invalid_request');
          const stream = new Blob([body]).stream();
          const undeclared = await fetch(`${host.url}/oauth/token`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: stream,
            duplex: 'half',
          } as RequestInit);
          await expectError(undeclared, 413, 'invalid_request');
        });
        const fits = JSON.stringify(refreshGrant('good')).padEnd(4096);
        expect((await post('/oauth/token', fits)).status).toBe(200);
      });

      test('fields in the address', async () => {
        await expectNoCall(async () => {
          const body = JSON.stringify(refreshGrant('good'));
          await expectError(await post('/oauth/token?code=good', body), 400, 'invalid_request');
          await expectError(
            await post('/oauth/revoke?token=good', '{"token":"good"}'),
            400,
            'invalid_request',
          );
        });
      });

      test('a request that ends before its body does', async () => {
        await expectNoCall(async () => {
          const { hostname, port } = new URL(host.url);
          const socket = connect(Number(port), hostname);
          socket.on('error', () => undefined);
          socket.resume();
          socket.write(
            'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"grant_type":',
          );
          socket.end();
          await new Promise((resolve) => socket.once('close', resolve));
        });
        expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
      });
    });

    describe('routes', () => {
      test.each([
        '/',
        '/v1/oauth/token',
        '/oauth',
        '/oauth/introspect',
        '/oauth/token/',
        '/oauth/tokens',
        '/../v1',
      ])('%s is 404: nothing is passed through', async (path) => {
        await expectNoCall(async () => {
          await expectError(await postJson(path, codeGrant('good')), 404, 'invalid_request');
        });
      });

      test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is 405 on the OAuth routes', async (method) => {
        for (const path of ['/oauth/token', '/oauth/revoke']) {
          const response = await fetch(host.url + path, { method });
          expect(response.headers.get('allow')).toBe('POST, OPTIONS');
          await expectError(response, 405, 'invalid_request');
        }
      });

      test('HEAD says what GET would, without a body', async () => {
        const head = (path: string) => fetch(host.url + path, { method: 'HEAD' });
        expect((await head('/healthz')).status).toBe(200);
        expect((await head('/oauth/token')).status).toBe(405);
        expect(await (await head('/oauth/token')).text()).toBe('');
      });

      test('a preflight request from an extension is answered', async () => {
        const response = await fetch(`${host.url}/oauth/token`, {
          method: 'OPTIONS',
          headers: {
            Origin: 'moz-extension://5b0b9c5e-6d0f-4c55-a6a3-1f6a3c0a3b4c',
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'content-type',
          },
        });
        expect(response.status).toBe(204);
        expectCommonHeaders(response);
        expect(response.headers.get('access-control-allow-methods')).toBe('POST');
        expect(response.headers.get('access-control-allow-headers')).toBe('Content-Type');
        expect((await fetch(`${host.url}/nowhere`, { method: 'OPTIONS' })).status).toBe(404);
      });

      test('/healthz', async () => {
        const response = await fetch(`${host.url}/healthz`);
        expect(response.status).toBe(200);
        expectCommonHeaders(response);
        expect(await response.json()).toEqual({ status: 'ok' });
        expect((await postJson('/healthz', {})).status).toBe(405);
      });
    });

    test('the log has one line a request, with these fields and no others, and no secret of anyone', async () => {
      const response = await post(
        '/oauth/token?code=canary_in_url',
        JSON.stringify({ canary_field: 'canary_value' }),
        { 'User-Agent': 'canary_agent', 'X-Forwarded-For': '198.51.100.77', Cookie: 'canary=cookie' },
      );
      const elsewhere = await fetch(`${host.url}/canary_path`);
      const failed = await postJson('/oauth/token', refreshGrant('error-500~canary_token'));
      const good = await postJson('/oauth/token', codeGrant('good~canary_code'));
      const lineOf = async (of: Response) => {
        const id = of.headers.get('x-request-id') ?? '';
        const line = await until(() =>
          host
            .printed()
            .split('\n')
            .find((one) => one.includes(id)),
        );
        expect(host.printed().split(id)).toHaveLength(2);
        const { time, milliseconds, ...rest } = JSON.parse(line) as Record<string, unknown>;
        expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        expect(milliseconds).toSatisfy((value: unknown) => Number.isInteger(value) && Number(value) >= 0);
        expect(rest.request).toBe(id);
        delete rest.request;
        return rest;
      };
      expect(await lineOf(response)).toEqual({
        route: '/oauth/token',
        status: 400,
        error: 'invalid_request',
      });
      expect(await lineOf(elsewhere)).toEqual({ route: 'other', status: 404, error: 'invalid_request' });
      expect(await lineOf(good)).toEqual({ route: '/oauth/token', status: 200 });
      expect(await lineOf(failed)).toEqual({
        route: '/oauth/token',
        status: 503,
        error: 'temporarily_unavailable',
        note: 'failing',
      });
      const printed = host.printed();
      for (const secret of [
        'canary',
        '198.51.100.77',
        '127.0.0.1:',
        'ntn_',
        'nrt_',
        CLIENT_SECRET,
        CLIENT_ID,
      ]) {
        // The one line that is allowed to name an address is the host's own, on which it listens.
        expect(printed.replace(/.*"event":"listening".*/, '')).not.toContain(secret);
      }
    });
  });
}
