/**
 * Stored records: read in whatever version they are, and changed by one at a time. What cannot be read is never overwritten and
 * never taken for absent: what is damaged is put aside, what another version of Rowmark can read stays as it is.
 */
import { isSame } from '../../core/same.ts';
import type { Store } from '../../ports.ts';
import {
  asStored,
  FAMILIES,
  type FamilyName,
  type FamilyOf,
  familyKey,
  QUARANTINE,
  type Reading,
  type RecordName,
  type RecordOf,
  readStored,
} from '../../protocol/stored.ts';
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

/** See `Owned`: no save has the id of another, and the summary is made anew from the saves. */
const OWNED = /^(?:outbox$|save:)/;

/** Nothing may be stored in the place of this record, since another version of Rowmark can read it. */
export class Untouchable extends Error {
  constructor(
    key: string,
    readonly why: 'newer' | 'stuck',
  ) {
    super(`"${key.split(':')[0]}" is kept as it is: ${why}.`);
  }
}

/** Ids of records of a family that are kept as they are. */
export type Unread = { id: string; why: 'newer' | 'stuck' }[];

const isFamily = (name: string): name is FamilyName => name in FAMILIES;

export function createRecords(store: Store) {
  /** What is stored under a key. The background alone writes, so this is true for as long as it lives. */
  const cache = new Map<string, Reading<unknown>>();
  /** Every change is decided upon and stored before the next one is. */
  const inTurn = createSerial();
  let written = 0;

  async function read(keys: readonly string[]): Promise<Reading<unknown>[]> {
    const missing = keys.filter((key) => !cache.has(key));
    const writes = written;
    const raw = missing.length > 0 ? await store.get(missing) : {};
    return keys.map((key) => {
      const known = cache.get(key);
      if (known) return known;
      const reading = readStored(key, raw[key]);
      // Something may have been written while this was read.
      if (CACHED.test(key) && written === writes) cache.set(key, reading);
      return reading;
    });
  }

  async function valueAt(key: string): Promise<unknown> {
    const [reading] = await read([key]);
    if (reading?.kind === 'unreadable' && reading.why === 'damaged') await putAside(key);
    if (reading?.kind !== 'read') return null;
    if (reading.isOld) void renew([key]);
    return reading.value;
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

  /** Stores what is in an older form in that of today, so that pages need not know the older one. */
  const renew = (keys: readonly string[]): Promise<void> =>
    inTurn(async () => {
      const raw = await store.get(keys);
      const items = Object.fromEntries(
        keys.flatMap((key) => {
          // Another may have been stored there by now.
          const reading = readStored(key, raw[key]);
          return reading.kind === 'read' && reading.isOld ? [[key, asStored(key, reading.value)]] : [];
        }),
      );
      if (Object.keys(items).length > 0) await write(Object.keys(items), () => store.set(items));
    }).catch((error) => {
      // It is read as it is, and stored when there is room again.
      console.error('Rowmark could not store records in their form of today.', error);
    });

  /** Where what is damaged goes; what was put aside before stays. */
  async function asideOf(key: string, raw: unknown): Promise<string> {
    for (let number = 1; ; number++) {
      const aside = QUARANTINE + key + (number === 1 ? '' : `~${number}`);
      const there = (await store.get([aside]))[aside];
      if (there === undefined || isSame(there, raw)) return aside;
    }
  }

  const putAside = (key: string): Promise<void> =>
    inTurn(async () => {
      // Another may have been stored there by now.
      const raw = (await store.get([key]))[key];
      const reading = readStored(key, raw);
      if (reading.kind !== 'unreadable' || reading.why !== 'damaged') return;
      // Stored first, removed second: a death in between leaves two copies, never none.
      const aside = await asideOf(key, raw);
      await write([key], async () => {
        await store.set({ [aside]: raw });
        await store.remove([key]);
      });
    }).catch((error) => {
      // It stays where it is, and is put aside when there is room again.
      console.error(`Rowmark could not put "${key}" aside.`, error);
    });

  /** What of a change is set, by key, and the keys that are removed. */
  function keysOf(change: Change): { items: Map<string, unknown>; gone: string[] } {
    const items = new Map<string, unknown>();
    const gone: string[] = [];
    for (const [name, value] of Object.entries(change)) {
      if (!isFamily(name)) items.set(name, value);
      else
        for (const [id, one] of Object.entries(value ?? {}))
          if (one === null) gone.push(familyKey(name, id));
          else items.set(familyKey(name, id), one);
    }
    return { items, gone };
  }

  /**
   * Decides upon records as they are stored, and stores what comes of it: all of it or, when this rejects, none. Nobody else
   * writes in between. `decide` is told what it asked for, and answers at once; null, or a record as it was, leaves all as it is.
   * Rejects with `Untouchable` where something stands that must stay.
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
      const readings = await readAll(keys);
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

  async function readAll(keys: readonly string[]): Promise<Map<string, Reading<unknown>>> {
    const readings = keys.length > 0 ? await read(keys) : [];
    return new Map(readings.map((reading, index) => [keys[index] ?? '', reading]));
  }

  async function apply(decided: Change, known: ReadonlyMap<string, Reading<unknown>>): Promise<void> {
    const { items, gone } = keysOf(decided);
    const unknown = [...items.keys()].filter((key) => !known.has(key) && !OWNED.test(key));
    const readings = new Map([...known, ...(await readAll(unknown))]);
    const stored: Record<string, unknown> = {};
    const changed = [...gone];
    for (const [key, value] of items) {
      const before = readings.get(key);
      if (before?.kind === 'read' && before.value === value) continue;
      if (before?.kind === 'unreadable' && before.why !== 'damaged' && !OWNED.test(key))
        throw new Untouchable(key, before.why);
      // In the same step, so that there is no moment in which it is nowhere.
      if (before?.kind === 'unreadable' && before.why === 'damaged')
        stored[await asideOf(key, before.raw)] = before.raw;
      stored[key] = asStored(key, value);
      changed.push(key);
    }
    if (changed.length === 0) return;
    await write(changed, async () => {
      if (Object.keys(stored).length > 0) await store.set(stored);
      if (gone.length > 0) await store.remove(gone);
    });
  }

  /** All records of a family that can be read, and those that must stay as they are. */
  async function survey<F extends FamilyName>(family: F): Promise<{ values: FamilyOf<F>[]; unread: Unread }> {
    const values: FamilyOf<F>[] = [];
    const unread: Unread = [];
    const old: string[] = [];
    for (const [key, raw] of Object.entries(await store.list(`${family}:`))) {
      const reading = readStored(key, raw);
      if (reading.kind === 'read') {
        values.push(reading.value as FamilyOf<F>);
        if (reading.isOld) old.push(key);
      }
      if (reading.kind !== 'unreadable') continue;
      if (reading.why === 'damaged') await putAside(key);
      else unread.push({ id: key.slice(family.length + 1), why: reading.why });
    }
    if (old.length > 0) void renew(old);
    return { values, unread };
  }

  return {
    /** The record of that name, or null when there is none. */
    get: <N extends RecordName>(name: N) => valueAt(name) as Promise<RecordOf<N> | null>,

    getOne: <F extends FamilyName>(family: F, id: string) =>
      valueAt(familyKey(family, id)) as Promise<FamilyOf<F> | null>,

    survey,

    /** All records of a family that can be read. */
    all: async <F extends FamilyName>(family: F): Promise<FamilyOf<F>[]> => (await survey(family)).values,

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
