/** IndexedDB's events as promises, and its databases opened once. */

export const outcome = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Settles when all of it is stored, or nothing is. */
export const stored = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

export type Databases = {
  /** Opened once for all who ask, and again where the browser has closed it. */
  open(name: string): Promise<IDBDatabase>;
  close(name: string): Promise<void>;
};

/**
 * Databases of one kind, by their names.
 * @param form the number of what they look like
 * @param make makes one look like that
 */
export function createDatabases(form: number, make: (database: IDBDatabase) => void): Databases {
  const opened = new Map<string, Promise<IDBDatabase>>();

  async function close(name: string): Promise<void> {
    const closing = opened.get(name);
    opened.delete(name);
    (await closing?.catch(() => undefined))?.close();
  }

  return {
    open(name) {
      const known = opened.get(name);
      if (known) return known;
      const request = indexedDB.open(name, form);
      request.onupgradeneeded = () => make(request.result);
      const opening = outcome(request).then((database) => {
        // Nobody is kept from erasing it, and what the browser has closed is opened again.
        database.onversionchange = () => void close(name);
        database.onclose = () => opened.delete(name);
        return database;
      });
      opened.set(name, opening);
      opening.catch(() => opened.delete(name));
      return opening;
    },
    close,
  };
}
