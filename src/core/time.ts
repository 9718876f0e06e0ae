/** Times by a clock that may be set: no wait is longer than it can have been. All in milliseconds. */

/** Less than `span` ago; not when the clock has been set back since. */
export const within = (at: number | null, span: number, now: number): boolean =>
  at !== null && at <= now && now - at < span;

/** A wait: since when, and until when. */
export type Wait = { from: number; until: number };

/** The same wait by the clock of now: where that was set back since, the wait begins anew. */
export const waitBy = ({ from, until }: Wait, now: number): Wait =>
  now >= from ? { from, until } : { from: now, until: now + Math.max(0, until - from) };

/** When a wait of at most `longest` ends, which is now where its end lies further ahead than that. */
export const endOfWait = (until: number, longest: number, now: number): number =>
  until - now > longest ? now : until;
