/** Names behind a sign, with and without quotation marks. */
import { TAG_COMMAS } from '../tags/rules.ts';
import type { SignKind } from './line.ts';
import { MARKS, matchAt, QUOTES } from './signs.ts';

export type Name = {
  value: string;
  /** After its last character, or after the closing quotation mark. */
  end: number;
  quotes: 'none' | 'open' | 'closed';
};

const EDGES = new RegExp(`^[\\s${MARKS}]+|[\\s${MARKS}]+$`, 'g');

/** A name as a line can hold it: white space folded; nothing but the name at its ends. */
export const foldName = (text: string): string => text.replace(/\s+/g, ' ').replace(EDGES, '');

const ENDINGS = `.;:!?…。．｡！？；：､؟؛،${TAG_COMMAS}`;
const CLOSING_QUOTES = `'’»${QUOTES}`;
/** Closing brackets, each with its opening one. */
const BRACKETS = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['）', '（'],
  ['］', '［'],
  ['｝', '｛'],
  ['」', '「'],
  ['』', '『'],
  ['】', '【'],
  ['》', '《'],
  ['〉', '〈'],
]);
const CLOSING_BRACKETS = [...BRACKETS.keys()].join('').replace(']', '\\]');
const ANY_BRACKET = new RegExp(`[${CLOSING_BRACKETS}${[...BRACKETS.values()].join('')}]`);

/** What can stand behind a name without being of it. For use within brackets. */
export const TAIL = `${ENDINGS}${CLOSING_QUOTES}${CLOSING_BRACKETS}${MARKS}`;
const IS_TAIL = new RegExp(`^[${TAIL}]+$`, 'u');
const ENDS_ANYHOW = new RegExp(`[${ENDINGS}${CLOSING_QUOTES}${MARKS}]`);

const OPENING = new RegExp(`[${MARKS}]*[${QUOTES}]`, 'uy');
const IS_QUOTE = new RegExp(`[${QUOTES}]`);
const FIRST = new RegExp(`^[${MARKS}]*[\\p{L}\\p{N}\\p{Extended_Pictographic}\\p{RI}\\p{Sc}._+]`, 'u');
const LETTER = /[\p{L}\p{Extended_Pictographic}\p{RI}]/u;
const WORD = /\S+/uy;
const WORD_OF_TAG = new RegExp(`[^\\s${TAG_COMMAS}]+`, 'uy');

export const opensQuotes = (text: string, at: number): boolean => matchAt(OPENING, text, at) !== null;

export const isTail = (word: string): boolean => IS_TAIL.test(word);

/** Whether a name without quotation marks can begin like this. */
export const canBegin = (text: string): boolean => FIRST.test(text);

/** What stands in quotation marks, which may be nothing yet; up to the end of the text when they are not closed. */
export function readQuoted(text: string, at: number): Name | null {
  const opening = matchAt(OPENING, text, at);
  if (opening === null) return null;
  let value = '';
  for (let i = at + opening.length; i < text.length; i++) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    if (char === '\\' && (next === '\\' || IS_QUOTE.test(next))) {
      value += next;
      i++;
    } else if (IS_QUOTE.test(char)) return { value: foldName(value), end: i + 1, quotes: 'closed' };
    else value += char;
  }
  return { value: foldName(value), end: text.length, quotes: 'open' };
}

const count = (text: string, char: string): number => text.split(char).length - 1;

/** A word without the punctuation behind it. A bracket is punctuation when it was opened before the word. */
function withoutTail(word: string): string {
  const unopened = new Map<string, number>();
  let end = word.length;
  for (; end > 0; end--) {
    const last = word.charAt(end - 1);
    const opening = BRACKETS.get(last);
    if (opening === undefined) {
      if (ENDS_ANYHOW.test(last)) continue;
      break;
    }
    const left = unopened.get(last) ?? count(word, last) - count(word, opening);
    if (left <= 0) break;
    unopened.set(last, left - 1);
  }
  return word.slice(0, end);
}

/** Where the name that is written without quotation marks ends, whether or not it makes one. */
export const endOfWord = (text: string, at: number, kind: SignKind): number =>
  at + withoutTail(matchAt(kind === 'tag' ? WORD_OF_TAG : WORD, text, at) ?? '').length;

/**
 * The name that begins here, if one does.
 * @param isListed after the comma of a list of tags, where a number is a tag as well
 */
export function readName(text: string, at: number, kind: SignKind, isListed = false): Name | null {
  const quoted = readQuoted(text, at);
  if (quoted) return quoted.value === '' ? null : quoted;
  const end = endOfWord(text, at, kind);
  const word = text.slice(at, end);
  const value = foldName(word);
  const isName = value !== '' && canBegin(word) && (isListed || LETTER.test(word));
  return isName ? { value, end, quotes: 'none' } : null;
}

const TO_ESCAPE = new RegExp(`[${QUOTES}\\\\]`, 'g');

/** A name as it is written behind its sign: in quotation marks when it would not be read as the same without. */
export function printName(name: string, kind: SignKind): string {
  const folded = foldName(name);
  const read = readName(folded, 0, kind);
  // What brackets mean depends on what follows.
  const isPlain = read?.quotes === 'none' && read.value === folded && !ANY_BRACKET.test(folded);
  return isPlain ? folded : `"${folded.replace(TO_ESCAPE, '\\$&')}"`;
}
