/**
 * From the form in which a record was stored once to that of today: every version there ever was, in order. A step is never
 * changed once it has gone out, and the schema it begins with stays here as it was. To store another form: raise the version
 * in the table, add a step, and put what is stored until then into `test/fixtures/stored`.
 */
import * as z from 'zod/mini';
import { Connections, Credentials, Leaving } from '../core/connection.ts';
import { Catalog, StoredDestination } from '../core/database/destination.ts';
import { FormSettings } from '../core/database/form-settings.ts';
import { DatabaseJob } from '../core/notion/database-job.ts';
import { OutboxSummary } from '../core/save/record.ts';
import { WholeSave } from '../core/save/whole-save.ts';
import { RowIndexes } from '../core/saved-rows/status.ts';
import { Presets } from '../core/settings/presets.ts';
import { Settings } from '../core/settings/settings.ts';
import { TagUsage } from '../core/tags/usage-record.ts';
import type { FAMILIES, RECORDS } from './stored.ts';
import type { Reading } from './stored-form.ts';

type Step = { schema: z.ZodMiniType; make: (before: never) => unknown };

type Tuple<N extends number, T extends 0[] = []> = T['length'] extends N ? T : Tuple<N, [...T, 0]>;
type Next<N extends number> = [...Tuple<N>, 0]['length'] & number;

/** The versions of one record up to `V`, which holds a `T`. A chain with a gap does not compile. */
export type Chain<V extends number, T> = {
  readonly version: V;
  readonly steps: readonly Step[];
  /** @param make from a value of the version before. It changes nothing of what it gets, and asks nobody. */
  next<S extends z.ZodMiniType>(
    version: Next<V>,
    schema: S,
    make: (before: T) => z.infer<S>,
  ): Chain<Next<V>, z.infer<S>>;
};

const chain = <V extends number, T>(version: V, steps: readonly Step[]): Chain<V, T> => ({
  version,
  steps,
  next: (version, schema, make) => chain(version, [...steps, { schema, make }]),
});

/** @param make from what was stored before versions were counted */
export const first = <S extends z.ZodMiniType>(
  schema: S,
  make: (raw: unknown) => unknown = (raw) => raw,
): Chain<1, z.infer<S>> => chain(1, [{ schema, make }]);

type Forms = typeof RECORDS & typeof FAMILIES;
type Chains = { [N in keyof Forms]: Chain<Forms[N]['version'], z.infer<Forms[N]['schema']>> };

const same = <T>(value: T): T => value;

/** Maps had no place for a number. */
const CHAINS: Chains = {
  settings: first(Settings),
  connections: first(Connections).next(2, Connections, same),
  catalog: first(Catalog),
  outbox: first(OutboxSummary, countedSummary),
  presets: first(Presets),
  tagUsage: first(TagUsage).next(2, TagUsage, same),
  rowIndexes: first(RowIndexes).next(2, RowIndexes, same),
  leaving: first(Leaving),
  save: first(WholeSave, settledSave),
  credentials: first(Credentials),
  // What holds what follows from the schema and from what the user has set: it was stored beside them, and could be older.
  destination: first(StoredDestination).next(2, StoredDestination, same),
  form: first(FormSettings),
  job: first(DatabaseJob),
};

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** At first a save did not note when it had been looked for: it is looked for once more. */
function settledSave(raw: unknown): unknown {
  return isObject(raw) ? { lookedAt: null, ...raw } : raw;
}

/** The summary was lists of ids at first; it is made anew from the saves at each start. */
function countedSummary(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const few = (list: unknown) => (Array.isArray(list) ? { count: list.length, ids: list } : list);
  return { recent: [], ...raw, waiting: few(raw.waiting), needsYou: few(raw.needsYou) };
}

/** What is stored is of that version; null for what has none that there can be. */
function versionOf(raw: unknown): number | null {
  if (!isObject(raw)) return null;
  const version = raw.version ?? 1;
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : null;
}

/** Reads what is stored in another form than today's. */
export const bringUp = (name: keyof Forms, isMap: boolean, raw: unknown): Reading<unknown> =>
  bringUpBy(CHAINS[name], isMap, raw);

/** The same by any chain. */
export function bringUpBy(
  { version: now, steps }: Pick<Chain<number, unknown>, 'version' | 'steps'>,
  isMap: boolean,
  raw: unknown,
): Reading<unknown> {
  const version = versionOf(raw);
  if (version === null) return { kind: 'unreadable', raw, why: 'damaged' };
  if (version > now) return { kind: 'unreadable', raw, why: 'newer' };
  const [begin, ...further] = steps.slice(version - 1);
  if (!begin) return { kind: 'unreadable', raw, why: 'stuck' };
  const body = isMap && version > 1 ? (raw as { entries?: unknown }).entries : raw;
  const stored = attempt(() => z.safeParse(begin.schema, version === 1 ? begin.make(raw as never) : body));
  if (!stored?.success) return { kind: 'unreadable', raw, why: 'damaged' };
  let value: unknown = stored.data;
  for (const { schema, make } of further) {
    const made = attempt(() => z.safeParse(schema, make(value as never)));
    if (!made?.success) return { kind: 'unreadable', raw, why: 'stuck' };
    value = made.data;
  }
  return { kind: 'read', value, isOld: true };
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    console.error('Rowmark could not bring a record to the form of today; it stays as it is.', error);
    return null;
  }
}
