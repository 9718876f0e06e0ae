/**
 * Reading all rows of a database from some time of editing on, a query at a time, so that none is missed.
 *
 * Notion's cursors stand for a place in a list that changes while it is read: a row that is edited moves to the end, the
 * others move up, and one may pass by unseen. So each query begins where the last one ended by time, not by cursor; rows of
 * that minute are read twice. Only within one minute, which Notion does not divide further, the cursor is followed.
 * Going on after a death, after a cursor that is no longer taken, and beyond the 10,000 rows that one query gives since
 * April 2026 (https://developers.notion.com/page/changelog) is then all the same: the next query begins by time.
 */
import * as z from 'zod/mini';
import type { Destination } from '../database/destination.ts';
import type { NotionRequest } from '../notion/request.ts';
import { queryDataSource } from '../notion/requests.ts';

const MINUTE = 60_000;

/** So often a cursor may be refused at one place before another way is tried. */
const REFUSALS = 3;

/**
 * Until a query surely finds an edit, in milliseconds; Notion promises nothing of it. By so much a refresh begins before the
 * time up to which all is known.
 */
const SETTLED = 5 * MINUTE;

/** A place in the rows in the order of one of their times; times are in milliseconds since the epoch, whole minutes. */
const Place = z.object({
  /** The next query asks for rows from here on; null: from the first one on. */
  from: z.nullable(z.number()),
  /** The latest time read. */
  reached: z.nullable(z.number()),
  /** Where the query goes on. */
  cursor: z.nullable(z.string()),
  refusals: z.number(),
});
type Place = z.infer<typeof Place>;

export const Walk = z.object({
  /** By the time of the last edit. */
  edited: Place,
  /** By the time of creation, among the rows of one minute of editing of which there are too many for one query. */
  created: z.nullable(Place),
  hasBegun: z.boolean(),
  /** Notion's time when the first query was answered; null when it did not say. */
  begunAt: z.nullable(z.number()),
  /** Minutes of creation with as many rows as one query gives, or more: some of those may be missing. */
  gaps: z.number(),
  /** Ids of rows that could not be read, so many as are worth keeping. */
  unreadable: z.array(z.string()),
});
export type Walk = z.infer<typeof Walk>;

const place = (from: number | null): Place => ({ from, reached: null, cursor: null, refusals: 0 });

/** A walk over all rows edited since then; null: over all. */
export const beginWalk = (since: number | null): Walk => ({
  edited: place(since),
  created: null,
  hasBegun: false,
  begunAt: null,
  gaps: 0,
  unreadable: [],
});

/** More are not told apart. */
const UNREADABLE_KEPT = 1_000;

export const noteUnreadable = (walk: Walk, ids: readonly string[]): Walk =>
  ids.length === 0
    ? walk
    : { ...walk, unreadable: [...new Set([...walk.unreadable, ...ids])].slice(0, UNREADABLE_KEPT) };

/** The walk's next query: of 100 rows with no more of their properties than are kept. */
export function walkQuery({ edited, created }: Walk, { id, mapping }: Destination): NotionRequest {
  const minute = minuteOf(edited);
  const conditions = created
    ? [
        byTime('last_edited_time', 'on_or_after', minute),
        byTime('last_edited_time', 'before', minute === null ? null : minute + MINUTE),
        byTime('created_time', 'on_or_after', created.from),
      ].flat()
    : byTime('last_edited_time', 'on_or_after', edited.from);
  const { cursor } = created ?? edited;
  const body = {
    ...(conditions.length > 0 ? { filter: { and: conditions } } : {}),
    sorts: [{ timestamp: created ? 'created_time' : 'last_edited_time', direction: 'ascending' }],
    page_size: 100,
    ...(cursor === null ? {} : { start_cursor: cursor }),
  };
  const needed = [mapping.title, mapping.url, mapping.tags].filter((one) => one !== null);
  return queryDataSource(id, body as Parameters<typeof queryDataSource>[1], needed);
}

const byTime = (timestamp: string, operator: string, at: number | null): object[] =>
  at === null ? [] : [{ timestamp, [timestamp]: { [operator]: new Date(at).toISOString() } }];

/** The minute that is read row by row. */
const minuteOf = ({ reached, from }: Place): number | null => reached ?? from;

/** One page of a query's rows, as far as the walk goes by it. */
export type WalkedPage = {
  /** Of the rows whose times are known, in their order. */
  rows: readonly { editedAt: number | null; createdAt: number | null }[];
  next: string | null;
  /** Notion says that there are more rows, and gives no cursor to them. */
  isCut: boolean;
  /** Notion's time, in milliseconds since the epoch. */
  asOf: number | null;
};

/** The walk after that page; `end` when there is nothing more to read. */
export function walkOn(before: Walk, page: WalkedPage): { walk: Walk; ended: boolean } {
  const walk = before.hasBegun ? before : { ...before, hasBegun: true, begunAt: page.asOf };
  const times = page.rows.map((row) => (walk.created ? row.createdAt : row.editedAt));
  const known = times.filter((time) => time !== null);
  const { at, outcome } = follow(walk.created ?? walk.edited, known, page);
  const on = walk.created ? { ...walk, created: at } : { ...walk, edited: at };
  if (outcome === 'go on') return going(on);
  if (outcome === 'stuck') return getAround(on);
  return walk.created ? going(pastMinute(walk)) : { walk, ended: true };
}

const going = (walk: Walk) => ({ walk, ended: false });

function follow(
  at: Place,
  times: readonly number[],
  { next, isCut }: WalkedPage,
): { at: Place; outcome: 'go on' | 'end' | 'stuck' } {
  if (next === null && !isCut) return { at, outcome: 'end' };
  const last = times.length > 0 ? Math.max(...times) : null;
  const floor = at.from ?? at.reached ?? times[0] ?? null;
  if (last !== null && floor !== null && last > floor)
    return { at: { ...place(last), reached: last }, outcome: 'go on' };
  const here = { ...at, reached: last ?? at.reached };
  if (next === null || next === at.cursor) return { at: here, outcome: 'stuck' };
  return { at: { ...here, cursor: next }, outcome: 'go on' };
}

/** The walk after Notion refused its cursor: from the same minute on again, or another way where that does not help. */
export function cursorRefused(walk: Walk): { walk: Walk; ended: boolean } {
  const at = walk.created ?? walk.edited;
  const again: Place = { ...place(minuteOf(at)), reached: at.reached, refusals: at.refusals + 1 };
  const back = walk.created ? { ...walk, created: again } : { ...walk, edited: again };
  return again.refusals < REFUSALS ? going(back) : getAround(back);
}

/** A minute of editing with too many rows is gone through by the time of their creation; one of that, too, is left. */
function getAround(walk: Walk): { walk: Walk; ended: boolean } {
  if (!walk.created) {
    // Without any time there is nothing to go by.
    if (minuteOf(walk.edited) === null) return { walk: { ...walk, gaps: walk.gaps + 1 }, ended: true };
    return going({ ...walk, created: place(null) });
  }
  const minute = minuteOf(walk.created);
  const gaps = walk.gaps + 1;
  if (minute === null) return going(pastMinute({ ...walk, gaps }));
  return going({ ...walk, gaps, created: place(minute + MINUTE) });
}

const pastMinute = (walk: Walk): Walk => ({
  ...walk,
  edited: place((minuteOf(walk.edited) ?? 0) + MINUTE),
  created: null,
});

/**
 * From when the next walk has to begin, so that together with this one it sees every row: what was edited while this one
 * was under way may have been behind it already.
 */
export function settledBy({ begunAt, edited }: Walk): number | null {
  // The clock of this device is not asked, as one that is ahead would pass over rows.
  const known = begunAt ?? minuteOf(edited);
  return known === null ? null : Math.floor((known - SETTLED) / MINUTE) * MINUTE;
}
