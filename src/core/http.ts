/** Requests and replies as plain data, so that building one and judging the other need no network. */

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string | FormData;
};

/**
 * A reply of whatever status, header names in lower case; or the lack of one: `offline` was never sent; after
 * `network` and `timeout` nobody knows whether it arrived; `not-permitted` means that the browser withholds the
 * access to that address.
 *
 * `repeat`: browsers send a request, even a POST, a second time by themselves when a connection they had used before
 * dies without an answer. This reply may then be the second's, and what was asked may have been done twice.
 */
export type HttpReply =
  | {
      kind: 'reply';
      status: number;
      headers: Record<string, string>;
      body: string;
      repeat: Repeat;
    }
  | { kind: 'no-reply'; reason: 'offline' | 'network' | 'timeout' | 'not-permitted' };

/**
 * Whether the browser may have sent a request twice: `suspected`, when it looks so; `untold`, when the browser shows nothing
 * by which it could be told, or too little.
 */
export type Repeat = 'no' | 'suspected' | 'untold';

/** The body read as JSON; undefined when it is none. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * `Retry-After` in seconds (RFC 9110, section 10.2.3): a number, of which a fraction is rounded up, or a date, which is read
 * by the server's own clock. Undefined when it says nothing that can be kept to.
 */
export function retryAfterSeconds(headers: Record<string, string>): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  const seconds = secondsIn(value);
  if (seconds !== undefined) return seconds;
  const [until, now] = [Date.parse(value), dateOf(headers)];
  // Browsers also read a mere number, with a sign or none, as a date.
  if (!/[a-z]{3}/i.test(value) || Number.isNaN(until) || now === null) return undefined;
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** A number of seconds as servers write it; undefined when it is none, or less than none. */
export const secondsIn = (value: unknown): number | undefined =>
  typeof value === 'number' || (typeof value === 'string' && /^\s*\d+(?:\.\d+)?\s*$/.test(value))
    ? wholeSeconds(Number(value))
    : undefined;

const wholeSeconds = (seconds: number): number | undefined =>
  Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;

/** The server's time when it answered (`Date`), in milliseconds since the epoch, exact to the second. */
export function dateOf(headers: Record<string, string>): number | null {
  const time = Date.parse(headers.date ?? '');
  return Number.isNaN(time) ? null : time;
}
