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

export function createRecords(store: Store, putAside: (key: string) => void = () => undefined) {
  async function quarantine(key: string, raw: unknown): Promise<void> {
    try {
      // Stored first, removed second: a death in between leaves two copies, never none.
      await store.set({ [QUARANTINE + key]: raw });
      await store.remove([key]);
      putAside(key);
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

  return {
    /** The record of that name, or null when there is none. */
    async get<N extends RecordName>(name: N): Promise<RecordOf<N> | null> {
      const raw = (await store.get([name]))[name];
      return (await parsed(RECORDS[name], name, raw)) as RecordOf<N> | null;
    },

    async getOne<F extends FamilyName>(family: F, id: string): Promise<FamilyOf<F> | null> {
      const key = familyKey(family, id);
      const raw = (await store.get([key]))[key];
      return (await parsed(FAMILIES[family], key, raw)) as FamilyOf<F> | null;
    },

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
      await store.set(items);
    },

    async remove(family: FamilyName, ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await store.remove(ids.map((id) => familyKey(family, id)));
    },
  };
}
