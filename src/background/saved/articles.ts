/** What this device remembers of the articles that it has saved. */
import type { BareArticle } from '../../core/content/page-content.ts';
import type { Save } from '../../core/save/record.ts';
import type { Saves } from '../store/saves.ts';

/** The saves that have brought an article to the page of a row. */
const withArticle = (saves: Pick<Saves, 'open' | 'ended'>, rowId: string): Save[] =>
  [...saves.open(), ...saves.ended()].filter(
    ({ row, state, wanted, page }) => row?.id === rowId && state === 'in-notion' && wanted === 'row' && page,
  );

export const hasArticle = (saves: Pick<Saves, 'open' | 'ended'>, rowId: string): boolean =>
  withArticle(saves, rowId).length > 0;

/** Those that have no heading of their own. */
export const bareArticlesOf = (saves: Pick<Saves, 'open' | 'ended'>, rowId: string): BareArticle[] =>
  withArticle(saves, rowId).flatMap(({ page, adopted }) => (page?.bare && !adopted ? [page.bare] : []));
