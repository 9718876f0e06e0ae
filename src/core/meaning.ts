/**
 * The closed list of what can go wrong: everything that a user can meet, with what it means for a waiting save, the words
 * for it and the one thing that helps.
 */
import type { Failure } from './failure.ts';
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
  | 'edit'
  | 'restore-row'
  | 'save-anew'
  | 'none';

/** `also`: what helps as well, if the first is not what the user wants. */
type Meaning = { hope: Hope; title: MessageKey; body: MessageKey; remedy: Remedy; also: Remedy | null };

/** Every failure code, with what it means and what helps. */
export const FAILURES = {
  // The way to Notion
  'not-connected': ['user', 'connect'],
  /** The token was refused and could not be renewed, or the user revoked it in Notion. */
  'reconnect-needed': ['user', 'reconnect'],
  'no-destination': ['user', 'choose-database'],
  /** 404 of the database: never shared, no longer shared, or deleted; Notion does not tell these apart. */
  'not-shared': ['user', 'share', 'choose-database'],
  'database-in-trash': ['user', 'choose-database', 'share'],
  /** Nothing is known of it here, or its workspace is not connected, while others are. */
  'database-unknown': ['user', 'choose-database', 'open-settings'],
  /** The row that is to be changed is in Notion's trash, where nothing can be changed. */
  'row-in-trash': ['user', 'restore-row', 'save-anew'],
  /** The database is there, but its row is not in it: deleted for good, moved, or shared no longer. */
  'row-gone': ['user', 'save-anew'],
  /** 403 `restricted_resource`: the connection lacks a capability such as inserting content. */
  'capability-missing': ['user', 'open-settings'],
  /** 403 with `additional_data.block_limit`: a free workspace has used up its blocks. */
  'block-limit': ['user', 'choose-database'],
  /** 403 without Notion's error form: a firewall or the network's edge answered in Notion's place. */
  'network-blocked': ['later', 'try-again'],
  /** Firefox lets users take back the access to Notion's address at any time. */
  'access-not-granted': ['user', 'grant-access'],
  'rate-limited': ['later', 'try-again'],
  /** 429 with `public_api_request_blocked`: Notion asks not to try again. */
  'request-blocked': ['user', 'try-again'],
  'notion-down': ['later', 'try-again'],
  offline: ['later', 'try-again'],
  unreachable: ['later', 'try-again'],
  'timed-out': ['later', 'try-again'],
  conflict: ['later', 'try-again'],
  /** Notion refuses a value even after the schema was read anew, while database and row are there. */
  'values-refused': ['user', 'edit', 'choose-database'],
  /** Notion refuses a request that carries nothing of the user's, while database and row are there. */
  'request-refused': ['user', 'try-again'],
  /** A reply that is not in Notion's form. */
  'reply-unreadable': ['later', 'try-again'],
  // Signing in
  'sign-in-cancelled': ['never', 'connect'],
  'sign-in-denied': ['never', 'connect'],
  /** The answer does not belong to a sign-in that this browser began, or came too late. */
  'sign-in-mismatch': ['never', 'connect'],
  'sign-in-refused': ['never', 'connect'],
  'sign-in-window': ['never', 'connect'],
  /** A pasted token that Notion does not take: mistyped, expired or revoked. */
  'token-refused': ['never', 'none'],
  'endpoint-unavailable': ['later', 'try-again'],
  'endpoint-misconfigured': ['never', 'none'],
  // What the user gave us
  'page-not-savable': ['never', 'none'],
  /** Nothing of what was wanted was found on the page. */
  'no-article': ['never', 'none'],
  'address-missing': ['never', 'none'],
  'link-not-understood': ['never', 'none'],
  'no-parent-page': ['never', 'none'],
  /** The user has taken it out of the outbox to change it. */
  'being-edited': ['user', 'try-again'],
  // This device
  'storage-full': ['user', 'open-settings'],
  'storage-failed': ['user', 'try-again'],
  /** A later version of Rowmark has stored what would have to be changed. */
  'stored-newer': ['user', 'none'],
  /** What would have to be changed could not be brought to the form of this version. */
  'stored-stuck': ['user', 'none'],
  unexpected: ['later', 'try-again'],
} as const satisfies Record<string, readonly [Hope, Remedy, Remedy?]>;

/** What a failure means. Its messages are `failure_<code with underscores>_title` and `_body`. */
export function meaningOf({ code }: Failure): Meaning {
  const known = code in FAILURES ? code : 'unexpected';
  const [hope, remedy, also]: readonly [Hope, Remedy, Remedy?] = FAILURES[known];
  const key = `failure_${known.replaceAll('-', '_')}`;
  return {
    hope,
    remedy,
    also: also ?? null,
    title: `${key}_title` as MessageKey,
    body: `${key}_body` as MessageKey,
  };
}

/** Whether the row cannot be changed where it is, or is nowhere. */
export const isRowLost = ({ code }: Failure): boolean => code === 'row-in-trash' || code === 'row-gone';

/** Failures that may be over when something else has happened: it is what they wait for. */
export const HEALED_BY = {
  /** A new or renewed connection. */
  connecting: [
    'not-connected',
    'reconnect-needed',
    'not-shared',
    'database-in-trash',
    'database-unknown',
    'capability-missing',
  ],
  /** The databases are listed anew. */
  sharing: ['not-shared', 'database-in-trash', 'database-unknown'],
  /** The browser is online again. */
  network: ['offline', 'unreachable', 'timed-out', 'network-blocked', 'endpoint-unavailable'],
} as const satisfies Record<string, readonly (keyof typeof FAILURES)[]>;

export const isHealedBy = (what: keyof typeof HEALED_BY, { code }: Failure): boolean =>
  (HEALED_BY[what] as readonly string[]).includes(code);

/** Whether asking again later may be answered: then nothing is decided before. */
export const mayPass = (why: Failure): boolean =>
  meaningOf(why).hope === 'later' || why.code === 'reconnect-needed';
