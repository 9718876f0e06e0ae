/** What a page itself says, in the row's page: all of it, in order, once. */
import { describe, expect, it } from 'vitest';
import type { ContentNode } from '../../../src/core/content/node.ts';
import type { PlainBlock } from '../../../src/sandbox/control/plain.ts';
import { onlySave as one, save, saveArticles, tab } from './articles.ts';
import { appends, creates, REPEATS, repeatOf } from './browser-repeats.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, rows, newWorld, settle } = onSharedClock();

const paragraph = (words: string): ContentNode => ({ name: 'p', attributes: {}, children: [words] });
const numbered = (count: number): ContentNode[] =>
  Array.from({ length: count }, (_, at) => paragraph(`n${at}`));
const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);

/** A browser in which articles are saved with their pages. */
async function reading(nodes: readonly ContentNode[] | null, more = {}): Promise<World> {
  const world = await newWorld();
  await saveArticles(world);
  world.setContent(nodes, more);
  return world;
}

const content = (): PlainBlock[] => rows()[0]?.content ?? [];
const texts = () => content().map(({ text }) => text);
const sent = (world: World) =>
  world.requests.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/')[2]}`);

describe('an article', () => {
  it('that fits goes along with its row, in the one request that makes it', async () => {
    const world = await reading(numbered(90));
    world.requests.length = 0;
    await save(world);
    await settle(world);
    expect(texts()).toEqual(words(90));
    expect(sent(world).filter((what) => what !== 'POST data_sources')).toEqual(['POST pages']);
    expect(one(world).page).toMatchObject({ kind: 'article', parts: [90], counts: { words: 90 } });
  });

  it('of 1,500 blocks takes 15 requests', async () => {
    const world = await reading(numbered(1_500));
    world.requests.length = 0;
    await save(world);
    await settle(world);
    expect(texts()).toEqual(words(1_500));
    expect(world.requests.filter((request) => creates(request) || appends(request))).toHaveLength(15);
  });

  it('is not stored any more once it has arrived', async () => {
    const world = await reading(numbered(250));
    await save(world);
    const id = one(world).page?.id ?? '';
    expect(world.parts.parts(id).size).toBe(3);
    await settle(world);
    expect(world.parts.parts(id).size).toBe(0);
  });

  it('is not stored for ever where it was read and no save has come for it', async () => {
    const world = await reading(numbered(3));
    const { url, title } = tab;
    await world.call({ type: 'read-content', tabId: 7, wanted: 'article', url, title });
    await world.background.wake();
    const [id = ''] = await world.parts.ids();
    expect(world.parts.parts(id).size).toBe(1);
    clock.now += 3_600_000;
    await world.background.wake();
    expect(await world.parts.ids()).toEqual([]);
  });

  it.each(['before', 'after', 'instead'] as const)(
    'comes when the template has, which lands %s what is there',
    async (templateLands) => {
      const world = await reading(numbered(130));
      control().changeSettings({ templateLagMs: 6_000, templateLands });
      await world.call({ type: 'freshen-destination', destinationId: destinationIdOf(world) });
      await expect
        .poll(() => world.local.dump()[`destination:${destinationIdOf(world)}`])
        .toHaveProperty('templates');
      await world.call({
        type: 'set-form',
        destinationId: destinationIdOf(world),
        form: { version: 1, mapping: {}, starts: {}, content: 'article', template: 'default' },
      });
      await save(world);
      await settle(world);
      expect(texts().slice(-130)).toEqual(words(130));
      expect(texts().length).toBeGreaterThan(130);
    },
  );

  it('waits on this device like its row, whatever becomes of the browser', async () => {
    const world = await reading(numbered(250));
    world.setOffline(true);
    await save(world);
    world.reopen();
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(texts()).toEqual(words(250));
  });

  it('says in the page what the page has and it has not', async () => {
    const world = await reading(
      [
        ...numbered(2),
        { name: 'img', attributes: {}, children: [] },
        { name: 'iframe', attributes: {}, children: [] },
      ],
      { left: { canvases: 1 }, isCut: true },
    );
    await save(world);
    await settle(world);
    expect(texts()).toEqual([
      ...words(2),
      'content_left_note content_left_pictures 2, content_left_frames 1, content_left_rest',
    ]);
  });

  it('that nobody could read is said, and the row comes without it', async () => {
    const world = await reading(null);
    await save(world);
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(one(world)).toMatchObject({ state: 'in-notion', isPageUnread: true });
  });

  it('is shown before it is saved, to whoever asks', async () => {
    const world = await reading([
      { name: 'h2', attributes: {}, children: ['Tides'] },
      {
        name: 'ul',
        attributes: {},
        children: [
          {
            name: 'li',
            attributes: {},
            children: [
              'Ebb',
              { name: 'ul', attributes: {}, children: [{ name: 'li', attributes: {}, children: ['low'] }] },
            ],
          },
        ],
      },
      { name: 'img', attributes: { src: 'https://example.org/quay.jpg' }, children: [] },
      ...numbered(250),
    ]);
    const { url, title } = tab;
    const read = await world.call({ type: 'read-content', tabId: 7, wanted: 'article', url, title });
    if (!read.ok || !read.value) throw new Error('Nothing was read.');
    const preview = await world.call({ type: 'preview-content', page: read.value });
    const lines = preview.ok ? preview.value : [];
    expect(lines.slice(0, 5)).toEqual([
      { kind: 'heading', words: 'Tides', depth: 0 },
      { kind: 'item', words: 'Ebb', depth: 0 },
      { kind: 'item', words: 'low', depth: 1 },
      { kind: 'picture', words: '', depth: 0 },
      { kind: 'text', words: 'n0', depth: 0 },
    ]);
    expect(lines).toHaveLength(121);
    expect(lines.at(-1)).toEqual({ kind: 'more', words: '', depth: 0, count: 134 });
  });

  it('of a selection has a link to its place in the page', async () => {
    const world = await reading(numbered(2), { kind: 'selection', directive: 'text=n0,n1' });
    await save(world);
    await settle(world);
    expect(content().map(({ runs }) => runs.map(({ text, href }) => [text, href]))).toEqual([
      [['n0', null]],
      [['n1', null]],
      [['content_place', 'https://example.org/maxwell#:~:text=n0,n1']],
    ]);
  });

  it('is nothing to be said of where nothing is selected, and only that is wanted', async () => {
    const world = await reading(null);
    await world.call({
      type: 'set-form',
      destinationId: destinationIdOf(world),
      form: { version: 1, mapping: {}, starts: {}, content: 'selection' },
    });
    await save(world);
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(one(world).isPageUnread).toBeUndefined();
    expect(one(world).readingUntil).toBeUndefined();
  });

  it('leaves its row alone when the device cannot store or read it', async () => {
    const world = await reading(numbered(150));
    world.setOffline(true);
    await save(world);
    world.parts.fail('The database is damaged.');
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(one(world)).toMatchObject({ state: 'in-notion', page: { left: { lost: 150 } } });
    const other = { url: 'https://example.org/2' };
    world.setPage(other);
    world.setContent(numbered(3), other);
    await world.background.command('quick-save', { ...tab, ...other });
    await settle(world);
    expect(savesOf(world).find(({ capture }) => capture.url === other.url)).toMatchObject({
      state: 'in-notion',
      isPageUnread: true,
    });
    expect(rows()).toHaveLength(2);
  });

  it('of another page, which the tab has gone to, is not taken', async () => {
    const world = await reading(numbered(3), { url: 'https://example.org/other' });
    await save(world);
    await settle(world);
    expect(texts()).toEqual([]);
    expect(one(world)).toMatchObject({ isPageUnread: true });
  });

  it('is not added to a row that was there before', async () => {
    const world = await reading(numbered(3));
    control().addRow('Reading list', { Name: 'Before', URL: tab.url });
    clock.now += 60_000;
    await save(world);
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(texts()).toEqual([]);
    expect(one(world)).toMatchObject({ adopted: {}, state: 'in-notion' });
  });

  it('goes with its row when that is undone, in one request', async () => {
    const world = await reading(numbered(150));
    await save(world);
    await settle(world);
    world.requests.length = 0;
    await world.call({ type: 'undo', saveIds: [one(world).id] });
    await settle(world);
    expect(rows()).toEqual([]);
    expect(sent(world)).toEqual(['PATCH pages']);
  });

  it('stays together when somebody writes into the page meanwhile', async () => {
    const world = await reading(numbered(350));
    let writes = 0;
    world.onRequest = (request) => {
      const [row] = rows();
      if (appends(request) && row) control().write(row.id, `typed ${writes++}`);
    };
    await save(world);
    await settle(world);
    const [first, ...others] = texts().filter((text) => text.startsWith('typed'));
    expect(first).toBe('typed 0');
    expect(others).toHaveLength(2);
    expect(texts().filter((text) => text.startsWith('n'))).toEqual(words(350));
    // What came with the row, and what was written before the next part, which goes to the end.
    expect(texts().slice(100, 350)).not.toContain('typed 1');
  });

  it('goes on at the end when the block is gone behind which it was to go', async () => {
    const world = await reading(numbered(350));
    let appended = 0;
    world.onRequest = (request) => {
      const [row] = rows();
      const last = row?.content.at(-1);
      if (appends(request) && ++appended === 3 && row && last) control().removeBlock(row.id, last.id);
    };
    await save(world);
    await settle(world);
    expect(texts()).toEqual(words(350).filter((text) => text !== 'n299'));
  });

  it('of blocks that are all alike is there once, though a reply is lost', async () => {
    const world = await reading(Array.from({ length: 300 }, () => paragraph('the same')));
    for (let times = 0; times < 3; times++)
      control().addFault({ kind: 'drop_after', path: '/v1/blocks/*/children', method: 'PATCH', times: 1 });
    await save(world);
    await settle(world);
    expect(texts()).toEqual(Array.from({ length: 300 }, () => 'the same'));
  });

  it.each(REPEATS.filter(({ name }) => name !== 'neither is done'))(
    'is there once, though the browser sends its row twice and $name',
    async (repeat) => {
      const world = await reading(numbered(150));
      world.repeat(repeatOf(repeat, creates, control));
      await save(world);
      await settle(world);
      expect(rows()).toHaveLength(1);
      expect(texts()).toEqual(words(150));
    },
  );

  it.each(REPEATS)('is there once, though the browser sends a part of it twice and $name', async (repeat) => {
    const world = await reading(numbered(350));
    world.repeat(repeatOf(repeat, appends, control));
    await save(world);
    await settle(world);
    expect(texts()).toEqual(words(350));
  });

  it('does not wait for looks at what was added before, where the browser shows nothing of repeats', async () => {
    const world = await reading(numbered(450));
    world.hideRepeats();
    for (let times = 0; times < 4; times++) world.repeat(repeatOf(REPEATS[0], appends, control));
    const began = clock.now;
    await save(world);
    await world.background.idle();
    expect(clock.now).toBe(began);
    expect(texts().filter((text) => text === 'n449')).not.toEqual([]);
    await settle(world);
    expect(texts()).toEqual(words(450));
  });

  it('is told as lost where this device has lost it', async () => {
    const world = await reading(numbered(250));
    world.setOffline(true);
    await save(world);
    await world.parts.erase([one(world).page?.id ?? '']);
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(one(world)).toMatchObject({ state: 'in-notion', page: { left: { lost: 250 } } });
    expect(rows()).toHaveLength(1);
  });
});

describe('an article that is asked for afterwards', () => {
  const toast = (world: World, saveId: string) =>
    world.background.toastMessage({ type: 'toast-article', saveId }, tab);
  const quietly = async () => {
    const world = await newWorld();
    world.setContent(numbered(130));
    return world;
  };

  it('by its key on the toast goes behind what the row has', async () => {
    const world = await quietly();
    await save(world);
    await settle(world);
    expect(texts()).toEqual([]);
    expect(world.toasts.at(-1)?.actions?.offered).toContain('article');
    expect(await toast(world, one(world).id)).toEqual({ ok: true });
    await settle(world);
    expect(texts()).toEqual(words(130));
    expect(world.toasts.at(-1)?.actions?.offered).not.toContain('article');
  });

  it('by its key is not that of another page, which the tab shows by now', async () => {
    const world = await quietly();
    await save(world);
    await settle(world);
    world.setContent(numbered(3), { url: 'https://example.org/other' });
    expect(await toast(world, one(world).id)).toMatchObject({ ok: false });
    await settle(world);
    expect(texts()).toEqual([]);
  });

  it('for a row that was there before goes under a heading of its own, and goes with it on undo', async () => {
    const world = await quietly();
    const row = control().addRow('Reading list', { Name: 'Before', URL: tab.url });
    control().write(row.id, 'What was there before');
    clock.now += 60_000;
    await save(world);
    await settle(world);
    world.hideRepeats();
    const began = clock.now;
    await toast(world, one(world).id);
    await world.background.idle();
    // What nobody can tell to be there twice is looked for later.
    expect(clock.now).toBe(began);
    expect(content().at(-1)?.children).toHaveLength(130);
    await settle(world);
    expect(content().map(({ type, text }) => [type, text.split(' ')[0]])).toEqual([
      ['paragraph', 'What'],
      ['heading_3', 'content_heading'],
    ]);
    expect(content()[1]?.children.map(({ text }) => text)).toEqual(words(130));
    world.requests.length = 0;
    await world.call({ type: 'undo', saveIds: [one(world).id] });
    await settle(world);
    expect(texts()).toEqual(['What was there before']);
    expect(sent(world)).toEqual(['DELETE blocks']);
  });

  it('is not forced upon somebody who takes its heading away meanwhile', async () => {
    const world = await quietly();
    control().addRow('Reading list', { Name: 'Before', URL: tab.url });
    clock.now += 60_000;
    await save(world);
    await settle(world);
    let appended = 0;
    world.onRequest = (request) => {
      const [row] = rows();
      const [heading] = row?.content ?? [];
      if (appends(request) && ++appended === 3 && row && heading) control().removeBlock(row.id, heading.id);
    };
    await toast(world, one(world).id);
    await settle(world);
    expect(texts()).toEqual([]);
    expect(one(world)).toMatchObject({ state: 'in-notion', failure: null, page: { left: { lost: 30 } } });
  });

  it('in the popup on a saved page is added to its row once, whatever the browser sends twice', async () => {
    const world = await quietly();
    const row = control().addRow('Reading list', { Name: 'Before', URL: tab.url });
    clock.now += 60_000;
    const destinationId = destinationIdOf(world);
    const found = await world.call({ type: 'find-saved', url: tab.url, destinationId, where: 'notion' });
    if (!found.ok || found.value?.kind !== 'row') throw new Error('The row was not found.');
    world.repeat(repeatOf(REPEATS[0], appends, control));
    const add = { type: 'add-content', saveId: 'add', ...found.value, destinationId } as const;
    const { kind: _, ...message } = { ...add, tabId: 7, wanted: 'article', url: tab.url } as const;
    expect(await world.call(message)).toMatchObject({ ok: true });
    await settle(world);
    expect(rows().find(({ id }) => id === row.id)?.content).toMatchObject([{ type: 'heading_3' }]);
    expect(content()[0]?.children.map(({ text }) => text)).toEqual(words(130));
  });
});

describe('what Notion does not take', () => {
  const picture = (address: string): ContentNode => ({
    name: 'img',
    attributes: { src: `https://${address}/a.png`, alt: 'A dog on a lawn' },
    children: [],
  });
  const page = [...numbered(40), picture('good.test'), picture('bad.test'), ...numbered(200).slice(40)];

  it.each([true, false])(
    'one picture costs no more than itself, where it is named: %s',
    async (namesRefused) => {
      const world = await reading(page);
      control().changeSettings({ refusedAddress: 'bad.test', namesRefused });
      world.requests.length = 0;
      await save(world);
      await settle(world);
      expect(texts().filter((text) => text.startsWith('n'))).toEqual(words(200));
      expect(texts().some((text) => text.includes('A dog on a lawn') && text.includes('bad.test'))).toBe(
        true,
      );
      const pictures = content()
        .filter(({ type }) => type === 'image')
        .map(({ url }) => url);
      expect(pictures).toEqual(namesRefused ? ['https://good.test/a.png'] : []);
      expect(world.requests.filter((request) => creates(request) || appends(request)).length).toBeLessThan(8);
    },
  );

  it('keeps the row’s cover and icon when a picture of the article is refused', async () => {
    const world = await reading(page);
    await world.call({
      type: 'set-form',
      destinationId: destinationIdOf(world),
      form: { version: 1, mapping: {}, starts: {}, content: 'article', cover: true },
    });
    world.setPage({ meta: { ogImage: 'https://example.org/cover.png' } });
    control().changeSettings({ refusedAddress: 'bad.test' });
    await save(world);
    await settle(world);
    expect(rows()[0]?.cover).toMatchObject({ external: { url: 'https://example.org/cover.png' } });
  });
});
