/** What is selected in a page, wherever in it: also in a frame of the same origin, or in a shadow tree. */
import { nativeCall, nativeGet } from '../native.ts';
import { documentIn, shadowOf } from './live-node.ts';

export type Selected = { within: Document; range: Range };

/** Firefox lets several pieces be selected; nobody selects more. */
const MOST_RANGES = 100;
const MOST_FRAMES = 5;
/** Elements that are asked for a shadow tree. */
const MOST_ELEMENTS = 50_000;

/** What is selected in the frame that has the focus, or else here, in the order of the page. */
export function selectedIn(page: Document, depth = 0): Selected[] {
  const active = nativeGet(page, 'activeElement');
  const frame = active && depth < MOST_FRAMES ? documentIn(active) : undefined;
  const inside = frame ? selectedIn(frame, depth + 1) : [];
  if (inside.length > 0) return inside;
  const selection = nativeCall(page, 'getSelection') as Selection | null;
  if (!selection) return [];
  const ranges = Array.from({ length: Math.min(selection.rangeCount, MOST_RANGES) }, (_, index) =>
    selection.getRangeAt(index),
  ).filter((range) => !range.collapsed);
  const found = ranges.length > 0 ? ranges : rangesInShadow(page, selection);
  return found.map((range) => ({ within: page, range }));
}

/** Of what is selected in a shadow tree, the page itself is told no more than where that tree is. */
function rangesInShadow(page: Document, selection: Selection): Range[] {
  if (selection.rangeCount === 0 || typeof selection.getComposedRanges !== 'function') return [];
  return selection.getComposedRanges({ shadowRoots: shadowRootsIn(page) }).flatMap((found) => {
    const { startContainer, startOffset, endContainer, endOffset } = found;
    if (found.collapsed) return [];
    const range = nativeCall(page, 'createRange') as Range;
    range.setStart(startContainer, startOffset);
    // Across two trees a range ends where it begins.
    range.setEnd(endContainer, endOffset);
    return range.collapsed ? [] : [range];
  });
}

function shadowRootsIn(page: Document): ShadowRoot[] {
  const roots: ShadowRoot[] = [];
  let asked = 0;
  const lookIn = (tree: Document | ShadowRoot): void => {
    for (const element of Array.from(nativeCall(tree, 'querySelectorAll', '*') as ArrayLike<Element>)) {
      asked += 1;
      if (asked > MOST_ELEMENTS) return;
      const root = shadowOf(element);
      if (!root) continue;
      roots.push(root);
      lookIn(root);
    }
  };
  lookIn(page);
  return roots;
}
