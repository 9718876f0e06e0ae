/**
 * A page as it is seen, copied into a document that loads and runs nothing: shadow trees and frames of the same origin in
 * place, without what is not shown, and made of plain elements. The page is only read.
 */
import { nativeCall, nativeGet } from '../native.ts';
import { calloutOf } from './callout.ts';
import { codeLanguage, codeText, isCodeTable } from './code.ts';
import { frameOf, postOf } from './embed.ts';
import {
  attributeOf,
  childrenOf,
  classOf,
  documentIn,
  isElement,
  isText,
  nameOf,
  shadowOf,
  wordsOf,
} from './live-node.ts';
import { formulaOf, isMathRendering } from './math.ts';
import { addressOf, DECORATION, ofNoscript, pictureOf } from './picture.ts';
import { type Shape, Shapes } from './plain-shapes.ts';

/** How much is copied at most. */
export const MOST = { nodes: 60_000, text: 2_000_000, depth: 250 };

export type Copy = {
  document: Document;
  shapes: Shapes;
  /** Whether the page went on where the copy ends. */
  isCut: boolean;
  /** The pictures of the page, by the attributes of their copies. */
  live: Map<object, Element>;
};

export type Wants = {
  /** Only what lies within. */
  range?: Range;
  /** Also what is not shown, other than what pages never show. */
  withHidden?: boolean;
  /** Whether time is over. */
  isLate?: () => boolean;
};

const DROPPED =
  /^(?:script|style|template|link|meta|base|head|title|input|select|textarea|option|datalist|progress|meter|dialog|object|embed|applet|param|source|track|map|area|svg|noframes|nav|menu|frameset)$/;
/** Elements of AMP that are there for others than the reader (https://amp.dev/documentation/components/). */
const DROPPED_OF_AMP =
  /^amp-(?:ad|auto-ads|sticky-ad|embed|analytics|pixel|consent|user-notification|sidebar|social-share)$/;
/** No part of an article, but the user may have selected in it. */
const MAY_BE_SELECTED = /^(?:nav|dialog)$/;
/** Elements that keep their name, and nothing of theirs needs to be kept beside. */
const PLAIN =
  /^(?:body|div|section|article|main|header|footer|aside|address|figure|figcaption|table|caption|thead|tbody|tfoot|tr|ul|dl|dt|dd|details|summary|code|kbd|samp|tt|var|cite|dfn|em|strong|i|b|u|s|del|strike|ins|mark|small|sub|sup|q|ruby|rt|rp|rb|abbr|time|span|bdi|bdo|hr|br|wbr|center|big)$/;
/** Of these, each with its own place in the article: what the library leaves out between two of them is seen by it. */
const COUNTED = /^(?:p|h[1-6]|li|figcaption|dt|dd|blockquote|summary)$/;
const LAYOUT = /^(?:table|tbody|tr|td)$/;
const MAY_HAVE_SHADOW =
  /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;
const MAY_BE_MATH = /^(?:script|math|span|div|p|img|mjx-container)$/;
const FRAME = /^(?:iframe|frame|lite-youtube)$/;
const INLINE = /^inline/;
/** What libraries judge containers by; none of it can run or load anything. */
const JUDGED = ['class', 'id', 'role', 'rel', 'itemprop', 'dir', 'lang'];
/** Characters: shorter is no sentence. */
const SENTENCE = 60;

export function copyPage(page: Document, wants: Wants = {}): Copy {
  const root: Node | null | undefined = wants.range ? rootOf(wants.range) : nativeGet(page, 'body');
  const implementation = nativeGet(page, 'implementation') as DOMImplementation;
  const copy = implementation.createHTMLDocument('');
  const shapes = new Shapes();
  const made: Copy = { document: copy, shapes, isCut: false, live: new Map() };
  const disclosed = wants.withHidden ? new Set<string>() : disclosedIn(page);
  /** How many buttons stood in an element of the copy. */
  const buttons = new Map<Element, number>();
  let nodes = 0;
  let length = 0;
  /** Characters of text outside of code, without white space around it; and pieces of code. */
  const seen = { prose: 0, codes: 0 };

  const isOver = (): boolean => {
    if (made.isCut) return true;
    nodes += 1;
    made.isCut = nodes > MOST.nodes || length > MOST.text || (nodes % 64 === 0 && wants.isLate?.() === true);
    return made.isCut;
  };

  /** A range tells only of its own tree; what is shown in place of one of that tree's elements comes with it. */
  const isWanted = (node: Node): boolean => {
    const range = wants.range;
    if (!range || nativeCall(node, 'getRootNode') !== nativeCall(range.startContainer, 'getRootNode'))
      return true;
    return nativeCall(range, 'intersectsNode', node) === true;
  };

  const styleOf = (element: Element): CSSStyleDeclaration | undefined => {
    const view = nativeGet(nativeGet(element, 'ownerDocument') as Document, 'defaultView') as Window | null;
    return view?.getComputedStyle?.(element) ?? undefined;
  };

  const textOf = (node: Text): string => {
    const text = nativeGet(node, 'data') ?? '';
    const range = wants.range;
    if (!range) return text;
    if (!isWanted(node)) return '';
    const from = range.startContainer === node ? range.startOffset : 0;
    return text.slice(from, range.endContainer === node ? range.endOffset : undefined);
  };

  function copyText(node: Text, into: Element, style: CSSStyleDeclaration | undefined): void {
    const text = textOf(node);
    if (text === '' || style?.visibility === 'hidden') return;
    length += text.length;
    seen.prose += text.trim().length;
    const keepsLines = /^(?:pre|break-spaces)/.test(style?.whiteSpace ?? '') && /\n/.test(text);
    if (!keepsLines || !/\S/.test(text)) {
      into.append(copy.createTextNode(text));
      return;
    }
    text.split('\n').forEach((line, index) => {
      if (index > 0) into.append(copy.createElement('br'));
      into.append(copy.createTextNode(line));
    });
  }

  /** Puts an element into the copy; `carrier` is a name that libraries treat as what it is, `shape` what it says. */
  function put(into: Element, carrier: string, shape?: Shape): Element {
    const element = copy.createElement(carrier);
    if (shape) {
      shapes.mark(element, shape);
      if (shape.text !== undefined) element.append(copy.createTextNode(shape.text));
    }
    into.append(element);
    return element;
  }

  function copyChildren(
    node: Node,
    into: Element,
    style: CSSStyleDeclaration | undefined,
    depth: number,
  ): void {
    for (const child of composedChildren(node)) {
      if (made.isCut) return;
      copyNode(child, into, style, depth + 1);
    }
  }

  function copyNode(node: Node, into: Element, around: CSSStyleDeclaration | undefined, depth: number): void {
    if (isText(node)) {
      if (!isOver()) copyText(node, into, around);
      return;
    }
    if (!isElement(node) || isOver()) return;
    if (!isWanted(node)) return;
    if (depth > MOST.depth) {
      made.isCut = true;
      return;
    }
    copyElement(node, into, depth);
  }

  function copyElement(element: Element, into: Element, depth: number): void {
    const name = nameOf(element);
    const base = nativeGet(element, 'baseURI') ?? '';
    const math = MAY_BE_MATH.test(name) ? formulaOf(element) : undefined;
    const style = name === 'script' ? undefined : styleOf(element);
    // What draws formulas hides what it draws them from.
    const isSource = math !== undefined && /^(?:math|script)$/.test(name);
    if (!isSource && (isMathRendering(element) || !isSeen(element, style))) return;
    if (math) {
      const shape = { name: 'math', attributes: { ...math }, isLeaf: true };
      put(into, math.display === 'block' ? 'p' : 'span', shape).append(math.latex);
    } else if (name === 'noscript') copyNoscript(element, into, base);
    else if (name === 'canvas') copyDrawing(element, into);
    else if (isDropped(name) || isForScreens(element) || isPermalink(element, name)) return;
    else if (isCode(element, name, style)) copyCode(element, into);
    else if (name === 'img' || name === 'amp-img') copyPicture(element, into, base);
    else if (name === 'picture' || name === 'slot') copyChildren(element, into, style, depth);
    else if (name === 'button') copyButton(element, into, base);
    else if (FRAME.test(name)) copyFrame(element as HTMLIFrameElement, into, base, depth);
    else if (name === 'video' || name === 'audio') copyMedia(element, name, into, base);
    else copyContainer(element, name, style, into, base, depth);
  }

  const isDropped = (name: string): boolean =>
    (DROPPED.test(name) && !(wants.range && MAY_BE_SELECTED.test(name))) || DROPPED_OF_AMP.test(name);

  /** A button that holds a picture shows it larger; others act on the page. */
  function copyButton(button: Element, into: Element, base: string): void {
    buttons.set(into, (buttons.get(into) ?? 0) + 1);
    const image = nativeCall(button, 'querySelector', 'img') as Element | null;
    if (image) copyPicture(image, into, base);
  }

  function copyContainer(
    element: Element,
    name: string,
    style: CSSStyleDeclaration | undefined,
    into: Element,
    base: string,
    depth: number,
  ): void {
    const background = backgroundOf(element, style, base);
    if (background) {
      putPicture(into, background);
      return;
    }
    const post = postOf(element, name, base);
    const container = post
      ? put(into, 'blockquote', { name: 'blockquote', attributes: { cite: post } })
      : containerFor(element, name, style, into, base);
    const before = { ...seen };
    copyChildren(element, container, style, depth);
    if (isCounter(container)) container.remove();
    else if (container.localName === 'div' && isAroundCode(before)) unname(container);
  }

  /** Whether one piece of code has come since, and no more beside it than its file's name or the language. */
  const isAroundCode = ({ prose, codes }: typeof seen): boolean =>
    seen.codes === codes + 1 && seen.prose - prose < SENTENCE;

  /** Votes or an amount, with what raises and lowers it: a number that says nothing without its buttons. */
  function isCounter(container: Element): boolean {
    return (
      (buttons.get(container) ?? 0) >= 2 &&
      /^[\s\d.,+-]*$/.test(container.textContent ?? '') &&
      !container.querySelector('[data-rowmark]') &&
      !isWithin(container, /^t[dh]$/)
    );
  }

  /** It has no address; whoever reads the page takes what is on it. */
  function copyDrawing(canvas: Element, into: Element): void {
    const width = nativeGet(canvas as HTMLCanvasElement, 'width') ?? 0;
    const height = nativeGet(canvas as HTMLCanvasElement, 'height') ?? 0;
    if (width < DECORATION || height < DECORATION) return;
    const alt = attributeOf(canvas, 'aria-label').trim() || wordsOf(canvas).trim();
    const attributes = {
      drawing: 'true',
      width: String(width),
      height: String(height),
      ...(alt === '' ? {} : { alt }),
    };
    made.live.set(attributes, canvas);
    putPicture(into, attributes);
  }

  function putPicture(into: Element, attributes: Record<string, string>): void {
    // Libraries take out images that have no address; this is none that they would write into another attribute.
    put(into, 'img', { name: 'img', attributes, isLeaf: true }).setAttribute('data-src', 'picture');
  }

  /** The element of the copy that is to hold what is in `element`. */
  function containerFor(
    element: Element,
    name: string,
    style: CSSStyleDeclaration | undefined,
    into: Element,
    base: string,
  ): Element {
    const kind = calloutOf(element, name);
    if (kind) return put(into, 'blockquote', { name: 'aside', attributes: { kind } });
    if (name === 'a') {
      const href = addressOf(attributeOf(element, 'href'), base);
      const link = put(into, href ? 'a' : 'span', href ? { name: 'a', attributes: { href } } : undefined);
      if (href) link.setAttribute('href', href);
      return link;
    }
    if (name === 'sup') {
      const footnote = footnoteOf(element);
      if (footnote) return put(into, 'sup', { name: 'sup', attributes: { footnote } });
    }
    if (name === 'ol') {
      return put(into, 'ol', { name, attributes: given(element, ['start', 'reversed', 'type']) });
    }
    if (name === 'li') {
      const box = nativeCall(element, 'querySelector', 'input[type="checkbox" i]') as HTMLInputElement | null;
      const attributes = box
        ? { checked: String(nativeGet(box, 'checked') === true) }
        : given(element, ['value']);
      return put(into, 'li', { name, attributes });
    }
    // Groups of a list of definitions are there for style sheets, and libraries make paragraphs of them.
    if (name === 'div' && into.localName === 'dl') return into;
    if (LAYOUT.test(name) && isLayout(element, name)) return put(into, 'div');
    if (name === 'td' || name === 'th') {
      const cell = put(into, name);
      for (const [key, value] of Object.entries(given(element, ['colspan', 'rowspan', 'scope']))) {
        cell.setAttribute(key, value);
      }
      return cell;
    }
    if (name === 'q' || name === 'blockquote') {
      const cite = addressOf(attributeOf(element, 'cite'), base);
      return put(into, name, { name, attributes: cite ? { cite } : {} });
    }
    if (COUNTED.test(name)) return put(into, name, { name, attributes: {} });
    if ((name === 'span' || name === 'font') && style) {
      const isBold = Number(style.fontWeight) >= 600 && !isHeading(into);
      const isItalic = style.fontStyle === 'italic' && !isWithin(into, /^(?:i|em)$/);
      const outer = isBold && !isWithin(into, /^(?:b|strong)$/) ? put(into, 'b') : into;
      return isItalic ? put(outer, 'i') : outer === into ? put(into, 'span') : outer;
    }
    const isKnown = PLAIN.test(name) && name !== 'body';
    const made = put(into, isKnown ? name : INLINE.test(style?.display ?? '') ? 'span' : 'div');
    for (const attribute of JUDGED) {
      const value = attributeOf(element, attribute);
      if (value !== '' && value.length < 1_000) made.setAttribute(attribute, value);
    }
    return made;
  }

  function copyCode(element: Element, into: Element): void {
    if (
      /(?:^|\s)(?:linenos?|gutter|linenodiv|line-numbers)(?:\s|$)/.test(
        classOf(nativeGet(element, 'parentElement') ?? element),
      )
    )
      if (/^[\s\d]*$/.test(wordsOf(element))) return;
    const text = codeText(element, { styleOf, textOf });
    if (text.trim() === '') return;
    length += text.length;
    seen.codes += 1;
    const language = codeLanguage(element);
    put(into, 'pre', { name: 'pre', attributes: language ? { language } : {}, text });
  }

  function copyPicture(image: Element, into: Element, base: string): void {
    const picture = pictureOf(image, base);
    if (!picture) return;
    const { src, alt, width, height } = picture;
    const attributes = {
      src,
      ...(alt === '' ? {} : { alt }),
      ...(width ? { width: String(width) } : {}),
      ...(height ? { height: String(height) } : {}),
    };
    made.live.set(attributes, image);
    putPicture(into, attributes);
  }

  function copyNoscript(noscript: Element, into: Element, base: string): void {
    const before = nativeGet(noscript, 'previousElementSibling');
    if (before && nameOf(before) === 'img') return;
    const src = /<img/i.test(wordsOf(noscript)) ? ofNoscript(noscript, base) : undefined;
    if (!src || /[?&](?:ev|tid|noscript)=|\/tr\?|pixel/i.test(src)) return;
    putPicture(into, { src });
  }

  function copyFrame(frame: HTMLIFrameElement, into: Element, base: string, depth: number): void {
    const inner = documentIn(frame);
    const body = inner && nativeGet(inner, 'body');
    if (body && wordsOf(body).trim().length > 80) {
      copyChildren(body, put(into, 'div'), styleOf(body), depth);
      return;
    }
    const attributes = frameOf(frame, base);
    if (attributes) put(into, 'iframe', { name: 'iframe', attributes, isLeaf: true });
  }

  function copyMedia(media: Element, name: string, into: Element, base: string): void {
    const source = nativeCall(media, 'querySelector', 'source[src]') as Element | null;
    const written =
      attributeOf(media, 'src') ||
      (source && attributeOf(source, 'src')) ||
      nativeGet(media as HTMLMediaElement, 'currentSrc') ||
      attributeOf(media, 'data-src');
    const src = addressOf(written, base, /^(?:https?|blob|data):$/);
    const poster = addressOf(attributeOf(media, 'poster'), base);
    if (!src && !poster) return;
    // Libraries keep frames that they are told to keep, and no other media.
    const attributes = { ...(src ? { src } : {}), ...(poster ? { poster } : {}) };
    put(into, 'iframe', { name, attributes, isLeaf: true });
  }

  const isCode = (element: Element, name: string, style: CSSStyleDeclaration | undefined): boolean => {
    if (name === 'pre') return true;
    if (name === 'table') return isCodeTable(element);
    if (/(?:^|\s)syntaxhighlighter(?:\s|$)/.test(classOf(element))) return true;
    if (name !== 'code' || !/^pre/.test(style?.whiteSpace ?? '')) return false;
    return style?.display === 'block' || /\n/.test(wordsOf(element).trim());
  };

  /** Whether an element is to be copied: what is shown, and what the page opens on a click. */
  function isSeen(element: Element, style: CSSStyleDeclaration | undefined): boolean {
    // Where all else is hidden, what lies over the page is what hides it.
    if (wants.withHidden || !style) return style?.position !== 'fixed';
    if (style.display === 'none') {
      if (disclosed.has(attributeOf(element, 'id'))) return true;
      return attributeOf(element, 'role') === 'tabpanel' && wordsOf(element).trim() !== '';
    }
    if (style.position !== 'absolute' && style.position !== 'fixed') return true;
    const isPoint = (length: string): boolean => Number.parseFloat(length) <= 1;
    return !(isPoint(style.width) && isPoint(style.height) && style.overflow !== 'visible');
  }

  if (root) {
    const start = copy.body;
    if (wants.range && isElement(root)) copyElement(root, start, 0);
    else copyChildren(root, start, isElement(root) ? styleOf(root) : undefined, 0);
  }
  return made;
}

/** What is put around a piece of code is often called content or body, and libraries would take it for that of the page. */
function unname(container: Element): void {
  container.removeAttribute('class');
  container.removeAttribute('id');
}

/** An element's children as they are shown: its shadow tree's, and what stands in a slot. */
function composedChildren(node: Node): Node[] {
  if (!isElement(node)) return childrenOf(node);
  const name = nameOf(node);
  if (name === 'slot') {
    const assigned = nativeCall(node as HTMLSlotElement, 'assignedNodes', { flatten: true }) ?? [];
    return assigned.length > 0 ? assigned : childrenOf(node);
  }
  const tree = name.includes('-') || MAY_HAVE_SHADOW.test(name) ? shadowOf(node) : null;
  return childrenOf(tree ?? node);
}

/** Names of parts that a button of the page's text opens. What menus open is no part of its text. */
function disclosedIn(page: Document): Set<string> {
  const found = nativeCall(
    page,
    'querySelectorAll',
    '[aria-expanded="false"][aria-controls]:not([aria-haspopup])',
  );
  const names = new Set<string>();
  for (const button of Array.from((found ?? []) as ArrayLike<Element>).slice(0, 500)) {
    if (nativeCall(button, 'closest', 'nav, header, [role="navigation"], [role="banner"]')) continue;
    for (const name of attributeOf(button, 'aria-controls').split(/\s+/)) if (name !== '') names.add(name);
  }
  return names;
}

/** The nearest block around a range, so that half a list is a list, and code is code; or the shadow tree that it lies in. */
function rootOf(range: Range): Node {
  const common = nativeGet(range, 'commonAncestorContainer') as Node;
  const BLOCK =
    'pre, ul, ol, dl, table, blockquote, p, h1, h2, h3, h4, h5, h6, div, section, article, main, aside, figure, body';
  const element = isElement(common) ? common : (nativeGet(common, 'parentElement') as Element | null);
  if (!element) return common;
  const block = nativeCall(element, 'closest', BLOCK) as Element | null;
  const whole = block && nativeCall(block, 'closest', 'pre, table, ul, ol, dl');
  return (whole as Element | null) ?? block ?? element;
}

/** A table of one cell, and one that says so itself, only puts things where they are seen. */
function isLayout(element: Element, name: string): boolean {
  const table = name === 'table' ? element : (nativeCall(element, 'closest', 'table') as Element | null);
  if (!table) return true;
  if (/^(?:presentation|none)$/.test(attributeOf(table, 'role'))) return true;
  const rows = nativeGet(table as HTMLTableElement, 'rows');
  const row = rows?.length === 1 ? rows[0] : undefined;
  return (
    row !== undefined &&
    nativeGet(row, 'cells')?.length === 1 &&
    !nativeGet(table as HTMLTableElement, 'caption')
  );
}

/** What its page leaves out on paper, which are controls; a picture or a film may be among them. */
function isForScreens(element: Element): boolean {
  const isLeftOut = /(?:^|\s)(?:no-?print|d-print-none|hidden-print|print:hidden)(?:\s|$)/i.test(
    classOf(element),
  );
  return (
    isLeftOut && nativeCall(element, 'querySelector', 'p, pre, table, img, video, iframe, h2, h3') === null
  );
}

/** A permalink's sign in a heading, and a wiki's link to edit. */
function isPermalink(element: Element, name: string): boolean {
  if (name === 'span' && /(?:^|\s)mw-editsection(?:\s|$)/.test(classOf(element))) return true;
  if (name !== 'a' || !nativeCall(element, 'closest', 'h1, h2, h3, h4, h5, h6')) return false;
  if (!attributeOf(element, 'href').includes('#')) return false;
  return (
    /^[\s#¶§🔗\u200b]*$/u.test(wordsOf(element)) ||
    /(?:^|\s)(?:headerlink|hash-link)(?:\s|$)/.test(classOf(element))
  );
}

/** The number or sign of the footnote that a `sup` refers to. */
function footnoteOf(sup: Element): string | undefined {
  const link = nativeCall(sup, 'querySelector', 'a[href*="#"]') as Element | null;
  const words = wordsOf(sup)
    .trim()
    .replace(/^\[(.*)\]$/, '$1');
  if (!link || !/^(?:\d{1,4}|[*†‡§]|[a-z]{1,3}|note \d+)$/i.test(words)) return undefined;
  return words;
}

/** A picture that a style sheet puts where nothing else is. */
function backgroundOf(
  element: Element,
  style: CSSStyleDeclaration | undefined,
  base: string,
): Record<string, string> | undefined {
  const written = /^url\(["']?(.*?)["']?\)$/.exec(style?.backgroundImage ?? '')?.[1];
  if (
    !written ||
    wordsOf(element).trim() !== '' ||
    nativeCall(element, 'querySelector', 'img, video, iframe')
  )
    return undefined;
  const src = addressOf(written, base, /^https?:$/);
  const { width, height } = nativeCall(element, 'getBoundingClientRect') as DOMRect;
  if (!src || width < 200 || height < 100) return undefined;
  const alt = attributeOf(element, 'aria-label') || attributeOf(element, 'title');
  return {
    src,
    width: String(Math.round(width)),
    height: String(Math.round(height)),
    ...(alt ? { alt } : {}),
  };
}

const given = (element: Element, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names
      .filter((name) => nativeCall(element, 'hasAttribute', name))
      .map((name) => [name, attributeOf(element, name)]),
  );

const isHeading = (element: Element): boolean => isWithin(element, /^h[1-6]$|^th$/);

function isWithin(element: Element, names: RegExp): boolean {
  for (let each: Element | null = element, level = 0; each && level < 8; each = each.parentElement, level++) {
    if (names.test(each.localName)) return true;
  }
  return false;
}
