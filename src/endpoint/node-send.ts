/** Sending by Node's own HTTP client, which needs a fifth of the processor time of its `fetch`. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isRedirect, MAX_REPLY_BYTES, type NotionReply, type Send } from './send.ts';

/**
 * Connections are kept for the next request, but given up before the other end is likely to do so: a request on a
 * connection that is just being closed fails, and cannot be repeated.
 */
const KEPT = { keepAlive: true, timeout: 4_000 } as const;
const httpAgent = new HttpAgent(KEPT);
const httpsAgent = new HttpsAgent(KEPT);

export const sendByNode: Send = ({ url, headers, body }, milliseconds, clock) =>
  new Promise((resolve) => {
    const isHttps = url.startsWith('https:');
    const options = {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      agent: isHttps ? httpsAgent : httpAgent,
    };
    const request = (isHttps ? httpsRequest : httpRequest)(url, options);
    const callOff = clock.after(milliseconds, () => end({ kind: 'failed', why: 'timed_out' }));
    const end = (reply: NotionReply): void => {
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
      // After the end this says nothing new: a promise is settled once.
      response.on('close', () => end({ kind: 'failed', why: 'unreachable' }));
    });
    request.end(body);
  });
