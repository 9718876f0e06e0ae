/**
 * Which options somebody would choose for a page, by what they have chosen before: a blend of whether an option's name stands in the
 * page and how that fared, of what rows with the same words, site and section have, of what was chosen lately, and of what goes
 * with what is chosen already. One pass over the rows.
 */
import { optionKey } from '../rules.ts';
import type { PackedRows } from './memory.ts';
import { knownOptions, type NamedOption, singular } from './prepare.ts';
import { ADDRESS, type Place, type ReadPage, TEXT, TITLE } from './read.ts';
import { confidenceOf, type Inputs, scoreOf, type Weights } from './weights.ts';
import { wordsOf } from './words.ts';

/** Why an option is proposed. */
export type Reason =
  | { kind: 'in-title' | 'in-address' | 'in-text' | 'lately' | 'just-now' }
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'site' | 'section'; place: string }
  | { kind: 'together'; tag: string };

export type Candidate = {
  /** Its place among the options. */
  at: number;
  name: string;
  /** How likely it is chosen, from 0 to 1. */
  confidence: number;
  inputs: Inputs;
  /** The strongest first, two at most. */
  reasons: readonly Reason[];
};

/** One row is no rule. */
const DOUBT = 2;
/** A feature of so many rows is looked at no further. */
const MOST_ROWS = 1_000;
/** Of the last saves each counts half after so many more. */
const LATELY = 100;
const JUST_NOW = 4;
/** Saves that count at all for that. */
const LAST_SAVES = 1_000;
/** How a word counts by its `Place`. */
const PLACE_WEIGHTS: readonly number[] = [0, 0.5, 0.6, 1];
const FLOOR = 0.003;
const LOG_FLOOR = Math.log(FLOOR);
/** More than these are neither shown nor learned from. */
export const MOST_CANDIDATES = 40;
const MOST_CHOSEN = 12;
const MOST_WORDS_NAMED = 2;

const logOf = (share: number): number => Math.log(share + FLOOR) - LOG_FLOOR;

type Feature = { rows: number[]; span: number };

/** Of each feature of the page the rows that have it, the latest first. */
function rowsWith(hashes: readonly number[], packed: PackedRows): Feature[] {
  const { features, featureStarts } = packed;
  const count = packed.minutes.length;
  const found = hashes.map((): Feature => ({ rows: [], span: count }));
  const places = new Map<number, number>();
  // Most are told apart by their upper bits alone.
  const mayBe = new Uint8Array(65_536);
  for (const [at, hash] of hashes.entries()) {
    if (hash === 0) continue;
    places.set(hash, at);
    mayBe[hash >>> 16] = 1;
  }
  for (let row = count - 1; row >= 0; row--) {
    const end = featureStarts[row + 1] ?? 0;
    for (let at = featureStarts[row] ?? 0; at < end; at++) {
      const hash = features[at] as number;
      if (mayBe[hash >>> 16] === 0) continue;
      const place = places.get(hash);
      const feature = place === undefined ? undefined : found[place];
      if (!feature || feature.rows.length >= MOST_ROWS) continue;
      feature.rows.push(row);
      if (feature.rows.length === MOST_ROWS) feature.span = count - row;
    }
  }
  return found;
}

/** Adds to each tag of these rows. */
function addTo(sums: Float64Array, rows: readonly number[], packed: PackedRows, amount: number): void {
  const { tags, tagStarts } = packed;
  for (const row of rows) {
    const end = tagStarts[row + 1] ?? 0;
    for (let at = tagStarts[row] ?? 0; at < end; at++) {
      const tag = tags[at] as number;
      sums[tag] = (sums[tag] as number) + amount;
    }
  }
}

/** In which share of the last saves each tag was, where each save counts half after so many more. */
function sharesOfLate(packed: PackedRows, half: number): Float64Array {
  const shares = new Float64Array(packed.names.length);
  const count = packed.minutes.length;
  const decay = 0.5 ** (1 / half);
  let [weight, total] = [1, 0];
  for (let row = count - 1; row >= Math.max(0, count - LAST_SAVES); row--, weight *= decay) {
    addTo(shares, [row], packed, weight);
    total += weight;
  }
  if (total > 0) for (let tag = 0; tag < shares.length; tag++) shares[tag] = (shares[tag] ?? 0) / total;
  return shares;
}

type Together = { shares: Float64Array; by: Int32Array };

/** How often each tag goes with one that is chosen, and with which. */
function togetherWith(chosen: readonly number[], packed: PackedRows): Together {
  const shares = new Float64Array(packed.names.length);
  const by = new Int32Array(packed.names.length).fill(-1);
  const { tags, tagStarts } = packed;
  const count = packed.minutes.length;
  for (const one of chosen) {
    const rows: number[] = [];
    for (let row = count - 1; row >= 0 && rows.length < MOST_ROWS; row--) {
      const end = tagStarts[row + 1] ?? 0;
      for (let at = tagStarts[row] ?? 0; at < end; at++)
        if (tags[at] === one) {
          rows.push(row);
          break;
        }
    }
    const sums = new Float64Array(packed.names.length);
    addTo(sums, rows, packed, 1 / (rows.length + DOUBT));
    for (let tag = 0; tag < sums.length; tag++) {
      if ((sums[tag] ?? 0) <= (shares[tag] ?? 0)) continue;
      shares[tag] = sums[tag] ?? 0;
      by[tag] = one;
    }
  }
  return { shares, by };
}

const hasTag = ({ tags, tagStarts }: PackedRows, row: number, tag: number): boolean =>
  tags.subarray(tagStarts[row], tagStarts[row + 1]).includes(tag);

export type Asked = {
  packed: PackedRows;
  weights: Weights;
  /** Of the database, in its order; nothing else is ever proposed. */
  options: readonly NamedOption[];
  page: ReadPage;
  chosen: readonly string[];
};

/** The likeliest options that are not chosen, the best first; those of which nothing is known are not among them. */
export function candidatesFor({ packed, weights, options, page, chosen }: Asked): Candidate[] {
  const { byKey, keys, byJoined } = knownOptions(options);
  const taken = new Set(chosen.map(optionKey));
  const numbers = new Map(packed.names.map((name, number) => [name, number]));

  const found = rowsWith([page.site, page.section, ...page.words.map(({ hash }) => hash)], packed);
  const [siteRows, sectionRows, ...wordRows] = found;
  const sums = () => new Float64Array(packed.names.length);
  const [site, section, words] = [sums(), sums(), sums()];
  const share = (rows: readonly number[]): number => 1 / (rows.length + DOUBT);
  if (siteRows) addTo(site, siteRows.rows, packed, share(siteRows.rows));
  if (sectionRows) addTo(section, sectionRows.rows, packed, share(sectionRows.rows));
  const rarities = page.words.map(({ place }, at) => {
    const { rows = [], span = 0 } = wordRows[at] ?? {};
    return Math.log((span + 1) / (rows.length + 0.5)) * (PLACE_WEIGHTS[place] ?? 0);
  });
  const allRarities = rarities.reduce((sum, one) => sum + one, 0) || 1;
  for (const [at, { rows }] of wordRows.entries())
    addTo(words, rows, packed, ((rarities[at] ?? 0) / allRarities) * share(rows));

  const [lately, justNow] = [sharesOfLate(packed, LATELY), sharesOfLate(packed, JUST_NOW)];
  const chosenNumbers = [...taken].flatMap((key) => numbers.get(key) ?? []).slice(-MOST_CHOSEN);
  const together = togetherWith(chosenNumbers, packed);

  const places = new Map<number, Place>();
  for (const [gram, place] of page.grams)
    for (const at of byJoined.get(singular(gram)) ?? [])
      if ((places.get(at) ?? 0) < place) places.set(at, place);

  const wordAt = new Map(page.words.map(({ word }, at) => [word, at]));
  /** How an option fared when all words of its name stood in a page. */
  function trustOf(at: number, number: number | undefined): number {
    const features = wordsOf(options[at]?.name ?? '').map((word) => wordRows[wordAt.get(word) ?? -1]);
    const [first, ...others] = features;
    if (!first || others.includes(undefined)) return 0;
    const sets = others.map((feature) => new Set(feature?.rows));
    const rows = first.rows.filter((row) => sets.every((set) => set.has(row)));
    const times = number === undefined ? 0 : rows.filter((row) => hasTag(packed, row, number)).length;
    return (times + 0.5) / (rows.length + 1) - 0.5;
  }

  function inputsOf(at: number, number: number | undefined): Inputs {
    const of = (all: Float64Array): number => (number === undefined ? 0 : (all[number] ?? 0));
    const place = places.get(at);
    return [
      1,
      logOf(of(lately)),
      logOf(of(justNow)),
      place === TITLE ? 1 : 0,
      place === ADDRESS ? 1 : 0,
      place === TEXT ? 1 : 0,
      place === undefined ? 0 : trustOf(at, number),
      logOf(of(words)),
      logOf(of(site)),
      logOf(of(section)),
      chosenNumbers.length === 0 ? 0 : logOf(of(together.shares)) - 1,
    ];
  }

  const best: { at: number; number: number | undefined; score: number; inputs: Inputs }[] = [];
  const consider = (at: number, number: number | undefined): void => {
    if (taken.has(keys[at] ?? '')) return;
    const inputs = inputsOf(at, number);
    const score = scoreOf(weights, inputs);
    const last = best[MOST_CANDIDATES - 1];
    const isBetter = (other: { at: number; score: number }) =>
      score > other.score || (score === other.score && at < other.at);
    if (last && !isBetter(last)) return;
    let place = best.length;
    while (place > 0 && isBetter(best[place - 1] as { at: number; score: number })) place--;
    best.splice(place, 0, { at, number, score, inputs });
    if (best.length > MOST_CANDIDATES) best.pop();
  };
  for (const [number, name] of packed.names.entries()) {
    const at = byKey.get(name);
    const isKnown =
      (lately[number] ?? 0) + (words[number] ?? 0) + (site[number] ?? 0) + (together.shares[number] ?? 0) > 0;
    if (at !== undefined && (isKnown || places.has(at))) consider(at, number);
  }
  for (const at of places.keys()) if (!numbers.has(keys[at] ?? '')) consider(at, undefined);

  /** The words by which an option is known, those that say most of it first. */
  const wordsFor = (number: number): string[] =>
    page.words
      .map(({ word }, at) => {
        const rows = wordRows[at]?.rows ?? [];
        const times = rows.filter((row) => hasTag(packed, row, number)).length;
        return { word, says: ((rarities[at] ?? 0) / allRarities) * times * share(rows) };
      })
      .filter(({ says }) => says > 0)
      .sort((a, b) => b.says - a.says)
      .slice(0, MOST_WORDS_NAMED)
      .map(({ word }) => word);

  function reasonsOf(number: number | undefined, inputs: Inputs): Reason[] {
    const name = (tag: number | undefined): string => packed.names[tag ?? -1] ?? '';
    const { host, sectionName } = page;
    const kinds: (Reason | null)[] = [
      null,
      { kind: 'lately' },
      { kind: 'just-now' },
      { kind: 'in-title' },
      { kind: 'in-address' },
      { kind: 'in-text' },
      null,
      { kind: 'words', words: [] },
      { kind: 'site', place: host },
      { kind: 'section', place: `${host}/${sectionName}` },
      { kind: 'together', tag: '' },
    ];
    return inputs
      .map((input, at) => ({ reason: kinds[at] ?? null, says: input * (weights.weights[at] ?? 0) }))
      .filter(({ reason, says }) => reason !== null && says > 0)
      .sort((a, b) => b.says - a.says)
      .slice(0, 2)
      .flatMap(({ reason }): Reason[] => {
        if (reason?.kind === 'words') {
          const said = number === undefined ? [] : wordsFor(number);
          return said.length > 0 ? [{ kind: 'words', words: said }] : [];
        }
        if (reason?.kind === 'together') return [{ kind: 'together', tag: name(together.by[number ?? -1]) }];
        return reason ? [reason] : [];
      });
  }

  return best.map(({ at, number, score, inputs }) => ({
    at,
    name: options[at]?.name ?? '',
    confidence: confidenceOf(score),
    inputs,
    reasons: reasonsOf(number, inputs),
  }));
}
