/** A save as it is stored: one record each. What may become of it is in `save.ts`. */
import * as z from 'zod/mini';
import { Capture } from '../capture/capture.ts';
import { Failure } from '../failure.ts';

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
  /** Until then the lack of a row proves nothing: a request may still be at work, or the query lag behind it. */
  settledAt: z.number(),
  /** Not before this time, in milliseconds since the epoch. */
  dueAt: z.number(),
  /** Until then somebody is at work on it; after that it may be taken up by anybody. 0: nobody. */
  leaseUntil: z.number(),
  /** The row, once known. */
  row: z.nullable(z.object({ id: z.string(), url: z.string() })),
  /** Why it is not further; shown with its remedy. */
  failure: z.nullable(Failure),
  /** Last change, for pruning. */
  changedAt: z.number(),
});
export type Save = z.infer<typeof Save>;

/** A row in Notion. */
export type Row = { id: string; url: string };

/** The short form of all unfinished saves, for whoever only wants to know how things stand. */
export const OutboxSummary = z.object({
  /** Saves on their way, by id, oldest first. */
  waiting: z.array(z.string()),
  /** Saves that need the user, by id, oldest first. */
  needsYou: z.array(z.string()),
});
export type OutboxSummary = z.infer<typeof OutboxSummary>;

export const emptyOutbox: OutboxSummary = { waiting: [], needsYou: [] };
