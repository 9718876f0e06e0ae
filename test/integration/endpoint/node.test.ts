import { writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeContract } from './contract.ts';
import { type FakeNotion, startFakeNotion, tokenReply } from './fake-notion.ts';
import {
  builtEndpoint,
  CLIENT_SECRET,
  exitOf,
  type Host,
  REDIRECT_URI,
  runNode,
  startNode,
  until,
  variablesFor,
} from './hosts.ts';

describeContract('Node', startNode);

describe('on Node alone', () => {
  let notion: FakeNotion;
  let folder: string;
  let remove: () => void;
  const hosts: Host[] = [];

  beforeAll(async () => {
    notion = await startFakeNotion();
    ({ folder, remove } = await builtEndpoint());
  }, 60_000);

  afterAll(async () => {
    for (const host of hosts) await host.stop();
    await notion.close();
    remove();
  });

  const start = async (variables: Record<string, string> = {}) => {
    const host = await startNode(folder, { ...variablesFor(notion.url), ...variables });
    hosts.push(host);
    return host;
  };
  const program = () => join(folder, 'node.js');
  const refresh = (host: Host, token: string, headers: Record<string, string> = {}) =>
    fetch(`${host.url}/oauth/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
    });
  const statusOf = (response: Promise<Response>) =>
    response.then(
      ({ status }) => status,
      () => 'no connection',
    );
  const isUp = async (host: Host) => (await fetch(`${host.url}/healthz`)).ok;

  /** A bare connection; `received` is all that came back, `closed` resolves when the other end is gone. */
  const dial = (host: Host) => {
    const { hostname, port } = new URL(host.url);
    const socket: Socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const connected = new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    return { socket, received: () => text, closed, connected };
  };

  describe('rough clients', () => {
    test.each([
      ['says nothing', ''],
      ['never ends its headers', 'POST /oauth/token HTTP/1.1\r\nHost: x\r\nX-Slow: '],
      [
        'never ends its body',
        'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{',
      ],
      [
        'never ends its chunks',
        'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
      ],
    ])('one that %s is cut off, others are served meanwhile', async (_how, start_of_request) => {
      const host = await start({ REQUEST_TIMEOUT_MS: '400' });
      const slow = dial(host);
      await slow.connected;
      slow.socket.write(start_of_request);
      // A byte now and then must not buy more time.
      const drip = setInterval(() => slow.socket.write(' '), 50);
      if (start_of_request === '') clearInterval(drip);
      expect(await isUp(host)).toBe(true);
      await slow.closed;
      clearInterval(drip);
      expect(await isUp(host)).toBe(true);
    });

    test('huge headers are refused', async () => {
      const host = await start();
      const rude = dial(host);
      rude.socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Huge: ${'x'.repeat(16_384)}\r\n\r\n`);
      await rude.closed;
      expect(rude.received()).toMatch(/^HTTP\/1\.1 431 /);
      expect(await isUp(host)).toBe(true);
    });

    test.each([
      ['another type of body', 'Content-Type: text/plain', 415],
      ['an empty second type', 'Content-Type:', 415],
      ['a coding of it', 'Content-Encoding: gzip', 415],
    ])('who sends %s beside the right one is refused', async (_what, header, status) => {
      const host = await start();
      const calls = notion.seen.length;
      const rude = dial(host);
      const body = '{"grant_type":"refresh_token","refresh_token":"good"}';
      rude.socket.write(
        `POST /oauth/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n${header}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      await rude.closed;
      expect(rude.received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(notion.seen).toHaveLength(calls);
    });

    test('an endless body is answered and cut off', async () => {
      const host = await start();
      const rude = dial(host);
      rude.socket.write(
        'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n',
      );
      const pour = () => {
        while (!rude.socket.destroyed && rude.socket.write('x'.repeat(65_536)));
      };
      rude.socket.on('drain', pour);
      pour();
      await rude.closed;
      expect(rude.received()).toMatch(/^HTTP\/1\.1 413 /);
      expect(await isUp(host)).toBe(true);
    });

    test('an address cannot hold more connections than its share', async () => {
      const host = await start({ MAX_CONNECTIONS_PER_ADDRESS: '5' });
      const held = Array.from({ length: 5 }, () => dial(host));
      await Promise.all(held.map(({ connected }) => connected));
      const sixth = dial(host);
      await sixth.closed;
      for (const { socket } of held) socket.destroy();
      await until(() => isUp(host).catch(() => false));
    });

    test('all together cannot hold more connections than there are', async () => {
      const host = await start({ MAX_CONNECTIONS: '5' });
      const held = Array.from({ length: 5 }, () => dial(host));
      await Promise.all(held.map(({ connected }) => connected));
      const sixth = dial(host);
      await sixth.closed;
      for (const { socket } of held) socket.destroy();
      await until(() => isUp(host).catch(() => false));
    });

    test('anything at all on the wire leaves it running', async () => {
      const host = await start({ REQUEST_TIMEOUT_MS: '400' });
      const line = fc.oneof(
        fc.string(),
        fc.constantFrom(
          'POST /oauth/token HTTP/1.1',
          'GET http:// HTTP/1.1',
          'OPTIONS * HTTP/1.1',
          'CONNECT a:1 HTTP/1.1',
          'PRI * HTTP/2.0',
          'GET /\\ HTTP/1.1',
          'GET //[ HTTP/1.1',
          'Host: x',
          'Host: [',
          'Host: a b',
          'Content-Length: 5',
          'Content-Length: -1',
          'Transfer-Encoding: chunked',
          'Transfer-Encoding: gzip, chunked',
          'Expect: 100-continue',
          'Expect: tea',
          'Upgrade: websocket',
          'Connection: upgrade',
          'Content-Type: application/json',
          '',
        ),
      );
      const message = fc.array(line, { maxLength: 8 }).map((lines) => `${lines.join('\r\n')}\r\n\r\n`);
      await fc.assert(
        fc.asyncProperty(fc.array(message, { minLength: 20, maxLength: 20 }), async (messages) => {
          await Promise.all(
            messages.map(async (text) => {
              const { socket, received, closed } = dial(host);
              socket.end(text);
              await closed;
              expect(received()).not.toMatch(/^HTTP\/1\.1 5\d\d /);
              expect(received()).not.toContain(CLIENT_SECRET);
            }),
          );
        }),
        { numRuns: 50 },
      );
      expect(await isUp(host)).toBe(true);
      expect(host.process.exitCode).toBeNull();
    });
  });

  test('the secret goes to nobody who cannot prove to be Notion', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    let asked = 0;
    const impostor = createTlsServer({ key, cert }, (request, response) => {
      asked += 1;
      request.resume();
      response.end(JSON.stringify(tokenReply('ntn_access', 'nrt_refresh')));
    }).listen(0, 'localhost');
    await new Promise((resolve) => impostor.once('listening', resolve));
    const url = `https://localhost:${(impostor.address() as AddressInfo).port}`;
    try {
      const wary = await start({ NOTION_API_URL: url });
      expect((await refresh(wary, 'good')).status).toBe(503);
      expect(asked).toBe(0);
      // The same server is Notion to whoever trusts its certificate, so it was the certificate that was refused.
      const trusted = join(folder, 'trusted.pem');
      writeFileSync(trusted, cert);
      const trusting = await start({ NOTION_API_URL: url, NODE_EXTRA_CA_CERTS: trusted });
      expect((await refresh(trusting, 'good')).status).toBe(200);
      expect(asked).toBe(1);
    } finally {
      impostor.closeAllConnections();
      impostor.close();
    }
  });

  describe('the rate limit', () => {
    test('counts by connection, and believes no header unless told to', async () => {
      const host = await start({ RATE_LIMIT_PER_MINUTE: '3' });
      const calls = notion.seen.length;
      const statuses: number[] = [];
      for (const forged of ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4']) {
        statuses.push((await refresh(host, 'good', { 'X-Forwarded-For': forged })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 429]);
      expect(notion.seen).toHaveLength(calls + 3);
      const limited = await refresh(host, 'good');
      expect(await limited.json()).toMatchObject({ error: 'temporarily_unavailable' });
      const wait = Number(limited.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
      expect(await isUp(host)).toBe(true);
    });

    test('behind a trusted proxy counts by what that proxy adds, whatever the client put before it', async () => {
      const host = await start({ RATE_LIMIT_PER_MINUTE: '1', TRUST_PROXY: '1' });
      const from = async (header: string) =>
        (await refresh(host, 'good', { 'X-Forwarded-For': header })).status;
      expect(await from('198.51.100.1')).toBe(200);
      expect(await from('198.51.100.2')).toBe(200);
      expect(await from('10.0.0.9, 198.51.100.2')).toBe(429);
    });
  });

  describe('SIGTERM', () => {
    test('lets what runs finish, refuses what is new, and ends with 0', async () => {
      const host = await start();
      // An exchange under way on a connection that will be used again.
      const { socket, received, closed } = dial(host);
      const body = '{"grant_type":"refresh_token","refresh_token":"hold"}';
      const request = `POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      const calls = notion.seen.length;
      socket.write(request);
      await until(() => notion.seen.length > calls);

      host.process.kill('SIGTERM');
      await until(() => host.printed().includes('"event":"stopping"'));
      expect(await statusOf(fetch(`${host.url}/healthz`))).toBe('no connection');

      // One more on the connection that is still open.
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => host.printed().includes('"route":"other","status":503'));

      expect(host.process.exitCode).toBeNull();
      notion.release();
      await closed;
      expect(received()).toMatch(/^HTTP\/1\.1 200 /);
      expect(received()).toContain('ntn_access');
      expect(received()).toMatch(/}HTTP\/1\.1 503 /);
      expect(await exitOf(host.process)).toBe(0);
    });

    test('ends idle connections at once', async () => {
      const host = await start();
      const idle = dial(host);
      idle.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => idle.received().includes('{"status":"ok"}'));
      host.process.kill('SIGTERM');
      await idle.closed;
      expect(await exitOf(host.process)).toBe(0);
    });

    test('does not wait for ever for a client that dawdles', async () => {
      const host = await start({ NOTION_TIMEOUT_MS: '100' });
      const slow = dial(host);
      await slow.connected;
      slow.socket.write(
        'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n',
      );
      expect(await isUp(host)).toBe(true);
      host.process.kill('SIGTERM');
      expect(await exitOf(host.process)).toBe(0);
    });
  });

  describe('the configuration', () => {
    const run = async (variables: Record<string, string>, ...args: string[]) => {
      const { exit, printed } = runNode(program(), variables, ...args);
      return { code: await exit, text: await exit.then(printed) };
    };

    test('is refused with exit code 1, every mistake in words, no value repeated', async () => {
      const { code, text } = await run({
        NOTION_CLIENT_SECRET: 'a secret with spaces',
        ALLOWED_REDIRECT_URIS: 'https://*.chromiumapp.org/,not an address,http://example.com/',
        NOTION_API_URL: 'http://notion.example',
        PORT: '99999',
        RATE_LIMIT_PER_MINUTE: 'many',
      });
      expect(code).toBe(1);
      expect(text.trim().split('\n')).toEqual([
        'The endpoint does not start: 8 to put right.',
        expect.stringContaining('- NOTION_CLIENT_ID is missing: copy the OAuth client ID'),
        expect.stringContaining('- NOTION_CLIENT_SECRET holds a space'),
        expect.stringContaining('- ALLOWED_REDIRECT_URIS entry 1 has a wildcard'),
        expect.stringContaining('- ALLOWED_REDIRECT_URIS entry 2 is not a complete address'),
        expect.stringContaining('- ALLOWED_REDIRECT_URIS entry 3 must begin with https://'),
        expect.stringContaining('- NOTION_API_URL must be an origin'),
        '- RATE_LIMIT_PER_MINUTE must be a whole number from 0 to 1000000',
        '- PORT must be a whole number from 0 to 65535',
      ]);
      for (const value of ['a secret', 'example', '99999', 'many']) {
        expect(text.replaceAll(/\(http.*|such as.*/g, '')).not.toContain(value);
      }
    });

    test.each(['NOTION_CLIENT_ID', 'NOTION_CLIENT_SECRET', 'ALLOWED_REDIRECT_URIS'])(
      'without %s it does not start',
      async (name) => {
        const { [name]: _, ...incomplete } = variablesFor(notion.url) as Record<string, string>;
        const { code, text } = await run(incomplete);
        expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(`- ${name} is missing`) });
      },
    );

    test('takes the secret from a file, without its line end', async () => {
      const { NOTION_CLIENT_SECRET: _, ...variables } = variablesFor(notion.url) as Record<string, string>;
      const file = join(folder, 'secret');
      writeFileSync(file, 'from_a_file\n');
      const host = await startNode(folder, { ...variables, NOTION_CLIENT_SECRET_FILE: file });
      hosts.push(host);
      expect((await refresh(host, 'good')).status).toBe(200);
      const { authorization = '' } = notion.seen.at(-1)?.headers ?? {};
      expect(Buffer.from(authorization.slice(6), 'base64').toString()).toMatch(/:from_a_file$/);
    });

    test('says when the file cannot be read, is empty, or competes with the variable', async () => {
      const { NOTION_CLIENT_SECRET: _, ...variables } = variablesFor(notion.url) as Record<string, string>;
      const empty = join(folder, 'empty');
      writeFileSync(empty, '\n');
      const missing = await run({ ...variables, NOTION_CLIENT_SECRET_FILE: join(folder, 'nowhere') });
      expect(missing.text).toContain('- NOTION_CLIENT_SECRET_FILE names a file that cannot be read');
      const blank = await run({ ...variables, NOTION_CLIENT_SECRET_FILE: empty });
      expect(blank.text).toContain('- NOTION_CLIENT_SECRET_FILE names a file that is empty');
      const both = await run({ ...variablesFor(notion.url), NOTION_CLIENT_SECRET_FILE: empty });
      expect(both.text).toContain('are both set');
      expect([missing.code, blank.code, both.code]).toEqual([1, 1, 1]);
    });

    test('says when the port is taken, and what an unknown option is worth', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => taken.once('listening', resolve));
      const { port } = taken.address() as AddressInfo;
      const busy = await run({ ...variablesFor(notion.url), PORT: String(port) });
      taken.close();
      expect(busy).toEqual({ code: 1, text: `Cannot listen on 127.0.0.1:${port}: EADDRINUSE\n` });
      const unknown = await run(variablesFor(notion.url), '--port=1');
      expect(unknown).toEqual({ code: 1, text: 'The only option is --check.\n' });
    });
  });
});

describe('--check', () => {
  let notion: FakeNotion;
  let folder: string;
  let remove: () => void;

  beforeAll(async () => {
    notion = await startFakeNotion();
    ({ folder, remove } = await builtEndpoint());
  }, 60_000);

  afterAll(async () => {
    await notion.close();
    remove();
  });

  const check = async (variables: Record<string, string>) => {
    const { exit, printed } = runNode(join(folder, 'node.js'), variables, '--check');
    const code = await exit;
    return { code, text: printed() };
  };

  test('asks with a code that cannot exist, and takes invalid_grant for acceptance', async () => {
    expect(await check(variablesFor(notion.url))).toEqual({
      code: 0,
      text: 'The configuration is complete.\nNotion accepts this client ID and secret.\n',
    });
    expect(notion.seen.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      [
        '/v1/oauth/token',
        {
          grant_type: 'authorization_code',
          code: '00000000-0000-0000-0000-000000000000',
          redirect_uri: REDIRECT_URI,
        },
      ],
    ]);
  });

  test('says when nobody is there', async () => {
    const { code, text } = await check(variablesFor('http://127.0.0.1:1'));
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringContaining('http://127.0.0.1:1 cannot be reached'),
    });
  });

  test('stops at a configuration that is not complete', async () => {
    const { code, text } = await check({});
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('3 to put right') });
  });
});
