/** What is learned of tags: of own saves and of rows kept here, gone with them, and never of another database. */
import { describe, expect, it } from 'vitest';
import { readLearned } from '../../../src/core/tags/suggest/stored.ts';
import { Suggester } from '../../../src/core/tags/suggest/suggester.ts';
import { destinationIdOf, onSharedClock } from './shared-clock.ts';
import type { World } from './world.ts';

const { capture, rows, newWorld, settle } = onSharedClock();

const learnedOf = (world: World, id = destinationIdOf(world)) =>
  readLearned(world.learned.dump()[id])?.rows ?? null;
const namesOf = (world: World, id?: string) => learnedOf(world, id)?.names ?? [];
const countOf = (world: World) => learnedOf(world)?.minutes.length ?? 0;

async function keep(world: World, saveId: string, more: Parameters<typeof capture>[0] = {}): Promise<void> {
  const what = capture({ url: `https://example.org/${saveId}`, title: `Title of ${saveId}`, ...more });
  await world.call({ type: 'keep', saveId, capture: what, destinationId: destinationIdOf(world) });
}

describe('what is learned of tags', () => {
  it('is of own saves, from when they are kept on, and once each', async () => {
    const world = await newWorld();
    world.setOffline(true);
    await keep(world, 'one');
    await world.background.idle();
    expect(countOf(world)).toBe(1);
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(countOf(world)).toBe(1);
    expect(namesOf(world)).toEqual(['physics']);
  });

  it('goes with what is undone, to the last bit, and follows what is changed', async () => {
    const world = await newWorld();
    await keep(world, 'one');
    await settle(world);
    const before = learnedOf(world);
    await keep(world, 'two', { tags: ['sea', 'tides'] });
    await settle(world);
    expect(namesOf(world)).toEqual(['physics', 'sea', 'tides']);
    await world.call({ type: 'undo', saveIds: ['two'] });
    await settle(world);
    expect(learnedOf(world)).toEqual(before);
    const changed = capture({ url: 'https://example.org/one', title: 'Title of one', tags: ['waves'] });
    await world.call({
      ...{ type: 'amend', saveId: 'one', capture: changed, destinationId: destinationIdOf(world) },
    });
    await settle(world);
    expect(namesOf(world)).toEqual(['waves']);
  });

  it('goes with a save that never became a row', async () => {
    const world = await newWorld();
    world.setOffline(true);
    await keep(world, 'one');
    await world.background.idle();
    await world.call({ type: 'undo', saveIds: ['one'] });
    await world.background.idle();
    expect(countOf(world)).toBe(0);
  });

  it('is of all rows where they are kept on this device, and is erased with them', async () => {
    const world = await newWorld();
    await keep(world, 'one');
    await settle(world);
    const destinationId = destinationIdOf(world);
    await world.call({ type: 'forget-tag-usage' });
    expect(learnedOf(world)).toBeNull();
    await world.call({ type: 'set-index', destinationId, on: true });
    await settle(world);
    await world.background.idle();
    expect(namesOf(world)).toEqual(['physics']);
    await world.call({ type: 'erase-index', destinationId });
    expect(world.learned.dump()).toEqual({});
  });

  it('is erased when it is forgotten, switched off, or its workspace disconnected; off, nothing is learned', async () => {
    const world = await newWorld();
    const learn = async (saveId: string) => {
      await keep(world, saveId);
      await settle(world);
    };
    await learn('one');
    await world.call({ type: 'forget-tag-usage' });
    expect(world.learned.dump()).toEqual({});
    await learn('two');
    expect(countOf(world)).toBe(1);
    await world.call({ type: 'set-proposes-tags', on: false });
    expect(world.learned.dump()).toEqual({});
    await learn('three');
    expect(world.learned.dump()).toEqual({});
    await world.call({ type: 'set-proposes-tags', on: true });
    await learn('four');
    expect(countOf(world)).toBe(1);
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    await world.call({ type: 'disconnect', botId });
    expect(world.learned.dump()).toEqual({});
  });

  it('is of one database alone', async () => {
    const world = await newWorld();
    const other = 'another-database';
    await keep(world, 'one');
    await settle(world);
    expect(Object.keys(world.learned.dump())).toEqual([destinationIdOf(world)]);
    expect(learnedOf(world, other)).toBeNull();
  });

  it('is taken over from what earlier versions have noted', async () => {
    const world = await newWorld();
    const id = destinationIdOf(world);
    const use = (tags: string[], hour: number) => ({ host: 'example.org', section: 'sea', tags, hour });
    const entries = { [id]: [use(['tides'], 490_000), use(['tides', 'sea'], 490_001)] };
    await world.local.set({ tagUsage: { version: 2, entries } });
    world.restart();
    await settle(world);
    expect(namesOf(world)).toEqual(['sea', 'tides']);
    expect(world.stored('tagUsage')).toEqual({});
    const suggester = new Suggester(readLearned(world.learned.dump()[id]) ?? undefined);
    const page = { url: 'https://example.org/sea/new', title: '' };
    const [first] = suggester.candidates(page, [], [{ name: 'Other' }, { name: 'Tides' }]);
    expect(first?.name).toBe('Tides');
  });

  it('keeps no save from being kept where it cannot be stored', async () => {
    const world = await newWorld();
    world.learned.put = () => Promise.reject(new Error('The disk is full.'));
    await keep(world, 'one');
    await settle(world);
    expect(rows()).toHaveLength(1);
  });
});
