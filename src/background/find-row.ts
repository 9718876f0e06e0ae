/** Asking a database for the row of a page that was saved before. */
import * as z from 'zod/mini';
import { sameAddressVariants } from '../core/capture/address-variants.ts';
import type { Capture } from '../core/capture/capture.ts';
import { ok, type Result } from '../core/failure.ts';
import type { Destination } from '../core/notion/destination.ts';
import { certain } from '../core/notion/judge.ts';
import { rowOf } from '../core/notion/look-up.ts';
import { readRow } from '../core/notion/read-row.ts';
import { PageReply, QueryReply } from '../core/notion/replies.ts';
import { findByAddress } from '../core/notion/requests.ts';
import type { Row } from '../core/save/record.ts';
import type { Notion } from './notion.ts';

export type FoundRow = { row: Row; held: Capture };

/** The oldest row of that page; null when there is none, or when the database keeps no addresses to look for. */
export async function findRow(
  notion: Notion,
  destination: Destination,
  url: string,
): Promise<Result<FoundRow | null>> {
  const { id, botId, mapping } = destination;
  const urls = sameAddressVariants(url);
  if (mapping.url === null || urls.length === 0) return ok(null);
  const reply = certain(await notion.send(botId, findByAddress(id, mapping.url, urls), QueryReply));
  if (!reply.ok) return reply;
  for (const result of reply.value.results) {
    const page = z.safeParse(PageReply, result);
    if (page.success && !page.data.in_trash)
      return ok({ row: rowOf(page.data), held: readRow(page.data, destination, url) });
  }
  return ok(null);
}
