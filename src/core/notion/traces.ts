/** Who made and last edited something in Notion, and when: by that, what the browser made twice is told from all else. */
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';

const Stamp = lenient(z.optional(z.string()), undefined);
const Somebody = lenient(z.optional(z.looseObject({ id: z.string() })), undefined);

/** Fields of pages, blocks and databases. Times of pages and blocks are rounded down to the minute. */
export const Traces = {
  created_time: Stamp,
  last_edited_time: Stamp,
  created_by: Somebody,
  last_edited_by: Somebody,
};
type Who = { id: string } | undefined;
export type Traces = {
  created_time?: string | undefined;
  last_edited_time?: string | undefined;
  created_by?: Who;
  last_edited_by?: Who;
};

export const noTraces: Traces = {};

const MINUTE = 60_000;

/**
 * The browser's two sendings of one request are less than a time-out apart, and Notion gives up on one after a minute;
 * in milliseconds, with the rounding.
 */
export const ONE_ATTEMPT = 3 * MINUTE;

/** In milliseconds since the epoch by Notion's clock; null when it does not say. */
export function madeAt({ created_time }: Traces): number | null {
  const time = Date.parse(created_time ?? '');
  return Number.isNaN(time) ? null : time;
}

/** Whether it was made in the same attempt as something made at that time. */
export function isOfTheTime(traces: Traces, at: number): boolean {
  const made = madeAt(traces);
  return made !== null && Math.abs(made - at) <= ONE_ATTEMPT;
}

/** Whether one of these made it and nobody has touched it since, as far as Notion tells; what it does not tell is a no. */
export function isUntouched(traces: Traces, botIds: ReadonlySet<string>): boolean {
  const made = madeAt(traces);
  const edited = Date.parse(traces.last_edited_time ?? '');
  const isOurs = (who: Who) => who !== undefined && botIds.has(who.id);
  // Making it may itself go over a full minute.
  return (
    made !== null && edited - made <= MINUTE && isOurs(traces.created_by) && isOurs(traces.last_edited_by)
  );
}
