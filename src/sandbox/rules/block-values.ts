/** What a block itself says: its text, its addresses, its file. */
import type { PageIconRequest, RichTextItemRequest } from '../contract/requests.ts';
import {
  failedValidation,
  instead,
  invalid,
  isRefusal,
  type Refusable,
  type Refusal,
  tooLong,
} from '../errors.ts';
import { acceptUpload } from '../file-uploads.ts';
import type { RichText } from '../model.ts';
import type { World } from '../state.ts';
import { completeContent } from './block-content.ts';
import type { Writing } from './blocks.ts';
import { acceptMedia, brokenFileUrl } from './media.ts';
import { acceptRichText, maxExpression } from './rich-text.ts';

type Json = Record<string, unknown>;

/** The content of a new block: whole, with its text completed and its addresses checked. Children are not looked at. */
export function acceptContent(writing: Writing, type: string, request: Json, path: string): Refusable<Json> {
  const content = acceptChange(writing, type, request, path);
  return isRefusal(content) ? content : completeContent(type, content);
}

/** The same for what a request changes of a block: only what it names is in the result. */
export function acceptChange(writing: Writing, type: string, request: Json, path: string): Refusable<Json> {
  const accepted: Json = {};
  for (const [key, value] of Object.entries(request)) {
    const part = acceptPart(writing, type, key, value, `${path}.${key}`);
    if (isRefusal(part)) return part;
    Object.assign(accepted, part);
  }
  const frame = type === 'embed' ? accepted.url : undefined;
  return (frame === undefined ? undefined : unlistedFrame(String(frame), `${path}.url`)) ?? accepted;
}

/** One key of a request, as the keys that a response has for it. */
function acceptPart(
  writing: Writing,
  type: string,
  key: string,
  value: unknown,
  path: string,
): Refusable<Json> {
  const { world } = writing;
  const named = (part: Refusable<unknown>): Refusable<Json> => (isRefusal(part) ? part : { [key]: part });
  switch (key) {
    case 'rich_text':
    case 'caption':
      return named(acceptText(writing, value as RichTextItemRequest[], path));
    case 'cells':
      return named(acceptCells(writing, value as RichTextItemRequest[][], path));
    case 'expression':
      return named(
        String(value).length > maxExpression
          ? failedValidation([tooLong(path, maxExpression, String(value).length)])
          : value,
      );
    case 'icon':
      return named(acceptMedia(value as PageIconRequest, path));
    case 'url':
      return refusedAddress(world, String(value), path) ?? { url: value };
    case 'external': {
      const { url } = value as { url: string };
      return refusedAddress(world, url, `${path}.url`) ?? { type: 'external', external: { url } };
    }
    case 'file_upload': {
      const file = acceptUpload(writing, (value as { id: string }).id, type, path);
      return isRefusal(file) ? file : { type: 'file', file };
    }
    default:
      // The `type` of a medium follows from its other keys.
      return key === 'type' ? {} : { [key]: value };
  }
}

/** Rich text, with the links that are in it. */
function acceptText(
  { world, caller }: Writing,
  items: readonly RichTextItemRequest[],
  path: string,
): Refusable<RichText[]> {
  for (const [index, item] of items.entries()) {
    const url = 'text' in item ? item.text.link?.url : undefined;
    if (url === undefined || url === '') continue;
    if (!isLink(url)) return invalid('Invalid URL for link.');
    const refused = unwanted(world, url, `${path}[${index}].text.link.url`);
    if (refused) return refused;
  }
  return acceptRichText(items, path, { world, caller });
}

function acceptCells(
  writing: Writing,
  cells: readonly RichTextItemRequest[][],
  path: string,
): Refusable<RichText[][]> {
  const accepted: RichText[][] = [];
  for (const [index, cell] of cells.entries()) {
    const text = acceptText(writing, cell, `${path}[${index}]`);
    if (isRefusal(text)) return text;
    accepted.push(text);
  }
  return accepted;
}

const isAscii = (url: string): boolean => /^[\x21-\x7e]*$/.test(url);

/** Addresses that are not written as browsers write them have failed whole requests. */
const isLink = (url: string): boolean =>
  isAscii(url) && URL.canParse(url) && /^(?:https?|mailto|tel):$/.test(new URL(url).protocol);

function refusedAddress(world: World, url: string, path: string): Refusal | undefined {
  const broken = brokenFileUrl(url, path);
  if (broken) return failedValidation([broken]);
  const isOfWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isOfWeb ? unwanted(world, url, path) : refusedFor(world, url, path);
}

/** Which addresses Notion refuses is not said anywhere. */
function unwanted(world: World, url: string, path: string): Refusal | undefined {
  const { refusedAddress: part } = world.settings;
  return part === '' || !url.includes(part) ? undefined : refusedFor(world, url, path);
}

function refusedFor({ settings }: World, url: string, path: string): Refusal {
  if (settings.namesRefused) return failedValidation([`${path} should be a valid URL, ${instead(url)}`]);
  return invalid(path.includes('.link.') ? 'Invalid URL for link.' : 'Invalid image url.');
}

/** Hosts that an `embed` may be of ("Embed" in the reference); the list has grown since, and is not whole. */
const EMBEDDED =
  /(?:^|\.)(?:twitter\.com|x\.com|github\.com|codepen\.io|figma\.com|loom\.com|replit\.com|miro\.com|excalidraw\.com|whimsical\.com|soundcloud\.com|spotify\.com|typeform\.com|deepnote\.com|google\.com|invisionapp\.com|framer\.com|abstract\.com|youtube\.com|vimeo\.com)$/;

function unlistedFrame(url: string, path: string): Refusal | undefined {
  const isTaken = URL.canParse(url) && EMBEDDED.test(new URL(url).hostname);
  return isTaken ? undefined : failedValidation([`${path} should be a supported embed URL, ${instead(url)}`]);
}
