/** The schemas of databases as kept on this device, and what the user has set of them. */
import type {
  CatalogEntry,
  Destination,
  StoredDestination,
  Template,
} from '../../core/database/destination.ts';
import { asSet } from '../../core/database/form.ts';
import type { FormSettings } from '../../core/database/form-settings.ts';
import { failed, ok, type Result } from '../../core/failure.ts';
import { certain, type Verdict } from '../../core/notion/judge.ts';
import { DataSourceReply, destinationOf, TemplateList } from '../../core/notion/replies.ts';
import { addUrlProperty, getDataSource, listTemplates } from '../../core/notion/requests.ts';
import { within } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import { knownDestination } from './known-destination.ts';

/** A schema older than this, in milliseconds, is read anew when the popup opens. */
const FRESH = 3 * 60_000;

/** Each takes the id of a data source. */
export interface Schemas {
  /** The schema as kept here, or read now if it is not kept. */
  get(id: string): Promise<Result<Destination>>;
  /** Reads a schema from Notion and keeps it. */
  reread(id: string, botId: string): Promise<Result<Destination>>;
  /**
   * Reads a schema anew if it is old, or was only found by a search, which tells nothing of templates. What goes wrong is not
   * told: the next save will meet it and say so.
   */
  freshen(id: string): Promise<void>;
  /**
   * The authorization through which a database is reached, as far as anything is known of it here; empty when nothing is. It
   * needs neither Notion nor a schema.
   */
  botOf(id: string): Promise<string>;
  /** Keeps what the user has set of a database that is known. */
  setForm(id: string, form: FormSettings): Promise<Result<null>>;
  /** Adds a property for the address, unless there is one by now. */
  addUrl(id: string): Promise<Result<null>>;
}

export function createSchemas({
  clock,
  text,
  records,
  notion,
}: Pick<Ports, 'clock' | 'text'> & { records: Records; notion: Notion }): Schemas {
  async function get(id: string): Promise<Result<Destination>> {
    const kept = await knownDestination(records, id);
    if (kept && kept.botId in ((await records.get('connections')) ?? {})) return ok(kept);
    const entry = await listed(records, id);
    // The workspace was connected anew meanwhile: the schema is the same, whoever reads it.
    if (kept) return ok(entry ? { ...kept, botId: entry.botId } : kept);
    return entry ? reread(id, entry.botId) : failed('database-unknown');
  }

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
      destination = { ...withTemplates(read, kept), ...(templates ? { templates } : {}) };
      return destination;
    });
    return ok(asSet(destination, await records.getOne('form', id)));
  }

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

  async function freshen(id: string): Promise<void> {
    const kept = await records.getOne('destination', id);
    if (kept && !within(kept.readAt, FRESH, clock())) await reread(id, kept.botId);
    const known = await get(id);
    if (!known.ok || known.value.templates) return;
    const templates = await templatesOf(id, known.value.botId);
    if (templates) await records.updateOne('destination', id, (latest) => latest && { ...latest, templates });
  }

  async function botOf(id: string): Promise<string> {
    const entry = await listed(records, id);
    return entry?.botId ?? (await records.getOne('destination', id))?.botId ?? '';
  }

  async function setForm(id: string, form: FormSettings): Promise<Result<null>> {
    const destination = await get(id);
    if (!destination.ok) return destination;
    await records.updateOne('form', id, () => form);
    return ok(null);
  }

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

  return { get, reread, freshen, botOf, setForm, addUrl };
}

/** The entry of a data source in the list as it is stored. */
export async function listed(records: Records, id: string): Promise<CatalogEntry | undefined> {
  return (await records.get('catalog'))?.entries.find((one) => one.id === id);
}

/** A schema read anew; that of a search tells nothing of templates. */
export function withTemplates(
  read: StoredDestination,
  kept: StoredDestination | undefined | null,
): StoredDestination {
  const templates = kept?.templates;
  return templates ? { ...read, templates } : read;
}

/** Schemas as a record of them is stored. */
export const byId = (destinations: readonly StoredDestination[]): Record<string, StoredDestination> =>
  Object.fromEntries(destinations.map((one) => [one.id, one]));

export const idsOf = (destinations: readonly StoredDestination[]): string[] =>
  destinations.map(({ id }) => id);
