/** The databases that rows can go to: finding, choosing and making them, and their schemas as kept on this device. */
import type { Connections } from '../../core/connection.ts';
import type {
  Catalog,
  CatalogEntry,
  Destination,
  ParentPage,
  StoredDestination,
  Template,
} from '../../core/database/destination.ts';
import { recentFirst } from '../../core/database/find-entries.ts';
import { asSet } from '../../core/database/form.ts';
import type { FormSettings } from '../../core/database/form-settings.ts';
import {
  databasesOfSeveral,
  knownTitles,
  type ListedDatabase,
  withTitles,
} from '../../core/database/titles.ts';
import { type Failure, failed, failure, ok, type Result } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import { certain, type Verdict } from '../../core/notion/judge.ts';
import { readNotionLink } from '../../core/notion/link.ts';
import {
  BlockList,
  catalogEntryOf,
  DatabaseReply,
  DataSourceReply,
  destinationOf,
  namedPage,
  QueryReply,
  readSearch,
  SearchReply,
  TemplateList,
  titleOfDatabase,
  UserList,
} from '../../core/notion/replies.ts';
import {
  addUrlProperty,
  findByTitle,
  getBlockChildren,
  getDatabase,
  getDataSource,
  listTemplates,
  listUsers,
  searchDataSources,
  searchPages,
} from '../../core/notion/requests.ts';
import { defaultSettings } from '../../core/settings/settings.ts';
import { within } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import type { Listed, Named } from '../../protocol/replies.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import { knownDestination } from './known-destination.ts';

/** A schema older than this, in milliseconds, is read anew when the popup opens. */
const FRESH = 3 * 60_000;

/** Search is for picking, not for listing everything; Notion says that it is never complete. */
const SEARCH_PAGES = 5;

/** So many pages of a hundred people each are read: Notion cannot be asked for one by their name. */
const USER_PAGES = 50;

/** So many of the databases that a list of Notion's has not are asked for one by one. */
const ASKED_FOR = 20;

/** So many titles of databases are read at a time. */
const TITLES_READ = 20;

/** Schemas kept beyond those in use: of the databases edited last. */
const SCHEMAS_KEPT = 50;

const EMPTY_CATALOG: Catalog = { entries: [], pages: [], readAt: 0 };

const byId = (destinations: readonly StoredDestination[]): Record<string, StoredDestination> =>
  Object.fromEntries(destinations.map((one) => [one.id, one]));

const idsOf = (destinations: readonly StoredDestination[]) => destinations.map(({ id }) => id);

const newer = (kept: StoredDestination | undefined, read: StoredDestination) =>
  kept && kept.readAt > read.readAt ? kept : read;

/** A schema read anew; that of a search tells nothing of templates. */
function withTemplates(
  read: StoredDestination,
  kept: { readonly [id: string]: StoredDestination | undefined },
): StoredDestination {
  const templates = kept[read.id]?.templates;
  return templates ? { ...read, templates } : read;
}

export type Destinations = ReturnType<typeof createDestinations>;

export function createDestinations(
  { clock, text }: Pick<Ports, 'clock' | 'text'>,
  records: Records,
  notion: Notion,
) {
  /** Databases and possible parent pages of every connected workspace, the last edited first. */
  async function refreshCatalog(): Promise<Result<Catalog>> {
    const connections = Object.values((await records.get('connections')) ?? ({} as Connections));
    if (connections.length === 0) return failed('not-connected');
    const found: StoredDestination[] = [];
    const pages: ParentPage[] = [];
    let [isCut, arePagesCut] = [false, false];
    const failures = new Map<string, Failure>();
    for (const { botId } of connections) {
      const read = await search(botId);
      if (!read.ok) failures.set(botId, read.failure);
      else {
        found.push(...read.value.destinations);
        pages.push(...read.value.pages);
        isCut ||= read.value.isCut;
        arePagesCut ||= read.value.arePagesCut;
      }
    }
    const [first] = failures.values();
    if (first && failures.size === connections.length) return { ok: false, failure: first };
    const entries = found.map(catalogEntryOf);
    const earlier = (await records.get('catalog'))?.entries ?? [];
    const known = knownTitles(earlier);
    const isKnown = ({ databaseId }: ListedDatabase) => known.has(databaseId);
    const several = databasesOfSeveral(entries);
    // Those that are not known yet first: of many, each reading tells some more.
    const read = await readTitles([
      ...several.filter((one) => !isKnown(one)),
      ...several.filter((one) => isKnown(one)),
    ]);
    const listed = new Set(entries.map(({ id }) => id));
    const { gone, there } = await lookFor(
      earlier.filter(({ id, botId }) => !listed.has(id) && !failures.has(botId)),
    );
    const schemas = found.slice(0, SCHEMAS_KEPT);
    let catalog: Catalog = EMPTY_CATALOG;
    let kept: StoredDestination[] = [];
    await records.change(
      ['catalog', 'settings'],
      { destination: idsOf(schemas) },
      ({ catalog: before, settings, destination }) => {
        const unread = <T extends { botId: string }>(list: readonly T[] = []) =>
          list.filter(({ botId }) => failures.has(botId));
        // What a list of Notion's has not is there until Notion says otherwise of that very database. Those that were just asked
        // for come last, so that the next time others are.
        const unlisted = (before?.entries ?? []).filter(({ id, botId }) => {
          const isConnected = connections.some((one) => one.botId === botId);
          return isConnected && !listed.has(id) && !gone.has(id);
        });
        const titles = new Map([...knownTitles(before?.entries ?? []), ...read]);
        catalog = {
          entries: recentFirst(
            withTitles(
              [
                ...entries,
                ...unlisted.filter(({ id }) => !there.has(id)),
                ...unlisted.filter(({ id }) => there.has(id)),
              ],
              titles,
            ),
            settings?.recent,
          ),
          pages: [...pages, ...unread(before?.pages)],
          readAt: clock(),
          ...(isCut ? { isCut } : {}),
          ...(arePagesCut ? { arePagesCut } : {}),
        };
        kept = schemas.map((one) => withTemplates(one, destination));
        return { catalog, destination: byId(kept) };
      },
    );
    const [only] = kept;
    if (only && catalog.entries.length === 1 && !(await isChosen(catalog))) await remember(only);
    return ok(catalog);
  }

  /** Asks for databases one by one, the first of these. @returns the ids of those that are gone, and of those that are not */
  async function lookFor(
    entries: readonly CatalogEntry[],
  ): Promise<{ gone: ReadonlySet<string>; there: ReadonlySet<string> }> {
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

  /**
   * Adds databases to the list that a whole reading of it has not reached, or that were shared since.
   * @returns whether Notion knows no more of that name
   */
  async function find(query: string): Promise<Result<{ isWhole: boolean }>> {
    const found: StoredDestination[] = [];
    let isWhole = true;
    let failed: Failure | null = null;
    const told = (): Result<{ isWhole: boolean }> =>
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
    if (fresh.length === 0) return told();
    const all = [...before.entries, ...fresh.map(catalogEntryOf)];
    const titles = knownTitles(all);
    const missing = databasesOfSeveral(all).filter(({ databaseId }) => !titles.has(databaseId));
    for (const [id, title] of await readTitles(missing)) titles.set(id, title);
    await records.change(['catalog'], { destination: idsOf(fresh) }, ({ catalog: listed, destination }) => {
      // The list may be another by now.
      const catalog = listed ?? EMPTY_CATALOG;
      const added = unlisted(catalog, fresh);
      const entries = withTitles([...catalog.entries, ...added.map(catalogEntryOf)], titles);
      return {
        catalog: { ...catalog, entries },
        destination: byId(added.map((one) => withTemplates(one, destination))),
      };
    });
    return told();
  }

  /** The titles of these databases, by id; without those that cannot be read now. */
  async function readTitles(databases: readonly ListedDatabase[]): Promise<Map<string, string>> {
    const read = await Promise.all(
      databases.slice(0, TITLES_READ).map(async ({ databaseId, botId }) => {
        const reply = certain(await notion.send(botId, getDatabase(databaseId), DatabaseReply));
        return reply.ok ? [[databaseId, titleOfDatabase(reply.value)] as const] : [];
      }),
    );
    return new Map(read.flat());
  }

  async function search(
    botId: string,
  ): Promise<
    Result<{ destinations: StoredDestination[]; pages: ParentPage[]; isCut: boolean; arePagesCut: boolean }>
  > {
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

  /** The database that is saved to, by the id of its data source. */
  async function chosen(): Promise<string | null> {
    return (await records.get('settings'))?.destinationId ?? null;
  }

  /** Whether a database is chosen that can still be reached: listed, or of a workspace that is still connected. */
  async function isChosen({ entries }: Catalog): Promise<boolean> {
    const id = await chosen();
    if (!id || entries.some((entry) => entry.id === id)) return Boolean(id);
    const botId = (await records.getOne('destination', id))?.botId;
    return botId !== undefined && botId in ((await records.get('connections')) ?? {});
  }

  /** Makes this the database that is saved to, and lists it, and others with it, if they are not listed yet. */
  async function remember(
    destination: StoredDestination,
    others: readonly StoredDestination[] = [],
  ): Promise<void> {
    const found = [destination, ...others];
    await records.change(
      ['settings', 'catalog'],
      { destination: idsOf(found) },
      ({ settings, catalog: stored, destination: kept }) => {
        const catalog = stored ?? EMPTY_CATALOG;
        const listed = new Set(catalog.entries.map((entry) => entry.id));
        const fresh = found.filter(({ id }) => !listed.has(id));
        return {
          settings: { ...(settings ?? defaultSettings), destinationId: destination.id },
          catalog: { ...catalog, entries: [...fresh.map(catalogEntryOf), ...catalog.entries] },
          // A schema may have been read anew meanwhile.
          destination: byId(found.map((one) => ({ ...one, ...newer(kept[one.id], one) }))),
        };
      },
    );
  }

  /** Reads a schema from Notion and keeps it. */
  async function reread(id: string, botId: string): Promise<Result<Destination>> {
    return keepSchema(id, botId, await notion.send(botId, getDataSource(id), DataSourceReply));
  }

  async function keepSchema(
    id: string,
    botId: string,
    verdict: Verdict<DataSourceReply>,
  ): Promise<Result<Destination>> {
    const reply = certain(verdict);
    if (!reply.ok) return reply;
    const read = destinationOf(reply.value, botId, clock());
    if (!read) return failed(reply.value.in_trash ? 'database-in-trash' : 'not-shared');
    const known = (await records.getOne('destination', id))?.templates ?? [];
    // One of them may be what Notion refused.
    const templates = known.length > 0 ? await templatesOf(id, botId) : undefined;
    let destination = read;
    await records.updateOne('destination', id, (kept) => {
      destination = { ...withTemplates(read, kept ? byId([kept]) : {}), ...(templates ? { templates } : {}) };
      return destination;
    });
    return ok(await asUserSet(destination));
  }

  const asUserSet = async (stored: StoredDestination): Promise<Destination> =>
    asSet(stored, await records.getOne('form', stored.id));

  /** The templates of a database, all of them; undefined when they cannot be read. */
  async function templatesOf(id: string, botId: string): Promise<Template[] | undefined> {
    const found: Template[] = [];
    const seen = new Set<string | undefined>();
    for (let cursor: string | undefined; !seen.has(cursor); ) {
      seen.add(cursor);
      const reply = certain(await notion.send(botId, listTemplates(id, cursor), TemplateList));
      if (!reply.ok) return undefined;
      for (const { id: templateId, name, is_default } of reply.value.templates)
        found.push({ id: templateId, name, isDefault: is_default });
      cursor = reply.value.next_cursor ?? undefined;
      if (!cursor) break;
    }
    return found;
  }

  async function setForm(id: string, form: FormSettings): Promise<Result<null>> {
    const destination = await get(id);
    if (!destination.ok) return destination;
    await records.updateOne('form', id, () => form);
    return ok(null);
  }

  /** Adds a property for the address, unless there is one by now. */
  async function addUrl(id: string): Promise<Result<null>> {
    const before = await get(id);
    if (!before.ok) return before;
    const { botId } = before.value;
    const fresh = await reread(id, botId);
    if (!fresh.ok) return fresh;
    const { properties, mapping } = fresh.value;
    if (mapping.url !== null) return ok(null);
    const names = new Set(properties.map(({ name }) => name.toLowerCase()));
    const free = ['', ' 2', ' 3'].map((number) => `${text('bookmarks_property_url')}${number}`);
    const name = free.find((one) => !names.has(one.toLowerCase())) ?? `${free[0]} ${clock()}`;
    const added = await keepSchema(
      id,
      botId,
      await notion.send(botId, addUrlProperty(id, name), DataSourceReply),
    );
    return added.ok ? ok(null) : added;
  }

  /** The people of a workspace. What was read before something went wrong is of use all the same. */
  async function people(botId: string): Promise<Result<Listed>> {
    const found: Named[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < USER_PAGES; page++) {
      const reply = certain(await notion.send(botId, listUsers(cursor), UserList));
      if (!reply.ok) return page === 0 ? reply : ok({ found, isWhole: false });
      for (const { id, name, type } of reply.value.results)
        if (name && type !== 'bot') found.push({ id, name });
      cursor = reply.value.next_cursor ?? undefined;
      if (!cursor) return ok({ found, isWhole: true });
    }
    return ok({ found, isWhole: false });
  }

  /** Pages of a data source by what is typed of their titles. */
  async function related(botId: string, dataSourceId: string, typed: string): Promise<Result<Listed>> {
    const reply = certain(await notion.send(botId, findByTitle(dataSourceId, typed.trim()), QueryReply));
    return reply.ok
      ? ok({ found: reply.value.results.flatMap(namedPage), isWhole: !reply.value.next_cursor })
      : reply;
  }

  /**
   * The authorization through which a database is reached, as far as anything is known of it here; empty when nothing is. It
   * needs neither Notion nor a schema.
   */
  async function botOf(id: string): Promise<string> {
    const entry = (await records.get('catalog'))?.entries.find((one) => one.id === id);
    return entry?.botId ?? (await records.getOne('destination', id))?.botId ?? '';
  }

  /** The schema as kept here, or read now if it is not kept. */
  async function get(id: string): Promise<Result<Destination>> {
    const kept = await knownDestination(records, id);
    if (kept && kept.botId in ((await records.get('connections')) ?? {})) return ok(kept);
    const entry = (await records.get('catalog'))?.entries.find((one) => one.id === id);
    // The workspace was connected anew meanwhile: the schema is the same, whoever reads it.
    if (kept) return ok(entry ? { ...kept, botId: entry.botId } : kept);
    return entry ? reread(id, entry.botId) : failed('database-unknown');
  }

  /** Makes this the database that is saved to. That holds from now on, also where its schema cannot be read yet. */
  async function choose(id: string): Promise<Result<null>> {
    const isListed = (await records.get('catalog'))?.entries.some((one) => one.id === id) === true;
    if (isListed)
      await records.update('settings', (before) => ({ ...(before ?? defaultSettings), destinationId: id }));
    const destination = await get(id);
    if (destination.ok) await remember(destination.value);
    else if (!isListed || meaningOf(destination.failure).hope !== 'later') return destination;
    return ok(null);
  }

  /**
   * Tries to find the data sources behind any of these ids, each of which may be a database's or a data source's.
   * @returns at least one
   */
  async function open(ids: readonly string[]): Promise<Result<Destination[]>> {
    let last: Failure = failure('link-not-understood');
    for (const botId of Object.keys((await records.get('connections')) ?? {})) {
      for (const id of ids) {
        const database = certain(await notion.send(botId, getDatabase(id), DatabaseReply));
        const title = database.ok ? { databaseTitle: titleOfDatabase(database.value) } : {};
        const sources = (database.ok ? database.value.data_sources : undefined) ?? [];
        const found: Destination[] = [];
        for (const sourceId of sources.length > 0 ? sources.map((source) => source.id) : [id]) {
          const destination = await reread(sourceId, botId);
          if (destination.ok) found.push({ ...destination.value, ...title });
          else last = destination.failure;
        }
        if (found.length > 0) return ok(found);
      }
    }
    return { ok: false, failure: last };
  }

  async function openLink(link: string): Promise<Result<{ destinationId: string }>> {
    const read = readNotionLink(link);
    if (!read) return failed('link-not-understood');
    if (Object.keys((await records.get('connections')) ?? {}).length === 0) return failed('not-connected');
    return chooseFirst(await open(read.ids));
  }

  /**
   * Chooses the database inside the page that Notion made from the connection's template: as the page's own contents
   * name it or, since a fresh copy may still be on its way there, as a search finds it.
   */
  async function chooseTemplate(botId: string, pageId: string): Promise<Result<{ destinationId: string }>> {
    const children = certain(await notion.send(botId, getBlockChildren(pageId), BlockList));
    const blocks = children.ok ? children.value.results : [];
    const database = blocks.find((block) => block.type === 'child_database');
    if (database) return chooseFirst(await open([database.id]));
    const entry = (await records.get('catalog'))?.entries.find((one) => one.parentPageId === pageId);
    return chooseFirst(listOf(entry ? await get(entry.id) : failed('no-destination')));
  }

  const listOf = (read: Result<Destination>): Result<Destination[]> => (read.ok ? ok([read.value]) : read);

  /** All are listed; the first is chosen, as nothing says of any of them that it is the one. */
  async function chooseFirst(found: Result<Destination[]>): Promise<Result<{ destinationId: string }>> {
    if (!found.ok) return found;
    const [first, ...others] = found.value;
    if (!first) return failed('no-destination');
    await remember(first, others);
    return ok({ destinationId: first.id });
  }

  /** Reads the schema of a database that is new here, and chooses it. */
  const take = async (dataSourceId: string, botId: string): Promise<Result<{ destinationId: string }>> =>
    chooseFirst(listOf(await reread(dataSourceId, botId)));

  /** Reads a schema anew if it is old, or was only found by a search, which tells nothing of templates. What goes wrong is not told: the next save will meet it and say so. */
  async function freshen(id: string): Promise<void> {
    const kept = await records.getOne('destination', id);
    if (kept && !within(kept.readAt, FRESH, clock())) await reread(id, kept.botId);
    const known = await get(id);
    if (!known.ok || known.value.templates) return;
    const templates = await templatesOf(id, known.value.botId);
    if (templates) await records.updateOne('destination', id, (latest) => latest && { ...latest, templates });
  }

  return {
    find,
    setForm,
    addUrl,
    people,
    related,
    refreshCatalog,
    choose,
    get,
    botOf,
    reread,
    openLink,
    chooseTemplate,
    take,
    freshen,
    chosen,
  };
}
