/** Knowing an earlier article again, in the page of its row as Notion returns it. */
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';
import { type Block, likeness } from '../notion/block.ts';
import { Traces } from '../notion/traces.ts';
import type { BareArticle } from './page-content.ts';

/** Characters by which a block is known. */
const MARK = 60;

const markOf = (block: unknown): string => {
  const words = likeness(block);
  return `${words.length} ${words.slice(0, MARK)}`;
};

/** By what blocks are known again that go into a page without a heading. */
export const bareArticle = (blocks: readonly Block[]): BareArticle => ({
  count: blocks.length,
  first: markOf(blocks[0]),
  last: markOf(blocks.at(-1)),
});

const Found = z.looseObject({
  id: z.string(),
  type: z.string(),
  has_children: lenient(z.boolean(), false),
  heading_3: lenient(
    z.optional(
      z.looseObject({
        is_toggleable: lenient(z.boolean(), false),
        rich_text: lenient(z.array(z.looseObject({ plain_text: z.string() })), []),
      }),
    ),
    undefined,
  ),
  ...Traces,
});

/** Whether only these have made and changed a block, as far as Notion tells; what it does not tell is a no. */
export function isOnlyBy(raw: unknown, botIds: ReadonlySet<string>): boolean {
  const { created_by: maker, last_edited_by: editor } = z.safeParse(Found, raw).data ?? {};
  return maker !== undefined && editor !== undefined && botIds.has(maker.id) && botIds.has(editor.id);
}

/** Ids of the blocks that hold others. */
export const holders = (blocks: readonly unknown[]): string[] =>
  blocks.flatMap((raw) => {
    const { data } = z.safeParse(Found, raw);
    return data?.has_children ? [data.id] : [];
  });

/** Headings of ours under which an article was added; their words are those of `heading`, between which there is a day. */
export const articleHeadings = (
  blocks: readonly unknown[],
  { heading: [before, after], botIds }: { heading: readonly [string, string]; botIds: ReadonlySet<string> },
): unknown[] =>
  blocks.filter((raw) => {
    const { data } = z.safeParse(Found, raw);
    if (!data?.heading_3?.is_toggleable || !data.created_by || !botIds.has(data.created_by.id)) return false;
    const words = data.heading_3.rich_text.map(({ plain_text }) => plain_text).join('');
    return words.startsWith(before) && words.endsWith(after);
  });

/** The blocks of an article without a heading; none where they do not stand together any more. */
export function bareBlocks(blocks: readonly unknown[], { count, first, last }: BareArticle): unknown[] {
  const at = blocks.findIndex(
    (raw, index) =>
      markOf(raw) === first && index + count <= blocks.length && markOf(blocks[index + count - 1]) === last,
  );
  return at === -1 ? [] : blocks.slice(at, at + count);
}
