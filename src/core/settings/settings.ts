/** What the user has chosen. */
import * as z from 'zod/mini';

export const Settings = z.object({
  version: z.literal(1),
  /** The data source that was used or chosen last; quick save goes there. */
  destinationId: z.nullable(z.string()),
  /** The data sources that were saved to last, the latest first. */
  recent: z.optional(z.array(z.string())),
  /** Whether the toolbar button is marked on pages that are saved. */
  markSaved: z.optional(z.boolean()),
  /** Whether tags are learned and proposed; left out: they are. */
  proposesTags: z.optional(z.boolean()),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = { version: 1, destinationId: null };
