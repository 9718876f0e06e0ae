/** A page's blocks in parts, of which each fits one request. */

import { type Block, countBlocks, MOST_BLOCKS, MOST_CHILDREN } from '../notion/block.ts';
import { isSame } from '../same.ts';

/** Bytes of a part as JSON; Notion's limit is 500 KB a request ("Request limits"). */
const MAX_BYTES = 400_000;

/** UTF-8 bytes of it as JSON. */
const bytesOf = (block: Block): number => new TextEncoder().encode(JSON.stringify(block)).length + 1;

/**
 * In order. Should a reply be lost, a part is found by what it begins with: none begins like the one before it ends, as long as
 * a cut further up parts what differs.
 */
export function partsOf(blocks: readonly Block[]): Block[][] {
  const sizes = blocks.map((block) => ({ count: countBlocks(block), bytes: bytesOf(block) }));
  const parts: Block[][] = [];
  for (let from = 0; from < blocks.length; ) {
    let [to, count, bytes] = [from, 0, 0];
    for (let size = sizes[to]; size && to - from < MOST_CHILDREN; size = sizes[to]) {
      count += size.count;
      bytes += size.bytes;
      if (to > from && (count > MOST_BLOCKS || bytes > MAX_BYTES)) break;
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
