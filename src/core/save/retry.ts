/** How long Notion is left alone before it is asked again. */
import type { Save } from './record.ts';

const FIRST = 2_000;
const LONGEST = 5 * 60_000;
/** A longer wait than a day is asked for by mistake; what is asked again then may be told to wait again. */
const LONGEST_NAMED = 24 * 60 * 60_000;

/**
 * Milliseconds to wait after `tries` tries without success: doubling from 2 s up to 5 min, and never less than the server
 * named (Notion's workspace limit may name more than a minute). A server that names too little, over and over, is not asked
 * more often than one that names nothing.
 * `jitter` (0 to 1) spreads both so that several devices don't come back in one instant.
 */
export function retryDelay(tries: number, retryAfterSeconds: number | undefined, jitter: number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(tries - 1, 20));
  const own = full / 2 + (full / 2) * jitter;
  if (retryAfterSeconds === undefined) return own;
  return Math.max(own, Math.min(LONGEST_NAMED, retryAfterSeconds * 1000) + jitter * 250);
}

/** Until when a save cannot be tried, as Notion asks to be left alone, in milliseconds since the epoch; null: it can. */
export const heldUntil = ({ failure, dueAt }: Pick<Save, 'failure' | 'dueAt'>, now: number): number | null =>
  failure?.code === 'rate-limited' && dueAt > now ? dueAt : null;
