/** What a row's page holds beside its properties. */
import * as z from 'zod/mini';
import { type Block, likeness, MOST_CHILDREN } from './block.ts';
import { MAX_URL } from './limits.ts';
import type { NotionRequest } from './request.ts';
import { splitText, type TextItem, textItem, wellFormed } from './rich-text.ts';
import { isOfTheTime, isUntouched, madeAt, noTraces, Traces } from './traces.ts';

/** Items in one paragraph: fewer than Notion takes, so that one alone always fits a request. */
const MOST_ITEMS = 40;

/** Bytes of blocks in a request of their own. */
const MAX_APPENDED = 400_000;

export const fitsUrl = (url: string): boolean => url.length > 0 && url.length <= MAX_URL;

/** An address that no property holds. */
export function addressBlocks(url: string): Block[] {
  if (url === '') return [];
  return fitsUrl(url) ? [{ type: 'bookmark', bookmark: { url: wellFormed(url) } }] : text(url);
}

export function paragraphs(items: readonly TextItem[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < items.length; at += MOST_ITEMS) {
    blocks.push({ type: 'paragraph', paragraph: { rich_text: items.slice(at, at + MOST_ITEMS) } });
  }
  return blocks;
}

export const text = (words: string): Block[] => paragraphs(splitText(words).map((piece) => textItem(piece)));

/** How many of these blocks, from the first on, one request may carry. */
export function sendable(blocks: readonly unknown[], bytes = MAX_APPENDED): number {
  let left = bytes;
  const most = blocks.slice(0, MOST_CHILDREN);
  const over = most.findIndex((block) => {
    left -= new TextEncoder().encode(JSON.stringify(block)).length;
    return left < 0;
  });
  return over === -1 ? most.length : over;
}

/**
 * Adds blocks to a page, or within a block.
 * @param after the block behind which they go; left out: at the end
 */
export const appendBlocks = (
  parentId: string,
  children: readonly unknown[],
  after?: string | undefined,
): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/blocks/${encodeURIComponent(parentId)}/children`,
  body: {
    children,
    ...(after === undefined ? {} : { position: { type: 'after_block', after_block: { id: after } } }),
  },
  adds: true,
});

const Found = z.looseObject({ id: z.string(), type: z.string(), ...Traces });

/** A block as Notion returns it, in the words by which it is compared with one that was sent. */
type FoundBlock = { id: string; words: string; traces: Traces };

function foundBlock(raw: unknown): FoundBlock {
  const block = z.safeParse(Found, raw);
  if (!block.success) return { id: '', words: '', traces: noTraces };
  return { id: block.data.id, words: likeness(raw), traces: block.data };
}

/** The id of a block as Notion returns it; empty when it has none. */
export const idOf = (raw: unknown): string => foundBlock(raw).id;

/**
 * Which of a page's blocks, as Notion returns them, are those that were sent: their ids, in order. None when the first is
 * not there, as a request adds all or none.
 */
export function addedIds(found: readonly unknown[], sent: readonly unknown[]): string[] {
  const wanted = sent.map(likeness);
  const blocks = found.map(foundBlock);
  // What is added goes to the end. Some of it may have been changed since.
  const isAt = (at: number) => wanted.every((words, index) => blocks[at + index]?.words === words);
  const whole = blocks.findLastIndex((_, at) => isAt(at));
  const written = whole === -1 ? blocks.findIndex((_, at) => isWrittenOtherwise(blocks, at, wanted)) : -1;
  if (written !== -1) return blocks.slice(written, written + wanted.length).map(({ id }) => id);
  const first = whole === -1 ? blocks.findLastIndex(({ words }) => words === wanted[0]) : whole;
  const ids: string[] = [];
  for (const { id, words } of first === -1 ? [] : blocks.slice(first))
    if (words === wanted[ids.length]) ids.push(id);
  return ids;
}

/** So many blocks of the same types in a row are no chance. */
const MANY = 10;

/** Many blocks of these very types of which most say the same: Notion may write a word in another way than it was sent. */
function isWrittenOtherwise(found: readonly FoundBlock[], from: number, wanted: readonly string[]): boolean {
  if (wanted.length < MANY || found.length - from < wanted.length) return false;
  const typeOf = (words: string | undefined) => words?.split(' ', 1)[0];
  const isOfTypes = wanted.every((words, at) => typeOf(words) === typeOf(found[from + at]?.words));
  const alike = wanted.filter((words, at) => words === found[from + at]?.words).length;
  return isOfTypes && alike >= wanted.length / 2;
}

/**
 * Those of a page's blocks that a request whose answer was lost may have added: made by us, as far as Notion tells.
 * @param known.ours ids of blocks that other requests have added
 */
export const maybeAdded = (
  found: readonly unknown[],
  known: { ours: ReadonlySet<string>; botIds: ReadonlySet<string> },
): unknown[] =>
  found.filter((raw) => {
    const { id, traces } = foundBlock(raw);
    const maker = traces.created_by?.id;
    return !known.ours.has(id) && (maker === undefined || known.botIds.has(maker));
  });

/** When these blocks were made, of those found, in milliseconds since the epoch by Notion's clock; null when it does not say. */
export function blocksMadeAt(found: readonly unknown[], ids: readonly string[]): number | null {
  const one = found.map(foundBlock).find(({ id }) => ids.includes(id));
  return one ? madeAt(one.traces) : null;
}

/**
 * Blocks that are there a second time because the browser sent them twice: a run that is exactly what was sent, made by us
 * at about that time and not touched since, and not ours.
 * @param found blocks of the page next to each other
 * @param known.ours ids of blocks that are meant to be there
 */
export function doubleBlocks(
  found: readonly unknown[],
  sent: readonly unknown[],
  known: { ours: ReadonlySet<string>; madeAt: number; botIds: ReadonlySet<string> },
): string[] {
  const wanted = sent.map(likeness);
  const blocks = found.map(foundBlock);
  const isDouble = ({ id, words, traces }: FoundBlock, index: number) =>
    words === wanted[index] &&
    !known.ours.has(id) &&
    isOfTheTime(traces, known.madeAt) &&
    isUntouched(traces, known.botIds);
  const ids: string[] = [];
  for (let at = 0; at + wanted.length <= blocks.length; ) {
    const run = blocks.slice(at, at + wanted.length);
    const isRun = run.every(isDouble);
    if (isRun) ids.push(...run.map(({ id }) => id));
    at += isRun ? wanted.length : 1;
  }
  return ids;
}

/** Whether a page's first blocks, as Notion returns them, are these and no others. */
export function holdsBlocks(found: readonly unknown[], sent: readonly unknown[]): boolean {
  const wanted = sent.map(likeness);
  return found.length === wanted.length && found.every((raw, at) => foundBlock(raw).words === wanted[at]);
}
