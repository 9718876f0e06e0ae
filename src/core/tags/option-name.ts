/** Names that no option of Notion's can have, made into such as it can. */
import { oneLine } from '../text/visible.ts';

/** What stands behind a comma and belongs to the name before it. */
const ADDITION =
  /^(?:jr|sr|i{1,3}|iv|m\.?d|ph\.?d|m\.?a|b\.?a|m\.?sc|b\.?sc|esq|inc|llc|llp|l\.?p|ltd|limited|co|corp|plc|pllc|gmbh|ag|kg|se|s\.?a|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|a\.?b|o\.?y|a\.?s)\.?$/i;

/** Scripts in which the family's name is written first anyway. */
const FAMILY_FIRST = /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]+$/u;

const wordsIn = (text: string): number => text.split(' ').length;

/**
 * The nearest name that has no comma. A family name that stands first, as libraries write it (`Okoro, Mina`), goes behind
 * the others; of two names in one, or of what cannot be told, each comma becomes a semicolon.
 */
export function optionNameFor(name: string): string {
  const seen = oneLine(name).replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const parts = seen
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [first = '', second = '', ...others] = parts;
  if (parts.length < 2 || !seen.includes(',')) return parts.length === 0 ? '' : first || seen;
  if (others.length === 0) {
    if (ADDITION.test(second)) return `${first} ${second}`;
    // "Jane Doe, John Roe" are two; one word on either side makes it one person's name.
    const isTurned = [first, second].every(isOfName) && (wordsIn(first) === 1 || wordsIn(second) === 1);
    if (isTurned) return FAMILY_FIRST.test(first) ? `${first} ${second}` : `${second} ${first}`;
  }
  return parts.join('; ');
}

/** Up to three words as names are written: a capital first, or a particle; no digits. */
const isOfName = (part: string): boolean =>
  wordsIn(part) <= 3 &&
  /^(?:(?:d['’]|[a-z]{2,3} )?[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}.'’-]*(?: |$))+$/u.test(part);
