/** The records that the popup needs in its first frame: apart from the rest, as it loads no more code before it than that. */

import { Connections } from '../core/connection.ts';
import { Catalog } from '../core/database/destination.ts';
import { OutboxSummary, Save } from '../core/save/record.ts';
import { Presets } from '../core/settings/presets.ts';
import { Settings } from '../core/settings/settings.ts';
import { map, record } from './stored-form.ts';

export const FIRST_RECORDS = {
  settings: record(1, Settings),
  connections: map(2, Connections),
  catalog: record(1, Catalog),
  outbox: record(1, OutboxSummary),
  presets: record(1, Presets),
} as const;

/** What a page shows of a save is checked; the rest comes along. */
export const FIRST_FAMILIES = { save: record(1, Save) } as const;
