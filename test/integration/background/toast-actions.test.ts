/** What is done from the toast of a quick save: before the save has left, when it is in Notion, and from nowhere else. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ToastMessage, ToastReplies } from '../../../src/protocol/toast.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { control, rows, newWorld, settle } = onSharedClock();
const tab = { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' };

let world: World;
beforeEach(async () => {
  world = await newWorld();
  await world.connect({ share: ['Reading list', 'Recipes'] });
  world.toasts.length = 0;
});

/** Asks as the toast in that tab would. */
const ask = async <T extends ToastMessage['type']>(
  message: Extract<ToastMessage, { type: T }>,
  from = tab,
): Promise<ToastReplies[T]> => (await world.background.toastMessage(message, from)) as ToastReplies[T];

const quickSave = async () => {
  await world.background.command('quick-save', tab);
  const toast = world.toasts.at(-1);
  if (!toast) throw new Error('no toast');
  return toast.id;
};
const change = (saveId: string, what: Extract<ToastMessage, { type: 'toast-change' }>['change']) =>
  ask({ type: 'toast-change', saveId, change: what });
/** The requests that have written to Notion. */
const writes = () =>
  world.requests.filter(({ method, url }) => method === 'PATCH' || url.endsWith('/v1/pages'));

describe.each(['waiting', 'in Notion'])('a save that is %s', (where) => {
  let id: string;
  beforeEach(async () => {
    world.setOffline(where === 'waiting');
    id = await quickSave();
    if (where === 'in Notion') await settle(world);
    world.requests.length = 0;
  });
  /** It goes out changed, or is changed by one request. */
  const arrived = async () => {
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(writes()).toHaveLength(1);
    return rows();
  };

  it('takes tags', async () => {
    expect(await change(id, { tags: ['physics', 'new one'] })).toEqual({ ok: true });
    expect(await arrived()).toMatchObject([{ values: { Tags: ['physics', 'new one'] } }]);
    expect(world.toasts.at(-1)).toMatchObject({
      id,
      actions: { tags: [{ name: 'physics' }, { name: 'new one' }] },
    });
  });

  it('takes a note and a status', async () => {
    await change(id, { note: 'To be read twice.' });
    if (where === 'in Notion') {
      await settle(world);
      world.requests.length = 0;
    }
    await change(id, { choice: 'Reading' });
    expect(await arrived()).toMatchObject([
      { values: { Description: 'To be read twice.', Status: 'Reading' } },
    ]);
  });

  it('is undone', async () => {
    expect(await ask({ type: 'toast-undo', saveId: id })).toEqual({ ok: true });
    world.setOffline(false);
    await settle(world);
    expect(rows()).toEqual([]);
    expect(world.toasts.at(-1)).toMatchObject({ id, title: 'toast_undone' });
    expect(world.toasts.at(-1)?.actions).toBeUndefined();
  });

  it('goes to another database, and the toast goes with it', async () => {
    const [offer] = await ask({ type: 'toast-find-databases', saveId: id, typed: 'recip' });
    expect(await change(id, { destinationId: offer?.id ?? '' })).toEqual({ ok: true });
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(rows()).toEqual([]);
    expect(control().dataSource('Recipes').rows.at(-1)).toMatchObject({
      title: 'How four equations came to be',
      inTrash: false,
    });
    expect(world.toasts.at(-1)).toMatchObject({ id, tone: 'done' });
    expect(await change(id, { note: 'Still here.' })).toEqual({ ok: true });
  });

  it('is saved by a preset in place of what was set', async () => {
    const preset = {
      id: 'p',
      name: 'Later',
      destinationId: destinationIdOf(world),
      beginning: { starts: {}, tags: ['later'] },
      key: '1',
      sites: [],
    };
    await world.call({ type: 'set-presets', presets: [preset] });
    expect(await change(id, { presetKey: '1' })).toEqual({ ok: true });
    expect(await arrived()).toMatchObject([{ values: { Tags: ['later'] } }]);
  });
});

describe('a toast', () => {
  it('offers what can be done, and takes the focus when the key was pressed and not again', async () => {
    const id = await quickSave();
    await settle(world);
    const [first, ...others] = world.toasts;
    expect(first).toMatchObject({
      id,
      actions: { takeFocus: true, offered: ['tags', 'note', 'choice', 'database', 'article', 'undo'] },
    });
    expect(others.map(({ actions }) => actions?.takeFocus)).toEqual(others.map(() => false));
    expect(others.at(-1)?.actions?.offered).toContain('open');
    await quickSave();
    await settle(world);
    expect(world.toasts.at(-1)).toMatchObject({ id, title: 'toast_already', actions: { takeFocus: true } });
  });

  it('opens the row', async () => {
    const id = await quickSave();
    await settle(world);
    expect(await ask({ type: 'toast-open', saveId: id })).toEqual({ ok: true });
    expect(world.opened).toEqual([savesOf(world)[0]?.row?.url]);
  });

  it('offers tags as the popup does, a new one last when another is meant', async () => {
    const id = await quickSave();
    const offered = await ask({ type: 'toast-complete-tags', saveId: id, typed: 'phys', chosen: [] });
    expect(offered[0]).toMatchObject({ name: 'physics', isNew: false });
    const made = await ask({ type: 'toast-complete-tags', saveId: id, typed: 'zebra', chosen: [] });
    expect(made[0]).toMatchObject({ name: 'zebra', isNew: true });
  });

  it('completes names in the note, which then means what was offered', async () => {
    const id = await quickSave();
    const completed = async (line: string) =>
      ask({ type: 'toast-complete-line', saveId: id, line, caret: line.length });
    const tags = await completed('Worth it #phys');
    expect(tags).toMatchObject({
      offers: [
        { name: 'physics', isNew: false, line: 'Worth it #physics ', caret: 18 },
        { name: 'phys', color: null, isNew: true, line: 'Worth it #phys ' },
      ],
      likeliest: 0,
    });
    const status = await completed(`${tags.offers[0]?.line}!read`);
    const reading = status.offers.find(({ name }) => name === 'Reading');
    const databases = await completed(`${reading?.line}@recip`);
    // With its emoji where it is shown, without it where it is typed.
    expect(databases).toMatchObject({ offers: [{ line: expect.stringMatching(/@Recipes $/), color: null }] });
    expect(await completed('No name here')).toEqual({ offers: [], likeliest: -1 });
    expect(await completed('>')).toEqual({ offers: [], likeliest: -1 });
    await change(id, { note: reading?.line ?? '' });
    await settle(world);
    expect(rows()).toMatchObject([
      { values: { Tags: ['physics'], Status: 'Reading', Description: 'Worth it' } },
    ]);
    // A tag that it has is not offered again.
    expect((await completed('#phys')).offers).toEqual([]);
  });

  it('is answered by a background that did not show it', async () => {
    const id = await quickSave();
    await settle(world);
    world.restart();
    expect(await change(id, { tags: ['physics'] })).toEqual({ ok: true });
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: ['physics'] } }]);
  });

  it('is heard only in its own tab, and only about its own save', async () => {
    const id = await quickSave();
    await world.call({
      type: 'keep',
      saveId: 'other',
      capture: {
        url: 'https://example.org/b',
        title: 'B',
        description: '',
        tags: [],
        at: 1,
        origin: 'popup',
      },
      destinationId: destinationIdOf(world),
    });
    await settle(world);
    const forged = { type: 'toast-change', saveId: id, change: { note: 'Forged.' } } as const;
    expect(await ask(forged, { ...tab, id: 8 })).toMatchObject({ ok: false });
    expect(await ask({ ...forged, saveId: 'other' })).toMatchObject({ ok: false });
    expect(world.background.toastMessage({ type: 'disconnect', botId: 'x' }, tab)).toBeNull();
    await settle(world);
    expect(rows().map(({ values }) => values.Description)).toEqual(['', '']);
  });

  it('says what is wrong, and what helps', async () => {
    const id = await quickSave();
    expect(await change(id, { destinationId: crypto.randomUUID() })).toMatchObject({
      ok: false,
      title: 'failure_database_unknown_title',
    });
  });
});

describe('a preset on the toast', () => {
  const presetWith = (beginning: object) =>
    world.call({
      type: 'set-presets',
      presets: [
        {
          id: 'p',
          name: 'Later',
          destinationId: destinationIdOf(world),
          beginning: { starts: {}, tags: ['later'], ...beginning },
          key: '1',
          sites: [],
        },
      ],
    });
  const told = () => world.toasts.at(-1)?.id ?? '';
  const propertyId = (name: string) => {
    const stored = world.local.dump()[`destination:${destinationIdOf(world)}`];
    const { properties } = stored as { properties: { id: string; name: string }[] };
    return properties.find((one) => one.name === name)?.id ?? '';
  };

  it.each([
    [
      'link',
      { linkUrl: 'https://other.example/a', linkText: 'Another' },
      { title: 'Another', values: { URL: 'https://other.example/a', Tags: ['later'] } },
    ],
    [
      'image',
      { imageUrl: 'https://example.org/a.png' },
      {
        title: 'The image',
        values: { URL: 'https://example.org/a.png', Tags: ['later'] },
        cover: { external: { url: 'https://example.org/a.png' } },
      },
    ],
    [
      'selection',
      { selection: 'Light itself' },
      {
        values: {
          URL: `${tab.url}#:~:text=Light%20itself`,
          Description: '“Light itself”',
          Tags: ['later'],
        },
      },
    ],
  ])('leaves a saved %s what it is, before it has left and after', async (kind, what, row) => {
    // What is in the page says nothing of it.
    await presetWith({ cover: true, starts: { [propertyId('Description')]: { from: 'site-name' } } });
    world.setPage({ selection: 'Light itself', directive: 'text=Light%20itself' });
    for (const isOffline of [true, false]) {
      world.setOffline(isOffline);
      await world.background.menu({ id: `${kind}:`, ...what }, tab);
      if (!isOffline) await settle(world);
      expect(await change(told(), { presetKey: '1' })).toEqual({ ok: true });
      world.setOffline(false);
      await world.background.online();
      await settle(world);
      expect(rows().at(-1)).toMatchObject(row);
      expect(rows()).toHaveLength(1);
      await ask({ type: 'toast-undo', saveId: told() });
      await settle(world);
    }
  });

  it('is for the page that was saved, whatever the tab shows by then', async () => {
    world.setPage({ meta: { ogSiteName: 'Example Review' } });
    await presetWith({ starts: { [propertyId('Description')]: { from: 'site-name' } } });
    world.setOffline(true);
    const id = await quickSave();
    const before = savesOf(world)[0]?.capture;
    world.setPage({
      url: 'https://elsewhere.example/',
      title: 'Elsewhere',
      meta: { ogSiteName: 'Elsewhere' },
    });
    await world.restart();
    const moved = { ...tab, url: 'https://elsewhere.example/', title: 'Elsewhere' };
    expect(await ask({ type: 'toast-change', saveId: id, change: { presetKey: '1' } }, moved)).toEqual({
      ok: true,
    });
    expect(savesOf(world)[0]?.capture).toMatchObject({
      url: before?.url,
      title: before?.title,
      tags: ['later'],
      values: [{ name: 'Description', value: { kind: 'text', text: 'Example Review' } }],
    });
  });

  it('takes the place of what the database begins with, and of nothing that was said since', async () => {
    const destinationId = destinationIdOf(world);
    const form = { version: 1 as const, mapping: {}, starts: {}, tags: ['inbox'] };
    await world.call({ type: 'set-form', destinationId, form });
    await presetWith({});
    world.setOffline(true);
    const id = await quickSave();
    expect(savesOf(world)[0]?.capture.tags).toEqual(['inbox']);
    await change(id, { tags: ['inbox', 'mine'] });
    await change(id, { note: 'Mine too.' });
    await change(id, { choice: 'Reading' });
    await change(id, { presetKey: '1' });
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(rows()).toMatchObject([
      { values: { Tags: ['later', 'mine'], Description: 'Mine too.', Status: 'Reading' } },
    ]);
    // The same again is the same.
    await change(id, { presetKey: '1' });
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: ['later', 'mine'] } }]);
  });

  it('adds to a row that was there before, and takes nothing from it', async () => {
    const url = 'https://example.org/maxwell/lines-of-force';
    const there = control()
      .dataSource('Reading list')
      .rows.find(({ values }) => values.URL === url);
    control().trash(there?.id ?? '', false);
    world.setPage({ url, title: 'Another title by now', meta: { description: 'Another text by now' } });
    await presetWith({});
    await world.background.command('quick-save', { ...tab, url });
    await settle(world);
    const id = told();
    expect(await change(id, { presetKey: '1' })).toEqual({ ok: true });
    await settle(world);
    expect(rows()).toMatchObject([
      {
        id: there?.id,
        title: there?.title,
        values: { ...there?.values, Tags: ['later', 'physics', 'history'] },
      },
    ]);
  });
});
