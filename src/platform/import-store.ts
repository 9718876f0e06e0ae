/** Imports in IndexedDB: a database for all of them, as there are few, and what one holds is read by its states. */
import type { ImportStore } from '../ports.ts';
import { createDatabases, outcome, stored } from './indexed-db.ts';

const NAME = 'imports';
const FORM = 1;

function make(database: IDBDatabase): void {
  database.createObjectStore('jobs', { keyPath: 'id' });
  const entries = database.createObjectStore('entries', { keyPath: ['job', 'number'] });
  entries.createIndex('state', ['job', 'state', 'number']);
}

export function createImportStore(): ImportStore {
  const databases = createDatabases(FORM, make);
  const transaction = async (mode: IDBTransactionMode): Promise<IDBTransaction> =>
    (await databases.open(NAME)).transaction(['jobs', 'entries'], mode);

  return {
    jobs: async () => outcome((await transaction('readonly')).objectStore('jobs').getAll()),
    async entries(job, state, after, limit) {
      const range = IDBKeyRange.bound([job, state, after ?? -1], [job, state, []], true);
      const index = (await transaction('readonly')).objectStore('entries').index('state');
      return outcome(index.getAll(range, limit));
    },
    async put(job, entries) {
      const change = await transaction('readwrite');
      const done = stored(change);
      change.objectStore('jobs').put(job);
      for (const entry of entries) change.objectStore('entries').put({ ...entry, job: job.id });
      await done;
    },
    async erase(job) {
      const change = await transaction('readwrite');
      const done = stored(change);
      change.objectStore('jobs').delete(job);
      change.objectStore('entries').delete(IDBKeyRange.bound([job], [job, []]));
      await done;
    },
  };
}
