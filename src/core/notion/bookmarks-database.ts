/** The database Rowmark makes for those who have none. */
import type { CreateDatabaseParameters } from '@notionhq/client';
import * as z from 'zod/mini';
import type { NotionRequest } from './request.ts';
import { textItem } from './rich-text.ts';

/** Its name and the names of its properties, in the user's language. */
export type BookmarksNames = {
  database: string;
  title: string;
  url: string;
  tags: string;
  description: string;
  savedOn: string;
};

/** A property that it has beside those. */
export const ExtraProperty = z.object({
  name: z.string(),
  type: z.enum(['select', 'rich_text', 'checkbox']),
});
export type ExtraProperty = z.infer<typeof ExtraProperty>;

type Schemas = NonNullable<NonNullable<CreateDatabaseParameters['initial_data_source']>['properties']>;

const schemaOf = ({ type }: ExtraProperty): Schemas[string] =>
  type === 'select'
    ? { type, select: { options: [] } }
    : type === 'checkbox'
      ? { type, checkbox: {} }
      : { type, rich_text: {} };

/** @param parentPageId the page it goes under; null makes it a private page of the user's */
export function createBookmarksDatabase({
  parentPageId,
  names,
  extras = [],
}: {
  parentPageId: string | null;
  names: BookmarksNames;
  extras?: readonly ExtraProperty[];
}): NotionRequest {
  const body: CreateDatabaseParameters = {
    parent:
      parentPageId === null
        ? { type: 'workspace', workspace: true }
        : { type: 'page_id', page_id: parentPageId },
    title: [textItem(names.database)],
    icon: { type: 'emoji', emoji: '🔖' },
    initial_data_source: {
      properties: {
        [names.title]: { type: 'title', title: {} },
        [names.url]: { type: 'url', url: {} },
        [names.tags]: { type: 'multi_select', multi_select: { options: [] } },
        [names.description]: { type: 'rich_text', rich_text: {} },
        [names.savedOn]: { type: 'date', date: {} },
        ...Object.fromEntries(extras.map((extra) => [extra.name, schemaOf(extra)])),
      },
    },
  };
  return { method: 'POST', path: '/v1/databases', body, adds: true };
}
