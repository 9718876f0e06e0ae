/**
 * What is still open about a save whose row is in Notion because a browser may send a request twice by itself: whether there
 * is a second row, or a second set of blocks; and what was found.
 */
import * as z from 'zod/mini';
import { Capture } from '../capture/capture.ts';

const Row = z.object({ id: z.string(), url: z.string() });

/** A question that two looks answer, far enough apart by Notion's clock. */
const Look = {
  /** When what is ours was made, by Notion's clock, in milliseconds since the epoch. */
  madeAt: z.number(),
  /** By Notion's clock: the first look; null: nobody has looked yet. */
  lookedAt: z.nullable(z.number()),
  /** The next look is not before this time by the clock of this device. */
  dueAt: z.number(),
};

export const Repeats = z.object({
  /** Whether there is a second row. `sent`: what both were sent to hold, whatever ours holds by now. */
  row: z.optional(
    z.object({
      ...Look,
      sent: Capture,
      /** Another save of that page of which it is not known whether its row is there: it may be one of those found. */
      waitsFor: z.optional(z.string()),
    }),
  ),
  /** Whether these blocks are in the page twice. `ids` are those that are ours. */
  blocks: z.optional(
    z.object({
      ...Look,
      ids: z.array(z.string()),
      blocks: z.array(z.unknown()),
      /** They are this part of the page's own content, and stored there. */
      part: z.optional(z.number()),
      /** Others that were added behind them, of which the same is asked. */
      more: z.optional(
        z.array(
          z.object({
            madeAt: z.number(),
            ids: z.array(z.string()),
            part: z.number(),
            under: z.optional(z.string()),
            after: z.optional(z.string()),
          }),
        ),
      ),
      /** Ids of parts that were added behind them since, once each for certain. */
      known: z.optional(z.array(z.string())),
      /** The block within which they are; left out: the page itself. */
      under: z.optional(z.string()),
      /** The block behind which they were sent; nothing before it is looked at. Left out: from the beginning. */
      after: z.optional(z.string()),
      /** A look that is not at its end has passed that block. */
      isPast: z.optional(z.literal(true)),
      /** How many blocks at the beginning of the page came with the row. */
      before: z.number(),
      /** Where a look that is not at its end goes on. */
      cursor: z.optional(z.string()),
    }),
  ),
  /** Rows on their way to the trash; `isAsked` by the user, whatever they hold. */
  doubles: z.optional(z.array(z.object({ ...Row.shape, isAsked: z.optional(z.boolean()) }))),
  /** Ids of those that are there: a query that lags behind may still show them. */
  removed: z.optional(z.array(z.string())),
  /** Rows that may be doubles; the user decides. */
  suspects: z.optional(z.array(Row)),
  /** Ids of those that the user wants to keep: they are not asked about again. */
  spared: z.optional(z.array(z.string())),
  /** Ids of blocks that are there twice and are to go. */
  surplus: z.optional(z.array(z.string())),
  /** The row itself is in the trash. */
  isGone: z.optional(z.literal(true)),
});
export type Repeats = z.infer<typeof Repeats>;
