/** Imports: exactly once, in the order of the file, beside what is saved by hand, and taken back. */
import { describe, expect, it } from 'vitest';
import type { LibraryItem } from '../../../src/core/library/item.ts';
import type { Job } from '../../../src/core/library/job.ts';
import type { Places } from '../../../src/core/library/places.ts';
import { creates, REPEATS, repeatOf } from './browser-repeats.ts';
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

async function begin(
  world: World,
  all: readonly LibraryItem[],
  jobId = 'job',
  to: { destinationId?: string; ownsDatabase?: boolean } = {},
): Promise<void> {
  const where = { destinationId: destinationIdOf(world), ownsDatabase: false, ...to };
  await world.call({ type: 'begin-import', jobId, name: 'bookmarks.html', ...where, places: PLACES });
  for (let from = 0; from < all.length; from += 50)
    await world.call({ type: 'store-entries', jobId, from, items: all.slice(from, from + 50) });
}
/** What is in the database is known already when the import begins. */
async function prepare(world: World): Promise<void> {
  await world.call({ type: 'prepare-import', destinationId: destinationIdOf(world) });
  await settle(world);
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
    await prepare(world);
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

  it('is one row each where the browser sends twice and dies over it', async () => {
    for (const [number, kind] of REPEATS.entries()) {
      const world = await newWorld();
      await begin(world, items(25));
      for (let times = 0; times < 3; times++) {
        world.repeat(repeatOf(kind, creates, control));
        world.life.endAt({ call: 40 + 37 * times + 11 * number, when: times % 2 === 0 ? 'before' : 'after' });
        await Promise.race([run(world).then(() => end(world)), world.life.ended]);
        world.restart();
      }
      await run(world);
      await end(world);
      expect(titles().toSorted(), kind.name).toEqual(expected(25).toSorted());
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
    await prepare(world);
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
    await prepare(world);
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

const queries = (world: World) => world.requests.filter(({ url }) => url.endsWith('/query')).length;
const botOf = (world: World) => Object.keys(world.stored<object>('connections'))[0] ?? '';

describe('what is there already', () => {
  it('is read a hundred rows a request, and no page is asked for by itself', async () => {
    const world = await newWorld();
    await begin(world, items(150));
    await run(world);
    await end(world);
    world.requests.length = 0;
    await begin(world, items(160), 'again');
    await run(world, 'running', 'again');
    await end(world);
    expect(titles()).toEqual(expected(160));
    const jobs = await world.call({ type: 'read-imports' });
    const again = jobs.ok ? jobs.value.find(({ id }) => id === 'again') : undefined;
    expect(again?.counts).toMatchObject({ there: 150, made: 10 });
    expect(queries(world)).toBeLessThan(10);
  });

  it('is forgotten once no import goes into that database, unless the user has it kept', async () => {
    const world = await newWorld();
    const id = destinationIdOf(world);
    await begin(world, items(5));
    await run(world);
    await end(world);
    expect(world.stored<Record<string, object>>('rowIndexes')[id]).toMatchObject({ on: true, rows: 5 });
    await world.pass(2 * 60 * 60_000);
    await settle(world);
    expect(world.stored('rowIndexes')).toEqual({});
    await world.call({ type: 'set-index', destinationId: id, on: true });
    await begin(world, items(6), 'again');
    await run(world, 'running', 'again');
    await end(world);
    await world.pass(2 * 60 * 60_000);
    await settle(world);
    expect(world.stored<Record<string, object>>('rowIndexes')[id]).toMatchObject({ on: true, rows: 6 });
  });

  it('is no row that was thrown away since', async () => {
    const world = await newWorld();
    await world.call({ type: 'set-index', destinationId: destinationIdOf(world), on: true });
    await begin(world, items(3));
    await run(world);
    await end(world);
    control().trash(rows()[0]?.id ?? '', true);
    await world.pass(30 * 60_000);
    await begin(world, items(3), 'again');
    await run(world, 'running', 'again');
    await end(world);
    expect(titles().toSorted()).toEqual(expected(3));
  });
});

describe('an import into a database of its own', () => {
  async function own(count: number): Promise<{ world: World; databaseId: string }> {
    const world = await newWorld();
    const library = {
      title: 'Pocket',
      extras: [
        { name: 'Folder', type: 'select' as const },
        { name: 'Archived', type: 'checkbox' as const },
      ],
    };
    const made = await world.call({
      ...{ type: 'create-database', jobId: 'database', botId: botOf(world), parentPageId: null },
      library,
    });
    if (!made.ok) throw new Error(made.failure.code);
    const { destinationId } = made.value;
    const stored = world.stored<{ databaseId: string; properties: { id: string; name: string }[] }>(
      `destination:${destinationId}`,
    );
    const idOf = (name: string) => stored.properties.find((one) => one.name === name)?.id ?? '';
    const places: Places = {
      ...PLACES,
      folder: { as: 'property', id: idOf('Folder') },
      archived: { id: idOf('Archived'), option: null },
    };
    const where = { destinationId, ownsDatabase: true };
    await world.call({ type: 'begin-import', jobId: 'job', name: 'pocket.csv', ...where, places });
    const all = items(count).map((one) => ({ ...one, folder: ['Work'], archived: true }));
    await world.call({ type: 'store-entries', jobId: 'job', from: 0, items: all });
    return { world, databaseId: stored.databaseId };
  }
  const rowsOfIt = () => control().dataSource('Pocket').rows;

  it('asks for nothing, and leaves the database that is saved to as it is', async () => {
    const { world } = await own(30);
    const chosen = destinationIdOf(world);
    world.requests.length = 0;
    await run(world);
    await end(world);
    expect(rowsOfIt()).toHaveLength(30);
    expect(queries(world)).toBeLessThan(3);
    expect(destinationIdOf(world)).toBe(chosen);
    expect(rowsOfIt()[0]?.values).toMatchObject({ Folder: 'Work', Archived: true });
  });

  it('is taken back in one request', async () => {
    const { world } = await own(30);
    await run(world);
    await end(world);
    world.requests.length = 0;
    await run(world, 'undoing');
    await end(world);
    expect(await job(world)).toMatchObject({ state: 'undone', counts: { undone: 30, made: 0 } });
    expect(world.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    expect(
      control()
        .state()
        .dataSources.find(({ title }) => title === 'Pocket'),
    ).toMatchObject({ inTrash: true });
  });

  it('is taken back once the network is there again, also while it runs', async () => {
    const { world } = await own(60);
    await run(world);
    await world.background.idle();
    world.setOffline(true);
    await run(world, 'undoing');
    await world.background.idle();
    expect(await job(world)).toMatchObject({ state: 'undoing' });
    world.setOffline(false);
    await world.background.online();
    await end(world);
    expect(await job(world)).toMatchObject({ state: 'undone', failure: null });
  });
});

describe('what was refused', () => {
  it('is set aside, corrected, and saved then', async () => {
    const world = await newWorld();
    const all = [item(0), item(1, { url: 'ftp://example.org/1' }), item(2)];
    await begin(world, all);
    await run(world);
    await end(world);
    expect(titles()).toEqual(['Entry 0', 'Entry 2']);
    expect(await job(world)).toMatchObject({ state: 'done', counts: { made: 2, refused: 1 } });
    const refused = await world.call({
      ...{ type: 'read-entries', jobId: 'job', state: 'refused', after: null },
    });
    expect(refused).toMatchObject({ ok: true, value: [{ number: 1, why: { code: 'page-not-savable' } }] });
    const mend = () =>
      world.call({
        ...{ type: 'mend-entries', jobId: 'job' },
        entries: [{ number: 1, title: 'Corrected', url: 'https://example.org/1' }],
      });
    await mend();
    await mend();
    await end(world);
    expect(titles()).toEqual(['Entry 0', 'Entry 2', 'Corrected']);
    expect(await job(world)).toMatchObject({ state: 'done', counts: { made: 3, refused: 0 } });
    expect(savesOf(world)).toEqual([]);
  });

  it('stops all of it where Notion refuses every one', async () => {
    const world = await newWorld();
    control().addFault({ kind: 'validation_error', method: 'POST', path: '/v1/pages', times: 200 });
    await begin(world, items(60));
    await run(world);
    await end(world);
    const { state, counts, failure } = await job(world);
    expect({ state, failure }).toMatchObject({ state: 'stopped', failure: { code: 'values-refused' } });
    expect(counts.waiting).toBeGreaterThan(20);
  });
});

describe('when its workspace is disconnected', () => {
  it('an import that is over leaves this device, and one that is not waits for it', async () => {
    const world = await newWorld();
    await begin(world, items(3));
    await run(world);
    await end(world);
    await begin(world, items(40), 'open');
    await run(world, 'paused', 'open');
    await world.call({ type: 'disconnect', botId: botOf(world) });
    const left = await world.call({ type: 'read-imports' });
    expect(left).toMatchObject({ ok: true, value: [{ id: 'open', counts: { waiting: 40 } }] });
    await run(world, 'running', 'open');
    await settle(world);
    expect(await job(world)).toMatchObject({ id: 'open', state: 'paused' });
    await world.connect();
    await run(world, 'running', 'open');
    await end(world);
    expect(titles().toSorted()).toEqual(expected(40).toSorted());
    expect(await job(world)).toMatchObject({ state: 'done' });
  });
});
