import type { Caller } from '../access.ts';
import { newBlock } from '../block-tree.ts';
import type { BlockObjectRequest } from '../contract/requests.ts';
import { failedValidation, isRefusal, type Refusable, tooLong } from '../errors.ts';
import type { Block } from '../model.ts';
import type { World } from '../state.ts';
import { misplaced, tooEmpty, unholdable } from './block-nesting.ts';
import { acceptContent } from './block-values.ts';

const maxChildren = 100;
const maxBlocks = 1000;

type Json = Record<string, unknown>;

/** Who writes blocks, and where to: undefined is the page itself. */
export interface Writing {
  world: World;
  caller: Caller;
  into?: Block | undefined;
}

/** Blocks of a request, checked against Notion's limits. How deep they may nest is in the contract already. */
export function acceptBlocks(
  writing: Writing,
  requests: readonly BlockObjectRequest[],
  path: string,
): Refusable<Block[]> {
  const blocks = accept(writing, requests as readonly Json[], path);
  if (isRefusal(blocks)) return blocks;
  const total = count(blocks);
  if (total > maxBlocks) return failedValidation([tooLong(path, maxBlocks, total)]);
  return misplaced(writing.into, blocks, path) ?? blocks;
}

const count = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { children }) => sum + 1 + count(children), 0);

/** The key that names the type of a block, of a request that makes or changes one. */
export const typeIn = (request: Json): string | undefined =>
  Object.keys(request).find((key) => !['type', 'object', 'in_trash', 'archived'].includes(key));

function accept(writing: Writing, requests: readonly Json[], path: string): Refusable<Block[]> {
  if (requests.length > maxChildren) return failedValidation([tooLong(path, maxChildren, requests.length)]);
  const blocks: Block[] = [];
  for (const [index, request] of requests.entries()) {
    const block = acceptBlock(writing, request, `${path}[${index}]`);
    if (isRefusal(block)) return block;
    blocks.push(block);
  }
  return blocks;
}

function acceptBlock(writing: Writing, request: Json, path: string): Refusable<Block> {
  const type = typeIn(request) ?? 'unsupported';
  const at = `${path}.${type}`;
  const { children: nested = [], ...rest } = request[type] as Json & { children?: Json[] };
  const content = acceptContent(writing, type, rest, at);
  if (isRefusal(content)) return content;
  const children = accept(writing, nested, `${at}.children`);
  if (isRefusal(children)) return children;
  const block = newBlock(writing.world, writing.caller.authorization.botId, { type, content, children });
  const broken =
    tooEmpty(block, at) ??
    (children.length > 0 ? unholdable(block) : undefined) ??
    misplaced(block, children, `${at}.children`);
  return broken ?? block;
}
