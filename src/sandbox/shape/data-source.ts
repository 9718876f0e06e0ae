import type { ApiVersion, Database, DataSource, Option, Property } from '../model.ts';
import { databaseOf, dataSourcesOf, plainText, type World } from '../state.ts';
import { toMillisecond, toMinute } from '../time.ts';
import { extraFields } from './extra.ts';
import { databaseUrl } from './link.ts';
import { shapeParent } from './parent.ts';
import { shapePartialUser } from './user.ts';

/** Older versions repeat `in_trash` under its former name. */
export const archivedField = (version: ApiVersion, inTrash: boolean) =>
  version === '2025-09-03' ? { archived: inTrash } : {};

export function shapeDataSource(
  world: World,
  source: DataSource,
  version: ApiVersion,
): Record<string, unknown> {
  const database = databaseOf(world.state, source);
  return {
    object: 'data_source',
    id: source.id,
    cover: database.cover,
    icon: source.icon ?? database.icon,
    created_time: toMinute(source.createdAt),
    created_by: shapePartialUser(source.createdBy),
    last_edited_by: shapePartialUser(source.editedBy),
    last_edited_time: toMinute(source.editedAt),
    title: source.title,
    description: database.description,
    is_inline: database.isInline,
    properties: shapeSchema(world, source),
    parent: { type: 'database_id', database_id: database.id },
    database_parent: shapeParent(world.state, database.parent),
    url: databaseUrl(database.id),
    public_url: null,
    in_trash: source.inTrash || database.inTrash,
    ...archivedField(version, source.inTrash || database.inTrash),
    ...extraFields(world, 'data_source'),
  };
}

/** What a connection without the read capability gets. */
export const shapePartialDataSource = (world: World, source: DataSource) => ({
  object: 'data_source',
  id: source.id,
  properties: shapeSchema(world, source),
});

export function shapeDatabase(
  world: World,
  database: Database,
  version: ApiVersion,
): Record<string, unknown> {
  return {
    object: 'database',
    id: database.id,
    title: database.title,
    description: database.description,
    parent: shapeParent(world.state, database.parent),
    is_inline: database.isInline,
    in_trash: database.inTrash,
    is_locked: database.isLocked,
    created_time: toMillisecond(database.createdAt),
    last_edited_time: toMillisecond(database.editedAt),
    data_sources: dataSourcesOf(world.state, database.id)
      .filter(({ inTrash }) => !inTrash)
      .map(({ id, title }) => ({ id, name: plainText(title) })),
    icon: database.icon,
    cover: database.cover,
    url: databaseUrl(database.id),
    public_url: null,
    ...archivedField(version, database.inTrash),
    ...extraFields(world, 'database'),
  };
}

const shapeSchema = (world: World, source: DataSource): Record<string, unknown> =>
  Object.fromEntries(source.properties.map((property) => [property.name, shapeProperty(world, property)]));

function shapeProperty(world: World, property: Property): Record<string, unknown> {
  const { id, name, description, type } = property;
  return {
    id: encodeURIComponent(id),
    name,
    description,
    type,
    [type]: shapeConfiguration(world, property),
    ...extraFields(world, 'property'),
  };
}

function shapeConfiguration(world: World, property: Property): Record<string, unknown> {
  const options = property.options.map((option) => shapeOption(world, option));
  switch (property.type) {
    case 'select':
    case 'multi_select':
      return { options };
    case 'status':
      return {
        options,
        groups: property.groups.map(({ id, name, color, optionIds }) => ({
          id,
          name,
          color,
          option_ids: optionIds,
        })),
      };
    default:
      return property.settings;
  }
}

const shapeOption = (world: World, { id, name, color, description }: Option) => ({
  id,
  name,
  color,
  description,
  ...extraFields(world, 'option'),
});
