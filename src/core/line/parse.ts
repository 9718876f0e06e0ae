import { matchOption } from '../tags/rules.ts';
import type { Line, ParsedLine, Part } from './line.ts';
import { noteOf } from './note.ts';
import { readTokens } from './tokens.ts';

const lastOf = (parts: readonly Part[], kind: Part['kind']): Part | null =>
  parts.findLast((part) => part.kind === kind) ?? null;

/**
 * Reads a line such as `Worth a second look #css #"long read" @work !"In progress" >evening`. Takes any text.
 *
 * **Signs.** `#` tag, `@` database, `!` status, `>` preset, or their full-width twins. A sign counts at the start of a
 * word alone, that is at the start of the line or after white space: `C#`, `a@b.c`, `wow!`, `5>3`, `->` and `(#1)` are
 * words. So is a sign whose name does not
 * - begin with a letter, a digit, an emoji, a currency sign, or one of `.`, `_`, `+`: `!=`, `>:(`, `#!`, `##`, `@(`;
 * - and hold a letter or an emoji, as with hashtags elsewhere: `#1`, `@10:30`, `>5`, `!`, `#`. `#2nd` is a tag.
 *
 * **Names** go on up to white space, those of tags up to a comma too: `#a,b` are two tags, as in the tag field, and
 * after the comma a number is one as well. Punctuation at the end is not of the name: `#css.`, `(see #css)`; `#c++`, `#c#`,
 * `#f(x)` and `#node.js` are whole.
 *
 * **Quotation marks** directly behind the sign, straight or curly, hold any name: `#"two words"`, `@"2024"`,
 * `#"Yahoo!"`. In them `\"` and `\\` are `"` and `\`. Unclosed they reach to the end of the line. What follows
 * the closing one without white space is a word of the note.
 *
 * **A backslash** before the sign makes it a plain one: `\#css` is the word `#css`, `\\#css` is `\#css`. Elsewhere
 * it is a character like others: `C:\temp`, `\o/`.
 *
 * **Doubles.** Of several databases, statuses or presets the last counts, as what is typed last corrects what is before;
 * the others stay in the note as typed. Of tags that Notion would take for one the first is kept.
 *
 * **What goes.** White space is folded, and the direction marks before a sign go with it. Commas behind a name that is
 * taken out go with it; other punctuation there moves to the word of the note before it (`see #css.` leaves `see.`) or
 * goes too if there is none (`@work: call`). Nothing else is left out.
 */
export function parseLine(text: string): ParsedLine {
  const parts = readTokens(text).map(({ kind, start, end, value }) => ({ kind, start, end, value }));
  const tags: string[] = [];
  for (const { kind, value } of parts) {
    if (kind === 'tag' && matchOption(value, tags) === null) tags.push(value);
  }
  const database = lastOf(parts, 'database');
  const status = lastOf(parts, 'status');
  const preset = lastOf(parts, 'preset');
  const inEffect = new Set([database, status, preset]);
  const line: Line = {
    tags,
    database: database?.value ?? null,
    status: status?.value ?? null,
    preset: preset?.value ?? null,
    note: noteOf(text, parts, (part) => part.kind === 'tag' || inEffect.has(part)),
  };
  return { ...line, text, parts };
}
