/** Rows kept on this device in IndexedDB: a database for each data source, so that erasing one leaves nothing behind. */
import type { RowStore } from '../ports.ts';
import { createDatabases, outcome, stored } from './indexed-db.ts';

const FORM = 1;
const nameOf = (dataSourceId: string): string => `rows:${dataSourceId}`;

function make(database: IDBDatabase): void {
  const rows = database.createObjectStore('rows', { keyPath: 'id' });
  rows.createIndex('key', 'key');
  rows.createIndex('walk', 'walk');
  database.createObjectStore('packs', { autoIncrement: true });
  database.createObjectStore('progress');
}

export function createRowStore(): RowStore {
  const databases = createDatabases(FORM, make);
  const database = (id: string): Promise<IDBDatabase> => databases.open(nameOf(id));

  const reading = async (id: string, store: string): Promise<IDBObjectStore> =>
    (await database(id)).transaction(store).objectStore(store);

  return {
    find: async (id, key) => outcome((await reading(id, 'rows')).index('key').getAll(key)),
    async get(id, ids) {
      const rows = await reading(id, 'rows');
      return Promise.all(ids.map((row) => outcome(rows.get(row))));
    },
    async unseen(id, walk) {
      const index = (await reading(id, 'rows')).index('walk');
      return (await outcome(index.getAllKeys(IDBKeyRange.upperBound(walk, true)))) as string[];
    },
    async page(id, after, limit) {
      const range = after === null ? null : IDBKeyRange.lowerBound(after, true);
      return outcome((await reading(id, 'rows')).getAll(range, limit));
    },
    count: async (id) => outcome((await reading(id, 'rows')).count()),
    packs: async (id) => outcome((await reading(id, 'packs')).getAll()),
    progress: async (id) => outcome((await reading(id, 'progress')).get('progress')),
    async change(id, { put = [], remove = [], pack, packs, progress }) {
      const transaction = (await database(id)).transaction(['rows', 'packs', 'progress'], 'readwrite');
      const done = stored(transaction);
      const rows = transaction.objectStore('rows');
      for (const row of put) rows.put(row);
      for (const row of remove) rows.delete(row);
      const searched = transaction.objectStore('packs');
      if (packs) searched.clear();
      for (const one of packs ?? []) searched.add(one);
      if (pack) searched.add(pack);
      if (progress) transaction.objectStore('progress').put(progress, 'progress');
      await done;
    },
    async erase(id) {
      await databases.close(nameOf(id));
      await outcome(indexedDB.deleteDatabase(nameOf(id)));
    },
    bytes: async () => (await navigator.storage.estimate()).usage ?? null,
  };
}
