/** What is stored is changed by one at a time, whoever else is at work. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRecords } from '../../../src/background/store/records.ts';
import { defaultSettings } from '../../../src/core/settings/settings.ts';
import { readLearned } from '../../../src/core/tags/suggest/stored.ts';
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

  it('that are damaged are kept beside what is stored in their place, in one step', async () => {
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

  it('that were put aside before are not written over', async () => {
    const memory = createMemoryStore({ 'quarantine:settings': 'the first', settings: 'the second' });
    await createRecords(memory).get('settings');
    expect(memory.dump()).toEqual({
      'quarantine:settings': 'the first',
      'quarantine:settings~2': 'the second',
    });
  });

  it('of an older form are read as they are, and stored in that of today', async () => {
    const stored = { settings: defaultSettings, tagUsage: { d: [use(1)] } };
    const memory = createMemoryStore(stored);
    memory.breakWrites('The disk is full.');
    const told = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const records = createRecords(memory);
    expect(await records.get('tagUsage')).toEqual(stored.tagUsage);
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
    told.mockRestore();
    expect(memory.dump()).toEqual(stored);
    memory.breakWrites(null);
    expect(await createRecords(memory).get('tagUsage')).toEqual(stored.tagUsage);
    await vi.waitFor(() =>
      expect(memory.dump()).toEqual({ ...stored, tagUsage: { version: 2, entries: stored.tagUsage } }),
    );
  });

  it('of a newer version are neither changed nor put aside', async () => {
    const stored = { settings: { version: 99, future: true }, 'form:d': { version: 99 } };
    const memory = createMemoryStore(stored);
    const records = createRecords(memory);
    expect(await records.get('settings')).toBeNull();
    expect(await records.getOne('form', 'd')).toBeNull();
    const changes = [
      records.update('settings', (before) => before ?? defaultSettings),
      records.updateOne('form', 'd', () => form([])),
      // Nor by a change that has not asked what is there, nor in part.
      records.change([], {}, () => ({ presets: { version: 1, presets: [] }, settings: defaultSettings })),
    ];
    for (const change of changes) await expect(change).rejects.toMatchObject({ why: 'newer' });
    expect(memory.dump()).toEqual(stored);
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
    const settings = world.stored('settings');
    expect(settings).toMatchObject({ markSaved: true, destinationId, recent: [destinationId] });
    expect(readLearned(world.learned.dump()[destinationId])?.rows.names).toEqual(['a', 'b', 'c']);
  });

  it('and what another version has stored, stays as it is, is not counted, and is told', async () => {
    const world = await createWorld(running.origin);
    await world.connect();
    const { destinationId } = world.local.dump().settings as { destinationId: string };
    world.setOffline(true);
    const capture = {
      url: 'https://example.org/',
      title: 'Waiting',
      description: '',
      tags: [],
      at: world.now,
      origin: 'popup' as const,
    };
    await world.call({ type: 'keep', saveId: 'waiting', capture, destinationId });
    await world.background.idle();
    const waiting = world.local.dump()['save:waiting'] as object;
    const newer = { ...waiting, id: 'newer', version: 99, capture: 'of another form' };
    const damaged = { ...waiting, id: 'damaged', capture: 'of no form' };
    await world.local.set({
      settings: { version: 99, future: true },
      'save:newer': newer,
      'save:damaged': damaged,
      outbox: {
        waiting: { count: 3, ids: ['waiting', 'newer', 'damaged'] },
        needsYou: { count: 0, ids: [] },
        recent: [],
      },
    });
    world.restart();
    await world.background.idle();
    expect(world.stored('outbox')).toEqual({
      waiting: { count: 1, ids: ['waiting'] },
      needsYou: { count: 0, ids: [] },
      recent: [],
      unread: { count: 1, ids: ['newer'] },
    });
    expect(world.badge).toMatchObject({ text: '1' });
    expect(await world.call({ type: 'set-mark-saved', on: true })).toMatchObject({
      ok: false,
      failure: { code: 'stored-newer' },
    });
    world.setOffline(false);
    await world.background.online();
    await world.background.idle();
    expect(world.save('waiting').state).toBe('in-notion');
    const stored = world.local.dump();
    expect(stored['save:newer']).toEqual(newer);
    expect(stored['quarantine:save:damaged']).toEqual(damaged);
    expect(stored['save:damaged']).toBeUndefined();
    expect(stored.settings).toEqual({ version: 99, future: true });
    expect(world.stored('outbox')).toMatchObject({ waiting: { count: 0 }, unread: { count: 1 } });
  });

  it('does not take back what the user has set for a database while its schema was read', async () => {
    const world = await createWorld(running.origin);
    await world.connect();
    const { destinationId } = world.local.dump().settings as { destinationId: string };
    const inferred = world.destination(destinationId).mapping;
    expect(inferred.tags).not.toBeNull();
    const form = { version: 1 as const, mapping: { tags: null }, starts: {} };
    await world.call({ type: 'freshen-destination', destinationId });
    await expect.poll(() => world.stored(`destination:${destinationId}`)).toHaveProperty('templates');
    const link = `https://www.notion.so/${destinationId.replaceAll('-', '')}`;
    // While the list is read; and while a schema is, and its templates.
    for (const [message, request] of [
      [{ type: 'refresh-catalog' }, 1],
      [{ type: 'open-link', link }, 1],
      [{ type: 'open-link', link }, 2],
      [{ type: 'open-link', link }, 3],
    ] as const) {
      await world.call({ type: 'set-form', destinationId, form: { ...form, mapping: {} } });
      world.beforeRequest(
        world.requests.length + request,
        () => void world.call({ type: 'set-form', destinationId, form }),
      );
      expect(await world.call(message)).toMatchObject({ ok: true });
      expect(world.destination(destinationId).mapping).toEqual({ ...inferred, tags: null });
      expect(world.local.dump()[`destination:${destinationId}`]).not.toHaveProperty('mapping');
    }
  });
});
