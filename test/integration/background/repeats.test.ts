/** A browser that sends a request twice by itself: one row, and one set of blocks, whatever became of either sending. */
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import { SETTLE } from '../../../src/core/notion/settle.ts';
import { appends, creates, REPEATS, repeatOf } from './browser-repeats.ts';
import { destinationIdOf, onSharedClock, savesLeft, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, origin, rows, newWorld, settle, capture } = onSharedClock();

const keep = (world: World, what = capture(), saveId = 'one') =>
  world.call({ type: 'keep', saveId, capture: what, destinationId: destinationIdOf(world) });
const amend = (world: World, what: Capture) =>
  world.call({ type: 'amend', saveId: 'one', capture: what, destinationId: destinationIdOf(world) });
const undo = (world: World, saveId = 'one') => world.call({ type: 'undo', saveIds: [saveId] });

const inTrash = () =>
  control()
    .dataSource('Reading list')
    .rows.filter((row) => row.inTrash && row.title === capture().title);

const requestsOf = (world: World, matches: (one: { method: string; url: string }) => boolean) =>
  world.requests.filter(matches).length;

const ENDS = REPEATS.map((one) => [one.name, one] as const);

for (const lag of [0, 30_000]) {
  describe(`with queries ${lag / 1000} s behind`, () => {
    it.each(ENDS)('one row, when %s', async (_, ends) => {
      const world = await newWorld();
      control().changeSettings({ queryLagMs: lag });
      world.repeat(repeatOf(ends, creates, control));
      await keep(world);
      await settle(world);
      expect(savesLeft(world)).toEqual([]);
      expect(rows().map(({ id }) => id)).toEqual([world.save('one').row?.id]);
      expect(inTrash()).toHaveLength(ends.done === 2 ? 1 : 0);
      expect(world.save('one').repeats?.suspects).toBeUndefined();
    });

    it.each(ENDS)('one set of blocks, when %s', async (_, ends) => {
      const world = await newWorld();
      await keep(world);
      await settle(world);
      control().changeSettings({ queryLagMs: lag });
      world.repeat(repeatOf(ends, appends, control));
      await amend(world, capture({ tags: ['a, b'] }));
      await settle(world);
      expect(savesLeft(world)).toEqual([]);
      expect(rows()).toMatchObject([{ blocks: 1 }]);
    });
  });
}

describe('where the browser shows nothing of it', () => {
  // What is refused for good was so at the first sending: nobody loses a permission between the two.
  const ends = ENDS.filter(([, { second }]) => second !== 'restricted_resource');

  it.each(ends)('one row, when %s', async (_, ends) => {
    const world = await newWorld();
    world.hideRepeats();
    control().changeSettings({ queryLagMs: 30_000 });
    world.repeat(repeatOf(ends, creates, control));
    await keep(world);
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(rows().map(({ id }) => id)).toEqual([world.save('one').row?.id]);
    expect(world.save('one').repeats?.suspects).toBeUndefined();
  });

  it.each(ends)('one set of blocks, when %s', async (_, ends) => {
    const world = await newWorld();
    world.hideRepeats();
    await keep(world);
    await settle(world);
    world.repeat(repeatOf(ends, appends, control));
    await amend(world, capture({ tags: ['a, b'] }));
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(rows()).toMatchObject([{ blocks: 1 }]);
  });

  it('one look is all that it costs, once the row cannot but be seen', async () => {
    const world = await newWorld();
    world.hideRepeats();
    world.requests.length = 0;
    await keep(world);
    await world.background.idle();
    expect(world.requests).toHaveLength(1);
    await settle(world);
    expect(world.requests.slice(1)).toMatchObject([{ url: expect.stringMatching(/\/query$/) }]);
  });

  it('one look is for all that was saved within a quarter of a minute', async () => {
    const world = await newWorld();
    world.hideRepeats();
    clock.now = Math.ceil(clock.now / 60_000) * 60_000 + 1_000;
    world.requests.length = 0;
    for (let at = 0; at < 5; at++) {
      await keep(world, capture({ url: `https://example.org/${at}`, at: clock.now }), `save ${at}`);
      await world.background.idle();
      clock.now += 3_000;
    }
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(requestsOf(world, creates)).toBe(5);
    expect(world.requests).toHaveLength(6);
  });

  it('a token that has expired holds nothing up', async () => {
    const world = await newWorld();
    world.hideRepeats();
    control().act('all', 'expire');
    await keep(world);
    await world.background.idle();
    expect(world.save('one').state).toBe('in-notion');
  });
});

it('costs nothing where the reply is certainly of the only sending', async () => {
  const world = await newWorld();
  world.requests.length = 0;
  await keep(world);
  await settle(world);
  expect(world.requests).toHaveLength(1);
});

it('a burst is looked for with one query, now and when all must have shown up', async () => {
  const world = await newWorld();
  world.setOffline(true);
  for (let at = 0; at < 30; at++) {
    const of = { url: `https://example.org/${at}`, title: `Page ${at}` };
    await keep(world, capture(of), `save ${at}`);
    // One of three is really done twice; the others may be, as far as the browser tells.
    world.repeat(repeatOf(REPEATS[at % 3 === 0 ? 0 : 1], creates, control));
  }
  world.setOffline(false);
  world.requests.length = 0;
  await world.background.online();
  await settle(world);
  expect(savesLeft(world)).toEqual([]);
  expect(
    rows()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(
    savesOf(world)
      .map((save) => save.row?.id)
      .sort(),
  );
  expect(rows()).toHaveLength(30);
  expect(requestsOf(world, ({ url }) => url.endsWith('/query'))).toBe(2);
});

it('the double goes at once, and "saved" is said before', async () => {
  const world = await newWorld();
  world.repeat({ where: creates });
  await keep(world);
  await world.background.idle();
  expect(rows()).toHaveLength(1);
  expect(world.save('one').state).toBe('in-notion');
  expect(world.local.dump().outbox).toMatchObject({ waiting: { count: 0 }, recent: ['one'] });
});

describe('a row that may be a double', () => {
  const suspectsOf = (world: World) => world.save('one').repeats?.suspects;
  const remove = (world: World, rowId: string) => world.call({ type: 'remove-double', saveId: 'one', rowId });

  /** Somebody has made the double theirs before it was found. */
  async function touchedWorld(): Promise<{ world: World; double: string }> {
    const world = await newWorld();
    control().changeSettings({ queryLagMs: 30_000 });
    world.repeat({ where: creates });
    await keep(world);
    await world.background.idle();
    const double = rows().find(({ id }) => id !== world.save('one').row?.id)?.id ?? '';
    const { accessToken } = control().mint({ share: ['Reading list'] });
    const reply = await fetch(`${origin()}/v1/pages/${double}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'notion-version': '2026-03-11',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ properties: { Tags: { multi_select: [{ name: 'history' }] } } }),
    });
    expect(reply.status).toBe(200);
    await settle(world);
    return { world, double };
  }

  it('is not removed but by the user, who is told of it', async () => {
    const { world, double } = await touchedWorld();
    expect(rows()).toHaveLength(2);
    expect(suspectsOf(world)).toMatchObject([{ id: double }]);
    expect(await remove(world, double)).toEqual({ ok: true, value: null });
    expect(await remove(world, double)).toEqual({ ok: true, value: null });
    await settle(world);
    expect(rows().map(({ id }) => id)).toEqual([world.save('one').row?.id]);
    expect(suspectsOf(world)).toBeUndefined();
  });

  it('stays where the user wants it, and is not asked about again', async () => {
    const { world, double } = await touchedWorld();
    const keepIt = () => world.call({ type: 'keep-double', saveId: 'one', rowId: double });
    expect(await keepIt()).toEqual({ ok: true, value: null });
    expect(await keepIt()).toEqual({ ok: true, value: null });
    expect(suspectsOf(world)).toBeUndefined();
    expect(await remove(world, double)).toEqual({ ok: true, value: null });
    await settle(world);
    expect(rows()).toHaveLength(2);
    expect(world.save('one').repeats).toBeUndefined();
  });

  it('is removed by the user also where the background dies over it', async () => {
    for (const when of ['before', 'after'] as const)
      for (let call = 1; call <= 6; call++) {
        const { world, double } = await touchedWorld();
        world.life.endAt({ call, when });
        await Promise.race([remove(world, double).then(() => settle(world)), world.life.ended]);
        world.restart();
        await remove(world, double);
        await settle(world);
        expect(rows().map(({ id }) => id)).toEqual([world.save('one').row?.id]);
      }
  });

  it("is never one that another of the user's own hands has made", async () => {
    const world = await newWorld();
    control().changeSettings({ queryLagMs: 30_000 });
    world.repeat({ where: creates });
    control().addRow('Reading list', { Name: capture().title, URL: capture().url, Tags: ['physics'] });
    await keep(world);
    await settle(world);
    expect(rows()).toHaveLength(2);
    expect(suspectsOf(world)).toBeUndefined();
  });
});

it('asks nothing of a user who has disconnected the workspace meanwhile', async () => {
  const world = await newWorld();
  control().changeSettings({ queryLagMs: 30_000 });
  world.repeat({ where: creates });
  await keep(world);
  await world.background.idle();
  const [botId = ''] = Object.keys(world.stored<object>('connections'));
  await world.call({ type: 'disconnect', botId });
  await settle(world);
  expect(savesLeft(world)).toEqual([]);
  expect(world.save('one')).toMatchObject({ state: 'in-notion', failure: null });
});

describe('undo while it is not settled', () => {
  it.each([0, 30_000])('takes both rows, with queries %i ms behind', async (queryLagMs) => {
    const world = await newWorld();
    control().changeSettings({ queryLagMs });
    world.repeat({ where: creates });
    await keep(world);
    await world.background.idle();
    await undo(world);
    await world.background.idle();
    expect(world.save('one').state).toBe('undone');
    await settle(world);
    expect(rows()).toEqual([]);
    expect(savesLeft(world)).toEqual([]);
  });
});

describe('an amendment while it is not settled', () => {
  it.each([0, 30_000])('does not keep the double, with queries %i ms behind', async (queryLagMs) => {
    const world = await newWorld();
    control().changeSettings({ queryLagMs });
    world.repeat({ where: creates });
    await keep(world);
    await world.background.idle();
    await amend(world, capture({ title: 'Otherwise', tags: ['history'] }));
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Otherwise', values: { Tags: ['history'] } }]);
  });
});

describe('two deliberate saves of one page', () => {
  for (const lag of [0, 30_000])
    it.each(ENDS)(`are two rows, when %s, with queries ${lag / 1000} s behind`, async (_, ends) => {
      const world = await newWorld();
      control().changeSettings({ queryLagMs: lag });
      world.repeat(repeatOf(ends, creates, control));
      world.repeat(repeatOf(ends, creates, control));
      await Promise.all([keep(world, capture(), 'one'), keep(world, capture(), 'two')]);
      await settle(world);
      expect(savesLeft(world)).toEqual([]);
      const kept = savesOf(world).map((save) => save.row?.id);
      expect(
        rows()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(kept.sort());
      expect(new Set(kept).size).toBe(2);
    });

  it.each([0, 30_000])(
    'each finds its own, not the double of the other, with queries %i ms behind',
    async (lag) => {
      const world = await newWorld();
      control().changeSettings({ queryLagMs: lag });
      world.repeat({ where: creates });
      world.repeat({
        where: creates,
        second: () => void control().addFault({ kind: 'drop_after', times: 1 }),
      });
      await Promise.all([keep(world, capture(), 'one'), keep(world, capture({ title: 'Otherwise' }), 'two')]);
      await settle(world);
      expect(savesLeft(world)).toEqual([]);
      const titleOf = (id: string) => rows().find((row) => row.id === world.save(id).row?.id)?.title;
      expect([titleOf('one'), titleOf('two')]).toEqual([capture().title, 'Otherwise']);
      expect(rows()).toHaveLength(2);
    },
  );

  /** The answer to the next making of a row is lost, be it made or not. */
  const loseAnswer = (world: World, isMade: boolean) =>
    world.repeat({
      where: creates,
      first: () => void control().addFault({ kind: isMade ? 'drop_after' : 'drop_before', times: 1 }),
      second: () => void control().addFault({ kind: 'drop_before', times: 1 }),
    });
  const titleInNotion = (world: World, id: string) =>
    rows().find((row) => row.id === world.save(id).row?.id)?.title;

  // By a clock that is wrong by minutes, a row may be too old for the save that made it.
  it.each([
    ['right', 0],
    ['five minutes ahead', 290_000],
  ])('neither takes what the other has sent, with a clock that is %s', async (_, ahead) => {
    const world = await newWorld();
    clock.now = Math.ceil(clock.now / 60_000) * 60_000 + 30_000;
    world.setClockAhead(ahead);
    loseAnswer(world, false);
    await keep(world, capture({ title: 'Otherwise' }), 'one');
    await world.background.idle();
    // The first has been looked for until just before the look that settles it.
    const nextLook = () => (world.alarmAt ?? 0) - ahead;
    const settlesAt = () => (world.save('one').lookedAt ?? Infinity) + SETTLE;
    while (nextLook() < settlesAt()) await world.pass(nextLook() - clock.now);
    await world.pass(nextLook() - clock.now - 500);
    expect(world.save('one').state).toBe('checking');
    loseAnswer(world, true);
    await keep(world, capture(), 'two');
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect([titleInNotion(world, 'one'), titleInNotion(world, 'two')]).toEqual([
      'Otherwise',
      capture().title,
    ]);
    expect(rows()).toHaveLength(2);
  });

  it.each([0, 30_000])(
    'neither is told of what the other may have made twice, with queries %i ms behind',
    async (lag) => {
      const world = await newWorld();
      control().changeSettings({ queryLagMs: lag });
      world.repeat({ where: creates });
      world.repeat({ where: creates });
      await Promise.all([keep(world, capture(), 'one'), keep(world, capture({ title: 'Otherwise' }), 'two')]);
      await settle(world);
      expect(savesLeft(world)).toEqual([]);
      expect(rows()).toHaveLength(2);
      expect(['one', 'two'].map((id) => world.save(id).repeats?.suspects)).toEqual([undefined, undefined]);
    },
  );

  it.each([true, false])(
    'one that looks for a row first waits for the other, be its row made or not',
    async (isMade) => {
      const world = await newWorld();
      loseAnswer(world, isMade);
      await keep(world, capture(), 'one');
      const what = capture({ tags: ['history'] });
      const destinationId = destinationIdOf(world);
      await world.call({ type: 'keep', saveId: 'two', capture: what, destinationId, seek: true });
      await settle(world);
      expect(savesLeft(world)).toEqual([]);
      expect(rows()).toMatchObject([
        { id: world.save('one').row?.id, values: { Tags: ['physics', 'history'] } },
      ]);
      expect(world.save('two').row).toEqual(world.save('one').row);
    },
  );

  it('a double goes where the other save is undone', async () => {
    const world = await newWorld();
    world.repeat({ where: creates });
    await Promise.all([keep(world, capture(), 'one'), keep(world, capture(), 'two')]);
    await settle(world);
    await undo(world, 'two');
    await settle(world);
    expect(rows().map(({ id }) => id)).toEqual([world.save('one').row?.id]);
  });
});

it('what one request does not carry is there once, when every sending of it is done twice', async () => {
  const world = await newWorld();
  const description = 'Of tides and harbours. '.repeat(90_000);
  const what = capture({ description, url: `https://example.org/?${'q'.repeat(2_500)}` });
  for (let at = 0; at < 12; at++) world.repeat({ where: (one) => creates(one) || appends(one) });
  await keep(world, what);
  await settle(world);
  expect(requestsOf(world, appends)).toBeGreaterThan(1);
  expect(rows()).toHaveLength(1);
  const blocks = rows()[0]?.blocks;
  const once = await newWorld();
  await keep(once, what);
  await settle(once);
  expect(rows()[0]?.blocks).toBe(blocks);
});

describe('blocks whose answer was lost', () => {
  /** Neither sending of the next blocks arrives. */
  const loseBlocks = (world: World) => {
    const drop = () => void control().addFault({ kind: 'drop_before', times: 1 });
    world.repeat({ where: appends, first: drop, second: drop });
  };

  const url = 'https://example.org/earlier';

  /** A row that was there before. */
  const addEarlier = () => {
    const { id } = control().addRow('Reading list', { Name: 'Earlier', URL: url });
    clock.now += 60_000;
    return id;
  };

  /** A tag that no option can be called goes into its page. */
  async function addTag(world: World, saveId: string): Promise<void> {
    const destinationId = destinationIdOf(world);
    const found = await world.call({ type: 'find-saved', url, destinationId, where: 'notion' });
    if (!found.ok || found.value?.kind !== 'row') throw new Error('It is not found.');
    const { row, held } = found.value;
    const what = { ...held, tags: ['a, b'] };
    await world.call({ type: 'change-row', saveId, row, held, capture: what, destinationId });
    await settle(world);
    clock.now += 60_000;
  }

  it('are not those that another change of the row has added', async () => {
    const world = await newWorld();
    addEarlier();
    await addTag(world, 'one');
    loseBlocks(world);
    await addTag(world, 'two');
    expect(savesLeft(world)).toEqual([]);
    expect(rows()).toMatchObject([{ blocks: 2 }]);
    await undo(world, 'two');
    await settle(world);
    expect(rows()).toMatchObject([{ blocks: 1 }]);
  });

  it('are not those that somebody else has written', async () => {
    const world = await newWorld();
    const id = addEarlier();
    const { accessToken } = control().mint({ share: ['Reading list'] });
    const text = [{ type: 'text', text: { content: '#a, b' } }];
    const reply = await fetch(`${origin()}/v1/blocks/${id}/children`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'notion-version': '2026-03-11',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ children: [{ type: 'paragraph', paragraph: { rich_text: text } }] }),
    });
    expect(reply.status).toBe(200);
    loseBlocks(world);
    await addTag(world, 'one');
    expect(rows()).toMatchObject([{ blocks: 2 }]);
    await undo(world, 'one');
    await settle(world);
    expect(rows()).toMatchObject([{ blocks: 1 }]);
  });

  it('are not those that came with the row and begin with the same words', async () => {
    // Its length divides that of a block: all blocks but the last are the same.
    const description = 'Of tides, harbours. '.repeat(100_000);
    const once = await newWorld();
    await keep(once, capture({ description }));
    await settle(once);
    const blocks = rows()[0]?.blocks;
    const world = await newWorld();
    loseBlocks(world);
    await keep(world, capture({ description }));
    await settle(world);
    expect(savesLeft(world)).toEqual([]);
    expect(rows()).toMatchObject([{ blocks }]);
  });
});
