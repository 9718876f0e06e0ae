import browser from 'webextension-polyfill';
import type { Store } from '../ports.ts';

const area = (name: 'local' | 'session'): Store => ({
  get: (keys) => browser.storage[name].get([...keys]),
  async list(prefix) {
    const all = await browser.storage[name].get(null);
    return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith(prefix)));
  },
  set: (items) => browser.storage[name].set(items),
  remove: (keys) => browser.storage[name].remove([...keys]),
});

/** Survives everything but the removal of the extension. */
export const localStore: Store = area('local');

/** Survives the background's death, not the browser's. */
export const sessionStore: Store = area('session');

/** Calls back with the keys that changed in `storage.local`. */
export function watchLocal(changed: (keys: readonly string[]) => void): () => void {
  const listener = (changes: Record<string, unknown>, areaName: string) => {
    if (areaName === 'local') changed(Object.keys(changes));
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
