/** What is learned of tags, in memory; copied on the way in and out, as IndexedDB does. */
import type { LearnedStore } from '../../../src/ports.ts';

export function createMemoryLearnedStore(): LearnedStore & { dump(): Record<string, unknown> } {
  const records = new Map<string, unknown>();
  return {
    get: async (id) => structuredClone(records.get(id)),
    async put(id, learned) {
      records.set(id, structuredClone(learned));
    },
    async erase(id) {
      if (id === null) records.clear();
      else records.delete(id);
    },
    dump: () => Object.fromEntries(records),
  };
}
