/** Pictures of a page that nobody but the page can show, in the row's page. */
import { describe, expect, it } from 'vitest';
import type { ContentNode } from '../../../src/core/content/node.ts';
import type { PlainBlock } from '../../../src/sandbox/control/plain.ts';
import { onlySave as one, save, saveArticles } from './articles.ts';
import { appends } from './browser-repeats.ts';
import { onSharedClock } from './shared-clock.ts';
import type { World } from './world.ts';

const { control, rows, newWorld, settle } = onSharedClock();

/** The smallest picture there is: one pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const file = { type: 'image/png', data: PNG } as const;

const numbered = (from: number, to: number): ContentNode[] =>
  Array.from({ length: to - from }, (_, at) => ({ name: 'p', attributes: {}, children: [`n${from + at}`] }));
const picture = (number: number, more: Record<string, string> = {}): ContentNode => ({
  name: 'img',
  attributes: { file: String(number), alt: `A drawing of ${number}`, ...more },
  children: [],
});

async function reading(nodes: readonly ContentNode[], count: number): Promise<World> {
  const world = await newWorld();
  await saveArticles(world);
  world.setContent(nodes, { files: Array.from({ length: count }, () => file) });
  return world;
}

const content = (): PlainBlock[] => rows()[0]?.content ?? [];
const shown = () =>
  content().map(({ type, text, caption, url }) =>
    type === 'image' ? `${new URL(url).hostname.split('.')[0]}: ${caption}` : text,
  );
const HELD = 'prod-files-secure';
const uploads = (world: World) => world.requests.filter(({ url }) => url.includes('/v1/file_uploads')).length;

describe('pictures that only the page can show', () => {
  it('are brought to Notion, each in its place', async () => {
    const world = await reading([...numbered(0, 2), picture(0), ...numbered(2, 4), picture(1)], 2);
    await save(world);
    await settle(world);
    expect(shown()).toEqual(['n0', 'n1', `${HELD}: A drawing of 0`, 'n2', 'n3', `${HELD}: A drawing of 1`]);
    expect(uploads(world)).toBe(4);
    expect(one(world).page).toMatchObject({ left: {}, counts: { pictures: 2 } });
    expect(await world.parts.ids()).toEqual([]);
  });

  it('do not hold up the row', async () => {
    const world = await reading([picture(0)], 1);
    const order: string[] = [];
    world.onRequest = ({ method, url }) =>
      void order.push(`${method} ${new URL(url).pathname.split('/')[2]}`);
    await save(world);
    await settle(world);
    expect(order.filter((what) => what !== 'POST data_sources')).toEqual([
      'POST pages',
      'POST file_uploads',
      'POST file_uploads',
      'PATCH blocks',
    ]);
  });

  it('of a later part are brought when that is sent, and not before', async () => {
    const world = await reading([...numbered(0, 150), picture(0)], 1);
    await save(world);
    await settle(world);
    expect(shown()).toEqual([...Array.from({ length: 150 }, (_, at) => `n${at}`), `${HELD}: A drawing of 0`]);
  });

  it('that are not there any more leave a word and their caption, and are counted', async () => {
    const world = await reading([...numbered(0, 1), picture(0), picture(7)], 1);
    world.setOffline(true);
    await save(world);
    const [id = ''] = await world.parts.ids();
    await world.parts.put(id, new Map([[-1, 'no picture']]));
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(shown()).toEqual([
      'n0',
      'content_picture_missing A drawing of 0',
      'content_picture_missing A drawing of 7',
    ]);
    expect(one(world)).toMatchObject({ state: 'in-notion', failure: null, page: { left: { pictures: 2 } } });
  });

  it('that do not fit on the disk leave a word and their link: the words are kept', async () => {
    const world = await reading(
      [...numbered(0, 1), picture(0), picture(1, { src: 'https://intranet.example/a.png' })],
      2,
    );
    const { put } = world.parts;
    world.parts.put = async (id, all) => {
      if ([...all.keys()].some((key) => key < 0)) throw new DOMException('', 'QuotaExceededError');
      return put(id, all);
    };
    await save(world);
    await settle(world);
    expect(shown()).toEqual(['n0', 'content_picture_missing A drawing of 0', 'intranet: A drawing of 1']);
    expect(one(world)).toMatchObject({ state: 'in-notion', page: { left: { pictures: 1 } } });
  });

  it('that Notion does not take leave their link, where they have one', async () => {
    const world = await reading([picture(0, { src: 'https://intranet.example/a.png' }), picture(1)], 2);
    control().changeSettings({ maxFileBytes: 10 });
    await save(world);
    await settle(world);
    expect(shown()).toEqual(['intranet: A drawing of 0', 'content_picture_missing A drawing of 1']);
    expect(one(world).page?.left).toEqual({ pictures: 1 });
  });

  it('that waited for longer than Notion keeps them are brought again', async () => {
    const world = await reading([picture(0)], 1);
    let waits = true;
    world.onRequest = (request) => {
      if (!appends(request) || !waits) return;
      waits = false;
      control().addFault({ kind: 'drop_before', path: '/v1/blocks/*/children', method: 'PATCH', times: 1 });
    };
    await save(world);
    await world.background.idle();
    expect(uploads(world)).toBe(2);
    await world.pass(3_600_000);
    await settle(world);
    expect(shown()).toEqual([`${HELD}: A drawing of 0`]);
    expect(uploads(world)).toBe(4);
  });

  it('that cannot be brought do not hold up the words for ever', async () => {
    const world = await reading([...numbered(0, 1), picture(0)], 1);
    control().addFault({
      kind: 'bad_gateway',
      path: '/v1/file_uploads/*/send',
      method: 'POST',
      times: 1_000,
    });
    await save(world);
    await settle(world);
    await world.pass(3_600_000);
    await settle(world);
    expect(shown()).toEqual(['n0', 'content_picture_missing A drawing of 0']);
  });

  it('are brought again after a breakdown', async () => {
    const world = await reading([...numbered(0, 1), picture(0)], 1);
    control().addFault({ kind: 'drop_after', path: '/v1/file_uploads/*/send', method: 'POST', times: 1 });
    await save(world);
    await settle(world);
    expect(shown()).toEqual(['n0', `${HELD}: A drawing of 0`]);
  });

  it('are not brought once the save is undone', async () => {
    const world = await reading([picture(0), ...numbered(0, 3)], 1);
    world.setOffline(true);
    await save(world);
    await world.call({ type: 'undo', saveIds: [one(world).id] });
    world.setOffline(false);
    await world.background.online();
    await settle(world);
    expect(uploads(world)).toBe(0);
    expect(rows()).toEqual([]);
    expect(await world.parts.ids()).toEqual([]);
  });

  it('go without their part’s links where Notion refuses the part, and are counted', async () => {
    const bad: ContentNode = { name: 'img', attributes: { src: 'https://bad.test/a.png' }, children: [] };
    const world = await reading([...numbered(0, 1), picture(0), bad], 1);
    control().changeSettings({ refusedAddress: 'bad.test', namesRefused: false });
    await save(world);
    await settle(world);
    expect(shown()).toEqual(['n0', 'content_picture_missing A drawing of 0', 'https://bad.test/a.png']);
    expect(one(world).page?.left).toEqual({ pictures: 1 });
  });
});

describe('copies of pictures', () => {
  const linked = (name: string): ContentNode => ({
    name: 'img',
    attributes: { src: `https://pictures.example/${name}`, alt: `The bay of ${name.slice(0, 1)}` },
    children: [],
  });
  const list = (...children: ContentNode[]): ContentNode => ({
    name: 'ul',
    attributes: {},
    children: [{ name: 'li', attributes: {}, children: ['Item', ...children] }],
  });
  async function copying(nodes: readonly ContentNode[], copies = true): Promise<World> {
    const world = await reading(nodes, 0);
    await saveArticles(world, { copies });
    return world;
  }
  const within = () => content().flatMap(({ children }) => children.map(({ url }) => new URL(url).hostname));

  it('take the place of links, with their captions, once all else is there', async () => {
    const world = await copying([
      ...numbered(0, 120),
      linked('a.png'),
      list(linked('b.jpg')),
      linked('c.gif'),
    ]);
    const order: string[] = [];
    world.onRequest = (request) => {
      if (appends(request)) order.push('words');
      if (request.url.endsWith('/v1/file_uploads')) order.push('picture');
    };
    await save(world);
    await settle(world);
    expect(shown().slice(120)).toEqual([`${HELD}: The bay of a`, 'Item', `${HELD}: The bay of c`]);
    expect(within()).toEqual([expect.stringContaining(HELD)]);
    expect(order).toEqual(['words', 'picture', 'picture', 'picture']);
    expect(one(world).page?.copies).toEqual({ isDone: true });
  });

  it('are not made where nobody has asked for them', async () => {
    const world = await copying([linked('a.png')], false);
    await save(world);
    await settle(world);
    expect(shown()).toEqual(['pictures: The bay of a']);
    expect(uploads(world)).toBe(0);
    expect(one(world).page?.copies).toBeUndefined();
  });

  it('that Notion cannot fetch stay links, and are told', async () => {
    const world = await copying([linked('a.png'), linked('b.png'), linked('noname'), linked('d.png')]);
    control().hostFile('https://pictures.example/b.png', { failure: 'The server answered 403.' });
    await save(world);
    await settle(world);
    expect(shown().map((words) => words.split(':')[0])).toEqual([HELD, 'pictures', 'pictures', HELD]);
    expect(one(world)).toMatchObject({ state: 'in-notion', failure: null });
    expect(one(world).page?.copies?.links).toHaveLength(2);
  });

  it('leave alone what somebody has taken away meanwhile, and go on', async () => {
    const world = await copying([linked('a.png'), linked('b.png')]);
    world.onRequest = ({ method, url }) => {
      const [first] = content();
      if (method === 'GET' && url.includes('/v1/file_uploads/') && first?.caption.endsWith('of a'))
        control().removeBlock(rows()[0]?.id ?? '', first.id);
    };
    await save(world);
    await settle(world);
    expect(shown()).toEqual([`${HELD}: The bay of b`]);
    expect(one(world)).toMatchObject({ state: 'in-notion', failure: null });
  });

  it('end when the save is undone', async () => {
    const world = await copying([linked('a.png'), linked('b.png')]);
    await save(world);
    await world.background.idle();
    await world.call({ type: 'undo', saveIds: [one(world).id] });
    await settle(world);
    expect(rows()).toEqual([]);
    expect(one(world).state).toBe('undone');
  });

  it('are nothing that a user has to see to when the workspace is not connected any more', async () => {
    const world = await copying([linked('a.png')]);
    await save(world);
    await world.background.idle();
    control().act('all', 'revoke');
    await settle(world);
    expect(one(world)).toMatchObject({ state: 'in-notion', failure: null });
    expect(one(world).page?.copies).toMatchObject({ isDone: true });
  });
});
