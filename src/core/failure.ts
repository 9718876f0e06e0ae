/**
 * The closed list of what can go wrong, as values. Exceptions are for bugs; everything a user can meet is here,
 * with what it means for a waiting save, the words for it and the one thing that helps.
 */
import * as z from 'zod/mini';
import { lenient } from './lenient.ts';
import type { MessageKey } from './text.ts';

/**
 * What a failure means for the save that met it:
 * - `later`: passes by itself; the save waits and is tried again;
 * - `user`: only the user can help; the save waits for them;
 * - `never`: trying the same again cannot help.
 */
export type Hope = 'later' | 'user' | 'never';

/** The button offered with a failure. What each does is decided where it is shown. */
export type Remedy =
  | 'connect'
  | 'reconnect'
  | 'choose-database'
  | 'share'
  | 'try-again'
  | 'grant-access'
  | 'open-settings'
  | 'none';

type Meaning = { hope: Hope; title: MessageKey; body: MessageKey; remedy: Remedy };

const meaning = (hope: Hope, remedy: Remedy, name: string): Meaning => ({
  hope,
  remedy,
  title: `failure_${name}_title` as MessageKey,
  body: `failure_${name}_body` as MessageKey,
});

/** Every failure code with its meaning. Message keys are `failure_<code with underscores>_title` and `_body`. */
export const FAILURES = {
  // The way to Notion
  'not-connected': meaning('user', 'connect', 'not_connected'),
  /** The token was refused and could not be renewed, or the user revoked it in Notion. */
  'reconnect-needed': meaning('user', 'reconnect', 'reconnect_needed'),
  'no-destination': meaning('user', 'choose-database', 'no_destination'),
  /** 404: never shared, no longer shared, or deleted; Notion does not tell these apart. */
  'not-shared': meaning('user', 'share', 'not_shared'),
  /** 403 `restricted_resource`: the connection lacks a capability such as inserting content. */
  'capability-missing': meaning('user', 'open-settings', 'capability_missing'),
  /** 403 with `additional_data.block_limit`: a free workspace has used up its blocks. */
  'block-limit': meaning('user', 'choose-database', 'block_limit'),
  /** 403 without Notion's error form: a firewall or the network's edge answered in Notion's place. */
  'network-blocked': meaning('later', 'try-again', 'network_blocked'),
  /** Firefox lets users take back the access to Notion's address at any time. */
  'access-not-granted': meaning('user', 'grant-access', 'access_not_granted'),
  'rate-limited': meaning('later', 'try-again', 'rate_limited'),
  /** 429 with `public_api_request_blocked`: Notion asks not to try again. */
  'request-blocked': meaning('user', 'try-again', 'request_blocked'),
  'notion-down': meaning('later', 'try-again', 'notion_down'),
  offline: meaning('later', 'try-again', 'offline'),
  unreachable: meaning('later', 'try-again', 'unreachable'),
  'timed-out': meaning('later', 'try-again', 'timed_out'),
  conflict: meaning('later', 'try-again', 'conflict'),
  /** 400: Notion refuses a value even after the schema was read anew. */
  'values-refused': meaning('user', 'choose-database', 'values_refused'),
  /** A reply that is not in Notion's form. */
  'reply-unreadable': meaning('later', 'try-again', 'reply_unreadable'),
  // Signing in
  'sign-in-cancelled': meaning('never', 'connect', 'sign_in_cancelled'),
  'sign-in-denied': meaning('never', 'connect', 'sign_in_denied'),
  /** The answer does not belong to a sign-in that this browser began, or came too late. */
  'sign-in-mismatch': meaning('never', 'connect', 'sign_in_mismatch'),
  'sign-in-refused': meaning('never', 'connect', 'sign_in_refused'),
  'sign-in-window': meaning('never', 'connect', 'sign_in_window'),
  'endpoint-unavailable': meaning('later', 'try-again', 'endpoint_unavailable'),
  'endpoint-misconfigured': meaning('never', 'none', 'endpoint_misconfigured'),
  // What the user gave us
  'page-not-savable': meaning('never', 'none', 'page_not_savable'),
  'address-missing': meaning('never', 'none', 'address_missing'),
  'link-not-understood': meaning('never', 'none', 'link_not_understood'),
  'no-parent-page': meaning('never', 'none', 'no_parent_page'),
  // This device
  'storage-full': meaning('user', 'open-settings', 'storage_full'),
  'storage-failed': meaning('user', 'try-again', 'storage_failed'),
  unexpected: meaning('later', 'try-again', 'unexpected'),
} satisfies Record<string, Meaning>;

export type FailureCode = keyof typeof FAILURES;

const codes = Object.keys(FAILURES) as FailureCode[];

/** A failure as it is stored and sent between contexts. Never holds a token, an address or what the user typed. */
export const Failure = z.object({
  code: lenient(z.enum(codes), 'unexpected'),
  /** Notion's or the endpoint's own words, for the report; shown small, never alone. */
  detail: z.optional(z.string()),
  /** Seconds to wait that the server named (`Retry-After`). */
  retryAfter: z.optional(z.number()),
  /** Notion's `request_id`, which its support asks for. */
  requestId: z.optional(z.string()),
});
export type Failure = z.infer<typeof Failure>;

/** A failure of that code with whatever else is known. */
export const failure = (code: FailureCode, more: Omit<Failure, 'code'> = {}): Failure => ({ code, ...more });

/** What a failure means; see {@link FAILURES}. */
export const meaningOf = (f: Failure): Meaning => FAILURES[f.code];

/** Success or failure of something that can fail in ways a user can meet. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (code: FailureCode, more: Omit<Failure, 'code'> = {}): Result<never> => ({
  ok: false,
  failure: failure(code, more),
});
