/** Text as Notion takes it: in items of at most 2,000 characters, at most 100 items an array ("Request limits"). */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import { MAX_LISTED } from './limits.ts';

/** Counted in UTF-16 units: Notion does not say what it counts, and this is the strictest reading. */
export const MAX_TEXT = 2_000;
/** Bytes of text in one property, so that several long ones fit a request of 500 KB. */
const MAX_BYTES = 200_000;

/** A `RichTextItemRequest` of the SDK, of the one kind used here. */
export type TextItem = { type: 'text'; text: { content: string; link?: { url: string } } };

/** Half characters would make the whole request invalid JSON text, and NUL is refused. */
export const wellFormed = (text: string): string => text.toWellFormed().replaceAll('\u0000', '');

/** What must not be cut off from the character before it: marks, variation selectors, skin tones, joiners. */
const CLINGS = /^(?:[\p{M}\p{Emoji_Modifier}]|\u200D|[\u{E0020}-\u{E007F}])/u;

/** How far back a whole character is looked for; a longer pile of marks is cut like any text. */
const LONGEST_CHARACTER = 64;

function isWithinCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const isPair = before >= 0xd800 && before < 0xdc00;
  return isPair || before === 0x200d || CLINGS.test(text.slice(at, at + 2));
}

/** Where to end a piece that begins at `start`: as far as allowed, but not within a character. */
function endOfPiece(text: string, start: number): number {
  const limit = start + MAX_TEXT;
  if (limit >= text.length) return text.length;
  for (let end = limit; end > limit - LONGEST_CHARACTER; end--) {
    if (!isWithinCharacter(text, end)) return end;
  }
  const before = text.charCodeAt(limit - 1);
  return before >= 0xd800 && before < 0xdc00 ? limit - 1 : limit;
}

/** The text in pieces of at most 2,000, which together are the whole text. Nothing for an empty one. */
export function splitText(text: string): string[] {
  const whole = wellFormed(text);
  const pieces: string[] = [];
  for (let start = 0; start < whole.length; ) {
    const end = endOfPiece(whole, start);
    pieces.push(whole.slice(start, end));
    start = end;
  }
  return pieces;
}

export const textItem = (content: string, link?: string): TextItem => ({
  type: 'text',
  text: { content, ...(link === undefined ? {} : { link: { url: link } }) },
});

/** The text in items of at most 2,000. */
export const textItems = (text: string): TextItem[] => splitText(text).map((piece) => textItem(piece));

/** The items that fit one array, and those that are left over. */
export function fitItems<T extends RichTextItemRequest>(items: readonly T[]): { items: T[]; rest: T[] } {
  let left = MAX_BYTES;
  const over = items.findIndex((item, index) => {
    left -= new TextEncoder().encode(wordsOfItem(item)).length;
    return left < 0 || index === MAX_LISTED;
  });
  return over === -1
    ? { items: [...items], rest: [] }
    : { items: items.slice(0, over), rest: items.slice(over) };
}

/** What an item says, as far as that can be said in words. */
export const wordsOfItem = (item: RichTextItemRequest): string =>
  'text' in item ? item.text.content : 'equation' in item ? item.equation.expression : '';
