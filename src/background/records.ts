/** Stored records, parsed on the way in. What cannot be read is put aside, never overwritten and never taken for absent. */
import type * as z from 'zod/mini';
import type { Store } from '../ports.ts';
import {
  FAMILIES,
  type FamilyName,
  type FamilyOf,
  familyKey,
  QUARANTINE,
  RECORDS,
  type RecordName,
  type RecordOf,
  readStored,
} from '../protocol/stored.ts';

export type Records = ReturnType<typeof createRecords>;

/** Records of one family to write, by id. */
export type FamilyWrite = { [F in FamilyName]?: Record<string, FamilyOf<F>> };

/** Records that are read again and again, and of which there are few. */
const CACHED = /^(?!save:)/;

export function createRecords(store: Store) {
  /** What is stored under a key, or null. The background alone writes, so this is true for as long as it lives. */
  const cache = new Map<string, unknown>();

  async function quarantine(key: string, raw: unknown): Promise<void> {
    try {
      // Stored first, removed second: a death in between leaves two copies, never none.
      await store.set({ [QUARANTINE + key]: raw });
      await store.remove([key]);
    } catch (error) {
      // It stays where it is, and is put aside when there is room again.
      console.error(`Rowmark could not put "${key}" aside.`, error);
    }
  }

  async function parsed<S extends z.ZodMiniType>(
    schema: S,
    key: string,
    raw: unknown,
  ): Promise<z.infer<S> | null> {
    const reading = readStored(schema, raw);
    if (reading.kind === 'unreadable') await quarantine(key, raw);
    return reading.kind === 'read' ? reading.value : null;
  }

  async function read<S extends z.ZodMiniType>(schema: S, key: string): Promise<z.infer<S> | null> {
    if (cache.has(key)) return cache.get(key) as z.infer<S> | null;
    const writes = written;
    const value = await parsed(schema, key, (await store.get([key]))[key]);
    // Something may have been written while this was read.
    if (CACHED.test(key) && written === writes) cache.set(key, value);
    return value;
  }
  let written = 0;

  /** What is cached of these keys is not to be relied on, neither before nor while they are written. */
  async function write(keys: readonly string[], change: () => Promise<void>): Promise<void> {
    const forget = () => {
      written += 1;
      for (const key of keys) cache.delete(key);
    };
    forget();
    await change();
    forget();
  }

  return {
    /** The record of that name, or null when there is none. */
    get: <N extends RecordName>(name: N) => read(RECORDS[name], name) as Promise<RecordOf<N> | null>,

    getOne: <F extends FamilyName>(family: F, id: string) =>
      read(FAMILIES[family], familyKey(family, id)) as Promise<FamilyOf<F> | null>,

    /** All records of a family that can be read. */
    async all<F extends FamilyName>(family: F): Promise<FamilyOf<F>[]> {
      const found = Object.entries(await store.list(`${family}:`));
      const values = await Promise.all(found.map(([key, raw]) => parsed(FAMILIES[family], key, raw)));
      return values.filter((value) => value !== null) as FamilyOf<F>[];
    },

    /** Stores all of these or, when it rejects, none of them. */
    async put(records: { [N in RecordName]?: RecordOf<N> }, families: FamilyWrite = {}): Promise<void> {
      const items: Record<string, unknown> = { ...records };
      for (const [family, byId] of Object.entries(families)) {
        for (const [id, value] of Object.entries(byId)) items[familyKey(family as FamilyName, id)] = value;
      }
      await write(Object.keys(items), () => store.set(items));
    },

    async remove(family: FamilyName, ids: readonly string[]): Promise<void> {
      const keys = ids.map((id) => familyKey(family, id));
      if (keys.length > 0) await write(keys, () => store.remove(keys));
    },
  };
}
