import { type Label, labelEntries } from '../../core/database/labels.ts';
import type { Ports } from '../../ports.ts';
import type { Records } from '../store/records.ts';

/** What the listed databases are called, by the id of the data source, so that no two are called the same. */
export async function databaseLabels(
  { text }: Pick<Ports, 'text'>,
  records: Records,
): Promise<ReadonlyMap<string, Label>> {
  const [catalog, connections] = await Promise.all([records.get('catalog'), records.get('connections')]);
  return labelEntries(catalog?.entries ?? [], {
    pages: catalog?.pages ?? [],
    workspaceOf: (botId) => connections?.[botId]?.workspaceName || text('options_workspace'),
    untitled: text('popup_untitled_database'),
  });
}
