/** How far the rows of a database have been read, as stored beside them. */
import * as z from 'zod/mini';
import type { Mapping } from '../database/destination.ts';
import { within } from '../time.ts';
import { ROWS_FORM } from './record.ts';
import { beginWalk, settledBy, Walk } from './walk.ts';

const MINUTE = 60_000;
/** All times here are in milliseconds; what was read so long ago is read on. */
const REFRESH_AFTER = MINUTE;
/** For so long nobody else is likely to have saved the same page. */
const FRESH = 5 * MINUTE;
/**
 * Notion does not tell of rows that are gone, nor of options renamed or rows restored, which leave the time of the last edit as
 * it was. So everything is read again now and then: so often that it costs at most a request in a quarter of an hour, but a few
 * rows not more than every hour, and the most at least every week.
 */
const REBUILD_SHARE = 15 * MINUTE;
const REBUILD_EARLIEST = 60 * MINUTE;
const REBUILD_LATEST = 7 * 24 * 60 * MINUTE;
const ROWS_A_REQUEST = 100;

/** Until so many rows are to be read anew, in milliseconds. */
export const rebuildAfter = (rows: number): number =>
  Math.min(REBUILD_LATEST, Math.max(REBUILD_EARLIEST, Math.ceil(rows / ROWS_A_REQUEST) * REBUILD_SHARE));

export const FillProgress = z.object({
  /** What the rows were read by; under another mapping they have to be read anew. */
  basis: z.string(),
  /** Rows kept. */
  rows: z.number(),
  /** Entries in what is searched, those included that later ones stand in place of. */
  packed: z.number(),
  /** Packs these are in. */
  packs: z.number(),
  /** Whether every row has been read once. */
  whole: z.boolean(),
  /** The number of the latest walk over everything. */
  number: z.number(),
  /** The walk over everything that is under way: the first one, or one anew. */
  rebuild: z.nullable(Walk),
  /** The walk over what was edited since. */
  refresh: z.nullable(Walk),
  /** From when the next refresh has to begin; null: from the first row on. */
  since: z.nullable(z.number()),
  /** By this device's clock. */
  refreshedAt: z.nullable(z.number()),
  rebuiltAt: z.nullable(z.number()),
  /** Ids of rows that Notion listed but whose address could not be read. */
  unreadable: z.array(z.string()),
  /** See `Walk`. */
  gaps: z.number(),
});
export type FillProgress = z.infer<typeof FillProgress>;

/** What the rows of a database are read by. */
export const basisOf = ({ title, url, tags }: Mapping): string =>
  JSON.stringify([ROWS_FORM, title, url, tags]);

/** Nothing is read yet, and everything is to be. */
export const noProgress = (basis: string): FillProgress => ({
  basis,
  rows: 0,
  packed: 0,
  packs: 0,
  whole: false,
  number: 1,
  rebuild: beginWalk(null),
  refresh: null,
  since: null,
  refreshedAt: null,
  rebuiltAt: null,
  unreadable: [],
  gaps: 0,
});

export type WalkKind = 'rebuild' | 'refresh';

/** Begins to read everything anew; what is kept stays until that has ended. */
export const beginRebuild = (progress: FillProgress): FillProgress =>
  progress.whole ? { ...progress, number: progress.number + 1, rebuild: beginWalk(null) } : progress;

/** What to read next: what is new first, then everything if that is due. Null: nothing. */
export function nextWalk(
  progress: FillProgress,
  now: number,
): { kind: WalkKind; progress: FillProgress; walk: Walk } | null {
  const { whole, rebuild, refresh } = progress;
  if (whole && refresh) return { kind: 'refresh', progress, walk: refresh };
  if (whole && !within(progress.refreshedAt, REFRESH_AFTER, now)) {
    const walk = beginWalk(progress.since);
    return { kind: 'refresh', progress: { ...progress, refresh: walk }, walk };
  }
  if (rebuild) return { kind: 'rebuild', progress, walk: rebuild };
  if (within(progress.rebuiltAt, rebuildAfter(progress.rows), now)) return null;
  const begun = beginRebuild(progress);
  return begun.rebuild ? { kind: 'rebuild', progress: begun, walk: begun.rebuild } : null;
}

/** A walk has gone on. */
export const withWalk = (progress: FillProgress, kind: WalkKind, walk: Walk): FillProgress => ({
  ...progress,
  [kind]: walk,
});

/** A walk has read all there is. After a rebuild, rows it has not seen are to be removed. */
export function endWalk(progress: FillProgress, kind: WalkKind, walk: Walk, now: number): FillProgress {
  // Either is true: before it, every edit has been seen.
  const since = Math.max(settledBy(walk) ?? 0, progress.since ?? 0) || null;
  if (kind === 'refresh') {
    return {
      ...progress,
      refresh: null,
      since,
      refreshedAt: now,
      unreadable: [...new Set([...progress.unreadable, ...walk.unreadable])],
      gaps: progress.gaps + walk.gaps,
    };
  }
  return {
    ...progress,
    rebuild: null,
    whole: true,
    // A refresh on its way has been overtaken.
    refresh: null,
    since,
    refreshedAt: now,
    rebuiltAt: now,
    unreadable: walk.unreadable,
    gaps: walk.gaps,
  };
}

/** Whether an address that is not among the rows is not in the database, as far as can be known without asking. */
export const isFresh = (progress: FillProgress, now: number): boolean =>
  progress.whole &&
  within(progress.refreshedAt, FRESH, now) &&
  progress.unreadable.length === 0 &&
  progress.gaps === 0;
