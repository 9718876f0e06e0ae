/** How long Notion is left alone when it asks for that, and what is said of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const { clock, control, rows, newWorld, settle } = onSharedClock();
const tab = { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' };

let world: World;
beforeEach(async () => {
  world = await newWorld();
});

const press = async (url = tab.url) => {
  world.setPage({ url, title: url });
  await world.background.command('quick-save', { ...tab, url });
  await world.background.idle();
};
const only = () => {
  const [save, ...others] = savesOf(world);
  expect(others).toEqual([]);
  if (!save) throw new Error('Nothing is kept');
  return save;
};

describe('a wait of an hour', () => {
  beforeEach(async () => {
    control().addFault({ kind: 'rate_limited', retryAfter: 3600, times: 1 });
    await press();
  });

  it('is kept to, and its end is stored beside what waits', () => {
    expect(only()).toMatchObject({ state: 'kept', failure: { code: 'rate-limited', retryAfter: 3600 } });
    expect(only().dueAt - clock.now).toBe(HOUR);
    expect(world.alarmAt).toBe(only().dueAt);
  });

  it('is not cut short by trying at once, which is told and loses nothing', async () => {
    const before = only();
    control().clearRequests();
    clock.now += 600_000;
    const tried = await world.call({ type: 'try-now', saveId: before.id });
    expect(tried).toMatchObject({ ok: false, failure: { code: 'rate-limited', retryAfter: 3000 } });
    await world.background.idle();
    expect(control().requests()).toEqual([]);
    expect(only()).toEqual(before);
  });

  it('holds for whatever else is asked of Notion', async () => {
    control().clearRequests();
    for (const message of [
      { type: 'refresh-catalog' },
      { type: 'find-databases', query: 'Recipes' },
    ] as const)
      expect(await world.call(message)).toMatchObject({
        ok: false,
        failure: { code: 'rate-limited', retryAfter: 3600 },
      });
    expect(control().requests()).toEqual([]);
  });

  it('holds for what is saved meanwhile, and that says so', async () => {
    const first = only().id;
    await press('https://example.org/other');
    const second = savesOf(world).find(({ id }) => id !== first);
    expect(second).toMatchObject({ state: 'kept', failure: { code: 'rate-limited', retryAfter: 3600 } });
    await world.pass(HOUR);
    await settle(world);
    expect(rows()).toHaveLength(2);
  });

  it('is remembered by a background that begins anew', async () => {
    world.restart();
    const tried = await world.call({ type: 'try-now', saveId: only().id });
    expect(tried).toMatchObject({ ok: false, failure: { code: 'rate-limited' } });
  });

  it('is not waited for by a clock that was set back', async () => {
    clock.now -= 12 * HOUR;
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(clock.now).toBeLessThan(only().capture.at - 10 * HOUR);
    clock.now += 12 * HOUR;
  });
});

it('a wait that Notion asks for without naming one, over and over, grows', async () => {
  control().addFault({ kind: 'rate_limited', retryAfter: 0 });
  const since = clock.now;
  await press();
  const asked: number[] = [];
  while (asked.length < 12) {
    asked.push(clock.now - since);
    await world.pass(Math.max(0, (world.alarmAt ?? 0) - world.now));
  }
  const waits = asked.slice(1).map((time, index) => time - (asked[index] ?? 0));
  expect(waits[0]).toBeGreaterThanOrEqual(1_000);
  for (const [index, wait] of waits.slice(1).entries())
    expect(wait).toBeGreaterThanOrEqual(Math.min(2 * (waits[index] ?? 0), 150_000));
  control().clearFaults();
  await settle(world);
  expect(rows()).toHaveLength(1);
});
