/** An article that is saved anew: the new one first, then the earlier one goes, and comes back on Undo. */
import { describe, expect, it } from 'vitest';
import type { ContentNode } from '../../../src/core/content/node.ts';
import type { Save } from '../../../src/core/save/record.ts';
import type { PlainBlock } from '../../../src/sandbox/control/plain.ts';
import { save, saveArticles, tab } from './articles.ts';
import { appends } from './browser-repeats.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, rows, newWorld, settle } = onSharedClock();

const list = (...items: string[]): ContentNode => ({
  name: 'ul',
  attributes: {},
  children: items.map((item) => ({
    name: 'li',
    attributes: {},
    children: [
      item,
      { name: 'ul', attributes: {}, children: [{ name: 'li', attributes: {}, children: ['within'] }] },
    ],
  })),
});
const said = (word: string, count: number): ContentNode[] => [
  ...Array.from({ length: count }, (_, at) => ({ name: 'p', attributes: {}, children: [`${word}${at}`] })),
  list(`${word} end`),
];

const content = (): PlainBlock[] => rows()[0]?.content ?? [];
const texts = (blocks = content()) => blocks.map(({ text }) => text);
const saveOf = (world: World, id: string): Save => {
  const found = savesOf(world).find((save) => save.id === id);
  if (!found) throw new Error(`${id} is not kept.`);
  return found;
};

/** A row with an article that came along with it, and what its page says by now. */
async function saved(count = 5): Promise<World> {
  const world = await newWorld();
  await saveArticles(world);
  world.setContent(said('old', count));
  await save(world);
  await settle(world);
  expect(texts().at(-1)).toBe('old end');
  world.setContent(said('new', count));
  return world;
}

/** @returns the reply's save, once it is finished */
async function refresh(world: World, saveId = 'anew', isSettled = true): Promise<Save> {
  const destinationId = destinationIdOf(world);
  clock.now += 60_000;
  const found = await world.call({ type: 'find-saved', url: tab.url, destinationId, where: 'notion' });
  if (!found.ok || found.value?.kind !== 'row') throw new Error('The row was not found.');
  expect(found.value.hasArticle).toBe(true);
  const { row, held } = found.value;
  const where = { tabId: 7, wanted: 'article', url: tab.url } as const;
  const message = {
    type: 'add-content',
    saveId,
    row,
    held,
    destinationId,
    ...where,
    replaces: true,
  } as const;
  expect(await world.call(message)).toMatchObject({ ok: true });
  if (isSettled) await settle(world);
  return saveOf(world, saveId);
}

describe('an article that is saved anew', () => {
  it('takes the place of the one that came with its row, once it is there', async () => {
    const world = await saved();
    const order: string[] = [];
    world.onRequest = (request) => {
      if (appends(request)) order.push('new');
      if (request.method === 'DELETE') order.push('old');
    };
    await refresh(world);
    expect(texts()).toEqual([expect.stringContaining('content_heading')]);
    expect(texts(content()[0]?.children)).toEqual(['new0', 'new1', 'new2', 'new3', 'new4', 'new end']);
    expect(order).toEqual(['new', 'new', ...Array.from({ length: 6 }, () => 'old')]);
  });

  it('and once more takes the place of that one too, in one piece', async () => {
    const world = await saved();
    await refresh(world);
    world.setContent(said('newest', 3));
    world.requests.length = 0;
    await refresh(world, 'newest');
    expect(content()).toHaveLength(1);
    expect(texts(content()[0]?.children)).toEqual(['newest0', 'newest1', 'newest2', 'newest end']);
    expect(world.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it('leaves what others have written around it', async () => {
    const world = await saved();
    control().write(rows()[0]?.id ?? '', 'A note of mine');
    await refresh(world);
    expect(texts()).toEqual(['A note of mine', expect.stringContaining('content_heading')]);
  });

  it.each(['a paragraph', 'what is within an item'])(
    'stays beside the earlier one when somebody has changed %s',
    async (what) => {
      const world = await saved();
      const block = what === 'a paragraph' ? content()[2] : content().at(-1)?.children[0];
      control().editBlock(block?.id ?? '', 'My own words');
      const save = await refresh(world);
      expect(texts().slice(0, -1)).toHaveLength(6);
      expect(save).toMatchObject({ state: 'in-notion', failure: null, page: { earlier: { isKept: true } } });
      expect(world.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
    },
  );

  it('stays beside the earlier one where not all of the new one arrived', async () => {
    const world = await saved();
    let appended = 0;
    world.onRequest = (request) => {
      const heading = content().at(-1);
      if (appends(request) && ++appended === 2 && heading)
        control().removeBlock(rows()[0]?.id ?? '', heading.id);
    };
    await refresh(world);
    expect(texts()).toEqual(['old0', 'old1', 'old2', 'old3', 'old4', 'old end']);
  });

  it('goes on Undo, and the earlier one is back as it stood', async () => {
    const world = await saved();
    await refresh(world);
    await world.call({ type: 'undo', saveIds: ['anew'] });
    await settle(world);
    expect(texts()).toEqual(['old0', 'old1', 'old2', 'old3', 'old4', 'old end']);
    expect(saveOf(world, 'anew').state).toBe('undone');
  });

  it('goes on Undo also in the middle of it', async () => {
    const world = await saved();
    let deleted = 0;
    world.onRequest = ({ method }) => {
      if (method === 'DELETE' && ++deleted === 3) void world.call({ type: 'undo', saveIds: ['anew'] });
    };
    await refresh(world);
    expect(texts()).toEqual(['old0', 'old1', 'old2', 'old3', 'old4', 'old end']);
  });

  it('comes back on Undo also where a reply was lost', async () => {
    const world = await saved();
    control().addFault({ kind: 'drop_after', path: '/v1/blocks/*', method: 'DELETE', times: 1 });
    await refresh(world);
    expect(content()).toHaveLength(1);
    await world.call({ type: 'undo', saveIds: ['anew'] });
    await settle(world);
    expect(texts()).toEqual(['old0', 'old1', 'old2', 'old3', 'old4', 'old end']);
  });
});
