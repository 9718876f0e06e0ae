import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from '../../../src/sandbox/app.ts';
import {
  type ApiReply,
  type Bench,
  createBench,
  type Json,
  readReply,
  redirectUri,
  results,
} from './api-calls.ts';

const basic = (secret = SANDBOX_CLIENT_SECRET) => `Basic ${btoa(`${SANDBOX_CLIENT_ID}:${secret}`)}`;

async function oauth(bench: Bench, path: string, body: Json, authorization = basic()): Promise<ApiReply> {
  const headers = { authorization, 'content-type': 'application/json' };
  return readReply(
    await bench.app.request(`/v1/oauth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
}

const authorizePath = (change: Record<string, string | null> = {}) => {
  const query = new URLSearchParams({
    client_id: SANDBOX_CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    owner: 'user',
    state: 'a state & more',
  });
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `/v1/oauth/authorize?${query}`;
};

/** Opens the consent page and presses a button on it; gives the page and where the browser is sent. */
async function consent(bench: Bench, decision: 'allow' | 'cancel', fields: [string, string][] = []) {
  const page = await (await bench.app.request(authorizePath())).text();
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams([['request', request], ['decision', decision], ...fields]);
  const response = await bench.app.request('/v1/oauth/authorize', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  });
  return {
    page,
    body: body.toString(),
    status: response.status,
    location: new URL(response.headers.get('location') ?? ''),
  };
}

/** The checkbox of the page or database of this title. */
function boxOf(page: string, title: string) {
  const labels = [...parseHTML(page).document.querySelectorAll('.tree label')];
  const box = labels
    .find((label) => label.querySelector('.name')?.textContent === title)
    ?.querySelector('input');
  return { id: box?.getAttribute('value') ?? '', ticked: box?.hasAttribute('checked') ?? false };
}

const picked = (page: string, title: string): [string, string][] => [['shared', boxOf(page, title).id]];

async function codeFor(bench: Bench, fields: [string, string][] = []): Promise<string> {
  const { location } = await consent(bench, 'allow', fields);
  return location.searchParams.get('code') ?? '';
}

const exchange = (bench: Bench, code: string, rest: Json = { redirect_uri: redirectUri }) =>
  oauth(bench, 'token', { grant_type: 'authorization_code', code, ...rest });

const statusWith = async (bench: Bench, token: unknown) =>
  (await bench.call('GET', '/v1/users/me', undefined, { authorization: `Bearer ${String(token)}` })).status;

describe('the consent page', () => {
  test('says who asks for what, and lists what can be shared', async () => {
    const bench = createBench();
    const { page } = await consent(bench, 'allow');
    for (const text of [
      'Rowmark would like access',
      'Maxwell',
      'Reading list',
      'Bookmarks home',
      'Add to the pages',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('Käsespätzle');
  });

  test('sends the browser back with a code and the state', async () => {
    const { status, location } = await consent(createBench(), 'allow');
    expect(status).toBe(303);
    expect(location.origin + location.pathname).toBe(redirectUri);
    expect(location.searchParams.get('state')).toBe('a state & more');
    expect(location.searchParams.get('code')).toMatch(/^\w{20,}$/);
  });

  test('sends the browser back with access_denied when cancelled', async () => {
    const { location } = await consent(createBench(), 'cancel');
    expect(Object.fromEntries(location.searchParams)).toEqual({
      error: 'access_denied',
      state: 'a state & more',
    });
  });

  test('can be answered once', async () => {
    const bench = createBench();
    const { body } = await consent(bench, 'allow');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const again = await bench.app.request('/v1/oauth/authorize', { method: 'POST', headers, body });
    expect(again.status).toBe(400);
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['no redirect_uri', { redirect_uri: null }],
    ['a redirect_uri that is not registered', { redirect_uri: 'https://evil.example/' }],
    ['a redirect_uri without its slash', { redirect_uri: redirectUri.slice(0, -1) }],
  ])('stays where it is for %s', async (_, change) => {
    const response = await createBench().app.request(authorizePath(change));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('role="alert"');
  });

  test.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no owner', { owner: null }, 'invalid_request'],
  ])('sends back an error for %s', async (_, change, error) => {
    const response = await createBench().app.request(authorizePath(change));
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.searchParams.get('error')).toBe(error);
    expect(location.searchParams.get('state')).toBe('a state & more');
  });

  test('ticks what is shared already, when it is shown again', async () => {
    const bench = createBench();
    bench.control.act('all', 'revoke');
    const { page } = await consent(bench, 'cancel');
    expect(boxOf(page, 'Recipes').ticked).toBe(false);
    await exchange(bench, await codeFor(bench, picked(page, 'Recipes')));
    const again = await consent(bench, 'cancel');
    expect(boxOf(again.page, 'Recipes').ticked).toBe(true);
    expect(boxOf(again.page, 'Contacts').ticked).toBe(false);
  });
});

describe('a code', () => {
  test('becomes tokens for what was picked', async () => {
    const bench = createBench({ share: [] });
    const { page } = await consent(bench, 'cancel');
    const { status, body, headers } = await exchange(bench, await codeFor(bench, picked(page, 'Recipes')));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.stringMatching(/^ntn_/),
      token_type: 'bearer',
      refresh_token: expect.stringMatching(/^nrt_/),
      bot_id: expect.any(String),
      workspace_icon: 'http://localhost/_sandbox/workspace.svg',
      workspace_name: "Maxwell's Workspace",
      workspace_id: expect.any(String),
      owner: { type: 'user', user: expect.objectContaining({ name: 'Ada Lovelace' }) },
      duplicated_template_id: null,
      request_id: expect.any(String),
    });
    const found = await bench.call(
      'POST',
      '/v1/search',
      { filter: { property: 'object', value: 'data_source' } },
      { authorization: `Bearer ${String(body.access_token)}` },
    );
    expect(results(found).map((each) => (each.title as Json[])[0]?.plain_text)).toEqual(['Recipes']);
  });

  test('works in a form too', async () => {
    const bench = createBench();
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: await codeFor(bench),
      redirect_uri: redirectUri,
    });
    const headers = { authorization: basic(), 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method: 'POST', headers, body: body.toString() };
    expect((await bench.app.request('/v1/oauth/token', init)).status).toBe(200);
  });

  test('works once, for ten minutes', async () => {
    const bench = createBench();
    const code = await codeFor(bench);
    expect((await exchange(bench, code)).status).toBe(200);
    expect((await exchange(bench, code)).body).toMatchObject({
      status: 400,
      code: 'invalid_grant',
      message: 'Invalid code: this code has been revoked.',
    });
    const late = await codeFor(bench);
    bench.pass(10 * 60_000);
    expect((await exchange(bench, late)).body.code).toBe('invalid_grant');
  });

  test.each<[string, Json, string]>([
    ['no redirect_uri', {}, 'invalid_request'],
    ['another redirect_uri', { redirect_uri: 'https://other.example/' }, 'invalid_grant'],
  ])('is refused with %s, and stays good', async (_, rest, error) => {
    const bench = createBench();
    const code = await codeFor(bench);
    expect((await exchange(bench, code, rest)).body.code).toBe(error);
    expect((await exchange(bench, code)).status).toBe(200);
  });

  test('gives no access until it is exchanged', async () => {
    const bench = createBench({ share: [] });
    const before = bench.control.state().authorizations.length;
    await codeFor(bench);
    expect(bench.control.state().authorizations).toHaveLength(before);
  });

  test('copies the template when that was chosen, and shares the copy', async () => {
    const bench = createBench();
    const { body } = await exchange(bench, await codeFor(bench, [['start', 'template']]));
    const authorization = `Bearer ${String(body.access_token)}`;
    const id = String(body.duplicated_template_id);
    const page = await bench.call('GET', `/v1/pages/${id}`, undefined, { authorization });
    expect(page.body.properties).toMatchObject({ title: { title: [{ plain_text: 'Bookmarks' }] } });
    bench.pass(3000);
    const found = await bench.call(
      'POST',
      '/v1/search',
      { filter: { property: 'object', value: 'data_source' } },
      { authorization },
    );
    expect(results(found).map(({ database_parent }) => database_parent)).toEqual([
      { type: 'page_id', page_id: id },
    ]);
  });

  test('given again to the same user keeps the bot, with new tokens and the new choice', async () => {
    const bench = createBench({ share: [] });
    bench.control.act('all', 'revoke');
    const { page } = await consent(bench, 'cancel');
    const first = await exchange(bench, await codeFor(bench, picked(page, 'Recipes')));
    const second = await exchange(bench, await codeFor(bench, picked(page, 'Contacts')));
    expect(second.body.bot_id).toBe(first.body.bot_id);
    expect(second.body.access_token).not.toBe(first.body.access_token);
    const { shared } = bench.control.state().authorizations.at(-1) ?? { shared: [] };
    expect(shared).toEqual([bench.control.dataSource('Contacts').databaseId]);
  });
});

describe('the token endpoint refuses', () => {
  test('a wrong secret, or one in the body', async () => {
    const bench = createBench();
    const body = { grant_type: 'refresh_token', refresh_token: 'x' };
    const wrong = await oauth(bench, 'token', body, basic('wrong'));
    expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_client']);
    const inBody = { ...body, client_id: SANDBOX_CLIENT_ID, client_secret: SANDBOX_CLIENT_SECRET };
    expect((await oauth(bench, 'token', inBody, '')).status).toBe(401);
  });

  test.each<[string, Json, string]>([
    ['an unknown grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no grant', {}, 'invalid_request'],
    ['no code', { grant_type: 'authorization_code' }, 'invalid_request'],
    [
      'an unknown code',
      { grant_type: 'authorization_code', code: 'x', redirect_uri: redirectUri },
      'invalid_grant',
    ],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
  ])('%s', async (_, body, error) => {
    const bench = createBench();
    expect((await oauth(bench, 'token', body)).body).toMatchObject({ object: 'error', code: error });
    bench.control.changeSettings({ oauthErrorShape: 'rfc6749' });
    const other = await oauth(bench, 'token', body);
    expect(other.body).toMatchObject({ error, error_description: expect.any(String) });
    expect(other.body).not.toHaveProperty('code');
  });
});

describe('a refresh', () => {
  const refresh = (bench: Bench, token: unknown) =>
    oauth(bench, 'token', { grant_type: 'refresh_token', refresh_token: token });

  test('gives a new pair and ends the old one', async () => {
    const bench = createBench();
    const minted = bench.control.mint();
    const { body } = await refresh(bench, minted.refreshToken);
    expect(body.bot_id).toBe(minted.botId);
    expect(await statusWith(bench, minted.accessToken)).toBe(401);
    expect(await statusWith(bench, body.access_token)).toBe(200);
    expect((await refresh(bench, minted.refreshToken)).body.code).toBe('invalid_grant');
    expect((await refresh(bench, body.refresh_token)).status).toBe(200);
  });

  test('can be told to leave the old pair alone', async () => {
    const bench = createBench({ settings: { rotateTokens: false } });
    const minted = bench.control.mint();
    await refresh(bench, minted.refreshToken);
    expect(await statusWith(bench, minted.accessToken)).toBe(200);
    expect((await refresh(bench, minted.refreshToken)).status).toBe(200);
  });

  test('follows an expired access token, unless it is refused', async () => {
    const bench = createBench();
    const minted = bench.control.mint();
    bench.control.act(minted.botId, 'expire');
    expect(await statusWith(bench, minted.accessToken)).toBe(401);
    bench.control.act(minted.botId, 'refuse-refresh');
    expect((await refresh(bench, minted.refreshToken)).body.code).toBe('invalid_grant');
    bench.control.act(minted.botId, 'allow-refresh');
    expect((await refresh(bench, minted.refreshToken)).status).toBe(200);
  });
});

test('revoking either token ends the authorization; revoking nonsense is no error', async () => {
  const bench = createBench();
  for (const kind of ['accessToken', 'refreshToken'] as const) {
    const minted = bench.control.mint();
    expect((await oauth(bench, 'introspect', { token: minted.accessToken })).body).toMatchObject({
      active: true,
      scope: 'read_content update_content insert_content',
      iat: expect.any(Number),
    });
    expect((await oauth(bench, 'revoke', { token: minted[kind] })).body).toEqual({
      request_id: expect.any(String),
    });
    expect(await statusWith(bench, minted.accessToken)).toBe(401);
    expect((await oauth(bench, 'introspect', { token: minted.accessToken })).body.active).toBe(false);
  }
  expect((await oauth(bench, 'revoke', { token: 'nonsense' })).status).toBe(200);
  expect((await oauth(bench, 'revoke', {})).body.code).toBe('invalid_request');
  expect((await oauth(bench, 'revoke', { token: bench.token }, basic('wrong'))).status).toBe(401);
});
