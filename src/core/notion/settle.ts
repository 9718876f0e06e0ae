/** When what was written to Notion can be relied on to show up, and so when what is not seen is not there. */
import type { Verdict } from './judge.ts';

/**
 * How long a row may keep from showing up in queries, in milliseconds of Notion's clock. Notion says nothing of the
 * delay between a write and its showing up; its search index lags by seconds.
 */
export const SETTLE = 45_000;

/**
 * Milliseconds until a second look can be believed, as of a look at `asOf` by Notion's clock; none are left at 0 and below.
 * @param lookedAt the first look, by the same clock
 */
export const untilSettled = (lookedAt: number, asOf: number): number => lookedAt + SETTLE - asOf;

/**
 * How what the browser may have made twice is looked for. What nothing speaks for is looked at once, when all that there is can
 * be seen: the reply counts as the first look. Null when there is nothing to look for.
 * @param at the time by this device, for a reply that does not tell Notion's
 */
export const firstLook = (
  { repeat, asOf }: Verdict<unknown> & { kind: 'done' },
  at: number,
): { lookedAt: number | null } | null =>
  repeat === 'no' ? null : { lookedAt: repeat === 'untold' ? (asOf ?? at) : null };
