/** Finding out whether a row was made, when the answer to its making was lost. */
import type { QueryDataSourceParameters } from '@notionhq/client';
import * as z from 'zod/mini';
import type { Capture } from '../capture/capture.ts';
import type { Row } from '../save/record.ts';
import { fitsUrl } from './content.ts';
import type { Destination } from './destination.ts';
import { PageReply } from './replies.ts';
import type { NotionRequest } from './request.ts';
import { queryDataSource } from './requests.ts';
import { MAX_TEXT, splitText, wellFormed } from './rich-text.ts';
import { titleOf } from './row.ts';

const MINUTE = 60_000;

/** Notion rounds creation times down to the minute; most clocks are right within a few. */
const MOSTLY = 5 * MINUTE;
/**
 * A clock here may also be wrong by hours. Rows that are too old to be this save's by a right clock are the last choice;
 * those of other saves of this device are known to be theirs for as long.
 */
export const EARLIEST = 24 * 60 * MINUTE;

type Filter = NonNullable<QueryDataSourceParameters['filter']>;

/** Asks for rows with this address, or with this title where addresses are not kept in a property. */
export function lookUpRow(capture: Capture, destination: Destination, since: number): NotionRequest {
  const start = Math.floor((since - EARLIEST) / MINUTE) * MINUTE;
  const filter = {
    and: [
      sameContents(capture, destination),
      { timestamp: 'created_time', created_time: { on_or_after: new Date(start).toISOString() } },
    ],
  } as Filter;
  return queryDataSource(destination.id, {
    filter,
    sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
    page_size: 100,
  });
}

function sameContents(capture: Capture, destination: Destination): object {
  const { mapping } = destination;
  if (mapping.url !== null && fitsUrl(capture.url))
    return { property: mapping.url, url: { equals: wellFormed(capture.url) } };
  const [start = ''] = splitText(titleOf(capture));
  return {
    property: mapping.title,
    title: start.length < MAX_TEXT ? { equals: start } : { starts_with: start.slice(0, 100) },
  };
}

/** Whether the look-up for one could find the row of the other. */
export const areAlike = (a: Capture, b: Capture): boolean => a.url === b.url || titleOf(a) === titleOf(b);

/**
 * The rows among those found, oldest first, that may be this save's: made by one of our authorizations and not known to
 * belong to another save. The query itself has compared the contents.
 * @returns `row` is made when this save was sent; `older` is too old for that, unless the clock here was wrong
 */
export function pickRow(
  results: readonly unknown[],
  { since, botIds, claimed }: { since: number; botIds: ReadonlySet<string>; claimed: ReadonlySet<string> },
): { row: Row | null; older: Row | null } {
  let older: Row | null = null;
  for (const result of results) {
    const page = z.safeParse(PageReply, result);
    if (!page.success || page.data.in_trash || claimed.has(page.data.id)) continue;
    // Without the capability to read content Notion does not say who made a row, or when.
    const maker = page.data.created_by?.id;
    if (maker !== undefined && !botIds.has(maker)) continue;
    const madeAt = Date.parse(page.data.created_time ?? '');
    if (!(madeAt < since - MOSTLY)) return { row: rowOf(page.data), older };
    older = rowOf(page.data);
  }
  return { row: null, older };
}

/** Where a page is found. One without an address of its own is opened by its id, which Notion redirects. */
export const rowOf = (page: PageReply): Row => ({
  id: page.id,
  url: page.url ?? `https://www.notion.so/${page.id.replaceAll('-', '')}`,
});
