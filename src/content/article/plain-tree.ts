/** From what was chosen of the copy to a tree without a DOM. */
import type { ContentElement, ContentNode } from '../../core/content/node.ts';
import type { Shapes } from './plain-shapes.ts';

/** Elements that say nothing by themselves; only what is in them does. */
const EMPTY_SAYS_SOMETHING = /^(?:img|iframe|video|audio|br|hr|math|td|th|tr)$/;
const NAMED = /^(?:div|section|article|main|header|footer|address|body)$/;

export function plainTree(root: Element, shapes: Shapes): ContentElement {
  const children = childrenOf(root, shapes);
  const shape = shapes.of(root);
  return {
    name: shape?.name ?? (NAMED.test(root.localName) ? 'div' : root.localName),
    attributes: shape?.attributes ?? {},
    children,
  };
}

function childrenOf(element: Element, shapes: Shapes): ContentNode[] {
  const found: ContentNode[] = [];
  const add = (node: ContentNode): void => {
    const last = found.at(-1);
    if (typeof node === 'string' && typeof last === 'string') found[found.length - 1] = last + node;
    else if (node !== '') found.push(node);
  };
  for (const child of element.childNodes) {
    if (child.nodeType === 3) add((child as Text).data);
    else if (child.nodeType === 1) for (const node of plainOf(child as Element, shapes)) add(node);
  }
  return found;
}

function plainOf(element: Element, shapes: Shapes): readonly ContentNode[] {
  const shape = shapes.of(element);
  if (shape?.isLeaf) return [{ name: shape.name, attributes: shape.attributes, children: [] }];
  if (shape?.text !== undefined)
    return [{ name: shape.name, attributes: shape.attributes, children: [shape.text] }];
  const children = childrenOf(element, shapes);
  const name = shape?.name ?? element.localName;
  if (name === 'span') return children;
  if (children.length === 0 && !EMPTY_SAYS_SOMETHING.test(name)) return [];
  const attributes = shape?.attributes ?? cellAttributes(element);
  return [{ name: NAMED.test(name) ? 'div' : name, attributes, children }];
}

/** How many columns and rows a cell takes. */
function cellAttributes(cell: Element): Record<string, string> {
  if (!/^t[dh]$/.test(cell.localName)) return {};
  const attributes: Record<string, string> = {};
  for (const name of ['colspan', 'rowspan', 'scope']) {
    const value = cell.getAttribute(name);
    if (value) attributes[name] = value;
  }
  return attributes;
}
