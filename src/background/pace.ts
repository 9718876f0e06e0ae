/** Keeping to Notion's limits before it has to say so, for each connection. */
import type { Clock } from '../ports.ts';

/** "Request limits": 180 requests a minute for a connection on most plans, which may be sent as one burst. */
const WINDOW = 60_000;
const REQUESTS = 180;

export type Pace = ReturnType<typeof createPace>;

/** A cache: a background that begins anew knows only of the waits it is told of, and learns the rest from Notion. */
export function createPace(clock: Clock) {
  /** When the last requests were sent, oldest first. */
  const sent = new Map<string, number[]>();
  const held = new Map<string, number>();

  return {
    /** A request is about to go out. */
    count(botId: string): void {
      const times = sent.get(botId) ?? [];
      sent.set(botId, [...times.slice(1 - REQUESTS), clock()]);
    },

    /** Notion has asked to be left alone until then. */
    hold(botId: string, until: number): void {
      held.set(botId, Math.max(until, held.get(botId) ?? 0));
    },

    /** When the next request may go out, in milliseconds since the epoch. */
    readyAt(botId: string): number {
      const times = sent.get(botId) ?? [];
      const oldest = times.length < REQUESTS ? 0 : (times[0] ?? 0) + WINDOW;
      // After the clock was set back no wait is longer than it can have been.
      const full = oldest > clock() + WINDOW ? 0 : oldest;
      return Math.max(full, held.get(botId) ?? 0);
    },
  };
}
