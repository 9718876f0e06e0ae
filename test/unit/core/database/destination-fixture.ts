import type { Destination, Property } from '../../../../src/core/database/destination.ts';
import { inferMapping } from '../../../../src/core/database/mapping.ts';

/** A destination with these properties, mapped as it would be when read from Notion. */
export const destination = (properties: Property[]): Destination => ({
  id: '11111111-1111-4111-8111-111111111111',
  botId: 'bot',
  title: 'Reading list',
  icon: null,
  properties,
  mapping: inferMapping(properties),
  readAt: 0,
});

export const bookmarks = destination([
  { id: 'title', name: 'Name', type: 'title' },
  { id: 'u%3A', name: 'URL', type: 'url' },
  {
    id: 't',
    name: 'Tags',
    type: 'multi_select',
    options: [{ id: 'o1', name: 'JavaScript', color: 'yellow' }],
  },
  { id: 'd', name: 'Description', type: 'rich_text' },
  { id: 's', name: 'Saved on', type: 'date' },
]);
