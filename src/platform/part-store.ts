/** What pages said that were read, in IndexedDB. */
import type { PartStore } from '../ports.ts';
import { createDatabases, outcome, stored } from './indexed-db.ts';

const NAME = 'page-parts';
const FORM = 1;

export function createPartStore(): PartStore {
  const databases = createDatabases(FORM, (database) => void database.createObjectStore('parts'));
  /** All parts, to be read or written; `done` settles when what was written is stored. */
  async function parts(mode: IDBTransactionMode): Promise<{ store: IDBObjectStore; done: Promise<void> }> {
    const transaction = (await databases.open(NAME)).transaction('parts', mode);
    return { store: transaction.objectStore('parts'), done: stored(transaction) };
  }

  /** Everything that is stored under that id: keys are an id and a number. */
  const allOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

  return {
    async put(id, numbered) {
      const { store, done } = await parts('readwrite');
      for (const [number, blocks] of numbered) store.put(blocks, [id, number]);
      await done;
    },
    async get(id, part) {
      const { store } = await parts('readonly');
      return outcome(store.get([id, part]));
    },
    async ids() {
      const { store } = await parts('readonly');
      const keys = (await outcome(store.getAllKeys())) as [string, number][];
      return [...new Set(keys.map(([id]) => id))];
    },
    async erase(ids) {
      const { store, done } = await parts('readwrite');
      for (const id of ids) store.delete(allOf(id));
      await done;
    },
  };
}
