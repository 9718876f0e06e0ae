/** What databases are called where they are listed, so that no two are called the same. */
import type { CatalogEntry } from './destination.ts';

/** What is needed of a database, or of anything else that is listed by its title, to call it something. */
export type Listed = Pick<
  CatalogEntry,
  'id' | 'botId' | 'title' | 'databaseId' | 'databaseTitle' | 'parentPageId'
>;

export type Label = {
  name: string;
  /** What tells it from others that look like it; nothing where none does. */
  details: readonly string[];
  /** The name of its workspace, where the list is of several. */
  workspace: string;
};

export type Surroundings = {
  /** The name of the workspace of that authorization. */
  workspaceOf: (botId: string) => string;
  /** Pages that may hold some of the databases. */
  pages: readonly { id: string; title: string }[];
  /** Stands for a database without a title. */
  untitled: string;
};

/** In one line. */
export const labelText = ({ name, details }: Pick<Label, 'name' | 'details'>): string =>
  details.length > 0 ? `${name} (${details.join(' · ')})` : name;

/** What to show beside the name, where there is room for it. */
export const besideOf = ({ details, workspace }: Label): string => details.join(' · ') || workspace;

/** How a reader takes it, or somebody to whom it is read: capitals, widths and gaps tell nothing apart. */
const heard = (label: Label): string =>
  labelText(label).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * A label for each entry, by its id. A data source is called by its own title, after that of its database where it has
 * another or the database holds several. Those that are alike then are told apart by workspace, by the page that the
 * database is in and at last by a number, which depends on their ids and not on the order of the list.
 */
export function labelEntries(
  entries: readonly Listed[],
  { workspaceOf, pages, untitled }: Surroundings,
): ReadonlyMap<string, Label> {
  const isOneOfSeveral = ({ id, databaseId }: Listed) =>
    databaseId !== undefined && entries.some((other) => other.databaseId === databaseId && other.id !== id);
  const nameOf = (entry: Listed): string => {
    const { title, databaseTitle } = entry;
    return databaseTitle && (isOneOfSeveral(entry) || (title && title !== databaseTitle))
      ? `${databaseTitle} / ${title || untitled}`
      : title || databaseTitle || untitled;
  };
  const isOneWorkspace = entries.every(({ botId }) => botId === entries[0]?.botId);
  const pageTitle = ({ parentPageId }: Listed) => pages.find(({ id }) => id === parentPageId)?.title;

  const labels = new Map<string, Label & { details: string[] }>();
  for (const entry of entries) {
    const workspace = isOneWorkspace ? '' : workspaceOf(entry.botId);
    labels.set(entry.id, { name: nameOf(entry), details: [], workspace });
  }
  const heardOf = ({ id }: Listed) => heard(labels.get(id) as Label);
  for (const detailOf of [({ id }: Listed) => labels.get(id)?.workspace, pageTitle]) {
    const counts = new Map<string, number>();
    for (const entry of entries) counts.set(heardOf(entry), (counts.get(heardOf(entry)) ?? 0) + 1);
    for (const entry of entries) {
      const detail = detailOf(entry);
      if (detail && (counts.get(heardOf(entry)) ?? 0) > 1) labels.get(entry.id)?.details.push(detail);
    }
  }
  const taken = new Set<string>();
  for (const [, label] of [...labels].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { details } = label;
    for (let number = 2; taken.has(heard(label)); number++) label.details = [...details, String(number)];
    taken.add(heard(label));
  }
  return labels;
}
