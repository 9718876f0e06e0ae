import { makeDatabase } from './content.ts';
import type { Authorization } from './model.ts';
import { addPage } from './new-objects.ts';
import { text } from './rules/rich-text.ts';
import type { World } from './state.ts';

/** The page a connection may offer to copy during consent: a page with a database of bookmarks in it. */
export const templateTitle = 'Bookmarks';

/** Copies the template into the user's workspace, shares the copy with the connection, and gives the new page's id. */
export function duplicateTemplate(world: World, authorization: Authorization): string {
  const page = addPage(world, authorization.userId, {
    parent: { type: 'workspace', id: authorization.workspaceId },
    values: new Map([['title', text(templateTitle)]]),
    icon: { type: 'emoji', emoji: '🔖' },
  });
  makeDatabase(world, authorization.userId, {
    title: 'My bookmarks',
    icon: '🔖',
    parent: { type: 'page_id', id: page.id },
    sources: [
      {
        properties: [
          { name: 'Title', type: 'title' },
          { name: 'URL', type: 'url' },
          { name: 'Tags', type: 'multi_select', options: [{ name: 'to read', color: 'blue' }] },
          { name: 'Description', type: 'rich_text' },
          { name: 'Saved on', type: 'created_time' },
        ],
      },
    ],
  });
  authorization.shared.set(page.id, world.now());
  return page.id;
}
