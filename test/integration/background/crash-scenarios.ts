/**
 * The promise, at every point where it could break: whatever is cut off when, a save that was kept becomes one row, no
 * more and no less, or says what it needs. Here is what is done; the files that break it at every point each have a process.
 */
import { expect } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { MessageOf } from '../../../src/protocol/messages.ts';
import { appends, creates } from './browser-repeats.ts';
import { destinationIdOf, doUsersPart, onSharedClock, savesLeft, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

export const { clock, control, origin, rows, newWorld, settle } = onSharedClock();

const capture = (index: number, more: Partial<Capture> = {}): Capture => ({
  url: `https://example.org/${index}`,
  title: `Page ${index}`,
  description: 'A short history.',
  tags: ['physics'],
  at: clock.now + index,
  origin: 'popup',
  ...more,
});

export interface Scenario {
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
  /** The addresses of the tabs that are open in the end. */
  open?: readonly string[];
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
const TABS = [1, 2, 3].map((number) => capture(number).url);
const severalTabs = (world: World) =>
  ({
    ...{ type: 'save-tabs', batchId: 'batch', destinationId: destinationIdOf(world), presetId: null },
    ...{ tags: ['physics'], closes: true },
    tabs: TABS.map((url, at) => ({
      ...{ saveId: `save ${at}`, tabId: at + 1, shows: url, url, title: `Page ${at + 1}` },
    })),
  }) as const satisfies MessageOf<'save-tabs'>;
/** A row that somebody else has made. */
const addBefore = () => {
  control().addRow('Reading list', { Name: 'Before', URL: 'https://example.org/before', Tags: ['history'] });
  clock.now += 60_000;
};
/** Articles go into the pages of rows, and the page in front has one that is more than two requests take. */
const readArticles = async (world: World) => {
  const words = Array.from({ length: 210 }, (_, at) => ({ name: 'p', attributes: {}, children: [`n${at}`] }));
  const drawings = [0, 1].map((file) => ({ name: 'img', attributes: { file: `${file}` }, children: [] }));
  const linked = ['a', 'b'].map((name) => {
    const attributes = { src: `https://pictures.example/${name}.png` };
    return { name: 'img', attributes, children: [] };
  });
  const nodes = [
    ...linked.slice(0, 1),
    ...words.slice(0, 150),
    ...drawings,
    ...words.slice(150),
    ...linked.slice(1),
  ];
  world.setContent(nodes, { files: drawings.map(() => ({ type: 'image/png', data: 'iVBORw==' })) });
  const form = { version: 1 as const, mapping: {}, starts: {}, content: 'article' as const, copies: true };
  await world.call({ type: 'set-form', destinationId: destinationIdOf(world), form });
};
/** The row that was there before, which the user looks for again where it is not found. */
async function findBefore(world: World) {
  const url = 'https://example.org/before';
  const asked = { type: 'find-saved', url, destinationId: destinationIdOf(world), where: 'notion' } as const;
  let found = await world.call(asked);
  for (let looks = 1; !found.ok && looks < 3; looks++) {
    clock.now += 60_000;
    await world.connect();
    found = await world.call(asked);
  }
  return found.ok && found.value?.kind === 'row' ? found.value : null;
}
/** What the page says by now goes into that row, in place of what it said before. */
async function addArticle(world: World, saveId: string, word: string) {
  const url = 'https://example.org/before';
  world.setContent(
    Array.from({ length: 110 }, (_, at) => ({ name: 'p', attributes: {}, children: [`${word}${at}`] })),
    { url },
  );
  const found = await findBefore(world);
  if (!found) return;
  const { row, held } = found;
  const where = { tabId: 7, wanted: 'article', url } as const;
  const message = { type: 'add-content', saveId, row, held, destinationId: destinationIdOf(world) } as const;
  await world.call({ ...message, ...where, replaces: true });
}
const expire = () => control().act('all', 'expire');

const long = {
  description: 'Of tides and harbours. '.repeat(1000),
  url: `https://example.org/?${'q'.repeat(2500)}`,
};
// Two deliberate saves of one page are two rows, and so are two of the same title.
const batch = Array.from({ length: 10 }, (_, index) => capture(index % 8));

export const scenarios: readonly Scenario[] = [
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
    name: 'a quick save with an article',
    saves: 1,
    blocks: 214,
    prepare: readArticles,
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
      const found = await findBefore(world);
      if (found) {
        const { row, held } = found;
        const changed = { ...held, title: 'Otherwise', tags: ['physics', 'a, b'] };
        await world.call({ type: 'change-row', saveId: 'one', row, held, capture: changed, destinationId });
      }
      await world.background.idle();
      await world.call({ type: 'undo', saveIds: ['one'] });
    },
  },
  {
    name: 'an article that is saved anew, undone when it has arrived',
    saves: 2,
    undone: 1,
    blocks: 1,
    async prepare(world) {
      addBefore();
      await addArticle(world, 'first', 'old');
      await settle(world);
      clock.now += 3_600_000;
    },
    async act(world) {
      await addArticle(world, 'anew', 'new');
      await world.background.idle();
      await world.call({ type: 'undo', saveIds: ['anew'] });
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
    name: 'several tabs, which are closed',
    saves: 3,
    open: [],
    prepare: (world) => world.setOpenTabs(TABS),
    act: (world) => world.call(severalTabs(world)),
  },
  {
    name: 'several tabs, closed, and all of it taken back',
    saves: 3,
    undone: 3,
    open: TABS,
    prepare: (world) => world.setOpenTabs(TABS),
    async act(world) {
      const message = severalTabs(world);
      // The page says it once more, and then goes on.
      if (!world.openTabs.every(({ id }) => id > 1_000)) await world.call(message);
      const saveIds = message.tabs.map(({ saveId }) => saveId);
      await world.call({ type: 'undo-tabs', batchId: message.batchId, saveIds });
    },
  },
  {
    name: 'ten saves at once',
    saves: 10,
    act: (world) => Promise.all(batch.map((what, index) => keep(world, `save ${index}`, what))),
  },
];

export async function prepared({ prepare }: Scenario): Promise<World> {
  const world = await newWorld();
  await prepare?.(world);
  world.requests.length = 0;
  return world;
}

/**
 * One row for each save that is in Notion, each its own; and nothing but what is told. A key that is pressed again some time
 * after the row has arrived finds that row.
 */
export function expectOneRowEach(
  world: World,
  { saves, undone = 0, blocks, stays, open }: Scenario,
  which: string,
): void {
  if (open)
    expect(
      world.openTabs.map(({ url }) => url),
      which,
    ).toEqual(open);
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
export async function help(
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
