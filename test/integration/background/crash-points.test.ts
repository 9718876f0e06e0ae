/**
 * The promise, at every point where it could break: whatever is cut off when, a save that was kept becomes one row, no
 * more and no less, or says what it needs.
 */
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import { type FaultKind, faultKinds } from '../../../src/sandbox/faults.ts';
import { appends, creates, REPEATS, repeatOf } from './browser-repeats.ts';
import type { Moment } from './life.ts';
import { destinationIdOf, doUsersPart, onSharedClock, savesLeft, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, origin, rows, newWorld, settle } = onSharedClock();

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
  prepare?(world: World): unknown;
  /** What the user does. Repeated after a death, as the popup and the user would: with the same ids. */
  act(world: World): Promise<unknown>;
  /** Saves in the end, and those of them that are undone. */
  saves: number;
  undone?: number;
  /** Blocks that each row's page has in the end. */
  blocks?: number;
  /** A row that was there before and is as it was in the end. */
  stays?: { title: string; tags: string[] };
}

const keep = (world: World, saveId: string, what: Capture) =>
  world.call({ type: 'keep', saveId, capture: what, destinationId: destinationIdOf(world) });
/** Templates are known once the database was looked at. */
const learnTemplates = async (world: World) => {
  await world.call({ type: 'freshen-destination', destinationId: destinationIdOf(world) });
  await expect
    .poll(() => world.local.dump()[`destination:${destinationIdOf(world)}`])
    .toHaveProperty('templates');
};
/** A row that somebody else has made. */
const addBefore = () => {
  control().addRow('Reading list', { Name: 'Before', URL: 'https://example.org/before', Tags: ['history'] });
  clock.now += 60_000;
};
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
    name: 'a quick save',
    saves: 1,
    act: (world) =>
      world.background.command('quick-save', { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' }),
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
      await world.call({ type: 'undo', saveIds: ['one'] });
    },
  },
  {
    name: 'a save that is undone when it has arrived',
    saves: 1,
    undone: 1,
    async act(world) {
      await keep(world, 'one', capture(1));
      await world.background.idle();
      await world.call({ type: 'undo', saveIds: ['one'] });
    },
  },
  {
    name: 'a save with a template, whose text goes into the page',
    saves: 1,
    blocks: 1,
    prepare: learnTemplates,
    act: (world) => keep(world, 'one', capture(1, { url: long.url, template: 'default' })),
  },
  {
    name: 'a save that is changed when it has arrived',
    saves: 1,
    blocks: 1,
    async act(world) {
      await keep(world, 'one', capture(1));
      await world.background.idle();
      await world.call({
        type: 'amend',
        saveId: 'one',
        capture: capture(1, { title: 'Otherwise', tags: ['history'], url: long.url }),
        destinationId: destinationIdOf(world),
      });
    },
  },
  {
    name: 'a change of a row that was there, undone when it has arrived',
    saves: 1,
    undone: 1,
    blocks: 0,
    stays: { title: 'Before', tags: ['history'] },
    prepare: addBefore,
    async act(world) {
      const destinationId = destinationIdOf(world);
      const url = 'https://example.org/before';
      const find = () => world.call({ type: 'find-saved', url, destinationId, where: 'notion' });
      let found = await find();
      // The user looks again.
      for (let looks = 1; !found.ok && looks < 3; looks++) {
        clock.now += 60_000;
        await world.connect();
        found = await find();
      }
      if (found.ok && found.value?.kind === 'row') {
        const { row, held } = found.value;
        const changed = { ...held, title: 'Otherwise', tags: ['physics', 'a, b'] };
        await world.call({ type: 'change-row', saveId: 'one', row, held, capture: changed, destinationId });
      }
      await world.background.idle();
      await world.call({ type: 'undo', saveIds: ['one'] });
    },
  },
  {
    name: 'a save that the browser sends twice',
    saves: 1,
    prepare: (world) => world.repeat({ where: creates }),
    act: (world) => keep(world, 'one', capture(1)),
  },
  {
    name: 'a save that the browser sends twice, undone when it has arrived',
    saves: 1,
    undone: 1,
    prepare: (world) => world.repeat({ where: creates }),
    async act(world) {
      await keep(world, 'one', capture(1));
      await world.background.idle();
      await world.call({ type: 'undo', saveIds: ['one'] });
    },
  },
  {
    name: 'a save of which the browser sends every part twice',
    saves: 1,
    blocks: 1,
    async prepare(world) {
      await learnTemplates(world);
      world.repeat({ where: creates });
      world.repeat({ where: appends });
    },
    act: (world) => keep(world, 'one', capture(1, { url: long.url, template: 'default' })),
  },
  {
    name: 'ten saves at once',
    saves: 10,
    act: (world) => Promise.all(batch.map((what, index) => keep(world, `save ${index}`, what))),
  },
];

async function prepared({ prepare }: Scenario): Promise<World> {
  const world = await newWorld();
  await prepare?.(world);
  world.requests.length = 0;
  return world;
}

/**
 * One row for each save that is in Notion, each its own; and nothing but what is told. A key that is pressed again some time
 * after the row has arrived finds that row.
 */
function expectOneRowEach(world: World, { saves, undone = 0, blocks, stays }: Scenario, which: string): void {
  const all = savesOf(world);
  const made = new Set(all.flatMap(({ adopted, row }) => (row && adopted === undefined ? [row.id] : [])));
  const stored = all.filter(({ adopted, row }) => adopted === undefined || !made.has(row?.id ?? ''));
  const captures = stored.filter(({ state }) => state === 'in-notion').map((save) => save.capture);
  expect(
    rows()
      .map(({ title, values }) => [title, values.Tags])
      .sort(),
    which,
  ).toEqual([...captures, ...(stays ? [stays] : [])].map(({ title, tags }) => [title, tags]).sort());
  if (blocks !== undefined)
    expect(
      rows().map((row) => row.blocks),
      which,
    ).toEqual([blocks]);
  const inNotion = stored.filter((save) => save.state === 'in-notion');
  expect(
    rows()
      .filter(({ title }) => title !== stays?.title)
      .map(({ id }) => id)
      .sort(),
    which,
  ).toEqual(inNotion.map((save) => save.row?.id).sort());
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
  const left = savesLeft(world, which);
  if (left.length === 0) return;
  // Whoever may not look cannot tell yet whether there is a second one.
  const unsettled = left.filter(({ repeats }) => repeats?.row || repeats?.doubles);
  expect(rows().length, which).toBeLessThanOrEqual(saves + unsettled.length);
  const codes = left.map((save) => save.failure?.code);
  const isRenewalLost =
    codes.includes('reconnect-needed') && world.requests.some(({ url }) => url.endsWith('/oauth/token'));
  if (!isRenewalLost) expect(allowed, `${which}: ${codes}`).not.toEqual([]);
  await doUsersPart(world, left);
  await settle(world);
}

describe('killed at every call to the browser', () => {
  for (const lag of [0, 30_000]) {
    it.each(scenarios)(
      `$name, with queries ${lag / 1000} s behind`,
      { timeout: 240_000 },
      async (scenario) => {
        const first = await prepared(scenario);
        first.life.endAt({ call: 0, when: 'before' });
        await scenario.act(first);
        await settle(first);
        const calls = first.life.calls();
        expect(calls).toBeGreaterThan(5);
        expectOneRowEach(first, scenario, 'undisturbed');

        let tried = 0;
        for (let call = 1; call <= calls; call++) {
          for (const when of ['before', 'after'] satisfies Moment['when'][]) {
            const world = await prepared(scenario);
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

/** A renewal of the token that is done twice may always end in connecting anew. */
const isToNotion = ({ url }: { url: string }) => url.startsWith(origin());

describe('sent twice by the browser', () => {
  for (const lag of [0, 30_000]) {
    it.each(REPEATS)(
      `$name, at every request, with queries ${lag / 1000} s behind`,
      { timeout: 240_000 },
      async (kind) => {
        let tried = 0;
        for (const scenario of scenarios) {
          const first = await prepared(scenario);
          await scenario.act(first);
          await settle(first);
          const requests = first.requests.length;
          for (let at = 1; at <= requests; at++) {
            const world = await prepared(scenario);
            control().changeSettings({ queryLagMs: lag });
            world.beforeRequest(at, () => world.repeat(repeatOf(kind, isToNotion, control)));
            await scenario.act(world);
            await settle(world);
            const which = `${kind.name}, at request ${at} of "${scenario.name}"`;
            await help(world, scenario, which, kind.second === 'restricted_resource' ? [kind.second] : []);
            expectOneRowEach(world, scenario, which);
            tried += 1;
          }
        }
        console.log(`${kind.name}: ${tried} requests sent twice`);
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
      const first = await prepared(scenario);
      await scenario.act(first);
      await settle(first);
      const requests = first.requests.length;
      for (let at = 1; at <= requests; at++) {
        const world = await prepared(scenario);
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
