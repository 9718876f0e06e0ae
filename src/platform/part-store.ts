/** The blocks of pages that were read, in IndexedDB. */
import type { PartStore } from '../ports.ts';
import { outcome, stored } from './indexed-db.ts';

const NAME = 'page-parts';
const FORM = 1;

export function createPartStore(): PartStore {
  let opening: Promise<IDBDatabase> | null = null;

  function database(): Promise<IDBDatabase> {
    if (opening) return opening;
    const request = indexedDB.open(NAME, FORM);
    request.onupgradeneeded = () => request.result.createObjectStore('parts');
    const opened = outcome(request).then((one) => {
      const forget = () => {
        opening = null;
      };
      // What the browser has closed is opened again.
      one.onversionchange = () => {
        forget();
        one.close();
      };
      one.onclose = forget;
      return one;
    });
    opening = opened;
    opened.catch(() => {
      opening = null;
    });
    return opened;
  }

  /** Everything that is stored under that id: keys are an id and a number. */
  const allOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

  return {
    async put(id, parts) {
      const transaction = (await database()).transaction('parts', 'readwrite');
      const done = stored(transaction);
      for (const [number, blocks] of parts) transaction.objectStore('parts').put(blocks, [id, number]);
      await done;
    },
    async get(id, part) {
      const parts = (await database()).transaction('parts').objectStore('parts');
      return outcome(parts.get([id, part]));
    },
    async ids() {
      const parts = (await database()).transaction('parts').objectStore('parts');
      const keys = (await outcome(parts.getAllKeys())) as [string, number][];
      return [...new Set(keys.map(([id]) => id))];
    },
    async erase(ids) {
      const transaction = (await database()).transaction('parts', 'readwrite');
      const done = stored(transaction);
      for (const id of ids) transaction.objectStore('parts').delete(allOf(id));
      await done;
    },
  };
}
