/** A client of the Chrome DevTools Protocol over a browser's pipe: https://chromedevtools.github.io/devtools-protocol/ */
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod/mini';

export interface CdpEvent {
  method: string;
  params: Record<string, unknown>;
  sessionId?: string | undefined;
}

export interface Cdp {
  /** @throws Error with the browser's message, also when the browser goes away or is silent for too long */
  send<T = Record<string, unknown>>(method: string, params?: object, sessionId?: string): Promise<T>;
  listen(listener: (event: CdpEvent) => void): void;
}

const Message = z.object({
  id: z.optional(z.number()),
  method: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.unknown())),
  result: z.optional(z.record(z.string(), z.unknown())),
  error: z.optional(z.object({ message: z.string(), data: z.optional(z.unknown()) })),
  sessionId: z.optional(z.string()),
});

/** How long the browser may take over one command, in milliseconds. Pages being audited take the longest. */
const LONGEST_ANSWER = 60_000;

/** Messages are JSON, each ended by a NUL. */
/** What was asked of a page that has gone before it has answered. */
export class PageGone extends Error {}

export function connectCdp(output: Writable, input: Readable): Cdp {
  let count = 0;
  let rest = '';
  const waiting = new Map<
    number,
    {
      resolve(result: never): void;
      reject(error: Error): void;
      method: string;
      sessionId?: string | undefined;
    }
  >();
  const listeners: ((event: CdpEvent) => void)[] = [];

  const leave = (session: unknown): void => {
    for (const [id, { reject, method, sessionId }] of waiting) {
      if (sessionId !== session) continue;
      waiting.delete(id);
      reject(new PageGone(`${method}: the page is gone`));
    }
  };

  const receive = (text: string): void => {
    const { id, method, params = {}, result, error, sessionId } = Message.parse(JSON.parse(text));
    if (id === undefined) {
      // Nobody answers any more what was asked of a page that has gone over it.
      if (method === 'Target.detachedFromTarget') leave(params.sessionId);
      if (method !== undefined) for (const listener of listeners) listener({ method, params, sessionId });
      return;
    }
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(`${asked.method}: ${error.message} ${error.data ?? ''}`.trim()));
    else asked?.resolve(result as never);
  };

  input.setEncoding('utf8');
  input.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) receive(part);
  });
  input.on('close', () => {
    for (const { reject, method } of waiting.values()) reject(new Error(`${method}: the browser is gone`));
    waiting.clear();
  });
  output.on('error', () => undefined);

  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (input.destroyed) return reject(new Error(`${method}: the browser is gone`));
        count += 1;
        const id = count;
        const silence = setTimeout(() => {
          waiting.delete(id);
          reject(new Error(`${method}: no answer in ${LONGEST_ANSWER / 1000} s`));
        }, LONGEST_ANSWER);
        const answered =
          <A extends unknown[]>(settle: (...args: A) => void) =>
          (...args: A) => {
            clearTimeout(silence);
            settle(...args);
          };
        waiting.set(id, { resolve: answered(resolve), reject: answered(reject), method, sessionId });
        output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    listen: (listener) => void listeners.push(listener),
  };
}
