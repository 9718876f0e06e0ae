/** A save as it is stored: one record each. What may become of it is in `save.ts`. */

import * as z from 'zod/mini';
import { Capture } from '../capture/capture.ts';
import { Row } from '../database/row.ts';
import { Failure } from '../failure.ts';
import type { WholeSave } from './whole-save.ts';

export const Seek = z.enum(['leave', 'add']);
export type Seek = z.infer<typeof Seek>;

export const SaveState = z.enum(['kept', 'sending', 'checking', 'in-notion', 'needs-you', 'undone']);
/** What the user wants in the end: Undo turns `row` into `nothing`. */
export const Wanted = z.enum(['row', 'nothing']);

export type Save = WholeSave;

/**
 * A save as a page of the extension reads it: what is shown of it is checked, all else comes along as it is. The background,
 * which works by it and alone writes it, checks all: `WholeSave`.
 */
export const Save = z.looseObject({
  version: z.literal(1),
  id: z.string(),
  capture: Capture,
  destinationId: z.string(),
  state: SaveState,
  wanted: Wanted,
  row: z.nullable(Row),
  failure: z.nullable(Failure),
}) as unknown as z.ZodMiniType<Save>;

/** Whether everything the user asked for is done; what the browser may have made twice apart. */
export const isArrived = (save: Save): boolean =>
  save.state === 'undone' ||
  (save.state === 'in-notion' &&
    save.wanted === 'row' &&
    save.written === undefined &&
    save.content === undefined);

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
  /** Saves that this version of Rowmark cannot read. They stay as they are, and are counted nowhere else. */
  unread: z.optional(Few),
});
export type OutboxSummary = z.infer<typeof OutboxSummary>;

const none = { count: 0, ids: [] };
export const emptyOutbox: OutboxSummary = { waiting: none, needsYou: none, recent: [] };
