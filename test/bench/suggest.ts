/**
 * `npm run bench:suggest`: how often the options that somebody chooses are among those that are proposed, for made-up people with
 * habits (`habits.ts`), next to the ranking by site and recency; and what that costs, from a thousand rows to a hundred thousand.
 */
import { optionKey } from '../../src/core/tags/rules.ts';
import { Suggester } from '../../src/core/tags/suggest/suggester.ts';
import { EMPTY_TAG_USAGE } from '../../src/core/tags/usage-record.ts';
import { recordUse, tagLikelihoods } from './by-site.ts';
import { createRandom, PEOPLE, type Person, type Saved, savesOf } from './habits.ts';
import { figureOf, inWords, line, quantile, verdict } from './measure.ts';

const SAVES = 2_000;
/** From which save on is counted. */
const FROM = 200;
const HOUR = 3_600_000;
const SIZES = [
  [1_000, 10],
  [1_000, 1_000],
  [10_000, 1_000],
  [10_000, 10_000],
  [100_000, 10_000],
] as const;
const ROUNDS = 60;

type Counts = { saves: number; hits: number; recall: number };
const noCounts = (): Counts => ({ saves: 0, hits: 0, recall: 0 });

function count(counts: Counts, proposed: readonly string[], chosen: readonly string[]): void {
  const right = proposed.filter((name) => chosen.includes(name)).length;
  counts.saves += 1;
  counts.hits += right > 0 ? 1 : 0;
  counts.recall += right / chosen.length;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function measure(person: Person, withText: boolean): void {
  const suggester = new Suggester();
  let usage = EMPTY_TAG_USAGE;
  let options: { name: string }[] = [];
  const known = new Set<string>();
  const [ours, before] = [noCounts(), noCounts()];
  let [shown, right, any] = [0, 0, 0];
  for (const [at, { url, title, description, tags }] of savesOf(person, SAVES).entries()) {
    const page = { url, title, ...(withText ? { description } : {}) };
    const chosen = tags.map(optionKey).filter((key) => known.has(key));
    const use = { url, at: at * HOUR, destinationId: 'one' };
    if (at >= FROM && chosen.length > 0) {
      const found = suggester.candidates(page, [], options).slice(0, 5);
      count(
        ours,
        found.map(({ name }) => optionKey(name)),
        chosen,
      );
      const chips = suggester.propose(page, [], options).map(({ name }) => optionKey(name));
      shown += chips.length;
      right += chips.filter((key) => chosen.includes(key)).length;
      any += chips.length > 0 ? 1 : 0;
      const likely = [...tagLikelihoods(usage, { ...use, tags: [] })].sort((a, b) => b[1] - a[1]);
      count(
        before,
        likely.slice(0, 5).map(([key]) => key),
        chosen,
      );
    }
    suggester.teach(page, tags, options);
    const fresh = tags.filter((tag) => !known.has(optionKey(tag)));
    for (const tag of fresh) known.add(optionKey(tag));
    if (fresh.length > 0) options = [...options, ...fresh.map((name) => ({ name }))];
    suggester.learn({ id: String(at), at: at * HOUR, ...page, tags });
    usage = recordUse(usage, { ...use, tags });
  }
  const words = ({ saves, hits, recall }: Counts) =>
    `a hit among five ${percent(hits / saves)}, of the tags ${percent(recall / saves)}`;
  line(
    `${person.name}${withText ? ', with descriptions' : ''}`,
    `${words(ours)}; by site and recency ${words(before)}; shown ${(shown / ours.saves).toFixed(1)} a save, ${percent(right / shown)} of them right, in ${percent(any / ours.saves)} of saves`,
  );
}

/** Rows as somebody has them who has saved for years. */
function* many(rows: number, options: number): Iterable<Saved & { id: string; at: number }> {
  const random = createRandom(7);
  const saves = savesOf({ ...(PEOPLE[0] as Person), interests: 200 }, 5_000);
  for (let at = 0; at < rows; at++) {
    const save = saves[at % saves.length] as Saved;
    // Few options are used often, and most of them seldom.
    const tags = Array.from({ length: 3 }, () => `tag ${Math.floor(random() ** 3 * options)}`);
    yield { ...save, title: `${save.title} ${at}`, tags, id: `row ${at}`, at: at * HOUR };
  }
}

function bytesOf({ names, ...numbers }: object & { names: string[] }): number {
  const packed = Object.values(numbers) as { byteLength: number }[];
  return packed.reduce((sum, { byteLength }) => sum + byteLength, names.join('').length);
}

function cost(rows: number, options: number): void {
  const suggester = new Suggester();
  const all = [...many(rows, options)];
  const begin = performance.now();
  for (const row of all) suggester.learn(row);
  const { rows: packed } = suggester.learned();
  const learned = (1_000 * (performance.now() - begin)) / rows;
  const names = Array.from({ length: options }, (_, at) => ({ name: `tag ${at}` }));
  suggester.candidates(all[0] as Saved, [], names);
  const times = (chosen: readonly string[]) =>
    Array.from({ length: ROUNDS }, (_, round) => {
      const page = all[(round * 37) % all.length] as Saved;
      const start = performance.now();
      suggester.propose(page, chosen, names);
      return performance.now() - start;
    });
  const [first, next] = [times([]), times(['tag 1'])];
  const size = bytesOf(packed) / 1e6;
  const isLargest = rows === 100_000;
  line(
    `${rows} rows, ${options} options`,
    `a proposal ${inWords(figureOf(first), 'ms', 2)}, of twenty all but one within ${quantile(first, 0.95).toFixed(1)}; once a tag is chosen ${inWords(figureOf(next), 'ms', 2)}; ${size.toFixed(2)} MB; ${learned.toFixed(0)} µs to learn a row`,
    isLargest
      ? `${verdict(figureOf(first).middle, { atMost: 10 })} ${verdict(size, { atMost: 5 })} ${verdict(learned, { atMost: 50 })}`
      : '',
  );
}

console.log(
  `${SAVES} saves of each, from the ${FROM}th on; each is proposed from those before it, and then learned`,
);
for (const person of PEOPLE) {
  measure(person, false);
  measure(person, true);
}
for (const [rows, options] of SIZES) cost(rows, options);
