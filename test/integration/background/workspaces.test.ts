/** Two workspaces connected at once, on the real background, sandbox and endpoint. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/core/connection.ts';
import type { Catalog } from '../../../src/core/database/destination.ts';
import { labelEntries, labelText } from '../../../src/core/database/labels.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { SECOND_WORKSPACE } from '../../../src/sandbox/seed.ts';
import { createWorld, REDIRECT_URI, type World } from './world.ts';

const FIRST_WORKSPACE = "Maxwell's Workspace";
const PROPERTIES = [
  { name: 'Name', type: 'title' },
  { name: 'URL', type: 'url' },
];

let running: RunningSandbox;
let world: World;
const clock = { now: Date.now() };
/** The data source of the second workspace's own "Reading list". */
let other: string;

beforeAll(async () => {
  running = await startSandbox({ redirectUris: [REDIRECT_URI], now: () => clock.now });
});
afterAll(() => running.close());
beforeEach(async () => {
  control().reset();
  const plan = { title: 'Reading list', icon: '📚', sources: [{ properties: PROPERTIES }] };
  other = control().createDatabase(plan, SECOND_WORKSPACE).dataSourceIds[0] ?? '';
  clock.now += 60_000;
  world = await createWorld(running.origin, clock);
});

const control = () => running.sandbox.control;
const catalog = () => world.stored<Catalog>('catalog');
const connections = () => world.stored<Record<string, Connection>>('connections');
const botOf = (workspace: string) =>
  Object.values(connections()).find(({ workspaceName }) => workspaceName === workspace)?.botId ?? '';
const chosen = () => (world.local.dump().settings as { destinationId: string | null }).destinationId;
const first = () => control().dataSource('Reading list').id;
const titles = (id: string) =>
  control()
    .dataSource(id)
    .rows.map(({ title }) => title);

/** What the list of databases shows. */
function labels(): string[] {
  const { entries, pages } = catalog();
  const workspaceOf = (botId: string) => connections()[botId]?.workspaceName ?? '';
  return [...labelEntries(entries, { pages, workspaceOf, untitled: 'Untitled' }).values()].map(labelText);
}

async function connectBoth(): Promise<void> {
  expect(await world.connect({ share: ['Reading list', 'Contacts'] })).toMatchObject({ ok: true });
  clock.now += 60_000;
  const share = ['Reading list', 'Instruments', 'Minutes', 'Correspondence'];
  expect(await world.connect({ workspace: SECOND_WORKSPACE, share })).toMatchObject({ ok: true });
}

async function keep(title: string, destinationId: string): Promise<string> {
  const saveId = crypto.randomUUID();
  const capture = {
    url: `https://example.org/${saveId}`,
    title,
    description: '',
    tags: [],
    at: clock.now,
    origin: 'popup' as const,
  };
  const kept = await world.call({ type: 'keep', saveId, capture, destinationId });
  expect(kept).toEqual({ ok: true, value: { saveId } });
  return saveId;
}

/** The bots that have made rows, in order. */
const creates = () =>
  control()
    .requests()
    .filter(({ method, path, status }) => method === 'POST' && path === '/v1/pages' && status === 200)
    .map(({ botId }) => botId);

describe('two workspaces', () => {
  it('are connected one after the other, and both are listed', async () => {
    await connectBoth();
    expect(Object.values(connections()).map(({ workspaceName }) => workspaceName)).toEqual([
      FIRST_WORKSPACE,
      SECOND_WORKSPACE,
    ]);
    const botIds = new Set(catalog().entries.map(({ botId }) => botId));
    expect(botIds).toEqual(new Set([botOf(FIRST_WORKSPACE), botOf(SECOND_WORKSPACE)]));
    expect(labels().sort()).toEqual([
      'Contacts / People',
      'Contacts / Places',
      'Correspondence / Letters',
      'Correspondence / Replies',
      'Instruments',
      `Reading list (${FIRST_WORKSPACE})`,
      `Reading list (${SECOND_WORKSPACE})`,
    ]);
  });

  it('get each what was saved to them, by their own token', async () => {
    await connectBoth();
    control().clearRequests();
    await keep('For Maxwell', first());
    await keep('For the Society', other);
    await world.background.idle();
    expect(titles(first())).toContain('For Maxwell');
    expect(titles(first())).not.toContain('For the Society');
    expect(titles(other)).toEqual(['For the Society']);
    expect(creates().sort()).toEqual([botOf(FIRST_WORKSPACE), botOf(SECOND_WORKSPACE)].sort());
  });

  it('are told apart by the toast', async () => {
    await connectBoth();
    await world.call({ type: 'choose-destination', destinationId: other });
    await world.background.command('quick-save', { id: 7, url: 'https://example.org/', title: 'Maxwell' });
    await world.background.idle();
    expect(world.toasts.at(-1)?.detail).toBe(`toast_to 📚 Reading list (${SECOND_WORKSPACE})`);
  });

  it('each keep a schema of their own under one name', async () => {
    await connectBoth();
    const kept = world.local.dump();
    expect(kept[`destination:${first()}`]).toMatchObject({ botId: botOf(FIRST_WORKSPACE) });
    expect(kept[`destination:${other}`]).toMatchObject({ botId: botOf(SECOND_WORKSPACE) });
  });
});

describe('disconnecting one of two', () => {
  it('leaves the other, its list and its waiting saves untouched', async () => {
    await connectBoth();
    await world.call({ type: 'choose-destination', destinationId: first() });
    world.setOffline(true);
    const waiting = await keep('For Maxwell', first());
    await world.background.idle();
    const before = world.save(waiting);
    const [mine, theirs] = [botOf(FIRST_WORKSPACE), botOf(SECOND_WORKSPACE)];
    const listed = catalog().entries.filter(({ botId }) => botId === mine);
    const credentials = world.local.dump()[`credentials:${mine}`];
    world.setOffline(false);
    expect(await world.call({ type: 'disconnect', botId: theirs })).toEqual({
      ok: true,
      value: { revoked: true },
    });
    await world.background.idle();
    expect(Object.keys(connections())).toEqual([mine]);
    expect(catalog().entries).toEqual(listed);
    expect(catalog().pages.every(({ botId }) => botId === mine)).toBe(true);
    expect(world.local.dump()[`credentials:${mine}`]).toEqual(credentials);
    expect(world.local.dump()[`credentials:${theirs}`]).toBeUndefined();
    expect(world.save(waiting)).toEqual(before);
    expect(chosen()).toBe(first());
    expect(labels()).toContain('Reading list');
    await world.background.online();
    await world.background.idle();
    expect(world.save(waiting).state).toBe('in-notion');
    expect(titles(first())).toContain('For Maxwell');
  });

  it('keeps what waits for the one that is gone, says why, and sends it when that is back', async () => {
    await connectBoth();
    world.setOffline(true);
    const waiting = await keep('For the Society', other);
    await world.background.idle();
    world.setOffline(false);
    const gone = botOf(SECOND_WORKSPACE);
    await world.call({ type: 'disconnect', botId: gone });
    await world.background.online();
    await world.background.idle();
    expect(world.save(waiting)).toMatchObject({ state: 'needs-you', failure: { code: 'database-unknown' } });
    clock.now += 60_000;
    await world.connect({ workspace: SECOND_WORKSPACE, share: ['Reading list'] });
    await world.background.idle();
    expect(botOf(SECOND_WORKSPACE)).not.toBe(gone);
    expect(world.save(waiting).state).toBe('in-notion');
    expect(titles(other)).toEqual(['For the Society']);
  });

  it('leaves no database chosen that is in the one that is gone', async () => {
    await connectBoth();
    await world.call({ type: 'choose-destination', destinationId: other });
    await world.call({ type: 'disconnect', botId: botOf(SECOND_WORKSPACE) });
    expect(chosen()).toBeNull();
    await world.background.command('quick-save', { id: 7, url: 'https://example.org/', title: 'Maxwell' });
    expect(world.toasts.at(-1)).toMatchObject({ title: 'failure_no_destination_title' });
    expect(world.optionsOpened).toBe(1);
  });

  it('leaves the database of the only one chosen, for when it is connected again', async () => {
    await world.connect({ share: ['Reading list', 'Recipes'] });
    await world.call({ type: 'choose-destination', destinationId: first() });
    await world.call({ type: 'disconnect', botId: botOf(FIRST_WORKSPACE) });
    expect(chosen()).toBe(first());
  });
});

describe('what is kept of a workspace', () => {
  /** Rows of both are kept, a preset speaks of each, and each has a form of its own. */
  async function fill(): Promise<void> {
    await connectBoth();
    for (const id of [first(), other]) {
      await keep('A tide table', id);
      await world.background.idle();
      await world.call({ type: 'set-index', destinationId: id, on: true });
      await expect.poll(() => world.rows.rows(id).size).toBeGreaterThan(0);
    }
    await world.call({ type: 'choose-destination', destinationId: other });
    await world.background.idle();
  }
  /** Saves are the user's, and stay. */
  const keysOf = (botId: string) =>
    Object.entries(world.local.dump())
      .filter(([key, value]) => !key.startsWith('save:') && JSON.stringify(value).includes(botId))
      .map(([key]) => key);
  async function expectGone(botId: string): Promise<void> {
    await expect.poll(() => keysOf(botId)).toEqual([]);
    expect(world.rows.kept()).toEqual([first()]);
    expect(world.stored<object>('leaving')).toEqual({});
    expect(chosen()).toBeNull();
    expect(Object.keys(connections())).toEqual([botOf(FIRST_WORKSPACE)]);
  }

  it('goes when that is disconnected, whenever the background dies over it', async () => {
    const calls = await countCalls();
    expect(calls).toBeGreaterThan(8);
    for (let call = 1; call <= calls; call++)
      for (const when of ['before', 'after'] as const) {
        control().reset();
        const plan = { title: 'Reading list', icon: '📚', sources: [{ properties: PROPERTIES }] };
        other = control().createDatabase(plan, SECOND_WORKSPACE).dataSourceIds[0] ?? '';
        world = await createWorld(running.origin, clock);
        await fill();
        const botId = botOf(SECOND_WORKSPACE);
        world.life.endAt({ call, when });
        await Promise.race([world.call({ type: 'disconnect', botId }), world.life.ended]);
        world.restart();
        // Nothing was decided yet: the user asks again.
        if (botId in connections()) await world.call({ type: 'disconnect', botId });
        const { others } = await world.background.addressBar.suggest('tide');
        expect(others, `${when} call ${call}`).toEqual([]);
        await expectGone(botId);
      }
  });

  async function countCalls(): Promise<number> {
    await fill();
    const botId = botOf(SECOND_WORKSPACE);
    world.life.endAt({ call: Infinity, when: 'before' });
    await world.call({ type: 'disconnect', botId });
    const calls = world.life.calls();
    await expectGone(botId);
    return calls;
  }

  it('goes later where its rows cannot be erased now; its tokens do not wait for that', async () => {
    await fill();
    const botId = botOf(SECOND_WORKSPACE);
    world.rows.fail('broken');
    expect(await world.call({ type: 'disconnect', botId })).toEqual({ ok: true, value: { revoked: true } });
    expect(world.local.dump()[`credentials:${botId}`]).toBeUndefined();
    expect(botId in connections()).toBe(false);
    world.restart();
    await world.background.idle();
    world.rows.fail(null);
    expect(world.rows.kept()).toContain(other);
    world.restart();
    await world.background.idle();
    await expectGone(botId);
  });

  it('stays with that when it is authorized a second time', async () => {
    await fill();
    const [before, rows] = [botOf(SECOND_WORKSPACE), world.rows.rows(other).size];
    clock.now += 60_000;
    control().act(before, 'revoke');
    await world.connect({ workspace: SECOND_WORKSPACE, share: ['Reading list'] });
    expect(botOf(SECOND_WORKSPACE)).not.toBe(before);
    expect(keysOf(before)).toEqual([]);
    expect(world.stored('leaving')).toEqual({});
    expect(world.rows.rows(other).size).toBe(rows);
    expect(chosen()).toBe(other);
    // And goes with the second.
    await world.call({ type: 'disconnect', botId: botOf(SECOND_WORKSPACE) });
    expect(world.rows.kept()).toEqual([first()]);
    expect(world.local.dump()[`destination:${other}`]).toBeUndefined();
  });

  it('of the only one goes, though its database stays chosen, and is read anew when that is back', async () => {
    await world.connect({ share: ['Reading list'] });
    const id = first();
    const preset = { id: 'p', name: 'Maps', key: null, destinationId: id, beginning: {} };
    await world.call({ type: 'set-presets', presets: [preset] as never });
    await world.call({ type: 'choose-destination', destinationId: id });
    await world.call({ type: 'disconnect', botId: botOf(FIRST_WORKSPACE) });
    expect(chosen()).toBe(id);
    expect(world.local.dump()[`destination:${id}`]).toBeUndefined();
    clock.now += 60_000;
    await world.connect({ share: ['Reading list'] });
    const saveId = await keep('A tide table', id);
    await world.background.idle();
    expect(world.save(saveId).state).toBe('in-notion');
  });
});

describe('a token that was revoked', () => {
  it('asks to reconnect that workspace only; the other goes on', async () => {
    await connectBoth();
    control().act(botOf(SECOND_WORKSPACE), 'revoke');
    const stuck = await keep('For the Society', other);
    const fine = await keep('For Maxwell', first());
    await world.background.idle();
    expect(world.save(stuck)).toMatchObject({ state: 'needs-you', failure: { code: 'reconnect-needed' } });
    expect(world.save(fine).state).toBe('in-notion');
    expect(connections()).toMatchObject({
      [botOf(FIRST_WORKSPACE)]: { status: 'ok' },
      [botOf(SECOND_WORKSPACE)]: { status: 'refused' },
    });
    // The list of the one that cannot be read stays as it was.
    const before = labels().sort();
    expect(await world.call({ type: 'refresh-catalog' })).toMatchObject({ ok: true });
    expect(labels().sort()).toEqual(before);
    await world.connect({
      workspace: SECOND_WORKSPACE,
      share: ['Reading list', 'Instruments', 'Minutes', 'Correspondence'],
    });
    await world.background.idle();
    expect(world.save(stuck).state).toBe('in-notion');
    expect(Object.values(connections()).map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(titles(other)).toEqual(['For the Society']);
  });

  it('of a schema that was not read anew since is no hindrance once reconnected', async () => {
    await connectBoth();
    const [stale, schema] = [botOf(SECOND_WORKSPACE), world.local.dump()[`destination:${other}`]];
    control().act(stale, 'revoke');
    await world.connect({ workspace: SECOND_WORKSPACE, share: ['Reading list'] });
    // Schemas of the databases edited last alone are read with the list.
    await world.local.set({ [`destination:${other}`]: { ...(schema as object), botId: stale } });
    world.restart();
    const saveId = await keep('For the Society', other);
    await world.background.idle();
    expect(world.save(saveId).state).toBe('in-notion');
  });
});

describe('a database of several data sources', () => {
  const databaseReads = () =>
    control()
      .requests()
      .filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/databases/'))
      .map(({ path }) => path.slice('/v1/databases/'.length));

  it('costs one request when the list is read; the others cost none', async () => {
    await world.connect({ share: ['Reading list', 'Recipes', 'Contacts'] });
    expect(databaseReads()).toEqual([control().dataSource('People').databaseId]);
    expect(labels()).toEqual(expect.arrayContaining(['Contacts / People', 'Contacts / Places']));
  });

  it('is read once when a search finds it, and never again by searching', async () => {
    await world.connect({ share: ['Reading list'] });
    control().share('Contacts');
    clock.now += 60_000;
    control().clearRequests();
    for (const query of ['Contacts', 'Contacts', 'Places', 'Nothing'])
      expect(await world.call({ type: 'find-databases', query })).toEqual({
        ok: true,
        value: { isWhole: true },
      });
    expect(databaseReads()).toEqual([control().dataSource('People').databaseId]);
    expect(labels()).toEqual(expect.arrayContaining(['Contacts / People', 'Contacts / Places']));
  });

  it('keeps the title it had when that cannot be read again', async () => {
    await world.connect({ share: ['Contacts'] });
    control().addFault({ kind: 'internal_server_error', method: 'GET', path: '/v1/databases/*', times: 1 });
    expect(await world.call({ type: 'refresh-catalog' })).toMatchObject({ ok: true });
    expect(labels()).toEqual(expect.arrayContaining(['Contacts / People', 'Contacts / Places']));
  });

  it('is called by its title also where a link led to one of its data sources', async () => {
    await world.connect({ share: ['Reading list'] });
    control().share('Contacts');
    const id = control().dataSource('People').databaseId.replaceAll('-', '');
    expect(await world.call({ type: 'open-link', link: `https://www.notion.so/${id}` })).toMatchObject({
      ok: true,
    });
    // A link means all of them.
    expect(labels()).toEqual(expect.arrayContaining(['Contacts / People', 'Contacts / Places']));
  });
});
