/** A background that cannot read what is stored says so, and begins anew with the next event. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { createWorld, REDIRECT_URI, type World } from './world.ts';

let running: RunningSandbox;
let world: World;
const clock = { now: Date.now() };
const tab = { id: 7, url: 'https://example.org/maxwell', title: 'How four equations came to be' };

beforeAll(async () => {
  running = await startSandbox({ redirectUris: [REDIRECT_URI], now: () => clock.now });
});
afterAll(() => running.close());
beforeEach(async () => {
  running.sandbox.control.reset();
  world = await createWorld(running.origin, clock);
  await world.connect();
  world.toasts.length = 0;
});

const rows = () =>
  running.sandbox.control.dataSource('Reading list').rows.filter(({ title }) => title === tab.title);

/** Reading fails as often as that. */
function breakReads(times: number): void {
  const { get, list } = world.local;
  const fail = async () => {
    times -= 1;
    if (times === 0) Object.assign(world.local, { get, list });
    throw new Error('An unexpected error occurred');
  };
  Object.assign(world.local, { get: fail, list: fail });
}

describe('when what is stored cannot be read at the start', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    return () => void vi.restoreAllMocks();
  });

  it('the next quick save finds it read', async () => {
    breakReads(1);
    world.restart();
    await world.background.wake();
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(rows()).toHaveLength(1);
    expect(world.toasts.at(-1)).toMatchObject({ tone: 'done' });
  });

  it('a quick save that cannot be kept says so by toast and badge, and the next one is kept', async () => {
    breakReads(1);
    world.restart();
    await world.background.command('quick-save', tab);
    expect(world.toasts).toMatchObject([{ tone: 'needs-you', title: 'failure_storage_failed_title' }]);
    await expect.poll(() => world.badge).toMatchObject({ text: '!', title: 'failure_storage_failed_title' });
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(rows()).toHaveLength(1);
    await expect.poll(() => world.badge).not.toMatchObject({ text: '!' });
  });

  it('a page of the extension and the menu are told as well', async () => {
    breakReads(2);
    world.restart();
    expect(await world.call({ type: 'set-mark-saved', on: true })).toMatchObject({
      ok: false,
      failure: { code: 'storage-failed' },
    });
    world.setPlace({ scriptable: false, popup: true });
    await world.background.menu({ id: 'page:' }, tab);
    expect(world.popups).toMatchObject([{ tabId: tab.id }]);
    expect(await world.call({ type: 'set-mark-saved', on: true })).toEqual({ ok: true, value: null });
  });

  it('the address bar and the toast are answered, and again when it is read', async () => {
    await world.background.command('quick-save', tab);
    await world.background.idle();
    const saveId = world.toasts.at(-1)?.id ?? '';
    breakReads(4);
    world.restart();
    expect(await world.background.addressBar.suggest('tide')).toEqual({
      first: 'failure_storage_failed_title',
      others: [],
    });
    expect(await world.background.addressBar.entered('tide', tab)).toBeNull();
    const ask = () => world.background.toastMessage({ type: 'toast-undo', saveId }, tab);
    expect(await ask()).toMatchObject({ ok: false, title: 'failure_storage_failed_title' });
    await world.background.toastMessage({ type: 'toast-find-databases', saveId, typed: '' }, tab);
    expect(await ask()).toEqual({ ok: true });
    expect(await world.background.addressBar.suggest('tide')).toEqual({
      first: 'address_bar_off',
      others: [],
    });
  });

  it('the alarm begins it anew where nothing else does', async () => {
    world.setOffline(true);
    await world.background.command('quick-save', tab);
    await world.background.idle();
    world.setOffline(false);
    breakReads(1);
    world.restart();
    await world.background.wake();
    expect(world.alarmAt).not.toBeNull();
    await world.pass((world.alarmAt ?? Infinity) - world.now);
    await world.background.online();
    await world.background.idle();
    expect(rows()).toHaveLength(1);
  });
});

it('what ended last is first in the list, also where the clock was set back since', async () => {
  const keepOne = async (title: string) => {
    world.setPage({ url: `https://example.org/${title}`, title });
    await world.background.command('quick-save', { ...tab, url: `https://example.org/${title}`, title });
    await world.background.idle();
    return world.stored<{ recent: string[] }>('outbox').recent[0];
  };
  const early = await keepOne('early');
  world.setClockAhead(-86_400_000);
  const late = await keepOne('late');
  world.restart();
  await world.background.idle();
  expect(world.stored<{ recent: string[] }>('outbox').recent.slice(0, 2)).toEqual([late, early]);
});

describe('what waits for Notion', () => {
  it('goes on in time for the whole connection when the clock is set back meanwhile', async () => {
    running.sandbox.control.addFault({ kind: 'rate_limited', method: 'POST', path: '/v1/pages', times: 1 });
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(rows()).toHaveLength(0);
    world.setClockAhead(-86_400_000);
    world.setPage({ url: 'https://example.org/faraday' });
    await world.background.command('quick-save', { ...tab, url: 'https://example.org/faraday' });
    await world.background.idle();
    // Minutes, where it was a day.
    for (let minute = 0; minute < 3; minute++) await world.pass(60_000);
    expect(rows()).toHaveLength(2);
  });
});
