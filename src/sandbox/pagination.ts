import { failedValidation, instead, invalid, isRefusal, type Refusable } from './errors.ts';

const maxPageSize = 100;

export interface PageRequest {
  startCursor: string | null;
  pageSize: number;
}

export interface Listing<T> {
  results: T[];
  next_cursor: string | null;
  has_more: boolean;
}

/** From a request's body (`where` is `body`) or query string. */
export function readPageRequest(
  raw: { start_cursor?: string | null | undefined; page_size?: number | undefined },
  where: 'body' | 'query',
): Refusable<PageRequest> {
  const { start_cursor: startCursor = null, page_size: pageSize = maxPageSize } = raw;
  const path = `${where}.page_size`;
  if (!Number.isInteger(pageSize))
    return failedValidation([`${path} should be an integer, ${instead(pageSize)}`], where);
  if (pageSize < 1) return failedValidation([`${path} should be ≥ \`1\`, ${instead(pageSize)}`], where);
  if (pageSize > maxPageSize) {
    return failedValidation([`${path} should be ≤ \`${maxPageSize}\`, ${instead(pageSize)}`], where);
  }
  return { startCursor, pageSize };
}

export function readPageQuery(query: URLSearchParams): Refusable<PageRequest> {
  const size = query.get('page_size');
  return readPageRequest(
    { start_cursor: query.get('start_cursor'), page_size: size === null ? undefined : Number(size) },
    'query',
  );
}

/** One page of the items. A cursor is good only for the same list, which `listName` stands for. */
export function paginate<T>(
  items: readonly T[],
  { startCursor, pageSize }: PageRequest,
  listName: string,
): Refusable<Listing<T>> {
  const start = startCursor === null ? 0 : readCursor(startCursor, listName);
  if (isRefusal(start)) return start;
  const end = start + pageSize;
  const hasMore = end < items.length;
  return {
    results: items.slice(start, end),
    next_cursor: hasMore ? writeCursor(end, listName) : null,
    has_more: hasMore,
  };
}

/** Opaque, and not a UUID: since April 2026 Notion's cursors need not be. */
const writeCursor = (offset: number, listName: string): string =>
  `c2.${btoa(`${offset}/${checksum(`${offset}${listName}`)}`).replaceAll('=', '')}`;

function readCursor(cursor: string, listName: string): Refusable<number> {
  const refusal = invalid(`The start_cursor provided is invalid: ${cursor}`);
  if (!cursor.startsWith('c2.')) return refusal;
  let content: string;
  try {
    content = atob(cursor.slice(3));
  } catch {
    return refusal;
  }
  const offset = Number(content.split('/')[0]);
  return writeCursor(offset, listName) === cursor ? offset : refusal;
}

function checksum(text: string): number {
  let sum = 5381;
  for (const character of text) sum = (Math.imul(sum, 33) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
