import { describe, expect, it } from 'vitest';
import {
  endWalk,
  type FillProgress,
  nextWalk,
  noProgress,
  rebuildAfter,
} from '../../../../src/core/saved-rows/progress.ts';
import { beginWalk } from '../../../../src/core/saved-rows/walk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('reading everything anew', () => {
  it('costs a request in a quarter of an hour at most, and is never put off for more than a week', () => {
    expect([0, 1, 400, 401, 1_000, 9_600, 67_200, 100_000].map(rebuildAfter)).toEqual(
      [60, 60, 60, 75, 150, 24 * 60, 7 * 24 * 60, 7 * 24 * 60].map((minutes) => minutes * MINUTE),
    );
  });

  it('comes after what is new, when its time has come by as many rows as there are', () => {
    const read: FillProgress = {
      ...endWalk(noProgress('basis'), 'rebuild', beginWalk(null), 0),
      rows: 9_600,
    };
    const early = endWalk(read, 'refresh', beginWalk(null), DAY - MINUTE / 2);
    expect(nextWalk(early, DAY - 1)).toBeNull();
    expect(nextWalk(early, DAY)).toMatchObject({ kind: 'rebuild', progress: { number: 2 } });
    expect(nextWalk(read, DAY)).toMatchObject({ kind: 'refresh' });
    expect(nextWalk({ ...early, rows: 100_000 }, DAY)).toBeNull();
  });
});
