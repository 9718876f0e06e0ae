/** A save as it is stored: one record each. What may become of it is in `save.ts`. */
import * as z from 'zod/mini';
import { Capture } from '../capture/capture.ts';
import { Failure } from '../failure.ts';
import { Repeats } from './repeats.ts';

/** A row in Notion. */
export const Row = z.object({ id: z.string(), url: z.string() });
export type Row = z.infer<typeof Row>;

export const Seek = z.enum(['leave', 'add']);
export type Seek = z.infer<typeof Seek>;

export const Save = z.object({
  version: z.literal(1),
  id: z.string(),
  capture: Capture,
  /** The data source the row goes to, and the authorization that writes it. */
  destinationId: z.string(),
  botId: z.string(),
  state: z.enum(['kept', 'sending', 'checking', 'in-notion', 'needs-you', 'undone']),
  /** What the user wants in the end: Undo turns `row` into `nothing`. */
  wanted: z.enum(['row', 'nothing']),
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
    }),
  ),
  /** What a row held that was there before this save: Undo brings it back. */
  adopted: z.optional(Capture),
  /** Ids of the blocks that were added to its page: Undo takes them out of a row that was there before. */
  added: z.optional(z.array(z.string())),
  /** A row of the same page is looked for before one is made: to be left as it is, or to be added to. */
  seek: z.optional(Seek),
  /** There is none, where it goes by now. */
  isUnseen: z.optional(z.literal(true)),
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
export type Save = z.infer<typeof Save>;

/** Whether everything the user asked for is done; what the browser may have made twice apart. */
export const isArrived = (save: Save): boolean =>
  save.state === 'undone' ||
  (save.state === 'in-notion' &&
    save.wanted === 'row' &&
    save.written === undefined &&
    save.content === undefined);

/** Whether nothing more will happen to a save by itself or by the user's help. */
export const isFinished = ({
  repeats: { row, blocks, doubles = [], surplus = [] } = {},
  ...save
}: Save): boolean => isArrived(save) && !row && !blocks && doubles.length + surplus.length === 0;

/** Whether nobody knows if this save's row exists. */
export const isUnknown = (save: Save): boolean =>
  save.sentAt !== null && save.row === null && save.state !== 'undone';

/** Whether the row of a save certainly does not exist yet, and nobody is about to make it. */
export const isOpen = (save: Save): boolean =>
  (save.state === 'kept' || save.state === 'needs-you') &&
  save.wanted === 'row' &&
  save.sentAt === null &&
  save.row === null;

const Few = z.object({
  count: z.number(),
  /** Of some of them, by which they are listed. */
  ids: z.array(z.string()),
});

/** The short form of all saves, for whoever only wants to know how things stand. Of bounded size. */
export const OutboxSummary = z.object({
  /** On their way; the ids are those of the oldest, oldest first. */
  waiting: Few,
  /** Those that need the user; the ids are those of the latest, oldest first. */
  needsYou: Few,
  /** Ids of those that ended last, in Notion or undone; the latest first. */
  recent: z.array(z.string()),
});
export type OutboxSummary = z.infer<typeof OutboxSummary>;

const none = { count: 0, ids: [] };
export const emptyOutbox: OutboxSummary = { waiting: none, needsYou: none, recent: [] };
