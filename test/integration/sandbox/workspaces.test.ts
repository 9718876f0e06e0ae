/** Two workspaces: what is in one is out of reach of a token of the other. */
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from '../../../src/sandbox/app.ts';
import { SECOND_WORKSPACE } from '../../../src/sandbox/seed.ts';
import { type Bench, createBench, type Json, readReply, redirectUri, results } from './api-calls.ts';

const FIRST_WORKSPACE = "Maxwell's Workspace";

const as = ({ accessToken }: { accessToken: string }) => ({ authorization: `Bearer ${accessToken}` });

/** The names of the data sources that a search with this token finds. */
async function found(bench: Bench, token: { accessToken: string }): Promise<string[]> {
  bench.pass(10_000);
  const filter = { property: 'object', value: 'data_source' };
  const reply = await bench.call('POST', '/v1/search', { filter }, as(token));
  return results(reply)
    .map(({ title }) => (title as Json[])[0]?.plain_text as string)
    .sort();
}

describe('a token', () => {
  test('finds what is shared in its own workspace, and says which that is', async () => {
    const bench = createBench();
    const [first, second] = [bench.control.mint(), bench.control.mint({ workspace: SECOND_WORKSPACE })];
    expect(await found(bench, first)).toEqual(['People', 'Places', 'Reading list', 'Recipes']);
    expect(await found(bench, second)).toEqual(['Instruments', 'Letters', 'Replies']);
    const me = async (token: typeof first) =>
      (await bench.call('GET', '/v1/users/me', undefined, as(token))).body;
    expect(await me(second)).toMatchObject({
      id: second.botId,
      bot: { workspace_name: SECOND_WORKSPACE, workspace_id: second.workspaceId },
    });
    expect((await me(first)).bot).toMatchObject({ workspace_name: FIRST_WORKSPACE });
  });

  test('neither reads nor writes what is in another', async () => {
    const bench = createBench();
    const second = bench.control.mint({ workspace: SECOND_WORKSPACE });
    const { id, databaseId } = bench.control.dataSource('Reading list');
    const body = { parent: { data_source_id: id }, properties: {} };
    const replies = [
      await bench.call('GET', `/v1/data_sources/${id}`, undefined, as(second)),
      await bench.call('GET', `/v1/databases/${databaseId}`, undefined, as(second)),
      await bench.call('POST', '/v1/pages', body, as(second)),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(bench.control.dataSource(id).rows).toHaveLength(3);
  });

  test('sees the people of its own workspace alone', async () => {
    const bench = createBench();
    const second = bench.control.mint({ workspace: SECOND_WORKSPACE });
    const names = async (token: { accessToken: string }) =>
      results(await bench.call('GET', '/v1/users', undefined, as(token))).map(({ name }) => name);
    expect(await names({ accessToken: bench.token })).toEqual(['Ada Lovelace', 'Rowmark']);
    expect(await names(second)).toEqual(['Ada Lovelace', 'Charles Babbage', 'Rowmark']);
  });

  test('makes private pages and databases in its own workspace', async () => {
    const bench = createBench();
    const second = bench.control.mint({ workspace: SECOND_WORKSPACE });
    const parent = { type: 'workspace', workspace: true };
    const properties = { title: { title: [{ text: { content: 'Mine' } }] } };
    expect((await bench.call('POST', '/v1/pages', { parent, properties }, as(second))).status).toBe(200);
    const title = [{ text: { content: 'Mine too' } }];
    expect((await bench.call('POST', '/v1/databases', { parent, title }, as(second))).status).toBe(200);
    const { pages, dataSources } = bench.control.state();
    expect(pages.find((page) => page.title === 'Mine')?.workspace).toBe(SECOND_WORKSPACE);
    expect(dataSources.find((source) => source.title === 'Mine too')?.workspace).toBe(SECOND_WORKSPACE);
  });

  test('is not given what is in another workspace, though all are meant', async () => {
    const bench = createBench({ share: [] });
    const second = bench.control.mint({ workspace: SECOND_WORKSPACE, share: [] });
    bench.control.share('Recipes');
    const sharedWith = (botId: string) =>
      bench.control.state().authorizations.find((one) => one.botId === botId)?.shared.length;
    expect([sharedWith(bench.botId), sharedWith(second.botId)]).toEqual([1, 0]);
  });

  test('has names of its own: the same one in both workspaces is told apart', async () => {
    const bench = createBench();
    const properties = [{ name: 'Name', type: 'title' }];
    const plan = { title: 'Reading list', sources: [{ properties }] };
    const { databaseId } = bench.control.createDatabase(plan, SECOND_WORKSPACE);
    const second = bench.control.mint({ workspace: SECOND_WORKSPACE, share: ['Reading list'] });
    const authorization = bench.control.state().authorizations.find(({ botId }) => botId === second.botId);
    expect(authorization).toMatchObject({ workspace: SECOND_WORKSPACE, shared: [databaseId] });
    expect(bench.control.dataSource('Reading list').workspace).toBe(FIRST_WORKSPACE);
    expect(() => bench.control.mint({ workspace: 'Nowhere' })).toThrow('There is no workspace Nowhere');
  });
});

describe('the consent page', () => {
  const query = new URLSearchParams({
    client_id: SANDBOX_CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    owner: 'user',
  });

  async function openConsent(bench: Bench) {
    const { document } = parseHTML(await (await bench.app.request(`/v1/oauth/authorize?${query}`)).text());
    const workspaces = [...document.querySelectorAll('[name="workspace"]')].map((radio) => ({
      id: radio.getAttribute('value') ?? '',
      name: radio.parentElement?.textContent?.trim(),
      isChosen: radio.hasAttribute('checked'),
    }));
    const boxes = [...document.querySelectorAll('[name="shared"]')].map((box) => box.getAttribute('value'));
    return {
      workspaces,
      boxes: boxes.map((id) => id ?? ''),
      request: document.querySelector('[name="request"]')?.getAttribute('value') ?? '',
    };
  }

  async function allow(bench: Bench, fields: [string, string][]) {
    const body = new URLSearchParams([['decision', 'allow'], ...fields]);
    return bench.app.request('/v1/oauth/authorize', { method: 'POST', body });
  }

  async function tokens(bench: Bench, fields: [string, string][]): Promise<Json> {
    const { location } = Object.fromEntries((await allow(bench, fields)).headers);
    const code = new URL(location ?? '').searchParams.get('code');
    const headers = {
      authorization: `Basic ${btoa(`${SANDBOX_CLIENT_ID}:${SANDBOX_CLIENT_SECRET}`)}`,
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    return (await readReply(await bench.app.request('/v1/oauth/token', { method: 'POST', headers, body })))
      .body;
  }

  test('lets one choose the workspace, the first unless another is chosen', async () => {
    const bench = createBench();
    const page = await openConsent(bench);
    expect(page.workspaces).toMatchObject([
      { name: FIRST_WORKSPACE, isChosen: true },
      { name: SECOND_WORKSPACE, isChosen: false },
    ]);
    expect(await tokens(bench, [['request', page.request]])).toMatchObject({
      workspace_name: FIRST_WORKSPACE,
    });
  });

  test('gives each workspace a bot of its own, and shares only what is in the one chosen', async () => {
    const bench = createBench();
    const first = await openConsent(bench);
    const everything = first.boxes.map((id): [string, string] => ['shared', id]);
    const one = await tokens(bench, [['request', first.request], ...everything]);
    const next = await openConsent(bench);
    const { id = '' } = next.workspaces[1] ?? {};
    const other = await tokens(bench, [['request', next.request], ['workspace', id], ...everything]);
    expect(other).toMatchObject({
      workspace_name: SECOND_WORKSPACE,
      workspace_id: id,
      workspace_icon: expect.stringContaining('second-workspace'),
    });
    expect(other.bot_id).not.toBe(one.bot_id);
    const tokenOf = (reply: Json) => ({ accessToken: String(reply.access_token) });
    expect(await found(bench, tokenOf(one))).toEqual(['People', 'Places', 'Reading list', 'Recipes']);
    expect(await found(bench, tokenOf(other))).toEqual(['Instruments', 'Letters', 'Replies']);
  });

  test('does not take a workspace that the person is not in', async () => {
    const bench = createBench();
    const { request } = await openConsent(bench);
    const reply = await allow(bench, [
      ['request', request],
      ['workspace', 'another'],
    ]);
    expect(reply.status).toBe(400);
    expect(reply.headers.get('location')).toBeNull();
  });
});

test('the sandbox’s page says of each bot where it is', async () => {
  const bench = createBench();
  bench.control.mint({ workspace: SECOND_WORKSPACE });
  const parts = (await (await bench.app.request('/_sandbox/parts')).json()) as Record<string, string>;
  const list = parseHTML(`<html><body>${parts.connections}</body></html>`).document;
  expect([...list.querySelectorAll('li')].map((each) => each.textContent)).toEqual([
    expect.stringContaining(FIRST_WORKSPACE),
    expect.stringContaining(SECOND_WORKSPACE),
  ]);
  expect((await bench.app.request('/_sandbox/second-workspace.svg')).status).toBe(200);
});
