/** A toast is told of one thing after another, in the order in which they came about. */
import { expect, it } from 'vitest';
import { createRecords } from '../../../src/background/store/records.ts';
import { createAnnouncer } from '../../../src/background/telling/announce.ts';
import { newSave } from '../../../src/core/save/new-save.ts';
import type { Save } from '../../../src/core/save/record.ts';
import type { ToastContent } from '../../../src/protocol/toast.ts';
import { createMemoryStore } from './memory-store.ts';

const OUTBOX = { waiting: { count: 0 }, needsYou: { count: 0 } } as never;
const TAB = 7;

const kept = newSave(
  'a',
  {
    ...{ url: 'https://example.org/', title: 'Maxwell', description: '', tags: [], at: 0 },
    origin: 'quick-save',
  },
  'database',
  'bot',
  0,
  null,
);
const inNotion: Save = { ...kept, state: 'in-notion', row: { id: 'row', url: 'https://notion.test/row' } };

/** A browser whose storage and pages answer when they are told to. */
function createSlowBrowser() {
  const waiting: (() => void)[] = [];
  const slow = () => new Promise<void>((resolve) => waiting.push(resolve));
  const toasts: ToastContent[] = [];
  const store = createMemoryStore();
  const announcer = createAnnouncer({
    pages: {
      read: async () => Promise.reject(new Error('Nothing is read here.')),
      readContent: async () => null,
      nameOf: async () => '',
      expectToast: async () => undefined,
      async toast(_, content) {
        await slow();
        toasts.push(content);
        return true;
      },
    },
    text: (key, ...parts) => [key, ...parts].join(' '),
    popup: { open: async () => false },
    clock: () => 0,
    session: createMemoryStore(),
    records: createRecords({
      ...store,
      async get(keys) {
        await slow();
        return store.get(keys);
      },
    }),
    badge: { stands: () => false, kept: () => false, arrived() {}, refused: () => false },
    marks: { lookAgain: async () => undefined },
  });
  return {
    announcer,
    toasts,
    /** Answers what waits and what comes of it; of what waits at once, the last first. */
    async answerAll(): Promise<void> {
      for (let idle = 0; idle < 3; ) {
        await new Promise((resolve) => setTimeout(resolve));
        idle = waiting.length === 0 ? idle + 1 : 0;
        waiting.pop()?.();
      }
    },
  };
}

const titles = (toasts: readonly ToastContent[]) => toasts.map(({ title }) => title);

it('ends with what came last, however long the first takes to be read', async () => {
  const { announcer, toasts, answerAll } = createSlowBrowser();
  announcer.follow('a', TAB, true);
  announcer.changed(kept, OUTBOX);
  announcer.changed(inNotion, OUTBOX);
  await answerAll();
  expect(titles(toasts)).toEqual(['toast_kept', 'toast_saved']);
});

it('leaves out what is out of date before its turn has come', async () => {
  const { announcer, toasts, answerAll } = createSlowBrowser();
  announcer.follow('a', TAB, true);
  announcer.changed(kept, OUTBOX);
  announcer.changed({ ...kept, failure: { code: 'offline' } }, OUTBOX);
  announcer.changed(inNotion, OUTBOX);
  await answerAll();
  expect(titles(toasts)).toEqual(['toast_kept', 'toast_saved']);
});

it('says nothing twice, unless it is asked for again', async () => {
  const { announcer, toasts, answerAll } = createSlowBrowser();
  announcer.follow('a', TAB, true);
  announcer.changed(kept, OUTBOX);
  await answerAll();
  announcer.changed({ ...kept, state: 'checking' }, OUTBOX);
  await answerAll();
  expect(titles(toasts)).toEqual(['toast_kept']);
  announcer.again(kept, TAB, true);
  await answerAll();
  expect(titles(toasts)).toEqual(['toast_kept', 'toast_kept']);
  expect(toasts.map(({ actions }) => actions?.takeFocus)).toEqual([true, true]);
});

it('keeps the focus for the one that is told, when the one that was to take it is not', async () => {
  const { announcer, toasts, answerAll } = createSlowBrowser();
  announcer.follow('a', TAB, false);
  announcer.changed(kept, OUTBOX);
  announcer.again(kept, TAB, true);
  announcer.changed(inNotion, OUTBOX);
  await answerAll();
  expect(titles(toasts)).toEqual(['toast_kept', 'toast_saved']);
  expect(toasts.map(({ actions }) => actions?.takeFocus)).toEqual([false, true]);
});
