/** Finding the name that is meant by what was typed. */
import { bare, formsOf, type NameForms } from '../tags/forms.ts';
import { foldName } from './name.ts';

/** Place in the list of the one that is meant, or why there is none. */
export type Match = number | 'unknown' | 'ambiguous';

type Forms = NameForms & { bare: string };
type Test = (name: Forms, typed: Forms) => boolean;

/** Each weaker than the one before. */
const WHOLE: readonly Test[] = [
  (name, typed) => name.key === typed.key,
  (name, typed) => name.folded === typed.folded,
  (name, typed) => name.joined === typed.joined,
  (name, typed) => name.bare === typed.bare,
];

/** Titles of databases often begin with an emoji. */
const fromFirstLetter = (folded: string): string => folded.replace(/^[^\p{L}\p{N}]+/u, '');

const START: readonly Test[] = [
  (name, typed) => fromFirstLetter(name.folded) === typed.folded,
  (name, typed) => fromFirstLetter(name.joined) === typed.joined,
  (name, typed) =>
    name.folded.startsWith(typed.folded) ||
    name.joined.startsWith(typed.joined) ||
    fromFirstLetter(name.folded).startsWith(typed.folded) ||
    fromFirstLetter(name.joined).startsWith(typed.joined),
];

function formsOfName(name: string): Forms {
  const { key, folded, joined, letters } = formsOf(foldName(name));
  return { key, folded, joined, letters, bare: bare(joined) };
}

const known = new WeakMap<readonly string[], readonly Forms[]>();

/** Kept for as long as the list is. */
function formsOfAll(names: readonly string[]): readonly Forms[] {
  const made = known.get(names) ?? names.map(formsOfName);
  known.set(names, made);
  return made;
}

/** The places of those that pass the first test which any passes; no more than two, as with two it is not clear. */
function firstPassing(typed: string, names: readonly string[], tests: readonly Test[]): number[] {
  const wanted = formsOfName(typed);
  const all = formsOfAll(names);
  // Of accents alone nothing is left to compare, and it would be the start of every name.
  const fitting = wanted.folded === '' ? tests.slice(0, 1) : tests;
  for (const test of fitting) {
    const found: number[] = [];
    for (const [at, name] of all.entries()) if (found.length < 2 && test(name, wanted)) found.push(at);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The name that is the same but for case, accents, separators, and signs within words, in this order; of several the
 * first.
 * @param names never changed in place: what is worked out of them is kept
 */
export function matchWhole(typed: string, names: readonly string[]): number | null {
  return firstPassing(typed, names, WHOLE)[0] ?? null;
}

/** The one name that is the same, as for `matchWhole`, or else the one that begins like this. Signs before it may be left out. */
export function matchStart(typed: string, names: readonly string[]): Match {
  const [first, second] = firstPassing(typed, names, [...WHOLE, ...START]);
  if (first === undefined) return 'unknown';
  return second === undefined ? first : 'ambiguous';
}
