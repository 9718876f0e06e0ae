/**
 * A whole library on its way into Notion, on one clock that only the test moves: `ROWS` says how many, `SEED` repeats a failure.
 */
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { LibraryItem } from '../../../src/core/library/item.ts';
import type { Job } from '../../../src/core/library/job.ts';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const ROWS = Number(process.env.ROWS ?? 600);
const seed = process.env.SEED ?? (process.env.ROWS === undefined ? 1 : undefined);
/** So often the background dies in the middle of it, and so often the browser with it. */
const DEATHS = 20;
const KILLS = 3;
/** What Notion takes in a minute, all of which may be one burst. */
const LIMIT = 180;
const MINUTE = 60_000;

const { clock, control, rows, newWorld, settle, capture } = onSharedClock();

const titleOf = (number: number): string => `Entry ${number}`;
const items: LibraryItem[] = Array.from({ length: ROWS }, (_, number) => ({
  ...{ url: `https://example.org/${number}`, title: titleOf(number), tags: ['physics'], created: null },
  ...{ note: null, excerpt: null, folder: [], unread: null, archived: null, favourite: null, highlights: [] },
}));

async function begin(world: World, jobId: string): Promise<void> {
  const destinationId = destinationIdOf(world);
  const places = {
    ...{ created: null, folder: null, unread: null, archived: null, favourite: null },
    ...{ makesTags: true, tags: [] },
  };
  const job = { jobId, name: 'bookmarks.html', destinationId, ownsDatabase: false, places };
  await world.call({ type: 'begin-import', ...job });
  for (let from = 0; from < ROWS; from += 500)
    await world.call({ type: 'store-entries', jobId, from, items: items.slice(from, from + 500) });
  await world.call({ type: 'turn-import', jobId, to: 'running' });
}

async function jobOf(world: World, id: string): Promise<Job> {
  const read = await world.call({ type: 'read-imports' });
  const job = read.ok ? read.value.find((one) => one.id === id) : undefined;
  if (!job) throw new Error('No import');
  return job;
}

/** What the work comes to, or `died` when the background did not live to see it. */
const orDeath = <T>(world: World, work: Promise<T>): Promise<T | 'died'> =>
  Promise.race([work, world.life.ended.then(() => 'died' as const)]);

/** Lets time pass, alarm by alarm, until that import is done. */
async function finish(
  world: World,
  id: string,
  atEach: (alarm: number) => Promise<unknown> = async () => undefined,
): Promise<void> {
  for (let alarms = 0; (await jobOf(world, id)).state !== 'done'; alarms++) {
    if (alarms > ROWS) throw new Error('It never comes to an end.');
    await atEach(alarms);
    const wait = Math.max(0, (world.alarmAt ?? world.now) - world.now);
    if ((await orDeath(world, world.pass(wait))) === 'died') world.restart();
  }
}

describe(`an import of ${ROWS} rows`, { timeout: 7_200_000 }, () => {
  it('makes use of all that Notion takes, and leaves room for a save by hand', async () => {
    const world = await newWorld();
    await world.pass(2 * MINUTE);
    const before = { at: clock.now, requests: world.requests.length };
    await begin(world, 'job');
    let byHand = 0;
    await finish(world, 'job', async (alarm) => {
      if (alarm % 3 !== 1) return;
      const saveId = `hand-${byHand}`;
      byHand += 1;
      const what = capture({ url: `https://example.com/${saveId}`, title: saveId, origin: 'popup' });
      const destinationId = destinationIdOf(world);
      await world.call({ type: 'keep', saveId, capture: what, destinationId });
      // In the minute that is used up, without waiting for the next one.
      await world.background.idle();
      expect(rows().some(({ title }) => title === saveId)).toBe(true);
    });
    expect(byHand).toBeGreaterThan(0);
    expect(rows()).toHaveLength(ROWS + byHand);
    expect(
      control()
        .requests()
        .filter(({ status }) => status === 429),
    ).toEqual([]);
    // A first minute's requests are taken at once.
    const requests = world.requests.length - before.requests;
    const minutes = (clock.now - before.at) / MINUTE;
    const least = Math.ceil((ROWS + byHand) / LIMIT) - 1;
    console.info(
      `${ROWS} rows and ${byHand} by hand: ${requests} requests in ${minutes} min; with nothing but a request each it would be ${least} min.`,
    );
    expect(requests).toBeLessThan(1.01 * (ROWS + byHand) + 5);
    // Short of whole minutes there is nothing to be measured.
    if (ROWS >= 20_000) expect(least / minutes).toBeGreaterThanOrEqual(0.98);
  });

  it('is each page once, whatever dies and fails on the way, and nothing more when it is run again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const random = fc.sample(fc.nat(1_000_000), { numRuns: 2_000, ...(seed ? { seed: Number(seed) } : {}) });
    const next = (limit: number): number => (random.pop() ?? 0) % limit;
    const world = await newWorld();
    await begin(world, 'job');
    let [deaths, kills] = [0, 0];
    const every = Math.max(1, Math.floor(ROWS / 170 / (DEATHS + 4)));
    await finish(world, 'job', async (alarm) => {
      const kinds: FaultKind[] = ['rate_limited', 'internal_server_error', 'service_unavailable'];
      if (next(3) === 0) control().addFault({ kind: kinds[next(kinds.length)] ?? 'rate_limited', times: 1 });
      if (alarm % every !== 0) return;
      if (deaths < DEATHS) {
        deaths += 1;
        world.life.endAt({ call: 1 + next(120), when: next(2) === 0 ? 'before' : 'after' });
      }
      if (kills < KILLS && deaths > (kills + 1) * 5) {
        kills += 1;
        world.reopen();
      }
    });
    console.info(`${ROWS} rows, ${deaths} deaths of the background, ${kills} of the browser.`);
    expect(await jobOf(world, 'job')).toMatchObject({ state: 'done', failure: null });
    const made = () => rows().map(({ title }) => title);
    expect(made()).toHaveLength(ROWS);
    expect(new Set(made()).size).toBe(ROWS);
    await begin(world, 'again');
    world.requests.length = 0;
    await finish(world, 'again');
    expect((await jobOf(world, 'again')).counts.there).toBe(ROWS);
    expect(made()).toHaveLength(ROWS);
    // A hundred rows a request, and the same again while it is looked for what has changed.
    expect(world.requests.length).toBeLessThan(10 + ROWS / 40);
    // What may have been made twice is looked into for a while.
    await settle(world);
    expect(savesOf(world)).toEqual([]);
  });
});
