/** A line that says where and how to save, and the parts it was read from. */

/** What a sign is for: `#` a tag, `@` a database, `!` a status, `>` a preset. */
export type SignKind = 'tag' | 'database' | 'status' | 'preset';

/**
 * Names as typed, not yet compared with any that exist. In all texts every run of white space, line breaks included, is
 * one space, and there is none at the ends; a name is not empty, and does not begin or end with a direction mark.
 */
export type Line = {
  /** In order, without doubles as Notion tells names apart (`optionKey`). */
  tags: string[];
  database: string | null;
  status: string | null;
  preset: string | null;
  /** All the other words; empty when there are none. */
  note: string;
};

/** A stretch of the text, by UTF-16 offsets: a sign with its name, or a word of the note. */
export type Part = {
  kind: SignKind | 'note';
  start: number;
  /** After its last character. */
  end: number;
  /** The name, or the word without the backslash that made it one. */
  value: string;
};

/** `parts` are in order, do not overlap, and hold every character of `text` but white space. */
export type ParsedLine = Line & { text: string; parts: Part[] };
