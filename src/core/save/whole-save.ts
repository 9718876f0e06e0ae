/** A save with all that it may hold. What is read of it on a page of the extension is less: `Save` in `record.ts`. */

import * as z from 'zod/mini';
import { Capture } from '../capture/capture.ts';
import { PageContent } from '../content/page-content.ts';
import { Row } from '../database/row.ts';
import { Failure } from '../failure.ts';
import { SaveState, Seek, Wanted } from './record.ts';
import { Repeats } from './repeats.ts';

export const WholeSave = z.object({
  version: z.literal(1),
  id: z.string(),
  capture: Capture,
  /** The data source the row goes to, and the authorization that writes it. */
  destinationId: z.string(),
  botId: z.string(),
  state: SaveState,
  wanted: Wanted,
  /** Tries in a row that did not get further, for backoff. */
  tries: z.number(),
  /** When the first create request of this save was about to go out; the row cannot be older. Null: never sent. */
  sentAt: z.nullable(z.number()),
  /**
   * By Notion's clock, in milliseconds since the epoch: the first look-up since it was sent, which found nothing; or the
   * look-up that found the row.
   */
  lookedAt: z.nullable(z.number()),
  /** Not before this time, in milliseconds since the epoch. */
  dueAt: z.number(),
  /** Until then somebody is at work on it; after that it may be taken up by anybody. 0: nobody. */
  leaseUntil: z.number(),
  /** The row, once known. */
  row: z.nullable(Row),
  /** What the row holds, or holds if it was made, when that is not `capture` as the save was changed since. */
  written: z.optional(Capture),
  /** What the row was told to hold since, the last one last; whether it heard is not known. */
  told: z.optional(z.array(Capture)),
  /** What the row's page is still to get, and how many of these blocks were sent already and may be there. */
  content: z.optional(
    z.object({
      blocks: z.array(z.unknown()),
      sent: z.number(),
      /** How many blocks at the beginning of the page came with the row. */
      before: z.optional(z.number()),
      /** By Notion's clock: the first look since they were sent, which did not find them. */
      lookedAt: z.optional(z.number()),
      /** Where a look that is not at its end goes on, and what it has found so far. */
      seen: z.optional(z.object({ cursor: z.string(), ids: z.array(z.string()) })),
      /** The part of `page` that comes next. One that has begun is ended before blocks that have come since. */
      part: z.optional(z.number()),
      /** What was sent is that part. */
      isPart: z.optional(z.literal(true)),
      /** The block within which the parts go; null: the last one of `blocks`, once it is there. Left out: the page itself. */
      under: z.optional(z.nullable(z.string())),
      /** The block behind which the next one goes; left out: at the end. */
      last: z.optional(z.string()),
    }),
  ),
  /** What of the page itself goes into the row's page. */
  page: z.optional(PageContent),
  /** It is being read, and not waited for longer than until this time. */
  readingUntil: z.optional(z.number()),
  /** It was to go there, and could not be read. */
  isPageUnread: z.optional(z.literal(true)),
  /** How often the next part was made plainer, as Notion does not take it. */
  plainer: z.optional(z.number()),
  /** What a row held that was there before this save: Undo brings it back. */
  adopted: z.optional(Capture),
  /** Ids of the blocks that were added to its page: Undo takes them out of a row that was there before. */
  added: z.optional(z.array(z.string())),
  /** A row of the same page is looked for before one is made: to be left as it is, or to be added to. */
  seek: z.optional(Seek),
  /** There is none, where it goes by now. */
  isUnseen: z.optional(z.literal(true)),
  /** The row is to be taken out of the trash before all else. */
  restoring: z.optional(z.literal(true)),
  /** What a save that seeks began with, when `capture` is what the user has made of it since. */
  begun: z.optional(Capture),
  /** How often it was claimed, or a claim was overtaken by the user: an event of an earlier claim comes too late. */
  claim: z.optional(z.number()),
  repeats: z.optional(Repeats),
  /** What of the capture no property took; it is in the page in words. */
  misfits: z.optional(z.array(z.string())),
  /** Why it is not further; shown with its remedy. */
  failure: z.nullable(Failure),
  /** Last change, for pruning. */
  changedAt: z.number(),
});
export type WholeSave = z.infer<typeof WholeSave>;
