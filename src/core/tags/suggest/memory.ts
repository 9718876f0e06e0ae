/**
 * What was saved with which tags, in the form in which it is kept: rows in the order of their time, each a few numbers. What is
 * learned in whatever order, and forgotten again, comes to the same.
 */
import { optionKey } from '../rules.ts';
import { hashOf } from './hash.ts';
import { featuresOf, type Subject } from './read.ts';

/** A row that was saved with tags. */
export type TaggedRow = Subject & {
  id: string;
  /** When it was made, in milliseconds since 1970. */
  at: number;
  tags: readonly string[];
};

/**
 * Rows side by side: of row `i` the features are `features[starts[i]]` up to `starts[i + 1]`, and so its tags, which are places in
 * `names`. `ids` are two numbers for each.
 */
export type PackedRows = {
  /** `optionKey`s of the tags, in their order. */
  names: string[];
  ids: Uint32Array;
  /** Whole minutes since 1970. */
  minutes: Uint32Array;
  features: Uint32Array;
  featureStarts: Uint32Array;
  tags: Uint16Array;
  tagStarts: Uint32Array;
};

type LooseRow = {
  id: [number, number];
  minute: number;
  features: readonly number[];
  tags: readonly string[];
};
/** What has happened since rows were packed: one that is new or changed; null: gone. */
type Change = LooseRow | null;

const MINUTE = 60_000;
/** A number of 16 bits is a tag. */
const MAX_NAMES = 65_536;
const MAX_TAGS = 100;

export const NO_ROWS: PackedRows = {
  names: [],
  ids: new Uint32Array(0),
  minutes: new Uint32Array(0),
  features: new Uint32Array(0),
  featureStarts: new Uint32Array(1),
  tags: new Uint16Array(0),
  tagStarts: new Uint32Array(1),
};

/** Two hashes: that another row of 100,000 has both is as good as impossible. */
const idOf = (id: string): [number, number] => [hashOf(id), hashOf(id, 0x2545f491)];
const keyOf = (high: number, low: number): number => high * 2 ** 21 + (low >>> 11);

const compare = (a: LooseRow, b: LooseRow): number =>
  a.minute - b.minute || a.id[0] - b.id[0] || a.id[1] - b.id[1];

export class TagMemory {
  #packed: PackedRows;
  readonly #changes = new Map<number, Change>();

  constructor(packed: PackedRows = NO_ROWS) {
    this.#packed = packed;
  }

  /** A row as it is now; of one without tags nothing is kept. */
  learn({ id, at, tags, ...subject }: TaggedRow): void {
    const names = [...new Set(tags.map(optionKey))].filter((name) => name !== '').slice(0, MAX_TAGS);
    const [high, low] = idOf(id);
    const key = keyOf(high, low);
    const row = { id: [high, low] as [number, number], minute: Math.max(0, Math.floor(at / MINUTE)) };
    if (names.length === 0) this.#changes.set(key, null);
    else this.#changes.set(key, { ...row, features: featuresOf(subject), tags: names.toSorted() });
  }

  forget(id: string): void {
    this.#changes.set(keyOf(...idOf(id)), null);
  }

  /** All of it, packed: the same for the same rows, in whatever order they came. */
  pack(): PackedRows {
    if (this.#changes.size > 0) this.#packed = this.#merged();
    this.#changes.clear();
    return this.#packed;
  }

  /** The latest ones stay, so many. */
  keepLatest(count: number): void {
    const packed = this.pack();
    const over = packed.minutes.length - count;
    if (over <= 0) return;
    const kept = Array.from({ length: count }, (_, at) => over + at);
    this.#packed = merge(packed, kept, []);
  }

  #merged(): PackedRows {
    const old = this.#packed;
    const fresh = [...this.#changes.values()].filter((row): row is LooseRow => row !== null).sort(compare);
    const kept: number[] = [];
    for (let row = 0; row < old.minutes.length; row++)
      if (!this.#changes.has(keyOf(old.ids[2 * row] ?? 0, old.ids[2 * row + 1] ?? 0))) kept.push(row);
    return merge(old, kept, fresh);
  }
}

/** Rows of the one that are kept, and others, in the order of their time. */
function merge(old: PackedRows, kept: readonly number[], fresh: readonly LooseRow[]): PackedRows {
  const used = new Set<string>();
  let [features, tags] = [0, 0];
  const usedBefore = new Uint8Array(old.names.length);
  for (const row of kept) {
    features += (old.featureStarts[row + 1] ?? 0) - (old.featureStarts[row] ?? 0);
    for (let at = old.tagStarts[row] ?? 0; at < (old.tagStarts[row + 1] ?? 0); at++, tags++)
      usedBefore[old.tags[at] ?? 0] = 1;
  }
  for (const [number, name] of old.names.entries()) if (usedBefore[number]) used.add(name);
  for (const row of fresh) {
    features += row.features.length;
    tags += row.tags.length;
    for (const name of row.tags) used.add(name);
  }
  const names = [...used].sort().slice(0, MAX_NAMES);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const renumbered = Uint16Array.from(old.names, (name) => numbers.get(name) ?? 0);
  const count = kept.length + fresh.length;
  const packed: PackedRows = {
    names,
    ids: new Uint32Array(2 * count),
    minutes: new Uint32Array(count),
    features: new Uint32Array(features),
    featureStarts: new Uint32Array(count + 1),
    tags: new Uint16Array(tags),
    tagStarts: new Uint32Array(count + 1),
  };
  let [next, featureAt, tagAt] = [0, 0, 0];
  const end = (): void => {
    next += 1;
    packed.featureStarts[next] = featureAt;
    packed.tagStarts[next] = tagAt;
  };
  const addOld = (row: number): void => {
    packed.ids.set(old.ids.subarray(2 * row, 2 * row + 2), 2 * next);
    packed.minutes[next] = old.minutes[row] ?? 0;
    const those = old.features.subarray(old.featureStarts[row], old.featureStarts[row + 1]);
    packed.features.set(those, featureAt);
    featureAt += those.length;
    const start = tagAt;
    for (let at = old.tagStarts[row] ?? 0; at < (old.tagStarts[row + 1] ?? 0); at++)
      packed.tags[tagAt++] = renumbered[old.tags[at] ?? 0] ?? 0;
    packed.tags.subarray(start, tagAt).sort();
    end();
  };
  const addFresh = (row: LooseRow): void => {
    packed.ids.set(row.id, 2 * next);
    packed.minutes[next] = row.minute;
    packed.features.set(row.features, featureAt);
    featureAt += row.features.length;
    const start = tagAt;
    for (const name of row.tags) {
      const number = numbers.get(name);
      if (number !== undefined) packed.tags[tagAt++] = number;
    }
    packed.tags.subarray(start, tagAt).sort();
    end();
  };
  const isBefore = (row: number, other: LooseRow): boolean => {
    const minute = old.minutes[row] ?? 0;
    if (minute !== other.minute) return minute < other.minute;
    const [high, low] = [old.ids[2 * row] ?? 0, old.ids[2 * row + 1] ?? 0];
    return high !== other.id[0] ? high < other.id[0] : low < other.id[1];
  };
  let from = 0;
  for (const row of fresh) {
    for (let one = kept[from]; one !== undefined && isBefore(one, row); one = kept[from]) {
      addOld(one);
      from += 1;
    }
    addFresh(row);
  }
  for (; from < kept.length; from++) addOld(kept[from] ?? 0);
  return { ...packed, tags: packed.tags.slice(0, tagAt) };
}
