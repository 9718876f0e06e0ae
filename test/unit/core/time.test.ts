import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPace } from '../../../src/background/notion/pace.ts';
import { failure } from '../../../src/core/failure.ts';
import { endOfWait, waitBy, within } from '../../../src/core/time.ts';

const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const span = fc.integer({ min: 0, max: 86_400_000 });

it('no wait is longer than it can have been, wherever the clock is set', () => {
  fc.assert(
    fc.property(time, span, time, (from, length, now) => {
      const wait = waitBy({ from, until: from + length }, now);
      expect(wait.until - now).toBeLessThanOrEqual(length);
      // Nor is one cut short by a clock that only goes on.
      if (now >= from) expect(wait.until).toBe(from + length);
      expect(endOfWait(from + length, length, now) - now).toBeLessThanOrEqual(length);
      if (now >= from) expect(endOfWait(from + length, length, now)).toBe(from + length);
      expect(within(from, length, now)).toBe(now >= from && now < from + length);
    }),
  );
});

/** What is noted in a save that Notion has refused for its rate. */
const askedToWait = (botId: string, changedAt: number, dueAt: number) => ({
  failure: failure('rate-limited'),
  botId,
  changedAt,
  dueAt,
});

it('a connection that Notion asked to wait goes on when that time has passed, also when the clock is set back meanwhile', () => {
  let now = 10 * 86_400_000;
  const pace = createPace(() => now);
  pace.follow(askedToWait('bot', now, now + 30_000));
  expect(pace.readyAt('bot', true)).toBe(now + 30_000);
  now -= 86_400_000;
  const ready = pace.readyAt('bot', true);
  expect(ready).toBe(now + 30_000);
  now += 10_000;
  expect(pace.readyAt('bot', true)).toBe(ready);
  // What a save says of a time that is still to come.
  pace.follow(askedToWait('other', now + 86_400_000, now + 86_400_000 + 60_000));
  expect(pace.readyAt('other', true)).toBe(now + 60_000);
});

it('leaves a few requests of each minute to what somebody waits for', () => {
  const pace = createPace(() => now);
  let now = 1_000_000;
  for (let sent = 0; sent < 177; sent++) {
    expect(pace.readyAt('bot', false)).toBeLessThanOrEqual(now);
    pace.count('bot');
    now += 10;
  }
  expect(pace.readyAt('bot', false)).toBe(1_060_000);
  for (let sent = 0; sent < 3; sent++) {
    expect(pace.readyAt('bot', true)).toBeLessThanOrEqual(now);
    pace.count('bot');
  }
  expect(pace.readyAt('bot', true)).toBe(1_060_000);
  // What was sent by hand is made up for by the many.
  now = 1_060_000;
  expect(pace.readyAt('bot', false)).toBe(1_060_030);
});
