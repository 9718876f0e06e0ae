/** Tables: those of data become tables of Notion, those that only place things beside each other become what is in them. */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import type { Block } from '../notion/block.ts';
import { DEEPEST, MOST_CHILDREN } from '../notion/block.ts';
import { flow, type Place } from './blocks.ts';
import { fewItemsOf, type Marks, marksWithin, type Run, runsOf, trimmed } from './inline.ts';
import type { ContentElement, ContentNode } from './node.ts';

/** More columns than that nobody can read in a page of Notion. */
const MOST_COLUMNS = 30;
/** A cell of more characters holds an article, not data. */
const LONGEST_CELL = 2_000;

type Cell = { element: ContentElement; isHeader: boolean };

export function tableBlocks(table: ContentElement, place: Place): Block[] {
  const caption = table.children.find(isNamed('caption'));
  const title: Block[] = caption
    ? flow([{ name: 'p', attributes: {}, children: caption.children }], {
        ...place,
        marks: { ...place.marks, bold: true },
      })
    : [];
  const rows = rowsOf(table);
  const grid = gridOf(rows.map(({ cells }) => cells));
  const width = Math.max(0, ...grid.map((row) => row.length));
  // A table has rows, for which there has to be room.
  const isData = grid.length >= 2 && width >= 2 && width <= MOST_COLUMNS && place.level < DEEPEST;
  if (!isData || !rows.every(({ cells }) => cells.every(isPlain)))
    return [
      ...title,
      ...rows.flatMap(({ cells }) => cells.flatMap(({ element }) => flow(element.children, place))),
    ];
  const [first] = rows;
  const has_column_header =
    first !== undefined && (first.isHead || first.cells.every(({ isHeader }) => isHeader));
  const body = has_column_header ? grid.slice(1) : grid;
  const has_row_header = body.length > 0 && body.every(([cell]) => cell?.isHeader === true);
  const blocksAfter: Block[] = [];
  const lines = grid.map((row) =>
    Array.from({ length: width }, (_, at): RichTextItemRequest[] => {
      const cell = row[at];
      if (!cell) return [];
      const { runs, pictures } = cellRuns(cell.element.children, place.marks);
      if (pictures.length > 0) blocksAfter.push(...flow(pictures, place));
      return fewItemsOf(trimmed(runs));
    }),
  );
  return [...title, ...tables(lines, { width, has_column_header, has_row_header }), ...blocksAfter];
}

/** What does not fit one table goes on in another, with the same header: nothing that Notion takes at once is longer. */
function tables(
  lines: readonly RichTextItemRequest[][][],
  { width, ...headers }: { width: number; has_column_header: boolean; has_row_header: boolean },
): Block[] {
  const [header] = headers.has_column_header ? lines : [];
  const rows = header ? lines.slice(1) : lines;
  const most = MOST_CHILDREN - (header ? 1 : 0);
  const blocks: Block[] = [];
  for (let at = 0; at === 0 || at < rows.length; at += most) {
    const children = [...(header ? [header] : []), ...rows.slice(at, at + most)].map((cells) => ({
      type: 'table_row' as const,
      table_row: { cells },
    }));
    blocks.push({ type: 'table', table: { table_width: width, ...headers, children } });
  }
  return blocks;
}

const isNamed =
  (name: string) =>
  (node: ContentNode): node is ContentElement =>
    typeof node !== 'string' && node.name === name;

type Row = { cells: Cell[]; isHead: boolean };

function rowsOf({ children }: ContentElement, isHead = false): Row[] {
  return children.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (/^t(?:head|body|foot)$/.test(node.name)) return rowsOf(node, node.name === 'thead');
    if (node.name !== 'tr') return [];
    const cells = node.children.flatMap((cell) =>
      typeof cell !== 'string' && /^t[dh]$/.test(cell.name)
        ? [{ element: cell, isHeader: cell.name === 'th' }]
        : [],
    );
    return cells.length > 0 ? [{ cells, isHead }] : [];
  });
}

/** Each cell where it stands: one that spans several has its text in the first, and the others are empty. */
function gridOf(rows: readonly (readonly Cell[])[]): (Cell | undefined)[][] {
  const grid: (Cell | undefined)[][] = rows.map(() => []);
  const taken = new Set<string>();
  for (const [y, cells] of rows.entries()) {
    let x = 0;
    for (const cell of cells) {
      while (taken.has(`${x} ${y}`)) x++;
      const { colspan, rowspan } = cell.element.attributes;
      const [wide, high] = [spanOf(colspan), Math.min(spanOf(rowspan), rows.length - y)];
      for (let down = 0; down < high; down++)
        for (let right = 0; right < wide; right++) taken.add(`${x + right} ${y + down}`);
      const row = grid[y];
      if (row) {
        row[x] = cell;
        row.length = Math.max(row.length, x + wide);
      }
      x += wide;
    }
  }
  return grid;
}

const spanOf = (span = '1'): number =>
  Math.min(Math.max(1, Number.parseInt(span, 10) || 1), MOST_COLUMNS + 1);

/** Whether a cell holds words, and not a page or a table of its own. */
function isPlain({ element }: Cell): boolean {
  let length = 0;
  const visit = (node: ContentNode): boolean => {
    if (typeof node === 'string') {
      length += node.length;
      return length <= LONGEST_CELL;
    }
    return !/^(?:table|h[1-3]|iframe|video|audio)$/.test(node.name) && node.children.every(visit);
  };
  return element.children.every(visit);
}

/** A cell holds text alone: its paragraphs and items are lines, and its pictures follow the table. */
function cellRuns(nodes: readonly ContentNode[], marks: Marks): { runs: Run[]; pictures: ContentNode[] } {
  const runs: Run[] = [];
  const pictures: ContentNode[] = [];
  let isOpen = false;
  /** What comes next stands in the line that is open, or begins one. */
  const add = (next: readonly Run[], isLineOfItsOwn: boolean) => {
    if (trimmed(next).length === 0) return;
    if (trimmed(runs).length > 0 && (isLineOfItsOwn || !isOpen)) runs.push({ text: '\n', marks });
    runs.push(...next);
    isOpen = !isLineOfItsOwn;
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !isLine(node)) {
      if (typeof node !== 'string' && node.name === 'img') pictures.push(node);
      else if (isOpen) runs.push(...runsOf([node], marks));
      else add(runsOf([node], marks), false);
      continue;
    }
    const inner =
      node.name === 'pre'
        ? { runs: [{ text: textWithin(node), marks: { ...marks, code: true as const } }], pictures: [] }
        : cellRuns(node.children, marksWithin(node, marks));
    pictures.push(...inner.pictures);
    add(node.name === 'li' ? [{ text: signOf(node), marks }, ...inner.runs] : inner.runs, true);
  }
  return { runs, pictures };
}

function signOf({ attributes: { checked } }: ContentElement): string {
  if (checked === undefined) return '• ';
  return checked === 'true' ? '☑ ' : '☐ ';
}

const textWithin = (node: ContentNode): string =>
  typeof node === 'string' ? node : node.children.map(textWithin).join('');

/** Whether it begins a line of its own, or holds what does, or a picture. */
const isLine = (node: ContentElement): boolean =>
  /^(?:p|div|li|ul|ol|dl|dt|dd|pre|blockquote|h[4-6]|figure|figcaption|section|details|summary|aside|hr)$/.test(
    node.name,
  ) || node.children.some((child) => typeof child !== 'string' && (child.name === 'img' || isLine(child)));
