/** Taking a line apart. */
import { TAG_COMMAS } from '../tags/rules.ts';
import type { Part, SignKind } from './line.ts';
import { type Name, readName, TAIL } from './name.ts';
import { MARKS, matchAt, readSign, SIGNS } from './signs.ts';

/** A part, and of one with a sign where its name begins and how it is quoted. */
export type Token =
  | (Part & { kind: SignKind; nameStart: number; quotes: Name['quotes'] })
  | (Part & { kind: 'note' });

const SPACE = /\s+/uy;
const WORD = /\S+/uy;
const ESCAPE = new RegExp(`^([${MARKS}]*)\\\\(?=\\\\*[${SIGNS}])`, 'u');
const UP_TO_COMMA = new RegExp(`[${TAIL}]*?[${TAG_COMMAS}]+`, 'uy');
const TAIL_OF_WORD = new RegExp(`[${TAIL}]+(?=\\s|$)`, 'uy');

const plainToken = (text: string, start: number, length: number): Token => ({
  kind: 'note',
  start,
  end: start + length,
  value: text.slice(start, start + length),
});

/** A sign with its name, or its list of tags, and the punctuation behind it; empty when it is a word like others. */
function readSigned(text: string, at: number): Token[] {
  const sign = readSign(text, at);
  if (!sign) return [];
  const { kind } = sign;
  const tokens: Token[] = [];
  let start = at;
  let nameStart = sign.end;
  let name = readName(text, nameStart, kind);
  while (name) {
    const { value, end, quotes } = name;
    tokens.push({ kind, start, end, value, nameStart, quotes });
    const comma = kind === 'tag' ? matchAt(UP_TO_COMMA, text, end) : null;
    const next = comma === null ? null : readName(text, end + comma.length, kind, true);
    const tail = next ? comma : matchAt(TAIL_OF_WORD, text, end);
    if (tail !== null) tokens.push(plainToken(text, end, tail.length));
    start = end + (tail?.length ?? 0);
    nameStart = start;
    name = next;
  }
  return tokens;
}

/** The parts that begin with a word. */
function readWord(text: string, at: number, word: string): Token[] {
  const signed = readSigned(text, at);
  const end = signed.at(-1)?.end ?? at;
  if (end === at)
    return [{ kind: 'note', start: at, end: at + word.length, value: word.replace(ESCAPE, '$1') }];
  // What stands directly behind quotation marks is no word of its own, and its signs are none.
  const rest = matchAt(WORD, text, end);
  return rest === null ? signed : [...signed, plainToken(text, end, rest.length)];
}

/** All parts of a line, in order. Takes any text. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(SPACE, text, at)?.length ?? 0;
    const word = matchAt(WORD, text, at);
    if (word === null) return tokens;
    for (const token of readWord(text, at, word)) tokens.push(token);
    at = tokens.at(-1)?.end ?? text.length;
  }
}
