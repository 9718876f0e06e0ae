/** The database that is saved to, and finding one by a link or in a page. */
import {
  type Catalog,
  type Destination,
  EMPTY_CATALOG,
  type StoredDestination,
} from '../../core/database/destination.ts';
import { type Failure, failed, failure, ok, type Result } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import { certain } from '../../core/notion/judge.ts';
import { readNotionLink } from '../../core/notion/link.ts';
import { BlockList, catalogEntryOf, DatabaseReply, titleOfDatabase } from '../../core/notion/replies.ts';
import { getBlockChildren, getDatabase } from '../../core/notion/requests.ts';
import { defaultSettings } from '../../core/settings/settings.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import { byId, idsOf, listed, type Schemas } from './schemas.ts';

/** The database that was chosen, by the id of its data source. */
export type Chosen = { destinationId: string };

export interface Choosing {
  /** The database that is saved to, by the id of its data source. */
  chosen(): Promise<string | null>;
  /** Makes this the database that is saved to. That holds from now on, also where its schema cannot be read yet. */
  choose(id: string): Promise<Result<null>>;
  /** Makes this the database that is saved to, unless another is chosen that can still be reached. */
  chooseOnly(destination: StoredDestination, catalog: Catalog): Promise<void>;
  /** Chooses the database that a link of Notion's leads to. */
  openLink(link: string): Promise<Result<Chosen>>;
  /**
   * Chooses the database inside the page that Notion made from the connection's template: as the page's own contents
   * name it or, since a fresh copy may still be on its way there, as a search finds it.
   */
  chooseTemplate(botId: string, pageId: string): Promise<Result<Chosen>>;
  /** Reads the schema of a database that is new here, and lists or chooses it. */
  take(dataSourceId: string, botId: string, how: 'listed' | 'chosen'): Promise<Result<Chosen>>;
}

export function createChoosing({
  records,
  notion,
  schemas,
}: {
  records: Records;
  notion: Notion;
  schemas: Pick<Schemas, 'get' | 'reread'>;
}): Choosing {
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

  /** Makes this the database that is saved to, or only lists it, and others with it, if they are not listed yet. */
  async function remember(
    destination: StoredDestination,
    others: readonly StoredDestination[] = [],
    how: 'listed' | 'chosen' = 'chosen',
  ): Promise<void> {
    const found = [destination, ...others];
    await records.change(
      ['settings', 'catalog'],
      { destination: idsOf(found) },
      ({ settings, catalog: stored, destination: kept }) => {
        const catalog = stored ?? EMPTY_CATALOG;
        const isListed = new Set(catalog.entries.map((entry) => entry.id));
        const fresh = found.filter(({ id }) => !isListed.has(id));
        return {
          ...(how === 'chosen'
            ? { settings: { ...(settings ?? defaultSettings), destinationId: destination.id } }
            : {}),
          catalog: { ...catalog, entries: [...fresh.map(catalogEntryOf), ...catalog.entries] },
          // A schema may have been read anew meanwhile.
          destination: byId(found.map((one) => ({ ...one, ...newer(kept[one.id], one) }))),
        };
      },
    );
  }

  async function choose(id: string): Promise<Result<null>> {
    const isListed = (await listed(records, id)) !== undefined;
    if (isListed)
      await records.update('settings', (before) => ({ ...(before ?? defaultSettings), destinationId: id }));
    const destination = await schemas.get(id);
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
          const destination = await schemas.reread(sourceId, botId);
          if (destination.ok) found.push({ ...destination.value, ...title });
          else last = destination.failure;
        }
        if (found.length > 0) return ok(found);
      }
    }
    return { ok: false, failure: last };
  }

  async function openLink(link: string): Promise<Result<Chosen>> {
    const read = readNotionLink(link);
    if (!read) return failed('link-not-understood');
    if (Object.keys((await records.get('connections')) ?? {}).length === 0) return failed('not-connected');
    return chooseFirst(await open(read.ids));
  }

  async function chooseTemplate(botId: string, pageId: string): Promise<Result<Chosen>> {
    const children = certain(await notion.send(botId, getBlockChildren(pageId), BlockList));
    const blocks = children.ok ? children.value.results : [];
    const database = blocks.find((block) => block.type === 'child_database');
    if (database) return chooseFirst(await open([database.id]));
    const entry = (await records.get('catalog'))?.entries.find((one) => one.parentPageId === pageId);
    return chooseFirst(listOf(entry ? await schemas.get(entry.id) : failed('no-destination')));
  }

  const listOf = (read: Result<Destination>): Result<Destination[]> => (read.ok ? ok([read.value]) : read);

  /** All are listed; the first is chosen, as nothing says of any of them that it is the one. */
  async function chooseFirst(
    found: Result<Destination[]>,
    how?: 'listed' | 'chosen',
  ): Promise<Result<Chosen>> {
    if (!found.ok) return found;
    const [first, ...others] = found.value;
    if (!first) return failed('no-destination');
    await remember(first, others, how);
    return ok({ destinationId: first.id });
  }

  return {
    chosen,
    choose,
    openLink,
    chooseTemplate,
    async chooseOnly(destination, catalog) {
      if (!(await isChosen(catalog))) await remember(destination);
    },
    take: async (dataSourceId, botId, how) =>
      chooseFirst(listOf(await schemas.reread(dataSourceId, botId)), how),
  };
}

const newer = (kept: StoredDestination | undefined, read: StoredDestination): StoredDestination =>
  kept && kept.readAt > read.readAt ? kept : read;
