/** A message that is delivered twice has the effect of one: the client sends again when it has heard no answer. */
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Message, MessageType } from '../../../src/protocol/messages.ts';
import { REPEATED } from '../../../src/protocol/repeated-messages.ts';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, rows, newWorld, settle } = onSharedClock();

const capture = (): Capture => ({
  url: 'https://example.org/maxwell',
  title: 'How four equations came to be',
  description: '',
  tags: [],
  at: clock.now,
  origin: 'popup',
});
const row = () => {
  const { id, url } = control().addRow('Reading list', { Name: 'Before', URL: 'https://example.org/before' });
  return { id, url };
};

/** One of each message that makes something. */
const MAKERS: { [T in MessageType]?: (world: World) => Message | Promise<Message> } = {
  keep: (world) => ({
    type: 'keep',
    saveId: 'one',
    capture: capture(),
    destinationId: destinationIdOf(world),
  }),
  'change-row': (world) => ({
    type: 'change-row',
    saveId: 'one',
    row: row(),
    held: { ...capture(), title: 'Before' },
    capture: capture(),
    destinationId: destinationIdOf(world),
  }),
  async 'save-anew'(world) {
    const destinationId = destinationIdOf(world);
    await world.call({ type: 'keep', saveId: 'one', capture: capture(), destinationId });
    await settle(world);
    control().trash(rows()[0]?.id ?? '', true);
    const changed = { ...capture(), title: 'Otherwise' };
    await world.call({ type: 'amend', saveId: 'one', capture: changed, destinationId });
    await settle(world);
    return { type: 'save-anew', saveId: 'one' };
  },
  async 'add-content'(world) {
    const destinationId = destinationIdOf(world);
    const { url } = capture();
    control().addRow('Reading list', { Name: 'Before', URL: url });
    clock.now += 60_000;
    world.setContent([{ name: 'p', attributes: {}, children: ['What the page says'] }], { url });
    const found = await world.call({ type: 'find-saved', url, destinationId, where: 'notion' });
    if (!found.ok || found.value?.kind !== 'row') throw new Error('The row was not found.');
    const { row, held } = found.value;
    return { type: 'add-content', saveId: 'one', row, held, destinationId, tabId: 7, wanted: 'article', url };
  },
  'save-tabs': (world) => {
    const { url, title } = capture();
    const tab = { saveId: 'one', tabId: 7, shows: url, url, title };
    const destinationId = destinationIdOf(world);
    return {
      ...{ type: 'save-tabs', batchId: 'batch', destinationId, presetId: null, tags: [], closes: true },
      tabs: [tab, { ...tab, saveId: 'two', url: `${url}/two` }],
    };
  },
  'create-database': (world) => ({
    type: 'create-database',
    jobId: 'one',
    botId: Object.keys(world.stored<object>('connections'))[0] ?? '',
    parentPageId: null,
  }),
};

const makers = (Object.keys(REPEATED) as MessageType[]).filter((type) => typeof REPEATED[type] === 'object');

/** What there is by now, of all that a message could make. */
const made = (world: World) => ({
  saves: savesOf(world).length,
  rows: rows().length,
  blocks: rows().flatMap(({ content }) => content.flatMap((block) => [block, ...block.children])).length,
  databases: control()
    .state()
    .dataSources.filter(({ inTrash }) => !inTrash).length,
});

describe.each(makers)('%s', (type) => {
  it('makes one, delivered twice at once, and once more to the next background', async () => {
    const once = await newWorld();
    const message = await MAKERS[type]?.(once);
    if (!message) throw new Error(`No ${type} to try.`);
    const databases = made(once).databases;
    await once.call(message);
    await settle(once);
    const wanted = made(once);

    const world = await newWorld();
    const same = await MAKERS[type]?.(world);
    if (!same) throw new Error(`No ${type} to try.`);
    const before = made(world).databases;
    const answers = await Promise.all([world.call(same), world.call(same)]);
    await settle(world);
    world.restart();
    answers.push(await world.call(same));
    await settle(world);
    expect({ ...made(world), databases: made(world).databases - before }).toEqual({
      ...wanted,
      databases: wanted.databases - databases,
    });
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
