/** Sending by Node's own HTTP client, which needs a fifth of the processor time of its `fetch`. */
import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isRedirect, MAX_REPLY_BYTES, type NotionReply, type NotionRequest, type Send } from './send.ts';

/**
 * Connections are kept for the next request, but given up before the other end is likely to do so: a request on a
 * connection that is just being closed fails, and cannot be repeated.
 */
const KEPT = { keepAlive: true, timeout: 4_000 } as const;
const httpAgent = new HttpAgent(KEPT);
const httpsAgent = new HttpsAgent(KEPT);

/** All of a request but its body's length. */
interface Prepared {
  /** What it was prepared from. */
  readonly from: NotionRequest['headers'];
  readonly send: typeof httpRequest;
  readonly options: RequestOptions;
  readonly headers: readonly string[];
}

/** By address: there are two, and their headers stay the same. */
const prepared = new Map<string, Prepared>();

function prepare(url: string, from: NotionRequest['headers']): Prepared {
  const ready = prepared.get(url);
  if (ready?.from === from) return ready;
  const { protocol, hostname, port, host, pathname } = new URL(url);
  const isHttps = protocol === 'https:';
  const options = {
    method: 'POST',
    // Without the brackets of an IPv6 address.
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: pathname,
    agent: isHttps ? httpsAgent : httpAgent,
  };
  const headers = ['Host', host, ...Object.entries(from).flat()];
  const made = { from, send: isHttps ? httpsRequest : httpRequest, options, headers };
  prepared.set(url, made);
  return made;
}

export const sendByNode: Send = ({ url, headers, body }, milliseconds, clock) =>
  new Promise((resolve) => {
    const { send, options, headers: fixed } = prepare(url, headers);
    // Headers in a list go out as they are.
    const request = send({ ...options, headers: [...fixed, 'Content-Length', `${Buffer.byteLength(body)}`] });
    const callOff = clock.after(milliseconds, () => end({ kind: 'failed', why: 'timed_out' }));
    let isOver = false;
    const end = (reply: NotionReply): void => {
      // The connection is another request's by then, and must not be ended for what comes after the end.
      if (isOver) return;
      isOver = true;
      callOff();
      resolve(reply);
      if (reply.kind === 'failed') request.destroy();
    };
    request.on('error', () => end({ kind: 'failed', why: 'unreachable' }));
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (isRedirect(status)) return end({ kind: 'failed', why: 'redirected' });
      const retryAfter = response.headers['retry-after'] ?? null;
      let text = '';
      let length = 0;
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        length += Buffer.byteLength(part);
        if (length > MAX_REPLY_BYTES) end({ kind: 'failed', why: 'too_large' });
      });
      response.on('end', () => end({ kind: 'answered', status, text, retryAfter }));
      response.on('close', () => end({ kind: 'failed', why: 'unreachable' }));
    });
    request.end(body);
  });
