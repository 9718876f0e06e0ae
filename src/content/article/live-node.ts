/** What is asked of nodes of the live page, past what the page named after their properties. */
import { nativeCall, nativeGet } from '../native.ts';

export const classOf = (element: Element): string => nativeCall(element, 'getAttribute', 'class') ?? '';
export const nameOf = (element: Element): string => (nativeGet(element, 'localName') ?? '').toLowerCase();
export const attributeOf = (element: Element, name: string): string =>
  nativeCall(element, 'getAttribute', name) ?? '';
export const childrenOf = (node: Node): Node[] => Array.from(nativeGet(node, 'childNodes') ?? []);
export const wordsOf = (node: Node): string => nativeGet(node, 'textContent') ?? '';
export const isElement = (node: Node): node is Element => nativeGet(node, 'nodeType') === 1;
export const isText = (node: Node): node is Text => [3, 4].includes(nativeGet(node, 'nodeType') ?? 0);

declare const chrome: { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } } | undefined;

/** Closed trees too, which browsers show to extensions alone, each in its own way. */
export function shadowOf(element: Element): ShadowRoot | null {
  const inFirefox = nativeGet(
    element as Element & { openOrClosedShadowRoot?: ShadowRoot },
    'openOrClosedShadowRoot' as never,
  );
  if (inFirefox) return inFirefox as ShadowRoot;
  const open = nativeGet(element, 'shadowRoot');
  if (open) return open;
  try {
    return typeof chrome === 'undefined' ? null : (chrome.dom?.openOrClosedShadowRoot(element) ?? null);
  } catch {
    return null;
  }
}

/** The document of a frame of the same origin; none for what is no frame. */
export function documentIn(frame: Element): Document | undefined {
  try {
    return nativeGet(frame as HTMLIFrameElement, 'contentDocument') ?? undefined;
  } catch {
    return undefined;
  }
}
