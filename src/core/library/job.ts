/** A library on its way into a database, and its entries as they are stored until they are there. */
import * as z from 'zod/mini';
import { Row } from '../database/row.ts';
import { Failure } from '../failure.ts';
import { LibraryItem } from './item.ts';
import { Places } from './places.ts';

/**
 * - `waiting`: nothing of it was sent; `under-way`: it is a save of the outbox;
 * - `made`: it is a row; `there`: a row of that page was there before, and was left as it was;
 * - `refused`: Notion does not take it, and why is noted; `undoing`, `undone`: its row goes, or is gone, or never was.
 */
export const EntryState = z.enum(['waiting', 'under-way', 'made', 'there', 'refused', 'undoing', 'undone']);
export type EntryState = z.infer<typeof EntryState>;

export const Entry = z.object({
  /** Its place in the import, from 0. */
  number: z.number(),
  state: EntryState,
  item: LibraryItem,
  /** Its row, once known. */
  row: z.nullable(Row),
  why: z.nullable(Failure),
  /** How often it was sent as somebody had corrected it; left out: never. */
  again: z.optional(z.number()),
});
export type Entry = z.infer<typeof Entry>;

/**
 * - `storing`: its entries are still being stored, and nothing is sent; `running`; `paused`, by the user or by what is in `failure`;
 * - `stopped`: nothing further is sent; `done`: nothing is left to be sent; `undoing`, `undone`: all of it is taken back.
 */
export const JobState = z.enum(['storing', 'running', 'paused', 'stopped', 'done', 'undoing', 'undone']);
export type JobState = z.infer<typeof JobState>;

export const Job = z.object({
  version: z.literal(1),
  id: z.string(),
  /** What it is called: the name of its file. */
  name: z.string(),
  destinationId: z.string(),
  /** Whether its database was made for it: then nothing else is in it, and it is taken back as a whole. */
  ownsDatabase: z.optional(z.boolean()),
  places: Places,
  state: JobState,
  /** What keeps all of it from going on; null: nothing does. */
  failure: z.nullable(Failure),
  /** In milliseconds since the epoch. */
  startedAt: z.number(),
  /** How many entries are in each state; left out: none. */
  counts: z.partialRecord(EntryState, z.number()),
});
export type Job = z.infer<typeof Job>;

/** The counts after entries have gone from one state to another. */
export function recount(
  counts: Job['counts'],
  changes: readonly { from: EntryState | null; to: EntryState }[],
): Job['counts'] {
  const next = { ...counts };
  for (const { from, to } of changes) {
    if (from !== null) next[from] = (next[from] ?? 0) - 1;
    next[to] = (next[to] ?? 0) + 1;
  }
  return next;
}
