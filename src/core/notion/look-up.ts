/** Finding out whether a row was made, when the answer to its making was lost. */

import type { QueryDataSourceParameters } from '@notionhq/client';
import * as z from 'zod/mini';
import type { Capture } from '../capture/capture.ts';
import type { Destination } from '../database/destination.ts';
import type { Row } from '../database/row.ts';
import { isSame } from '../same.ts';

import { fitsUrl } from './content.ts';
import { PageReply } from './replies.ts';
import type { NotionRequest } from './request.ts';
import { queryDataSource } from './requests.ts';
import { MAX_TEXT, splitText, wellFormed } from './rich-text.ts';
import { titleOf } from './row.ts';
import { madeAt } from './traces.ts';

const MINUTE = 60_000;

/** Notion rounds creation times down to the minute; most clocks are right within a few. */
const MOSTLY = 5 * MINUTE;
/**
 * A clock here may also be wrong by hours. Rows that are too old to be this save's by a right clock are the last choice;
 * those of other saves of this device are known to be theirs for as long.
 */
export const EARLIEST = 24 * 60 * MINUTE;

type Filter = NonNullable<QueryDataSourceParameters['filter']>;

/**
 * Asks for rows with this address, or with this title where addresses are not kept in a property.
 * @param since by the clock of this device, which may be wrong
 */
export const lookUpRow = (capture: Capture, destination: Destination, since: number): NotionRequest =>
  madeSince(sameContents(capture, destination), destination, since - EARLIEST);

/**
 * Asks for rows with any of these addresses.
 * @param from by Notion's clock
 */
export const lookUpRows = (
  captures: readonly Capture[],
  destination: Destination,
  from: number,
): NotionRequest =>
  madeSince({ or: captures.map((capture) => sameContents(capture, destination)) }, destination, from);

function madeSince(contents: object, { id }: Destination, from: number): NotionRequest {
  const start = Math.floor(from / MINUTE) * MINUTE;
  const filter = {
    and: [
      contents,
      { timestamp: 'created_time', created_time: { on_or_after: new Date(start).toISOString() } },
    ],
  } as Filter;
  return queryDataSource(id, {
    filter,
    sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
    page_size: 100,
  });
}

/** The address by which the rows of a capture are looked for; null: by its title. */
export const soughtAddress = ({ url }: Capture, { mapping }: Destination): string | null =>
  mapping.url !== null && fitsUrl(url) ? wellFormed(url) : null;

/** Whether a row holds that address. */
export const holdsAddress = (page: PageReply, address: string, { mapping }: Destination): boolean =>
  Object.values(page.properties).some((value) => {
    const { id, url } = (value ?? {}) as { id?: unknown; url?: unknown };
    return id === mapping.url && url === address;
  });

function sameContents(capture: Capture, destination: Destination): object {
  const { mapping } = destination;
  const address = soughtAddress(capture, destination);
  if (address !== null) return { property: mapping.url, url: { equals: address } };
  const [start = ''] = splitText(titleOf(capture));
  return {
    property: mapping.title,
    title: start.length < MAX_TEXT ? { equals: start } : { starts_with: start.slice(0, 100) },
  };
}

/** Whether the look-up for one finds the rows of the other. */
export const areSought = (a: Capture, b: Capture, destination: Destination): boolean =>
  isSame(sameContents(a, destination), sameContents(b, destination));

/** Whether the look-up for one could find the row of the other. */
export const areAlike = (a: Capture, b: Capture): boolean => a.url === b.url || titleOf(a) === titleOf(b);

/**
 * The rows among those found, oldest first, that may be this save's: made by one of our authorizations and not known to
 * belong to another save. The query itself has compared the contents.
 * @returns `row` is made when this save was sent, and holds what was sent; `other`, the last choice, does not hold it, or is
 *   too old for that, unless the clock here was wrong; `isOtherAsSent`: it does hold it; `more`: how many more there are
 */
export function pickRow(
  results: readonly unknown[],
  {
    since,
    botIds,
    claimed,
    isAsSent,
    isOthers,
  }: {
    since: number;
    botIds: ReadonlySet<string>;
    claimed: ReadonlySet<string>;
    isAsSent: (page: PageReply) => boolean;
    /** Whether it holds what another save has sent and does not know: then it is that one's, unless both have sent the same. */
    isOthers: (page: PageReply) => boolean;
  },
): { row: PickedRow | null; other: PickedRow | null; isOtherAsSent: boolean; more: number } {
  const pages = results.flatMap((result): PageReply[] => {
    const page = z.safeParse(PageReply, result);
    if (!page.success || page.data.in_trash || claimed.has(page.data.id)) return [];
    // Without the capability to read content Notion does not say who made a row, or when.
    const maker = page.data.created_by?.id;
    if (maker !== undefined && !botIds.has(maker)) return [];
    return isAsSent(page.data) || !isOthers(page.data) ? [page.data] : [];
  });
  const isOlder = (page: PageReply) => (madeAt(page) ?? since) < since - MOSTLY;
  const young = pages.filter((page) => !isOlder(page));
  const picked = (page: PageReply | undefined): PickedRow | null =>
    page ? { ...rowOf(page), madeAt: madeAt(page) } : null;
  const old = pages.findLast(isAsSent);
  const other = young[0] ?? old ?? pages.at(-1);
  return {
    row: picked(young.find(isAsSent)),
    other: picked(other),
    isOtherAsSent: other !== undefined && other === old,
    more: pages.length - 1,
  };
}

/** `madeAt` by Notion's clock, in milliseconds since the epoch; null when it does not say. */
export type PickedRow = Row & { madeAt: number | null };

/** Where a page is found. One without an address of its own is opened by its id, which Notion redirects. */
export const rowOf = (page: PageReply): Row => ({
  id: page.id,
  url: page.url ?? `https://www.notion.so/${page.id.replaceAll('-', '')}`,
});
