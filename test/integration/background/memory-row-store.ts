import type { Pack } from '../../../src/core/saved-rows/pack.ts';
import type { StoredRow } from '../../../src/core/saved-rows/record.ts';
import type { RowStore } from '../../../src/ports.ts';

/** Rows in memory, copied like in a real store, that outlive the background that uses them. */
export type MemoryRowStore = RowStore & {
  /** The rows of that data source, by id. */
  rows(dataSourceId: string): Map<string, StoredRow>;
  /** Data sources of which anything is kept. */
  kept(): string[];
  /** Entries of what is searched. */
  entries(dataSourceId: string): number;
  /** Stores something that nobody can read in place of that row. */
  damage(dataSourceId: string, rowId: string): void;
  /** From now on everything is rejected with this message; null: all is well again. */
  fail(message: string | null): void;
};

type Kept = { rows: Map<string, StoredRow>; packs: Pack[]; progress: unknown };

export function createMemoryRowStore(): MemoryRowStore {
  const kept = new Map<string, Kept>();
  let failure: string | null = null;

  const of = (id: string): Kept => {
    const known = kept.get(id) ?? { rows: new Map(), packs: [], progress: undefined };
    kept.set(id, known);
    return known;
  };
  const answer = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    if (failure !== null) throw new Error(failure);
    return structuredClone(work());
  };

  return {
    find: (id, key) => answer(() => [...of(id).rows.values()].filter((row) => row.key === key)),
    get: (id, ids) => answer(() => ids.map((one) => of(id).rows.get(one))),
    unseen: (id, walk) =>
      answer(() => [...of(id).rows.values()].filter((row) => row.walk < walk).map((row) => row.id)),
    page: (id, after, limit) =>
      answer(() =>
        [...of(id).rows.values()]
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .filter((row) => after === null || row.id > after)
          .slice(0, limit),
      ),
    count: (id) => answer(() => of(id).rows.size),
    packs: (id) => answer(() => of(id).packs),
    progress: (id) => answer(() => of(id).progress),
    change: (id, { put = [], remove = [], pack, packs, progress }) =>
      answer(() => {
        const one = of(id);
        for (const row of put) one.rows.set(row.id, structuredClone(row));
        for (const row of remove) one.rows.delete(row);
        if (packs) one.packs = structuredClone([...packs]);
        if (pack) one.packs.push(structuredClone(pack));
        if (progress) one.progress = structuredClone(progress);
      }),
    erase: (id) => answer(() => void kept.delete(id)),
    bytes: () => answer(() => JSON.stringify([...kept].map(([id, { rows }]) => [id, [...rows]])).length),
    rows: (id) => of(id).rows,
    kept: () => [...kept].flatMap(([id, { rows, packs }]) => (rows.size + packs.length > 0 ? [id] : [])),
    entries: (id) => of(id).packs.reduce((sum, { ids }) => sum + ids.split('\n').length, 0),
    damage: (id, rowId) => void of(id).rows.set(rowId, { id: rowId, walk: 1 } as StoredRow),
    fail: (message) => {
      failure = message;
    },
  };
}
