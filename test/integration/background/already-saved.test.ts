/** A page that is saved already: no second row by accident, and the row that is there can be changed. */
import { beforeEach, describe, expect, it } from 'vitest';
import { addressKey } from '../../../src/core/address/address-key.ts';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { RowIndexStatus } from '../../../src/core/saved-rows/status.ts';
import type { Saved } from '../../../src/protocol/replies.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, origin, rows, newWorld, settle } = onSharedClock();
const tab = { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' };

let world: World;
beforeEach(async () => {
  world = await newWorld();
  world.requests.length = 0;
});

const capture = (more: Partial<Capture> = {}): Capture => ({
  url: tab.url,
  title: 'How four equations came to be',
  description: '',
  tags: [],
  at: clock.now,
  origin: 'popup',
  ...more,
});

/** The row was made long ago, by this device or another: nothing of it is left here. */
async function savedLongAgo(what: Partial<Capture> = {}): Promise<void> {
  await world.call({
    type: 'keep',
    saveId: 'long ago',
    capture: capture({ tags: ['physics'], description: 'Of old.', ...what }),
    destinationId: destinationIdOf(world),
  });
  await settle(world);
  await world.local.remove(['save:long ago', 'outbox']);
  world.restart();
  await settle(world);
  world.requests.length = 0;
}
const quickSave = async (url = tab.url) => {
  world.setPage({ url });
  await world.background.command('quick-save', { ...tab, url });
  await settle(world);
};
const find = async (where: 'device' | 'notion', url = tab.url): Promise<Saved | null> => {
  const found = await world.call({ type: 'find-saved', destinationId: destinationIdOf(world), url, where });
  if (!found.ok) throw new Error(found.failure.code);
  return found.value;
};

const titles = () => world.toasts.map(({ title }) => title);
/** What was asked of Notion; of pages, which one. */
const asked = () =>
  world.requests.map(({ method, url }) => {
    const [, , kind, id] = new URL(url).pathname.split('/');
    return `${method} ${kind}${kind === 'pages' && id ? `/${id}` : ''}`;
  });
/** Somebody gives a row another address. */
async function readdress(rowId: string, url: string): Promise<void> {
  const { accessToken } = control().mint({ share: ['Reading list'] });
  const reply = await fetch(`${origin()}/v1/pages/${rowId}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${accessToken}`,
      'notion-version': '2026-03-11',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ properties: { URL: { url } } }),
  });
  expect(reply.status).toBe(200);
}

describe('a quick save', () => {
  it('adds nothing, and says so', async () => {
    await savedLongAgo();
    await quickSave();
    expect(rows()).toMatchObject([{ values: { Tags: ['physics'], Description: 'Of old.' } }]);
    expect(world.toasts.at(-1)).toMatchObject({ tone: 'done', title: 'toast_already' });
    expect(world.requests).toHaveLength(1);
  });

  it.each([
    ['with tracking', `${tab.url}?utm_source=feed`],
    ['with a slash', `${tab.url}/`],
    ['at a place within it', `${tab.url}#history`],
    ['without encryption', tab.url.replace('https', 'http')],
  ])('knows the page %s', async (_, url) => {
    await savedLongAgo();
    await quickSave(url);
    expect(rows()).toHaveLength(1);
  });

  it.each([
    ['https://ja.wikipedia.org/wiki/苔', 'https://ja.wikipedia.org/wiki/%E8%8B%94'],
    ['https://example.org/café/', 'https://example.org/caf%C3%A9'],
    ['https://пример.испытание/дом', 'https://xn--e1afmkfd.xn--80akhbyknj4f/%D0%B4%D0%BE%D0%BC'],
    ['https://twitter.com/ada/status/1', 'https://x.com/ada/status/1'],
    ['https://x.com/ada/status/1', 'https://mobile.twitter.com/ada/status/1'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://m.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['https://en.m.wikipedia.org/wiki/Moss', 'https://en.wikipedia.org/wiki/Moss'],
    ['https://en.wikipedia.org/wiki/Moss_%28plant%29', 'https://en.wikipedia.org/wiki/Moss_(plant)'],
  ])('finds the row of %s, which somebody pasted, on %s', async (pasted, visited) => {
    await savedLongAgo({ url: pasted });
    await quickSave(visited);
    expect(rows()).toHaveLength(1);
    expect(world.toasts.at(-1)).toMatchObject({ title: 'toast_already' });
  });

  it.each([
    ['https://x.com/ada/status/1', 'https://twitter.com/ada/status/1'],
    ['https://m.example.org/a', 'https://www.example.org/a'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['https://en.m.wikipedia.org/wiki/Moss', 'https://en.wikipedia.org/wiki/Moss'],
    ['https://xn--e1afmkfd.xn--80akhbyknj4f/', 'https://пример.испытание/'],
  ])('of %s and of %s is one save while it waits', async (one, other) => {
    world.setOffline(true);
    for (const url of [one, other]) {
      world.setPage({ url });
      await world.background.command('quick-save', { ...tab, url });
    }
    expect(savesOf(world)).toHaveLength(1);
    world.setOffline(false);
    await settle(world);
    expect(rows()).toHaveLength(1);
  });

  it.each([
    ['a reader view', `about:reader?url=${encodeURIComponent(tab.url)}`],
    ['its source', `view-source:${tab.url}`],
    ['a cache', tab.url.replace('https://', 'https://www.google.com/amp/s/')],
    ['a translation', 'https://example-org.translate.goog/maxwell?_x_tr_sl=en&_x_tr_tl=de'],
  ])('in %s is of the page itself', async (_, url) => {
    world.setPage({ url });
    await world.background.command('quick-save', { ...tab, url });
    await settle(world);
    expect(rows()).toMatchObject([{ values: { URL: tab.url } }]);
    await quickSave();
    expect(rows()).toHaveLength(1);
  });

  it('of another page makes a row, for one query more', async () => {
    await savedLongAgo();
    await quickSave(`${tab.url}?page=2`);
    expect(rows()).toHaveLength(2);
    expect(
      world.requests.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/')[2]}`),
    ).toEqual(['POST data_sources', 'POST pages']);
  });

  it('pressed again makes no second row, even before the first has left', async () => {
    world.setOffline(true);
    await world.background.command('quick-save', tab);
    await world.background.command('quick-save', tab);
    expect(savesOf(world)).toHaveLength(1);
    world.setOffline(false);
    await settle(world);
    await quickSave();
    expect(rows()).toHaveLength(1);
    expect(savesOf(world)).toHaveLength(1);
  });

  it.each(['restricted_resource', 'validation_error', 'not_found'] as const)(
    'makes the row all the same where Notion does not say, by %s',
    async (kind) => {
      control().addFault({ kind, method: 'POST', path: '/v1/data_sources/*', times: 1 });
      await quickSave();
      expect(rows()).toHaveLength(1);
    },
  );

  it('makes the row all the same when the property of the address is gone', async () => {
    control().removeProperty('Reading list', 'URL');
    await quickSave();
    expect(rows()).toMatchObject([{ title: 'How four equations came to be' }]);
    expect(savesOf(world)).toMatchObject([{ state: 'in-notion', failure: null }]);
  });

  it('that is undone leaves the row that was there', async () => {
    await savedLongAgo();
    await quickSave();
    const saveId = savesOf(world)[0]?.id ?? '';
    // Nothing was done yet that could be taken back.
    expect(world.toasts.at(-1)).toMatchObject({ title: 'toast_already' });
    expect(world.toasts.at(-1)?.actions?.offered).not.toContain('undo');
    await world.background.toastMessage(
      { type: 'toast-change', saveId, change: { tags: ['physics', 'history'] } },
      tab,
    );
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: ['physics', 'history'] } }]);
    expect(world.toasts.at(-1)?.actions?.offered).toContain('undo');
    await world.call({ type: 'undo', saveIds: [saveId] });
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: ['physics'] } }]);
    expect(savesOf(world)).toMatchObject([{ state: 'undone' }]);
    expect(world.toasts.at(-1)).toMatchObject({ title: 'toast_undone', detail: 'toast_given_back' });
  });
});

describe('a save of this device, some time later', () => {
  beforeEach(async () => {
    await quickSave();
    clock.now += 60_000;
    world.requests.length = 0;
    world.toasts.length = 0;
  });

  it('is asked for by its row, and not made again', async () => {
    control().changeSettings({ queryLagMs: 10 * 60_000 });
    await quickSave();
    expect(rows()).toHaveLength(1);
    expect(asked()).toEqual([`GET pages/${rows()[0]?.id}`]);
    expect(new Set(titles())).toEqual(new Set(['toast_known', 'toast_already']));
    expect(titles().at(-1)).toBe('toast_already');
  });

  it('is made again where its row was thrown away, offline too', async () => {
    for (const { id } of rows()) control().trash(id, true);
    await quickSave();
    expect(rows()).toHaveLength(1);
    expect(titles()).not.toContain('toast_already');
    clock.now += 60_000;
    for (const { id } of rows()) control().trash(id, true);
    world.setOffline(true);
    await world.background.command('quick-save', tab);
    await world.background.idle();
    world.restart();
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(titles()).not.toContain('toast_already');
  });

  it('is told to the popup as its row is', async () => {
    expect(await find('device')).toMatchObject({ kind: 'known', row: { id: rows()[0]?.id } });
    expect(await find('notion')).toMatchObject({ kind: 'row', held: { url: tab.url } });
    for (const { id } of rows()) control().trash(id, true);
    expect(await find('notion')).toBeNull();
  });
});

describe('the popup', () => {
  it('is told what the row holds, and changes it with one request that Undo takes back', async () => {
    await savedLongAgo();
    expect(await find('device')).toBeNull();
    const found = await find('notion', `${tab.url}?utm_source=x`);
    if (found?.kind !== 'row') throw new Error('not found');
    expect(found.held).toMatchObject({ url: tab.url, tags: ['physics'], description: 'Of old.' });
    world.requests.length = 0;
    const destinationId = destinationIdOf(world);
    const changed = { ...found.held, tags: ['physics', 'history'] };
    const message = { type: 'change-row', saveId: 'one', ...found, capture: changed, destinationId } as const;
    const { kind: _, ...change } = message;
    expect(await world.call(change)).toEqual({ ok: true, value: { saveId: 'one' } });
    // The popup may ask twice.
    expect(await world.call(change)).toEqual({ ok: true, value: { saveId: 'one' } });
    await settle(world);
    expect(world.requests.map(({ method }) => method)).toEqual(['PATCH']);
    expect(rows()).toMatchObject([{ values: { Tags: ['physics', 'history'], Description: 'Of old.' } }]);
    await world.call({ type: 'undo', saveIds: ['one'] });
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: ['physics'], Description: 'Of old.' } }]);
  });

  it('is led to the save of this device where there is one', async () => {
    world.setOffline(true);
    await world.call({
      type: 'keep',
      saveId: 'one',
      capture: capture(),
      destinationId: destinationIdOf(world),
    });
    expect(await find('device')).toEqual({ kind: 'save', saveId: 'one' });
  });

  it('adds to the row what was typed when nobody had looked before', async () => {
    await savedLongAgo();
    await world.call({
      type: 'keep',
      saveId: 'one',
      capture: capture({ tags: ['history'], description: 'Of today.' }),
      destinationId: destinationIdOf(world),
      seek: true,
    });
    await settle(world);
    expect(rows()).toMatchObject([
      { values: { Tags: ['physics', 'history'], Description: 'Of old.\nOf today.' } },
    ]);
  });
});

describe('with the rows on this device', () => {
  const status = () => world.stored<Record<string, RowIndexStatus>>('rowIndexes')[destinationIdOf(world)];
  beforeEach(async () => {
    await savedLongAgo();
    await world.call({ type: 'set-index', destinationId: destinationIdOf(world), on: true });
    await expect.poll(() => status()?.whole).toBe(true);
    world.requests.length = 0;
    world.toasts.length = 0;
  });

  it('a row that was there before was not made now, whether it was known here or found', async () => {
    const madeAt = async (id = destinationIdOf(world)) => {
      const [row] = (await world.rows.find(id, addressKey(tab.url))) as { createdAt: number | null }[];
      return row?.createdAt;
    };
    const before = await madeAt();
    expect(before).toEqual(expect.any(Number));
    clock.now += 3_600_000;
    await quickSave();
    await world.call({
      type: 'amend',
      saveId: savesOf(world)[0]?.id ?? '',
      capture: capture({ tags: ['history'] }),
      destinationId: destinationIdOf(world),
    });
    await settle(world);
    expect(await madeAt()).toBe(before);
    // Forgotten here, and found by the query.
    await world.rows.change(destinationIdOf(world), { remove: [rows()[0]?.id ?? ''] });
    await world.local.remove(savesOf(world).map(({ id }) => `save:${id}`));
    world.restart();
    await world.call({
      type: 'keep',
      saveId: 'again',
      capture: capture({ tags: ['physics'] }),
      destinationId: destinationIdOf(world),
      seek: true,
    });
    await settle(world);
    expect(rows()).toHaveLength(1);
    expect(await madeAt()).toBe(before);
  });

  it('a page that is not saved costs one request', async () => {
    await quickSave('https://example.org/faraday');
    expect(world.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /v1/pages',
    ]);
    // And is known from then on.
    await quickSave('https://example.org/faraday#notes');
    expect(rows()).toHaveLength(2);
  });

  it('a page that is saved is known before anybody is asked, and the answer puts it right', async () => {
    world.setOffline(true);
    await world.background.command('quick-save', tab);
    expect(world.toasts[0]).toMatchObject({ title: 'toast_known' });
    // Somebody has thrown it away meanwhile.
    for (const { id } of rows()) control().trash(id, true);
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(world.toasts.at(-1)).toMatchObject({ title: 'toast_saved' });
    expect(rows()).toHaveLength(1);
  });

  it('a page that is saved costs one request for its row, and none for a second row', async () => {
    // Queries lag, and the row itself is told as it is.
    control().changeSettings({ queryLagMs: 10 * 60_000 });
    await quickSave();
    expect(asked()).toEqual([`GET pages/${rows()[0]?.id}`]);
    expect(rows()).toHaveLength(1);
    expect(new Set(titles())).toEqual(new Set(['toast_known', 'toast_already']));
    expect(titles().at(-1)).toBe('toast_already');
  });

  it.each([
    ['is thrown away', (id: string) => control().trash(id, true)],
    ['is about another page by now', (id: string) => readdress(id, 'https://example.org/other')],
  ])('a row that %s behind our back never keeps a page from being saved', async (_, lose) => {
    const [old] = rows();
    await lose(old?.id ?? '');
    await quickSave();
    const made = rows().filter(({ values }) => values.URL === tab.url);
    expect(made).toHaveLength(1);
    expect(made[0]?.id).not.toBe(old?.id);
    expect(titles()).not.toContain('toast_already');
    expect(titles().at(-1)).toBe('toast_saved');
    expect(asked()).toEqual([`GET pages/${old?.id}`, 'POST data_sources', 'POST pages']);
    clock.now += 60_000;
    expect(await find('device')).toMatchObject({ row: { id: made[0]?.id } });
    // The old row is not offered any more.
    expect((await world.background.addressBar.suggest('equations')).others).toHaveLength(rows().length - 1);
  });

  it('a row that Notion does not tell is looked for', async () => {
    control().addFault({ kind: 'validation_error', path: '/v1/pages/*', times: 1 });
    await quickSave();
    expect(rows()).toHaveLength(1);
    expect(titles().at(-1)).toBe('toast_already');
  });

  it('the popup is told that a row is gone, and knows it from then on', async () => {
    for (const { id } of rows()) control().trash(id, true);
    expect(await find('device')).toMatchObject({ kind: 'known' });
    expect(await find('notion')).toBeNull();
    expect(await find('device')).toBeNull();
  });

  it('a row that is not shown any more is gone, unless the whole database is not', async () => {
    control().addFault({ kind: 'not_found', path: '/v1/pages/*', times: 1 });
    control().addFault({ kind: 'not_found', path: '/v1/data_sources/*', times: 1 });
    const message = { type: 'find-saved', destinationId: destinationIdOf(world), url: tab.url } as const;
    expect(await world.call({ ...message, where: 'notion' })).toMatchObject({
      failure: { code: 'not-shared' },
    });
    expect(await find('device')).toMatchObject({ kind: 'known' });
    for (const { id } of rows()) control().trash(id, true);
    control().addFault({ kind: 'not_found', path: '/v1/pages/*', times: 1 });
    expect(await find('notion')).toBeNull();
    expect(await find('device')).toBeNull();
  });

  it('a row that is opened from the address bar and is gone is not offered again', async () => {
    const { addressBar } = world.background;
    const [row] = rows();
    control().trash(row?.id ?? '', true);
    expect((await addressBar.suggest('equations')).first).toContain('How four equations');
    expect(await addressBar.entered('equations', null)).toBe(row?.url);
    await expect.poll(asked).toEqual([`GET pages/${row?.id}`]);
    await expect.poll(async () => (await addressBar.suggest('equations')).first).toBe('address_bar_none');
  });

  it('the button is marked on saved pages where the user wants that, and asks nobody', async () => {
    await world.background.tabInFront(tab);
    expect(world.marks.size).toBe(0);
    await world.call({ type: 'set-mark-saved', on: true });
    await world.background.tabInFront(tab);
    await world.background.tabInFront({ ...tab, id: 8, url: 'https://example.org/faraday' });
    await expect
      .poll(() => [...world.marks])
      .toEqual([
        [7, 'toast_already'],
        [8, null],
      ]);
    expect(world.requests).toEqual([]);
  });

  it('the mark makes way as long as the user is needed, and goes when it is no longer wanted', async () => {
    world.setTabs([tab]);
    await world.call({ type: 'set-mark-saved', on: true });
    await expect.poll(() => world.marks.get(tab.id)).toBe('toast_already');
    control().addFault({ kind: 'restricted_resource', method: 'POST', path: '/v1/pages', times: 1 });
    const saveId = 'other';
    const capture = { title: 'Other', description: '', tags: [], at: world.now, origin: 'popup' as const };
    await world.call({
      type: 'keep',
      saveId,
      capture: { ...capture, url: 'https://example.org/other' },
      destinationId: destinationIdOf(world),
    });
    await world.background.idle();
    expect(world.save(saveId).state).toBe('needs-you');
    await expect.poll(() => world.badge).toMatchObject({ text: '!' });
    await expect.poll(() => world.marks.get(tab.id)).toBeNull();
    // Nor does it come back with another look.
    await world.background.tabInFront(tab);
    await expect.poll(() => world.marks.get(tab.id)).toBeNull();
    await world.call({ type: 'undo', saveIds: [saveId] });
    await expect.poll(() => world.marks.get(tab.id)).toBe('toast_already');
    await world.call({ type: 'set-mark-saved', on: false });
    await expect.poll(() => world.marks.get(tab.id)).toBeNull();
  });

  it('the popup knows at once that there is a row', async () => {
    expect(await find('device')).toMatchObject({ kind: 'known' });
    expect(world.requests).toEqual([]);
    expect(await find('notion')).toMatchObject({ kind: 'row', held: { tags: ['physics'] } });
  });

  it('the address bar finds rows by title, tag and address, and nothing once they are erased', async () => {
    const { addressBar } = world.background;
    for (const typed of ['equations', 'physics', 'maxwell']) {
      expect((await addressBar.suggest(typed)).first).toContain('How four equations came to be');
      expect(await addressBar.entered(typed, null)).toBe(rows()[0]?.url);
    }
    expect(await addressBar.entered('nowhere to be found', null)).toBeNull();
    await world.call({ type: 'erase-index', destinationId: destinationIdOf(world) });
    expect((await addressBar.suggest('equations')).first).toBe('address_bar_off');
    expect(await addressBar.entered('equations', null)).toBeNull();
  });

  it('is read anew by the schema of the moment when a property it reads by is gone', async () => {
    control().removeProperty('Reading list', 'URL');
    clock.now += 24 * 60 * 60_000;
    await world.background.addressBar.started();
    expect(status()).toMatchObject({ whole: true, rows: 1, failure: null });
    // Without addresses it is sure of nothing: Notion is asked before a row is made.
    await quickSave('https://example.org/faraday');
    expect(rows()).toHaveLength(2);
    expect(await find('device', 'https://example.org/hertz')).toBeNull();
  });

  it('is gone on with by a background that did not begin it', async () => {
    await world.call({ type: 'erase-index', destinationId: destinationIdOf(world) });
    world.setOffline(true);
    await world.call({ type: 'set-index', destinationId: destinationIdOf(world), on: true });
    await expect.poll(() => status()?.failure?.code).toBe('offline');
    // Whatever else begins a background anew, and has nothing to wait for itself.
    world.restart();
    await world.background.addressBar.suggest('equations');
    await world.background.idle();
    world.setOffline(false);
    expect(world.alarmAt).not.toBeNull();
    expect(status()?.whole).toBe(false);
    await world.pass((world.alarmAt ?? Infinity) - world.now);
    await expect.poll(() => status()?.whole).toBe(true);
    await expect.poll(() => world.alarmAt).toBeNull();
  });

  it('goes with its workspace, whose rows nobody finds any more; forms and presets stay', async () => {
    const destinationId = destinationIdOf(world);
    const form = { version: 1 as const, mapping: {}, starts: {}, tags: ['physics'] };
    await world.call({ type: 'set-form', destinationId, form });
    await expect
      .poll(async () => (await world.background.addressBar.suggest('equations')).first)
      .toContain('How four');
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    await world.call({ type: 'disconnect', botId });
    expect((await world.background.addressBar.suggest('equations')).first).toBe('address_bar_off');
    expect(world.stored('rowIndexes')).toEqual({});
    expect(world.stored(`form:${destinationId}`)).toEqual(form);
    await world.connect();
    expect(world.destination(destinationId).properties.length).toBeGreaterThan(0);
  });

  it('schemas of databases that nothing speaks of any more go when the list is read', async () => {
    const destinationId = destinationIdOf(world);
    const schema = { ...(world.local.dump()[`destination:${destinationId}`] as object) };
    await world.local.set({
      'destination:stray': { ...schema, id: 'stray' },
      'destination:of-a-preset': { ...schema, id: 'of-a-preset' },
    });
    world.restart();
    const preset = { id: 'p', name: 'P', beginning: { starts: {} }, key: null, sites: [] };
    await world.call({ type: 'set-presets', presets: [{ ...preset, destinationId: 'of-a-preset' }] });
    expect(await world.call({ type: 'refresh-catalog' })).toMatchObject({ ok: true });
    const stored = world.local.dump();
    expect(stored['destination:stray']).toBeUndefined();
    expect(stored['destination:of-a-preset']).toBeDefined();
    expect(stored[`destination:${destinationId}`]).toBeDefined();
  });

  it('is gone on with when the network is back', async () => {
    await world.call({ type: 'erase-index', destinationId: destinationIdOf(world) });
    world.setOffline(true);
    await world.call({ type: 'set-index', destinationId: destinationIdOf(world), on: true });
    await expect.poll(() => status()?.failure?.code).toBe('offline');
    world.setOffline(false);
    await world.background.online();
    await expect.poll(() => status()?.whole).toBe(true);
  });

  it('is not gone on with for as long as the clock was set back', async () => {
    await world.call({ type: 'erase-index', destinationId: destinationIdOf(world) });
    world.setOffline(true);
    await world.call({ type: 'set-index', destinationId: destinationIdOf(world), on: true });
    await expect.poll(() => status()?.dueAt).toBeTypeOf('number');
    world.setOffline(false);
    world.setClockAhead(-86_400_000);
    await world.background.wake();
    await expect.poll(() => status()?.whole).toBe(true);
  });
});

describe('the address bar', () => {
  it('says what a line means before it is saved, and saves it so', async () => {
    const { addressBar } = world.background;
    const line = '+ #history !reading @reading >nothing Of interest';
    const { first } = await addressBar.suggest(line);
    expect(first).toContain('#history !Reading');
    expect(first).toContain('Reading list');
    expect(first).toContain('address_bar_unknown nothing');
    expect(await addressBar.entered(line, tab)).toBeNull();
    await settle(world);
    expect(rows()).toMatchObject([
      { values: { Tags: ['history'], Status: 'Reading', Description: '>nothing Of interest' } },
    ]);
    // What is typed counts also for a page that is saved already.
    await addressBar.entered('+ #physics', tab);
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: ['history', 'physics'] } }]);
  });

  it('completes the name that a line ends in, as far as it is not whole', async () => {
    const { addressBar } = world.background;
    const line = ' +  Of interest #hist';
    const { first, others } = await addressBar.suggest(line);
    // What Enter saves is what is typed.
    expect(first).toContain('#hist');
    expect(first).not.toContain('#history');
    expect(others[0]).toMatchObject({ content: ' +  Of interest #history ', title: '#history' });
    expect(others[0]?.detail).toContain('Of interest #history');
    const then = `${others[0]?.content}!read`;
    const statuses = (await addressBar.suggest(then)).others;
    expect(statuses.map(({ title }) => title)).toContain('!Reading');
    expect(statuses.map(({ title }) => title)).not.toContain('!Read');
    const places = (await addressBar.suggest('+ @"reading li')).others;
    expect(places).toMatchObject([{ content: '+ @"Reading list" ', title: '@"Reading list"' }]);
    expect((await addressBar.suggest('+ #nothing-like-it')).others).toEqual([]);
    expect((await addressBar.suggest('+ #history ')).others).toEqual([]);
    expect((await addressBar.suggest('+ #history')).others).toEqual([]);
    await addressBar.entered(statuses.find(({ title }) => title === '!Reading')?.content ?? '', tab);
    await settle(world);
    expect(rows()).toMatchObject([
      { values: { Tags: ['history'], Status: 'Reading', Description: 'Of interest' } },
    ]);
  });
});

it('what a row holds is read as it was written, whatever its type', async () => {
  const destination = world.destination(destinationIdOf(world));
  const status = destination.properties.find(({ type }) => type === 'status');
  if (!status) throw new Error('no status');
  const values = [{ id: status.id, name: status.name, value: { kind: 'text' as const, text: 'Reading' } }];
  await savedLongAgo({ values });
  const found = await find('notion');
  expect(found).toMatchObject({ kind: 'row', held: { values } });
});

describe('the menu', () => {
  const presets = [
    {
      id: 'p',
      name: 'Q&A 100%',
      destinationId: '',
      beginning: { starts: {}, tags: ['later'] },
      key: null,
      sites: [],
    },
  ];

  it('has one item for each thing that can be saved, and one for each preset', async () => {
    await world.call({ type: 'set-presets', presets });
    expect(world.menuItems.map(({ id, contexts }) => [id, contexts])).toEqual([
      ['tabs', ['action']],
      ['page:', ['page']],
      ['page:p', ['page']],
      ['selection:', ['selection']],
      ['selection:p', ['selection']],
      ['link:', ['link']],
      ['link:p', ['link']],
      ['image:', ['image']],
      ['image:p', ['image']],
    ]);
    expect(world.menuItems.at(-1)?.title).toBe('menu_save_image_preset Q&&A 100%%');
  });

  it('leads to the page for several tabs, and saves nothing by that', async () => {
    await world.background.menu({ id: 'tabs' }, tab);
    await settle(world);
    expect(world.opened).toContain(`several tabs, from ${tab.id}`);
    expect(rows()).toEqual([]);
  });

  it('saves a link by its own address and words', async () => {
    await world.background.menu({ id: 'link:', linkUrl: 'https://other.example/a?utm_source=x' }, tab);
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'The link', values: { URL: 'https://other.example/a' } }]);
  });

  it('saves an image with itself as the cover', async () => {
    await world.background.menu({ id: 'image:', imageUrl: 'https://example.org/a.png' }, tab);
    await settle(world);
    expect(rows()).toMatchObject([
      { title: 'The image', cover: { external: { url: 'https://example.org/a.png' } } },
    ]);
  });

  it('saves each selection as a quotation of its own, with a link to its place', async () => {
    const quote = async (handedOver: string, selection: string, directive?: string) => {
      world.setPage({ selection, directive });
      await world.background.menu({ id: 'selection:', selection: handedOver }, tab);
    };
    await quote('Light itself', 'Light itself', 'text=Light%20itself');
    // Lines are handed over joined.
    await quote(
      'Light itselfis a disturbance',
      'Light itself\n\nis a\u200b disturbance',
      'text=Light,disturbance',
    );
    // What is selected in a frame of another site is not what the page has.
    await quote('Elsewhere', 'Light itself', 'text=Light%20itself');
    await quote('Only handed over', '');
    await settle(world);
    expect(rows().map(({ values }) => [values.URL, values.Description])).toEqual([
      [`${tab.url}#:~:text=Light%20itself`, '“Light itself”'],
      [`${tab.url}#:~:text=Light,disturbance`, '“Light itself\n\nis a disturbance”'],
      [tab.url, '“Elsewhere”'],
      [tab.url, '“Only handed over”'],
    ]);
  });

  it('heeds no item that is not its own', async () => {
    await world.background.menu({ id: 'something else' }, tab);
    expect(savesOf(world)).toEqual([]);
  });
});
