/** What of a page itself goes with a save. Its blocks are stored apart, in parts of which each fits one request. */
import * as z from 'zod/mini';

/** What was read: what is selected, the article, or where there is none the main part of the page. */
export const ContentKind = z.enum(['selection', 'article', 'main']);
export type ContentKind = z.infer<typeof ContentKind>;

export const PageContent = z.object({
  /** Under which its parts are stored. They never change, but for one that Notion has refused. */
  id: z.string(),
  kind: ContentKind,
  /** How many blocks each part has, not counting those within blocks. */
  parts: z.array(z.number()),
  /** How much of what there is: words, pictures, pieces of code, tables. */
  counts: z.record(z.string(), z.number()),
  /** How much of what could not be kept as it was. */
  left: z.record(z.string(), z.number()),
  /** The page was longer than what can be read in time. */
  isCut: z.optional(z.literal(true)),
});
export type PageContent = z.infer<typeof PageContent>;
