import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginWalk,
  cursorRefused,
  settledBy,
  type Walk,
  walkOn,
  walkQuery,
} from '../../../../src/core/saved-rows/walk.ts';
import { bookmarks } from '../database/destination-fixture.ts';

const MINUTE = 60_000;
const PAGE = 4;

type Row = { id: number; editedAt: number; createdAt: number };
type Condition = {
  timestamp: string;
  last_edited_time?: Record<string, string>;
  created_time?: Record<string, string>;
};
type Body = { filter?: { and: Condition[] }; sorts: { timestamp: string }[]; start_cursor?: string };

/** Answers like Notion, by places in a list that changes: the worst that a cursor can be. */
function answer(rows: readonly Row[], body: Body, limit: number) {
  const time = (row: Row, timestamp: string) => (timestamp === 'created_time' ? row.createdAt : row.editedAt);
  const found = rows
    .filter((row) =>
      (body.filter?.and ?? []).every((condition) => {
        const wanted = condition.created_time ?? condition.last_edited_time ?? {};
        const at = time(row, condition.timestamp);
        if (wanted.on_or_after !== undefined) return at >= Date.parse(wanted.on_or_after);
        return at < Date.parse(wanted.before ?? '');
      }),
    )
    .sort((a, b) => time(a, body.sorts[0]?.timestamp ?? '') - time(b, body.sorts[0]?.timestamp ?? ''));
  const start = Number(body.start_cursor ?? 0);
  const shown = found.slice(0, limit);
  const end = start + PAGE;
  return {
    rows: shown.slice(start, end),
    next: end < shown.length ? String(end) : null,
    isCut: end >= shown.length && found.length > limit,
    asOf: null,
  };
}

/** Reads all; `meddle` may change the rows before each query. @returns ids read, the walk in the end, and queries */
function read(
  rows: () => readonly Row[],
  limit: number,
  meddle: (query: number) => 'refuse' | undefined = () => undefined,
) {
  const seen = new Set<number>();
  let walk: Walk = beginWalk(null);
  for (let query = 1; query < 2_000; query++) {
    const isRefused = meddle(query) === 'refuse';
    const body = walkQuery(walk, bookmarks).body as Body;
    if (isRefused && body.start_cursor !== undefined) {
      const back = cursorRefused(walk);
      if (back.ended) return { seen, walk, queries: query };
      // As stored and read back.
      walk = JSON.parse(JSON.stringify(back.walk));
      continue;
    }
    const page = answer(rows(), body, limit);
    for (const row of page.rows) seen.add(row.id);
    const on = walkOn(walk, page);
    walk = JSON.parse(JSON.stringify(on.walk));
    if (on.ended) return { seen, walk, queries: query };
  }
  throw new Error('It never ends');
}

const row = fc.record({ edited: fc.nat(12), created: fc.nat(6) });
const rowsOf = (all: readonly { edited: number; created: number }[]): Row[] =>
  all.map(({ edited, created }, id) => ({ id, editedAt: edited * MINUTE, createdAt: created * MINUTE }));

describe('walking over rows', () => {
  it('sees every row, however they lie in time, or knows that it has not', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), fc.integer({ min: PAGE, max: 30 }), (all, limit) => {
        const rows = rowsOf(all);
        const { seen, walk } = read(() => rows, limit);
        if (walk.gaps === 0) expect(seen.size).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });

  it('has a gap only where a minute of both times holds as many rows as a query gives', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), fc.integer({ min: PAGE, max: 12 }), (all, limit) => {
        const crowds = new Map<string, number>();
        for (const { edited, created } of all) {
          const key = `${edited} ${created}`;
          crowds.set(key, (crowds.get(key) ?? 0) + 1);
        }
        const { walk } = read(() => rowsOf(all), limit);
        if ([...crowds.values()].every((count) => count < limit)) expect(walk.gaps).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('misses no row when others are edited on the way, as long as no minute fills a page', () => {
    const spread = fc.array(fc.nat(3), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(spread, fc.array(fc.nat(60), { maxLength: 40 }), (gaps, edits) => {
        let minute = 0;
        // A step of time after each few rows.
        const rows = gaps.map((gap, id) => {
          if (id % (PAGE - 1) === 0) minute += gap + 1;
          return { id, editedAt: minute * MINUTE, createdAt: 0 };
        });
        let now = minute + 10;
        const { seen } = read(
          () => rows,
          10_000,
          (query) => {
            const edited = rows[edits[query - 1] ?? -1];
            if (edited) edited.editedAt = ++now * MINUTE;
            return undefined;
          },
        );
        expect(seen.size).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });

  it('ends, and says what it may lack, when no cursor is ever taken', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (all) => {
        const rows = rowsOf(all);
        const { seen, walk, queries } = read(
          () => rows,
          10_000,
          () => 'refuse',
        );
        expect(queries).toBeLessThan(13 * 30 + 60);
        if (walk.gaps === 0) expect(seen.size).toBe(rows.length);
      }),
    );
  });

  it('goes on where rows carry no times', () => {
    const rows = Array.from({ length: 11 }, (_, id) => ({ id, editedAt: 0, createdAt: 0 }));
    let walk = beginWalk(null);
    const seen: number[] = [];
    for (let ended = false; !ended; ) {
      const page = answer(rows, walkQuery(walk, bookmarks).body as Body, 10_000);
      seen.push(...page.rows.map(({ id }) => id));
      ({ walk, ended } = walkOn(walk, {
        ...page,
        rows: page.rows.map(() => ({ editedAt: null, createdAt: null })),
      }));
    }
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(settledBy(walk)).toBeNull();
  });

  it('asks for no more than is kept, from the minute reached', () => {
    const since = Date.UTC(2026, 4, 3, 10, 20);
    expect(walkQuery(beginWalk(since), bookmarks)).toEqual({
      method: 'POST',
      path: `/v1/data_sources/${bookmarks.id}/query?filter_properties=title&filter_properties=u%3A&filter_properties=t`,
      body: {
        filter: {
          and: [
            { timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-05-03T10:20:00.000Z' } },
          ],
        },
        sorts: [{ timestamp: 'last_edited_time', direction: 'ascending' }],
        page_size: 100,
      },
    });
  });

  it("is settled some minutes before Notion's time when it began", () => {
    const begun = Date.UTC(2026, 4, 3, 10, 20, 30);
    const first = {
      rows: [{ editedAt: 10 * MINUTE, createdAt: null }],
      next: 'x',
      isCut: false,
      asOf: begun,
    };
    const { walk } = walkOn(beginWalk(null), first);
    const { walk: later, ended } = walkOn(walk, { ...first, next: null, asOf: begun + 90 * MINUTE });
    expect(ended).toBe(true);
    expect(settledBy(later)).toBe(Date.UTC(2026, 4, 3, 10, 15));
    const { walk: silent } = walkOn(beginWalk(null), { ...first, asOf: null });
    expect(settledBy(silent)).toBe(5 * MINUTE);
  });
});
