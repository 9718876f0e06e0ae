/** The characters that mean something in a line. */
import type { SignKind } from './line.ts';

export const SIGN_OF: Record<SignKind, string> = { tag: '#', database: '@', status: '!', preset: '>' };

/** Input methods for Chinese, Japanese and Korean make the full-width twins of signs. */
const KINDS = new Map<string, SignKind>([
  ['#', 'tag'],
  ['＃', 'tag'],
  ['@', 'database'],
  ['＠', 'database'],
  ['!', 'status'],
  ['！', 'status'],
  ['>', 'preset'],
  ['＞', 'preset'],
]);

/** For use within the brackets of a regular expression. */
export const SIGNS = [...KINDS.keys()].join('');

/** The ASCII quotation mark, and what input methods and "smart" typing put in its place. For use within brackets. */
export const QUOTES = '"＂“”„‟';

/**
 * Invisible marks of the direction of writing (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters),
 * which come along with pasted right-to-left text. For use within brackets.
 */
export const MARKS = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

/** What a regular expression with the flag `y` matches in a text at one place. */
export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

const SIGN = new RegExp(`[${MARKS}]*[${SIGNS}]`, 'uy');

/** The sign that a word begins with, and where it ends. */
export function readSign(text: string, at: number): { kind: SignKind; end: number } | null {
  const found = matchAt(SIGN, text, at);
  const kind = KINDS.get(found?.at(-1) ?? '');
  return found === null || kind === undefined ? null : { kind, end: at + found.length };
}
