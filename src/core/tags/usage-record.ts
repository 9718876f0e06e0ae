/** How tags have been used, as it is stored; what is made of it is in `usage.ts`. */
import * as z from 'zod/mini';

const TagUse = z.object({
  /** Without `www.`; empty for what is not a web address. */
  host: z.string(),
  /** First part of the path (`docs`, `@ada`), lower case; empty where there is none or it does not look like a name. */
  section: z.string(),
  /** `optionKey`s: lower case. Their spelling is the database's. */
  tags: z.array(z.string()),
  /** Whole hours since 1970. */
  hour: z.number(),
});
export type TagUse = z.infer<typeof TagUse>;

/** The uses of each destination, by its id, the latest last. */
export const TagUsage = z.record(z.string(), z.array(TagUse));
export type TagUsage = z.infer<typeof TagUsage>;

/** Nothing remembered: the start, and what erasing leaves. */
export const EMPTY_TAG_USAGE: TagUsage = {};
