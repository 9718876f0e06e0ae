/** A refusal is named by what happened, whatever was asked, and what is offered with it works. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { FailureCode } from '../../../src/core/failure.ts';
import { meaningOf } from '../../../src/core/meaning.ts';
import { isFinished } from '../../../src/core/save/standing.ts';
import type { Saved } from '../../../src/protocol/replies.ts';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import { destinationIdOf, onSharedClock, savesLeft, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, rows, newWorld, settle } = onSharedClock();

const URL_SAVED = 'https://example.org/maxwell';
const capture = (more: Partial<Capture> = {}): Capture => ({
  url: URL_SAVED,
  title: 'How four equations came to be',
  description: 'A short history.',
  tags: ['physics'],
  at: clock.now,
  origin: 'popup',
  ...more,
});

let world: World;
beforeEach(async () => {
  world = await newWorld();
});

const keep = (what = capture(), saveId = 'one', seek = false) =>
  world.call({ type: 'keep', saveId, capture: what, destinationId: destinationIdOf(world), seek });
const amend = (what: Capture, saveId = 'one') =>
  world.call({ type: 'amend', saveId, capture: what, destinationId: destinationIdOf(world) });
const rowId = () => rows()[0]?.id ?? '';

async function saved(what = capture()): Promise<void> {
  await keep(what);
  await settle(world);
  expect(world.save('one')).toMatchObject({ state: 'in-notion', failure: null });
}

/** The row was made by another device, and is changed in the form. */
async function changeOfFound(change: Partial<Capture>, meanwhile: (id: string) => void): Promise<void> {
  await saved();
  await world.local.remove(['save:one', 'outbox']);
  world.restart();
  const destinationId = destinationIdOf(world);
  const found = await world.call({ type: 'find-saved', destinationId, url: URL_SAVED, where: 'notion' });
  const { row, held } = (found.ok ? found.value : null) as Saved & { kind: 'row' };
  meanwhile(row.id);
  const changed = { ...held, ...change };
  await world.call({ type: 'change-row', saveId: 'two', row, held, capture: changed, destinationId });
  await settle(world);
}

/** What a kind of refusal is called while the database and the row are there; what passes is not in the list. */
const CALLED: Partial<Record<FaultKind, FailureCode>> = {
  not_found: 'values-refused',
  validation_error: 'values-refused',
  restricted_resource: 'capability-missing',
  block_limit: 'block-limit',
};
const PASSING: Partial<Record<FaultKind, FailureCode>> = {
  rate_limited: 'rate-limited',
  service_overload: 'rate-limited',
  internal_server_error: 'notion-down',
  service_unavailable: 'notion-down',
  conflict: 'conflict',
  edge_forbidden: 'network-blocked',
  drop_before: 'unreachable',
};
/** Of a request that carries nothing of the user's. */
const WITHOUT_VALUES = { not_found: 'request-refused', validation_error: 'request-refused' } as const;

const LONG = { description: 'word '.repeat(60_000) };

/** What is refused of each action, and what leads to it. */
const ACTIONS: Record<
  string,
  {
    method: string;
    path: string;
    begin: () => Promise<void>;
    act: () => Promise<unknown>;
    hasValues: boolean;
  }
> = {
  create: {
    method: 'POST',
    path: '/v1/pages',
    begin: async () => undefined,
    act: () => keep(),
    hasValues: true,
  },
  update: {
    method: 'PATCH',
    path: '/v1/pages/*',
    begin: () => saved(),
    act: () => amend(capture({ tags: ['history'] })),
    hasValues: true,
  },
  append: {
    method: 'PATCH',
    path: '/v1/blocks/*',
    begin: () => saved(),
    act: () => amend(capture(LONG)),
    hasValues: true,
  },
  trash: {
    method: 'PATCH',
    path: '/v1/pages/*',
    begin: () => saved(),
    act: () => world.call({ type: 'undo', saveIds: ['one'] }),
    hasValues: false,
  },
  'look-up': {
    method: 'POST',
    path: '/v1/data_sources/*/query',
    begin: async () => void control().addFault({ kind: 'drop_before', path: '/v1/pages', times: 1 }),
    act: () => keep(),
    hasValues: false,
  },
};

function actionOf(name: string) {
  const action = ACTIONS[name];
  if (!action) throw new Error(`There is no action ${name}.`);
  return action;
}

const table = Object.keys(ACTIONS).flatMap((action) =>
  [...Object.entries(CALLED), ...Object.entries(PASSING)].map(([kind, code]) => ({ action, kind, code })),
);

describe('a refusal', () => {
  it.each(table)('of the $action with $kind is called $code, and passes with its reason', async (one) => {
    const { method, path, begin, act, hasValues } = actionOf(one.action);
    const kind = one.kind as FaultKind;
    await begin();
    const code = (!hasValues && WITHOUT_VALUES[kind as keyof typeof WITHOUT_VALUES]) || one.code;
    const fault = control().addFault({ kind, method, path, retryAfter: 2 });
    await act();
    await world.background.idle();
    // What is looked for is looked for a moment later.
    for (let alarms = 0; alarms < 4 && world.save('one').failure?.code !== code; alarms++)
      await world.pass(Math.max(0, (world.alarmAt ?? 0) - world.now));
    expect(world.save('one').failure?.code).toBe(code);
    expect(world.save('one').state === 'needs-you').toBe(meaningOf({ code }).hope === 'user');
    control().removeFault(fault.id);
    await world.call({ type: 'try-now', saveId: 'one' });
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(rows()).toHaveLength(one.action === 'trash' ? 0 : 1);
  });

  it('when a row is looked for first makes no second one that could be found', async () => {
    await saved();
    await world.local.remove(['save:one', 'outbox']);
    world.restart();
    // The property that addresses are looked for in is another one than this device knows.
    const id = `destination:${destinationIdOf(world)}`;
    const schema = JSON.parse(JSON.stringify(world.local.dump()[id]).replaceAll(urlProperty(), 'old'));
    await world.local.set({ [id]: schema });
    world.restart();
    await keep(capture(), 'two', true);
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(world.save('two')).toMatchObject({ state: 'in-notion', adopted: { url: URL_SAVED } });
  });

  it('of the look-up by a property that is gone looks by what is there', async () => {
    const id = `destination:${destinationIdOf(world)}`;
    const schema = JSON.parse(JSON.stringify(world.local.dump()[id]).replaceAll(urlProperty(), 'old'));
    control().addFault({ kind: 'drop_after', path: '/v1/pages', times: 1 });
    await keep();
    await world.background.idle();
    await world.local.set({ [id]: schema });
    world.restart();
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(rows()).toHaveLength(1);
  });
});

const urlProperty = () => world.destination(destinationIdOf(world)).mapping.url ?? '';

describe('a row that is thrown away in Notion', () => {
  const CHANGE = { tags: ['physics', 'history'] };

  it.each(['in the form', 'after it was saved here'])('while it is changed %s is named', async (where) => {
    if (where === 'in the form') await changeOfFound(CHANGE, (id) => control().trash(id, true));
    else {
      await saved();
      control().trash(rowId(), true);
      await amend(capture(CHANGE));
      await settle(world);
    }
    expect(savesOf(world)).toMatchObject([
      { state: 'needs-you', failure: { code: 'row-in-trash' }, capture: CHANGE },
    ]);
  });

  it.each([CHANGE, LONG])('is taken out of the trash and holds what was typed: %#', async (change) => {
    await saved();
    const id = rowId();
    control().trash(id, true);
    await amend(capture(change));
    await settle(world);
    expect(await world.call({ type: 'restore-row', saveId: 'one' })).toMatchObject({ ok: true });
    await settle(world);
    expect(rows().map((row) => row.id)).toEqual([id]);
    expect(savesLeft(world)).toEqual([]);
    if ('tags' in change) expect(rows()).toMatchObject([{ values: { Tags: change.tags } }]);
  });

  it('is taken out by a background that was killed over it', async () => {
    await changeOfFound(CHANGE, (id) => control().trash(id, true));
    world.setOffline(true);
    await world.call({ type: 'restore-row', saveId: 'two' });
    world.restart();
    world.setOffline(false);
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: CHANGE.tags } }]);
  });

  it('is saved as a new row with all that was typed, once however often that is asked for', async () => {
    await changeOfFound(CHANGE, (id) => control().trash(id, true));
    for (let times = 0; times < 2; times++)
      expect(await world.call({ type: 'save-anew', saveId: 'two' })).toEqual({
        ok: true,
        value: { saveId: 'two~anew' },
      });
    await settle(world);
    expect(rows()).toMatchObject([{ title: capture().title, values: { Tags: CHANGE.tags } }]);
    expect(savesLeft(world)).toEqual([]);
    expect(world.save('two').state).toBe('undone');
  });

  it.each([false, true])('is not said to be in the database by Undo (asked before: %s)', async (isAsked) => {
    if (isAsked) await changeOfFound(CHANGE, (id) => control().trash(id, true));
    else {
      await changeOfFound(CHANGE, () => undefined);
      control().trash(rowId(), true);
    }
    await world.call({ type: 'undo', saveIds: ['two'] });
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(world.save('two')).toMatchObject({ state: 'undone', failure: { code: 'row-in-trash' } });
    expect(rows()).toEqual([]);
  });

  it('is where a row of its own was to go when that is undone', async () => {
    await saved();
    control().trash(rowId(), true);
    await world.call({ type: 'undo', saveIds: ['one'] });
    await settle(world);
    expect(world.save('one')).toMatchObject({ state: 'undone', failure: null });
  });
});

describe('a row that is gone', () => {
  const goes = () => control().addFault({ kind: 'not_found', path: '/v1/pages/*' });

  it('is told from a database that is not shared, and saved anew', async () => {
    await saved();
    const { id } = goes();
    await amend(capture({ tags: ['history'] }));
    await settle(world);
    expect(world.save('one')).toMatchObject({ state: 'needs-you', failure: { code: 'row-gone' } });
    await world.call({ type: 'save-anew', saveId: 'one' });
    await settle(world);
    control().removeFault(id);
    expect(savesLeft(world)).toEqual([]);
    expect(world.save('one~anew')).toMatchObject({ state: 'in-notion' });
    expect(rows().filter(({ values }) => (values.Tags as string[]).includes('history'))).toHaveLength(1);
  });

  it('is not said to be undone where nobody can know', async () => {
    await saved();
    goes();
    await world.call({ type: 'undo', saveIds: ['one'] });
    await settle(world);
    expect(world.save('one')).toMatchObject({ state: 'undone', failure: { code: 'row-gone' } });
    control().clearFaults();
  });
});

describe('a database', () => {
  const databaseId = () => control().dataSource('Reading list').databaseId;

  it.each(['create', 'update'])(
    'that is in the trash is named on %s, and goes on when it is back',
    async (what) => {
      if (what === 'update') await saved();
      control().trash(databaseId(), true);
      await (what === 'update' ? amend(capture({ tags: ['history'] })) : keep());
      await settle(world);
      expect(world.save('one')).toMatchObject({
        state: 'needs-you',
        failure: { code: 'database-in-trash' },
      });
      control().trash(databaseId(), false);
      await world.call({ type: 'try-now', saveId: 'one' });
      await settle(world);
      expect(rows()).toHaveLength(1);
    },
  );

  it.each(['create', 'update'])('that is shared no longer is named on %s', async (what) => {
    if (what === 'update') await saved();
    control().unshare('Reading list');
    await (what === 'update' ? amend(capture({ tags: ['history'] })) : keep());
    await settle(world);
    expect(world.save('one')).toMatchObject({ state: 'needs-you', failure: { code: 'not-shared' } });
    control().share('Reading list');
    await world.call({ type: 'refresh-catalog' });
    await settle(world);
    expect(savesOf(world).every(isFinished)).toBe(true);
  });
});
