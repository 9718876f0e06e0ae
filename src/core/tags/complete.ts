/** Completing a tag while it is typed. */
import type { Option } from '../database/destination.ts';
import { formsOf, type NameForms, type PreparedOption, prepareOptions } from './forms.ts';
import { type Likelihoods, NO_LIKELIHOODS } from './likelihoods.ts';
import { nearOption } from './near.ts';
import { optionKey } from './rules.ts';
import { startsWithTypo } from './typos.ts';

export type Completion = {
  /** Options of the database that fit, the best first. */
  options: Option[];
  /** What was typed, when it could become an option of its own. */
  create: string | null;
  /** Whether the first option is so likely meant that Enter should take it rather than create. */
  likely: boolean;
  /** The option that the name in `create` is probably meant to be; it may be chosen already. */
  near: Option | null;
};

/** How well an option fits what was typed, the less the better. */
const RANK = {
  whole: 0,
  butForAccents: 0.25,
  butForGaps: 0.5,
  start: 1,
  wordStart: 2,
  /** Not what was typed, but probably what was meant. */
  near: 2.5,
  within: 3,
  inOrder: 4,
  startWithTypo: 5,
} as const;
const NONE = Number.POSITIVE_INFINITY;

/** Up to this rank a name begins, or one of its words does, with what was typed. */
const LIKELY = RANK.wordStart;

/** From this length on a slip of the keyboard still leaves enough to know a name by. */
const LEAST_WITH_TYPO = 5;

const IS_LETTER = /[\p{L}\p{N}]/u;

/** Whether a name's word begins with what was typed, which is known to be in it from `at` on. */
function startsWord(folded: string, typed: string, at: number): boolean {
  for (let next = at; next >= 0; next = folded.indexOf(typed, next + 1)) {
    if (!IS_LETTER.test(folded[next - 1] ?? '')) return true;
  }
  return false;
}

function isSubsequence(typed: string, folded: string): boolean {
  let at = 0;
  const last = folded.length - typed.length;
  for (let i = 0; at < typed.length && i <= last + at; i++)
    if (folded.charCodeAt(i) === typed.charCodeAt(at)) at++;
  return at === typed.length;
}

/** An option's rank, or `NONE` if it does not fit; not looked for beyond `worst`. */
function rank(name: NameForms, typed: NameForms, worst: number): number {
  const { folded } = name;
  // In names without these letters, not all of it can be.
  if ((typed.letters & ~name.letters) === 0) {
    if (name.joined === typed.joined) {
      if (name.key === typed.key) return RANK.whole;
      return folded === typed.folded ? RANK.butForAccents : RANK.butForGaps;
    }
    if (folded.startsWith(typed.folded)) return RANK.start;
    if (worst < RANK.wordStart) return NONE;
    const at = folded.indexOf(typed.folded, 1);
    if (at > 0) return startsWord(folded, typed.folded, at) ? RANK.wordStart : RANK.within;
    if (worst < RANK.inOrder) return NONE;
    if (isSubsequence(typed.folded, folded)) return RANK.inOrder;
  }
  const mayStart = worst >= RANK.startWithTypo && typed.folded.length >= LEAST_WITH_TYPO;
  return mayStart && startsWithTypo(folded, typed.folded) ? RANK.startWithTypo : NONE;
}

type Fitting = { one: PreparedOption; rank: number; likelihood: number };

/** By rank; of the same, the likelier and then the shorter first. */
const compare = (a: Fitting, b: Fitting): number =>
  a.rank - b.rank || b.likelihood - a.likelihood || a.one.option.name.length - b.one.option.name.length;

/** The best options, the first of equals in the database's order. Only `limit` are held, so nothing has to be sorted. */
function best(
  typed: NameForms,
  all: readonly PreparedOption[],
  near: PreparedOption | null,
  taken: ReadonlySet<string>,
  likelihoods: Likelihoods,
  limit: number,
): Fitting[] {
  const held: Fitting[] = [];
  for (const one of all) {
    const last = held.length < limit ? undefined : held[limit - 1];
    const worst = last?.rank ?? NONE;
    const own = rank(one, typed, worst);
    const fits = one === near ? Math.min(own, RANK.near) : own;
    if (fits === NONE || fits > worst || taken.has(one.key)) continue;
    const fitting = { one, rank: fits, likelihood: likelihoods.get(one.key) ?? 0 };
    if (last && compare(fitting, last) >= 0) continue;
    let at = held.length;
    while (at > 0 && compare(fitting, held[at - 1] ?? fitting) < 0) at--;
    held.splice(at, 0, fitting);
    if (held.length > limit) held.pop();
  }
  return held;
}

/** What to offer before anything is typed: the likeliest, then the first ones in the database's order. */
function likeliest(
  options: readonly Option[],
  taken: ReadonlySet<string>,
  likelihoods: Likelihoods,
  limit: number,
): Option[] {
  const offered = new Set<Option>();
  if (likelihoods.size > 0) {
    const { byKey } = prepareOptions(options);
    const known = [...likelihoods].flatMap(([key, likelihood]) => {
      const one = byKey.get(key);
      return one && !taken.has(key) ? [{ one, likelihood }] : [];
    });
    known.sort((a, b) => b.likelihood - a.likelihood || a.one.at - b.one.at);
    for (const { one } of known.slice(0, limit)) offered.add(one.option);
  }
  for (const option of options) {
    if (offered.size >= limit) break;
    if (!taken.has(optionKey(option.name))) offered.add(option);
  }
  return [...offered];
}

/**
 * The options to offer for what has been typed so far; without anything typed, the likeliest ones, or the first ones in
 * the database's order where nothing is known.
 * @param options never changed in place: what is worked out of them is kept
 * @param chosen tags that are taken already and not offered again
 * @param likelihoods by which options that fit equally well are ordered
 */
export function completeTags(
  typed: string,
  options: readonly Option[],
  chosen: readonly string[],
  limit = 8,
  likelihoods: Likelihoods = NO_LIKELIHOODS,
): Completion {
  const name = typed.trim();
  const taken = new Set(chosen.map(optionKey));
  const wanted = formsOf(name);
  if (wanted.folded === '') {
    return {
      options: likeliest(options, taken, likelihoods, limit),
      create: null,
      likely: false,
      near: null,
    };
  }
  const prepared = prepareOptions(options);
  const isNew = !prepared.byKey.has(wanted.key) && !taken.has(wanted.key);
  const near = isNew ? nearOption(wanted, prepared, likelihoods) : null;
  const fitting = best(wanted, prepared.all, near, taken, likelihoods, Math.max(limit, 1));
  return {
    options: fitting.slice(0, limit).map(({ one }) => one.option),
    create: isNew ? name : null,
    likely: (fitting[0]?.rank ?? NONE) <= LIKELY,
    near: near?.option ?? null,
  };
}
