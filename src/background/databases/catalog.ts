/** The list of the databases that rows can go to: of every connected workspace, as far as Notion's search tells them. */
import {
  type Catalog,
  type CatalogEntry,
  EMPTY_CATALOG,
  type ParentPage,
  type StoredDestination,
} from '../../core/database/destination.ts';
import { recentFirst } from '../../core/database/find-entries.ts';
import {
  databasesOfSeveral,
  knownTitles,
  type ListedDatabase,
  withTitles,
} from '../../core/database/titles.ts';
import { type Failure, failed, ok, type Result } from '../../core/failure.ts';
import { certain } from '../../core/notion/judge.ts';
import {
  catalogEntryOf,
  DatabaseReply,
  DataSourceReply,
  readSearch,
  SearchReply,
  titleOfDatabase,
} from '../../core/notion/replies.ts';
import { getDatabase, getDataSource, searchDataSources, searchPages } from '../../core/notion/requests.ts';
import type { Ports } from '../../ports.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import type { Choosing } from './choosing.ts';
import { byId, idsOf, withTemplates } from './schemas.ts';

/** Search is for picking, not for listing everything; Notion says that it is never complete. */
const SEARCH_PAGES = 5;

/** So many of the databases that a list of Notion's has not are asked for one by one. */
const ASKED_FOR = 20;

/** So many titles of databases are read at a time. */
const TITLES_READ = 20;

/** Schemas kept beyond those in use: of the databases edited last. */
const SCHEMAS_KEPT = 50;

/** What a search of one workspace has told, or of several. `isCut`: there is more than was read. */
type Found = {
  destinations: StoredDestination[];
  pages: ParentPage[];
  isCut: boolean;
  arePagesCut: boolean;
};

/** Ids of databases that were asked for one by one. */
type Answered = { gone: ReadonlySet<string>; there: ReadonlySet<string> };

export interface DatabaseCatalog {
  /**
   * Reads the databases and possible parent pages of every connected workspace, the last edited first. A database that is
   * the only one is chosen.
   */
  refresh(): Promise<Result<Catalog>>;
  /**
   * Adds databases to the list that a whole reading of it has not reached, or that were shared since.
   * @returns whether Notion knows no more of that name
   */
  find(query: string): Promise<Result<{ isWhole: boolean }>>;
}

export function createCatalog({
  clock,
  records,
  notion,
  choosing,
}: Pick<Ports, 'clock'> & {
  records: Records;
  notion: Notion;
  choosing: Pick<Choosing, 'chooseOnly'>;
}): DatabaseCatalog {
  async function refresh(): Promise<Result<Catalog>> {
    const connections = Object.keys((await records.get('connections')) ?? {});
    if (connections.length === 0) return failed('not-connected');
    const { found, failures } = await searchAll(connections);
    const [first] = failures.values();
    if (first && failures.size === connections.length) return { ok: false, failure: first };
    const entries = found.destinations.map(catalogEntryOf);
    const earlier = (await records.get('catalog'))?.entries ?? [];
    const titles = await titlesOf(unknownFirst(databasesOfSeveral(entries), knownTitles(earlier)));
    const ids = new Set(entries.map(({ id }) => id));
    const answered = await askFor(earlier.filter(({ id, botId }) => !ids.has(id) && !failures.has(botId)));
    const schemas = found.destinations.slice(0, SCHEMAS_KEPT);
    let catalog: Catalog = EMPTY_CATALOG;
    let kept: StoredDestination[] = [];
    await records.change(
      ['catalog', 'settings'],
      { destination: idsOf(schemas) },
      ({ catalog: before, settings, destination }) => {
        const listed = listOf(entries, before?.entries ?? [], { connections, answered });
        const known = new Map([...knownTitles(before?.entries ?? []), ...titles]);
        const unread = (before?.pages ?? []).filter(({ botId }) => failures.has(botId));
        catalog = {
          entries: recentFirst(withTitles(listed, known), settings?.recent),
          pages: [...found.pages, ...unread],
          readAt: clock(),
          ...(found.isCut ? { isCut: true } : {}),
          ...(found.arePagesCut ? { arePagesCut: true } : {}),
        };
        kept = schemas.map((one) => withTemplates(one, destination[one.id]));
        return { catalog, destination: byId(kept) };
      },
    );
    const [only] = kept;
    if (only && catalog.entries.length === 1) await choosing.chooseOnly(only, catalog);
    return ok(catalog);
  }

  /** @returns what was found, and why some workspaces could not be searched, by `botId` */
  async function searchAll(
    botIds: readonly string[],
  ): Promise<{ found: Found; failures: ReadonlyMap<string, Failure> }> {
    const found: Found = { destinations: [], pages: [], isCut: false, arePagesCut: false };
    const failures = new Map<string, Failure>();
    for (const botId of botIds) {
      const read = await search(botId);
      if (!read.ok) failures.set(botId, read.failure);
      else {
        found.destinations.push(...read.value.destinations);
        found.pages.push(...read.value.pages);
        found.isCut ||= read.value.isCut;
        found.arePagesCut ||= read.value.arePagesCut;
      }
    }
    return { found, failures };
  }

  async function search(botId: string): Promise<Result<Found>> {
    const destinations: StoredDestination[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < SEARCH_PAGES; page++) {
      const reply = certain(await notion.send(botId, searchDataSources('', cursor), SearchReply));
      if (!reply.ok) return reply;
      destinations.push(...readSearch(reply.value, botId, clock()).destinations);
      cursor = reply.value.next_cursor ?? undefined;
      if (!cursor) break;
    }
    const parents = certain(await notion.send(botId, searchPages(), SearchReply));
    // The list of databases is of use without the list of pages.
    return ok({
      destinations,
      pages: parents.ok ? readSearch(parents.value, botId, clock()).pages : [],
      isCut: cursor !== undefined,
      arePagesCut: parents.ok && Boolean(parents.value.next_cursor),
    });
  }

  /** Asks for databases one by one, the first of these. @returns the ids of those that are gone, and of those that are not */
  async function askFor(entries: readonly CatalogEntry[]): Promise<Answered> {
    const gone = new Set<string>();
    const there = new Set<string>();
    await Promise.all(
      entries.slice(0, ASKED_FOR).map(async ({ id, botId }) => {
        const reply = certain(await notion.send(botId, getDataSource(id), DataSourceReply));
        const isGone = reply.ok ? reply.value.in_trash : reply.failure.code === 'not-shared';
        (isGone ? gone : there).add(id);
      }),
    );
    return { gone, there };
  }

  /** The titles of these databases, by id; without those that cannot be read now. */
  async function titlesOf(databases: readonly ListedDatabase[]): Promise<Map<string, string>> {
    const titles = await Promise.all(
      databases.slice(0, TITLES_READ).map(async ({ databaseId, botId }) => {
        const reply = certain(await notion.send(botId, getDatabase(databaseId), DatabaseReply));
        return reply.ok ? [[databaseId, titleOfDatabase(reply.value)] as const] : [];
      }),
    );
    return new Map(titles.flat());
  }

  async function find(query: string): Promise<Result<{ isWhole: boolean }>> {
    const found: StoredDestination[] = [];
    let isWhole = true;
    let failed: Failure | null = null;
    const outcome = (): Result<{ isWhole: boolean }> =>
      failed ? { ok: false, failure: failed } : ok({ isWhole });
    for (const botId of Object.keys((await records.get('connections')) ?? {})) {
      const reply = certain(await notion.send(botId, searchDataSources(query), SearchReply));
      if (reply.ok) {
        found.push(...readSearch(reply.value, botId, clock()).destinations);
        if (reply.value.next_cursor) isWhole = false;
      } else failed = reply.failure;
    }
    const unlisted = (catalog: Catalog, list: readonly StoredDestination[]) => {
      const known = new Set(catalog.entries.map(({ id }) => id));
      return list.filter(({ id }) => !known.has(id));
    };
    const before = (await records.get('catalog')) ?? EMPTY_CATALOG;
    const fresh = unlisted(before, found);
    if (fresh.length === 0) return outcome();
    const all = [...before.entries, ...fresh.map(catalogEntryOf)];
    const titles = knownTitles(all);
    const missing = databasesOfSeveral(all).filter(({ databaseId }) => !titles.has(databaseId));
    for (const [id, title] of await titlesOf(missing)) titles.set(id, title);
    await records.change(['catalog'], { destination: idsOf(fresh) }, ({ catalog: listed, destination }) => {
      // The list may be another by now.
      const catalog = listed ?? EMPTY_CATALOG;
      const added = unlisted(catalog, fresh);
      const entries = withTitles([...catalog.entries, ...added.map(catalogEntryOf)], titles);
      return {
        catalog: { ...catalog, entries },
        destination: byId(added.map((one) => withTemplates(one, destination[one.id]))),
      };
    });
    return outcome();
  }

  return { refresh, find };
}

/** Of many, each reading tells some more. */
function unknownFirst(
  databases: readonly ListedDatabase[],
  known: ReadonlyMap<string, string>,
): ListedDatabase[] {
  const isKnown = ({ databaseId }: ListedDatabase) => known.has(databaseId);
  return [...databases.filter((one) => !isKnown(one)), ...databases.filter((one) => isKnown(one))];
}

/**
 * The list after a reading. What a list of Notion's has not is there until Notion says otherwise of that very database. Those
 * that were just asked for come last, so that the next time others are.
 */
function listOf(
  read: readonly CatalogEntry[],
  before: readonly CatalogEntry[],
  { connections, answered: { gone, there } }: { connections: readonly string[]; answered: Answered },
): CatalogEntry[] {
  const ids = new Set(read.map(({ id }) => id));
  const unlisted = before.filter(
    ({ id, botId }) => connections.includes(botId) && !ids.has(id) && !gone.has(id),
  );
  return [
    ...read,
    ...unlisted.filter(({ id }) => !there.has(id)),
    ...unlisted.filter(({ id }) => there.has(id)),
  ];
}
