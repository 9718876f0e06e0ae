/** Finding the option that a new name is probably meant to be, so that a database does not fill with near doubles. */
import { bare, type NameForms, type PreparedOption, type PreparedOptions } from './forms.ts';
import type { Likelihoods } from './likelihoods.ts';
import { beginAlike, typosBetween } from './typos.ts';

/** Shorter words have too many neighbours that are words as well: `rust` and `rest`, `cat` and `car`. */
const LEAST_LENGTH = 6;
/** One letter for another makes another word more often than one too many or missing does: `string`, `spring`. */
const LEAST_LENGTH_REPLACED = 7;
const LEAST_LENGTH_TWO = 10;
const MOST_TYPOS = 2;

/** Names compared in full for one new name, the rest having been told apart by length and letters; bounds the work. */
const MOST_COMPARED = 2_000;

/**
 * In alphabets of letters. Elsewhere a sign is a syllable or a word, and another one another meaning; a digit always is
 * (`python 2`, `python 3`).
 */
const WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u;

/** They end like plurals of other words and are none. */
const NO_PLURALS = new Set(['arms', 'goods', 'https', 'means', 'news', 'pandas', 'rails', 'windows']);

/** A letter or two apart, and opposites. */
const OPPOSITES = [
  ['micro', 'macro'],
  ['hyper', 'hypo'],
  ['inter', 'intra'],
  ['pre', 'pro'],
] as const;

const wordsOf = (folded: string): string[] => bare(folded).split(/[\s_-]+/);

/** English, and what others have in common with it. */
function isPluralOf(plural: string, word: string): boolean {
  if (word.length < 3 || !plural.endsWith('s') || !WORD.test(word.slice(-1))) return false;
  if (plural === `${word}s`) return !word.endsWith('s');
  if (plural === `${word}es`) return /(?:[sxzo]|ch|sh)$/.test(word);
  return /[^aeiou]y$/.test(word) && plural === `${word.slice(0, -1)}ies`;
}

const isPluralPair = (a: string, b: string): boolean =>
  (isPluralOf(a, b) && !NO_PLURALS.has(a)) || (isPluralOf(b, a) && !NO_PLURALS.has(b));

/** What a name could be called in the other number. */
const otherNumber = (name: string): string[] =>
  name.endsWith('s')
    ? [name.slice(0, -1), name.slice(0, -2), `${name.slice(0, -3)}y`, `${name}es`]
    : [`${name}s`, `${name}es`, `${name.slice(0, -1)}ies`];

const areOpposite = (a: string, b: string): boolean =>
  OPPOSITES.some(
    ([one, other]) =>
      (a.startsWith(one) && b.startsWith(other)) || (a.startsWith(other) && b.startsWith(one)),
  );

const sorted = (word: string): string => [...word].sort().join('');

/** Slips between two words that are probably meant to be the same, or infinity. */
function slips(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  if (Math.max(a.length, b.length) < LEAST_LENGTH || !beginAlike(a, b) || areOpposite(a, b)) {
    return Number.POSITIVE_INFINITY;
  }
  const typos = typosBetween(a, b, shorter >= LEAST_LENGTH_TWO ? MOST_TYPOS : 1);
  if (typos === Number.POSITIVE_INFINITY || !WORD.test(a) || !WORD.test(b)) return Number.POSITIVE_INFINITY;
  const isReplaced = a.length === b.length && sorted(a) !== sorted(b);
  return isReplaced && shorter < LEAST_LENGTH_REPLACED ? Number.POSITIVE_INFINITY : typos;
}

/** Slips between two names of as many words that are alike but for one; 0 for a plural. */
function slipsOfNames(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const differing = a.flatMap((word, at) => (word === b[at] ? [] : [[word, b[at] ?? ''] as const]));
  const [pair] = differing;
  if (pair === undefined || differing.length > 1) return Number.POSITIVE_INFINITY;
  return isPluralPair(...pair) ? 0 : slips(...pair);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

function samePlural(name: NameForms, { byBare }: PreparedOptions): PreparedOption | null {
  const own = bare(name.joined);
  const lastOf = (folded: string) => wordsOf(folded).at(-1) ?? '';
  for (const form of otherNumber(own)) {
    const found = byBare.get(form);
    if (!found) continue;
    const other = bare(found.joined);
    const plural = isPluralOf(own, other) ? name : isPluralOf(other, own) ? found : null;
    if (plural && !NO_PLURALS.has(lastOf(plural.folded))) return found;
  }
  return null;
}

/** The option with the fewest slips, of several the likeliest. */
function fewestSlips(
  name: NameForms,
  { all }: PreparedOptions,
  likelihoods: Likelihoods,
): PreparedOption | null {
  const length = name.joined.length;
  if (length < LEAST_LENGTH - 1) return null;
  const words = wordsOf(name.folded);
  let best: PreparedOption | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  let compared = 0;
  for (const one of all) {
    if (Math.abs(one.joined.length - length) > MOST_TYPOS) continue;
    // Each slip changes two letters at most.
    if (bitCount(one.letters ^ name.letters) > 2 * MOST_TYPOS) continue;
    if (!beginAlike(one.joined, name.joined)) continue;
    if (++compared > MOST_COMPARED) break;
    const typos = slipsOfNames(words, wordsOf(one.folded));
    if (typos > fewest || typos === Number.POSITIVE_INFINITY) continue;
    const isLikelier = (likelihoods.get(one.key) ?? 0) > (best ? (likelihoods.get(best.key) ?? 0) : 0);
    if (typos < fewest || isLikelier) best = one;
    fewest = typos;
  }
  return best;
}

/**
 * The option that a name which is not there yet is probably meant to be: the same but for accents and separators, in the
 * other number, or with a slip of the keyboard. Signs and digits are never taken for slips.
 */
export const nearOption = (
  name: NameForms,
  options: PreparedOptions,
  likelihoods: Likelihoods,
): PreparedOption | null =>
  options.byBare.get(bare(name.joined)) ??
  samePlural(name, options) ??
  fewestSlips(name, options, likelihoods);
