/**
 * Whether a browser may have sent a request twice by itself, told by the times it notes of its requests. It does so, also
 * with a POST, when a connection or stream dies without an answer, and the one answer that is then seen looks like any
 * other. `npm run bench:repeats` measures what this rests on, in Chromium 156 and Firefox 153.
 *
 * On the safe side: to doubt a request that was sent once costs a look at Notion or two; a repeat that is not noticed costs
 * a second row.
 */
import type { Repeat } from '../core/http.ts';

/** Milliseconds of one clock: https://www.w3.org/TR/resource-timing/#sec-performanceresourcetiming */
export interface RequestTiming {
  fetchStart: number;
  /** Of the connection made for this request; not after `fetchStart` when it went out on one that was there. */
  domainLookupStart: number;
  requestStart: number;
  responseStart: number;
  responseEnd: number;
}

/** Which of two ways of keeping time: Chromium's or Firefox's. */
export type Engine = 'blink' | 'gecko';

export interface Observed {
  engine: Engine;
  /** Undefined when the browser noted none. */
  timing: RequestTiming | undefined;
  /** When the status and the headers were known, on the same clock. */
  answeredAt: number;
  /** Of the reply, names in lower case. */
  headers: Readonly<Record<string, string>>;
}

export function repeatOf({ engine, timing, answeredAt, headers }: Observed): Repeat {
  // Another origin's times may be withheld, and are 0 then.
  if (!timing || timing.requestStart === 0 || timing.responseStart === 0) return 'untold';
  if (engine === 'blink') return byBeginning(timing);
  return isHidden(headers) ? 'untold' : byEnd(timing, answeredAt);
}

/** What took less than `usual` milliseconds is as ever; what took `strange` or more is not to be explained otherwise. */
const graded = (took: number, { usual, strange }: { usual: number; strange: number }): Repeat =>
  took < usual ? 'no' : took < strange ? 'untold' : 'suspected';

/**
 * Chromium gives the times of the last attempt, but for `fetchStart`; a repeat has the life of the first attempt before, which
 * takes at least the way to the server and back. On one computer, with a server that ends a request as soon as it has come,
 * it was sent after 2.2 ms or more; what is sent once is on its way after 0.5 to 1.6 ms. With a connection of its own the time
 * until that is begun tells: 1.6 ms or more, instead of 0.5 to 1.2. With a first attempt of 1 ms both are 3 ms or more. A
 * busy computer is late as well.
 */
const SENDING = { usual: 1.8, strange: 3 };
const CONNECTING = { usual: 1.4, strange: 3 };

const byBeginning = ({ fetchStart, domainLookupStart, requestStart }: RequestTiming): Repeat =>
  domainLookupStart > fetchStart
    ? graded(domainLookupStart - fetchStart, CONNECTING)
    : graded(requestStart - fetchStart, SENDING);

/**
 * Firefox keeps the times of the first attempt and takes its death for the beginning of the answer. The real one comes a
 * connection and a round trip later: on one computer 5 ms, seldom down to 1. Of what is sent once, either the headers are
 * there in the same millisecond or the next, or all of the answer is.
 */
const ANSWERING = { usual: 1, strange: 4 };

const byEnd = ({ responseStart, responseEnd }: RequestTiming, answeredAt: number): Repeat =>
  graded(Math.min(responseEnd, answeredAt) - responseStart, ANSWERING);

/** Over HTTP/2 and HTTP/3 Firefox shows nothing of a repeat. It marks such replies with headers of its own. */
const isHidden = (headers: Observed['headers']): boolean =>
  'x-firefox-spdy' in headers || 'x-firefox-http3' in headers;
