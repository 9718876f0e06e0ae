/** Whether a page is saved, for a page of the extension that asks: the form shows what its row holds. */
import { ok, type Result } from '../../core/failure.ts';
import type { Saved } from '../../protocol/replies.ts';
import type { Schemas } from '../databases/schemas.ts';
import type { Saves } from '../store/saves.ts';
import { hasArticle } from './articles.ts';
import type { RowFinder } from './find-row.ts';
import type { KnownRows } from './known-rows.ts';

/** @param where `device` answers at once, of what is known here; `notion` asks where that is not certain */
export type FindSaved = (
  destinationId: string,
  url: string,
  where: 'device' | 'notion',
) => Promise<Result<Saved | null>>;

export function createFindSaved({
  schemas,
  knownRows,
  rowFinder,
  saves,
}: {
  schemas: Pick<Schemas, 'get'>;
  knownRows: KnownRows;
  rowFinder: Pick<RowFinder, 'find'>;
  saves: Pick<Saves, 'open' | 'ended'>;
}): FindSaved {
  const articleOf = (rowId: string) => (hasArticle(saves, rowId) ? { hasArticle: true } : {});

  return async function findSaved(destinationId, url, where) {
    const save = knownRows.onItsWay(destinationId, url);
    if (save) return ok({ kind: 'save', saveId: save.id });
    const known = await knownRows.row(destinationId, url);
    if (where === 'device')
      return ok(
        known && {
          kind: 'known',
          row: { id: known.id, url: known.url },
          at: known.savedAt,
          ...articleOf(known.id),
        },
      );
    if (!known && (await knownRows.isAbsent(destinationId, url))) return ok(null);
    const destination = await schemas.get(destinationId);
    if (!destination.ok) return destination;
    const found = await rowFinder.find(destination.value, url);
    if (!found.ok) return found;
    return ok(found.value && { kind: 'row', ...found.value, ...articleOf(found.value.row.id) });
  };
}
