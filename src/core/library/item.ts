/** What other services and browsers give: one shape for all. */
import * as z from 'zod/mini';

/** A page that somebody has kept elsewhere. What its source does not say is null or empty, never guessed. */
export const LibraryItem = z.object({
  /** As its source has it. */
  url: z.string(),
  title: z.nullable(z.string()),
  tags: z.array(z.string()),
  /** When it was kept, in milliseconds since 1970 (UTC). */
  created: z.nullable(z.number()),
  /** The user's own words. */
  note: z.nullable(z.string()),
  /** The page's words. */
  excerpt: z.nullable(z.string()),
  /** The folders it was in, the outermost first. */
  folder: z.array(z.string()),
  unread: z.nullable(z.boolean()),
  archived: z.nullable(z.boolean()),
  favourite: z.nullable(z.boolean()),
  /** Passages that the user has marked. */
  highlights: z.array(z.string()),
});
export type LibraryItem = z.infer<typeof LibraryItem>;

/** `no-address`: there is none; `not-web`: one that only its browser or computer understands; `unreadable`: the row is damaged. */
export type RefusalReason = 'no-address' | 'not-web' | 'unreadable';

/** An entry that cannot be imported. */
export type Refused = {
  /** Which one of its file it is, from 1. */
  number: number;
  /** Its address, or its title where it has none. */
  what: string;
  why: RefusalReason;
};

/** What a file was taken for. */
export type LibraryFormat =
  | 'bookmarks'
  | 'reading-list'
  | 'firefox'
  | 'chrome'
  | 'pocket'
  | 'instapaper'
  | 'raindrop'
  | 'pinboard'
  | 'delicious'
  | 'linkding'
  | 'karakeep'
  | 'linkwarden'
  | 'wallabag'
  | 'omnivore'
  | 'reader'
  | 'matter'
  | 'google-reader'
  | 'diigo'
  | 'mymind'
  | 'readability'
  | 'goodlinks'
  | 'session-buddy'
  | 'tab-session-manager'
  | 'opml'
  | 'table'
  | 'objects'
  | 'addresses';

/** What was found in a file. */
export type Reading = {
  format: LibraryFormat;
  /** In the order of the file. */
  items: LibraryItem[];
  refused: Refused[];
};

/** What is known of an entry before it is looked at; nothing is required of any of it. */
export type Found = { [K in keyof LibraryItem]?: LibraryItem[K] | undefined };

/** Sorts entries into what can be imported and what cannot. */
export function collect(
  format: LibraryFormat,
): Reading & { add(found: Found): void; refuse(what: string): void } {
  const items: LibraryItem[] = [];
  const refused: Refused[] = [];
  const number = () => items.length + refused.length + 1;
  return {
    format,
    items,
    refused,
    add(found) {
      const url = (found.url ?? '').trim();
      const title = lineOf(found.title);
      const why = refusalOf(url);
      if (why) refused.push({ number: number(), what: url || title || '', why });
      else
        items.push({
          url,
          // Where a service had no title, it wrote the address.
          title: title === url ? null : title,
          tags: distinct(found.tags ?? []),
          created: found.created ?? null,
          note: textOf(found.note),
          excerpt: textOf(found.excerpt),
          folder: (found.folder ?? []).map((name) => lineOf(name) ?? '').filter((name) => name !== ''),
          unread: found.unread ?? null,
          archived: found.archived ?? null,
          favourite: found.favourite ?? null,
          highlights: (found.highlights ?? []).flatMap((text) => textOf(text) ?? []),
        });
    },
    refuse(what) {
      refused.push({ number: number(), what, why: 'unreadable' });
    },
  };
}

function refusalOf(url: string): RefusalReason | null {
  if (url === '') return 'no-address';
  try {
    const { protocol, hostname } = new URL(url);
    return /^https?:$/.test(protocol) && hostname !== '' ? null : 'not-web';
  } catch {
    return 'not-web';
  }
}

const lineOf = (text: string | null | undefined): string | null => text?.replace(/\s+/g, ' ').trim() || null;

/** Lines stay lines; more than one empty one says no more than one. */
const textOf = (text: string | null | undefined): string | null =>
  text
    ?.replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim() || null;

const distinct = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => lineOf(tag) ?? '').filter((tag) => tag !== '')),
];
