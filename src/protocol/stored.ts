/**
 * What is stored in `storage.local`, under which key, in which form, and how it is read back. Only the background writes, each
 * record through `background/store/records.ts`; the extension's pages read.
 *
 * | record        | who writes it, and when                                                                               |
 * | ------------- | ----------------------------------------------------------------------------------------------------- |
 * | `settings`    | the user's choice of a database or of marks; the outbox, of where was saved last; disconnecting         |
 * | `connections` | connecting and disconnecting; a token that Notion no longer takes                                      |
 * | `catalog`     | reading and searching the list of databases; choosing, making or linking one; disconnecting             |
 * | `outbox`      | the outbox alone, together with each save; it can be made anew from the saves                          |
 * | `presets`     | the user, on the options page; disconnecting                                                           |
 * | `tagUsage`    | nobody any more: what earlier versions have noted, until it is learned                                 |
 * | `rowIndexes`  | the rows kept on this device: switched on or off, read further, erased                                 |
 * | `leaving`     | disconnecting, until nothing is left; connecting anew                                                |
 * | `credentials` | connecting, renewing and disconnecting; never read by a page                                           |
 * | `destination` | reading a schema or its templates from Notion; removed when nothing speaks of it any more              |
 * | `form`        | the user, on the options page                                                                          |
 * | `save`        | the outbox alone                                                                                      |
 * | `job`         | making a database                                                                                     |
 *
 * Session storage has no versions: both browsers empty it when the extension is updated. The rows kept on this device are
 * Notion's: they are read anew when their form changes (`ROWS_FORM`).
 */
import * as z from 'zod/mini';
import { Credentials, Leaving } from '../core/connection.ts';
import { StoredDestination } from '../core/database/destination.ts';
import { FormSettings } from '../core/database/form-settings.ts';
import { DatabaseJob } from '../core/notion/database-job.ts';
import { WholeSave } from '../core/save/whole-save.ts';
import { RowIndexes } from '../core/saved-rows/status.ts';
import { TagUsage } from '../core/tags/usage-record.ts';
import { FIRST_RECORDS } from './first-records.ts';
import { bringUp } from './migrations.ts';
import { type Form, map, type Reading, readForm, record } from './stored-form.ts';

export { familyKey, QUARANTINE, type Reading } from './stored-form.ts';

/** Records under a fixed key. */
export const RECORDS = {
  ...FIRST_RECORDS,
  tagUsage: map(2, TagUsage),
  rowIndexes: map(2, RowIndexes),
  leaving: map(1, Leaving),
} as const;

/** Records of which there are many; the key is `<kind>:<id>`. */
export const FAMILIES = {
  /** All of it, as the background works by it; see `FIRST_FAMILIES`. */
  save: record(1, WholeSave),
  credentials: record(1, Credentials),
  /** By the id of the data source, like `form`. */
  destination: record(2, StoredDestination),
  form: record(1, FormSettings),
  /** Databases that are being made; no page reads them. */
  job: record(1, DatabaseJob),
} as const;

export type RecordName = keyof typeof RECORDS;
export type FamilyName = keyof typeof FAMILIES;
export type RecordOf<N extends RecordName> = z.infer<(typeof RECORDS)[N]['schema']>;
export type FamilyOf<N extends FamilyName> = z.infer<(typeof FAMILIES)[N]['schema']>;

/** The name of the record or family that a key is of. */
const nameOf = (key: string) => key.split(':')[0] as RecordName | FamilyName;

const FORMS: Record<RecordName | FamilyName, Form<number, z.ZodMiniType>> = { ...RECORDS, ...FAMILIES };

/** The value stored under that key, in whatever version. */
export function readStored(key: string, raw: unknown): Reading<unknown> {
  const name = nameOf(key);
  const form = FORMS[name];
  return readForm(form, raw) ?? bringUp(name, form.isMap, raw);
}

/** A value as it is stored under that key: nothing is that could not be read back, nor what is no part of the record. */
export function asStored(key: string, value: unknown): object {
  const { version, schema, isMap } = FORMS[nameOf(key)];
  const checked = z.parse(schema, value);
  return isMap ? { version, entries: checked } : { ...(checked as object), version };
}
