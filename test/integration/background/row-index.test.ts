/** The index of saved rows against the sandbox: whole after every way of filling it, whatever happens on the way. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Save } from '../../../src/core/save/record.ts';
import type { Moment } from './life.ts';
import { createIndexWorld, type IndexWorld, LIST } from './row-index-world.ts';
import { onSharedClock } from './shared-clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const shared = onSharedClock();
const { clock } = shared;
let world: IndexWorld;

beforeEach(async () => {
  world = await createIndexWorld(shared);
  expect(await world.index.on(world.id)).toMatchObject({ ok: true, value: { on: true, rows: 0 } });
});

/** Rows added over so many minutes, evenly. */
function addOver(minutes: number, count: number, from = 0): string[] {
  const ids: string[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    const [first, next] = [0, 1].map((one) => Math.floor(((minute + one) * count) / minutes)) as [
      number,
      number,
    ];
    ids.push(...world.addRows(next - first, from + first));
    clock.now += MINUTE;
  }
  return ids;
}

const expectWhole = () => expect(world.kept()).toEqual(world.inNotion());
const find = (url: string) => world.index.find(world.id, url);
const save = (url: string, title = 'Saved here'): Save => ({
  version: 1,
  id: 'save',
  capture: { url, title, description: '', tags: ['physics'], at: clock.now, origin: 'popup' },
  destinationId: world.id,
  botId: 'bot',
  state: 'in-notion',
  wanted: 'row',
  tries: 0,
  sentAt: clock.now,
  lookedAt: null,
  dueAt: 0,
  leaseUntil: 0,
  row: null,
  failure: null,
  changedAt: clock.now,
});

describe('filling', () => {
  it('reads every row, a hundred at a time and of each only what it keeps', async () => {
    addOver(260, 260);
    await world.fill();
    expectWhole();
    expect(world.bodies.length).toBeLessThanOrEqual(4);
    expect(world.status()).toMatchObject({
      on: true,
      rows: 260,
      whole: true,
      underWay: false,
      failure: null,
    });
    expect(await find('https://host3.example.org/page/3#part')).toMatchObject({
      ok: true,
      value: { title: 'Page number3', tags: ['physics'], address: 'https://host3.example.org/page/3' },
    });
    expect(await find('https://host3.example.org/page/none')).toEqual({ ok: true, value: null });
    expect(await world.index.isFresh(world.id)).toBe(true);
  });

  it('reads rows of one minute, and of few', async () => {
    world.addRows(330);
    clock.now += MINUTE;
    addOver(3, 400, 330);
    await world.fill();
    expectWhole();
  });

  it('misses no row that moves while it reads', async () => {
    const ids = addOver(250, 250);
    // What was read first is edited, so that what has not been read moves up into the places that have been.
    world.beforeQuery(async (query) => {
      clock.now += MINUTE;
      for (const id of ids.slice((query - 1) * 7, query * 7)) await world.rename(id, `Moved ${query} ${id}`);
      for (const id of ids.slice(60 + query, 61 + query)) world.control.trash(id, true);
    });
    await world.fill();
    world.beforeQuery(null);
    const kept = new Set([...world.rows.rows(world.id).keys()]);
    const inNotion = world.control.dataSource(LIST).rows.filter((row) => !row.inTrash);
    expect(inNotion.filter((row) => !kept.has(row.id))).toEqual([]);
    expect(inNotion.filter((row) => row.title.startsWith('Moved')).length).toBeGreaterThan(10);
  });

  it('leaves half of what Notion allows in a minute to saves', async () => {
    world.control.changeSettings({ queryLimit: 10_000 });
    addOver(3, 9_500);
    const first = await world.index.refresh(world.id);
    expect(first).toMatchObject({ ok: true, value: { paused: true, status: { whole: false } } });
    expect(world.bodies.length).toBe(90);
    expect(await world.index.refresh(world.id)).toMatchObject({ ok: true, value: { paused: true } });
    expect(world.bodies.length).toBe(90);
    await world.fill();
    expectWhole();
  });

  it('is asked for once, however many ask', async () => {
    addOver(20, 20);
    const all = await Promise.all([1, 2, 3].map(() => world.index.refresh(world.id)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(world.bodies.length).toBe(1);
  });

  it('does nothing for a database that is not switched on', async () => {
    await world.index.off(world.id);
    addOver(5, 5);
    expect(await world.index.refresh(world.id)).toMatchObject({ ok: true, value: { status: { on: false } } });
    expect(world.bodies).toEqual([]);
    expect(await world.index.isFresh(world.id)).toBe(false);
  });
});

describe('a death', () => {
  const moments = async (act: () => Promise<unknown>): Promise<Moment[]> => {
    world.life.endAt({ call: 0, when: 'before' });
    await act();
    return Array.from({ length: world.life.calls() }, (_, at) => at + 1).flatMap((call) =>
      (['before', 'after'] as const).map((when) => ({ call, when })),
    );
  };
  const start = async () => {
    await world.index.erase(world.id);
    await world.index.on(world.id);
  };

  it('at any call while filling costs no row', async () => {
    addOver(50, 250);
    const all = await moments(() => world.fill());
    expect(all.length).toBeGreaterThan(20);
    for (const moment of all) {
      await start();
      clock.now += MINUTE;
      world.life.endAt(moment);
      await Promise.race([world.fill(), world.life.ended]);
      expect(world.life.hasEnded(), JSON.stringify(moment)).toBe(true);
      world.restart();
      await world.fill();
      expectWhole();
      expect(world.status(), JSON.stringify(moment)).toMatchObject({
        rows: 250,
        whole: true,
        underWay: false,
      });
      const found = await world.index.search('page', 300);
      expect(found.ok && found.value.length, JSON.stringify(moment)).toBe(250);
    }
  });

  it('at any call while reading anew neither brings back what is gone nor loses what is there', async () => {
    addOver(30, 210);
    await world.fill();
    world.life.endAt({ call: 0, when: 'before' });
    let number = 210;
    for (let call = 1; ; call++) {
      const [victim = ''] = world.control
        .dataSource(LIST)
        .rows.filter((row) => !row.inTrash)
        .map((row) => row.id);
      world.control.trash(victim, true);
      world.addRows(1, number++);
      clock.now += 6 * MINUTE;
      await world.index.rebuild(world.id);
      world.life.endAt({ call, when: call % 2 ? 'before' : 'after' });
      await Promise.race([world.fill(), world.life.ended]);
      const hasEnded = world.life.hasEnded();
      if (hasEnded) world.restart();
      await world.fill();
      expectWhole();
      expect(world.status()).toMatchObject({ rows: 210 });
      if (!hasEnded) break;
      expect(call).toBeLessThan(200);
    }
  });
});

describe('keeping fresh', () => {
  it('reads what was edited and added since, and little else', async () => {
    const ids = addOver(150, 150);
    await world.fill();
    clock.now += 20 * MINUTE;
    await world.rename(ids[3] ?? '', 'Another name');
    await world.edit(ids[4] ?? '', { URL: { url: 'https://moved.example/' } });
    world.addRows(2, 150);
    const before = world.bodies.length;
    await world.fill();
    expect(world.bodies.length - before).toBe(1);
    expectWhole();
    expect(await find('https://host4.example.org/page/4')).toEqual({ ok: true, value: null });
    expect(await find('https://moved.example')).toMatchObject({ ok: true, value: { title: 'Page number4' } });
    expect(await world.index.search('another', 5)).toMatchObject({ ok: true, value: [{ id: ids[3] }] });
    expect(await world.index.search('number3 page', 1)).toMatchObject({
      value: [{ title: 'Page number39' }],
    });
  });

  it('finds what a query did not show at once', async () => {
    world.control.changeSettings({ queryLagMs: 2 * MINUTE });
    addOver(5, 5);
    clock.now += 10 * MINUTE;
    const late = world.addRows(1, 5);
    clock.now += MINUTE;
    await world.fill();
    expect(world.rows.rows(world.id).has(late[0] ?? '')).toBe(false);
    await world.rename(world.addRows(1, 6)[0] ?? '', 'Later, but seen');
    clock.now += 3 * MINUTE;
    await world.fill();
    expectWhole();
  });

  it('asks again only after a minute, and says when what it knows is old', async () => {
    addOver(3, 3);
    await world.fill();
    await world.index.refresh(world.id);
    expect(world.bodies.length).toBe(1);
    clock.now += 4 * MINUTE;
    expect(await world.index.isFresh(world.id)).toBe(true);
    clock.now += 2 * MINUTE;
    expect(await world.index.isFresh(world.id)).toBe(false);
    // With nothing new the next begins at what is settled, however often it is done.
    for (let time = 0; time < 3; time++) {
      await world.index.refresh(world.id);
      clock.now += 10 * MINUTE;
    }
    const since = world.bodies.slice(-3).map((body) => JSON.stringify(body.filter));
    expect(new Set(since).size).toBe(3);
  });

  it('is not mistaken by a clock that was set', async () => {
    addOver(3, 3);
    await world.fill();
    clock.now -= 30 * DAY;
    expect(await world.index.isFresh(world.id)).toBe(false);
    world.addRows(1, 3);
    clock.now += 30 * DAY + MINUTE;
    await world.index.rebuild(world.id);
    await world.fill();
    expectWhole();
  });

  it('reads few rows anew after an hour, which is when those in the trash are noticed', async () => {
    const ids = addOver(120, 120);
    await world.fill();
    world.control.trash(ids[7] ?? '', true);
    clock.now += 59 * MINUTE;
    await world.fill();
    expect(await find('https://host0.example.org/page/7')).toMatchObject({
      value: { title: 'Page number7' },
    });
    clock.now += 2 * MINUTE;
    await world.fill();
    expect(await find('https://host0.example.org/page/7')).toEqual({ ok: true, value: null });
    expectWhole();
    expect(world.status()).toMatchObject({ rows: 119 });
    expect(await world.index.search('number7', 300)).not.toMatchObject({ value: [{ id: ids[7] }] });
  });

  it('keeps what is searched small, however often rows change', async () => {
    const ids = addOver(40, 40);
    await world.fill();
    for (let round = 0; round < 30; round++) {
      for (const id of ids) await world.rename(id, `Round ${round} ${id}`);
      clock.now += 10 * MINUTE;
      await world.fill();
    }
    expect(world.rows.entries(world.id)).toBeLessThan(1_200);
    const found = await world.index.search('round', 100);
    expect(found.ok && found.value.map(({ title }) => title.slice(0, 8))).toEqual(ids.map(() => 'Round 29'));
    world.restart();
    const again = await world.index.search('round 29', 100);
    expect(again.ok && again.value.length).toBe(40);
  });
});

describe("Notion's limit of rows for one query", () => {
  const limited = (rows: number) => world.control.changeSettings({ queryLimit: rows });

  it('is got around by time', async () => {
    limited(250);
    addOver(40, 1_000);
    await world.fill();
    expectWhole();
    expect(world.status()).toMatchObject({ gaps: 0, whole: true });
  });

  it('is got around by the time of creation where more rows were edited in one minute', async () => {
    limited(250);
    const ids = addOver(30, 700);
    for (const id of ids) await world.rename(id, `All at once ${id}`);
    clock.now += MINUTE;
    addOver(2, 150, 700);
    await world.fill();
    expectWhole();
    expect(await world.index.isFresh(world.id)).toBe(true);
  });

  it('ends where more rows were made and edited in one minute, which is known and goes by', async () => {
    limited(250);
    world.addRows(400);
    clock.now += MINUTE;
    addOver(3, 300, 400);
    await world.fill();
    expect(world.status()).toMatchObject({ gaps: 1, whole: true, rows: 550 });
    expect(await world.index.isFresh(world.id)).toBe(false);
    // Those that are known stay known when it is read anew.
    limited(10_000);
    clock.now += 10 * MINUTE;
    await world.index.rebuild(world.id);
    await world.fill();
    expectWhole();
    expect(world.status()).toMatchObject({ gaps: 0, rows: 700 });
    limited(250);
    clock.now += 10 * MINUTE;
    await world.index.rebuild(world.id);
    await world.fill();
    expect(world.status()).toMatchObject({ gaps: 1, rows: 700 });
  });

  it('is got around as it really is', async () => {
    addOver(12, 10_300);
    await world.fill();
    expectWhole();
    expect(world.status()).toMatchObject({ rows: 10_300, gaps: 0 });
  });
});

describe('a cursor that is not taken', () => {
  const refuseCursors = (times: number) => {
    let left = times;
    world.beforeQuery((query) => {
      if (!world.bodies[query - 1]?.start_cursor || left === 0) return;
      left -= 1;
      world.control.addFault({ kind: 'validation_error', path: '/v1/data_sources/*', times: 1 });
    });
  };

  it('has the minute read again', async () => {
    world.addRows(350);
    refuseCursors(2);
    await world.fill();
    expectWhole();
  });

  it('does not go on for ever', async () => {
    world.addRows(350);
    clock.now += MINUTE;
    addOver(5, 40, 350);
    refuseCursors(-1);
    await world.fill();
    expect(world.bodies.length).toBeLessThan(20);
    expect(world.status()).toMatchObject({ whole: true, gaps: 1 });
    expect(await world.index.isFresh(world.id)).toBe(false);
    // What came after that minute is there.
    expect(await find('https://host4.example.org/page/389')).toMatchObject({
      value: { title: 'Page number389' },
    });
  });
});

describe('what goes wrong', () => {
  it('leaves what is there, and goes on later', async () => {
    addOver(30, 250);
    world.beforeQuery((query) => {
      if (query === 2)
        world.control.addFault({ kind: 'service_unavailable', path: '/v1/data_sources/*', times: 1 });
    });
    expect(await world.index.refresh(world.id)).toMatchObject({
      ok: false,
      failure: { code: 'notion-down' },
    });
    expect(world.status()).toMatchObject({ rows: 100, whole: false, failure: { code: 'notion-down' } });
    expect(await world.index.search('page', 3)).toMatchObject({ ok: true, value: [{}, {}, {}] });
    world.setOffline(true);
    expect(await world.index.refresh(world.id)).toMatchObject({ failure: { code: 'offline' } });
    world.setOffline(false);
    await world.fill();
    expectWhole();
    expect(world.status()).toMatchObject({ failure: null });
  });

  it('waits as long as Notion asks', async () => {
    addOver(3, 3);
    world.control.addFault({ kind: 'rate_limited', path: '/v1/data_sources/*', times: 1, retryAfter: 30 });
    expect(await world.index.refresh(world.id)).toMatchObject({ failure: { code: 'rate-limited' } });
    clock.now += 29_000;
    expect(await world.index.refresh(world.id)).toMatchObject({ failure: { code: 'rate-limited' } });
    expect(world.bodies.length).toBe(1);
    clock.now += 1_000;
    await world.fill();
    expectWhole();
  });

  it('is told when storage is full, and nothing is half there', async () => {
    addOver(3, 130);
    world.beforeQuery((query) => {
      if (query === 2) world.rows.fail('QuotaExceededError');
    });
    expect(await world.index.refresh(world.id)).toMatchObject({ failure: { code: 'storage-full' } });
    expect(await world.index.isFresh(world.id)).toBe(false);
    world.rows.fail(null);
    await world.fill();
    expectWhole();
  });

  it('tells of rows that cannot be read, and is not sure of anything then', async () => {
    const ids = addOver(10, 110);
    world.spoilReplies(({ results }) => {
      for (const [at, result] of results.entries()) {
        if (result.id === ids[2]) delete (result.properties as Record<string, unknown>).URL;
        if (result.id === ids[5]) results[at] = { object: 'page', id: ids[5] };
        if (result.id === ids[8]) results[at] = { object: 'data_source', id: ids[8], properties: {} };
      }
    });
    await world.fill();
    expect(world.status()).toMatchObject({ rows: 107, unreadable: 2, whole: true });
    expect(await world.index.isFresh(world.id)).toBe(false);
    world.spoilReplies(null);
    clock.now += 10 * MINUTE;
    await world.rename(ids[2] ?? '', 'Readable again');
    await world.fill();
    expect(world.status()).toMatchObject({ rows: 108, unreadable: 1 });
    clock.now += 8 * DAY;
    await world.fill();
    expect(world.status()).toMatchObject({ rows: 110, unreadable: 0 });
    expectWhole();
  });

  it('passes over what is stored and cannot be read, which is read from Notion again', async () => {
    const ids = addOver(10, 10);
    await world.fill();
    world.rows.damage(world.id, ids[0] ?? '');
    expect(await world.index.search('number', 20)).toMatchObject({ ok: true, value: { length: 9 } });
    clock.now += 8 * DAY;
    await world.fill();
    expectWhole();
    expect(world.status()).toMatchObject({ rows: 10 });
  });

  it('is read anew when something else of the rows is to be kept', async () => {
    addOver(10, 10);
    await world.fill();
    const form = { version: 1, mapping: { tags: null }, starts: {} };
    await world.world.local.set({ [`form:${world.id}`]: form });
    world.restart();
    expect(await world.index.isFresh(world.id)).toBe(false);
    await world.fill();
    expect([...world.rows.rows(world.id).values()].map(({ tags }) => tags.length)).toEqual(Array(10).fill(0));
  });
});

describe('what changes while it is filled', () => {
  const during = (what: () => unknown) => world.beforeQuery((query) => (query === 2 ? what() : undefined));
  const destination = () => world.world.destination(world.id);
  const addresses = () => [...world.rows.rows(world.id).values()].map(({ address }) => address);

  beforeEach(() => {
    addOver(20, 250);
  });

  it('switched off, it stops, tells nothing, and goes on when it is switched on', async () => {
    during(() => world.index.off(world.id));
    await world.index.refresh(world.id);
    expect(world.bodies.length).toBe(2);
    expect(world.status()).toMatchObject({ on: false, rows: 100 });
    expect(await world.index.search('page', 3)).toEqual({ ok: true, value: [] });
    world.beforeQuery(null);
    await world.index.on(world.id);
    expect(await world.index.isFresh(world.id)).toBe(false);
    await world.fill();
    expectWhole();
  });

  it('no longer shared, it keeps what it has and is not sure of it, and goes on when it is again', async () => {
    during(() => world.control.unshare(LIST));
    expect(await world.index.refresh(world.id)).toMatchObject({ failure: { code: 'not-shared' } });
    expect(world.status()).toMatchObject({ rows: 100, whole: false, failure: { code: 'not-shared' } });
    expect(await world.index.isFresh(world.id)).toBe(false);
    world.beforeQuery(null);
    world.control.share(LIST);
    await world.fill();
    expectWhole();
  });

  it('its properties renamed, it goes on by their ids', async () => {
    during(() => {
      for (const name of ['Name', 'URL', 'Tags'])
        world.control.changeProperty(LIST, name, { name: `${name} of old` });
    });
    await world.fill();
    expect(world.status()).toMatchObject({ rows: 250, whole: true, unreadable: 0 });
    expect(addresses()).not.toContain('');
    expect(await find('https://host4.example.org/page/249')).toMatchObject({
      value: { title: 'Page number249', tags: ['physics'] },
    });
  });

  it('its addresses gone, it is sure of nothing, and keeps none once that is known', async () => {
    during(() => world.control.removeProperty(LIST, 'URL'));
    await world.index.refresh(world.id);
    expect(await world.index.isFresh(world.id)).toBe(false);
    expect(await world.index.isAbsent(world.id, 'https://host4.example.org/page/249')).toBe(false);
    const { url } = destination().mapping;
    const properties = destination().properties.filter(({ id }) => id !== url);
    await world.world.local.set({
      [`destination:${world.id}`]: { ...destination(), version: 2, properties },
    });
    world.restart();
    world.beforeQuery(null);
    clock.now += MINUTE;
    await world.fill();
    expect(addresses()).toEqual(Array(250).fill(''));
    expect(await world.index.isFresh(world.id)).toBe(false);
    expect(await world.index.search('number249', 3)).toMatchObject({ value: [{ title: 'Page number249' }] });
  });

  it('its tags made into something else, it keeps the rows without them', async () => {
    during(() => world.control.changeProperty(LIST, 'Tags', { type: 'rich_text' }));
    await world.fill();
    expect(world.status()).toMatchObject({ rows: 250, whole: true, unreadable: 0 });
    expect(await find('https://host4.example.org/page/249')).toMatchObject({ value: { tags: [] } });
  });
});

describe('a row that Notion was asked about', () => {
  const page = async (rowId: string): Promise<Record<string, unknown>> => {
    const { accessToken } = world.control.mint({ share: [LIST] });
    const headers = { authorization: `Bearer ${accessToken}`, 'notion-version': '2026-03-11' };
    const reply = await fetch(`${shared.origin()}/v1/pages/${rowId}`, { headers });
    return (await reply.json()) as Record<string, unknown>;
  };
  const noteRead = async (rowId: string) =>
    world.index.noteRead(world.world.destination(world.id), await page(rowId));

  it('is kept as it is now, once', async () => {
    const [first = '', second = ''] = addOver(3, 3);
    await world.fill();
    await world.edit(first, { URL: { url: 'https://moved.example/' } });
    await noteRead(first);
    await noteRead(second);
    expectWhole();
    expect(world.status()).toMatchObject({ rows: 3 });
    expect(world.rows.entries(world.id)).toBe(4);
  });

  it('is not kept where nothing is', async () => {
    const [first = ''] = addOver(1, 1);
    await world.index.erase(world.id);
    await noteRead(first);
    expect(world.rows.kept()).toEqual([]);
  });
});

describe('what is saved and undone here', () => {
  const row = { id: '5d4a1c3e-0000-4000-8000-00000000000a', url: 'https://www.notion.so/5d4a' };
  const url = 'https://example.org/just-saved';

  it('is known at once, and no more when it is undone', async () => {
    addOver(3, 3);
    await world.fill();
    await world.index.search('warm', 5);
    await world.index.noteSaved(save(url), row);
    expect(await find(url)).toMatchObject({ value: { id: row.id, url: row.url } });
    expect(await world.index.search('saved here', 5)).toMatchObject({
      value: [{ id: row.id, tags: ['physics'] }],
    });
    expect(world.status()).toMatchObject({ rows: 4 });
    await world.index.noteGone(world.id, row.id);
    expect(await find(url)).toEqual({ ok: true, value: null });
    expect(await world.index.search('saved here', 5)).toEqual({ ok: true, value: [] });
    expect(world.status()).toMatchObject({ rows: 3 });
    expect(world.bodies.length).toBe(1);
  });

  it('is known before anything was read, and stays known while it is', async () => {
    await world.index.noteSaved(save(url), row);
    expect(await find(url)).toMatchObject({ value: { id: row.id } });
    expect(await world.index.isFresh(world.id)).toBe(false);
    addOver(3, 130);
    world.beforeQuery(() =>
      world.index.noteSaved(save(`${url}/2`), { ...row, id: `${row.id.slice(0, -1)}b` }),
    );
    await world.index.refresh(world.id);
    expect(await find(`${url}/2`)).toMatchObject({ value: { title: 'Saved here' } });
  });

  it('does not come back by a reply that was on its way', async () => {
    const [first = ''] = addOver(3, 3);
    world.spoilReplies(() => void world.index.noteGone(world.id, first));
    await world.fill();
    expect(world.rows.rows(world.id).has(first)).toBe(false);
    expect(world.rows.rows(world.id).size).toBe(2);
  });

  it('is not kept for a database that is off', async () => {
    await world.index.off(world.id);
    expect(await world.index.noteSaved(save(url), row)).toEqual({ ok: true, value: null });
    expect(world.rows.kept()).toEqual([]);
  });
});

describe('erasing', () => {
  it('leaves nothing, on either side', async () => {
    addOver(20, 120);
    await world.fill();
    expect((await world.index.bytes()).ok).toBe(true);
    await world.index.search('page', 3);
    expect(await world.index.erase(world.id)).toEqual({ ok: true, value: null });
    expect(world.rows.kept()).toEqual([]);
    expect(world.status()).toBeUndefined();
    expect(await find('https://host3.example.org/page/3')).toEqual({ ok: true, value: null });
    expect(await world.index.search('page', 3)).toEqual({ ok: true, value: [] });
    expect(world.inNotion().length).toBe(120);
  });

  it('while it is being filled ends that', async () => {
    addOver(20, 250);
    world.beforeQuery(async (query) => {
      if (query === 2) await world.index.erase(world.id);
    });
    await world.index.refresh(world.id);
    expect(world.rows.kept()).toEqual([]);
    expect(world.status()).toBeUndefined();
    expect(world.bodies.length).toBe(2);
    world.beforeQuery(null);
    await world.index.on(world.id);
    clock.now += MINUTE;
    await world.fill();
    expectWhole();
  });

  it('is not the same as switching off, which keeps the rows and tells nothing of them', async () => {
    addOver(3, 3);
    await world.fill();
    await world.index.off(world.id);
    expect(await find('https://host1.example.org/page/1')).toEqual({ ok: true, value: null });
    expect(await world.index.search('page', 3)).toEqual({ ok: true, value: [] });
    await world.index.on(world.id);
    expect(await find('https://host1.example.org/page/1')).toMatchObject({
      value: { title: 'Page number1' },
    });
  });
});
