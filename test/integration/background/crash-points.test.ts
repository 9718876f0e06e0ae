/**
 * The promise, at every point where it could break: whatever is cut off when, a save that was kept becomes one row, no
 * more and no less, or says what it needs.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Save } from '../../../src/core/save/record.ts';
import { isFinished } from '../../../src/core/save/save.ts';
import { type FaultKind, faultKinds } from '../../../src/sandbox/faults.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import type { Moment } from './life.ts';
import { createWorld, REDIRECT_URI, type World } from './world.ts';

const DATABASE = 'Reading list';

/** The time, for Rowmark and for the sandbox. */
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
const rows = () => control().dataSource(DATABASE).rows;

const capture = (index: number, more: Partial<Capture> = {}): Capture => ({
  url: `https://example.org/${index}`,
  title: `Page ${index}`,
  description: 'A short history.',
  tags: ['physics'],
  at: clock.now + index,
  origin: 'popup',
  ...more,
});

interface Scenario {
  name: string;
  /** What is so before it begins. */
  prepare?(world: World): void;
  /** What the user does. Repeated after a death, as the popup and the user would: with the same ids. */
  act(world: World): Promise<unknown>;
  /** Saves in the end, and those of them that are undone. */
  saves: number;
  undone?: number;
}

const destinationId = (world: World) =>
  (world.local.dump().settings as { destinationId: string }).destinationId;
const keep = (world: World, saveId: string, what: Capture) =>
  world.call({ type: 'keep', saveId, capture: what, destinationId: destinationId(world) });
const expire = () => control().act('all', 'expire');

const long = {
  description: 'Of tides and harbours. '.repeat(1000),
  url: `https://example.org/?${'q'.repeat(2500)}`,
};
// Two deliberate saves of one page are two rows, and so are two of the same title.
const batch = Array.from({ length: 10 }, (_, index) => capture(index % 8));

const scenarios: readonly Scenario[] = [
  { name: 'a save', saves: 1, act: (world) => keep(world, 'one', capture(1)) },
  {
    name: 'a save whose text goes into the page',
    saves: 1,
    act: (world) => keep(world, 'one', capture(1, long)),
  },
  {
    name: 'a save with an expired token',
    saves: 1,
    prepare: expire,
    act: (world) => keep(world, 'one', capture(1)),
  },
  {
    name: 'a save that is undone at once',
    saves: 1,
    undone: 1,
    async act(world) {
      await keep(world, 'one', capture(1));
      await world.call({ type: 'undo', saveId: 'one' });
    },
  },
  {
    name: 'a save that is undone when it has arrived',
    saves: 1,
    undone: 1,
    async act(world) {
      await keep(world, 'one', capture(1));
      await world.background.idle();
      await world.call({ type: 'undo', saveId: 'one' });
    },
  },
  {
    name: 'ten saves at once',
    saves: 10,
    act: (world) => Promise.all(batch.map((what, index) => keep(world, `save ${index}`, what))),
  },
];

const savesOf = (world: World): Save[] =>
  Object.entries(world.local.dump()).flatMap(([key, value]) =>
    key.startsWith('save:') ? [value as Save] : [],
  );

/** Lets time pass, alarm by alarm, until nothing is due any more. */
async function settle(world: World): Promise<void> {
  await world.background.wake();
  await world.background.idle();
  for (let alarms = 0; world.alarmAt !== null && alarms < 100; alarms++) {
    await world.pass(Math.max(0, world.alarmAt - clock.now));
  }
}

async function newWorld({ prepare }: Scenario): Promise<World> {
  control().reset();
  for (const { id } of rows()) control().trash(id, true);
  const world = await createWorld(running.origin, clock);
  expect(await world.connect()).toMatchObject({ ok: true });
  await prepare?.(world);
  world.requests.length = 0;
  return world;
}

/** One row for each save that is in Notion, each its own; and nothing but what is told. */
function expectOneRowEach(world: World, { saves, undone = 0 }: Scenario, which: string): void {
  const stored = savesOf(world);
  const shown = rows().filter((row) => !row.inTrash);
  const inNotion = stored.filter((save) => save.state === 'in-notion');
  expect(shown.map(({ id }) => id).sort(), which).toEqual(inNotion.map((save) => save.row?.id).sort());
  expect(stored, which).toHaveLength(saves);
  expect(stored.filter((save) => save.state === 'undone').length, which).toBe(undone);
  expect(inNotion.length, which).toBe(saves - undone);
}

/**
 * Does what the saves that are left ask the user for: none is left but such. A renewal of the token whose reply is lost
 * may always end in connecting anew, because Notion has replaced the old pair.
 */
async function help(
  world: World,
  { saves }: Scenario,
  which: string,
  allowed: readonly string[],
): Promise<void> {
  const left = savesOf(world).filter((save) => !isFinished(save));
  if (left.length === 0) return;
  expect(
    left.map(({ state }) => state).filter((state) => state !== 'needs-you'),
    which,
  ).toEqual([]);
  expect(rows().filter((row) => !row.inTrash).length, which).toBeLessThanOrEqual(saves);
  const codes = left.map((save) => save.failure?.code);
  const isRenewalLost =
    codes.includes('reconnect-needed') && world.requests.some(({ url }) => url.endsWith('/oauth/token'));
  if (!isRenewalLost) expect(allowed, `${which}: ${codes}`).not.toEqual([]);
  if (codes.includes('reconnect-needed')) expect(await world.connect()).toMatchObject({ ok: true });
  for (const { id } of left) await world.call({ type: 'try-now', saveId: id });
  await settle(world);
}

describe('killed at every call to the browser', () => {
  for (const lag of [0, 30_000]) {
    it.each(scenarios)(
      `$name, with queries ${lag / 1000} s behind`,
      { timeout: 240_000 },
      async (scenario) => {
        const first = await newWorld(scenario);
        first.life.endAt({ call: 0, when: 'before' });
        await scenario.act(first);
        await settle(first);
        const calls = first.life.calls();
        expect(calls).toBeGreaterThan(5);
        expectOneRowEach(first, scenario, 'undisturbed');

        let tried = 0;
        for (let call = 1; call <= calls; call++) {
          for (const when of ['before', 'after'] satisfies Moment['when'][]) {
            const world = await newWorld(scenario);
            control().changeSettings({ queryLagMs: lag });
            world.life.endAt({ call, when });
            await Promise.race([scenario.act(world).then(() => settle(world)), world.life.ended]);
            world.restart();
            await scenario.act(world);
            await settle(world);
            const which = `killed ${when} call ${call}`;
            await help(world, scenario, which, []);
            expectOneRowEach(world, scenario, which);
            tried += 1;
          }
        }
        console.log(`${scenario.name}: killed at ${tried} points`);
      },
    );
  }
});

/** Troubles for which the user is needed, and which are over when they have done their part. */
const NEEDS_USER: readonly FaultKind[] = [
  'unauthorized',
  'not_found',
  'validation_error',
  'restricted_resource',
  'block_limit',
  'oauth_error',
];

describe('disturbed at every request', () => {
  const kinds = Object.keys(faultKinds) as FaultKind[];

  it.each(kinds)('by %s', { timeout: 240_000 }, async (kind) => {
    let tried = 0;
    for (const scenario of scenarios) {
      const first = await newWorld(scenario);
      await scenario.act(first);
      await settle(first);
      const requests = first.requests.length;
      for (let at = 1; at <= requests; at++) {
        const world = await newWorld(scenario);
        world.beforeRequest(at, () => control().addFault({ kind, times: 1 }));
        await scenario.act(world);
        await settle(world);
        const which = `${kind} at request ${at} of "${scenario.name}"`;
        await help(
          world,
          scenario,
          which,
          NEEDS_USER.filter((one) => one === kind),
        );
        expectOneRowEach(world, scenario, which);
        tried += 1;
      }
    }
    console.log(`${kind}: ${tried} requests disturbed`);
  });
});
