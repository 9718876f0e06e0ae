/** Notion's replies, as far as Rowmark looks into them. Unknown fields and types are normal and pass through. */
import * as z from 'zod/mini';
import {
  type CatalogEntry,
  type Icon,
  Option,
  type ParentPage,
  type Property,
  type StoredDestination,
} from '../database/destination.ts';
import { isNotionFile } from '../database/picture.ts';
import { lenient } from '../lenient.ts';
import { oneLine } from '../text/visible.ts';
import { Traces } from './traces.ts';

const RichText = z.array(z.looseObject({ plain_text: z.optional(z.string()) }));

const Parent = z.looseObject({ type: z.optional(z.string()), data_source_id: z.optional(z.string()) });

/** Emoji, external and hosted files, custom emoji; anything else has no picture that could be shown. */
const IconReply = z.looseObject({
  type: z.optional(z.string()),
  emoji: z.optional(z.string()),
  external: z.optional(z.looseObject({ url: z.string() })),
  file: z.optional(z.looseObject({ url: z.string(), expiry_time: lenient(z.string(), '') })),
  custom_emoji: z.optional(z.looseObject({ url: z.optional(z.string()) })),
});

/** A text that may be missing. */
const Text = lenient(z.optional(z.string()), undefined);

const OptionList = lenient(
  z.optional(
    z.looseObject({ options: lenient(z.array(z.unknown()), []), groups: lenient(z.array(z.unknown()), []) }),
  ),
  undefined,
);

const Group = z.looseObject({ name: z.string(), option_ids: z.array(z.string()) });

const PropertyReply = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: Text,
  select: OptionList,
  multi_select: OptionList,
  status: OptionList,
  relation: lenient(z.optional(z.looseObject({ data_source_id: Text })), undefined),
});

/** `GET /v1/data_sources/{id}`, and a hit of search. A partial one has id and properties alone. */
export const DataSourceReply = z.looseObject({
  object: z.literal('data_source'),
  id: z.string(),
  title: lenient(RichText, []),
  icon: lenient(z.nullable(IconReply), null),
  url: Text,
  parent: lenient(z.looseObject({ database_id: z.optional(z.string()) }), {}),
  database_parent: lenient(z.looseObject({ page_id: z.optional(z.string()) }), {}),
  properties: lenient(z.optional(z.record(z.string(), z.unknown())), undefined),
  in_trash: lenient(z.boolean(), false),
});
export type DataSourceReply = z.infer<typeof DataSourceReply>;

/** `GET` and `POST /v1/databases`. */
export const DatabaseReply = z.looseObject({
  object: z.literal('database'),
  id: z.string(),
  title: lenient(RichText, []),
  data_sources: lenient(z.array(z.looseObject({ id: z.string(), name: lenient(z.string(), '') })), []),
  in_trash: lenient(z.boolean(), false),
  ...Traces,
});
export type DatabaseReply = z.infer<typeof DatabaseReply>;

/** A page; without the capability to read content it has its id alone. */
export const PageReply = z.looseObject({
  object: z.literal('page'),
  id: z.string(),
  url: Text,
  ...Traces,
  parent: lenient(Parent, {}),
  icon: lenient(z.nullable(IconReply), null),
  cover: lenient(z.nullable(IconReply), null),
  properties: lenient(z.record(z.string(), z.unknown()), {}),
  in_trash: lenient(z.boolean(), false),
});
export type PageReply = z.infer<typeof PageReply>;

/** What a page that is no row is in. */
const OUTSIDE = ['page_id', 'block_id', 'workspace'];

/** Whether a page is a row of that data source, and not in the trash. Where Notion names none that it is in, it has not moved. */
export function isRowOf({ in_trash, parent }: PageReply, dataSourceId: string): boolean {
  const { type = '', data_source_id: holds = dataSourceId } = parent;
  return !in_trash && !OUTSIDE.includes(type) && plainId(holds) === plainId(dataSourceId);
}

/** Notion takes and gives ids with dashes and without. */
const plainId = (id: string): string => id.replaceAll('-', '').toLowerCase();

const List = { next_cursor: lenient(z.nullable(z.string()), null), has_more: lenient(z.boolean(), false) };

export const SearchReply = z.looseObject({ results: z.array(z.unknown()), ...List });
export type SearchReply = z.infer<typeof SearchReply>;

/** `POST /v1/data_sources/{id}/query`. */
export const QueryReply = z.looseObject({
  results: z.array(z.unknown()),
  ...List,
  /** `incomplete` on every page of a query that finds more rows than Notion gives for one. */
  request_status: lenient(z.optional(z.looseObject({ type: Text })), undefined),
});

/** `GET /v1/users/me`: a bot or, for a personal access token, perhaps a person. Which fields it has is not documented in full. */
export const MeReply = z.looseObject({
  object: z.literal('user'),
  id: z.string(),
  type: Text,
  name: lenient(z.nullable(z.string()), null),
  bot: lenient(
    z.looseObject({
      workspace_id: Text,
      workspace_name: lenient(z.nullable(z.string()), null),
      owner: z.optional(z.unknown()),
    }),
    { workspace_id: undefined, workspace_name: null },
  ),
});
const Owner = z.looseObject({ user: z.looseObject({ name: z.string() }) });
export type MeReply = z.infer<typeof MeReply>;

/** The person behind a bot, as far as it is told. */
export function ownerOf({ type, name, bot }: MeReply): string | null {
  const owner = z.safeParse(Owner, bot.owner);
  if (owner.success) return owner.data.user.name;
  return type === 'person' ? name : null;
}

/** `GET /v1/data_sources/{id}/templates`. */
export const TemplateList = z.looseObject({
  templates: z.array(
    z.looseObject({ id: z.string(), name: z.string(), is_default: lenient(z.boolean(), false) }),
  ),
  ...List,
});

/** `GET /v1/users`. */
export const UserList = z.looseObject({
  results: z.array(
    z.looseObject({ id: z.string(), type: Text, name: lenient(z.nullable(z.string()), null) }),
  ),
  ...List,
});

/** A file that is on its way to Notion. */
export const FileUploadReply = z.looseObject({ id: z.string(), status: z.string() });

/** `GET /v1/blocks/{id}`, and what `DELETE` of it answers. */
export const BlockReply = z.looseObject({
  id: z.string(),
  type: z.optional(z.string()),
  in_trash: z.optional(z.boolean()),
  ...Traces,
});

/** `GET /v1/blocks/{id}/children`, and what `PATCH` of it answers. */
export const BlockList = z.looseObject({ results: z.array(BlockReply), ...List });

/** A title as it is shown; empty when there is nothing to be seen in it. */
const plain = (text: z.infer<typeof RichText>): string =>
  oneLine(text.map((item) => item.plain_text ?? '').join(''));

/** What anybody in the workspace can point anywhere is not even kept: only pictures that Notion itself has. */
function iconOf(icon: z.infer<typeof IconReply> | null): Icon {
  if (icon?.emoji) return { emoji: icon.emoji };
  const url = icon?.external?.url ?? icon?.file?.url ?? icon?.custom_emoji?.url;
  if (url === undefined || !isNotionFile(url)) return null;
  const until = Date.parse(icon?.file?.expiry_time ?? '');
  return Number.isNaN(until) ? { url } : { url, until };
}

export const titleOfDatabase = ({ title }: Pick<DatabaseReply, 'title'>): string => plain(title);

/** A data source as it is kept here; null when it is in the trash or its schema may not be read. */
export function destinationOf(
  reply: DataSourceReply,
  botId: string,
  readAt: number,
): StoredDestination | null {
  if (reply.in_trash || !reply.properties) return null;
  const properties = Object.entries(reply.properties).flatMap(([name, raw]) => propertyOf(name, raw));
  return {
    id: reply.id,
    botId,
    title: plain(reply.title),
    icon: iconOf(reply.icon),
    ...(reply.url === undefined ? {} : { url: reply.url }),
    ...(reply.parent.database_id === undefined ? {} : { databaseId: reply.parent.database_id }),
    ...(reply.database_parent.page_id === undefined ? {} : { parentPageId: reply.database_parent.page_id }),
    properties,
    readAt,
  };
}

function propertyOf(name: string, raw: unknown): Property[] {
  const read = z.safeParse(PropertyReply, raw);
  if (!read.success) return [];
  const { id, type } = read.data;
  const options = (read.data.multi_select ?? read.data.select ?? read.data.status)?.options;
  const groups = read.data.status?.groups.flatMap((raw) => {
    const group = z.safeParse(Group, raw);
    return group.success ? [{ name: group.data.name, optionIds: group.data.option_ids }] : [];
  });
  const relatedTo = read.data.relation?.data_source_id;
  return [
    {
      id,
      type,
      name: read.data.name ?? name,
      ...(options ? { options: readable(options) } : {}),
      ...(groups && groups.length > 0 ? { groups } : {}),
      ...(relatedTo === undefined ? {} : { relatedTo }),
    },
  ];
}

/** An option of a form that is not known yet must not take the others with it. */
const readable = (options: readonly unknown[]): Option[] =>
  options.flatMap((raw) => {
    const option = z.safeParse(Option, raw);
    return option.success ? [option.data] : [];
  });

/** A destination without its schema, as the list of databases has it. */
export const catalogEntryOf = ({
  properties: _,
  templates: __,
  readAt: ___,
  ...entry
}: StoredDestination): CatalogEntry => entry;

/** What a search found: databases to save to, and pages that a new database could be put under. */
export function readSearch(
  reply: SearchReply,
  botId: string,
  readAt: number,
): { destinations: StoredDestination[]; pages: ParentPage[] } {
  const destinations: StoredDestination[] = [];
  const pages: ParentPage[] = [];
  for (const result of reply.results) {
    const dataSource = z.safeParse(DataSourceReply, result);
    const destination = dataSource.success ? destinationOf(dataSource.data, botId, readAt) : null;
    if (destination) destinations.push(destination);
    const page = z.safeParse(PageReply, result);
    if (page.success && isParent(page.data)) pages.push(parentPageOf(page.data, botId));
  }
  return { destinations, pages };
}

/** Rows are pages too, but nobody wants a database inside one. A page in a column or toggle has a block for parent. */
const isParent = (page: PageReply): boolean =>
  !page.in_trash && ['page_id', 'block_id', 'workspace'].includes(page.parent.type ?? '');

const parentPageOf = (page: PageReply, botId: string): ParentPage => ({
  id: page.id,
  botId,
  title: titleOfPage(page),
  icon: iconOf(page.icon),
});

const Title = z.looseObject({ type: z.literal('title'), title: RichText });

/** The text of the property of type `title`, whatever it is called; empty when there is none. */
export function titleOfPage({ properties }: PageReply): string {
  const [title = ''] = Object.values(properties).flatMap((value) => {
    const read = z.safeParse(Title, value);
    return read.success ? [plain(read.data.title)] : [];
  });
  return title;
}

/** A hit of a query, by its title; nothing for one that may not be read. */
export function namedPage(result: unknown): { id: string; name: string }[] {
  const page = z.safeParse(PageReply, result);
  return page.success && !page.data.in_trash ? [{ id: page.data.id, name: titleOfPage(page.data) }] : [];
}
