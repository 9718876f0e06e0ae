/**
 * `npm run bench:tags`: completing tags, ours against uFuzzy, Fuse.js and match-sorter, each with its index built before
 * and set up as it advises for short names: the time of a key stroke while words are typed letter by letter, and how
 * often the option that is wanted comes first. All are asked in turn, key by key, in one run; what counts are the ratios.
 * Ours is timed with a full record of uses, and finds near doubles besides; the others only search.
 */

import { cpus } from 'node:os';
import uFuzzy from '@leeoniya/ufuzzy';
import Fuse from 'fuse.js';
import { matchSorter } from 'match-sorter';
import type { Option } from '../../src/core/database/destination.ts';
import { completeTags } from '../../src/core/tags/complete.ts';
import { EMPTY_TAG_USAGE } from '../../src/core/tags/usage-record.ts';
import { fold } from '../../src/core/text/fold.ts';
import { MAX_USES, recordUse, tagLikelihoods } from './by-site.ts';
import { figureOf, inTurn, inWords, quantile, ratioInWords, ratioOf } from './measure.ts';

/** Words typed at each number of options; fewer where the slowest takes long. */
const WORDS_TYPED = new Map([
  [100, 200],
  [1_000, 60],
  [10_000, 12],
  [50_000, 4],
]);
const SIZES_OF_QUALITY = [1_000, 10_000];
/** Queries of each kind. */
const QUERIES = 100;
const LIMIT = 8;

// --- Names ----------------------------------------------------------------------------------------------------------

/** The same numbers on each run (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const split = (words: string) => words.split(' ');

const TOPICS = split(
  'JavaScript TypeScript Python Rust Haskell Kotlin Swift Elixir React Preact Svelte Angular Docker Kubernetes Linux Android ' +
    'PostgreSQL SQLite GraphQL WebAssembly Accessibility Typography Photography Architecture Astronomy Biology Chemistry ' +
    'Physics Mathematics Statistics Economics Philosophy Psychology Sociology History Geography Linguistics Literature ' +
    'Poetry Music Jazz Opera Cinema Theatre Cooking Baking Café Crème Jalapeño Sauté Gardening Cycling Climbing Running ' +
    'Swimming Hiking Sailing Travel Zürich México Córdoba Málaga Kraków Reykjavík Montréal Düsseldorf Language Education ' +
    'Medicine Neurology Cardiology Genetics Ecology Climate Energy Transport Housing Politics Democracy Justice Privacy ' +
    'Security Cryptography Networking Databases Compilers Robotics Electronics Startup Marketing Finance Insurance ' +
    'Accounting Management Leadership Hiring Résumé Fiancée Naïveté Métier Pâtisserie Mechanics Painting Sculpture Ceramics',
);
const FACETS = split(
  'tutorial reference article research paper podcast video course conference workshop interview review comparison benchmark ' +
    'library framework toolkit plugin template example dataset archive magazine newsletter community forum glossary history ' +
    'theory practice design testing debugging performance deployment migration automation planning teaching meetup équipe ' +
    'élève façade protégé cliché recipe checklist roadmap report survey experiment notebook',
);
const QUALIFIERS = split('advanced beginner classic daily favourite local modern offline personal weekly');

/** All names of one word, then of two, then of three, in an order that mixes the topics. */
const NAMES: readonly string[] = (() => {
  const random = createRandom(7);
  const shuffled = (names: string[]) => {
    for (let at = names.length - 1; at > 0; at--) {
      const other = random(at + 1);
      [names[at], names[other]] = [names[other] ?? '', names[at] ?? ''];
    }
    return names;
  };
  const two = TOPICS.flatMap((topic) => FACETS.map((facet) => `${topic} ${facet}`));
  const three = two.flatMap((name) => QUALIFIERS.map((qualifier) => `${qualifier} ${name}`));
  return [...shuffled([...TOPICS]), ...shuffled([...FACETS]), ...shuffled(two), ...shuffled(three)];
})();

const optionsOf = (count: number): Option[] =>
  NAMES.slice(0, count).map((name, at) => ({ id: String(at), name, color: 'default' }));

// --- Who is asked ---------------------------------------------------------------------------------------------------

interface Engine {
  readonly name: string;
  /** The names that are offered, the best first. */
  readonly find: (typed: string) => readonly string[];
}

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);

function usedLikelihoods(options: readonly Option[]) {
  const random = createRandom(11);
  let usage = EMPTY_TAG_USAGE;
  const page = { url: 'https://example.com/docs/a', destinationId: 'a' };
  for (let use = 0; use < MAX_USES; use++) {
    const tags = Array.from({ length: 4 }, () => options[random(options.length)]?.name ?? '');
    usage = recordUse(usage, { ...page, tags, at: NOW - random(90) * DAY });
  }
  return tagLikelihoods(usage, { ...page, tags: [], at: NOW });
}

function ours(options: readonly Option[], withUses: boolean): Engine {
  const likelihoods = withUses ? usedLikelihoods(options) : undefined;
  return {
    name: 'ours',
    find: (typed) => completeTags(typed, options, [], LIMIT, likelihoods).options.map(({ name }) => name),
  };
}

function createEngines(options: readonly Option[], withUses: boolean): Engine[] {
  const names = options.map(({ name }) => name);
  const plain = uFuzzy.latinize(names);
  const search = new uFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 });
  const fuse = new Fuse(options, { keys: ['name'], ignoreDiacritics: true });
  return [
    ours(options, withUses),
    {
      name: 'uFuzzy',
      find(typed) {
        // Above so many fits it does not sort; the default is 1,000.
        const [fits, info, order] = search.search(plain, uFuzzy.latinize(typed));
        const found = info && order ? order.map((at) => info.idx[at]) : (fits ?? []);
        return found.slice(0, LIMIT).map((at) => names[at ?? -1] ?? '');
      },
    },
    { name: 'Fuse.js', find: (typed) => fuse.search(typed, { limit: LIMIT }).map(({ item }) => item.name) },
    {
      name: 'match-sorter',
      find: (typed) =>
        matchSorter(options, typed, { keys: ['name'] })
          .slice(0, LIMIT)
          .map(({ name }) => name),
    },
  ];
}

// --- Time of a key stroke -------------------------------------------------------------------------------------------

const cell = (value: number, width: number, digits: number) => value.toFixed(digits).padStart(width);

/** Existing names and new ones, half of each: what is new is compared with all there is. */
function wordsToType(count: number, options: readonly Option[]): string[] {
  const random = createRandom(3);
  return Array.from({ length: count }, (_, at) => {
    const name = options[random(options.length)]?.name ?? '';
    return at % 2 === 0 ? name : `${name.slice(0, -2)}ology`;
  });
}

function time(find: () => unknown): number {
  const began = performance.now();
  find();
  return performance.now() - began;
}

async function reportSpeed(count: number, words: number): Promise<void> {
  const options = optionsOf(count);
  const first = time(() => completeTags('x', options, []));
  const engines = createEngines(options, true);
  const keys = (some: readonly string[]) =>
    some.flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1)));
  const warmUps = keys(wordsToType(3, options));
  const typed = [...warmUps, ...keys(wordsToType(words, options))];
  const times: Record<string, readonly number[]> = await inTurn(
    { warmUps: warmUps.length, rounds: typed.length - warmUps.length },
    Object.fromEntries(
      engines.map(({ name, find }) => [
        name,
        (round: number) => time(() => find(typed[round + warmUps.length] ?? '')),
      ]),
    ),
  );
  const own = times.ours ?? [];
  console.log(`\n${count} options, ${own.length} keys; ours prepares them in ${first.toFixed(1)} ms, once`);
  console.log(`                 ${'ms a key'.padEnd(26)}p95 ms   times ours, key by key`);
  for (const { name } of engines) {
    const mine = times[name] ?? [];
    console.log(
      name.padEnd(17) +
        inWords(figureOf(mine), '', 3).padEnd(24) +
        cell(quantile(mine, 0.95), 8, 3) +
        `   ${name === 'ours' ? '' : ratioInWords(ratioOf(mine, own))}`,
    );
  }
}

// --- What is found --------------------------------------------------------------------------------------------------

interface Query {
  readonly typed: string;
  readonly wanted: string;
}

type Typing = (name: string, isElsewhere: (typed: string, name: string) => boolean) => string | null;

const random = createRandom(5);

/** The fewest letters by which a name can be known, so that there is one right answer. */
const typePrefix: Typing = (name, isElsewhere) => {
  for (let length = 3; length < name.length; length++) {
    const typed = name.slice(0, length).trimEnd();
    if (!isElsewhere(typed, name)) return typed.toLowerCase();
  }
  return null;
};

/** From within a word; as few letters as no other name has, four at least. */
const typeMiddle: Typing = (name, isElsewhere) => {
  const from = 2 + random(2);
  for (let length = 4; from + length <= name.length; length++) {
    const typed = name.slice(from, from + length).trimEnd();
    if (!isElsewhere(typed, name)) return typed.toLowerCase();
  }
  return null;
};

const typeWithoutAccents: Typing = (name) => (fold(name) === name.toLowerCase() ? null : fold(name));

/** The whole name with one letter missing, doubled, wrong or swapped, anywhere but at its start. */
const typeWithTypo: Typing = (name, isElsewhere) => {
  const at = 1 + random(name.length - 2);
  const [before, letter = '', next = '', after] = [
    name.slice(0, at),
    name[at],
    name[at + 1],
    name.slice(at + 2),
  ];
  const slips = [
    `${before}${next}${after}`,
    `${before}${letter}${letter}${next}${after}`,
    `${before}${'etaoinsr'[random(8)]}${next}${after}`,
    `${before}${next}${letter}${after}`,
  ];
  const typed = slips[random(slips.length)]?.toLowerCase() ?? '';
  return typed === name.toLowerCase() || typed.includes(' ', typed.length - 1) || isElsewhere(typed, name)
    ? null
    : typed;
};

const KINDS: Readonly<Record<string, Typing>> = {
  'exact prefix': typePrefix,
  'mid-word': typeMiddle,
  'accent-less': typeWithoutAccents,
  'one typo': typeWithTypo,
};

function queriesOf(kind: Typing, names: readonly string[]): Query[] {
  const folded = names.map((name) => ({ name, folded: fold(name) }));
  const isElsewhere = (typed: string, wanted: string) => {
    const sought = fold(typed);
    return folded.some((other) => other.name !== wanted && other.folded.includes(sought));
  };
  const queries: Query[] = [];
  for (let tries = 0; queries.length < QUERIES && tries < QUERIES * 20; tries++) {
    const wanted = names[random(names.length)] ?? '';
    const typed = wanted.length < 6 ? null : kind(wanted, isElsewhere);
    if (typed !== null) queries.push({ typed, wanted });
  }
  return queries;
}

function reportQuality(count: number): void {
  const options = optionsOf(count);
  const engines = createEngines(options, false);
  console.log(`\n${count} options: % wanted first (among the first ${LIMIT})`);
  console.log(`${''.padEnd(22)}${engines.map(({ name }) => name.padStart(15)).join('')}`);
  for (const [kind, typing] of Object.entries(KINDS)) {
    const queries = queriesOf(
      typing,
      options.map(({ name }) => name),
    );
    const cells = engines.map(({ find }) => {
      const found = queries.map(({ typed, wanted }) => find(typed).indexOf(wanted));
      const share = (fits: (at: number) => boolean) =>
        ((found.filter(fits).length * 100) / queries.length).toFixed(0);
      return `${share((at) => at === 0)} (${share((at) => at >= 0)})`.padStart(15);
    });
    console.log(`${kind.padEnd(13)}${`n=${queries.length}`.padEnd(9)}${cells.join('')}`);
  }
}

console.log(
  `Node ${process.version}, ${cpus().length} cores; each key asked of all by turns; in brackets the middle half`,
);
for (const [count, words] of WORDS_TYPED) await reportSpeed(count, words);
for (const count of SIZES_OF_QUALITY) reportQuality(count);
