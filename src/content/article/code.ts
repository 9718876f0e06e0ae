/** Code of a page: its exact text without what a page puts around it, and the language that the page names. */
import { nativeCall, nativeGet } from '../native.ts';
import { attributeOf, childrenOf, classOf, isElement, isText, nameOf, wordsOf } from './live-node.ts';

const GUTTER =
  /(?:^|[\s_-])(?:line-?no|line-?nos|linenos?|line-?numbers?|lineno|gutter|hljs-ln-numbers|blob-num|ln)(?:[\s_-]|$)/i;
const COPY =
  /(?:^|[\s_-])(?:copy|clipboard|copybtn)(?:[\s_-]|$)|copy-?(?:button|btn|code)|code-?toolbar-item/i;
const BLOCK = /^(?:block|flex|grid|table|table-row|list-item|flow-root)$/;
const BLOCK_NAME = /^(?:div|p|li|tr|ol|ul|table|tbody)$/;

/** What is asked of the page around a piece of code. */
export type CodeLook = {
  /** The computed style, where there is one. */
  styleOf(element: Element): CSSStyleDeclaration | undefined;
  /** What of a text is to be taken, which may be less where it is selected in part. */
  textOf(node: Text): string;
};

/** The text of a block of code, line by line as it is shown: `br` and blocks end lines, gutters and buttons are left out. */
export function codeText(code: Element, look: CodeLook): string {
  let text = '';
  const write = (node: Node, depth: number): void => {
    if (depth > 60) return;
    if (isText(node)) {
      text += look.textOf(node).replaceAll('\r\n', '\n');
      return;
    }
    if (!isElement(node)) return;
    const name = nameOf(node);
    if (name === 'br') {
      text += '\n';
      return;
    }
    if (isBeside(node, name, look)) return;
    const isBlock = node !== code && isLine(node, name, look);
    if (isBlock && text !== '' && !text.endsWith('\n')) text += '\n';
    const before = text.length;
    const children = childrenOf(node);
    const lines = children.map((child) => isElement(child) && isLine(child, nameOf(child), look));
    children.forEach((child, index) => {
      // White space between lines that are blocks is how the source is set, and not shown in grids and tables.
      const isBetween = lines[index - 1] || lines[index + 1];
      if (isBetween && isText(child) && /^\s*$/.test(wordsOf(child))) return;
      write(child, depth + 1);
    });
    if (!isBlock) return;
    const isEmpty = text.length === before;
    if (isEmpty ? /line|row/i.test(classOf(node)) || name === 'tr' : !text.endsWith('\n')) text += '\n';
  };
  write(code, 0);
  return text.replace(/\n$/, '');
}

const isLine = (element: Element, name: string, look: CodeLook): boolean =>
  BLOCK_NAME.test(name) || (name !== 'code' && BLOCK.test(look.styleOf(element)?.display ?? ''));

/** Whether it stands beside the code: a number of a line, a button, or what is not shown. */
function isBeside(element: Element, name: string, look: CodeLook): boolean {
  if (/^(?:button|style|script|svg|template|clipboard-copy)$/.test(name)) return true;
  const classes = classOf(element);
  if (name !== 'pre' && name !== 'code' && COPY.test(classes) && wordsOf(element).length < 20) return true;
  const style = look.styleOf(element);
  if (style?.display === 'none') return true;
  if (!/^[\s\d]*$/.test(wordsOf(element))) return false;
  if (GUTTER.test(classes)) return true;
  const isUnselectable =
    style && (style.userSelect === 'none' || style.getPropertyValue('-moz-user-select') === 'none');
  return isUnselectable === true && /\d/.test(wordsOf(element));
}

const NAMED = [
  /(?:^|\s)(?:language|lang)-([\w+#.-]+)/i,
  /(?:^|\s)highlight-source-([\w+#-]+)/i,
  /(?:^|\s)highlight-(?!source)([\w+#-]+)/i,
  /brush:\s*([\w+#-]+)/i,
  /(?:^|\s)sourceCode\s+([\w+#-]+)/,
  /(?:^|\s)hljs\s+(?!language-)([\w+#-]+)/,
];

/** As the page names it, in lower case, on the code or up to four ancestors that hold no other code. */
export function codeLanguage(code: Element): string | undefined {
  const inner = nativeCall(code, 'querySelector', 'code') as Element | null;
  const own = (inner && named(inner)) ?? named(code);
  if (own) return own;
  let above = nativeGet(code, 'parentElement') as Element | null | undefined;
  for (let level = 0; above && level < 4; level++) {
    if (/^(?:body|html|main|article)$/.test(nameOf(above))) break;
    const pres = nativeCall(above, 'querySelectorAll', 'pre') as ArrayLike<Element>;
    // A column of line numbers may be a `pre` of its own.
    if (Array.from(pres).filter((pre) => !/^[\s\d]*$/.test(wordsOf(pre))).length > 1) break;
    const found = named(above);
    if (found) return found;
    above = nativeGet(above, 'parentElement');
  }
  return undefined;
}

function named(element: Element): string | undefined {
  for (const attribute of ['data-lang', 'data-language', 'data-code-language']) {
    const value = attributeOf(element, attribute).trim();
    if (/^[\w+#.-]+$/.test(value)) return value.toLowerCase();
  }
  const classes = classOf(element);
  for (const pattern of NAMED) {
    const found = pattern.exec(classes)?.[1];
    if (found && !/^(?:wrapper|container|block|table)$/i.test(found)) return found.toLowerCase();
  }
  return undefined;
}

/** Tables that are code, a line a row, as code hosts and older highlighters make them. */
export function isCodeTable(table: Element): boolean {
  const found = nativeCall(
    table,
    'querySelector',
    'td.blob-code, td.js-file-line, td.hljs-ln-code, td.code pre, td.rouge-code, td.code .line',
  );
  return found !== null && found !== undefined;
}
