/** Tabs are watched from the first turn of the background on: an event page is woken for no listener that comes later. */
import { expect, it, vi } from 'vitest';

const createEvent = () => {
  const listeners = new Set<unknown>();
  return {
    listeners,
    addListener: (one: unknown) => void listeners.add(one),
    removeListener: (one: unknown) => void listeners.delete(one),
    hasListener: (one: unknown) => listeners.has(one),
  };
};
const browser = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock('webextension-polyfill', () => ({ default: browser.now }));

function createBrowser(isAllowed: boolean) {
  const events = {
    activated: createEvent(),
    updated: createEvent(),
    added: createEvent(),
    removed: createEvent(),
  };
  const state = { isAllowed };
  Object.assign(browser.now, {
    tabs: {
      onActivated: events.activated,
      onUpdated: events.updated,
      query: async () => [{ id: 7, url: 'https://example.org/' }],
    },
    permissions: {
      contains: async () => state.isAllowed,
      onAdded: events.added,
      onRemoved: events.removed,
    },
  });
  const listening = () => events.activated.listeners.size + events.updated.listeners.size;
  return { state, events, listening };
}

it('listens in the same turn, and looks at the tab in front', async () => {
  const { listening } = createBrowser(true);
  const { onTabInFront } = await import('../../../src/platform/tab-watch.ts');
  const run = vi.fn();
  onTabInFront(run);
  expect(listening()).toBe(2);
  await vi.waitFor(() => expect(run).toHaveBeenCalledWith({ id: 7, url: 'https://example.org/' }));
  expect(listening()).toBe(2);
});

it('stays awake for nobody who has not allowed it, until they do, and no longer than that', async () => {
  const { state, events, listening } = createBrowser(false);
  const { onTabInFront } = await import('../../../src/platform/tab-watch.ts');
  onTabInFront(() => undefined);
  await vi.waitFor(() => expect(listening()).toBe(0));
  state.isAllowed = true;
  for (const tell of events.added.listeners) (tell as () => void)();
  expect(listening()).toBe(2);
  state.isAllowed = false;
  for (const tell of events.removed.listeners) (tell as () => void)();
  await vi.waitFor(() => expect(listening()).toBe(0));
});
