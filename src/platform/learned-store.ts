/** What is learned of tags, in IndexedDB: one record for each data source, read and written in one piece. */
import type { LearnedStore } from '../ports.ts';
import { createDatabases, outcome, stored } from './indexed-db.ts';

const NAME = 'learned';
const FORM = 1;

export function createLearnedStore(): LearnedStore {
  const databases = createDatabases(FORM, (database) => void database.createObjectStore(NAME));
  const transaction = async (mode: IDBTransactionMode): Promise<IDBTransaction> =>
    (await databases.open(NAME)).transaction(NAME, mode);

  async function change(how: (store: IDBObjectStore) => void): Promise<void> {
    const one = await transaction('readwrite');
    const done = stored(one);
    how(one.objectStore(NAME));
    await done;
  }

  return {
    get: async (id) => outcome((await transaction('readonly')).objectStore(NAME).get(id)),
    put: (id, learned) => change((store) => store.put(learned, id)),
    erase: (id) => change((store) => (id === null ? store.clear() : store.delete(id))),
  };
}
