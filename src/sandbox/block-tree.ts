/** The blocks of pages as a tree. What is in the trash stays at its place in it, so that it can come back there. */
import { uuid } from './ids.ts';
import type { Block, Page } from './model.ts';
import type { State, World } from './state.ts';

/** A page, or a block on it. */
export interface Place {
  page: Page;
  /** From the top of the page down to the block; empty where the page itself is meant. */
  path: readonly Block[];
}

export const blockAt = ({ path }: Place): Block | undefined => path.at(-1);

/** What is right below a page or block, the trash included. */
export const childrenOf = (place: Place): Block[] => blockAt(place)?.children ?? place.page.blocks;

/** Without those in the trash. */
export const present = (blocks: readonly Block[]): Block[] => blocks.filter(({ inTrash }) => !inTrash);

/** Whether the block, or one that it is in, is in the trash. Of the page nothing is said. */
export const isBlockTrashed = ({ path }: Place): boolean => path.some(({ inTrash }) => inTrash);

/** Where the page or block of that id is, among the pages that may be looked through. */
export function findPlace({ pages }: State, id: string, mayLook: (page: Page) => boolean): Place | undefined {
  for (const page of pages.values()) {
    if (!mayLook(page)) continue;
    if (page.id === id) return { page, path: [] };
    const path = pathTo(page.blocks, id);
    if (path) return { page, path };
  }
  return undefined;
}

function pathTo(blocks: readonly Block[], id: string): Block[] | undefined {
  for (const block of blocks) {
    if (block.id === id) return [block];
    const below = pathTo(block.children, id);
    if (below) return [block, ...below];
  }
  return undefined;
}

export function newBlock(
  world: World,
  by: string,
  { type, content, children = [] }: Pick<Block, 'type' | 'content'> & { children?: Block[] },
): Block {
  const now = world.now();
  return {
    id: uuid(world.random),
    type,
    content,
    children,
    inTrash: false,
    createdAt: now,
    createdBy: by,
    editedAt: now,
    editedBy: by,
  };
}
