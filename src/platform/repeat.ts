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
  /** Of the connection made for this request, like the three below; not after `fetchStart` when it went out on one that was there. */
  domainLookupStart: number;
  connectStart: number;
  /** Zero when it is not encrypted. */
  secureConnectionStart: number;
  connectEnd: number;
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
  /** The least `handshakeOf` of the last connections to this host; left out when none is known. */
  handshake?: number | undefined;
}

/**
 * How long it took until the host, or the proxy before it, had answered for the first time, in milliseconds; undefined when
 * no connection was made for this request. A connection that was begun for another request looks shorter than it was.
 */
export function handshakeOf({
  fetchStart,
  connectStart,
  secureConnectionStart,
  connectEnd,
}: RequestTiming): number | undefined {
  if (connectEnd <= fetchStart) return undefined;
  return (secureConnectionStart > connectStart ? secureConnectionStart : connectEnd) - connectStart;
}

export function repeatOf({ engine, timing, answeredAt, headers, handshake = 0 }: Observed): Repeat {
  // Another origin's times may be withheld, and are 0 then.
  if (!timing || timing.requestStart === 0 || timing.responseStart === 0) return 'untold';
  if (engine === 'blink') return byBeginning(timing, handshake);
  return isHidden(headers) ? 'untold' : byEnd(timing, answeredAt);
}

/** Milliseconds: what took less than `usual` is as ever; what took `strange` or more is not to be explained otherwise. */
interface Grades {
  usual: number;
  strange: number;
}

const graded = (took: number, { usual, strange }: Grades): Repeat =>
  took < usual ? 'no' : took < strange ? 'untold' : 'suspected';

/**
 * Chromium gives the times of the last attempt, but for `fetchStart`; a repeat has the life of the first attempt before.
 * Mostly it has a connection of its own, as the one before is dead: then the time until that is begun tells. It is 1.1 ms or
 * more on one computer, also when the first attempt ended as soon as it had come; of what is sent once it is less.
 */
const CONNECTING: Grades = { usual: 1.1, strange: 2.5 };
/**
 * On a connection that was there it is sent again only where a stream was refused, or where another connection to an HTTP/1.1
 * host was idle. It is on its way after 1.1 ms or more, and 2.5 with a first attempt of 1 ms. What is sent once mostly is sooner,
 * and seldom later than 6: a toast is drawn at the same time, and a busy computer is late as well.
 */
const SENDING: Grades = { usual: 1.1, strange: 6 };

/**
 * Over a network a first attempt lives longer: whoever ends it has to have heard of it, so it takes the way there and back,
 * as long as a handshake. Half of that is well below, and above what a computer is late by that draws a toast meanwhile.
 * Milliseconds; never more than this, as a proxy that passes a connection on may be nearer than its handshake tells.
 */
const LONGEST_LATE = 12;

function byBeginning(
  { fetchStart, domainLookupStart, requestStart }: RequestTiming,
  handshake: number,
): Repeat {
  const late = Math.min(handshake / 2, LONGEST_LATE);
  const over = ({ usual, strange }: Grades) => ({
    usual: Math.max(usual, late),
    strange: Math.max(strange, late),
  });
  return domainLookupStart > fetchStart
    ? graded(domainLookupStart - fetchStart, over(CONNECTING))
    : graded(requestStart - fetchStart, over(SENDING));
}

/**
 * Firefox keeps the times of the first attempt and takes its death for the beginning of the answer. The real one comes a
 * connection and a round trip later: on one computer 5 ms, seldom down to 1. Of what is sent once, either the headers are
 * there in the same millisecond or the next, or all of the answer is.
 */
const ANSWERING: Grades = { usual: 1, strange: 4 };

const byEnd = ({ responseStart, responseEnd }: RequestTiming, answeredAt: number): Repeat =>
  graded(Math.min(responseEnd, answeredAt) - responseStart, ANSWERING);

/** Over HTTP/2 and HTTP/3 Firefox shows nothing of a repeat. It marks such replies with headers of its own. */
const isHidden = (headers: Observed['headers']): boolean =>
  'x-firefox-spdy' in headers || 'x-firefox-http3' in headers;
