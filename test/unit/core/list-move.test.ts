import { describe, expect, it } from 'vitest';
import { movedBy } from '../../../src/core/list-move.ts';

describe('the highlight of a list', () => {
  const walk = (by: 1 | -1, moves: number): number[] => {
    const rows = [-1];
    for (let move = 0; move < moves; move++) rows.push(movedBy(rows.at(-1) ?? -1, by, 3));
    return rows.slice(1);
  };

  it('goes around the ends, both ways, from where nothing is highlighted', () => {
    expect(walk(1, 5)).toEqual([0, 1, 2, 0, 1]);
    expect(walk(-1, 5)).toEqual([2, 1, 0, 2, 1]);
  });

  it('is nowhere in an empty list', () => {
    expect(movedBy(-1, 1, 0)).toBe(-1);
    expect(movedBy(2, -1, 0)).toBe(-1);
  });
});
