/** What the user says of a save while Notion is asked, or cannot be: it holds, and what the row held is not lost. */
import { beforeEach, describe, expect, it } from 'vitest';
import { destinationIdOf, onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, rows, newWorld, settle } = onSharedClock();
const tab = { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' };

let world: World;
beforeEach(async () => {
  world = await newWorld();
  control().createDatabase({
    title: 'Elsewhere',
    sources: [
      {
        properties: [
          { name: 'Name', type: 'title' },
          { name: 'URL', type: 'url' },
          { name: 'Tags', type: 'multi_select' },
        ],
        rows: [],
      },
    ],
  });
  await world.connect({ share: ['Reading list', 'Elsewhere'] });
  await world.call({ type: 'choose-destination', destinationId: idOf('Reading list') });
  control().addRow('Reading list', {
    Name: 'A row of old',
    URL: tab.url,
    Tags: ['history'],
    Description: 'Of old.',
  });
  clock.now += 60_000;
});

const idOf = (title: string): string => {
  const { entries } = world.local.dump().catalog as { entries: { id: string; title: string }[] };
  return entries.find((entry) => entry.title === title)?.id ?? '';
};
const elsewhere = () =>
  control()
    .dataSource('Elsewhere')
    .rows.filter((row) => !row.inTrash && row.values.URL === tab.url);
const press = () => world.background.command('quick-save', tab);
const only = () => {
  const [save] = savesOf(world);
  if (!save) throw new Error('Nothing is saved.');
  return save;
};
/** As the toast does. */
const change = async (what: object): Promise<unknown> =>
  world.background.toastMessage({ type: 'toast-change', saveId: only().id, change: what }, { id: tab.id });

/** The moments at which the user may say something: offline, just before Notion is asked, and while the answer is out. */
const MOMENTS: [string, (say: () => Promise<unknown>) => Promise<void>][] = [
  [
    'offline',
    async (say) => {
      world.setOffline(true);
      await press();
      await world.background.idle();
      await say();
      world.setOffline(false);
      await world.background.online();
      await settle(world);
    },
  ],
  [
    'while Notion is asked',
    async (say) => {
      let said: Promise<unknown> = Promise.resolve();
      world.beforeRequest(world.requests.length + 1, () => {
        said = say();
      });
      await press();
      await world.background.idle();
      await said;
      await settle(world);
    },
  ],
  [
    'when it has been answered',
    async (say) => {
      await press();
      await settle(world);
      await say();
      await settle(world);
    },
  ],
];

describe.each(MOMENTS)('%s', (_, at) => {
  it('tags are added to those of the row', async () => {
    await at(() => change({ tags: [...only().capture.tags, 'physics'] }));
    expect(rows()).toMatchObject([
      { title: 'A row of old', values: { Tags: ['history', 'physics'], Description: 'Of old.' } },
    ]);
  });

  it('a note is added to what the row says', async () => {
    await at(() => change({ note: 'To read.' }));
    expect(rows()).toHaveLength(1);
    expect(rows()[0]?.values.Description).toMatch(/To read\.$/);
    expect(rows()[0]?.values.Tags).toEqual(['history']);
  });

  it('another database is the one that it goes to, and the row of this one stays as it is', async () => {
    await at(() => change({ destinationId: idOf('Elsewhere') }));
    expect(rows()).toMatchObject([
      { title: 'A row of old', values: { Tags: ['history'], Description: 'Of old.' } },
    ]);
    expect(elsewhere()).toHaveLength(1);
  });

  it('the other database is looked at as well', async () => {
    control().addRow('Elsewhere', { Name: 'There too', URL: tab.url });
    await at(() => change({ destinationId: idOf('Elsewhere') }));
    expect(elsewhere()).toMatchObject([{ title: 'There too' }]);
  });

  it('undo leaves the row as it was', async () => {
    await at(async () => {
      await change({ tags: ['physics'] });
      await world.call({ type: 'undo', saveIds: [only().id] });
    });
    expect(rows()).toMatchObject([
      { title: 'A row of old', values: { Tags: ['history'], Description: 'Of old.' } },
    ]);
  });
});

it('a change of what was shown before the row was found leaves all else that the row holds', async () => {
  await press();
  const shown = only().capture;
  await settle(world);
  await world.call({
    type: 'amend',
    saveId: only().id,
    capture: { ...shown, tags: ['physics'] },
    from: shown,
    destinationId: destinationIdOf(world),
  });
  await settle(world);
  expect(rows()).toMatchObject([
    { title: 'A row of old', values: { Tags: ['history', 'physics'], Description: 'Of old.' } },
  ]);
});
