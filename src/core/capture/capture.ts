/** What is known of a page, and what the user means to save of it. */
import * as z from 'zod/mini';
import { PropertyValue } from '../database/value.ts';
import { lenient } from '../lenient.ts';

/**
 * What the content script read from a page, as it stands at the moment of reading. Nothing in it is trusted:
 * a page can put anything anywhere, so every field is optional, bounded by the reader and plain text.
 */
export const PageFacts = z.object({
  /** `location.href`. */
  url: z.string(),
  /** `document.title`, white space folded. */
  title: z.string(),
  /** The text selected on the page, or in the focused frame of the same origin. */
  selection: lenient(z.string(), ''),
  /** The directive of an address that leads to what is selected, `text=…`, where that was wanted and can be told. */
  directive: z.optional(z.string()),
  /** Metadata found, by source, in the page's own order; white space folded. */
  meta: lenient(
    z.object({
      ogTitle: z.optional(z.string()),
      ogDescription: z.optional(z.string()),
      ogUrl: z.optional(z.string()),
      ogSiteName: z.optional(z.string()),
      ogImage: z.optional(z.string()),
      twitterTitle: z.optional(z.string()),
      twitterDescription: z.optional(z.string()),
      description: z.optional(z.string()),
      jsonLdTitle: z.optional(z.string()),
      jsonLdDescription: z.optional(z.string()),
      /** Who made it, a name each. */
      authors: z.optional(z.array(z.string())),
      /** When it was published, as it is written there. */
      published: z.optional(z.string()),
    }),
    {},
  ),
  /** `link[rel=canonical]` as written, and what it resolves to against the page's base address. */
  canonical: z.optional(z.string()),
  /** Address of the page's icon, resolved. */
  icon: z.optional(z.string()),
  /** Address of the first image of some size in the page, resolved. */
  image: z.optional(z.string()),
  /** Words of its main text, as far as they were counted. */
  words: z.optional(z.number()),
  /** First heading, for pages without any title. */
  heading: z.optional(z.string()),
  /** `document.documentElement.lang`. */
  language: z.optional(z.string()),
  /** `document.contentType`; `application/pdf` in Firefox's viewer. */
  contentType: z.optional(z.string()),
});
export type PageFacts = z.infer<typeof PageFacts>;

/** The way a save began; shown in the report, and later a hint for ranking. */
export const Origin = z.enum(['popup', 'quick-save', 'menu', 'address-bar', 'tabs', 'import']);
export type Origin = z.infer<typeof Origin>;

/** What the user means to save: always whole, of any length. Fitting it to Notion is the row builder's work. */
export const Capture = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string(),
  /** Option names as typed or picked, in order, without doubles (case-insensitive). */
  tags: z.array(z.string()),
  /** For further properties of the database. */
  values: z.optional(z.array(PropertyValue)),
  /**
   * What the row held that this is of, by property id, as Notion gave it. What says the same in words has not been changed,
   * and stays as it was given.
   */
  given: z.optional(z.record(z.string(), z.unknown())),
  /** Addresses of images for the row's page. */
  icon: z.optional(z.string()),
  cover: z.optional(z.string()),
  /** The id of a template of the database, or `default`. */
  template: z.optional(z.string()),
  /** When the user asked for it, in milliseconds since the epoch. */
  at: z.number(),
  origin: Origin,
});
export type Capture = z.infer<typeof Capture>;
