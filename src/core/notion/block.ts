/** Blocks of a page, as they are sent and as Notion returns them. */
import type { BlockObjectRequest } from '@notionhq/client';
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';

export type Block = BlockObjectRequest;

/** Blocks that one request may add at one place ("Append block children" in Notion's reference). */
export const MOST_CHILDREN = 100;
/** Blocks that one request may carry in all ("Request limits"). */
export const MOST_BLOCKS = 1_000;
/** Characters of a formula ("Request limits"). */
export const MAX_EXPRESSION = 1_000;
/** One request may carry a block, its children and theirs. */
export const DEEPEST = 3;

/** What stands in a block under its type. */
type Body = {
  rich_text?: readonly unknown[];
  caption?: readonly unknown[];
  children?: readonly Block[];
  cells?: readonly (readonly unknown[])[];
  expression?: string;
  url?: string;
};

/** The type of a block, and what it has there. */
export function bodyOf(block: Block): { type: string; body: Body } {
  const type = block.type ?? Object.keys(block)[0] ?? '';
  return { type, body: ((block as Record<string, unknown>)[type] ?? {}) as Body };
}

/** The blocks within a block. */
export const childrenOf = (block: Block): readonly Block[] => bodyOf(block).body.children ?? [];

/** How many blocks that is, with all that are within. */
export const countBlocks = (block: Block): number =>
  childrenOf(block).reduce((sum, child) => sum + countBlocks(child), 1);

/** An item of rich text, as it is sent or as Notion returns it. */
const Item = z.looseObject({
  plain_text: z.optional(z.string()),
  text: lenient(z.optional(z.looseObject({ content: z.string() })), undefined),
  equation: lenient(z.optional(z.looseObject({ expression: z.string() })), undefined),
});
const Items = lenient(z.array(Item), []);
const Words = z.looseObject({
  rich_text: Items,
  caption: Items,
  cells: lenient(z.array(Items), []),
  expression: lenient(z.string(), ''),
});

const joined = (items: z.infer<typeof Items>): string =>
  items
    .map(({ plain_text, text, equation }) => plain_text ?? text?.content ?? equation?.expression ?? '')
    .join('');

/** The words of a block of that type by what stands under it, without those of the blocks within it. */
function wordsUnder(body: unknown): string {
  const { rich_text, caption, cells, expression } = z.parse(Words, body);
  return [joined(rich_text), joined(caption), ...cells.map(joined), expression]
    .filter((words) => words !== '')
    .join(' ');
}

/** Its own words: text, caption, the cells of a row, a formula. */
export const wordsIn = (block: Block): string => wordsUnder(bodyOf(block).body);

/**
 * By what a block is found again: its type and its own words, and the address of a bookmark. Notion may write the addresses of
 * pictures and films in another way than they were sent.
 */
export function likeness(block: unknown): string {
  const { type, body } = bodyOf(block as Block);
  const { url = '' } = body;
  return `${type} ${type === 'bookmark' ? `${url} ` : ''}${wordsUnder(body)}`;
}
