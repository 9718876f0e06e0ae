/** What is stored is changed by one at a time, whoever else is at work. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecords } from '../../../src/background/records.ts';
import { defaultSettings } from '../../../src/core/settings/settings.ts';
import type { Store } from '../../../src/ports.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { createMemoryStore } from './memory-store.ts';
import { createWorld, REDIRECT_URI } from './world.ts';

const CHANGES = ['settings', 'tagUsage', 'form', 'both'] as const;

const use = (hour: number) => ({ host: 'example.org', section: '', tags: ['physics'], hour });
const form = (tags: string[]) => ({ version: 1 as const, mapping: {}, starts: {}, tags });

/** Every change adds its number to what is there. */
function makeChange(
  records: ReturnType<typeof createRecords>,
  kind: (typeof CHANGES)[number],
  number: number,
) {
  const name = String(number);
  switch (kind) {
    case 'settings':
      return records.update('settings', (settings) => ({
        ...(settings ?? defaultSettings),
        recent: [...(settings?.recent ?? []), name],
      }));
    case 'tagUsage':
      return records.update('tagUsage', (usage) => ({ d: [...(usage?.d ?? []), use(number)] }));
    case 'form':
      return records.updateOne('form', 'd', (before) => form([...(before?.tags ?? []), name]));
    case 'both':
      return records.change(['settings'], { form: ['d'] }, ({ settings, form: { d } }) => ({
        settings: { ...(settings ?? defaultSettings), recent: [...(settings?.recent ?? []), name] },
        form: { d: form([...(d?.tags ?? []), name]) },
      }));
  }
}

describe('records', () => {
  it('lose no change, in whatever order the storage answers, and whichever writes it refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.record({ kind: fc.constantFrom(...CHANGES), isRefused: fc.boolean() }), {
          maxLength: 12,
        }),
        async (scheduler, changes) => {
          const memory = createMemoryStore();
          let writing = -1;
          const store: Store = {
            get: scheduler.scheduleFunction(memory.get),
            list: scheduler.scheduleFunction(memory.list),
            set: scheduler.scheduleFunction(async (items: Record<string, unknown>) => {
              writing += 1;
              if (changes[writing]?.isRefused) throw new Error('The disk is full.');
              await memory.set(items);
            }),
            remove: scheduler.scheduleFunction(memory.remove),
          };
          const records = createRecords(store);
          const made = changes.map(({ kind }, number) => makeChange(records, kind, number));
          // Readers in between see what is stored, and keep nothing that is out of date.
          const reads = changes.map(() => records.get('settings'));
          const outcomes = Promise.allSettled(made);
          await scheduler.waitFor(Promise.all([outcomes, ...reads]));
          const stored = (await outcomes).map(({ status }) => status === 'fulfilled');
          const numbers = (...kinds: string[]) =>
            changes.flatMap(({ kind }, number) =>
              stored[number] && kinds.includes(kind) ? [String(number)] : [],
            );
          const settings = scheduler.waitFor(records.get('settings'));
          expect((await settings)?.recent ?? []).toEqual(numbers('settings', 'both'));
          const usage = await scheduler.waitFor(records.get('tagUsage'));
          expect((usage?.d ?? []).map(({ hour }) => String(hour))).toEqual(numbers('tagUsage'));
          const one = await scheduler.waitFor(records.getOne('form', 'd'));
          expect(one?.tags ?? []).toEqual(numbers('form', 'both'));
          expect(stored).toEqual(changes.map(({ isRefused }) => !isRefused));
        },
      ),
    );
  });

  it('that cannot be read are kept beside what is stored in their place, in one step', async () => {
    const memory = createMemoryStore({ settings: 'not settings' });
    const writes: string[][] = [];
    const set = (items: Record<string, unknown>) => {
      writes.push(Object.keys(items).sort());
      return memory.set(items);
    };
    await createRecords({ ...memory, set }).update('settings', (before) => before ?? defaultSettings);
    expect(writes).toEqual([['quarantine:settings', 'settings']]);
    expect(memory.dump()).toEqual({ 'quarantine:settings': 'not settings', settings: defaultSettings });
  });

  it('that were written since they could not be read are not put aside', async () => {
    const memory = createMemoryStore({ settings: 'not settings' });
    const records = createRecords(memory);
    // Both begin before either has read.
    const [read] = await Promise.all([
      records.get('settings'),
      records.update('settings', () => ({ ...defaultSettings, markSaved: true })),
    ]);
    expect(read).toBeNull();
    expect(memory.dump()).toEqual({
      'quarantine:settings': 'not settings',
      settings: { ...defaultSettings, markSaved: true },
    });
  });
});

describe('what happens at once', () => {
  let running: RunningSandbox;
  beforeAll(async () => {
    running = await startSandbox({ redirectUris: [REDIRECT_URI] });
  });
  afterAll(() => running.close());

  it('is all remembered: saves with tags, and a setting', async () => {
    const world = await createWorld(running.origin);
    await world.connect();
    const { destinationId } = world.local.dump().settings as { destinationId: string };
    const save = (name: string) =>
      world.call({
        type: 'keep',
        saveId: name,
        capture: {
          url: `https://${name}.example.org/`,
          title: name,
          description: '',
          tags: [name],
          at: world.now,
          origin: 'popup',
        },
        destinationId,
      });
    await Promise.all([save('a'), world.call({ type: 'set-mark-saved', on: true }), save('b'), save('c')]);
    await world.background.idle();
    const { settings, tagUsage } = world.local.dump() as {
      settings: object;
      tagUsage: Record<string, { tags: string[] }[]>;
    };
    expect(settings).toMatchObject({ markSaved: true, destinationId, recent: [destinationId] });
    expect(tagUsage[destinationId]?.map(({ tags }) => tags)).toEqual([['a'], ['b'], ['c']]);
  });
});
