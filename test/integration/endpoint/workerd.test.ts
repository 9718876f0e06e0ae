import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeContract } from './contract.ts';
import { type FakeNotion, startFakeNotion } from './fake-notion.ts';
import { builtEndpoint, type Host, LIMITED_ADDRESS, startWorkerd, variablesFor } from './hosts.ts';

describeContract('Cloudflare’s workerd', startWorkerd);

describe('on workerd alone', () => {
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

  const start = async (variables: Record<string, string>) => {
    const host = await startWorkerd(folder, variables);
    hosts.push(host);
    return host;
  };

  test('the rate-limit binding decides, by the address that Cloudflare gives', async () => {
    const host = await start(variablesFor(notion.url));
    const from = (address: string) =>
      fetch(`${host.url}/oauth/token`, {
        method: 'POST',
        headers: { 'CF-Connecting-IP': address },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'good' }),
      });
    expect((await from('203.0.113.1')).status).toBe(200);
    const calls = notion.seen.length;
    const limited = await from(LIMITED_ADDRESS);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('60');
    expect(await limited.json()).toMatchObject({ error: 'temporarily_unavailable' });
    expect(notion.seen).toHaveLength(calls);
  });

  test('a Worker without its secret says so in its log and serves nothing', async () => {
    const { NOTION_CLIENT_SECRET: _, ...incomplete } = variablesFor(notion.url);
    const host = await start(incomplete);
    const response = await fetch(`${host.url}/oauth/token`, { method: 'POST' });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: 'server_error' });
    expect(host.printed()).toContain('NOTION_CLIENT_SECRET is missing');
  });
});
