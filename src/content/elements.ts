/** Making elements by script alone: no page's policy or patched built-in is in the way. */
import { hear } from './hear.ts';
import { nativeCall } from './native.ts';

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element, whatever kind of document `page` is. */
export function create<K extends keyof HTMLElementTagNameMap>(
  page: Document,
  name: K,
  className?: string,
): HTMLElementTagNameMap[K] {
  const element = nativeCall(page, 'createElementNS', HTML, name) as HTMLElementTagNameMap[K];
  if (className) element.className = className;
  return element;
}

/** Sets attributes; a null takes one away. */
export function mark(element: Element, attributes: Record<string, string | boolean | null>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}

/** A button that shows `content`. */
export function createButton(
  page: Document,
  className: string,
  content: (string | Node)[],
  act: () => void,
): HTMLButtonElement {
  const button = create(page, 'button', className);
  button.type = 'button';
  button.append(...content);
  hear(button, 'click', act);
  return button;
}

export type Shape = { d: string; line?: number };

/** Paths in the colour of the text around them: filled, or drawn with a line that wide. */
export function createDrawing(page: Document, size: number, shapes: readonly Shape[]): Element {
  const svg = nativeCall(page, 'createElementNS', SVG, 'svg');
  mark(svg, { viewBox: `0 0 ${size} ${size}`, 'aria-hidden': true });
  for (const { d, line } of shapes) {
    const path = nativeCall(page, 'createElementNS', SVG, 'path');
    mark(path, { d, fill: line ? 'none' : 'currentColor' });
    if (line) mark(path, { stroke: 'currentColor', 'stroke-width': String(line), 'stroke-linecap': 'round' });
    svg.append(path);
  }
  return svg;
}

/** Gives a tree its style. `Sheet` is the constructor of the tree's own document. */
export function dress(
  tree: Document | ShadowRoot,
  Sheet: typeof CSSStyleSheet,
  css: string,
  page: Document,
): void {
  try {
    const sheet = new Sheet();
    sheet.replaceSync(css);
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
  } catch {
    // Firefox lets content scripts adopt no sheets in the page (https://bugzilla.mozilla.org/show_bug.cgi?id=1928865),
    // but holds their inline styles to their own policy and not to the page's. In Chromium it is the other way round.
    const style = create(page, 'style');
    style.textContent = css;
    (tree.nodeType === 9 ? (tree as Document).head : tree).append(style);
  }
}
