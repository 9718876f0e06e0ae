/** Where rows go: a data source with its schema, as kept on this device. */
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';

/** Notion's option colours. Any other colour is read as `default`. */
export const OPTION_COLORS = [
  'default',
  'gray',
  'brown',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'red',
] as const;

export const Option = z.object({
  id: z.string(),
  name: z.string(),
  color: lenient(z.enum(OPTION_COLORS), 'default'),
});
export type Option = z.infer<typeof Option>;

/** A property of a data source. `type` is Notion's own word and may be one that nobody here has heard of. */
export const Property = z.object({
  /** As Notion returns it (URL-encoded); stable over renames; the title's is always `title`. */
  id: z.string(),
  name: z.string(),
  type: z.string(),
  /** For `select`, `multi_select` and `status`. */
  options: z.optional(z.array(Option)),
  /** For `status`: the groups, in order, with the ids of their options. */
  groups: z.optional(z.array(z.object({ name: z.string(), optionIds: z.array(z.string()) }))),
  /** For `relation`: the data source whose pages it relates to. */
  relatedTo: z.optional(z.string()),
});
export type Property = z.infer<typeof Property>;

/**
 * An icon that can be shown without reading its bytes. `until`: when a signed address ends, in milliseconds since the epoch.
 * An address is shown only where `isNotionFile` says so; records of earlier versions hold others too.
 */
export const Icon = z.nullable(
  z.union([z.object({ emoji: z.string() }), z.object({ url: z.string(), until: z.optional(z.number()) })]),
);
export type Icon = z.infer<typeof Icon>;

const listed = {
  /** The data source's id. */
  id: z.string(),
  /** The database that holds it. */
  databaseId: z.optional(z.string()),
  /**
   * The database's own title, where it has been read: `title` is the data source's, and a database may hold several of
   * those. Search does not tell it.
   */
  databaseTitle: z.optional(z.string()),
  /** The page that the database is in. */
  parentPageId: z.optional(z.string()),
  /** The authorization through which it was found. */
  botId: z.string(),
  title: z.string(),
  icon: lenient(Icon, null),
  url: z.optional(z.string()),
};

/** One row of the list of databases to choose from. */
export const CatalogEntry = z.object(listed);
export type CatalogEntry = z.infer<typeof CatalogEntry>;

/** Which property holds what, by id. The title is always there; what a database has no property for is null. */
export type Mapping = { title: string } & Record<'url' | 'tags' | 'description' | 'savedOn', string | null>;

/** A template that Notion fills new rows of a data source with. */
export const Template = z.object({ id: z.string(), name: z.string(), isDefault: z.boolean() });
export type Template = z.infer<typeof Template>;

/** A data source with its schema, as it is stored. */
export const StoredDestination = z.object({
  ...listed,
  properties: z.array(Property),
  /** Its page templates, as far as they were read. */
  templates: z.optional(z.array(Template)),
  /** When the schema was read from Notion, in milliseconds since the epoch. */
  readAt: z.number(),
});
export type StoredDestination = z.infer<typeof StoredDestination>;

/** The same with what holds what in it, which follows from the schema and from what the user has set: see `asSet`. */
export type Destination = StoredDestination & { mapping: Mapping };

/** The property that the tags go to, if it is there. */
export const tagsProperty = ({
  properties,
  mapping,
}: Pick<Destination, 'properties' | 'mapping'>): Property | undefined =>
  properties.find(({ id }) => id === mapping.tags);

/** A page that a new database can be put under. */
export const ParentPage = z.object({
  id: z.string(),
  botId: z.string(),
  title: z.string(),
  icon: lenient(Icon, null),
});
export type ParentPage = z.infer<typeof ParentPage>;

/** All databases and parent pages last seen, over every connected workspace. */
export const Catalog = z.object({
  entries: z.array(CatalogEntry),
  pages: z.array(ParentPage),
  /** When it was last read whole, in milliseconds since the epoch. */
  readAt: z.number(),
  /** Whether Notion has more databases, or more pages, than were read; those edited last were. */
  isCut: z.optional(z.boolean()),
  arePagesCut: z.optional(z.boolean()),
});
export type Catalog = z.infer<typeof Catalog>;

/** The list before it was ever read. */
export const EMPTY_CATALOG: Catalog = { entries: [], pages: [], readAt: 0 };

/** Ids of the properties that take one option only. */
export const singleChoices = ({ properties }: Destination): string[] =>
  properties.flatMap(({ id, type }) => (type === 'select' || type === 'status' ? [id] : []));
