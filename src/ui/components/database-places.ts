import type { Connection } from '../../core/connection.ts';
import type { ParentPage } from '../../core/database/destination.ts';
import type { Client } from '../../protocol/client.ts';

/** Where a new database can be put; `pageId` null: it is a private page of the user's. */
export type DatabasePlace = { id: string; botId: string; pageId: string | null; label: string };

export function databasePlaces(
  { text }: Pick<Client, 'text'>,
  connections: readonly Pick<Connection, 'botId' | 'workspaceName'>[],
  pages: readonly ParentPage[],
  nameOf: (page: ParentPage) => string,
): DatabasePlace[] {
  const isOne = connections.length < 2;
  return connections.flatMap(({ botId, workspaceName }) => [
    {
      ...{ id: botId, botId, pageId: null },
      label: `${text('options_private_page')}${isOne ? '' : ` (${workspaceName})`}`,
    },
    ...pages
      .filter((page) => page.botId === botId)
      .map((page) => ({ id: page.id, botId, pageId: page.id, label: nameOf(page) })),
  ]);
}
