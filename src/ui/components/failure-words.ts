/** What is said of a failure on the extension's pages. */
import type { Failure } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import type { Client } from '../../protocol/client.ts';

/** A wait that is over sooner, in milliseconds, is over in a moment. */
const MOMENT = 60_000;

/** Whether Notion asks to be left alone for longer than that. */
export const isLongWait = ({ code, retryAfter = 0 }: Failure): boolean =>
  code === 'rate-limited' && retryAfter * 1000 > MOMENT;

/** @param until when what failed is tried again, in milliseconds since the epoch; left out: after the wait that was named, from now */
export function failureBody(
  { text, language }: Pick<Client, 'text' | 'language'>,
  why: Failure,
  until = Date.now() + (why.retryAfter ?? 0) * 1000,
): string {
  return why.code === 'rate-limited' && until - Date.now() > MOMENT
    ? text('failure_rate_limited_until', timeOf(until, language))
    : text(meaningOf(why).body);
}

/** A time of day, with the date where that is not today's. */
function timeOf(at: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, {
    timeStyle: 'short',
    ...(isToday ? {} : { dateStyle: 'medium' }),
  }).format(at);
}
