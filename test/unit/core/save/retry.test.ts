import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../../src/core/http.ts';
import { retryDelay } from '../../../../src/core/save/retry.ts';

const DATE = 'Mon, 02 Nov 2026 09:00:00 GMT';

describe('the wait that a server names', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    [' 3600 ', 3600],
    ['1.2', 2],
    ['99999999999', 99_999_999_999],
    ['Mon, 02 Nov 2026 09:05:00 GMT', 300],
    ['Monday, 02-Nov-26 09:05:00 GMT', 300],
    ['Mon, 02 Nov 2026 08:00:00 GMT', 0],
    ['-5', undefined],
    ['+5', undefined],
    ['soon', undefined],
    ['', undefined],
    ['5 seconds', undefined],
    ['1e3', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
  ])('%j is %s s', (value, seconds) => {
    expect(retryAfterSeconds({ 'retry-after': value, date: DATE })).toBe(seconds);
  });

  it('as a date says nothing where the server does not tell its own time', () => {
    expect(retryAfterSeconds({ 'retry-after': 'Mon, 02 Nov 2026 09:05:00 GMT' })).toBeUndefined();
  });
});

describe('the wait that is kept to', () => {
  const tries = Array.from({ length: 20 }, (_, index) => index + 1);

  it.each([undefined, 0, 1, 30])('with %s s named, grows and is never shorter than with none', (named) => {
    for (const jitter of [0, 0.5, 1])
      for (const one of tries) {
        const wait = retryDelay(one, named, jitter);
        expect(wait).toBeGreaterThanOrEqual(retryDelay(one, undefined, jitter));
        expect(wait).toBeGreaterThanOrEqual((named ?? 0) * 1000);
        expect(retryDelay(one + 1, named, jitter)).toBeGreaterThanOrEqual(wait);
      }
  });

  it('is never longer than a day, whatever is named', () => {
    expect(retryDelay(1, 99_999_999_999, 1)).toBeLessThanOrEqual(24 * 60 * 60_000 + 250);
    expect(retryDelay(1, 20 * 60 * 60, 0)).toBe(20 * 60 * 60_000);
  });
});
