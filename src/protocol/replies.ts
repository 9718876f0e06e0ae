/** What the background answers to each message, and reading it. The popup loads this after its first frame. */

import * as z from 'zod/mini';
import { Capture } from '../core/capture/capture.ts';
import type { PageContent } from '../core/content/page-content.ts';
import type { PreviewLine } from '../core/content/preview.ts';
import { Row } from '../core/database/row.ts';
import { Failure, failed } from '../core/failure.ts';
import { Entry, Job } from '../core/library/job.ts';
import { SavedRow } from '../core/saved-rows/record.ts';

import type { MessageType, ReplyOf } from './messages.ts';

/** Somebody or something in Notion. */
const Named = z.object({ id: z.string(), name: z.string() });
export type Named = z.infer<typeof Named>;

/** What was found; `isWhole`: there is no more of it in Notion. */
const Listed = z.object({ found: z.array(Named), isWhole: z.boolean() });
export type Listed = z.infer<typeof Listed>;

/** An article was saved into its page, as far as this device remembers. */
const hasArticle = z.optional(z.boolean());

/**
 * What is known of a page that is saved already: a save of this device, which may still be waiting; a row with what it
 * holds; or that there is a row, made at that time, of which Notion is still to say what it holds.
 */
const Saved = z.union([
  z.object({ kind: z.literal('save'), saveId: z.string() }),
  z.object({ kind: z.literal('row'), row: Row, held: Capture, hasArticle }),
  z.object({ kind: z.literal('known'), row: Row, at: z.number(), hasArticle }),
]);
export type Saved = z.infer<typeof Saved>;

/** What is shown of it is checked; all else goes back to the background as it came, which checks it then. */
const ShownContent = z.looseObject({
  kind: z.string(),
  counts: z.looseObject({}),
  left: z.looseObject({}),
}) as unknown as z.ZodMiniType<PageContent>;
const ShownLine = z.looseObject({
  kind: z.string(),
  words: z.string(),
}) as unknown as z.ZodMiniType<PreviewLine>;

const nothing = z.null();
const save = z.object({ saveId: z.string() });
const connection = z.object({ botId: z.string() });
const destination = z.object({ destinationId: z.string() });

/** By the type of the message: what comes when all went well. */
export const REPLY_VALUES = {
  keep: save,
  'change-row': save,
  'read-content': z.nullable(ShownContent),
  'preview-content': z.array(ShownLine),
  'add-content': save,
  'find-saved': z.nullable(Saved),
  'are-saved': z.array(z.boolean()),
  'prepare-import': nothing,
  'begin-import': nothing,
  'store-entries': nothing,
  'turn-import': nothing,
  'read-imports': z.array(Job),
  'read-entries': z.array(Entry),
  'mend-entries': nothing,
  'forget-import': nothing,
  /** How many tabs were closed. */
  'save-tabs': z.object({ closed: z.number() }),
  /** How many were opened again. */
  'undo-tabs': z.object({ opened: z.number() }),
  amend: save,
  hold: nothing,
  release: nothing,
  undo: nothing,
  'remove-double': nothing,
  'keep-double': nothing,
  'try-now': nothing,
  'restore-row': nothing,
  'save-anew': save,
  'came-online': nothing,
  'start-sign-in': z.object({ authorizeUrl: z.string() }),
  'finish-sign-in': connection,
  'connect-token': connection,
  /** `revoked` is false when Notion could not be told; the tokens are forgotten here all the same. */
  disconnect: z.object({ revoked: z.boolean() }),
  'refresh-catalog': nothing,
  'find-databases': z.object({ isWhole: z.boolean() }),
  'choose-destination': nothing,
  'create-database': destination,
  'open-link': destination,
  'set-form': nothing,
  'set-presets': nothing,
  'set-index': nothing,
  'set-mark-saved': nothing,
  'set-proposes-tags': nothing,
  'erase-index': nothing,
  /** Null where the browser does not say. */
  'index-bytes': z.nullable(z.number()),
  /** `last`: after which to go on; null: there are no more. */
  'read-rows': z.object({ rows: z.array(SavedRow), last: z.nullable(z.string()) }),
  'add-url-property': nothing,
  'list-people': Listed,
  'search-related': Listed,
  'name-page': z.nullable(z.string()),
  'forget-tag-usage': nothing,
  'freshen-destination': nothing,
} as const satisfies Record<MessageType, z.ZodMiniType>;

/**
 * Reads an answer. One that is none to that message, such as that of another version of Rowmark, is a failure: nobody works
 * with a value that is not there, and nothing is told to have been done that may not have been.
 */
export function readReply<T extends MessageType>(type: T, raw: unknown): ReplyOf<T> {
  const read = z.safeParse(
    z.union([
      z.object({ ok: z.literal(true), value: REPLY_VALUES[type] as z.ZodMiniType }),
      z.object({ ok: z.literal(false), failure: Failure }),
    ]),
    raw,
  );
  return (read.success ? read.data : failed('unexpected', { detail: `no answer to ${type}` })) as ReplyOf<T>;
}
