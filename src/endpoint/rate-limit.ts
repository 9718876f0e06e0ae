/** How often one client may ask. Counted in this process's memory, or by Cloudflare's rate-limit binding. */
import type { Context, MiddlewareHandler } from 'hono';
import { rateLimiter, type Store } from 'hono-rate-limiter';
import { type Refusal, refuse } from './answer.ts';
import type { EndpointEnv } from './app.ts';
import { clientKey } from './client-address.ts';

const WINDOW_SECONDS = 60;
/** Clients remembered at once: about 1 MB. Past that the longest-known is forgotten, so memory is bounded. */
const MAX_CLIENTS = 10_000;

/** Cloudflare's binding: https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/ */
export interface RateLimitBinding {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/**
 * Counts in memory, in fixed windows that begin with a client's first request. `hono-rate-limiter`'s own store would
 * remember any number of clients within a window and read a clock of its own.
 */
export function boundedStore(now: () => number, maxClients = MAX_CLIENTS): Store<EndpointEnv> {
  const clients = new Map<string, { totalHits: number; resetTime: Date }>();
  return {
    increment(key) {
      const time = now();
      let client = clients.get(key);
      if (client === undefined || client.resetTime.getTime() <= time) {
        // Deleted first, so that the map stays in the order in which windows began.
        clients.delete(key);
        if (clients.size >= maxClients) {
          for (const oldest of clients.keys()) {
            clients.delete(oldest);
            break;
          }
        }
        client = { totalHits: 0, resetTime: new Date(time + WINDOW_SECONDS * 1000) };
        clients.set(key, client);
      }
      client.totalHits += 1;
      return client;
    },
    decrement(key) {
      const client = clients.get(key);
      if (client !== undefined) client.totalHits -= 1;
    },
    resetKey(key) {
      clients.delete(key);
    },
  };
}

const tooMany = (c: Context<EndpointEnv>, retryAfter: number): Response => {
  const refusal: Refusal = {
    status: 429,
    error: 'temporarily_unavailable',
    description: 'Too many requests from this address.',
    retryAfter,
  };
  c.set('refusal', refusal);
  return refuse(c.get('requestId'), refusal);
};

/** Limits each client to `perMinute` requests, counted in memory. */
export function limitInMemory(perMinute: number, now: () => number): MiddlewareHandler<EndpointEnv> {
  const store = boundedStore(now);
  return rateLimiter<EndpointEnv>({
    windowMs: WINDOW_SECONDS * 1000,
    limit: perMinute,
    standardHeaders: false,
    keyGenerator: (c) => clientKey(c.env.address),
    store,
    handler: (c) => {
      const reset = c.get('rateLimit')?.resetTime?.getTime() ?? now();
      return tooMany(c, Math.max(1, Math.ceil((reset - now()) / 1000)));
    },
  });
}

/** Limits each client by Cloudflare's binding, whose limit is set where it is declared. */
export function limitByBinding(binding: RateLimitBinding): MiddlewareHandler<EndpointEnv> {
  return rateLimiter<EndpointEnv>({
    binding,
    keyGenerator: (c) => clientKey(c.env.address),
    handler: (c) => tooMany(c, WINDOW_SECONDS),
  });
}
