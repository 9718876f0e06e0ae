/** A page's blocks in short lines, for somebody who looks at what would be saved. */
import * as z from 'zod/mini';
import { type Block, bodyOf, childrenOf, wordsIn } from '../notion/block.ts';

export const PreviewLine = z.object({
  /** How it is shown; `more`: there are `count` others. */
  kind: z.enum(['text', 'heading', 'item', 'quote', 'code', 'picture', 'media', 'table', 'rule', 'more']),
  words: z.string(),
  /** How deep it stands in other blocks; 0 at the top. */
  depth: z.number(),
  count: z.optional(z.number()),
});
export type PreviewLine = z.infer<typeof PreviewLine>;

/** So many lines, and so many characters of each. */
const LINES = 120;
const LONGEST = 400;

const KINDS: Readonly<Record<string, PreviewLine['kind']>> = {
  heading_1: 'heading',
  heading_2: 'heading',
  heading_3: 'heading',
  heading_4: 'heading',
  bulleted_list_item: 'item',
  numbered_list_item: 'item',
  to_do: 'item',
  toggle: 'item',
  quote: 'quote',
  callout: 'quote',
  code: 'code',
  equation: 'code',
  image: 'picture',
  video: 'media',
  audio: 'media',
  embed: 'media',
  pdf: 'media',
  bookmark: 'media',
  table_row: 'table',
  divider: 'rule',
};

export function previewOf(blocks: readonly Block[]): PreviewLine[] {
  const lines: PreviewLine[] = [];
  let more = 0;
  const add = (block: Block, depth: number): void => {
    const { type, body } = bodyOf(block);
    const own = wordsIn(block) || (body.url ?? '');
    const words = own.length > LONGEST ? `${own.slice(0, LONGEST)}…` : own;
    const kind = KINDS[type] ?? 'text';
    const isShown =
      type !== 'table' && (words !== '' || kind === 'picture' || kind === 'media' || kind === 'rule');
    if (isShown && lines.length < LINES) lines.push({ kind, words, depth });
    else if (isShown) more++;
    for (const child of childrenOf(block)) add(child, type === 'table' ? depth : depth + 1);
  };
  for (const block of blocks) add(block, 0);
  return more > 0 ? [...lines, { kind: 'more', words: '', depth: 0, count: more }] : lines;
}
