/** Which databases' own titles are worth a request, and entries with them. */
import type { CatalogEntry } from './destination.ts';

/** A database, and an authorization through which it can be read. */
export type ListedDatabase = { databaseId: string; botId: string };

/** The databases of which two data sources or more are listed: without their titles these cannot be told from others. */
export function databasesOfSeveral(entries: readonly CatalogEntry[]): ListedDatabase[] {
  const counts = new Map<string, { botId: string; count: number }>();
  for (const { databaseId, botId } of entries) {
    if (databaseId === undefined) continue;
    counts.set(databaseId, { botId, count: (counts.get(databaseId)?.count ?? 0) + 1 });
  }
  return [...counts].flatMap(([databaseId, { botId, count }]) => (count > 1 ? [{ databaseId, botId }] : []));
}

/** The titles of databases that the entries have, by the id of the database. */
export function knownTitles(entries: readonly CatalogEntry[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { databaseId, databaseTitle } of entries)
    if (databaseId !== undefined && databaseTitle !== undefined) titles.set(databaseId, databaseTitle);
  return titles;
}

/** The entries, each with the title of its database as far as it is known. */
export const withTitles = (
  entries: readonly CatalogEntry[],
  titles: ReadonlyMap<string, string>,
): CatalogEntry[] =>
  entries.map((entry) => {
    const databaseTitle = titles.get(entry.databaseId ?? '');
    return databaseTitle === undefined ? entry : { ...entry, databaseTitle };
  });
