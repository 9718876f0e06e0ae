/** Rows as they lie in memory to be searched: so many lines in one text, and where in it words begin. */
import type { Lines } from './pack.ts';

export type Block = {
  /** Lines as `Pack` has them, each with its line break. */
  text: string;
  /** `MARKS` for each row: where its title, its tags, its host and its line end, the line break included. */
  marks: Int32Array;
  /** Where words of titles, tags and hosts begin: ascending, by their first letter as `initialOf` has it. */
  starts: Int32Array;
  /** Where in `starts` those of each letter end. */
  ends: Int32Array;
  ids: readonly string[];
  /** The place of each row among all, ascending; the less, the later it changed. */
  order: Int32Array;
  /** Which of the additions it came with. */
  born: number;
};

const MARKS = 4;
const TAB = 9;

/** How well a word fits a row, the less the better: where a word begins with it, or that it is found at all. */
const WITHIN = 3;

/** Rows of a block. */
const BLOCK_SIZE = 1_000;

const INITIALS = 256;
/** Letters beyond Latin-1 share their places with others. */
const initialOf = (code: number): number => code % INITIALS;

/** A letter, digit or part of one that a pair of surrogates ends or is; signs such as emoji are none. */
const IS_LETTER = /[\p{L}\p{M}\p{N}]/u;

/** Of signs within Latin-1, as `fold` leaves them. */
const IS_PLAIN_LETTER = Uint8Array.from({ length: 256 }, (_, code) =>
  IS_LETTER.test(String.fromCharCode(code)) ? 1 : 0,
);

function isLetterBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  if (code < IS_PLAIN_LETTER.length) return IS_PLAIN_LETTER[code] === 1;
  const isTail = code >= 0xdc00 && code <= 0xdfff;
  return IS_LETTER.test(text.slice(at - (isTail ? 2 : 1), at));
}

export const endOf = ({ marks }: Block, row: number): number => marks[row * MARKS + MARKS - 1] ?? 0;
export const startOf = (block: Block, row: number): number => (row === 0 ? 0 : endOf(block, row - 1));

/** @param places of the rows among those of `lines`, the first of which comes `from` places after the first of all */
function blockOf({ ids, lines }: Lines, places: readonly number[], from: number, born: number): Block {
  // With the last line break by the same joining: text put together from two is gone through more slowly.
  const text = [...places.map((place) => lines[place]), ''].join('\n');
  return {
    text,
    ...marksAndStarts(
      text,
      places.map((place) => lines[place]?.length ?? 0),
    ),
    ids: places.map((place) => ids[place] ?? ''),
    order: Int32Array.from(places, (place) => from + place),
    born,
  };
}

/** Reused, as blocks are many and what they need of it differs. */
let room = new Int32Array(0);

/** @param lengths of the lines, without their line breaks */
function marksAndStarts(text: string, lengths: readonly number[]): Pick<Block, 'marks' | 'starts' | 'ends'> {
  if (room.length < text.length) room = new Int32Array(text.length);
  const found = room;
  const isLetter = IS_PLAIN_LETTER;
  const marks = new Int32Array(lengths.length * MARKS);
  const ends = new Int32Array(INITIALS);
  let count = 0;
  let start = 0;
  for (let row = 0; row < lengths.length; row++) {
    const end = start + (lengths[row] as number);
    let mark = row * MARKS;
    const last = mark + MARKS - 1;
    let isInWord = 0;
    // Up to the tab behind the host.
    for (let at = start; at < end && mark < last; at++) {
      const code = text.charCodeAt(at);
      if (code === TAB) marks[mark++] = at;
      // Nobody types words that begin with a gap.
      else if (isInWord === 0 && code > 0x20) found[count++] = at;
      isInWord = code < 256 ? (isLetter[code] as number) : isLetterBefore(text, at + 1) ? 1 : 0;
    }
    while (mark < last) marks[mark++] = end;
    start = end + 1;
    marks[last] = start;
  }
  for (let index = 0; index < count; index++) {
    const initial = initialOf(text.charCodeAt(found[index] as number));
    ends[initial] = (ends[initial] as number) + 1;
  }
  // From how many there are of each, and then from where each begins, to where each ends.
  let before = 0;
  for (let initial = 0; initial < INITIALS; initial++) {
    const many = ends[initial] as number;
    ends[initial] = before;
    before += many;
  }
  const starts = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const at = found[index] as number;
    const initial = initialOf(text.charCodeAt(at));
    const place = ends[initial] as number;
    starts[place] = at;
    ends[initial] = place + 1;
  }
  return { marks, starts, ends };
}

/** Rows in blocks, the first of which comes `from` places after the first of all. */
export function blocksOf(all: Lines, from: number, born: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < all.ids.length; at += BLOCK_SIZE) {
    // Text within Latin-1 takes half the room, and is gone through faster.
    const [narrow, wide]: [number[], number[]] = [[], []];
    const end = Math.min(at + BLOCK_SIZE, all.ids.length);
    for (let place = at; place < end; place++) (all.wide[place] ? wide : narrow).push(place);
    for (const places of [narrow, wide]) if (places.length > 0) blocks.push(blockOf(all, places, from, born));
  }
  return blocks;
}

const ranks = new Uint16Array(BLOCK_SIZE);

/**
 * The rank that each row has if it holds all the words: for each word 0 at the beginning of a word of the title, 1 of the
 * tags, 2 of the host, 3 anywhere; their sum. It holds until this is called again.
 * @returns `least`: the least of them
 */
export function ranksIn(block: Block, words: readonly string[]): { ranks: Uint16Array; least: number } {
  const { text, marks, starts, ends, ids } = block;
  const highest = words.length * WITHIN;
  ranks.fill(highest, 0, ids.length);
  let least = highest;
  for (const word of words) {
    const code = word.charCodeAt(0);
    const isOne = word.length === 1;
    const initial = initialOf(code);
    const end = ends[initial] ?? 0;
    let row = 0;
    let ranked = -1;
    for (let index = initial === 0 ? 0 : (ends[initial - 1] ?? 0); index < end; index++) {
      const at = starts[index] ?? 0;
      if (isOne ? text.charCodeAt(at) !== code : !text.startsWith(word, at)) continue;
      while ((marks[row * MARKS + MARKS - 1] ?? 0) <= at) row++;
      // The first one in a row is the best.
      if (row === ranked) continue;
      ranked = row;
      const mark = row * MARKS;
      const rank = at < (marks[mark] ?? 0) ? 0 : at < (marks[mark + 1] ?? 0) ? 1 : 2;
      const sum = (ranks[row] ?? 0) - WITHIN + rank;
      ranks[row] = sum;
      if (sum < least) least = sum;
    }
  }
  return { ranks, least };
}
