/** What of a page itself goes with a save. Its blocks are stored apart, in parts of which each fits one request. */
import * as z from 'zod/mini';

/** What was read: what is selected, the article, or where there is none the main part of the page. */
export const ContentKind = z.enum(['selection', 'article', 'main']);
export type ContentKind = z.infer<typeof ContentKind>;

/** How far Notion has come with copies of the pictures that are links. */
export const PictureCopies = z.object({
  /** Blocks, and the page, that are still to be looked through; left out: the page. */
  parents: z.optional(z.array(z.string())),
  /** Where in the first of these to go on. */
  cursor: z.optional(z.string()),
  /** The block whose picture Notion fetches now, and the upload as which it does. */
  pending: z.optional(z.object({ block: z.string(), upload: z.string(), asked: z.number() })),
  /** Blocks whose picture Notion could not copy: they stay links. */
  links: z.optional(z.array(z.string())),
  isDone: z.optional(z.literal(true)),
});
export type PictureCopies = z.infer<typeof PictureCopies>;

/** By what blocks that came without a heading are known again: how many, and what the first and the last of them begin with. */
export const BareArticle = z.object({ count: z.number(), first: z.string(), last: z.string() });
export type BareArticle = z.infer<typeof BareArticle>;

/** Earlier articles in a row's page, which go once the new one is there. */
export const Earlier = z.object({
  /** Those without a heading that this device remembers. */
  bare: z.array(BareArticle),
  /** The blocks that are still to go to the trash; left out: they are still to be looked for. */
  blocks: z.optional(z.array(z.string())),
  /** Those that are there: Undo takes them out again. */
  gone: z.optional(z.array(z.string())),
  /** Somebody has changed them since: they stay. */
  isKept: z.optional(z.literal(true)),
  isDone: z.optional(z.literal(true)),
});
export type Earlier = z.infer<typeof Earlier>;

export const PageContent = z.object({
  /** Under which its parts are stored. They never change, but for one that Notion has refused. */
  id: z.string(),
  kind: ContentKind,
  /** How many blocks each part has, not counting those within blocks. */
  parts: z.array(z.number()),
  /** Pictures that are brought to Notion as files, by their numbers. */
  files: z.optional(
    z.array(
      z.object({
        /** The first part that shows it. */
        part: z.number(),
        /** The upload that stands for it, and since when, in milliseconds since the epoch. */
        upload: z.optional(z.object({ id: z.string(), at: z.number() })),
        /** It is not on this device any more, or Notion does not take it. */
        isLost: z.optional(z.literal(true)),
      }),
    ),
  ),
  /** Pictures that are to be copied, where the database is set so; left out: there are none. */
  copies: z.optional(PictureCopies),
  /** Left out: nothing that was sent can be known by it any more. */
  bare: z.optional(BareArticle),
  /** What it takes the place of; left out: nothing. */
  earlier: z.optional(Earlier),
  /** How much of what there is: words, pictures, pieces of code, tables. */
  counts: z.record(z.string(), z.number()),
  /** How much of what could not be kept as it was. */
  left: z.record(z.string(), z.number()),
  /** The page was longer than what can be read in time. */
  isCut: z.optional(z.literal(true)),
});
export type PageContent = z.infer<typeof PageContent>;
