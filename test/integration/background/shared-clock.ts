/** Rowmark and the sandbox on one clock, which only the test moves: hours of waiting take no time. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Save } from '../../../src/core/save/record.ts';
import { isFinished } from '../../../src/core/save/standing.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { createWorld, REDIRECT_URI, type World } from './world.ts';

const DATABASE = 'Reading list';

/** So many alarms in a row are enough for anything; more are a loop. */
const ALARMS = 300;

export type SharedClock = ReturnType<typeof onSharedClock>;

/** For the tests of one file: starts a sandbox before them and ends it after them. */
export function onSharedClock() {
  const clock = { now: Date.UTC(2026, 10, 2, 9) };
  let running: RunningSandbox;
  beforeAll(async () => {
    running = await startSandbox({
      redirectUris: [REDIRECT_URI],
      now: () => clock.now,
      wait: () => Promise.resolve(),
    });
  });
  afterAll(() => running.close());

  const control = () => running.sandbox.control;
  const rows = () =>
    control()
      .dataSource(DATABASE)
      .rows.filter((row) => !row.inTrash);

  return {
    clock,
    control,
    /** Of the sandbox. */
    origin: () => running.origin,
    /** Those that are not in the trash. */
    rows,
    /** What a quick save of one page is to hold. */
    capture: (more: Partial<Capture> = {}): Capture => ({
      url: 'https://example.org/maxwell',
      title: 'How four equations came to be',
      description: 'A short history.',
      tags: ['physics'],
      at: clock.now,
      origin: 'quick-save',
      ...more,
    }),
    /** A connected browser and an empty database. */
    async newWorld(): Promise<World> {
      control().reset();
      for (const { id } of rows()) control().trash(id, true);
      const world = await createWorld(running.origin, clock);
      expect(await world.connect()).toMatchObject({ ok: true });
      return world;
    },
    /**
     * Lets time pass, alarm by alarm, until nothing is due any more.
     * @param ask how the background is asked, which may die over it
     */
    async settle(world: World, ask: (work: () => Promise<void>) => Promise<unknown> = (work) => work()) {
      await ask(() => world.background.wake());
      for (let alarms = 0; alarms < ALARMS; alarms++) {
        await ask(() => world.background.idle());
        if (world.alarmAt === null) return;
        await ask(() => world.pass(Math.max(0, (world.alarmAt ?? 0) - world.now)));
      }
      throw new Error('It never comes to rest');
    },
  };
}

export const destinationIdOf = (world: World): string =>
  (world.local.dump().settings as { destinationId: string }).destinationId;

export const savesOf = (world: World): Save[] =>
  Object.entries(world.local.dump()).flatMap(([key, save]) =>
    key.startsWith('save:') ? [save as Save] : [],
  );

/** Saves that are not finished. Where nothing is due any more, each of them must need the user. */
export function savesLeft(world: World, which?: string): Save[] {
  const left = savesOf(world).filter((save) => !isFinished(save));
  const stuck = new Set(left.flatMap(({ id, state }) => (state === 'needs-you' ? [id] : [])));
  // One that cannot be told apart from the row of such a save waits with it.
  expect(
    left.filter(({ id, repeats }) => !stuck.has(id) && !stuck.has(repeats?.row?.waitsFor ?? '')),
    which,
  ).toEqual([]);
  return left;
}

/** What saves ask of the user: to connect anew where that is it, and to try again. */
export async function doUsersPart(world: World, left: readonly Save[]): Promise<void> {
  if (left.some(({ failure }) => failure?.code === 'reconnect-needed'))
    expect(await world.connect()).toMatchObject({ ok: true });
  for (const { id } of left) await world.call({ type: 'try-now', saveId: id });
}
