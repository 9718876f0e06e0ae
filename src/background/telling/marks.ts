/** The mark on the toolbar button where a page is saved already: from the rows on this device alone. */
import { unwrapped } from '../../core/address/unwrap.ts';
import type { TabRef } from '../../ports.ts';
import type { RowIndex } from '../saved/row-index.ts';
import type { Records } from '../store/records.ts';
import type { ToolbarBadge } from './toolbar-badge.ts';

export function createMarks(badge: Pick<ToolbarBadge, 'markTab'>, records: Records, index: RowIndex) {
  async function isSaved(url: string): Promise<boolean> {
    const all = Object.keys((await records.get('rowIndexes')) ?? {});
    const found = await Promise.all(all.map((dataSourceId) => index.find(dataSourceId, unwrapped(url))));
    return found.some((one) => one.ok && one.value !== null);
  }

  const isWanted = async () => (await records.get('settings'))?.markSaved === true;

  return {
    /** Marks that tab, or takes its mark away. */
    async look({ id, url }: TabRef): Promise<void> {
      if (url && (await isWanted())) badge.markTab(id, async () => (await isWanted()) && isSaved(url));
    },

    /** What may be marked is so no longer. */
    clear({ id }: TabRef): void {
      badge.markTab(id, async () => false);
    },
  };
}
