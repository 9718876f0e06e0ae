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
