/** Keeping to Notion's limits before it has to say so, for each connection, and to the waits that it names. */
import { type Failure, failure } from '../../core/failure.ts';
import type { Save } from '../../core/save/record.ts';
import { retryDelay } from '../../core/save/retry.ts';
import { type Wait, waitBy } from '../../core/time.ts';
import type { Clock } from '../../ports.ts';

/** "Request limits": 180 requests a minute for a connection on most plans, which may be sent as one burst. */
const WINDOW = 60_000;
const REQUESTS = 180;
/** So many of them are left for what somebody waits for: a save by hand among thousands is two at most. */
const RESERVE = 3;

export type Pace = ReturnType<typeof createPace>;

/** A cache: a background that begins anew knows only of the waits it is told of, and learns the rest from Notion. */
export function createPace(clock: Clock) {
  /** When the last requests were sent, oldest first. */
  const sent = new Map<string, number[]>();
  const held = new Map<string, Wait>();
  /** How often in a row Notion has asked to slow down. */
  const refusals = new Map<string, number>();

  /** Until when Notion has asked to be left alone, in milliseconds since the epoch; null: it has not, or that is over. */
  function heldUntil(botId: string): number | null {
    const before = held.get(botId);
    if (!before) return null;
    const wait = waitBy(before, clock());
    held.set(botId, wait);
    return clock() < wait.until ? wait.until : null;
  }

  /** What is said in Notion's place while it is left alone; null: it may be asked. */
  function refusal(botId: string): Failure | null {
    const until = heldUntil(botId);
    return until === null
      ? null
      : failure('rate-limited', { retryAfter: Math.ceil((until - clock()) / 1000) });
  }

  /** Notion has asked to be left alone. */
  function hold(botId: string, asked: Wait): void {
    const wait = waitBy(asked, clock());
    if (wait.until > (heldUntil(botId) ?? 0)) held.set(botId, wait);
  }

  return {
    heldUntil,
    refusal,

    /** What Notion asks of one save holds for all of its connection. */
    follow({
      failure: why,
      botId,
      changedAt,
      dueAt,
    }: Pick<Save, 'failure' | 'botId' | 'changedAt' | 'dueAt'>): void {
      if (why?.code === 'rate-limited') hold(botId, { from: changedAt, until: dueAt });
    },

    /** A request is about to go out. */
    count(botId: string): void {
      const times = sent.get(botId) ?? [];
      sent.set(botId, [...times.slice(1 - REQUESTS), clock()]);
    },

    /** Notion has answered a request; `retryAfter` is the wait that it named with a refusal for its rate, in seconds. */
    answered(botId: string, isTooFast: boolean, retryAfter: number | undefined): void {
      // Of requests that were out together, one counts.
      const more = heldUntil(botId) === null ? 1 : 0;
      const times = isTooFast ? (refusals.get(botId) ?? 0) + more : 0;
      refusals.set(botId, times);
      const now = clock();
      if (times > 0) hold(botId, { from: now, until: now + retryDelay(times, retryAfter, 0) });
    },

    /**
     * When the next request may go out, in milliseconds since the epoch.
     * @param isWaitedFor by somebody; what is one of many leaves a few requests to that
     */
    readyAt(botId: string, isWaitedFor: boolean): number {
      const times = sent.get(botId) ?? [];
      const limit = isWaitedFor ? REQUESTS : REQUESTS - RESERVE;
      const oldest = times.length < limit ? 0 : (times[times.length - limit] ?? 0) + WINDOW;
      // After the clock was set back no wait is longer than it can have been.
      const full = oldest > clock() + WINDOW ? 0 : oldest;
      return Math.max(full, heldUntil(botId) ?? 0);
    },
  };
}
