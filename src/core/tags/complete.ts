/** Completing a tag while it is typed. */
import type { Option } from '../notion/destination.ts';
import { matchOption } from './rules.ts';

export type Completion = {
  /** Options of the database that fit, the best first. */
  options: Option[];
  /** What was typed, when it could become an option of its own. */
  create: string | null;
  /** Whether the first option is so likely meant that Enter should take it rather than create. */
  likely: boolean;
};

/** Lower case, without accents. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** `long-read` and `longread` are the same tag to a reader. Other signs can tell tags apart: `C#`, `C++`, `.net`. */
const joined = (folded: string): string => folded.replace(/[\s_-]+/g, '');

const IS_LETTER = /[\p{L}\p{N}]/u;

/** Up to this rank a name begins, or one of its words does, with what was typed. */
const WORD_START = 2;

/**
 * How well an option fits, the less the better: as a whole, but for gaps, from its start, from a word's start, within,
 * in order.
 */
function rank(name: string, typed: string): number {
  const folded = fold(name);
  if (folded === typed) return 0;
  if (joined(folded) === joined(typed)) return 0.5;
  const at = folded.indexOf(typed);
  if (at === 0) return 1;
  if (at > 0) return IS_LETTER.test(folded[at - 1] ?? '') ? 3 : WORD_START;
  return isSubsequence(typed, folded) ? 4 : Number.POSITIVE_INFINITY;
}

function isSubsequence(typed: string, folded: string): boolean {
  let at = 0;
  for (let i = 0; i < folded.length; i++) if (folded[i] === typed[at]) at++;
  return at === typed.length;
}

/**
 * The options to offer for what has been typed so far; without anything typed, the first ones in the database's order.
 * @param chosen tags that are taken already and not offered again
 */
export function completeTags(
  typed: string,
  options: readonly Option[],
  chosen: readonly string[],
  limit = 8,
): Completion {
  const free = options.filter((option) => matchOption(option.name, chosen) === null);
  const wanted = fold(typed.trim());
  if (wanted === '') return { options: free.slice(0, limit), create: null, likely: false };
  const fitting = free
    .map((option) => ({ option, rank: rank(option.name, wanted) }))
    .filter((one) => one.rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.option.name.length - b.option.name.length);
  const name = typed.trim();
  const isNew = matchOption(name, [...options.map((option) => option.name), ...chosen]) === null;
  return {
    options: fitting.slice(0, limit).map((one) => one.option),
    create: isNew ? name : null,
    likely: (fitting[0]?.rank ?? Number.POSITIVE_INFINITY) <= WORD_START,
  };
}
