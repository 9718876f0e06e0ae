/** New databases, data sources and pages, once what they are made of is known to be good. */
import { uuid } from './ids.ts';
import type { Block, Database, DataSource, Media, Page, Parent, Property, RichText, Value } from './model.ts';
import { text } from './rules/rich-text.ts';
import { titleOf, type World } from './state.ts';

type NewDatabase = Pick<Database, 'title' | 'description' | 'parent' | 'icon' | 'cover' | 'isInline'>;

export function addDatabase(world: World, by: string, content: NewDatabase): Database {
  const now = world.now();
  const database: Database = {
    id: uuid(world.random),
    ...content,
    isLocked: false,
    inTrash: false,
    createdAt: now,
    createdBy: by,
    editedAt: now,
    editedBy: by,
  };
  world.state.databases.set(database.id, database);
  return database;
}

export function addDataSource(
  world: World,
  database: Database,
  title: RichText[],
  properties: Property[],
): DataSource {
  const now = world.now();
  const source: DataSource = {
    id: uuid(world.random),
    databaseId: database.id,
    title,
    icon: null,
    inTrash: false,
    properties,
    templates: [],
    nextNumber: 1,
    createdAt: now,
    createdBy: database.createdBy,
    editedAt: now,
    editedBy: database.createdBy,
  };
  world.state.dataSources.set(source.id, source);
  return source;
}

interface NewPage {
  parent: Parent;
  values: Map<string, Value>;
  icon?: Media;
  cover?: Media;
  blocks?: Block[];
  markdown?: string | null;
  templateId?: string | null;
}

export function addPage(world: World, by: string, content: NewPage): Page {
  const now = world.now();
  const source =
    content.parent.type === 'data_source_id' ? world.state.dataSources.get(content.parent.id) : undefined;
  const page: Page = {
    icon: null,
    cover: null,
    blocks: [],
    markdown: null,
    templateId: null,
    ...content,
    templateAskedAt: content.templateId ? now : null,
    id: uuid(world.random),
    inTrash: false,
    isArchived: false,
    isLocked: false,
    number: source?.nextNumber ?? 0,
    createdAt: now,
    createdBy: by,
    editedAt: now,
    editedBy: by,
  };
  if (source) source.nextNumber += 1;
  for (const { id, type, options } of source?.properties ?? []) {
    if (type === 'status' && !page.values.has(id)) page.values.set(id, options[0]?.id ?? null);
  }
  takeTitleFromMarkdown(page);
  world.state.pages.set(page.id, page);
  return page;
}

/** With no title given, the first heading of the markdown becomes the title. */
function takeTitleFromMarkdown(page: Page): void {
  const heading = /^# (.+)$/m.exec(page.markdown ?? '')?.[1];
  if (heading !== undefined && titleOf(page) === '') page.values.set('title', text(heading));
}
