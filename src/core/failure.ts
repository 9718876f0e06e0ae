/**
 * What can go wrong, as values: exceptions are for bugs. What each means is in `meaning.ts`.
 */
import * as z from 'zod/mini';
import type { FAILURES } from './meaning.ts';

export type FailureCode = keyof typeof FAILURES;

/** A failure as it is stored and sent between contexts. Never holds a token, an address or what the user typed. */
export const Failure = z.object({
  /** One that this version does not know, `meaningOf` takes for `unexpected`. */
  code: z.string() as unknown as z.ZodMiniType<FailureCode>,
  /** Notion's or the endpoint's own words, for the report; shown small, never alone. */
  detail: z.optional(z.string()),
  /** Seconds to wait that the server named (`Retry-After`). */
  retryAfter: z.optional(z.number()),
  /** Notion's `request_id`, which its support asks for. */
  requestId: z.optional(z.string()),
});
export type Failure = z.infer<typeof Failure>;

/** A failure of that code with whatever else is known. */
export const failure = (code: FailureCode, more: Omit<Failure, 'code'> = {}): Failure => ({ ...more, code });

/** Success or failure of something that can fail in ways a user can meet. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (code: FailureCode, more: Omit<Failure, 'code'> = {}): Result<never> => ({
  ok: false,
  failure: failure(code, more),
});
