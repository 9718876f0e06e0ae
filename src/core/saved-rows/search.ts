/**
 * Finding saved rows while something is typed. Rows lie in blocks of text, those that changed last first. Of each block it is
 * known where words begin, by their first letter: so the best that a row can be is known before the row is looked at, and
 * once there are enough rows as good, most are not. Those that are left are gone through from one occurrence of the words
 * to the next.
 */

import { fold } from '../text/fold.ts';
import { type Block, blocksOf, endOf, ranksIn, startOf } from './block.ts';
import { latestLines, type Pack } from './pack.ts';

type Held = { id: string; rank: number; order: number };

export type FoundRow = { id: string; rank: number };

export type RowSearch = ReturnType<typeof createRowSearch>;

/** When at most one row in so many is left of a block, they are looked at one by one. */
const FEW = 8;

/** Told of a row that holds all the words; false: that will do. */
type Visit = (row: number) => boolean;

/** Visits the rows that hold all the words, in order. @returns whether all were visited */
function visitRows(block: Block, words: readonly string[], visit: Visit): boolean {
  const { text, ids } = block;
  const at = words.map(() => -1);
  let row = 0;
  while (row < ids.length) {
    const start = startOf(block, row);
    let furthest = start;
    for (let word = 0; word < words.length; word++) {
      if ((at[word] ?? -1) < start) at[word] = text.indexOf(words[word] ?? '', start);
      const found = at[word] ?? -1;
      if (found < 0) return true;
      if (found > furthest) furthest = found;
    }
    const before = row;
    while (endOf(block, row) <= furthest) row++;
    // The others may not reach as far.
    if (row !== before && words.length > 1) continue;
    if (!visit(row)) return false;
    row++;
  }
  return true;
}

/** The same among these rows only. */
function visitFew(block: Block, rows: readonly number[], words: readonly string[], visit: Visit): boolean {
  for (const row of rows) {
    const line = block.text.slice(startOf(block, row), endOf(block, row));
    if (words.every((word) => line.includes(word)) && !visit(row)) return false;
  }
  return true;
}

/** Words as they are looked for. */
function wordsOf(typed: string): string[] {
  const words = [...new Set(fold(typed).split(/\s+/))].filter((word) => word !== '');
  // The longest first: it is likely the rarest.
  return words.sort((a, b) => b.length - a.length);
}

/** The best rows so far, at most `limit`. */
function createBest(limit: number) {
  const held: Held[] = [];
  const last = () => (held.length < limit ? undefined : held[limit - 1]);
  return {
    held,
    /** Whether a row of that rank could still be among them. */
    takes(rank: number, order: number): boolean {
      const worst = last();
      return worst === undefined || rank < worst.rank || (rank === worst.rank && order < worst.order);
    },
    /** The highest rank that rows from that place on may have to be among them. */
    highest(order: number): number {
      const worst = last();
      if (worst === undefined) return Number.POSITIVE_INFINITY;
      return order < worst.order ? worst.rank : worst.rank - 1;
    },
    add(one: Held): void {
      const isBefore = (other: Held | undefined) =>
        other !== undefined &&
        (other.rank < one.rank || (other.rank === one.rank && other.order < one.order));
      let place = held.length;
      while (place > 0 && !isBefore(held[place - 1])) place--;
      held.splice(place, 0, one);
      if (held.length > limit) held.pop();
    },
  };
}

/** A search over rows, which remembers what was typed last: typing on only looks at what has been found so far. */
export function createRowSearch(packs: readonly Pack[]) {
  const blocks = blocksOf(latestLines(packs), 0, 0);
  /** Rows that came, changed or went since, and with which addition. */
  const changed = new Map<string, number>();
  let additions = 0;
  let newest = 0;
  /** Rows that may hold the words, by block; nothing for many and for blocks that were not gone through. */
  type Found = (readonly number[] | undefined)[];
  let last: { words: readonly string[]; found: Found } = { words: [], found: [] };

  const isCurrent = (id: string, born: number): boolean => {
    const since = changed.size === 0 ? undefined : changed.get(id);
    return since === undefined || since === born;
  };

  /** Whether each word typed before is part of one typed now. */
  const narrows = (words: readonly string[]): boolean =>
    last.words.length > 0 && last.words.every((old) => words.some((word) => word.includes(old)));

  /** Looks for more of the best in a block. @returns the rows of it that may hold the words, where they are few */
  function searchBlock(
    block: Block,
    words: readonly string[],
    best: ReturnType<typeof createBest>,
    known: readonly number[] | undefined,
  ): readonly number[] | undefined {
    const highest = best.highest(block.order[0] ?? 0);
    if (highest < 0 || known?.length === 0) return known;
    let told: ReturnType<typeof ranksIn> | null = null;
    // Where there are few such rows, most blocks have none, and there is nothing to be told of them.
    const ranksHere = () => {
      told ??= ranksIn(block, words);
      return told;
    };
    const most = block.ids.length / FEW;
    const holding: number[] = [];
    const visit: Visit = (row) => {
      if (holding.length <= most) holding.push(row);
      const { ranks, least } = ranksHere();
      const order = block.order[row] ?? 0;
      const rank = ranks[row] ?? 0;
      // Nothing that follows in this block is better than the best.
      if (!best.takes(rank, order)) return best.takes(least, order);
      const id = block.ids[row] ?? '';
      if (isCurrent(id, block.born)) best.add({ id, rank, order });
      return true;
    };
    if (highest < Number.POSITIVE_INFINITY) {
      const { ranks, least } = ranksHere();
      if (highest < least) return known;
      const good: number[] = [];
      const count = known?.length ?? block.ids.length;
      for (let at = 0; at < count && (known || good.length <= most); at++) {
        const row = known?.[at] ?? at;
        if ((ranks[row] ?? 0) <= highest) good.push(row);
      }
      if (known || good.length <= most) {
        visitFew(block, good, words, visit);
        return known;
      }
    }
    const isThrough = known ? visitFew(block, known, words, visit) : visitRows(block, words, visit);
    return isThrough && holding.length <= most ? holding : known;
  }

  return {
    /** Rows that have come, changed or gone. */
    add(pack: Pack): void {
      additions += 1;
      for (const id of pack.ids.split('\n')) changed.set(id, additions);
      const lines = latestLines([pack]);
      newest -= lines.ids.length;
      blocks.unshift(...blocksOf(lines, newest, additions));
      last = { words: [], found: [] };
    },

    /**
     * The rows in which every word that is typed is found, regardless of case and accents: at the beginning of a word of
     * the title, then of the tags, then of the host, then anywhere; of those alike, the ones that changed last. Nothing
     * typed: the rows that changed last.
     */
    search(typed: string, limit: number): FoundRow[] {
      if (limit < 1) return [];
      const words = wordsOf(typed);
      const known = narrows(words) ? last.found : [];
      const best = createBest(limit);
      const found = blocks.map((block, index) => searchBlock(block, words, best, known[index]));
      last = { words, found };
      return best.held.map(({ id, rank }) => ({ id, rank }));
    },
  };
}
