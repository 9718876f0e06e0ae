import type { PartStore } from '../../../src/ports.ts';

/** Parts in memory, copied like in a real store, that outlive the background that uses them. */
export type MemoryPartStore = PartStore & {
  /** What is stored under that id, by number. */
  parts(id: string): ReadonlyMap<number, unknown>;
  /** From now on everything is rejected with this message; null: all is well again. */
  fail(message: string | null): void;
};

export function createMemoryPartStore(): MemoryPartStore {
  const kept = new Map<string, Map<number, unknown>>();
  let failure: string | null = null;

  const answer = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    if (failure !== null) throw new Error(failure);
    return structuredClone(work());
  };

  return {
    put: (id, parts) =>
      answer(() => {
        kept.set(id, new Map([...(kept.get(id) ?? []), ...structuredClone(new Map(parts))]));
      }),
    get: (id, part) => answer(() => kept.get(id)?.get(part)),
    ids: () => answer(() => [...kept.keys()]),
    erase: (ids) => answer(() => ids.forEach((id) => void kept.delete(id))),
    parts: (id) => kept.get(id) ?? new Map(),
    fail: (message) => {
      failure = message;
    },
  };
}
