import browser from 'webextension-polyfill';
import type { HttpReply } from '../core/http.ts';
import type { Http } from '../ports.ts';
import { mayReach } from './access.ts';
import { type Engine, repeatOf } from './repeat.ts';
import { timeRequest } from './request-timing.ts';

/** Only Firefox tells what it is in this way. */
const engine = (): Engine => ('getBrowserInfo' in browser.runtime ? 'gecko' : 'blink');

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
    return {
      kind: 'reply',
      status: reply.status,
      headers,
      body,
      // What only reads can be done twice.
      repeat:
        request.method === 'GET'
          ? 'no'
          : repeatOf({ engine: engine(), timing: await timed.timing(), answeredAt, headers }),
    };
  } catch {
    return { kind: 'no-reply', reason: await reason(abort.signal.aborted, request.url) };
  } finally {
    clearTimeout(timer);
    timed.forget();
  }
};

async function reason(timedOut: boolean, url: string): Promise<(HttpReply & { kind: 'no-reply' })['reason']> {
  if (timedOut) return 'timeout';
  return (await mayReach(url)) ? 'network' : 'not-permitted';
}
