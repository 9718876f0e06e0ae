import type { Caller } from '../access.ts';
import type { ApiVersion, DataSource, Page } from '../model.ts';
import { titleOf, type World } from '../state.ts';
import { toMinute } from '../time.ts';
import { archivedField } from './data-source.ts';
import { extraFields } from './extra.ts';
import { pageUrl } from './link.ts';
import { shapeParent } from './parent.ts';
import { shapePartialUser } from './user.ts';
import { shapeValue } from './value.ts';

export interface PageView {
  world: World;
  caller: Caller;
  version: ApiVersion;
  /** When given, only these properties (names, or ids encoded or not) are shown. */
  only?: readonly string[];
}

export const shapePartialPage = (page: Page) => ({ object: 'page', id: page.id });

export function shapePage(view: PageView, page: Page): Record<string, unknown> {
  const { world, version } = view;
  return {
    object: 'page',
    id: page.id,
    created_time: toMinute(page.createdAt),
    last_edited_time: toMinute(page.editedAt),
    created_by: shapePartialUser(page.createdBy),
    last_edited_by: shapePartialUser(page.editedBy),
    cover: page.cover,
    icon: page.icon,
    parent: shapeParent(world.state, page.parent),
    in_trash: page.inTrash,
    is_archived: page.isArchived,
    is_locked: page.isLocked,
    properties: shapeProperties(view, page),
    url: pageUrl(page.id, titleOf(page)),
    public_url: null,
    ...archivedField(version, page.inTrash),
    ...extraFields(world, 'page'),
  };
}

export const dataSourceOf = (world: World, page: Page): DataSource | undefined =>
  page.parent.type === 'data_source_id' ? world.state.dataSources.get(page.parent.id) : undefined;

/** Every property of the schema, empty ones included. */
function shapeProperties(view: PageView, page: Page): Record<string, unknown> {
  const { world, caller, only } = view;
  const source = dataSourceOf(world, page);
  if (!source) return { title: { id: 'title', type: 'title', title: page.values.get('title') ?? [] } };
  return Object.fromEntries(
    source.properties
      .filter(({ id, name }) => only?.some((key) => [id, encodeURIComponent(id), name].includes(key)) ?? true)
      .map((property) => [
        property.name,
        {
          id: encodeURIComponent(property.id),
          type: property.type,
          ...shapeValue({ world, caller, source, page }, property),
          ...extraFields(world, 'value'),
        },
      ]),
  );
}
