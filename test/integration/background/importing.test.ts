/** Imports: exactly once, in the order of the file, beside what is saved by hand, and taken back. */
import { describe, expect, it } from 'vitest';
import type { LibraryItem } from '../../../src/core/library/item.ts';
import type { Job } from '../../../src/core/library/job.ts';
import type { Places } from '../../../src/core/library/places.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { rows, newWorld, settle, control } = onSharedClock();

const PLACES: Places = {
  ...{ created: null, folder: { as: 'names' }, unread: null, archived: null, favourite: null },
  ...{ makesTags: true, tags: [] },
};
const item = (number: number, more: Partial<LibraryItem> = {}): LibraryItem => ({
  ...{ url: `https://example.org/${number}`, title: `Entry ${number}`, tags: ['physics'], created: null },
  ...{ note: null, excerpt: null, folder: [], unread: null, archived: null, favourite: null, highlights: [] },
  ...more,
});
const items = (count: number) => Array.from({ length: count }, (_, number) => item(number));

async function begin(world: World, all: readonly LibraryItem[], jobId = 'job'): Promise<void> {
  const destinationId = destinationIdOf(world);
  await world.call({ type: 'begin-import', jobId, name: 'bookmarks.html', destinationId, places: PLACES });
  for (let from = 0; from < all.length; from += 50)
    await world.call({ type: 'store-entries', jobId, from, items: all.slice(from, from + 50) });
}
const run = (world: World, to: 'running' | 'paused' | 'stopped' | 'undoing' = 'running', jobId = 'job') =>
  world.call({ type: 'turn-import', jobId, to });
async function job(world: World): Promise<Job> {
  const read = await world.call({ type: 'read-imports' });
  if (!read.ok || !read.value[0]) throw new Error('No import');
  return read.value[0];
}
/** Until nothing goes on by itself any more. */
async function end(world: World): Promise<void> {
  let before = '';
  for (let now = JSON.stringify(await job(world)); now !== before; now = JSON.stringify(await job(world))) {
    before = now;
    await settle(world);
  }
}
const titles = () => rows().map(({ title }) => title);
const expected = (count: number) => items(count).map(({ title }) => title);

describe('an import', () => {
  it('sends nothing before it is wanted, and then each entry once, in the order of the file', async () => {
    const world = await newWorld();
    await begin(world, items(65));
    await settle(world);
    expect(titles()).toEqual([]);
    expect(await job(world)).toMatchObject({ state: 'storing', counts: { waiting: 65 } });
    await run(world);
    await end(world);
    expect(titles()).toEqual(expected(65));
    expect(await job(world)).toMatchObject({ state: 'done', failure: null });
    expect((await job(world)).counts.made).toBe(65);
    // Nothing of it is left in the outbox, nor told as what ended last.
    expect(savesOf(world)).toEqual([]);
    expect(world.stored<{ recent: string[] }>('outbox').recent).toEqual([]);
  });

  it('is never more than a few saves in the outbox', async () => {
    const world = await newWorld();
    world.setOffline(true);
    await begin(world, items(100));
    await run(world);
    await world.background.idle();
    expect(savesOf(world)).toHaveLength(20);
    world.setOffline(false);
    await end(world);
    expect(titles()).toEqual(expected(100));
  });

  it('goes on after any death of the background, and is one row each', async () => {
    for (let calls = 20; calls < 900; calls += 61) {
      const world = await newWorld();
      await begin(world, items(25));
      world.life.endAt({ call: calls, when: calls % 2 === 0 ? 'before' : 'after' });
      await Promise.race([run(world).then(() => end(world)), world.life.ended]);
      world.restart();
      await run(world);
      await end(world);
      expect(titles().toSorted(), `killed at call ${calls}`).toEqual(expected(25).toSorted());
      expect((await job(world)).counts, `killed at call ${calls}`).toMatchObject({ made: 25 });
    }
  });

  it('run again, adds nothing', async () => {
    const world = await newWorld();
    await begin(world, items(30));
    await run(world);
    await end(world);
    await begin(world, items(30), 'again');
    await run(world, 'running', 'again');
    await end(world);
    expect(titles()).toEqual(expected(30));
    const jobs = await world.call({ type: 'read-imports' });
    const again = jobs.ok ? jobs.value.find(({ id }) => id === 'again') : undefined;
    expect(again?.counts.there).toBe(30);
  });

  it('waits where it is paused, and sends nothing more where it is stopped', async () => {
    const world = await newWorld();
    world.setOffline(true);
    await begin(world, items(60));
    await run(world);
    await world.background.idle();
    await run(world, 'paused');
    world.setOffline(false);
    await end(world);
    expect(titles()).toEqual(expected(20));
    await run(world);
    await end(world);
    expect(titles()).toEqual(expected(60));
  });

  it('is taken back: what is there goes to the trash, what was not sent is not', async () => {
    const world = await newWorld();
    await begin(world, items(45));
    await run(world);
    await end(world);
    await run(world, 'undoing');
    await end(world);
    expect(titles()).toEqual([]);
    expect(await job(world)).toMatchObject({ state: 'undone' });
    expect((await job(world)).counts.undone).toBe(45);
    expect(savesOf(world)).toEqual([]);
  });

  it('lets what is saved by hand go first', async () => {
    const world = await newWorld();
    world.setOffline(true);
    await begin(world, items(30));
    await run(world);
    await world.background.idle();
    const capture = {
      ...{ url: 'https://example.org/hand', title: 'By hand', description: '', tags: [], at: 1 },
      origin: 'popup' as const,
    };
    await world.call({ type: 'keep', saveId: 'hand', capture, destinationId: destinationIdOf(world) });
    await world.background.idle();
    world.setOffline(false);
    await world.background.online();
    await end(world);
    expect(titles()[0]).toBe('By hand');
    expect(titles()).toHaveLength(31);
  });

  it('is paused as a whole by what would be the same for each, and goes on when that is over', async () => {
    const world = await newWorld();
    await begin(world, items(50));
    control().unshare('Reading list');
    await run(world);
    await end(world);
    expect(await job(world)).toMatchObject({ state: 'paused', failure: { code: 'not-shared' } });
    expect(savesOf(world).length).toBeLessThanOrEqual(20);
  });
});
