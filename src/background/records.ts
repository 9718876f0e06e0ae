/**
 * Stored records: parsed on the way in, and changed by one at a time. What cannot be read is put aside, never overwritten and
 * never taken for absent.
 */
import type * as z from 'zod/mini';
import { DatabaseJob } from '../core/notion/database-job.ts';
import { WholeSave } from '../core/save/whole-save.ts';
import type { Store } from '../ports.ts';
import {
  FAMILIES,
  type FamilyName,
  type FamilyOf,
  familyKey,
  QUARANTINE,
  RECORDS,
  type Reading,
  type RecordName,
  type RecordOf,
  readStored,
} from '../protocol/stored.ts';
import { createSerial } from './serial.ts';

export type Records = ReturnType<typeof createRecords>;

/** What one change stores. Null in place of a record of a family: it is removed, after all else is stored. */
export type Change = { [N in RecordName]?: RecordOf<N> } & {
  [F in FamilyName]?: Record<string, FamilyOf<F> | null>;
};

/**
 * Records of which the one that alone writes them, the outbox or the maker of databases, keeps the truth in memory or takes
 * turns by itself. All others are changed as they are stored.
 */
type Owned = 'outbox' | 'save' | 'job';

/** Which records of families a change is decided by: those with these ids. */
type Asked = { readonly [F in FamilyName]?: readonly string[] };

/** What was asked for as it is stored; null, or not there, where there is none. */
export type Stored<N extends RecordName, A extends Asked> = { [K in N]: RecordOf<K> | null } & {
  [F in keyof A & FamilyName]: { readonly [id: string]: FamilyOf<F> | undefined };
};

/** Records that are read again and again, and of which there are few. */
const CACHED = /^(?!save:)/;

const isFamily = (name: string): name is FamilyName => name in FAMILIES;

export function createRecords(store: Store) {
  /** What is stored under a key. The background alone writes, so this is true for as long as it lives. */
  const cache = new Map<string, Reading<unknown>>();
  /** Every change is decided upon and stored before the next one is. */
  const inTurn = createSerial();
  let written = 0;

  const schemaOf = (key: string): z.ZodMiniType => {
    const [family = ''] = key.split(':');
    if (family === 'save') return WholeSave;
    if (family === 'job') return DatabaseJob;
    return isFamily(family) ? FAMILIES[family] : RECORDS[key as RecordName];
  };

  async function read(keys: readonly string[]): Promise<Reading<unknown>[]> {
    const missing = keys.filter((key) => !cache.has(key));
    const writes = written;
    const raw = missing.length > 0 ? await store.get(missing) : {};
    return keys.map((key) => {
      const known = cache.get(key);
      if (known) return known;
      const reading = readStored(schemaOf(key), raw[key]);
      // Something may have been written while this was read.
      if (CACHED.test(key) && written === writes) cache.set(key, reading);
      return reading;
    });
  }

  async function valueAt(key: string): Promise<unknown> {
    const [reading] = await read([key]);
    if (reading?.kind === 'unreadable') await quarantine(key);
    return reading?.kind === 'read' ? reading.value : null;
  }

  /** What is cached of these keys is not to be relied on, neither before nor while they are written. */
  async function write(keys: readonly string[], change: () => Promise<void>): Promise<void> {
    const forget = () => {
      written += 1;
      for (const key of keys) cache.delete(key);
    };
    forget();
    try {
      await change();
    } finally {
      forget();
    }
  }

  const quarantine = (key: string): Promise<void> =>
    inTurn(async () => {
      // Another may have been stored there by now.
      const raw = (await store.get([key]))[key];
      if (readStored(schemaOf(key), raw).kind !== 'unreadable') return;
      // Stored first, removed second: a death in between leaves two copies, never none.
      await write([key], async () => {
        await store.set({ [QUARANTINE + key]: raw });
        await store.remove([key]);
      });
    }).catch((error) => {
      // It stays where it is, and is put aside when there is room again.
      console.error(`Rowmark could not put "${key}" aside.`, error);
    });

  /** What of a change is set, by key, and the keys that are removed. */
  function keysOf(change: Change): { items: Record<string, unknown>; gone: string[] } {
    const items: Record<string, unknown> = {};
    const gone: string[] = [];
    for (const [name, value] of Object.entries(change)) {
      if (!isFamily(name)) items[name] = value;
      else
        for (const [id, one] of Object.entries(value ?? {}))
          if (one === null) gone.push(familyKey(name, id));
          else items[familyKey(name, id)] = one;
    }
    return { items, gone };
  }

  /**
   * Decides upon records as they are stored, and stores what comes of it: all of it or, when this rejects, none. Nobody else
   * writes in between. `decide` is told what it asked for, and answers at once; null, or a record as it was, leaves all as it is.
   */
  function change<N extends RecordName, A extends Asked>(
    names: readonly N[],
    asked: A,
    decide: (stored: Stored<N, A>) => Change | null,
  ): Promise<void> {
    return inTurn(async () => {
      const ofFamilies = (Object.keys(asked) as FamilyName[]).flatMap((family) =>
        (asked[family] ?? []).map((id) => ({ family, id, key: familyKey(family, id) })),
      );
      const keys = [...names, ...ofFamilies.map(({ key }) => key)];
      const readings = new Map<string, Reading<unknown>>();
      for (const [index, reading] of (await read(keys)).entries()) readings.set(keys[index] ?? '', reading);
      const value = (key: string) => {
        const reading = readings.get(key);
        return reading?.kind === 'read' ? reading.value : null;
      };
      const stored: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, value(name)]));
      for (const family of Object.keys(asked)) stored[family] = {};
      for (const { family, id, key } of ofFamilies) {
        const one = value(key);
        if (one !== null) (stored[family] as Record<string, unknown>)[id] = one;
      }
      const decided = decide(stored as Stored<N, A>);
      if (decided) await apply(decided, readings);
    });
  }

  async function apply(decided: Change, readings: ReadonlyMap<string, Reading<unknown>>): Promise<void> {
    const { items, gone } = keysOf(decided);
    for (const [key, value] of Object.entries(items)) {
      const before = readings.get(key);
      if (before?.kind === 'read' && before.value === value) delete items[key];
      // In the same step, so that there is no moment in which it is nowhere.
      if (before?.kind === 'unreadable') items[QUARANTINE + key] = before.raw;
    }
    const keys = [...Object.keys(items), ...gone];
    if (keys.length === 0) return;
    await write(keys, async () => {
      if (Object.keys(items).length > 0) await store.set(items);
      if (gone.length > 0) await store.remove(gone);
    });
  }

  return {
    /** The record of that name, or null when there is none. */
    get: <N extends RecordName>(name: N) => valueAt(name) as Promise<RecordOf<N> | null>,

    getOne: <F extends FamilyName>(family: F, id: string) =>
      valueAt(familyKey(family, id)) as Promise<FamilyOf<F> | null>,

    /** All records of a family that can be read. */
    async all<F extends FamilyName>(family: F): Promise<FamilyOf<F>[]> {
      const found = Object.entries(await store.list(`${family}:`));
      const values: FamilyOf<F>[] = [];
      for (const [key, raw] of found) {
        const reading = readStored(schemaOf(familyKey(family, '')), raw);
        if (reading.kind === 'read') values.push(reading.value as FamilyOf<F>);
        else if (reading.kind === 'unreadable') await quarantine(key);
      }
      return values;
    },

    change,

    /** Makes the next record out of the one that is stored; null, or the same, leaves it as it is. See `change`. */
    update: <N extends RecordName>(
      name: N,
      next: (before: RecordOf<N> | null) => RecordOf<N> | null,
    ): Promise<void> =>
      change([name], {}, (stored) => {
        const value = next(stored[name] as RecordOf<N> | null);
        return value && ({ [name]: value } as Change);
      }),

    /** The same for one record of a family. */
    updateOne: <F extends FamilyName>(
      family: F,
      id: string,
      next: (before: FamilyOf<F> | null) => FamilyOf<F> | null,
    ): Promise<void> =>
      change([], { [family]: [id] } as Asked, (stored) => {
        const before = (stored as { [K in F]: Record<string, FamilyOf<F> | undefined> })[family][id];
        const value = next(before ?? null);
        return value && ({ [family]: { [id]: value } } as Change);
      }),

    /** Stores these together, whatever was there. Only for what one owner alone writes, in an order of its own. */
    put: (owned: Pick<Change, Owned>): Promise<void> => change([], {}, () => owned),

    async remove(family: FamilyName, ids: readonly string[]): Promise<void> {
      if (ids.length > 0)
        await change([], {}, () => ({ [family]: Object.fromEntries(ids.map((id) => [id, null])) }) as Change);
    },
  };
}
