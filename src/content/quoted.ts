/** Where in the page the selection lies, as the text of its blocks, for an address that leads there. */
import { type Place, textDirective } from '../core/text/fragment.ts';
import { visible } from '../core/text/visible.ts';
import { nativeCall, nativeGet } from './native.ts';

/** `NodeFilter.SHOW_ELEMENT | SHOW_TEXT`. */
const SHOWN = 1 | 4;
const [ACCEPT, REJECT] = [1, 2];
const MAX_NODES = 30_000;
/** As much of a selection as is read. */
const MAX_TEXT = 100_000;

/** What browsers do not look into. */
const PASSED_OVER =
  /^(?:head|script|style|noscript|template|textarea|input|select|option|button|iframe|frame|object|svg|math|video|audio|canvas|meter|progress)$/i;

type Kind = 'inline' | 'block' | 'hidden';

/**
 * The directive of the text `selected` in this document, checked to lead there and nowhere else; null where there is
 * none, such as in a form, a frame or a shadow root.
 */
export function directiveOf(page: Document, selected: string): string | null {
  const selection = nativeCall(page, 'getSelection');
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  // What was read may be selected in a frame, while something else is still selected here.
  if (squeezed(String(selection).slice(0, MAX_TEXT)) !== squeezed(selected)) return null;
  const range = selection.getRangeAt(0);
  const { blocks, from, to } = blocksAround(page, range);
  return from && to ? textDirective(blocks, from, to) : null;
}

const squeezed = (text: string): string => visible(text).replace(/\s+/g, '');

function blocksAround(
  page: Document,
  range: Range,
): { blocks: string[]; from: Place | null; to: Place | null } {
  const view = nativeGet(page, 'defaultView');
  const body = nativeGet(page, 'body');
  const blocks: string[] = [];
  let [from, to]: [Place | null, Place | null] = [null, null];
  if (!view || !body) return { blocks, from: null, to: null };

  const kinds = new Map<Element, Kind>();
  const kindOf = (element: Element): Kind => {
    const known = kinds.get(element);
    if (known) return known;
    const kind = look(element);
    kinds.set(element, kind);
    return kind;
  };
  const look = (element: Element): Kind => {
    const name = nativeGet(element, 'localName') ?? '';
    if (PASSED_OVER.test(name)) return 'hidden';
    if (/^(?:br|hr|img|wbr)$/i.test(name)) return name === 'wbr' ? 'inline' : 'block';
    const { display, visibility } = view.getComputedStyle(element);
    if (display === 'none') return 'hidden';
    if (visibility !== 'visible') return 'hidden';
    return /^(?:inline|contents)$/.test(display) ? 'inline' : 'block';
  };
  /** The block that a text stands in. */
  const blockOf = (node: Node): Element | null => {
    let element = nativeGet(node, 'parentElement') ?? null;
    while (element && element !== body && kindOf(element) === 'inline')
      element = nativeGet(element, 'parentElement') ?? null;
    return element;
  };

  const acceptNode = (node: Node) =>
    nativeGet(node, 'nodeType') === 1 && kindOf(node as Element) === 'hidden' ? REJECT : ACCEPT;
  const walker = nativeCall(page, 'createTreeWalker', body, SHOWN, { acceptNode });
  let [block, isParted]: [Element | null, boolean] = [null, true];
  for (let nodes = 0; nodes < MAX_NODES; nodes++) {
    const node = walker.nextNode();
    if (!node) return { blocks, from, to };
    if (nativeGet(node, 'nodeType') === 1) {
      if (kindOf(node as Element) === 'block') isParted = true;
      continue;
    }
    const own = blockOf(node);
    if (isParted || own !== block) blocks.push('');
    [block, isParted] = [own, false];
    const at = blocks.length - 1;
    const before = (blocks[at] ?? '').length;
    const data = nativeGet(node as Text, 'data') ?? '';
    blocks[at] += data;
    if (!range.intersectsNode(node)) continue;
    const begins = node === range.startContainer ? range.startOffset : 0;
    const ends = node === range.endContainer ? range.endOffset : data.length;
    from ??= { block: at, offset: before + begins };
    to = { block: at, offset: before + ends };
  }
  // More than is gone through: what is beyond may be the same text.
  return { blocks: [], from: null, to: null };
}
