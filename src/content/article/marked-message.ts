/**
 * The message of a page in an archive of mail. The programs that write such pages say in comments where it begins and ends: Mailman's
 * pipermail, Hypermail, and MHonArc.
 */
import { nativeCall, nativeGet } from '../native.ts';
import { childrenOf, isElement } from './live-node.ts';

const BEGINS = /^\s*(?:beginarticle|body="start"|X-Body-of-Message)\s*$/i;
const ENDS = /^\s*(?:endarticle|body="end"|X-Body-of-Message-End)\s*$/i;
/** Elements deep, and nodes, that are looked through: they are marked near the top. */
const MOST = { depth: 4, nodes: 2_000 };

/** What lies between the two comments; null where a page has no such pair in one place. */
export function markedMessage(page: Document): Range | null {
  const body = nativeGet(page, 'body');
  let left = MOST.nodes;
  const lookIn = (parent: Node, depth: number): Range | null => {
    let start: Node | null = null;
    for (const node of childrenOf(parent)) {
      left -= 1;
      if (left < 0) return null;
      if (nativeGet(node, 'nodeType') === COMMENT) {
        const words = nativeGet(node as Comment, 'data') ?? '';
        if (BEGINS.test(words)) start = node;
        else if (start && ENDS.test(words)) return between(page, start, node);
      }
      const found = isElement(node) && depth < MOST.depth ? lookIn(node, depth + 1) : null;
      if (found) return found;
    }
    return null;
  };
  return body ? lookIn(body, 0) : null;
}

const COMMENT = 8;

function between(page: Document, start: Node, end: Node): Range {
  const range = nativeCall(page, 'createRange') as Range;
  range.setStartAfter(start);
  range.setEndBefore(end);
  return range;
}
