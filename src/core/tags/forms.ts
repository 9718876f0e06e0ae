/** The forms of a name that are compared while a tag is typed, worked out once for each list of options. */
import type { Option } from '../database/destination.ts';
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

const IS_ASCII = /^[ -~]*$/;

/**
 * Accents of Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic, which few people type. The marks of
 * other scripts are letters to those who read them: Japanese か and が, Hindi कल and कुल. And joiners and all else that draws
 * nothing by itself: some write it, others do not, and nobody sees which.
 */
const NOT_COMPARED =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

export const fold = (text: string): string =>
  // Most names are ASCII, where there is nothing to take apart: a fifth of the time.
  IS_ASCII.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(NOT_COMPARED, '').toLowerCase();

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
