import type { Refusal } from './errors.ts';
import { rateLimited } from './faults.ts';
import { type Instant, minute, second } from './time.ts';

export interface RateLimiter {
  /** Counts one request of a bot; refuses when its window is used up. A limit of 0 lets everything pass. */
  count(botId: string, limit: number, now: Instant): Refusal | undefined;
  forget(): void;
}

/** Fixed windows of 60 seconds, beginning with a connection's first request. They may be spent as one burst. */
export function createRateLimiter(): RateLimiter {
  const windows = new Map<string, { start: Instant; count: number }>();
  return {
    count(botId, limit, now) {
      const known = windows.get(botId);
      const current = known && now < known.start + minute ? known : { start: now, count: 0 };
      windows.set(botId, current);
      if (limit > 0 && current.count >= limit) {
        const wait = Math.max(1, Math.ceil((current.start + minute - now) / second));
        return rateLimited(wait, 'public_api_request_rate_limit');
      }
      current.count += 1;
      return undefined;
    },
    forget: () => windows.clear(),
  };
}
