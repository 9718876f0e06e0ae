/** How often one client may ask. Counted in this process's memory, or by Cloudflare's rate-limit binding. */
import type { Context, MiddlewareHandler } from 'hono';
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

/** A client's requests in its window, and when that ends, in milliseconds since the epoch. */
export interface Window {
  totalHits: number;
  readonly resetTime: number;
}

/** Counts in memory, in fixed windows that begin with a client's first request. */
export function boundedStore(
  now: () => number,
  maxClients = MAX_CLIENTS,
): { increment(key: string): Readonly<Window> } {
  const clients = new Map<string, Window>();
  return {
    increment(key) {
      const time = now();
      let client = clients.get(key);
      if (client === undefined || client.resetTime <= time) {
        // Deleted first, so that the map stays in the order in which windows began.
        clients.delete(key);
        if (clients.size >= maxClients) {
          for (const oldest of clients.keys()) {
            clients.delete(oldest);
            break;
          }
        }
        client = { totalHits: 0, resetTime: time + WINDOW_SECONDS * 1000 };
        clients.set(key, client);
      }
      client.totalHits += 1;
      return client;
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
  return async (c, next) => {
    const { totalHits, resetTime } = store.increment(clientKey(c.env.address));
    if (totalHits <= perMinute) return next();
    return tooMany(c, Math.max(1, Math.ceil((resetTime - now()) / 1000)));
  };
}

/** Limits each client by Cloudflare's binding, whose limit is set where it is declared. */
export function limitByBinding(binding: RateLimitBinding): MiddlewareHandler<EndpointEnv> {
  return async (c, next) => {
    const { success } = await binding.limit({ key: clientKey(c.env.address) });
    return success ? next() : tooMany(c, WINDOW_SECONDS);
  };
}
