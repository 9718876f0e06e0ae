/** Several tabs saved in one go: kept, closed, and taken back. */
import { describe, expect, it } from 'vitest';
import type { MessageOf } from '../../../src/protocol/messages.ts';
import { onSharedClock } from './shared-clock.ts';
import type { World } from './world.ts';

const { rows, newWorld, settle } = onSharedClock();

const URLS = ['https://example.org/a', 'https://example.org/b', 'https://example.org/c'];

async function windowOf(urls: readonly string[]): Promise<World> {
  const world = await newWorld();
  world.setOpenTabs(urls);
  return world;
}

const chosen = (world: World): string =>
  (world.local.dump().settings as { destinationId: string }).destinationId;

const asked = (world: World, more: Partial<MessageOf<'save-tabs'>> = {}): MessageOf<'save-tabs'> => ({
  ...{ type: 'save-tabs', batchId: 'batch', destinationId: chosen(world), presetId: null, tags: ['read'] },
  closes: true,
  tabs: world.openTabs.map(({ id, url }) => ({
    ...{ saveId: `save-${id}`, tabId: id, shows: url, url, title: `Page ${id}` },
  })),
  ...more,
});
const open = (world: World) => world.openTabs.map(({ url }) => url);
const live = () => rows().filter(({ inTrash }) => !inTrash);

describe('several tabs', () => {
  it('are rows with the tags, and closed; undone, they are open again and the rows gone', async () => {
    const world = await windowOf(URLS);
    const message = asked(world);
    expect(await world.call(message)).toEqual({ ok: true, value: { closed: 3 } });
    expect(open(world)).toEqual([]);
    await settle(world);
    expect(live().map(({ title, values }) => [title, values.URL, values.Tags])).toEqual(
      URLS.map((url, at) => [`Page ${at + 1}`, url, ['read']]),
    );
    const undo = {
      type: 'undo-tabs',
      batchId: 'batch',
      saveIds: message.tabs.map(({ saveId }) => saveId),
    } as const;
    expect(await world.call(undo)).toEqual({ ok: true, value: { opened: 3 } });
    expect(open(world)).toEqual(URLS);
    await settle(world);
    expect(live()).toEqual([]);
    // Said again, as a page does whose answer was lost.
    expect(await world.call(undo)).toEqual({ ok: true, value: { opened: 0 } });
    expect(open(world)).toEqual(URLS);
  });

  it('have what their pages say of themselves, unless they show another page by now', async () => {
    const world = await windowOf(URLS);
    const facts = (url: string) => ({
      ...{ url, title: 'Of the page', selection: 'some words' },
      meta: { description: `What ${url} says.` },
    });
    const message = asked(world, { closes: false });
    const [first, second, third] = message.tabs;
    if (!first || !second || !third) throw new Error('No tabs');
    const elsewhere = { ...second, facts: facts('https://example.org/elsewhere') };
    await world.call({ ...message, tabs: [{ ...first, facts: facts(first.shows) }, elsewhere, third] });
    await settle(world);
    expect(live().map(({ title, values }) => [title, values.Description ?? ''])).toEqual([
      ['Page 1', 'What https://example.org/a says.'],
      ['Page 2', ''],
      ['Page 3', ''],
    ]);
  });

  it('stay open where they show another page by now, and where nobody wants them closed', async () => {
    const world = await windowOf(URLS);
    const message = asked(world);
    world.setOpenTabs([URLS[0] ?? '', 'https://example.org/elsewhere', URLS[2] ?? '']);
    expect(await world.call(message)).toEqual({ ok: true, value: { closed: 2 } });
    expect(open(world)).toEqual(['https://example.org/elsewhere']);
    const other = await windowOf(URLS);
    expect(await other.call(asked(other, { closes: false }))).toEqual({ ok: true, value: { closed: 0 } });
    expect(open(other)).toEqual(URLS);
  });

  it('are not closed unless all are kept', async () => {
    const world = await windowOf(URLS);
    const message = asked(world);
    const { set } = world.local;
    let stored = 0;
    world.local.set = async (items) => {
      const isSave = Object.keys(items).some((key) => key.startsWith('save:'));
      if (isSave && ++stored > 2) throw new Error('broken');
      return set(items);
    };
    expect(await world.call(message)).toMatchObject({ ok: false, failure: { code: 'storage-failed' } });
    expect(open(world)).toEqual(URLS);
    world.local.set = set;
    // Tried again, what was kept is not kept twice.
    expect(await world.call(message)).toEqual({ ok: true, value: { closed: 3 } });
    await settle(world);
    expect(live()).toHaveLength(3);
  });

  it('are one row each when the message is repeated', async () => {
    const world = await windowOf(URLS);
    const message = asked(world);
    await world.call(message);
    expect(await world.call(message)).toEqual({ ok: true, value: { closed: 3 } });
    await settle(world);
    expect(live()).toHaveLength(3);
  });

  it('begin as the preset says, and are known as saved afterwards', async () => {
    const world = await windowOf(URLS);
    const beginning = { starts: {}, tags: ['later'] };
    const preset = { id: 'p', name: 'Later', destinationId: chosen(world), beginning, key: null, sites: [] };
    await world.call({ type: 'set-presets', presets: [preset] });
    await world.call(asked(world, { presetId: 'p', closes: false }));
    await settle(world);
    expect(live()[0]?.values.Tags).toEqual(['later', 'read']);
    const urls = [...URLS, 'https://example.org/new'];
    expect(await world.call({ type: 'are-saved', destinationId: chosen(world), urls })).toEqual({
      ok: true,
      value: [true, true, true, false],
    });
  });

  it('let what is saved by hand go first, and keep their order', async () => {
    const world = await windowOf(URLS);
    world.setOffline(true);
    await world.call(asked(world, { closes: false }));
    const destinationId = chosen(world);
    for (const title of ['One by hand', 'Another by hand']) {
      const capture = {
        ...{ url: `https://example.org/${title.length}`, title, description: '', tags: [], at: 1 },
        origin: 'popup' as const,
      };
      await world.call({ type: 'keep', saveId: title, capture, destinationId });
    }
    await world.background.idle();
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(rows().map(({ title }) => title)).toEqual([
      'One by hand',
      'Another by hand',
      'Page 1',
      'Page 2',
      'Page 3',
    ]);
  });

  it('of pages that are in Notion already become no second rows', async () => {
    const world = await windowOf(URLS);
    await world.call(asked(world, { closes: false }));
    await settle(world);
    const again = asked(world, { batchId: 'second', closes: false });
    await world.call({
      ...again,
      tabs: again.tabs.map((tab) => ({ ...tab, saveId: `${tab.saveId}-again` })),
    });
    await settle(world);
    expect(live()).toHaveLength(3);
  });
});
