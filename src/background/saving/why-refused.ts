/** What a refusal is about: Notion has one word for several things, and only looking tells them apart. */
import type { Failure, FailureCode } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import { certain } from '../../core/notion/judge.ts';
import { DatabaseReply, isRowOf, PageReply } from '../../core/notion/replies.ts';
import { getDatabase, getPage } from '../../core/notion/requests.ts';
import type { Schemas } from '../databases/schemas.ts';
import type { Notion } from '../notion/client.ts';

/** What was asked of, a database alone or a row in it; and whether the request carried what the user has said. */
type About = { destinationId: string; botId: string; rowId: string | null; hasValues: boolean };

export type WhyRefused = ReturnType<typeof createWhyRefused>;

/** A failure that says what is the matter with the database or with its row: nothing else is to be looked for then. */
const OF_PLACE = new Set<FailureCode>(['not-shared', 'database-in-trash', 'database-unknown']);

export function createWhyRefused(notion: Notion, schemas: Pick<Schemas, 'reread'>) {
  /**
   * Notion answers for a row or database in the trash as for a value that it does not take (400), and for a row that is gone
   * as for a database that is not shared (404).
   * @returns what is the matter, or why that cannot be found out yet
   */
  return async function whyRefused(why: Failure, about: About): Promise<Failure> {
    if (why.code !== 'values-refused' && why.code !== 'not-shared') return why;
    const named = (code: FailureCode): Failure => ({ ...why, code });
    const row = about.rowId === null ? 'there' : await stateOf(about.rowId, about);
    if (typeof row === 'object') return meaningOf(row).hope === 'later' ? row : why;
    if (row === 'in-trash') return named('row-in-trash');
    const place = await schemas.reread(about.destinationId, about.botId);
    if (!place.ok && (OF_PLACE.has(place.failure.code) || meaningOf(place.failure).hope === 'later'))
      return place.failure;
    if (row === 'gone') return named('row-gone');
    if (place.ok && (await isInTrash(place.value.databaseId, about.botId))) return named('database-in-trash');
    // The database is there, and so is its row: what could not be found is what a value names.
    return place.ok ? named(about.hasValues ? 'values-refused' : 'request-refused') : why;
  };

  async function stateOf(
    rowId: string,
    { botId, destinationId }: About,
  ): Promise<'there' | 'in-trash' | 'gone' | Failure> {
    const page = certain(await notion.send(botId, getPage(rowId), PageReply));
    if (!page.ok) return page.failure.code === 'not-shared' ? 'gone' : page.failure;
    if (page.value.in_trash) return 'in-trash';
    return isRowOf(page.value, destinationId) ? 'there' : 'gone';
  }

  /** A database takes its data sources with it, which need not say so. */
  async function isInTrash(databaseId: string | undefined, botId: string): Promise<boolean> {
    if (databaseId === undefined) return false;
    const database = certain(await notion.send(botId, getDatabase(databaseId), DatabaseReply));
    return database.ok && database.value.in_trash;
  }
}
