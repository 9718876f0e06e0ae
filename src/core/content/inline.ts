/** What stands within a line: text with its marks, formulas and line breaks, as Notion's rich text. */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import { MAX_EXPRESSION } from '../notion/block.ts';
import { MAX_LISTED, MAX_URL } from '../notion/limits.ts';
import { MAX_TEXT, splitText, wordsOfItem } from '../notion/rich-text.ts';
import { isSame } from '../same.ts';
import { visible } from '../text/visible.ts';
import type { ContentElement, ContentNode } from './node.ts';

export type Marks = {
  bold?: true;
  italic?: true;
  strikethrough?: true;
  underline?: true;
  code?: true;
  color?: 'yellow_background';
  link?: string;
};

/** A piece of a line. A line break is "\n" within the text. */
export type Run = { text: string; marks: Marks } | { expression: string; marks: Marks };

/** What each element says of the text within it. */
const MARKS: Record<string, Marks> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  dfn: { italic: true },
  var: { italic: true },
  s: { strikethrough: true },
  del: { strikethrough: true },
  strike: { strikethrough: true },
  u: { underline: true },
  ins: { underline: true },
  code: { code: true },
  kbd: { code: true },
  samp: { code: true },
  tt: { code: true },
  mark: { color: 'yellow_background' },
};

/** The marks of text within that element. */
export function marksWithin({ name, attributes }: ContentElement, around: Marks): Marks {
  if (name !== 'a') return { ...around, ...MARKS[name] };
  const link = safeLink(attributes.href);
  return link === null ? around : { ...around, link };
}

/**
 * The address as Notion takes it for a link: one that is refused would have the whole request refused. Null for one that leads
 * nowhere or is too long.
 */
export function safeLink(href = ''): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return null;
  return url.href.length <= MAX_URL && /^[!-~]+$/.test(url.href) ? url.href : null;
}

/** The same, for what is fetched from there. */
export const webAddress = (href = ''): string | null => {
  const link = safeLink(href);
  return link !== null && /^https?:/.test(link) ? link : null;
};

const LOWERED: Record<string, string> = {
  ...Object.fromEntries([...'0123456789+−=()'].map((sign, at) => [sign, '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'[at] ?? sign])),
  '-': '₋',
};
const RAISED: Record<string, string> = {
  ...Object.fromEntries([...'0123456789+−=()ni'].map((sign, at) => [sign, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ'[at] ?? sign])),
  '-': '⁻',
};

/** Notion has no such marks: where every sign has a form of its own, that is taken. */
function shifted(text: string, forms: Record<string, string>, sign: string): string {
  const signs = [...text.trim()];
  if (signs.length === 0) return '';
  const isWhole = signs.every((one) => one in forms);
  return isWhole ? signs.map((one) => forms[one]).join('') : `${sign}${text.trim()}`;
}

/** All text within. */
export const textOf = (node: ContentNode): string => {
  if (typeof node === 'string') return node;
  if (node.name === 'br') return '\n';
  if (node.name === 'math') return node.attributes.latex ?? '';
  return node.children.map(textOf).join('');
};

/** What stands in a line, in order. What is a block is not looked into: whoever asks has taken those out. */
export function runsOf(nodes: readonly ContentNode[], marks: Marks = {}): Run[] {
  return nodes.flatMap((node): Run[] => {
    if (typeof node === 'string') return [{ text: node.replace(/[ \t\n\r\f]+/g, ' '), marks }];
    const { name, attributes, children } = node;
    switch (name) {
      case 'br':
        return [{ text: '\n', marks }];
      case 'math':
        return formulaRuns(attributes.latex ?? '', marks);
      case 'sub':
        return [{ text: shifted(textOf(node), LOWERED, '_'), marks }];
      case 'sup':
        return attributes.footnote === undefined
          ? [{ text: shifted(textOf(node), RAISED, '^'), marks }]
          : [{ text: `[${attributes.footnote}]`, marks: linkWithin(node, marks) }];
      case 'ruby':
        return rubyRuns(children, marks);
      case 'q':
        return [{ text: '“', marks }, ...runsOf(children, marks), { text: '”', marks }];
      default:
        return runsOf(children, marksWithin(node, marks));
    }
  });
}

/** Where a reference to a footnote leads. */
function linkWithin(node: ContentElement, marks: Marks): Marks {
  const own = marksWithin(node, marks);
  if (own.link) return own;
  for (const child of node.children) {
    const found = typeof child === 'string' ? own : linkWithin(child, own);
    if (found.link) return { ...marks, link: found.link };
  }
  return marks;
}

/** A long formula is text: Notion takes no formula of that length. */
function formulaRuns(expression: string, marks: Marks): Run[] {
  const whole = expression.trim();
  if (whole === '') return [];
  return whole.length <= MAX_EXPRESSION
    ? [{ expression: whole, marks }]
    : [{ text: whole, marks: { ...marks, code: true } }];
}

/** The reading stands behind the words, in the brackets of that script. */
function rubyRuns(children: readonly ContentNode[], marks: Marks): Run[] {
  return children.flatMap((child): Run[] => {
    if (typeof child === 'string' || !/^r(?:t|p|tc)$/.test(child.name)) return runsOf([child], marks);
    const reading = child.name === 'rt' ? textOf(child).trim() : '';
    return reading === '' ? [] : [{ text: `（${reading}）`, marks }];
  });
}

/** White space as it is shown: one space between words, none at the ends of a line; what nobody sees is left out. */
export function trimmed(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  let isAtStart = true;
  for (const run of runs) {
    if ('expression' in run) {
      kept.push(run);
      isAtStart = false;
      continue;
    }
    let text = visible(run.text)
      .replace(/ *\n */g, '\n')
      .replace(/ {2,}/g, ' ');
    if (isAtStart) text = text.replace(/^ +/, '');
    if (text === '') continue;
    if (text.startsWith('\n')) dropEnd(kept, / +$/);
    kept.push({ ...run, text });
    isAtStart = /[ \n]$/.test(text);
  }
  dropEnd(kept, /[ \n]+$/);
  while (kept[0] && 'text' in kept[0] && /^[ \n]/.test(kept[0].text)) {
    const text = kept[0].text.replace(/^[ \n]+/, '');
    if (text === '') kept.shift();
    else kept[0] = { ...kept[0], text };
  }
  return kept.every((run) => 'text' in run && run.text.trim() === '') ? [] : kept;
}

/** Takes away what ends them like that, over as many runs as it takes. */
function dropEnd(runs: Run[], end: RegExp): void {
  for (let last = runs.at(-1); last && 'text' in last; last = runs.at(-1)) {
    const text = last.text.replace(end, '');
    if (text === last.text) return;
    runs.pop();
    if (text !== '') {
      runs.push({ ...last, text });
      return;
    }
  }
}

/** Characters in one block: in whatever script, it fits a request then. */
export const LONGEST_BLOCK = 30 * MAX_TEXT;

/** Items of rich text, in arrays of which each fits one block. */
export function itemsOf(runs: readonly Run[]): RichTextItemRequest[][] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    // Coloured code is hundreds of pieces that look alike in Notion.
    if (last && 'text' in last && 'text' in run && isSame(last.marks, run.marks))
      merged[merged.length - 1] = { ...last, text: last.text + run.text };
    else merged.push(run);
  }
  const items = merged.flatMap((run) =>
    'text' in run
      ? piecesOf(run.text).map((content) => textItem(content, run.marks))
      : [{ type: 'equation', equation: { expression: run.expression }, ...annotations(run.marks) } as const],
  );
  const arrays: RichTextItemRequest[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const last = arrays.at(-1) ?? [];
    const added = wordsOfItem(item).length;
    length += added;
    if (length <= LONGEST_BLOCK && last.length < MAX_LISTED) last.push(item);
    else {
      arrays.push([item]);
      length = added;
    }
  }
  return arrays;
}

/** The same, where there is room for one array alone: where that does not hold them, they go without their marks. */
export function fewItemsOf(runs: readonly Run[]): RichTextItemRequest[] {
  const [first = [], ...more] = itemsOf(runs);
  if (more.length === 0) return first;
  const text = runs.map((run) => ('text' in run ? run.text : run.expression)).join('');
  return itemsOf([{ text, marks: {} }])[0] ?? [];
}

/** Pieces of at most 2,000 characters, which end behind a space where there is one. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > MAX_TEXT) {
    const space = rest.lastIndexOf(' ', MAX_TEXT - 1);
    const end = space > MAX_TEXT / 2 ? space + 1 : (splitText(rest)[0]?.length ?? MAX_TEXT);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest].flatMap((piece) => splitText(piece));
}

const textItem = (content: string, marks: Marks): RichTextItemRequest => ({
  type: 'text',
  text: { content, ...(marks.link === undefined ? {} : { link: { url: marks.link } }) },
  ...annotations(marks),
});

function annotations({ link: _, ...marks }: Marks) {
  return Object.keys(marks).length > 0 ? { annotations: marks } : {};
}
