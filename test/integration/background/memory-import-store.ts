import type { ImportStore } from '../../../src/ports.ts';

type Stored = { number: number; state: string };

/** Imports in memory, copied like in a real store, that outlive the background that uses them. */
export type MemoryImportStore = ImportStore & {
  /** All entries of an import, in their order. */
  all(jobId: string): readonly Stored[];
  /** How many entries were read since the beginning. */
  readonly read: number;
};

export function createMemoryImportStore(): MemoryImportStore {
  const jobs = new Map<string, object>();
  const kept = new Map<string, Map<number, Stored>>();
  let read = 0;
  const all = (id: string) =>
    [...(kept.get(id) ?? new Map<number, Stored>()).values()].sort((a, b) => a.number - b.number);
  const answer = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    return structuredClone(work());
  };

  return {
    jobs: () => answer(() => [...jobs.values()]),
    entries: (id, state, after, limit) =>
      answer(() => {
        const found = all(id)
          .filter((entry) => entry.state === state && entry.number > (after ?? -1))
          .slice(0, limit);
        read += found.length;
        return found;
      }),
    put: (job, entries) =>
      answer(() => {
        jobs.set(job.id, structuredClone(job));
        const of = kept.get(job.id) ?? new Map<number, Stored>();
        kept.set(job.id, of);
        for (const entry of entries) of.set(entry.number, structuredClone(entry));
      }),
    erase: (id) =>
      answer(() => {
        jobs.delete(id);
        kept.delete(id);
      }),
    all,
    get read() {
      return read;
    },
  };
}
