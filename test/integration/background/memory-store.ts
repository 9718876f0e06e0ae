import type { Store } from '../../../src/ports.ts';

/** A storage area in memory that copies like a real one, can be full, and outlives the background that uses it. */
export type MemoryStore = Store & {
  /** All that is stored, as it is. */
  dump(): Record<string, unknown>;
  /** From now on every write is rejected with this message; null: writes go through again. */
  breakWrites(message: string | null): void;
};

export function createMemoryStore(initial: Record<string, unknown> = {}): MemoryStore {
  const items = new Map<string, string>(
    Object.entries(initial).map(([key, value]) => [key, JSON.stringify(value)]),
  );
  let broken: string | null = null;
  const read = (keys: Iterable<string>) =>
    Object.fromEntries(
      [...keys].flatMap((key) => {
        const text = items.get(key);
        return text === undefined ? [] : [[key, JSON.parse(text)]];
      }),
    );
  const write = async (change: () => void) => {
    await Promise.resolve();
    if (broken !== null) throw new Error(broken);
    change();
  };
  return {
    get: async (keys) => read(keys),
    list: async (prefix) => read([...items.keys()].filter((key) => key.startsWith(prefix))),
    set: (added) =>
      write(() => {
        for (const [key, value] of Object.entries(added)) items.set(key, JSON.stringify(value));
      }),
    remove: (keys) =>
      write(() => {
        for (const key of keys) items.delete(key);
      }),
    dump: () => read(items.keys()),
    breakWrites: (message) => {
      broken = message;
    },
  };
}
