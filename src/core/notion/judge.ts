/** What a reply of Notion's means for the one who asked. */
import * as z from 'zod/mini';
import { type Failure, type FailureCode, failure, ok, type Result } from '../failure.ts';
import { dateOf, type HttpReply, type Repeat, readJson, retryAfterSeconds, secondsIn } from '../http.ts';

/**
 * - `done`: it happened, and this is the reply; `asOf` is Notion's time then, in milliseconds since the epoch, if it said so.
 *   `repeat`: whether the browser may have sent the request twice, and it may have happened twice.
 * - `refused`: it certainly did not happen; but with `mayHaveHappened`, which only requests have that may be repeated, it may
 *   have: at a first sending, or behind somebody who held back the reply.
 * - `unsure`: it may have happened. `committedId` is the page or database that Notion says it made all the same.
 */
export type Verdict<T> =
  | { kind: 'done'; value: T; asOf: number | null; repeat: Repeat }
  | { kind: 'refused'; failure: Failure; mayHaveHappened?: true }
  | { kind: 'unsure'; failure: Failure; committedId: string | null };

/** Notion's error form ("Status codes" in its reference); everything in it may be missing. */
const ErrorBody = z.looseObject({
  object: z.literal('error'),
  code: z.string(),
  message: z.optional(z.string()),
  request_id: z.optional(z.string()),
  additional_data: z.optional(z.record(z.string(), z.unknown())),
});
type ErrorBody = z.infer<typeof ErrorBody>;

/**
 * Judges a reply; one with a good status must have this form.
 * @param adds whether the request adds something each time that it is sent; see `NotionRequest`
 */
export function judge<S extends z.ZodMiniType>(
  reply: HttpReply,
  schema: S,
  adds = false,
): Verdict<z.infer<S>> {
  if (reply.kind === 'no-reply') return noReply(reply.reason);
  const json = readJson(reply.body);
  if (reply.status >= 200 && reply.status < 300) {
    const value = z.safeParse(schema, json);
    // It was accepted, so it may have been done, whatever became of the reply on its way.
    return value.success
      ? { kind: 'done', value: value.data, asOf: dateOf(reply.headers), repeat: adds ? reply.repeat : 'no' }
      : unsure(failure('reply-unreadable'));
  }
  const parsed = z.safeParse(ErrorBody, json);
  const error = parsed.success ? parsed.data : null;
  const why = failure(codeOf(reply.status, error), {
    ...known('detail', error?.message && withoutQuotes(error.message)),
    ...known('requestId', error?.request_id),
    ...known('retryAfter', retryAfterSeconds(reply.headers) ?? namedWait(error)),
  });
  // What answers in the place of Notion may have let the request through and held back the reply.
  const isNotions = error !== null || isOfLoad(reply.status);
  // Where this refusal may be of the second sending, the first may have been done.
  const mayBeSecond =
    reply.repeat === 'suspected' || (reply.repeat === 'untold' && isOfTheMoment(reply.status));
  const mayHaveHappened = mayBeSecond || !isNotions;
  if (isUncertain(reply.status) || (adds && mayHaveHappened)) {
    const committed = error?.additional_data?.committed_resource_id;
    return { kind: 'unsure', failure: why, committedId: typeof committed === 'string' ? committed : null };
  }
  return { kind: 'refused', failure: why, ...(mayHaveHappened ? { mayHaveHappened } : {}) };
}

/** For requests that may simply be made again by the user, "perhaps" is the same as "no". */
export const certain = <T>(verdict: Verdict<T>): Result<T> =>
  verdict.kind === 'done' ? ok(verdict.value) : { ok: false, failure: verdict.failure };

/** A refusal in the reply's own terms is certain; a breakdown behind it is not. 529 is a refusal of the load. */
const isUncertain = (status: number): boolean => status >= 500 && !isOfLoad(status);

/**
 * Refusals that say nothing of the request itself: Notion may take it at one moment and not at the next. What is refused for
 * good was so at the first sending as well.
 */
const isOfTheMoment = (status: number): boolean => status === 409 || isOfLoad(status);

/** Too many requests: whoever counts them passes none on. */
const isOfLoad = (status: number): boolean => status === 429 || status === 529;

const unsure = (why: Failure): Verdict<never> => ({ kind: 'unsure', failure: why, committedId: null });

function noReply(reason: (HttpReply & { kind: 'no-reply' })['reason']): Verdict<never> {
  switch (reason) {
    case 'offline':
      return { kind: 'refused', failure: failure('offline') };
    case 'not-permitted':
      return { kind: 'refused', failure: failure('access-not-granted') };
    case 'network':
      return unsure(failure('unreachable'));
    case 'timeout':
      return unsure(failure('timed-out'));
  }
}

function codeOf(status: number, error: ErrorBody | null): FailureCode {
  if (status >= 500 && status !== 529) return 'notion-down';
  // Without Notion's form, something between here and Notion has answered: a firewall, a captive portal, a proxy.
  if (!error) return isOfLoad(status) ? 'rate-limited' : 'network-blocked';
  switch (status) {
    case 401:
      return 'reconnect-needed';
    case 403:
      return error.additional_data?.block_limit === undefined ? 'capability-missing' : 'block-limit';
    case 404:
      return 'not-shared';
    case 409:
      return 'conflict';
    case 429:
    case 529:
      return error.additional_data?.rate_limit_reason === 'public_api_request_blocked'
        ? 'request-blocked'
        : 'rate-limited';
    default:
      // A fault of Notion's that wears a client's code: https://github.com/makenotion/notion-sdk-js/issues/298
      return /unsaved transactions/i.test(error.message ?? '') ? 'conflict' : 'values-refused';
  }
}

/** `additional_data.retry_after` repeats the header as a string of whole seconds. */
const namedWait = (error: ErrorBody | null): number | undefined =>
  secondsIn(error?.additional_data?.retry_after);

/** Notion's messages quote the values they refuse; those are the user's and do not belong in a report. */
const withoutQuotes = (message: string): string => message.replaceAll(/`[^`]*`|"[^"]*"/g, '…').slice(0, 300);

const known = <K extends string, V>(key: K, value: V | undefined | ''): Partial<Record<K, V>> =>
  value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, V>);
