/** What a user has set for one database: what holds what, which properties are in the form, and what they begin with. */
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';
import { Value } from './value.ts';

/** What of a page a property can begin with. */
export const PAGE_SOURCES = [
  'today',
  'author',
  'published',
  'site-name',
  'language',
  'reading-time',
  'selection',
  'image',
] as const;
export type PageSource = (typeof PAGE_SOURCES)[number];

/** What a property begins with: a value that is always the same, or something of the page. */
export const Start = z.union([
  z.object({ from: z.literal('fixed'), value: Value }),
  z.object({ from: z.enum(PAGE_SOURCES) }),
]);
export type Start = z.infer<typeof Start>;

/** What of a page itself goes into its row's page: what is selected, or its article. */
export const CONTENT_WANTED = ['selection', 'article'] as const;
export const ContentWanted = z.enum(CONTENT_WANTED);
export type ContentWanted = z.infer<typeof ContentWanted>;

/** What a row begins with, and which properties are asked for. */
const beginning = {
  /** Ids of the properties that are in the form, in order; left out: as `formOf` finds fit. */
  shown: z.optional(z.array(z.string())),
  /** By property id. */
  starts: lenient(z.record(z.string(), Start), {}),
  /** Tags that each save begins with. */
  tags: z.optional(z.array(z.string())),
  /** The id of the template that rows are filled with, or `default`; left out: none. */
  template: z.optional(z.string()),
  /** Whether the page's icon and first image become those of the row. */
  icon: z.optional(z.boolean()),
  cover: z.optional(z.boolean()),
  /** What of the page itself goes into the row's page; left out: nothing. */
  content: z.optional(ContentWanted),
};
export const Beginning = z.object(beginning);
export type Beginning = z.infer<typeof Beginning>;

export const FormSettings = z.object({
  ...beginning,
  version: z.literal(1),
  /** By role: the property that the user has chosen in place of what is inferred; null: it goes into the page. */
  mapping: z.record(z.string(), z.nullable(z.string())),
  /** Whether Notion is to keep copies of the pictures of articles. */
  copies: z.optional(z.boolean()),
});
export type FormSettings = z.infer<typeof FormSettings>;

export const defaultForm: FormSettings = { version: 1, mapping: {}, starts: {} };
