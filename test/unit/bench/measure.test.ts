import { describe, expect, it } from 'vitest';
import {
  differenceInWords,
  differenceOf,
  figureOf,
  inTurn,
  quantile,
  ratioOf,
  verdict,
} from '../../bench/measure.ts';

describe('what a bench prints', () => {
  it('is of rounds by turns, each beginning with another one, without those that warm up', async () => {
    const order: string[] = [];
    const turn = (name: string) => (round: number) => {
      order.push(`${name}${round}`);
      return round;
    };
    const samples = await inTurn({ warmUps: 1, rounds: 2 }, { a: turn('a'), b: turn('b') });
    expect(order).toEqual(['a-1', 'b-1', 'b0', 'a0', 'a1', 'b1']);
    expect(samples).toEqual({ a: [0, 1], b: [0, 1] });
  });

  it('compares within rounds: what slows a whole round changes nothing', () => {
    const bare = [10, 20, 400, 10, 30];
    const own = bare.map((time) => time * 2);
    expect(ratioOf(own, bare)).toEqual({ middle: 2, low: 2, high: 2, count: 5 });
    const slower = bare.map((time) => time + 3);
    expect(differenceOf(slower, bare)).toEqual({ middle: 3, low: 3, high: 3, count: 5 });
    expect(() => ratioOf([1, 2], [1])).toThrow('same rounds');
  });

  it('says of a difference that its rounds do not agree on that it is not to be told from none', () => {
    expect(differenceInWords(figureOf([-40, -38, 2, 3, 5]), 'ms')).toContain('not to be told from none');
    expect(differenceInWords(figureOf([1, 2, 2, 3, 5]), 'ms')).toBe('2.0 ms (2.0 to 3.0)');
  });

  it('has the spread of the middle half', () => {
    expect(figureOf([5, 1, 4, 2, 3])).toEqual({ middle: 3, low: 2, high: 4, count: 5 });
    expect(quantile([1, 2], 0.5)).toBe(1.5);
  });

  it('says whether an aim was met', () => {
    expect(verdict(0.79, { atLeast: 0.8 })).toBe('aim: at least 0.8: MISSED');
    expect(verdict(1.2, { atMost: 1.2 })).toBe('aim: at most 1.2: met');
  });
});
