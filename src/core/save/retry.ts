/** How long a save waits before it is tried again. */

const FIRST = 2_000;
const LONGEST = 5 * 60_000;

/**
 * Milliseconds to wait after `tries` tries without success. A wait that the server named is kept in full, however
 * long (Notion's workspace limit may name more than a minute); otherwise it doubles from 2 s up to 5 min.
 * `jitter` (0 to 1) spreads both so that several devices don't come back in one instant.
 */
export function retryDelay(tries: number, retryAfterSeconds: number | undefined, jitter: number): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + jitter * 250;
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(tries - 1, 20));
  return full / 2 + (full / 2) * jitter;
}
