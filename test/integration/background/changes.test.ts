/** Changing a save after the fact: the row follows, whatever has become of it meanwhile. */
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Destination } from '../../../src/core/database/destination.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, origin, rows, newWorld, settle, capture } = onSharedClock();

const keep = (world: World, what = capture()) =>
  world.call({ type: 'keep', saveId: 'one', capture: what, destinationId: destinationIdOf(world) });
const amend = (world: World, what: Capture, destinationId = destinationIdOf(world)) =>
  world.call({ type: 'amend', saveId: 'one', capture: what, destinationId });

const optionId = (world: World, name: string): string | undefined =>
  (world.local.dump()[`destination:${destinationIdOf(world)}`] as Destination).properties
    .flatMap(({ options = [] }) => options)
    .find((option) => option.name === name)?.id;

/** Requests since the last look, by method and path. */
function sent(world: World): string[] {
  const all = world.requests.map(
    ({ method, url }) => `${method} ${new URL(url).pathname.replace(/[0-9a-f-]{32,36}/, '…')}`,
  );
  world.requests.length = 0;
  return all;
}

async function savedWorld(what = capture()): Promise<World> {
  const world = await newWorld();
  await keep(world, what);
  await settle(world);
  sent(world);
  return world;
}

describe('a row that is in Notion', () => {
  it('follows in one request, which names only what has changed', async () => {
    const world = await savedWorld();
    const [row] = rows();
    await amend(world, capture({ tags: ['physics', 'history'] }));
    await settle(world);
    expect(sent(world)).toEqual(['PATCH /v1/pages/…']);
    const body = control().requests().at(-1)?.body as { properties: Record<string, object> };
    expect(Object.values(body.properties)).toEqual([
      { multi_select: [{ id: optionId(world, 'physics') }, { id: optionId(world, 'history') }] },
    ]);
    expect(rows()).toMatchObject([{ id: row?.id, values: { Tags: ['physics', 'history'] } }]);
    expect(world.save('one')).toMatchObject({ state: 'in-notion', failure: null });
    expect(world.save('one').written).toBeUndefined();
  });

  it('gets no request at all when nothing has changed', async () => {
    const world = await savedWorld();
    await amend(world, capture());
    await settle(world);
    expect(sent(world)).toEqual([]);
  });

  it('is emptied of what was taken away', async () => {
    const world = await savedWorld();
    await amend(world, capture({ tags: [], description: '' }));
    await settle(world);
    expect(rows()).toMatchObject([{ values: { Tags: [], Description: '' } }]);
  });

  it('waits for the network like any save', async () => {
    const world = await savedWorld();
    world.setOffline(true);
    await amend(world, capture({ title: 'Otherwise' }));
    await world.background.idle();
    expect(world.save('one')).toMatchObject({ state: 'in-notion', failure: { code: 'offline' } });
    world.restart();
    world.setOffline(false);
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Otherwise' }]);
  });

  it('gets what no property holds at the end of its page, once', async () => {
    const world = await savedWorld();
    control().addFault({ kind: 'drop_after', method: 'PATCH', path: '/v1/blocks/*', times: 1 });
    await amend(world, capture({ tags: ['a, b'] }));
    await settle(world);
    expect(sent(world)).toEqual([
      'PATCH /v1/pages/…',
      'PATCH /v1/blocks/…/children',
      // It is there; and, once what the browser may have sent a second time would show, still once.
      'GET /v1/blocks/…/children',
      'GET /v1/blocks/…/children',
    ]);
    expect(rows()).toMatchObject([{ blocks: 1 }]);
    expect(world.save('one').content).toBeUndefined();
  });

  it('gets it once also where its page is longer than one look reaches', { timeout: 60_000 }, async () => {
    const world = await savedWorld();
    const [row] = rows();
    const { accessToken } = control().mint({ share: ['Reading list'] });
    const write = async (words: string, count: number) => {
      const children = Array.from({ length: count }, () => ({
        paragraph: { rich_text: [{ text: { content: words } }] },
      }));
      const reply = await fetch(`${origin()}/v1/blocks/${row?.id}/children`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'notion-version': '2026-03-11',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ children }),
      });
      expect(reply.status).toBe(200);
    };
    for (let hundreds = 0; hundreds < 45; hundreds++) await write('Mine.', 100);
    // Nor is it the last there, nor at the edge of a page of a hundred.
    await write('Mine.', 50);
    control().changeSettings({ rateLimit: 10_000 });
    control().addFault({ kind: 'drop_after', method: 'PATCH', path: '/v1/blocks/*', times: 1 });
    await amend(world, capture({ tags: ['a, b'] }));
    await world.background.idle();
    await write('Mine.', 100);
    // The background dies while it looks: it goes on where it was.
    world.restart();
    await settle(world);
    expect(rows()).toMatchObject([{ blocks: 4_651 }]);
    expect(world.save('one').content).toBeUndefined();
  });

  it('is put in the trash by Undo, also after a change', async () => {
    const world = await savedWorld();
    await amend(world, capture({ title: 'Otherwise' }));
    await world.call({ type: 'undo', saveIds: ['one'] });
    await settle(world);
    expect(rows()).toEqual([]);
    expect(world.save('one').state).toBe('undone');
  });

  it('goes to another database as a new row, and is undone where it was', async () => {
    const world = await newWorld();
    await world.connect({ share: ['Reading list', 'Recipes'] });
    const catalog = world.local.dump().catalog as { entries: { id: string; title: string }[] };
    const other = catalog.entries.find(({ title }) => title === 'Recipes')?.id ?? '';
    expect(other).not.toBe('');
    await world.call({
      type: 'choose-destination',
      destinationId: catalog.entries.find((one) => one.id !== other)?.id ?? '',
    });
    await keep(world);
    await settle(world);
    expect(rows()).toHaveLength(1);
    const before = control().dataSource('Recipes').rows.length;
    const answer = await amend(world, capture(), other);
    // The popup may ask twice.
    expect(await amend(world, capture(), other)).toEqual(answer);
    await settle(world);
    expect(rows()).toEqual([]);
    expect(control().dataSource('Recipes').rows).toHaveLength(before + 1);
  });
});

describe('a change of a row that was there before', () => {
  const url = 'https://example.org/earlier';

  async function undoneWorld(): Promise<World> {
    const world = await newWorld();
    control().addRow('Reading list', { Name: 'Earlier', URL: url, Tags: ['history'] });
    clock.now += 60_000;
    const destinationId = destinationIdOf(world);
    const found = await world.call({ type: 'find-saved', url, destinationId, where: 'notion' });
    if (!found.ok || found.value?.kind !== 'row') throw new Error('It is not found.');
    const { row, held } = found.value;
    const what = { ...held, title: 'Otherwise' };
    await world.call({ type: 'change-row', saveId: 'one', row, held, capture: what, destinationId });
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Otherwise' }]);
    return world;
  }
  const changeAnew = (world: World) => amend(world, { ...world.save('one').capture, title: 'Anew' });

  it('holds what it is changed to after it was undone', async () => {
    const world = await undoneWorld();
    await world.call({ type: 'undo', saveIds: ['one'] });
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Earlier' }]);
    expect(await changeAnew(world)).toMatchObject({ ok: true });
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Anew', values: { Tags: ['history'] } }]);
  });

  it('holds it also where giving back what it held was late', async () => {
    const world = await undoneWorld();
    control().addFault({ kind: 'bad_gateway', method: 'PATCH', times: 1 });
    await world.call({ type: 'undo', saveIds: ['one'] });
    await world.background.idle();
    expect(rows()).toMatchObject([{ title: 'Otherwise' }]);
    await changeAnew(world);
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Anew', values: { Tags: ['history'] } }]);
  });
});

describe('a save on its way', () => {
  it('is followed by its row when it is changed while it is sent', async () => {
    const world = await newWorld();
    // The create itself is on its way when the user changes their mind.
    let amended: Promise<unknown> = Promise.resolve();
    world.requests.length = 0;
    world.beforeRequest(1, () => {
      amended = amend(world, capture({ title: 'Otherwise' }));
    });
    await keep(world);
    await settle(world);
    await amended;
    await settle(world);
    expect(sent(world)).toEqual(['POST /v1/pages', 'PATCH /v1/pages/…']);
    expect(rows()).toMatchObject([{ title: 'Otherwise' }]);
  });

  it('is looked for as it was sent when its end is uncertain', async () => {
    const world = await newWorld();
    control().addFault({ kind: 'drop_after', method: 'POST', path: '/v1/pages', times: 1 });
    await keep(world);
    await world.background.idle();
    expect(world.save('one').state).toBe('checking');
    await amend(world, capture({ url: 'https://example.org/other', title: 'Otherwise' }));
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Otherwise', values: { URL: 'https://example.org/other' } }]);
    expect(savesOf(world)).toHaveLength(1);
  });

  it('is sent as it was changed when nothing had arrived', async () => {
    const world = await newWorld();
    control().addFault({ kind: 'drop_before', method: 'POST', path: '/v1/pages', times: 1 });
    await keep(world);
    await world.background.idle();
    await amend(world, capture({ title: 'Otherwise' }));
    await settle(world);
    expect(rows()).toMatchObject([{ title: 'Otherwise' }]);
    expect(world.save('one').written).toBeUndefined();
  });
});

describe('a row with a template', () => {
  const withTemplates = async () => {
    const world = await newWorld();
    const id = destinationIdOf(world);
    await world.call({ type: 'freshen-destination', destinationId: id });
    await expect.poll(() => world.local.dump()[`destination:${id}`]).toHaveProperty('templates');
    return world;
  };
  const templates = (world: World) =>
    (
      world.local.dump()[`destination:${destinationIdOf(world)}`] as {
        templates: { id: string; name: string }[];
      }
    ).templates;

  it('is made with it, and gets its text afterwards', async () => {
    const world = await withTemplates();
    const book = templates(world).find(({ name }) => name === 'Book');
    sent(world);
    await keep(world, capture({ template: book?.id ?? '', tags: ['a, b'] }));
    await settle(world);
    expect(sent(world)).toEqual(['POST /v1/pages', 'PATCH /v1/blocks/…/children']);
    expect(rows()).toMatchObject([{ templateId: book?.id, blocks: 1 }]);
  });

  it('is made without it when the template is gone', async () => {
    const world = await withTemplates();
    await keep(world, capture({ template: crypto.randomUUID() }));
    await settle(world);
    expect(rows()).toMatchObject([{ templateId: null }]);
  });
});

describe('text of any length', () => {
  it('arrives whole, in as many requests as it takes', async () => {
    // More than a request of 500 KB holds, in signs of three bytes each.
    const description = '電磁気学の歴史'.repeat(60_000);
    const world = await savedWorld(capture({ description }));
    expect(world.save('one')).toMatchObject({ state: 'in-notion', failure: null });
    const bodies = control()
      .requests()
      .filter(
        ({ method, path }) => (method === 'POST' && path === '/v1/pages') || path.startsWith('/v1/blocks'),
      );
    expect(bodies.length).toBeGreaterThan(1);
    type Body = {
      properties?: { [id: string]: { rich_text?: { text: { content: string } }[] } };
      children?: { paragraph: { rich_text: { text: { content: string } }[] } }[];
    };
    const words = bodies.flatMap(({ body }) => {
      const { properties = {}, children = [] } = body as Body;
      return [
        ...Object.values(properties).flatMap(({ rich_text = [] }) => rich_text),
        ...children.flatMap(({ paragraph }) => paragraph.rich_text),
      ].map((item) => item.text.content);
    });
    expect(words.join('')).toBe(description);
    for (const { body } of bodies)
      expect(new TextEncoder().encode(JSON.stringify(body)).length).toBeLessThan(500_000);
  });
});
