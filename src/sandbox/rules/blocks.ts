import type { BlockObjectRequest, RichTextItemRequest } from '../contract/requests.ts';
import { failedValidation, instead, isRefusal, type Refusable, tooLong } from '../errors.ts';
import { uuid } from '../ids.ts';
import type { Block } from '../model.ts';
import type { World } from '../state.ts';
import { brokenFileUrl } from './media.ts';
import { acceptRichText } from './rich-text.ts';

const maxChildren = 100;
const maxBlocks = 1000;

type Json = Record<string, unknown>;

/** Blocks of a request, checked against Notion's size limits. How deep they may nest is in the contract already. */
export function acceptBlocks(
  world: World,
  by: string,
  requests: readonly BlockObjectRequest[],
  path: string,
): Refusable<Block[]> {
  const blocks = accept(world, by, requests as readonly Json[], path);
  if (isRefusal(blocks)) return blocks;
  const total = count(blocks);
  return total > maxBlocks ? failedValidation([tooLong(path, maxBlocks, total)]) : blocks;
}

const count = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { children }) => sum + 1 + count(children), 0);

function accept(world: World, by: string, requests: readonly Json[], path: string): Refusable<Block[]> {
  if (requests.length > maxChildren) return failedValidation([tooLong(path, maxChildren, requests.length)]);
  const now = world.now();
  const blocks: Block[] = [];
  for (const [index, request] of requests.entries()) {
    const type = Object.keys(request).find((key) => key !== 'type' && key !== 'object') ?? 'unsupported';
    const at = `${path}[${index}].${type}`;
    const { children: nested = [], ...rest } = request[type] as Json;
    const content = acceptContent(rest, at);
    if (isRefusal(content)) return content;
    const children = accept(world, by, nested as Json[], `${at}.children`);
    if (isRefusal(children)) return children;
    blocks.push({
      id: uuid(world.random),
      type,
      content,
      children,
      createdAt: now,
      createdBy: by,
      editedAt: now,
      editedBy: by,
    });
  }
  return blocks;
}

/** Completes rich text and checks addresses, wherever a type of block keeps them. */
function acceptContent(content: Json, path: string): Refusable<Json> {
  const accepted: Json = { ...content };
  for (const [key, value] of Object.entries(content)) {
    const at = `${path}.${key}`;
    if (key === 'rich_text' || key === 'caption') {
      const text = acceptRichText(value as RichTextItemRequest[], at);
      if (isRefusal(text)) return text;
      accepted[key] = text;
    } else if (key === 'url') {
      const broken = brokenFileUrl(String(value), at);
      if (broken) return failedValidation([broken]);
    } else if (key === 'external') {
      const broken = brokenFileUrl((value as { url: string }).url, `${at}.url`);
      if (broken) return failedValidation([broken]);
    } else if (key === 'cells') {
      const cells = acceptCells(value as RichTextItemRequest[][], at);
      if (isRefusal(cells)) return cells;
      accepted[key] = cells;
    } else if (key === 'file_upload') {
      return failedValidation([`${at}.id should be an uploaded file, ${instead(value)}`]);
    }
  }
  return accepted;
}

function acceptCells(cells: readonly RichTextItemRequest[][], path: string): Refusable<unknown[]> {
  const accepted: unknown[] = [];
  for (const [index, cell] of cells.entries()) {
    const text = acceptRichText(cell, `${path}[${index}]`);
    if (isRefusal(text)) return text;
    accepted.push(text);
  }
  return accepted;
}
