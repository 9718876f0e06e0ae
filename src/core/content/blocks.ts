/** A page's content as Notion's blocks: the mapping of each element, in one walk. */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import { type Block, bodyOf, DEEPEST, MAX_EXPRESSION, MOST_CHILDREN } from '../notion/block.ts';
import { MAX_TEXT, splitText } from '../notion/rich-text.ts';
import { fold } from '../text/fold.ts';
import { oneLine } from '../text/visible.ts';
import { codeLanguage } from './code-language.ts';
import {
  itemsOf,
  LONGEST_BLOCK,
  type Marks,
  marksWithin,
  type Run,
  runsOf,
  safeLink,
  textOf,
  trimmed,
  webAddress,
} from './inline.ts';
import { bookmark, framedBlock, image, isCaption, playedBlock } from './media.ts';
import type { ContentElement, ContentNode } from './node.ts';
import { pictureFile } from './picture-files.ts';
import { tableBlocks } from './table.ts';

/** How much could not be kept as it is on the page, by kind. */
export type Left = Partial<Record<LeftKind, number>>;
/**
 * `pictures`: without an address from which Notion could fetch them. `frames`: films, sounds and frames without one. `levels`:
 * blocks that stand less deep than on the page.
 */
export type LeftKind = 'pictures' | 'frames' | 'levels';

/** Where in the page the walk is. */
export type Place = {
  /** Of the blocks that are made: 1 at the top. */
  level: number;
  /** How many levels there were that Notion has no room for. */
  lost: number;
  marks: Marks;
  left: Left;
};

/**
 * The blocks of a page's content.
 * @param page.title it is the row's title, and not said twice
 */
export function blocksOf(
  nodes: readonly ContentNode[],
  page: { title: string },
): { blocks: Block[]; left: Left } {
  const left: Left = {};
  const blocks = flow(withoutTitle(nodes, page.title), { level: 1, lost: 0, marks: {}, left });
  return { blocks, left };
}

/** Elements that do not stand within a line. What is not named here is a block where it holds one. */
const BLOCKS = new Set(
  [
    'p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table figure figcaption details summary aside hr',
    'img video audio iframe',
  ].flatMap((names) => names.split(' ')),
);

/** Whether it does not stand within a line, or holds something that does not. */
function isBlock(node: ContentNode): node is ContentElement {
  if (typeof node === 'string') return false;
  if (node.name === 'math') return node.attributes.display === 'block';
  return BLOCKS.has(node.name) || LINES.has(node.name) || node.children.some(isBlock);
}

/** They begin a line of their own. */
const LINES = new Set('div section article main header footer address center fieldset nav form'.split(' '));

/** Blocks of what stands below each other; what stands within a line between them is a paragraph. */
export function flow(nodes: readonly ContentNode[], place: Place): Block[] {
  const blocks: Block[] = [];
  let line: Run[] = [];
  const endLine = () => {
    blocks.push(...paragraphs(line));
    line = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) line.push(...runsOf([node], place.marks));
    else {
      endLine();
      blocks.push(...blocksOfElement(node, place));
    }
  }
  endLine();
  return blocks;
}

function blocksOfElement(node: ContentElement, place: Place): Block[] {
  const { name, attributes, children } = node;
  switch (name) {
    case 'h1':
    case 'h2':
    case 'h3':
      return heading(`heading_${name[1] as '1' | '2' | '3'}`, children, place);
    case 'h4':
    case 'h5':
    case 'h6':
      return heading('heading_4', children, place);
    case 'hr':
      return [{ type: 'divider', divider: {} }];
    case 'ul':
    case 'ol':
      return list(node, place);
    case 'li':
      return item(node, { type: 'bulleted_list_item', number: null }, place);
    case 'dl':
      return definitions(children, place);
    case 'dt':
      return paragraphs(runsOf(children, { ...place.marks, bold: true }));
    case 'figcaption':
      return flow(children, { ...place, marks: { ...place.marks, italic: true } });
    case 'blockquote':
      return quote(node, place);
    case 'pre':
      return code(textOf(node), attributes);
    case 'figure':
      return figure(children, place);
    case 'img':
      return picture(node, place);
    case 'video':
    case 'audio': {
      const played = playedBlock(name, attributes.src, []);
      return played ? [played] : missing('frames', place);
    }
    case 'iframe': {
      const framed = framedBlock(attributes.src, captionOf(attributes.title ?? '', place.marks));
      return framed ? [framed] : missing('frames', place);
    }
    case 'math':
      return formula(attributes.latex ?? '');
    case 'details':
      return toggle(children, place);
    case 'aside':
      return attributes.kind === undefined ? flow(children, place) : callout(node, attributes.kind, place);
    case 'table':
      return tableBlocks(node, place);
    default:
      return flow(children, { ...place, marks: marksWithin(node, place.marks) });
  }
}

function missing(kind: LeftKind, { left }: Place): Block[] {
  left[kind] = (left[kind] ?? 0) + 1;
  return [];
}

const paragraphs = (runs: readonly Run[]): Block[] => paragraphsOf(itemsOf(trimmed(runs)));

const paragraphsOf = (arrays: readonly RichTextItemRequest[][]): Block[] =>
  arrays.map((rich_text) => ({ type: 'paragraph', paragraph: { rich_text } }));

/** What stands in the lines of it, and the blocks among that, which follow. */
function parted(children: readonly ContentNode[], place: Place): { runs: Run[]; blocks: Block[] } {
  const runs: Run[] = [];
  const blocks: Block[] = [];
  for (const node of children) {
    if (!isBlock(node)) runs.push(...runsOf([node], place.marks));
    else if (isMedia(node)) blocks.push(...blocksOfElement(node, place));
    else {
      const within = parted(node.children, { ...place, marks: marksWithin(node, place.marks) });
      if (runs.length > 0 && within.runs.length > 0) runs.push({ text: ' ', marks: place.marks });
      runs.push(...within.runs);
      blocks.push(...within.blocks);
    }
  }
  return { runs, blocks };
}

const isMedia = ({ name }: ContentElement): boolean =>
  ['img', 'video', 'audio', 'iframe', 'table', 'pre', 'math', 'figure'].includes(name);

type Heading = 'heading_1' | 'heading_2' | 'heading_3' | 'heading_4';

/** Pictures within it follow. */
function heading(type: Heading, children: readonly ContentNode[], place: Place): Block[] {
  const { runs, blocks } = parted(children, place);
  const [first, ...rest] = itemsOf(trimmed(runs));
  if (!first) return blocks;
  return [{ type, [type]: { rich_text: first } } as unknown as Block, ...paragraphsOf(rest), ...blocks];
}

/** The first heading, where it says what the row's title says. */
function withoutTitle(nodes: readonly ContentNode[], title: string): readonly ContentNode[] {
  const at = nodes.findIndex((node) =>
    typeof node === 'string' ? node.trim() !== '' : textOf(node).trim() !== '',
  );
  const node = nodes[at];
  if (node === undefined || typeof node === 'string') return nodes;
  const rest = nodes.slice(at + 1);
  if (/^h[12]$/.test(node.name)) {
    const isTitle = fold(oneLine(textOf(node))) === fold(oneLine(title));
    const pictures = isTitle
      ? node.children.filter((child) => typeof child !== 'string' && isBlock(child))
      : [];
    return isTitle ? [...pictures, ...rest] : nodes;
  }
  if (!LINES.has(node.name) && node.name !== 'hgroup') return nodes;
  const children = withoutTitle(node.children, title);
  return children === node.children ? nodes : [...nodes.slice(0, at), { ...node, children }, ...rest];
}

/**
 * A block with those that stand within it. Where Notion has no room for these, they follow.
 * @param kids those within, made for the next level
 */
function withKids(block: Block, kids: readonly Block[], place: Place): Block[] {
  if (kids.length === 0) return [block];
  if (place.level >= DEEPEST) return [block, ...kids];
  const { type, body } = bodyOf(block);
  const children = kids.slice(0, MOST_CHILDREN);
  const whole = { ...block, [type]: { ...body, children } } as Block;
  return [whole, ...kids.slice(MOST_CHILDREN)];
}

/** The place of what stands within a block. */
export function within(place: Place): Place {
  if (place.level < DEEPEST) return { ...place, level: place.level + 1 };
  return { ...place, lost: place.lost + 1 };
}

/** What begins an element of which the first lines are its own text: those, and the nodes behind them. */
function firstLines(
  children: readonly ContentNode[],
  place: Place,
): { runs: Run[]; rest: readonly ContentNode[] } {
  const runs: Run[] = [];
  for (const [at, node] of children.entries()) {
    if (!isBlock(node)) {
      runs.push(...runsOf([node], place.marks));
      continue;
    }
    if (trimmed(runs).length > 0) return { runs, rest: children.slice(at) };
    const isText = /^(?:p|h[1-6])$/.test(node.name) || LINES.has(node.name) || !BLOCKS.has(node.name);
    if (!isText || node.name === 'math') return { runs: [], rest: children.slice(at) };
    const first = firstLines(node.children, { ...place, marks: marksWithin(node, place.marks) });
    const rest = first.rest.length > 0 ? [{ ...node, children: first.rest }] : [];
    if (first.runs.length > 0 || rest.length > 0)
      return { runs: first.runs, rest: [...rest, ...children.slice(at + 1)] };
  }
  return { runs, rest: [] };
}

type ItemKind = { type: 'bulleted_list_item' | 'numbered_list_item'; number: number | null };

/** Notion counts each list from one: in a list that does not, the numbers are text. */
function list({ name, attributes, children }: ContentElement, place: Place): Block[] {
  const start = Number(attributes.start ?? '1');
  const isCounted =
    name === 'ol' && Number.isInteger(start) && (start !== 1 || attributes.reversed !== undefined);
  let number = start;
  const blocks: Block[] = [];
  for (const node of children) {
    if (typeof node === 'string') {
      blocks.push(...paragraphs(runsOf([node], place.marks)));
      continue;
    }
    if (node.name !== 'li') {
      // A list that stands within a list, and not within one of its items, is one level deeper all the same.
      const last = blocks.at(-1);
      const isNested =
        /^[uo]l$/.test(node.name) && last !== undefined && /_list_item$|to_do/.test(bodyOf(last).type);
      if (isNested && last) {
        const kids = [...(bodyOf(last).body.children ?? []), ...blocksOfElement(node, within(place))];
        blocks.splice(-1, 1, ...withKids(last, kids, place));
      } else blocks.push(...blocksOfElement(node, place));
      continue;
    }
    const type = name === 'ol' ? 'numbered_list_item' : 'bulleted_list_item';
    blocks.push(...item(node, { type, number: isCounted ? number : null }, place));
    number += attributes.reversed === undefined ? 1 : -1;
  }
  return blocks;
}

/** Its first lines are the item's text, and all else stands within it. */
function item({ attributes, children }: ContentElement, { type, number }: ItemKind, place: Place): Block[] {
  const { runs, rest } = firstLines(children, place);
  const lost = place.lost > 0 ? `${'– '.repeat(place.lost)}` : '';
  const sign = `${lost}${number === null ? '' : `${number}. `}`;
  const words = trimmed(runs);
  if (place.lost > 0) place.left.levels = (place.left.levels ?? 0) + 1;
  const kids = flow(rest, within(place));
  if (words.length === 0 && kids.length === 0) return [];
  const [first = [], ...more] = itemsOf(sign === '' ? words : [{ text: sign, marks: {} }, ...words]);
  const { checked } = attributes;
  const block: Block =
    number !== null
      ? { type: 'paragraph', paragraph: { rich_text: first } }
      : checked !== undefined
        ? { type: 'to_do', to_do: { rich_text: first, checked: checked === 'true' } }
        : ({ type, [type]: { rich_text: first } } as unknown as Block);
  return withKids(block, [...paragraphsOf(more), ...kids], place);
}

/** The words that are explained, with what is said of them within. */
function definitions(children: readonly ContentNode[], place: Place): Block[] {
  const blocks: Block[] = [];
  let term: Block | null = null;
  let kids: Block[] = [];
  const end = () => {
    if (term) blocks.push(...withKids(term, kids, place));
    else blocks.push(...kids);
    term = null;
    kids = [];
  };
  // Some wrap each word and what is said of it.
  const flat = children.flatMap((node) =>
    typeof node !== 'string' && node.name === 'div' ? node.children : [node],
  );
  for (const node of flat) {
    if (typeof node === 'string') {
      if (node.trim() !== '') kids.push(...paragraphs(runsOf([node], place.marks)));
    } else if (node.name === 'dt') {
      end();
      const [first, ...more] = flow(node.children, { ...place, marks: { ...place.marks, bold: true } });
      term = first ?? null;
      kids = more;
      // One that may hold others is needed.
      if (first && bodyOf(first).type !== 'paragraph') {
        blocks.push(first);
        term = null;
      }
    } else kids.push(...flow(node.name === 'dd' ? node.children : [node], term ? within(place) : place));
  }
  end();
  return blocks;
}

/** Who is quoted stands last, in italics; a post of a social network is followed by its address. */
function quote({ attributes, children }: ContentElement, place: Place): Block[] {
  const source = safeLink(attributes.cite);
  const post = source !== null && /^https?:/.test(source) ? [bookmark(source)] : [];
  const { runs, rest } = firstLines(children, place);
  const kids = flow(rest.map(asSource), within(place));
  const [first, ...more] = itemsOf(trimmed(runs));
  if (!first && kids.length === 0) return post;
  const block: Block = { type: 'quote', quote: { rich_text: first ?? [] } };
  return [...withKids(block, [...paragraphsOf(more), ...kids], place), ...post];
}

const asSource = (node: ContentNode): ContentNode =>
  typeof node !== 'string' && node.name === 'footer' ? { ...node, name: 'cite' } : node;

/** The text of code stays as it is. What does not fit one block goes on in the next. */
function code(text: string, attributes: ContentElement['attributes']): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  if (lines.trim() === '') return [];
  const pieces = splitText(lines);
  const blocks: Block[] = [];
  const title = captionOf(attributes.title ?? '', {});
  const most = LONGEST_BLOCK / MAX_TEXT;
  for (let at = 0; at < pieces.length; at += most) {
    const rich_text = pieces
      .slice(at, at + most)
      .map((content) => ({ type: 'text', text: { content } }) as const);
    const caption = at === 0 && title.length > 0 ? { caption: title } : {};
    blocks.push({
      type: 'code',
      code: { rich_text, language: codeLanguage(attributes.language ?? ''), ...caption },
    });
  }
  return blocks;
}

function captionOf(words: string, marks: Marks): RichTextItemRequest[] {
  const text = oneLine(words);
  return text === '' ? [] : (itemsOf([{ text, marks }])[0] ?? []);
}

/** Its words are the caption of the last thing in it that takes one; else a paragraph. */
function figure(children: readonly ContentNode[], place: Place): Block[] {
  const isWords = (node: ContentNode): node is ContentElement =>
    typeof node !== 'string' && node.name === 'figcaption';
  const captions = children.filter(isWords);
  const blocks = flow(
    children.filter((node) => !isWords(node)),
    place,
  );
  const { runs, blocks: others } = parted(
    captions.flatMap((node) => node.children),
    place,
  );
  const words = trimmed(runs);
  const [caption, ...more] = itemsOf(words);
  const at = blocks.findLastIndex((block) => takesCaption(block));
  const target = blocks[at];
  if (!caption) return [...blocks, ...others];
  if (!target) {
    const italic = words.map((run) => ({ ...run, marks: { ...run.marks, italic: true as const } }));
    return [...blocks, ...paragraphs(italic), ...others];
  }
  const { type, body } = bodyOf(target);
  const named = { ...target, [type]: { ...body, caption } } as Block;
  return [...blocks.slice(0, at), named, ...paragraphsOf(more), ...blocks.slice(at + 1), ...others];
}

const takesCaption = (block: Block): boolean =>
  ['image', 'video', 'audio', 'pdf', 'bookmark', 'embed', 'code'].includes(bodyOf(block).type);

/** What Notion could not fetch is called by its words. Where it leads elsewhere, its words do. */
function picture({ attributes }: ContentElement, place: Place): Block[] {
  const { src = '', alt = '', file = '' } = attributes;
  const url = webAddress(src);
  const { link } = place.marks;
  const isElsewhere =
    link !== undefined && link !== url && !/\.(?:jpe?g|png|gif|webp|svg|avif)(?:[?#]|$)/i.test(link);
  const words = isCaption(alt) ? alt : isElsewhere ? alt || link : '';
  const caption = captionOf(words, isElsewhere ? { link } : {});
  if (/^\d{1,2}$/.test(file)) return [pictureFile(Number(file), url, caption)];
  if (url !== null) return [image(url, caption)];
  place.left.pictures = (place.left.pictures ?? 0) + 1;
  return paragraphs([{ text: words, marks: { ...place.marks, italic: true } }]);
}

/** A formula that is too long for Notion is the code that it is written as. */
function formula(latex: string): Block[] {
  const expression = latex.trim();
  if (expression === '') return [];
  if (expression.length > MAX_EXPRESSION) return code(expression, { language: 'latex' });
  return [{ type: 'equation', equation: { expression } }];
}

function toggle(children: readonly ContentNode[], place: Place): Block[] {
  const isSummary = (node: ContentNode): node is ContentElement =>
    typeof node !== 'string' && node.name === 'summary';
  const summary = children.find(isSummary);
  const { runs, blocks } = parted(summary?.children ?? [], place);
  const kids = flow(
    children.filter((node) => node !== summary),
    within(place),
  );
  const [first, ...more] = itemsOf(trimmed(runs));
  if (!first) return [...blocks, ...kids];
  const block: Block = { type: 'toggle', toggle: { rich_text: first } };
  return withKids(block, [...paragraphsOf(more), ...blocks, ...kids], place);
}

const CALLOUTS = {
  info: ['ℹ️', 'blue_background'],
  tip: ['💡', 'green_background'],
  warning: ['⚠️', 'yellow_background'],
  danger: ['❗', 'red_background'],
  note: ['📝', 'gray_background'],
} as const;

function callout({ children }: ContentElement, kind: string, place: Place): Block[] {
  const [emoji, color] = CALLOUTS[kind as keyof typeof CALLOUTS] ?? CALLOUTS.note;
  const { runs, rest } = firstLines(children, place);
  const kids = flow(rest, within(place));
  const [first = [], ...more] = itemsOf(trimmed(runs));
  if (first.length === 0 && kids.length === 0) return [];
  const block: Block = {
    type: 'callout',
    callout: { rich_text: first, icon: { type: 'emoji', emoji }, color },
  };
  return withKids(block, [...paragraphsOf(more), ...kids], place);
}
