/** A part of a page that Notion has refused, in a plainer form. Its words are never dropped. */

import { type Block, bodyOf, childrenOf, MOST_CHILDREN, wordsIn } from '../notion/block.ts';
import { text } from '../notion/content.ts';
import { wordsOfItem } from '../notion/rich-text.ts';
import { isSame } from '../same.ts';
import { fileOf, lostPicture } from './picture-files.ts';

/** The block that Notion names in its refusal: `body.children[17].image.external.url should be …`. */
const NAMED = /body\.children\[(\d+)\]/;

/** So often a single block is made plainer, as it is named; then all of them are. */
const MOST_NAMED = 6;

/**
 * The next plainer form: without the addresses of the block that Notion has named, without any, as paragraphs alone. Null when
 * these are nothing but paragraphs.
 * @param refusal.times how often that was done before
 * @param refusal.why Notion's words
 */
export function plainer(
  blocks: readonly unknown[],
  { times, why }: { times: number; why: string },
): readonly Block[] | null {
  const part = blocks as readonly Block[];
  const named = times < MOST_NAMED ? Number(NAMED.exec(why)?.[1] ?? Number.NaN) : Number.NaN;
  const forms = [
    part.flatMap((block, at) => (at === named ? paragraphsOf(block) : [block])),
    part.flatMap(withoutAddresses),
    part.flatMap(paragraphsOf),
  ];
  // What one block becomes may be more than one request takes.
  return forms.map(fitting).find((form) => !isSame(form, part)) ?? null;
}

/** Paragraphs that are more than fit are put into fewer. */
function fitting(blocks: readonly Block[]): readonly Block[] {
  if (blocks.length <= MOST_CHILDREN) return blocks;
  const joined: Block[] = [];
  let words = '';
  const end = () => {
    joined.push(...text(words));
    words = '';
  };
  for (const block of blocks) {
    if (bodyOf(block).type === 'paragraph' && childrenOf(block).length === 0)
      words += `${words === '' ? '' : '\n'}${wordsIn(block)}`;
    else {
      end();
      joined.push(block);
    }
  }
  end();
  return joined;
}

/** Where something is fetched from; empty for what has words alone. */
function addressOf(block: Block): string {
  const file = fileOf(block);
  if (file) return file.url;
  const { body } = bodyOf(block);
  const { url, external } = body as { url?: string; external?: { url?: string } };
  return url ?? external?.url ?? '';
}

/** What it says and where it leads, and the same of those within, as paragraphs. */
export function paragraphsOf(block: Block): Block[] {
  const file = fileOf(block);
  if (file && file.url === '') return [lostPicture(file)];
  const { type } = bodyOf(block);
  const own = [wordsIn(block), addressOf(block)].filter((words) => words !== '').join('\n');
  const rows = type === 'table' ? childrenOf(block).map(rowWords).join('\n') : '';
  const words = type === 'table' ? rows : own;
  return [...text(words), ...(type === 'table' ? [] : childrenOf(block).flatMap(paragraphsOf))];
}

function rowWords(row: Block): string {
  const { cells = [] } = bodyOf(row).body;
  return cells
    .map((cell) => (cell as Parameters<typeof wordsOfItem>[0][]).map(wordsOfItem).join(''))
    .join(' | ');
}

/** What is fetched becomes its words, and links are words alone. */
function withoutAddresses(block: Block): Block[] {
  if (addressOf(block) !== '' || fileOf(block)) return paragraphsOf(block);
  const { type, body } = bodyOf(block);
  const unlinked = (items: readonly unknown[] | undefined) => items?.map(withoutLink);
  const { rich_text, caption, children, cells } = body;
  const next = {
    ...body,
    ...(rich_text ? { rich_text: unlinked(rich_text) } : {}),
    ...(caption ? { caption: unlinked(caption) } : {}),
    ...(cells ? { cells: cells.map((cell) => unlinked(cell)) } : {}),
    ...(children ? { children: children.flatMap(withoutAddresses) } : {}),
  };
  return [{ ...block, [type]: next } as Block];
}

function withoutLink(item: unknown): unknown {
  const { text, ...rest } = item as { text?: { content: string; link?: unknown } };
  return text ? { ...rest, text: { content: text.content } } : item;
}
