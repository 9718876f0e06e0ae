/** The app with the parts that every platform has: a clock, random numbers, a limit counted in memory. */
import type { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono/types';
import { createApp, type EndpointEnv, type LogLine } from './app.ts';
import type { EndpointConfig } from './config.ts';
import { limitInMemory } from './rate-limit.ts';
import type { Clock, Send } from './send.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** @param limit counts requests in memory when left out, as far as the configuration asks for a limit. */
export function assemble(
  config: EndpointConfig,
  send: Send,
  log: (line: LogLine) => void,
  limit?: MiddlewareHandler<EndpointEnv>,
): Hono<EndpointEnv> {
  return createApp({
    config,
    send,
    clock: systemClock,
    log,
    requestId: () => crypto.randomUUID(),
    limit: limit ?? (config.rateLimit > 0 ? limitInMemory(config.rateLimit, systemClock.now) : undefined),
  });
}
