/** A client of WebDriver BiDi, which Firefox speaks by itself: https://w3c.github.io/webdriver-bidi/ */
import WebSocket from 'ws';
import * as z from 'zod/mini';

export interface Bidi {
  /** @throws Error with the browser's message, also when the browser goes away before it answers */
  send<T = Record<string, unknown>>(method: string, params?: object): Promise<T>;
  close(): void;
}

const Message = z.object({
  id: z.optional(z.nullable(z.number())),
  type: z.string(),
  result: z.optional(z.record(z.string(), z.unknown())),
  error: z.optional(z.string()),
  message: z.optional(z.string()),
});

export async function connectBidi(address: string): Promise<Bidi> {
  const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  let count = 0;
  const waiting = new Map<
    number,
    { resolve(result: never): void; reject(error: Error): void; method: string }
  >();

  socket.on('message', (data) => {
    const { id, type, result, error, message } = Message.parse(JSON.parse(String(data)));
    const asked = id == null ? undefined : waiting.get(id);
    if (id == null || !asked) return;
    waiting.delete(id);
    if (type === 'error') asked.reject(new Error(`${asked.method}: ${error} ${message}`));
    else asked.resolve(result as never);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const { reject, method } of waiting.values()) reject(new Error(`${method}: the browser is gone`));
    waiting.clear();
  });

  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error(`${method}: the browser is gone`));
        count += 1;
        waiting.set(count, { resolve, reject, method });
        socket.send(JSON.stringify({ id: count, method, params }));
      }),
    close: () => socket.terminate(),
  };
}
