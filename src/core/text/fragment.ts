/**
 * The directive that leads to a text in a page (https://wicg.github.io/scroll-to-text-fragment/). It is checked against all of
 * the page's text as browsers look for it: each part lies within one block, is bounded by words and is compared without regard
 * to case and accents, and the first match counts. So no other place is meant, or none is given.
 */

/** A place in the text of a page: the block, and how many UTF-16 units of it come before. */
export type Place = { block: number; offset: number };

type Token = { block: number; start: number; end: number; folded: string; isWord: boolean };

/** Longer texts are told by their first and last words. */
const LONG = 200;
/** So many words of either end, and so many around them, are tried in turn. */
const ENDS = [4, 8, 14];
const AROUND = [
  [0, 0],
  [3, 0],
  [0, 3],
  [3, 3],
  [8, 8],
] as const;
/** UTF-16 units; more than nearly all articles have. What takes long would keep the page from being read at all. */
const MOST = 300_000;

/**
 * @param blocks the text of the page in its order, as much together as is not parted by a block's edge or a line break
 * @returns `text=…`, or null where the selection has no words, or cannot be told from another place
 */
export function textDirective(blocks: readonly string[], from: Place, to: Place): string | null {
  if (blocks.reduce((sum, text) => sum + text.length, 0) > MOST) return null;
  const tokens = tokensOf(blocks);
  const first = tokens.findIndex(({ block, end }) => isBefore(from, { block, offset: end }));
  const last = tokens.findLastIndex(({ block, start }) => isBefore({ block, offset: start }, to));
  if (first < 0 || last < first) return null;
  for (const parts of candidates(tokens, blocks, first, last)) {
    const found = find(tokens, parts);
    if (found?.[0] === first && found[1] === last) return written(tokens, blocks, parts);
  }
  return null;
}

const isBefore = (a: Place, b: Place): boolean =>
  a.block < b.block || (a.block === b.block && a.offset < b.offset);

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Words and signs, without the white space between them. */
function tokensOf(blocks: readonly string[]): Token[] {
  const words = new Intl.Segmenter(undefined, { granularity: 'word' });
  return blocks.flatMap((text, block) =>
    Array.from(words.segment(text), ({ segment, index, isWordLike }) => ({
      block,
      start: index,
      end: index + segment.length,
      folded: fold(segment),
      isWord: isWordLike === true,
    })).filter(({ folded }) => folded.trim() !== ''),
  );
}

/** Tokens from the first to before the last. */
type Span = readonly [from: number, to: number];
type Parts = { prefix: Span; start: Span; end: Span; suffix: Span };

const NONE: Span = [0, 0];
const sizeOf = ([from, to]: Span): number => to - from;

function* candidates(
  tokens: readonly Token[],
  blocks: readonly string[],
  first: number,
  last: number,
): Iterable<Parts> {
  const blockAt = (at: number) => tokens[at]?.block;
  /** As many tokens as are wanted and are in the same block. */
  const back = (at: number, many: number): Span => {
    let from = at;
    while (at - from < many && from > 0 && blockAt(from - 1) === blockAt(at)) from--;
    return [from, at];
  };
  const forth = (at: number, many: number): Span => {
    let to = at + 1;
    while (to - at - 1 < many && blockAt(to) === blockAt(at)) to++;
    return [at + 1, to];
  };
  /** A sign at the edge tells little. */
  const trimmed = ([from, to]: Span): Span => {
    let [least, most] = [from, to];
    if (to === first) while (least < to && !tokens[least]?.isWord) least++;
    else while (most > from && !tokens[most - 1]?.isWord) most--;
    return [least, most];
  };
  const around = (start: Span, end: Span): Parts[] =>
    AROUND.map(([before, after]) => ({
      prefix: trimmed(back(first, before)),
      start,
      end,
      suffix: trimmed(forth(last, after)),
    }));
  const isOneBlock = blockAt(first) === blockAt(last);
  const whole = blocks[tokens[first]?.block ?? 0] ?? '';
  const length = (tokens[last]?.end ?? 0) - (tokens[first]?.start ?? 0);
  if (isOneBlock && length <= LONG && whole !== '') yield* around([first, last + 1], NONE);
  for (const many of ENDS) {
    const most = isOneBlock ? Math.floor((last - first + 1) / 2) : many;
    const start: Span = [first, forth(first, Math.min(many, most) - 1)[1]];
    const end: Span = [back(last, Math.min(many, most) - 1)[0], last + 1];
    if (most > 0 && start[1] <= end[0]) yield* around(start, end);
  }
}

/** What a browser would find: the first and the last token. */
function find(tokens: readonly Token[], { prefix, start, end, suffix }: Parts): [number, number] | null {
  const isAt = (part: Span, at: number): boolean => {
    const size = sizeOf(part);
    if (at < 0 || at + size > tokens.length) return false;
    for (let step = 0; step < size; step++) {
      const here = tokens[at + step];
      // Within one block.
      if (here?.folded !== tokens[part[0] + step]?.folded || here?.block !== tokens[at]?.block) return false;
    }
    return true;
  };
  const ends = (after: number) => sizeOf(suffix) === 0 || isAt(suffix, after);
  for (let at = 0; at < tokens.length; at++) {
    if (!isAt(start, at) || !isAt(prefix, at - sizeOf(prefix))) continue;
    const next = at + sizeOf(start);
    if (sizeOf(end) === 0) {
      if (ends(next)) return [at, next - 1];
      continue;
    }
    for (let other = next; other < tokens.length; other++)
      if (isAt(end, other) && ends(other + sizeOf(end))) return [at, other + sizeOf(end) - 1];
    return null;
  }
  return null;
}

function written(tokens: readonly Token[], blocks: readonly string[], parts: Parts): string {
  const words = ([from, to]: Span): string => {
    const [first, last] = [tokens[from], tokens[to - 1]];
    if (!first || !last || from === to) return '';
    return encoded((blocks[first.block] ?? '').slice(first.start, last.end).replace(/\s+/g, ' '));
  };
  const [prefix, start, end, suffix] = [parts.prefix, parts.start, parts.end, parts.suffix].map(words);
  return `text=${[prefix && `${prefix}-`, start, end, suffix && `-${suffix}`].filter(Boolean).join(',')}`;
}

/** A dash and a comma mean something in a directive, and `encodeURIComponent` leaves the dash. */
const encoded = (part: string): string => encodeURIComponent(part.toWellFormed()).replaceAll('-', '%2D');
