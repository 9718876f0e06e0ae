/** How things stand with the rows kept on this device, for pages to show. Apart from the rest, which they have no use for. */
import * as z from 'zod/mini';
import { Failure } from '../failure.ts';
import type { FillProgress } from './progress.ts';

export const RowIndexStatus = z.object({
  /** Whether rows of this database are to be kept on this device. */
  on: z.boolean(),
  /** Rows kept. */
  rows: z.number(),
  /** Whether every row has been read once. */
  whole: z.boolean(),
  /** Whether something is left to read that was begun. */
  underWay: z.boolean(),
  /** When all was last known, in milliseconds since the epoch. */
  refreshedAt: z.nullable(z.number()),
  /** Rows that could not be read. */
  unreadable: z.number(),
  /** Places at which Notion did not give all rows. */
  gaps: z.number(),
  /** Why the last try did not get further; null when it did. */
  failure: z.nullable(Failure),
  /** When reading goes on by itself, in milliseconds since the epoch; left out: what is begun goes on at once. */
  dueAt: z.optional(z.number()),
  /**
   * They are kept for an import alone, and until then at least, in milliseconds since the epoch; left out: for the user, who has
   * switched it on.
   */
  until: z.optional(z.number()),
});
export type RowIndexStatus = z.infer<typeof RowIndexStatus>;

/** Whether the user has them kept. */
export const isKept = ({ on, until }: RowIndexStatus): boolean => on && until === undefined;

/** Of all databases for which it was ever switched on, by the id of the data source. */
export const RowIndexes = z.record(z.string(), RowIndexStatus);
export type RowIndexes = z.infer<typeof RowIndexes>;

export const statusOf = (
  on: boolean,
  progress: FillProgress | null,
  failure: Failure | null = null,
): RowIndexStatus => ({
  on,
  rows: progress?.rows ?? 0,
  whole: progress?.whole ?? false,
  underWay: progress !== null && (progress.rebuild ?? progress.refresh) !== null,
  refreshedAt: progress?.refreshedAt ?? null,
  unreadable: progress?.unreadable.length ?? 0,
  gaps: progress?.gaps ?? 0,
  failure,
});
