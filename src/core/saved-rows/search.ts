/**
 * Finding saved rows while something is typed. Rows lie in blocks of text, those that changed last first; a block is gone
 * through from one occurrence of the words to the next, so that rows without them cost next to nothing.
 */
import { fold } from '../tags/forms.ts';
import { isWide, type Lines, latestLines, type Pack } from './pack.ts';

/** How well a word fits a row, the less the better; for several words their sum. */
const RANK = { titleWord: 0, tag: 1, host: 2, within: 3 } as const;

type Block = {
  /** Lines as `Pack` has them, each with its line break. */
  text: string;
  /** `MARKS` for each row: where its title, its tags, its host and its line end, the line break included. */
  marks: Int32Array;
  ids: readonly string[];
  /** The place of each row among all, ascending; the less, the later it changed. */
  order: Int32Array;
  /** Which of the additions it came with. */
  born: number;
};
const MARKS = 4;

type Held = { id: string; rank: number; order: number };

export type FoundRow = { id: string; rank: number };

export type RowSearch = ReturnType<typeof createRowSearch>;

/** Rows of a block. */
const BLOCK_SIZE = 1_000;

/** When at most one row in so many is left of a block, they are looked at one by one. */
const FEW = 8;

/** A letter, digit or part of one that a pair of surrogates ends or is; signs such as emoji are none. */
const IS_LETTER = /[\p{L}\p{M}\p{N}]/u;

function isLetterBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  const isTail = code >= 0xdc00 && code <= 0xdfff;
  return IS_LETTER.test(text.slice(at - (isTail ? 2 : 1), at));
}

const endOf = ({ marks }: Block, row: number): number => marks[row * MARKS + MARKS - 1] ?? 0;
const startOf = (block: Block, row: number): number => (row === 0 ? 0 : endOf(block, row - 1));

/** The best rank that a word can have whose first occurrence in the row is there. */
function boundOf({ marks }: Block, row: number, at: number): number {
  const mark = row * MARKS;
  if (at < (marks[mark] ?? 0)) return RANK.titleWord;
  if (at < (marks[mark + 1] ?? 0)) return RANK.tag;
  return at < (marks[mark + 2] ?? 0) ? RANK.host : RANK.within;
}

/** @param first where the word is first found in the row */
function rankOf(block: Block, row: number, word: string, first: number): number {
  const { text, marks } = block;
  const start = startOf(block, row);
  const host = marks[row * MARKS + 2] ?? 0;
  for (let at = first; at >= 0 && at < host; at = text.indexOf(word, at + 1))
    if (at === start || !isLetterBefore(text, at)) return boundOf(block, row, at);
  return RANK.within;
}

/** @param places of the rows among those of `lines`, the first of which comes `from` places after the first of all */
function blockOf({ ids, lines }: Lines, places: readonly number[], from: number, born: number): Block {
  const marks = new Int32Array(places.length * MARKS);
  let start = 0;
  for (const [row, place] of places.entries()) {
    const line = lines[place] ?? '';
    let tab = -1;
    for (let mark = 0; mark < MARKS - 1; mark++) {
      tab = line.indexOf('\t', tab + 1);
      marks[row * MARKS + mark] = start + (tab < 0 ? line.length : tab);
    }
    start += line.length + 1;
    marks[row * MARKS + MARKS - 1] = start;
  }
  return {
    text: `${places.map((place) => lines[place]).join('\n')}\n`,
    marks,
    ids: places.map((place) => ids[place] ?? ''),
    order: Int32Array.from(places, (place) => from + place),
    born,
  };
}

function blocksOf(all: Lines, from: number, born: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < all.ids.length; at += BLOCK_SIZE) {
    // Text within Latin-1 takes half the room, and is gone through faster.
    const [narrow, wide]: [number[], number[]] = [[], []];
    const end = Math.min(at + BLOCK_SIZE, all.ids.length);
    for (let place = at; place < end; place++) (isWide(all.lines[place] ?? '') ? wide : narrow).push(place);
    for (const places of [narrow, wide]) if (places.length > 0) blocks.push(blockOf(all, places, from, born));
  }
  return blocks;
}

/** Told of a row that holds all the words, and where in the text each is first found in it; false: that will do. */
type Visit = (row: number, at: readonly number[]) => boolean;

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
    if (!visit(row, at)) return false;
    row++;
  }
  return true;
}

/** The same among these rows only. */
function visitFew(block: Block, rows: readonly number[], words: readonly string[], visit: Visit): boolean {
  for (const row of rows) {
    const start = startOf(block, row);
    const line = block.text.slice(start, endOf(block, row));
    const at = words.map((word) => line.indexOf(word));
    if (at.includes(-1)) continue;
    if (
      !visit(
        row,
        at.map((place) => place + start),
      )
    )
      return false;
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
  return {
    held,
    /** Whether a row of that rank, or of no better one, could still be among them. */
    takes(rank: number, order: number): boolean {
      const last = held.length < limit ? undefined : held[limit - 1];
      return last === undefined || rank < last.rank || (rank === last.rank && order < last.order);
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
  /** Rows found, by block; null for many, nothing for blocks that were not gone through. */
  type Found = (readonly number[] | null | undefined)[];
  let last: { words: readonly string[]; found: Found } = { words: [], found: [] };

  const isCurrent = (id: string, born: number): boolean => {
    const since = changed.size === 0 ? undefined : changed.get(id);
    return since === undefined || since === born;
  };

  /** Whether each word typed before is part of one typed now. */
  const narrows = (words: readonly string[]): boolean =>
    last.words.length > 0 && last.words.every((old) => words.some((word) => word.includes(old)));

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
      const found: Found = [];
      for (const [index, block] of blocks.entries()) {
        const most = block.ids.length / FEW;
        const rows: number[] = [];
        const visit: Visit = (row, at) => {
          if (rows.length <= most) rows.push(row);
          const order = block.order[row] ?? 0;
          let rank = 0;
          for (let word = 0; word < at.length; word++) rank += boundOf(block, row, at[word] ?? 0);
          // Nothing that follows in this block is better than the best.
          if (!best.takes(rank, order)) return best.takes(0, order);
          rank = 0;
          for (let word = 0; word < at.length; word++)
            rank += rankOf(block, row, words[word] ?? '', at[word] ?? 0);
          const id = block.ids[row] ?? '';
          if (best.takes(rank, order) && isCurrent(id, block.born)) best.add({ id, rank, order });
          return true;
        };
        if (!best.takes(0, block.order[0] ?? 0)) continue;
        const few = known[index];
        const isThrough = few ? visitFew(block, few, words, visit) : visitRows(block, words, visit);
        if (isThrough) found[index] = rows.length <= most ? rows : null;
      }
      last = { words, found };
      return best.held.map(({ id, rank }) => ({ id, rank }));
    },
  };
}
