import browser from 'webextension-polyfill';
import type { HttpReply } from '../core/http.ts';
import type { Http } from '../ports.ts';
import { mayReach } from './access.ts';
import { createHandshakes } from './handshakes.ts';
import { type Engine, handshakeOf, type RequestTiming, repeatOf } from './repeat.ts';
import { type TimedRequest, timeRequest } from './request-timing.ts';
import { sessionStore } from './storage.ts';

/** Only Firefox tells what it is in this way. */
const engine = (): Engine => ('getBrowserInfo' in browser.runtime ? 'gecko' : 'blink');

const handshakes = createHandshakes(sessionStore);

/** The times of a request that has been answered; how near its host is is learned from every one. */
async function timesOf(timed: TimedRequest, origin: string): Promise<RequestTiming | undefined> {
  const timing = await timed.timing();
  const handshake = timing && handshakeOf(timing);
  if (handshake !== undefined) handshakes.note(origin, handshake);
  timed.forget();
  return timing;
}

/**
 * Sends with `fetch`, without cookies and without following redirects: no address that is talked to here ever
 * redirects, and a token must not travel to another host.
 */
export const http: Http = async (request) => {
  if (!navigator.onLine) return { kind: 'no-reply', reason: 'offline' };
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), request.timeout);
  const timed = timeRequest(request.url);
  try {
    const reply = await fetch(timed.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: abort.signal,
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const answeredAt = performance.now();
    const headers = Object.fromEntries(reply.headers);
    const body = await reply.text();
    const { origin } = new URL(request.url);
    const times = timesOf(timed, origin);
    const answer = { kind: 'reply', status: reply.status, headers, body } as const;
    // What only reads can be done twice.
    if (request.method === 'GET') return { ...answer, repeat: 'no' };
    const [timing, handshake] = [await times, await handshakes.least(origin)];
    return { ...answer, repeat: repeatOf({ engine: engine(), timing, answeredAt, headers, handshake }) };
  } catch {
    timed.forget();
    return { kind: 'no-reply', reason: await reason(abort.signal.aborted, request.url) };
  } finally {
    clearTimeout(timer);
  }
};

async function reason(timedOut: boolean, url: string): Promise<(HttpReply & { kind: 'no-reply' })['reason']> {
  if (timedOut) return 'timeout';
  return (await mayReach(url)) ? 'network' : 'not-permitted';
}
