/** A page's blocks in parts, of which each fits one request. */

import { type Block, bodyOf, countBlocks, MOST_BLOCKS, MOST_CHILDREN } from '../notion/block.ts';
import { isSame } from '../same.ts';
import { paragraphsOf } from './plain.ts';

/** Bytes of a part as JSON; Notion's limit is 500 KB a request ("Request limits"). */
const MAX_BYTES = 400_000;

type Size = { count: number; bytes: number };

/** How many blocks it is, and the UTF-8 bytes of it as JSON. */
const sizeOf = (block: Block): Size => ({
  count: countBlocks(block),
  bytes: new TextEncoder().encode(JSON.stringify(block)).length + 1,
});

const fits = ({ count, bytes }: Size): boolean => count <= MOST_BLOCKS && bytes <= MAX_BYTES;

/**
 * In order. Should a reply be lost, a part is found by what it begins with: none begins like the one before it ends, as long as
 * a cut further up parts what differs.
 */
export function partsOf(all: readonly Block[]): Block[][] {
  const blocks = all.flatMap(fitting);
  const sizes = blocks.map(sizeOf);
  const parts: Block[][] = [];
  for (let from = 0; from < blocks.length; ) {
    let [to, count, bytes] = [from, 0, 0];
    for (let size = sizes[to]; size && to - from < MOST_CHILDREN; size = sizes[to]) {
      count += size.count;
      bytes += size.bytes;
      if (to > from && !fits({ count, bytes })) break;
      to++;
    }
    const cut = cutBefore(blocks, from, to);
    parts.push(blocks.slice(from, cut));
    from = cut;
  }
  return parts;
}

function cutBefore(blocks: readonly Block[], from: number, to: number): number {
  if (to === blocks.length) return to;
  for (let cut = to; cut > from + 1; cut--) if (!isSame(blocks[cut - 1], blocks[cut])) return cut;
  return to;
}

/**
 * A block that one request takes. One that holds more than that has as many within it as fit, and the others follow: rows in another
 * table with the same header, all else beside it. One that is too large by itself goes without its links and marks.
 */
function fitting(block: Block): Block[] {
  if (fits(sizeOf(block))) return [block];
  const { type, body } = bodyOf(block);
  const { children = [], ...own } = body;
  const withKids = (kids: readonly Block[]) =>
    ({ ...block, [type]: { ...own, ...(kids.length > 0 ? { children: kids } : {}) } }) as Block;
  const isTable = type === 'table';
  const header =
    isTable && (own as { has_column_header?: boolean }).has_column_header ? children.slice(0, 1) : [];
  const kids = children.slice(header.length);
  const room = sizeOf(withKids(header));
  let kept = 0;
  for (const kid of kids) {
    const { count, bytes } = sizeOf(kid);
    room.count += count;
    room.bytes += bytes;
    if (!fits(room)) break;
    kept++;
  }
  if (kept === 0 && (isTable || kids.length === 0)) return paragraphsOf(block);
  const rest = kids.slice(kept);
  const first = withKids([...header, ...kids.slice(0, kept)]);
  if (isTable) return [first, ...fitting(withKids([...header, ...rest]))];
  return [...(kept === 0 ? fitting(first) : [first]), ...rest.flatMap(fitting)];
}
