import type { HttpReply } from '../core/http.ts';
import type { Http } from '../ports.ts';
import { mayReach } from './access.ts';

/**
 * Sends with `fetch`, without cookies and without following redirects: no address that is talked to here ever
 * redirects, and a token must not travel to another host.
 */
export const http: Http = async (request) => {
  if (!navigator.onLine) return { kind: 'no-reply', reason: 'offline' };
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), request.timeout);
  try {
    const reply = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: abort.signal,
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const headers = Object.fromEntries(reply.headers);
    return { kind: 'reply', status: reply.status, headers, body: await reply.text(), mayBeRepeat: false };
  } catch {
    return { kind: 'no-reply', reason: await reason(abort.signal.aborted, request.url) };
  } finally {
    clearTimeout(timer);
  }
};

async function reason(timedOut: boolean, url: string): Promise<(HttpReply & { kind: 'no-reply' })['reason']> {
  if (timedOut) return 'timeout';
  return (await mayReach(url)) ? 'network' : 'not-permitted';
}
