/** The ranking that others are measured against: by how often a tag was used, on that site, in that section, and of late. */
import { plainHost } from '../../src/core/address/host.ts';
import { MAX_TAG, optionKey } from '../../src/core/tags/rules.ts';
import type { TagUsage, TagUse } from '../../src/core/tags/usage-record.ts';

/** Uses remembered over all destinations; about 100 KB as JSON. */
export const MAX_USES = 1_000;
/** Characters of all names remembered, which holds for unusually long ones as well. */
export const MAX_USAGE_CHARACTERS = 120_000;
/** Tags remembered of one use. */
export const MAX_TAGS_OF_USE = 20;

const MAX_SECTION = 40;
/** Names of sections and people. Not `;jsessionid=…`, `https%3A%2F%2F…` or other things that hold more than a name. */
const SECTION = /^@?[\p{L}\p{M}\p{N}._~+-]+$/u;

const HOUR = 3_600_000;
/** A use counts half after a month, as in Firefox's "frecency". */
const HALF_LIFE_HOURS = 30 * 24;

type Place = Pick<TagUse, 'host' | 'section'>;

function readSection(pathname: string): string {
  try {
    const section = decodeURIComponent(pathname.split('/')[1] ?? '').toLowerCase();
    return section.length <= MAX_SECTION && SECTION.test(section) ? section : '';
  } catch {
    return '';
  }
}

/** What is remembered of an address. */
export function placeOf(url: string): Place {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return { host: '', section: '' };
  const port = parsed.port && `:${parsed.port}`;
  return { host: plainHost(parsed.hostname) + port, section: readSection(parsed.pathname) };
}

const hourOf = (at: number): number => Math.floor(at / HOUR);

const charactersOf = (use: TagUse): number =>
  use.tags.reduce((sum, tag) => sum + tag.length, use.host.length + use.section.length);

/** Without the oldest uses, whichever destination they belong to, until what is left keeps to the bounds. */
function bound(usage: TagUsage): TagUsage {
  const all = Object.values(usage).flat();
  let uses = all.length;
  let characters = all.reduce((sum, use) => sum + charactersOf(use), 0);
  const kept: TagUsage = { ...usage };
  while (uses > MAX_USES || characters > MAX_USAGE_CHARACTERS) {
    let oldest: string | null = null;
    for (const [id, [first]] of Object.entries(kept)) {
      const least = oldest === null ? undefined : kept[oldest]?.[0];
      if (first && (least === undefined || first.hour < least.hour)) oldest = id;
    }
    if (oldest === null) break;
    const [dropped, ...rest] = kept[oldest] ?? [];
    uses--;
    characters -= dropped ? charactersOf(dropped) : 0;
    if (rest.length > 0) kept[oldest] = rest;
    else delete kept[oldest];
  }
  return kept;
}

export type SavedTags = {
  /** Address of the page. */
  url: string;
  tags: readonly string[];
  /** When, in milliseconds since 1970. */
  at: number;
  destinationId: string;
};

/** The usage with one more page saved; the oldest is forgotten for it once the record is full. */
export function recordUse(usage: TagUsage, { url, tags, at, destinationId }: SavedTags): TagUsage {
  const keys = [...new Set(tags.map(optionKey))].filter((key) => key !== '' && key.length <= MAX_TAG);
  if (keys.length === 0) return usage;
  const use: TagUse = { ...placeOf(url), tags: keys.slice(0, MAX_TAGS_OF_USE), hour: hourOf(at) };
  return bound({ ...usage, [destinationId]: [...(usage[destinationId] ?? []), use] });
}

/** How likely tags are to be chosen next, from 0 to 1, by `optionKey`; those never used are not in it. */
export type Likelihoods = ReadonlyMap<string, number>;

export const NO_LIKELIHOODS: Likelihoods = new Map();

/** How much it says that a tag was used: at all, on this site, in this section, together with those already chosen. */
const WEIGHTS = [1, 2, 3, 4] as const;
const ALL_WEIGHTS = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

/** As if each had been seen once more without the tag, so that a single use is not taken for a rule. */
const DOUBT = 1;

/**
 * What past saves to the same destination make likely for a page. In each of four ways of looking at them it is asked in
 * which share of them the tag was, where a use counts less the longer ago it is; the answer is the weighted mean.
 */
export function tagLikelihoods(
  usage: TagUsage,
  { url, tags: chosen, at, destinationId }: SavedTags,
): Likelihoods {
  const place = placeOf(url);
  const now = hourOf(at);
  const taken = new Set(chosen.map(optionKey));
  const totals = WEIGHTS.map(() => 0);
  const sums = new Map<string, number[]>();
  for (const use of usage[destinationId] ?? []) {
    // A clock that was set back makes no use count more than one of this hour.
    const count = 0.5 ** (Math.max(0, now - use.hour) / HALF_LIFE_HOURS);
    const isHere = place.host !== '' && use.host === place.host;
    const isSection = isHere && place.section !== '' && use.section === place.section;
    const shared = taken.size === 0 ? 0 : use.tags.filter((tag) => taken.has(tag)).length / taken.size;
    const counts = [count, isHere ? count : 0, isSection ? count : 0, count * shared];
    for (const [way, one] of counts.entries()) totals[way] = (totals[way] ?? 0) + one;
    for (const tag of use.tags) {
      if (taken.has(tag)) continue;
      const sum = sums.get(tag);
      if (sum) for (const [way, one] of counts.entries()) sum[way] = (sum[way] ?? 0) + one;
      else sums.set(tag, [...counts]);
    }
  }
  const likelihood = (sum: readonly number[]) =>
    WEIGHTS.reduce((all, weight, way) => all + (weight * (sum[way] ?? 0)) / ((totals[way] ?? 0) + DOUBT), 0) /
    ALL_WEIGHTS;
  return new Map([...sums].map(([tag, sum]) => [tag, likelihood(sum)]));
}
