/** What the user chose stays chosen: no list of Notion's, no missing schema and no gone database sends a row elsewhere. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { CatalogEntry } from '../../../src/core/database/destination.ts';
import type { Preset } from '../../../src/core/settings/presets.ts';
import { destinationIdOf, onSharedClock, savesLeft, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, newWorld, settle } = onSharedClock();
const tab = { id: 7, url: 'https://food.example/soup', title: 'Soup' };

let world: World;
beforeEach(async () => {
  world = await newWorld();
  await world.connect({ share: ['Reading list', 'Recipes'] });
  world.setPage({ url: tab.url, title: tab.title });
  await world.call({ type: 'choose-destination', destinationId: idOf('Reading list') });
});

const entries = () => (world.local.dump().catalog as { entries: CatalogEntry[] }).entries;
const titles = () => entries().map(({ title }) => title);
const idOf = (title: string) => entries().find((entry) => entry.title === title)?.id ?? '';
const rowsIn = (database: string) =>
  control()
    .dataSource(database)
    .rows.filter(({ inTrash, title }) => !inTrash && ['Soup', 'By form'].includes(title));

const preset = (destinationId: string, more: Partial<Preset> = {}): Preset => ({
  id: 'cook',
  name: 'cook',
  destinationId,
  beginning: { starts: {}, tags: ['cooked'] },
  key: '1',
  sites: ['food.example'],
  ...more,
});
const setPreset = (one: Preset) => world.call({ type: 'set-presets', presets: [one] });
const refresh = () => world.call({ type: 'refresh-catalog' });

/** More databases than one list of Notion's is read for, all of them edited later. */
function makeMany(): void {
  clock.now += 60_000;
  for (let number = 0; number < 501; number++) {
    const { databaseId } = control().createDatabase({
      title: `Database ${number}`,
      sources: [{ properties: [] }],
    });
    control().share(databaseId);
  }
  clock.now += 60_000;
}

/** Nothing of any schema is left on the device, and there is no network. */
async function forgetSchemas(): Promise<void> {
  const keys = Object.keys(world.local.dump()).filter((key) => key.startsWith('destination:'));
  await world.local.remove(keys);
  world.restart();
  world.setOffline(true);
}
const online = async () => {
  world.setOffline(false);
  await world.call({ type: 'came-online' });
  await settle(world);
};

const capture = (more: Partial<Capture> = {}): Capture => ({
  url: 'https://food.example/form',
  title: 'By form',
  description: '',
  tags: ['typed'],
  at: clock.now,
  origin: 'popup',
  ...more,
});

describe('of more databases than are listed', () => {
  it('what was there stays listed, and a preset saves where it says', async () => {
    await setPreset(preset(idOf('Recipes')));
    makeMany();
    expect(await refresh()).toMatchObject({ ok: true });
    expect(world.local.dump().catalog).toMatchObject({ isCut: true });
    expect(titles()).toEqual(expect.arrayContaining(['Reading list', 'Recipes']));
    await world.background.command('quick-save', tab);
    await settle(world);
    expect(rowsIn('Recipes')).toHaveLength(1);
    expect(rowsIn('Reading list')).toHaveLength(0);
  });

  it('one that is thrown away or shared no longer leaves the list, when Notion says so of it', async () => {
    control().trash(control().dataSource('Recipes').databaseId, true);
    makeMany();
    await refresh();
    expect(titles()).toContain('Reading list');
    expect(titles()).not.toContain('Recipes');
    control().unshare('Reading list');
    await refresh();
    expect(titles()).not.toContain('Reading list');
  });

  it('a search that finds more than it lists says so', async () => {
    makeMany();
    const find = (query: string) => world.call({ type: 'find-databases', query });
    expect(await find('Database')).toEqual({ ok: true, value: { isWhole: false } });
    expect(await find('Recipes')).toEqual({ ok: true, value: { isWhole: true } });
  });
});

describe('a database that Notion does not answer for', () => {
  it('stays listed', async () => {
    makeMany();
    control().addFault({ kind: 'internal_server_error', method: 'GET', path: '/v1/data_sources/*' });
    await refresh();
    control().clearFaults();
    expect(titles()).toEqual(expect.arrayContaining(['Reading list', 'Recipes']));
  });
});

describe('a preset whose database is gone', () => {
  it.each(['in the trash', 'not shared', 'of a workspace that is disconnected', 'unknown'])(
    'as it is %s keeps the save, and tells',
    async (how) => {
      const code = {
        'in the trash': 'database-in-trash',
        'not shared': 'not-shared',
      }[how];
      await setPreset(preset(how === 'unknown' ? 'gone' : idOf('Recipes')));
      if (how === 'in the trash') control().trash(control().dataSource('Recipes').databaseId, true);
      if (how === 'not shared') control().unshare('Recipes');
      if (how === 'of a workspace that is disconnected') {
        const key = `destination:${idOf('Recipes')}`;
        await world.local.set({ [key]: { ...(world.local.dump()[key] as object), botId: 'other' } });
        const catalog = world.local.dump().catalog as { entries: CatalogEntry[] };
        const others = catalog.entries.filter(({ title }) => title !== 'Recipes');
        await world.local.set({ catalog: { ...catalog, entries: others } });
        world.restart();
      } else await refresh();
      for (const by of ['quick-save', 'preset-1']) {
        world.setPage({ url: `${tab.url}/${by}`, title: 'Soup' });
        await world.background.command(by, { ...tab, url: `${tab.url}/${by}` });
        await settle(world);
      }
      expect(rowsIn('Reading list')).toHaveLength(0);
      expect(savesLeft(world)).toHaveLength(2);
      for (const save of savesLeft(world))
        expect(save).toMatchObject({
          state: 'needs-you',
          failure: { code: code ?? 'database-unknown' },
          capture: { title: 'Soup', tags: ['cooked'] },
        });
      const [{ id, capture: kept } = { id: '', capture: capture() }] = savesOf(world);
      await world.call({ type: 'amend', saveId: id, capture: kept, destinationId: idOf('Reading list') });
      await settle(world);
      expect(rowsIn('Reading list')).toHaveLength(1);
    },
  );
});

describe('without a schema and without a network', () => {
  beforeEach(async () => {
    await setPreset(preset(idOf('Recipes')));
    await forgetSchemas();
  });
  const destinationId = () => idOf('Reading list');

  it('the form keeps, and the row arrives', async () => {
    const kept = await world.call({
      type: 'keep',
      saveId: 'one',
      capture: capture(),
      destinationId: destinationId(),
    });
    expect(kept).toEqual({ ok: true, value: { saveId: 'one' } });
    await online();
    expect(rowsIn('Reading list')).toMatchObject([{ values: { Tags: ['typed'] } }]);
  });

  it('a row that is there is changed', async () => {
    const row = control().addRow('Reading list', { Name: 'By form' });
    const held = capture({ tags: [] });
    const kept = await world.call({
      type: 'change-row',
      saveId: 'one',
      row: { id: row.id, url: 'https://www.notion.so/row' },
      held,
      capture: capture(),
      destinationId: destinationId(),
    });
    expect(kept).toEqual({ ok: true, value: { saveId: 'one' } });
    await online();
    expect(rowsIn('Reading list')).toMatchObject([{ values: { Tags: ['typed'] } }]);
  });

  it('the key keeps where the preset says, with what it begins with', async () => {
    await setPreset(
      preset(idOf('Recipes'), {
        beginning: { tags: ['cooked'], starts: { title: { from: 'site-name' } } },
      }),
    );
    await world.background.command('quick-save', tab);
    await world.background.idle();
    expect(savesOf(world)).toMatchObject([
      { destinationId: idOf('Recipes'), capture: { tags: ['cooked'] }, failure: { code: 'offline' } },
    ]);
    await online();
    expect(rowsIn('Recipes')).toHaveLength(1);
    expect(savesLeft(world)).toEqual([]);
  });

  it.each([
    ['the menu', () => world.background.menu({ id: 'page:' }, tab)],
    ['the address bar', () => world.background.addressBar.entered('+ #typed', tab)],
  ])('%s keeps', async (_, ask) => {
    await ask();
    await world.background.idle();
    expect(savesOf(world)).toHaveLength(1);
    await online();
    expect(rowsIn('Recipes')).toHaveLength(1);
  });

  it('what is kept can be changed, and sent to another database', async () => {
    await world.call({ type: 'keep', saveId: 'one', capture: capture(), destinationId: destinationId() });
    await world.background.idle();
    const changed = capture({ tags: ['changed'] });
    expect(
      await world.call({
        type: 'amend',
        saveId: 'one',
        capture: changed,
        destinationId: idOf('Recipes'),
      }),
    ).toMatchObject({ ok: true });
    await online();
    expect(rowsIn('Reading list')).toHaveLength(0);
    expect(rowsIn('Recipes')).toHaveLength(1);
  });

  it('another database is chosen, which holds', async () => {
    expect(await world.call({ type: 'choose-destination', destinationId: idOf('Recipes') })).toMatchObject({
      ok: true,
    });
    expect(destinationIdOf(world)).toBe(idOf('Recipes'));
  });

  it('the toast sends what it tells of to another database', async () => {
    await world.background.command('quick-save', tab);
    await world.background.idle();
    await expect.poll(() => world.toasts.length).toBeGreaterThan(0);
    const saveId = world.toasts.at(-1)?.id ?? '';
    const sent = await world.background.toastMessage(
      { type: 'toast-change', saveId, change: { destinationId: idOf('Reading list') } },
      tab,
    );
    expect(sent).toEqual({ ok: true });
    await online();
    expect(rowsIn('Reading list')).toHaveLength(1);
    expect(rowsIn('Recipes')).toHaveLength(0);
  });
});

describe('long lists', () => {
  const botId = () => entries()[0]?.botId ?? '';

  it('of people are read to the end, and say when they are not', async () => {
    for (let number = 0; number < 650; number++) control().addPerson(`Person ${number}`);
    const people = () => world.call({ type: 'list-people', botId: botId() });
    const all = await people();
    expect(all.ok && all.value.found.map(({ name }) => name)).toContain('Person 649');
    expect(all).toMatchObject({ ok: true, value: { isWhole: true } });
    control().addFault({ kind: 'internal_server_error', path: '/v1/users' });
    expect(await people()).toMatchObject({ ok: false });
    control().clearFaults();
  });

  it('of related pages say that there are more', async () => {
    for (let number = 0; number < 25; number++) control().addRow('Recipes', { Gericht: `Dish ${number}` });
    const find = (typed: string) =>
      world.call({
        type: 'search-related',
        botId: botId(),
        dataSourceId: control().dataSource('Recipes').id,
        typed,
      });
    expect(await find('Dish')).toMatchObject({ ok: true, value: { isWhole: false } });
    expect(await find('Dish 24')).toMatchObject({
      ok: true,
      value: { isWhole: true, found: [{ name: 'Dish 24' }] },
    });
  });
});
