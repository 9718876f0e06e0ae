/** The whole way from signing in to a row in the sandbox, on the real background, sandbox and endpoint. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Catalog } from '../../../src/core/database/destination.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { consent, createWorld, REDIRECT_URI, type World } from './world.ts';

let running: RunningSandbox;
let world: World;
const clock = { now: Date.now() };

beforeAll(async () => {
  running = await startSandbox({ redirectUris: [REDIRECT_URI], now: () => clock.now });
});
afterAll(() => running.close());
beforeEach(async () => {
  running.sandbox.control.reset();
  world = await createWorld(running.origin, clock);
});

const control = () => running.sandbox.control;
const rows = (name = 'Reading list') => control().dataSource(name).rows;
const saved = (title: string, name?: string) =>
  rows(name).filter((row) => !row.inTrash && row.title === title);

/** Lets the time pass from alarm to alarm. */
async function untilNothingIsDue(): Promise<void> {
  while (world.alarmAt !== null) await world.pass(Math.max(0, world.alarmAt - world.now));
}

const capture = (more: Partial<Capture> = {}): Capture => ({
  url: 'https://example.org/maxwell',
  title: 'How four equations came to be',
  description: 'A short history.',
  tags: ['physics', 'new tag'],
  at: Date.now(),
  origin: 'popup',
  ...more,
});

const destinationId = () => (world.local.dump().settings as { destinationId: string }).destinationId;

async function keep(more: Partial<Capture> = {}, to = destinationId()): Promise<string> {
  const saveId = crypto.randomUUID();
  const kept = await world.call({
    type: 'keep',
    saveId,
    capture: capture(more),
    destinationId: to,
  });
  expect(kept).toEqual({ ok: true, value: { saveId } });
  return saveId;
}

describe('signing in', () => {
  it('connects, lists the shared database and chooses it when it is the only one', async () => {
    expect(await world.connect()).toMatchObject({ ok: true });
    expect(Object.values(world.stored<object>('connections'))).toMatchObject([
      { workspaceName: "Maxwell's Workspace", status: 'ok' },
    ]);
    const catalog = world.stored<Catalog>('catalog');
    expect(catalog).toMatchObject({ entries: [{ title: 'Reading list', icon: { emoji: '📚' } }] });
    expect(destinationId()).toBe(catalog.entries[0]?.id);
  });

  it('says so when the user declines', async () => {
    expect(await world.connect({ allow: false })).toMatchObject({
      ok: false,
      failure: { code: 'sign-in-denied' },
    });
    expect(world.stored('connections')).toBeUndefined();
  });

  it('takes no answer with a forged, repeated or missing state, and exchanges nothing', async () => {
    const started = await world.call({ type: 'start-sign-in' });
    if (!started.ok) throw new Error('not started');
    const back = await consent(started.value.authorizeUrl, { share: ['Reading list'] });
    const forged = back.replace(/state=[^&]+/, 'state=forged');
    const mismatch = { ok: false, failure: { code: 'sign-in-mismatch' } };
    expect(await world.call({ type: 'finish-sign-in', redirectedTo: forged })).toMatchObject(mismatch);
    // The state is used up by the forged answer: the true one comes too late.
    expect(await world.call({ type: 'finish-sign-in', redirectedTo: back })).toMatchObject(mismatch);
    expect(
      control()
        .requests()
        .filter((request) => request.path === '/v1/oauth/token'),
    ).toEqual([]);
  });

  it('survives the death of the background while the consent page is open', async () => {
    const started = await world.call({ type: 'start-sign-in' });
    if (!started.ok) throw new Error('not started');
    const back = await consent(started.value.authorizeUrl, { share: ['Reading list'] });
    world.restart();
    expect(await world.call({ type: 'finish-sign-in', redirectedTo: back })).toMatchObject({ ok: true });
  });

  it('is connected also when told so twice, and exchanges the code once', async () => {
    const started = await world.call({ type: 'start-sign-in' });
    if (!started.ok) throw new Error('not started');
    const redirectedTo = await consent(started.value.authorizeUrl, { share: ['Reading list'] });
    const first = await world.call({ type: 'finish-sign-in', redirectedTo });
    world.restart();
    expect(first).toMatchObject({ ok: true });
    expect(await world.call({ type: 'finish-sign-in', redirectedTo })).toEqual(first);
    expect(
      control()
        .requests()
        .filter(({ path }) => path === '/v1/oauth/token'),
    ).toHaveLength(1);
  });

  it('is connected also when the clock is set back meanwhile, and when told so twice', async () => {
    const started = await world.call({ type: 'start-sign-in' });
    if (!started.ok) throw new Error('not started');
    const redirectedTo = await consent(started.value.authorizeUrl, { share: ['Reading list'] });
    world.setClockAhead(-86_400_000);
    const first = await world.call({ type: 'finish-sign-in', redirectedTo });
    expect(first).toMatchObject({ ok: true });
    world.restart();
    expect(await world.call({ type: 'finish-sign-in', redirectedTo })).toEqual(first);
  });

  it('chooses the database inside the template page that Notion duplicated', async () => {
    control().changeConnection({ offersTemplate: true });
    expect(await world.connect({ template: true })).toMatchObject({ ok: true });
    expect(world.local.dump()[`destination:${destinationId()}`]).toMatchObject({ title: 'My bookmarks' });
  });

  it('chooses it also when the background died before it could', async () => {
    control().changeConnection({ offersTemplate: true });
    const started = await world.call({ type: 'start-sign-in' });
    if (!started.ok) throw new Error('not started');
    const redirectedTo = await consent(started.value.authorizeUrl, { template: true });
    await world.call({ type: 'finish-sign-in', redirectedTo });
    const chosen = destinationId();
    // With another database there is no telling from the list which one it is.
    control().share('Reading list');
    await world.local.remove(['settings', 'catalog', `destination:${chosen}`]);
    world.restart();
    expect(await world.call({ type: 'finish-sign-in', redirectedTo })).toMatchObject({ ok: true });
    expect(destinationId()).toBe(chosen);
  });

  it('revokes on disconnect, and forgets the tokens', async () => {
    await world.connect();
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    expect(await world.call({ type: 'disconnect', botId })).toEqual({ ok: true, value: { revoked: true } });
    expect(JSON.stringify(world.local.dump())).not.toContain('ntn_');
    expect(world.stored('connections')).toEqual({});
  });

  it('forgets the tokens even if Notion cannot be told, and says that it could not', async () => {
    await world.connect();
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    world.setOffline(true);
    expect(await world.call({ type: 'disconnect', botId })).toEqual({ ok: true, value: { revoked: false } });
    expect(Object.keys(world.local.dump()).filter((key) => key.startsWith('credentials:'))).toEqual([]);
  });
});

describe('choosing where', () => {
  it('makes a bookmarks database under a shared page and saves into it', async () => {
    await world.connect({ share: ['Bookmarks home'] });
    const [page] = world.stored<Catalog>('catalog').pages;
    expect(page?.title).toBe('Bookmarks home');
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    const made = await world.call({
      type: 'create-database',
      jobId: 'job',
      botId,
      parentPageId: page?.id ?? '',
    });
    expect(made).toMatchObject({ ok: true });
    await keep();
    await world.background.idle();
    expect(saved('How four equations came to be', 'bookmarks_database_title')).toHaveLength(1);
  });

  it('makes one as a private page', async () => {
    await world.connect({ share: [] });
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    expect(
      await world.call({
        type: 'create-database',
        jobId: 'job',
        botId,
        parentPageId: null,
      }),
    ).toMatchObject({
      ok: true,
    });
    expect(destinationId()).toBeTruthy();
  });

  it('finds the database behind a pasted link, and says when it is not shared or no link', async () => {
    await world.connect({ share: ['Reading list'] });
    const entry = (world.local.dump().catalog as { entries: { databaseId: string }[] }).entries[0];
    const link = `https://www.notion.so/maxwell/Reading-${entry?.databaseId.replaceAll('-', '')}?v=${'a'.repeat(32)}`;
    expect(await world.call({ type: 'open-link', link })).toMatchObject({ ok: true });
    const unknown = `https://app.notion.com/p/${'b'.repeat(32)}`;
    expect(await world.call({ type: 'open-link', link: unknown })).toMatchObject({
      failure: { code: 'not-shared' },
    });
    expect(await world.call({ type: 'open-link', link: 'https://example.org' })).toMatchObject({
      failure: { code: 'link-not-understood' },
    });
  });
});

describe('a pasted token', () => {
  const endpointCalls = () =>
    control()
      .requests()
      .filter(({ path }) => path.startsWith('/v1/oauth/'));

  it('connects when Notion takes it, and saves', async () => {
    const { accessToken, botId } = control().mint({ share: ['Reading list'] });
    expect(await world.call({ type: 'connect-token', token: ` ${accessToken}\n` })).toEqual({
      ok: true,
      value: { botId },
    });
    expect(world.stored('connections')).toMatchObject({ [botId]: { isPasted: true, status: 'ok' } });
    const id = await keep();
    await world.background.idle();
    expect(world.save(id).state).toBe('in-notion');
    expect(endpointCalls()).toEqual([]);
  });

  it('is refused without being kept when Notion refuses it', async () => {
    for (const token of ['ntn_of_nobody', 'two words', '', 'ntn_\u00e9'])
      expect(await world.call({ type: 'connect-token', token })).toMatchObject({
        failure: { code: 'token-refused' },
      });
    expect(JSON.stringify(world.local.dump())).not.toContain('ntn_of_nobody');
  });

  it('waits for a new one when it has expired, and is not revoked on disconnecting', async () => {
    const { accessToken, botId } = control().mint({ share: ['Reading list'] });
    await world.call({ type: 'connect-token', token: accessToken });
    control().act(botId, 'expire');
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'needs-you', failure: { code: 'reconnect-needed' } });
    const next = control().mint({ share: ['Reading list'] });
    expect(await world.call({ type: 'connect-token', token: next.accessToken })).toMatchObject({ ok: true });
    await world.background.idle();
    expect(world.save(id).state).toBe('in-notion');
    expect(await world.call({ type: 'disconnect', botId: next.botId })).toEqual({
      ok: true,
      value: { revoked: false },
    });
    expect(JSON.stringify(world.local.dump())).not.toContain(next.accessToken);
    expect(endpointCalls()).toEqual([]);
  });
});

describe('saving', () => {
  beforeEach(async () => {
    await world.connect();
    world.requests.length = 0;
  });

  it('writes one row, with one request, and stores where it is', async () => {
    const id = await keep();
    await world.background.idle();
    expect(world.requests).toEqual([{ method: 'POST', url: `${running.origin}/v1/pages` }]);
    expect(saved('How four equations came to be')).toMatchObject([
      {
        values: {
          URL: 'https://example.org/maxwell',
          Tags: ['physics', 'new tag'],
          Description: 'A short history.',
        },
      },
    ]);
    expect(world.save(id)).toMatchObject({
      state: 'in-notion',
      row: { url: expect.stringContaining('http') },
    });
    expect(world.stored('outbox')).toEqual({
      waiting: { count: 0, ids: [] },
      needsYou: { count: 0, ids: [] },
      recent: [id],
    });
  });

  it('keeps one save for a message that is sent twice', async () => {
    const saveId = crypto.randomUUID();
    const message = { type: 'keep' as const, saveId, capture: capture(), destinationId: destinationId() };
    await Promise.all([world.call(message), world.call(message)]);
    await world.call(message);
    await world.background.idle();
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  it('moves the row to the trash on Undo', async () => {
    const id = await keep();
    await world.background.idle();
    await world.call({ type: 'undo', saveIds: [id] });
    await world.background.idle();
    expect(world.save(id).state).toBe('undone');
    expect(saved('How four equations came to be')).toEqual([]);
  });

  it('says that nothing is kept when nothing could be stored', async () => {
    world.local.breakWrites('QUOTA_BYTES quota exceeded');
    const saveId = crypto.randomUUID();
    const kept = await world.call({
      type: 'keep',
      saveId,
      capture: capture(),
      destinationId: destinationId(),
    });
    expect(kept).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
    world.local.breakWrites(null);
    expect(world.save(saveId)).toBeUndefined();
  });

  it('waits while offline and arrives when online again', async () => {
    world.setOffline(true);
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'kept', failure: { code: 'offline' } });
    expect(world.alarmAt).not.toBeNull();
    expect(world.badge).toMatchObject({ text: '1' });
    world.setOffline(false);
    await world.background.online();
    await world.background.idle();
    expect(saved('How four equations came to be')).toHaveLength(1);
    expect(world.badge).toBeNull();
  });

  it('is counted on the badge, also after a restart of the browser', async () => {
    world.setOffline(true);
    await keep();
    await world.background.idle();
    expect(world.badge).toMatchObject({ text: '1' });
    world.reopen();
    await world.background.idle();
    expect(world.badge).toMatchObject({ text: '1' });
  });

  it('is brought back by the alarm when the background dies while Notion is answering', async () => {
    control().addFault({ kind: 'slow', method: 'POST', path: '/v1/pages', times: 1, delayMs: 100 });
    const id = await keep();
    expect(world.save(id).state).not.toBe('in-notion');
    const alarm = world.alarmAt ?? Number.POSITIVE_INFINITY;
    expect(alarm - world.now).toBeLessThanOrEqual(60_000);
    world.restart();
    // Nothing but the alarm happens from here on.
    await untilNothingIsDue();
    expect(world.save(id).state).toBe('in-notion');
    expect(saved('How four equations came to be')).toHaveLength(1);
    expect(world.alarmAt).toBeNull();
  });

  it('goes on after a restart of the browser with what was kept', async () => {
    world.setOffline(true);
    await keep();
    await world.background.idle();
    world.setOffline(false);
    world.reopen();
    await world.pass(60_000);
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  it('renews an expired token once, for however many saves, and asks nobody to sign in', async () => {
    control().act('all', 'expire');
    control().changeSettings({ rateLimit: 10_000 });
    const ids = await Promise.all(Array.from({ length: 200 }, (_, i) => keep({ title: `Page ${i}` })));
    await world.background.idle();
    await untilNothingIsDue();
    expect(ids.filter((id) => world.save(id).state === 'in-notion')).toHaveLength(200);
    expect(rows().filter((row) => row.title.startsWith('Page '))).toHaveLength(200);
    const renewals = control()
      .requests()
      .filter((request) => request.path === '/v1/oauth/token');
    // The first is the code's exchange at sign-in.
    expect(renewals).toHaveLength(2);
  });

  it('asks for a new connection when the token was revoked, keeps the save, and sends it after reconnecting', async () => {
    control().act('all', 'revoke');
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'needs-you', failure: { code: 'reconnect-needed' } });
    expect(Object.values(world.stored<object>('connections'))).toMatchObject([{ status: 'refused' }]);
    expect(world.badge).toMatchObject({ text: '!' });
    await world.connect();
    await world.background.idle();
    expect(world.save(id).state).toBe('in-notion');
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  it('keeps the save and the refresh token when the endpoint is down', async () => {
    control().act('all', 'expire');
    control().addFault({ kind: 'service_unavailable', path: '/v1/oauth/token', times: 1 });
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'kept', failure: { code: 'endpoint-unavailable' } });
    await world.pass(600_000);
    expect(world.save(id).state).toBe('in-notion');
  });

  it('says that the database is no longer shared, and sends the save once it is again', async () => {
    control().unshare('Reading list');
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'needs-you', failure: { code: 'not-shared' } });
    control().share('Reading list');
    await world.call({ type: 'try-now', saveId: id });
    await world.background.idle();
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  it('says that a capability is missing', async () => {
    control().changeConnection({ capabilities: ['read_content'] });
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'needs-you', failure: { code: 'capability-missing' } });
  });

  it('reads a schema that changed once more, and maps anew', async () => {
    control().removeProperty('Reading list', 'Description');
    const id = await keep();
    await world.background.idle();
    expect(world.save(id).state).toBe('in-notion');
    expect(world.requests.map((request) => request.method)).toEqual(['POST', 'GET', 'POST']);
  });

  it('uses the id that Notion names when it answers with an error but has saved the row', async () => {
    control().addFault({ kind: 'service_unavailable_saved', method: 'POST', path: '/v1/pages', times: 1 });
    const id = await keep();
    await world.background.idle();
    expect(world.save(id).state).toBe('in-notion');
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  for (const kind of ['drop_after', 'gateway_timeout_saved', 'truncated', 'edge_forbidden_saved'] as const) {
    it(`finds the row instead of writing it twice after ${kind}`, async () => {
      control().addFault({ kind, method: 'POST', path: '/v1/pages', times: 1 });
      const id = await keep();
      await world.background.idle();
      expect(world.save(id).state).toBe('checking');
      await world.pass(5_000);
      expect(world.save(id).state).toBe('in-notion');
      expect(saved('How four equations came to be')).toHaveLength(1);
    });
  }

  it('writes it again only when it has looked long enough after a lost request', async () => {
    control().addFault({ kind: 'drop_before', method: 'POST', path: '/v1/pages', times: 1 });
    const id = await keep();
    await world.background.idle();
    await world.pass(5_000);
    expect(world.save(id).state).toBe('checking');
    await world.pass(60_000);
    expect(world.save(id).state).toBe('in-notion');
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  it('waits as long as Notion says', async () => {
    control().addFault({
      kind: 'rate_limited',
      method: 'POST',
      path: '/v1/pages',
      times: 1,
      retryAfter: 300,
    });
    const id = await keep();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({
      state: 'kept',
      failure: { code: 'rate-limited', retryAfter: 300 },
    });
    await world.pass(299_000);
    expect(world.save(id).state).toBe('kept');
    await world.pass(2_000);
    expect(world.save(id).state).toBe('in-notion');
  });

  it('waits with everything of a connection that Notion has asked to wait', async () => {
    await world.connect({ share: ['Reading list', 'Recipes'] });
    const { entries } = world.local.dump().catalog as { entries: { id: string; title: string }[] };
    const idOf = (title: string) => entries.find((entry) => entry.title === title)?.id ?? '';
    const one = await keep({}, idOf('Reading list'));
    await world.background.idle();
    expect(world.save(one).state).toBe('in-notion');
    control().addFault({
      kind: 'rate_limited',
      method: 'POST',
      path: '/v1/pages',
      times: 1,
      retryAfter: 300,
    });
    await keep({}, idOf('Reading list'));
    await world.background.idle();
    world.requests.length = 0;
    const other = await keep({ title: 'Elsewhere' }, idOf('Recipes'));
    await world.background.idle();
    expect(world.requests).toEqual([]);
    world.reopen();
    await world.background.idle();
    expect(world.requests).toEqual([]);
    await world.pass(302_000);
    expect(world.save(other).state).toBe('in-notion');
  });

  it('sends no more in a minute than Notion takes, and loses no time over it', async () => {
    const begun = world.now;
    const ids = await Promise.all(Array.from({ length: 400 }, (_, i) => keep({ title: `Page ${i}` })));
    await world.background.idle();
    await untilNothingIsDue();
    expect(ids.filter((id) => world.save(id).state !== 'in-notion')).toEqual([]);
    const refused = control()
      .requests()
      .filter(({ status }) => status === 429);
    expect(refused).toEqual([]);
    // 180 at once, and 180 more with each minute.
    expect(world.now - begun).toBeLessThanOrEqual(2 * 60_000);
    const titles = rows()
      .map(({ title }) => title)
      .filter((title) => title.startsWith('Page '));
    expect(titles).toEqual(ids.map((_, i) => `Page ${i}`));
  });

  it('undoes many in one step, or none', async () => {
    world.setOffline(true);
    const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => keep({ title: `Page ${i}` })));
    await world.background.idle();
    world.local.breakWrites('QUOTA_BYTES quota exceeded');
    expect(await world.call({ type: 'undo', saveIds: ids })).toMatchObject({ ok: false });
    expect(ids.map((id) => world.save(id).wanted)).toEqual(ids.map(() => 'row'));
    world.local.breakWrites(null);
    expect(await world.call({ type: 'undo', saveIds: ids })).toMatchObject({ ok: true });
    expect(ids.map((id) => world.save(id).state)).toEqual(ids.map(() => 'undone'));
  });

  it('stays while the user changes it, and arrives as they changed it', async () => {
    world.setOffline(true);
    const id = await keep();
    await world.background.idle();
    expect(await world.call({ type: 'hold', saveId: id })).toEqual({ ok: true, value: null });
    world.setOffline(false);
    await world.background.online();
    await world.call({ type: 'came-online' });
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'needs-you', failure: { code: 'being-edited' } });
    const changed = capture({ title: 'Otherwise' });
    const message = { type: 'amend', saveId: id, capture: changed, destinationId: destinationId() } as const;
    expect(await world.call(message)).toMatchObject({ ok: true });
    await world.background.idle();
    expect(saved('Otherwise')).toHaveLength(1);
    expect(saved('How four equations came to be')).toEqual([]);
  });

  it.each([
    ['says so', (id: string) => world.call({ type: 'release', saveId: id })],
    ['is gone when the background starts', () => world.restart()],
    ['is gone when something is due', () => world.background.wake()],
  ])('goes on as it was when the page that changed it %s', async (_, leave) => {
    world.setOffline(true);
    const id = await keep();
    await world.background.idle();
    world.edited.add(id);
    await world.call({ type: 'hold', saveId: id });
    world.setOffline(false);
    // As long as the page is there, nothing takes it away from the user.
    await world.restart();
    await world.background.wake();
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'needs-you', failure: { code: 'being-edited' } });
    world.edited.delete(id);
    await leave(id);
    await expect.poll(() => world.save(id).failure).toBe(null);
    await untilNothingIsDue();
    expect(world.save(id)).toMatchObject({ state: 'in-notion', failure: null });
    expect(saved('How four equations came to be')).toHaveLength(1);
  });

  it("waits no longer than it meant to when the device's clock is set back", async () => {
    world.setOffline(true);
    const id = await keep();
    await world.background.idle();
    world.setClockAhead(-24 * 60 * 60_000);
    world.setOffline(false);
    await untilNothingIsDue();
    expect(world.save(id).state).toBe('in-notion');
  });

  for (const [words, ahead] of [
    ['ahead', 3 * 60 * 60_000],
    ['behind', -3 * 60 * 60_000],
  ] as const) {
    it(`finds its row by a clock that is hours ${words}`, async () => {
      world.setClockAhead(ahead);
      control().changeSettings({ queryLagMs: 30_000 });
      control().addFault({ kind: 'drop_after', method: 'POST', path: '/v1/pages', times: 1 });
      const id = await keep();
      await world.background.idle();
      await untilNothingIsDue();
      expect(world.save(id).state).toBe('in-notion');
      expect(saved('How four equations came to be')).toHaveLength(1);
    });
  }

  it('loses no text, however long, and no address', async () => {
    const title = `${'𝔗'.repeat(1_500)} ${'e\u0301'.repeat(1_500)}`;
    const description = 'Wörter 👩‍👩‍👧‍👦 '.repeat(800);
    const url = `https://example.org/?q=${'x'.repeat(3_000)}`;
    const id = await keep({ title, description, url, tags: ['a, b', 'y'.repeat(120)] });
    await world.background.idle();
    expect(world.save(id)).toMatchObject({ state: 'in-notion', failure: null });
    const row = rows().find((one) => one.title === title);
    expect(row?.values.Description).toBe(description);
    const [sent] = control()
      .requests()
      .filter((request) => request.path === '/v1/pages');
    const blocks = (
      (sent?.body ?? { children: [] }) as {
        children: { paragraph: { rich_text: { text: { content: string } }[] } }[];
      }
    ).children;
    const texts = blocks.map((block) => block.paragraph.rich_text.map((item) => item.text.content).join(''));
    expect(texts).toEqual([url, `#a, b #${'y'.repeat(120)}`]);
  });
});

describe('quick save', () => {
  const tab = { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' };

  it('keeps the tab at once, tells by toast and badge, and the row arrives', async () => {
    await world.connect();
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(saved('How four equations came to be')).toHaveLength(1);
    expect(world.toasts.map((toast) => toast.title)).toContain('toast_kept');
    expect(world.toasts.at(-1)).toMatchObject({ tone: 'done', title: 'toast_saved' });
  });

  it('goes where a preset says: by its command, or by the site', async () => {
    await world.connect({ share: ['Reading list', 'Recipes'] });
    const { entries } = world.local.dump().catalog as { entries: { id: string; title: string }[] };
    const idOf = (title: string) => entries.find((entry) => entry.title === title)?.id ?? '';
    await world.call({ type: 'choose-destination', destinationId: idOf('Reading list') });
    const preset = (name: string, database: string, sites: string[]) => ({
      id: name,
      name,
      destinationId: idOf(database),
      beginning: { starts: {}, tags: [name] },
      key: null,
      sites,
    });
    const presets = [preset('later', 'Reading list', []), preset('cook', 'Recipes', ['food.example'])];
    expect(await world.call({ type: 'set-presets', presets })).toEqual({ ok: true, value: null });
    await world.background.command('preset-1', tab);
    world.setPage({ url: 'https://food.example/soup', title: 'Soup' });
    await world.background.command('quick-save', { ...tab, url: 'https://food.example/soup' });
    // A command whose preset is gone saves as always.
    world.setPage({ url: 'https://example.org/else', title: 'Else' });
    await world.background.command('preset-3', tab);
    await world.background.idle();
    expect(saved('How four equations came to be')).toMatchObject([{ values: { Tags: ['later'] } }]);
    expect(saved('Soup', 'Recipes')).toHaveLength(1);
    expect(saved('Else')).toMatchObject([{ values: { Tags: [] } }]);
  });

  it('makes the icon and the image of the page those of the row', async () => {
    await world.connect();
    const form = {
      version: 1 as const,
      mapping: {},
      starts: {},
      icon: true,
      cover: true,
      template: 'default',
    };
    await world.call({ type: 'set-form', destinationId: destinationId(), form });
    world.setPage({ icon: 'https://example.org/icon.png', image: 'https://example.org/first.png' });
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(saved('How four equations came to be')).toMatchObject([
      {
        icon: { external: { url: 'https://example.org/icon.png' } },
        cover: { external: { url: 'https://example.org/first.png' } },
      },
    ]);
  });

  it('makes the row without icon and image when Notion refuses them', async () => {
    await world.connect();
    const form = { version: 1 as const, mapping: {}, starts: {}, icon: true, cover: true };
    await world.call({ type: 'set-form', destinationId: destinationId(), form });
    world.setPage({ icon: 'https://example.org/icon.png', image: 'https://example.org/first.png' });
    control().addFault({ kind: 'validation_error', method: 'POST', path: '/v1/pages', times: 1 });
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(saved('How four equations came to be')).toMatchObject([{ icon: null, cover: null }]);
    const creates = control()
      .requests()
      .filter(({ method, path }) => method === 'POST' && path === '/v1/pages');
    expect(creates).toHaveLength(2);
    expect(JSON.stringify(creates[1]?.body)).toContain('https://example.org/first.png');
    expect(world.toasts.at(-1)).toMatchObject({ tone: 'done' });
  });

  it('says what is wrong, and opens the options where the remedy is there', async () => {
    await world.background.command('quick-save', tab);
    expect(world.toasts.at(-1)).toMatchObject({ tone: 'needs-you', title: 'failure_not_connected_title' });
    expect(world.optionsOpened).toBe(1);
  });

  it('says that a browser page cannot be saved', async () => {
    await world.connect();
    await world.background.command('quick-save', { id: 8, url: 'chrome://settings/', title: 'Settings' });
    expect(world.badge).toMatchObject({ text: '!' });
    expect(world.requests.some((request) => request.url.endsWith('/v1/pages'))).toBe(false);
  });
});
