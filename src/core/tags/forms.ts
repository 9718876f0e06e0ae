/** The forms of a name that are compared while a tag is typed, worked out once for each list of options. */

import type { Option } from '../database/destination.ts';
import { fold } from '../text/fold.ts';
import { optionKey } from './rules.ts';

export type NameForms = {
  /** By which Notion tells names apart. */
  key: string;
  /** Lower case, without accents. */
  folded: string;
  /** `long-read` and `longread` are the same tag to a reader. Other signs can tell tags apart: `C#`, `C++`, `.net`. */
  joined: string;
  /** Which signs occur, a bit each; some share one, separators have none. What lacks one need not be searched further. */
  letters: number;
};

export type PreparedOption = NameForms & {
  option: Option;
  /** Place in the database's order. */
  at: number;
};

export type PreparedOptions = {
  all: readonly PreparedOption[];
  byKey: ReadonlyMap<string, PreparedOption>;
  /** By `bare(joined)`; of several the first. */
  byBare: ReadonlyMap<string, PreparedOption>;
};

const OTHER_SPACE = /(?! )\s/g;
const SEPARATOR = /[\s_-]/;
/** Between digits it matters: `1-2` is not `12`. At an end it is a sign like others: `A-`, `C--`. */
const BETWEEN_DIGITS = /(?<=\p{N})[\s_-]+(?=\p{N})/gu;
const BETWEEN_LETTERS = /(?<=[\p{L}\p{M}])[\s_-]+(?=[\p{L}\p{N}])|(?<=\p{N})[\s_-]+(?=\p{L})/gu;

const join = (folded: string): string => {
  if (!SEPARATOR.test(folded)) return folded;
  const kept = /\p{N}/u.test(folded) ? folded.replace(BETWEEN_DIGITS, '-') : folded;
  // What lies between ASCII letters needs no look at what is before it, which is slow.
  return kept.replace(/([a-z])[\s_-]+(?=[a-z])/g, '$1').replace(BETWEEN_LETTERS, '');
};

const SIGN = /[./'’]/;
const WITHIN_WORD = /(?<=[\p{L}\p{M}])[./'’](?=\p{L})/gu;

/** Without signs that are now written and now left out, within words: `node.js`, `CI/CD`, `writer's block`. */
export const bare = (folded: string): string =>
  SIGN.test(folded) ? folded.replace(WITHIN_WORD, '') : folded;

const [SPACE, HYPHEN, UNDERSCORE] = [0x20, 0x2d, 0x5f];

function lettersOf(folded: string): number {
  let letters = 0;
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    if (code !== SPACE && code !== HYPHEN && code !== UNDERSCORE) letters |= 1 << (code & 31);
  }
  return letters;
}

export function formsOf(name: string): NameForms {
  const folded = fold(name.trim()).replace(OTHER_SPACE, ' ');
  const joined = join(folded);
  return { key: optionKey(name), folded, joined, letters: lettersOf(folded) };
}

const prepared = new WeakMap<readonly Option[], PreparedOptions>();

/** The forms of all options, kept for as long as the list is; a list is never changed in place. */
export function prepareOptions(options: readonly Option[]): PreparedOptions {
  const known = prepared.get(options);
  if (known) return known;
  const all = options.map((option, at) => {
    // Written out, for the sake of its speed: objects made by spreading are read some 20 times slower.
    const { key, folded, joined, letters } = formsOf(option.name);
    return { key, folded, joined, letters, option, at };
  });
  const byKey = new Map<string, PreparedOption>();
  const byBare = new Map<string, PreparedOption>();
  for (const one of all) {
    if (!byKey.has(one.key)) byKey.set(one.key, one);
    const name = bare(one.joined);
    if (!byBare.has(name)) byBare.set(name, one);
  }
  const made = { all, byKey, byBare };
  prepared.set(options, made);
  return made;
}
