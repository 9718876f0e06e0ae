/** What is stored under which key in `storage.local`, and how it is read back. */
import * as z from 'zod/mini';
import { Connections, Credentials } from '../core/connection.ts';
import type { DatabaseJob } from '../core/notion/database-job.ts';
import { Catalog, Destination } from '../core/notion/destination.ts';
import { FormSettings } from '../core/notion/form-settings.ts';
import { OutboxSummary, Save } from '../core/save/record.ts';
import { RowIndexes } from '../core/saved-rows/status.ts';
import { Presets } from '../core/settings/presets.ts';
import { Settings } from '../core/settings/settings.ts';
import { TagUsage } from '../core/tags/usage-record.ts';

/** Records under a fixed key. */
export const RECORDS = {
  settings: Settings,
  connections: Connections,
  catalog: Catalog,
  outbox: OutboxSummary,
  presets: Presets,
  tagUsage: TagUsage,
  rowIndexes: RowIndexes,
} as const;

const Job = z.looseObject({}) as unknown as z.ZodMiniType<DatabaseJob>;

/** Records of which there are many; the key is `<kind>:<id>`. */
export const FAMILIES = {
  credentials: Credentials,
  destination: Destination,
  /** By the id of the data source. */
  form: FormSettings,
  save: Save,
  /** Databases that are being made; no page reads them. */
  job: Job,
} as const;

export type RecordName = keyof typeof RECORDS;
export type FamilyName = keyof typeof FAMILIES;
export type RecordOf<N extends RecordName> = z.infer<(typeof RECORDS)[N]>;
export type FamilyOf<N extends FamilyName> = z.infer<(typeof FAMILIES)[N]>;

export const familyKey = (family: FamilyName, id: string): string => `${family}:${id}`;

/** What cannot be read is moved here, untouched, so that nothing is overwritten that might still be rescued. */
export const QUARANTINE = 'quarantine:';

/** A stored value read back. "Unreadable" is never treated as "absent". */
export type Reading<T> =
  | { kind: 'absent' }
  | { kind: 'unreadable'; raw: unknown }
  | { kind: 'read'; value: T };

export function readStored<S extends z.ZodMiniType>(schema: S, raw: unknown): Reading<z.infer<S>> {
  if (raw === undefined) return { kind: 'absent' };
  const parsed = z.safeParse(schema, raw);
  return parsed.success ? { kind: 'read', value: parsed.data } : { kind: 'unreadable', raw };
}
