/** How much a page's blocks hold, as its reader would say. */
import { type Block, bodyOf, childrenOf, wordsIn } from '../notion/block.ts';

/** `code`: blocks of it. `media`: films, sounds, frames and bookmarks. */
export type Counts = Record<'words' | 'pictures' | 'code' | 'tables' | 'formulas' | 'media', number>;

/** What most people count as a word; in scripts without spaces, two signs make about one. */
const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]{1,2}|[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;

const KINDS: Record<string, keyof Counts> = {
  image: 'pictures',
  code: 'code',
  table: 'tables',
  equation: 'formulas',
  video: 'media',
  audio: 'media',
  embed: 'media',
  pdf: 'media',
  bookmark: 'media',
};

export function countsOf(blocks: readonly Block[]): Counts {
  const counts: Counts = { words: 0, pictures: 0, code: 0, tables: 0, formulas: 0, media: 0 };
  const visit = (block: Block): void => {
    const { type } = bodyOf(block);
    const kind = KINDS[type];
    if (kind) counts[kind] += 1;
    counts.words += wordsIn(block).match(WORD)?.length ?? 0;
    for (const child of childrenOf(block)) visit(child);
  };
  for (const block of blocks) visit(block);
  return counts;
}
