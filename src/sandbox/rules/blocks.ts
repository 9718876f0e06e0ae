import type { BlockObjectRequest, RichTextItemRequest } from '../contract/requests.ts';
import {
  failedValidation,
  instead,
  invalid,
  isRefusal,
  type Refusable,
  type Refusal,
  tooLong,
} from '../errors.ts';
import { uuid } from '../ids.ts';
import type { Block, RichText } from '../model.ts';
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
    const content = acceptContent(world, rest, at);
    if (isRefusal(content)) return content;
    const children = accept(world, by, nested as Json[], `${at}.children`);
    if (isRefusal(children)) return children;
    const broken = brokenBlock(type, content, children, at);
    if (broken) return broken;
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

/** Rich text, with the links that are in it. */
function acceptText(
  world: World,
  items: readonly RichTextItemRequest[],
  path: string,
): Refusable<RichText[]> {
  for (const [index, item] of items.entries()) {
    const url = 'text' in item ? item.text.link?.url : undefined;
    const refused = url === undefined ? undefined : unwanted(world, url, `${path}[${index}].text.link.url`);
    if (refused) return refused;
  }
  return acceptRichText(items, path);
}

function refusedAddress(world: World, url: string, path: string): Refusal | undefined {
  const broken = brokenFileUrl(url, path);
  return broken ? failedValidation([broken]) : unwanted(world, url, path);
}

/** Which addresses Notion refuses is not said anywhere. */
function unwanted({ settings }: World, url: string, path: string): Refusal | undefined {
  const { refusedAddress: part, namesRefused } = settings;
  if (part === '' || !url.includes(part)) return undefined;
  return namesRefused
    ? failedValidation([`${path} should be a valid URL, ${instead(url)}`])
    : invalid(path.includes('.link.') ? 'Invalid URL for link.' : 'Invalid image url.');
}

/** Hosts that an `embed` may be of ("Embed" in the reference); the list has grown since, and is not whole. */
const EMBEDDED =
  /(?:^|\.)(?:twitter\.com|x\.com|github\.com|codepen\.io|figma\.com|loom\.com|replit\.com|miro\.com|excalidraw\.com|whimsical\.com|soundcloud\.com|spotify\.com|typeform\.com|deepnote\.com|google\.com|invisionapp\.com|framer\.com|abstract\.com|youtube\.com|vimeo\.com)$/;

/** Rules that the types do not tell. */
function brokenBlock(
  type: string,
  content: Json,
  children: readonly Block[],
  path: string,
): Refusal | undefined {
  if (type === 'embed') {
    const url = String(content.url);
    const isTaken = URL.canParse(url) && EMBEDDED.test(new URL(url).hostname);
    if (!isTaken) return failedValidation([`${path}.url should be a supported embed URL, ${instead(url)}`]);
  }
  if (type !== 'table') return undefined;
  const width = Number(content.table_width);
  const isEven = children.every((row) => (row.content.cells as unknown[]).length === width);
  if (children.length === 0) return invalid('A table must have at least one row.');
  return isEven
    ? undefined
    : invalid('Number of cells in table row must match the table width of the parent table');
}

/** Completes rich text and checks addresses, wherever a type of block keeps them. */
function acceptContent(world: World, content: Json, path: string): Refusable<Json> {
  const accepted: Json = { ...content };
  for (const [key, value] of Object.entries(content)) {
    const at = `${path}.${key}`;
    if (key === 'rich_text' || key === 'caption') {
      const text = acceptText(world, value as RichTextItemRequest[], at);
      if (isRefusal(text)) return text;
      accepted[key] = text;
    } else if (key === 'url') {
      const refused = refusedAddress(world, String(value), at);
      if (refused) return refused;
    } else if (key === 'external') {
      const refused = refusedAddress(world, (value as { url: string }).url, `${at}.url`);
      if (refused) return refused;
    } else if (key === 'cells') {
      const cells = acceptCells(world, value as RichTextItemRequest[][], at);
      if (isRefusal(cells)) return cells;
      accepted[key] = cells;
    } else if (key === 'file_upload') {
      return failedValidation([`${at}.id should be an uploaded file, ${instead(value)}`]);
    }
  }
  return accepted;
}

function acceptCells(
  world: World,
  cells: readonly RichTextItemRequest[][],
  path: string,
): Refusable<unknown[]> {
  const accepted: unknown[] = [];
  for (const [index, cell] of cells.entries()) {
    const text = acceptText(world, cell, `${path}[${index}]`);
    if (isRefusal(text)) return text;
    accepted.push(text);
  }
  return accepted;
}
