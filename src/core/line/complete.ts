/** Completing the name that is typed behind a sign. */
import { TAG_COMMAS } from '../tags/rules.ts';
import type { SignKind } from './line.ts';
import { canBegin, endOfWord, foldName, isTail, printName, readQuoted, TAIL } from './name.ts';
import { matchAt, readSign, SIGNS } from './signs.ts';
import { readTokens, type Token } from './tokens.ts';

/** A name being typed. `start` and `end` hold the name with its quotation marks, but not its sign. */
export type LineCompletion = {
  kind: SignKind;
  /** The name up to the caret, without quotation marks; empty directly behind the sign. */
  typed: string;
  start: number;
  end: number;
};

const IS_COMMA = new RegExp(`[${TAG_COMMAS}]`);
const SIGN_AHEAD = new RegExp(`\\s[${SIGNS}]`, 'u');
const STAYS_ATTACHED = new RegExp(`[${TAIL}]+(?=\\s|$)`, 'uy');
const COMMA_AHEAD = new RegExp(`[${TAIL}]*?[${TAG_COMMAS}]`, 'uy');

/** Where the name begins that the text ends in. */
function nameAtEnd(text: string): { kind: SignKind; start: number } | null {
  const tokens = readTokens(text);
  const last = tokens.at(-1);
  if (last === undefined || last.end < text.length) return null;
  const previous = tokens.at(-2);
  const isBehindName = previous?.end === last.start && previous.kind !== 'note' && last.kind === 'note';
  if (isBehindName && !isTail(last.value)) return null;
  const token: Token = isBehindName ? previous : last;
  if (token.kind === 'note') {
    const sign = readSign(text, token.start);
    return sign && { kind: sign.kind, start: sign.end };
  }
  const { kind, nameStart } = token;
  const comma =
    kind === 'tag' && isBehindName
      ? [...text.slice(last.start)].findLastIndex((char) => IS_COMMA.test(char))
      : -1;
  if (comma >= 0) return { kind, start: last.start + comma + 1 };
  return token.quotes === 'closed' ? null : { kind, start: nameStart };
}

/** Where what stands behind the caret is no longer of the name. */
function endOfName(text: string, start: number, caret: number, kind: SignKind): number {
  const quoted = readQuoted(text, start);
  if (!quoted) return Math.max(caret, endOfWord(text, start, kind));
  // With another sign in between, the quotation mark found is probably that of another name, and this one still open.
  const isOwn = quoted.quotes === 'closed' && !SIGN_AHEAD.test(text.slice(caret, quoted.end));
  return isOwn ? quoted.end : caret;
}

/**
 * The name that is being typed at the caret (a UTF-16 offset), so that names can be offered for it; null where none is.
 * Also directly behind a sign, and for a number, neither of which `parseLine` takes for a name.
 */
export function completionAt(text: string, caret: number): LineCompletion | null {
  const before = text.slice(0, Math.max(0, caret));
  const name = nameAtEnd(before);
  if (!name) return null;
  const { kind, start } = name;
  const rest = before.slice(start);
  const quoted = readQuoted(rest, 0);
  if (quoted ? quoted.quotes === 'closed' : rest !== '' && !canBegin(rest)) return null;
  const typed = quoted?.value ?? foldName(rest);
  return { kind, typed, start, end: endOfName(text, start, before.length, kind) };
}

/**
 * The text with a name chosen in place of what was typed, in quotation marks when it needs them, followed by a space, or
 * by the punctuation that stands there; and where the caret goes.
 */
export function complete(
  text: string,
  { start, end, kind }: Pick<LineCompletion, 'start' | 'end' | 'kind'>,
  name: string,
): { text: string; caret: number } {
  const named = text.slice(0, start) + printName(name, kind);
  const isAttached =
    matchAt(STAYS_ATTACHED, text, end) !== null ||
    (kind === 'tag' && matchAt(COMMA_AHEAD, text, end) !== null);
  if (isAttached) return { text: named + text.slice(end), caret: named.length };
  const space = /^\s/.test(text.slice(end)) ? '' : ' ';
  return { text: named + space + text.slice(end), caret: named.length + 1 };
}
