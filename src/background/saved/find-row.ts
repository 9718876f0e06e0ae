/** Asking Notion for the row of a page that was saved before. What comes of it is noted in the rows on this device. */

import * as z from 'zod/mini';
import { addressKey } from '../../core/address/address-key.ts';
import { sameAddressVariants } from '../../core/address/address-variants.ts';
import type { Capture } from '../../core/capture/capture.ts';
import type { Destination } from '../../core/database/destination.ts';
import type { Row } from '../../core/database/row.ts';
import { ok, type Result } from '../../core/failure.ts';
import { mayPass } from '../../core/meaning.ts';
import { fitsUrl } from '../../core/notion/content.ts';
import { certain } from '../../core/notion/judge.ts';
import { rowOf } from '../../core/notion/look-up.ts';
import { readRow } from '../../core/notion/read-row.ts';
import { isRowOf, PageReply, QueryReply } from '../../core/notion/replies.ts';
import { findByAddress, getPage } from '../../core/notion/requests.ts';

import { readSavedRow } from '../../core/saved-rows/read.ts';
import type { Notion } from '../notion/client.ts';
import type { KnownRows } from './known-rows.ts';
import type { RowIndex } from './row-index.ts';

export type FoundRow = { row: Row; held: Capture };

export type RowFinder = {
  /** That row as it is now; null when it is not in that database any more. */
  lookAt(destination: Destination, rowId: string): Promise<Result<PageReply | null>>;
  /**
   * The row that this device knows, if it is still there: Notion tells a page as it is, while a query may lag behind. Else
   * the oldest row of that page; null when there is none, or when the database keeps no addresses to look for.
   */
  find(destination: Destination, url: string): Promise<Result<FoundRow | null>>;
};

export function createRowFinder({
  notion,
  index,
  knownRows,
}: {
  notion: Notion;
  index: Pick<RowIndex, 'noteRead' | 'noteGone'>;
  knownRows: Pick<KnownRows, 'row'>;
}): RowFinder {
  async function lookAt(destination: Destination, rowId: string): Promise<Result<PageReply | null>> {
    const reply = certain(await notion.send(destination.botId, getPage(rowId), PageReply));
    if (!reply.ok) return reply;
    const isThere = isRowOf(reply.value, destination.id);
    await (isThere
      ? index.noteRead(destination, reply.value)
      : index.noteGone(destination.id, reply.value.id));
    return ok(isThere ? reply.value : null);
  }

  /** Whether a row is still about the page with that address. */
  function isOfPage(page: PageReply, destination: Destination, url: string): boolean {
    if (destination.mapping.url === null) return true;
    const read = readSavedRow(page, destination);
    if (read.kind !== 'row') return false;
    // An address too long for the property is in the page in words.
    return read.row.address === '' ? !fitsUrl(url) : addressKey(read.row.address) === addressKey(url);
  }

  return {
    lookAt,
    async find(destination: Destination, url: string): Promise<Result<FoundRow | null>> {
      const { id, botId, mapping } = destination;
      const found = (page: PageReply) => ok({ row: rowOf(page), held: readRow(page, destination, url) });
      const known = await knownRows.row(id, url);
      let ruledOut: string | null = null;
      let unshown: string | null = null;
      if (known) {
        const page = await lookAt(destination, known.id);
        if (!page.ok && mayPass(page.failure)) return page;
        if (page.ok && page.value && isOfPage(page.value, destination, url)) return found(page.value);
        // A query may lag behind what Notion has just told.
        if (page.ok) ruledOut = known.id;
        else if (page.failure.code === 'not-shared') unshown = known.id;
      }
      const urls = sameAddressVariants(url);
      if (mapping.url === null || urls.length === 0) return ok(null);
      const reply = certain(await notion.send(botId, findByAddress(id, mapping.url, urls), QueryReply));
      if (!reply.ok) return reply;
      for (const result of reply.value.results) {
        const page = z.safeParse(PageReply, result);
        if (!page.success || page.data.in_trash || page.data.id === ruledOut) continue;
        await index.noteRead(destination, page.data);
        return found(page.data);
      }
      // The database is shown, and that row is not in it.
      if (unshown !== null) await index.noteGone(id, unshown);
      return ok(null);
    },
  };
}
