/** The sandbox as a server: over TLS, from the command line, and its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/node.ts';

test('speaks TLS when it has a certificate', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'api.notion.com' }]);
  const { origin, close } = await startSandbox({ tls: { key, cert } });
  try {
    expect(origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const [response] = await once(
      get(`${origin}/v1/users/me`, { ca: cert, checkServerIdentity: () => undefined }),
      'response',
    );
    expect(response.statusCode).toBe(401);
    expect(JSON.parse(await text(response))).toMatchObject({ code: 'unauthorized' });
  } finally {
    await close();
  }
});

test('keeps connections of the API alive, as every real server', async () => {
  const { origin, close } = await startSandbox();
  try {
    expect((await fetch(`${origin}/v1/users/me`)).headers.get('connection')).toBe('keep-alive');
  } finally {
    await close();
  }
});

test('says when its port is taken', async () => {
  const { port, close } = await startSandbox();
  await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
  await close();
});

test('ends while its page is watched', async () => {
  const { origin, close } = await startSandbox();
  const watching = await fetch(`${origin}/_sandbox/events`);
  const reader = watching.body?.getReader();
  await reader?.read();
  await close();
  await expect(reader?.read()).rejects.toThrow();
  await expect(fetch(origin)).rejects.toThrow('fetch failed');
});

test('starts from the command line', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/sandbox/node.ts'], {
    env: { ...process.env, PORT: '0', REDIRECT_URIS: 'https://a.example/' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const origin = /^The sandbox is at (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '';
    expect(await (await fetch(origin)).text()).toContain('Reading list');
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}, 30_000);
