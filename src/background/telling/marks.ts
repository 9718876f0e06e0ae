/** The mark on the toolbar button where a page is saved already: from the rows on this device alone. */
import { unwrapped } from '../../core/address/unwrap.ts';
import type { Ports, TabRef } from '../../ports.ts';
import type { RowIndex } from '../saved/row-index.ts';
import type { Records } from '../store/records.ts';
import type { ToolbarBadge } from './toolbar-badge.ts';

export type Marks = {
  /** Marks that tab, or takes its mark away. */
  look(tab: TabRef): Promise<void>;
  /** The tabs that are in front are marked, or rid of their marks, as things stand by now. */
  lookAgain(): Promise<void>;
  /** What may be marked is so no longer. */
  clearAll(): Promise<void>;
};

export function createMarks({
  tabs,
  badge,
  records,
  index,
}: Pick<Ports, 'tabs'> & {
  badge: Pick<ToolbarBadge, 'markTab'>;
  records: Records;
  index: Pick<RowIndex, 'find'>;
}): Marks {
  async function isSaved(url: string): Promise<boolean> {
    const all = Object.keys((await records.get('rowIndexes')) ?? {});
    const found = await Promise.all(all.map((dataSourceId) => index.find(dataSourceId, unwrapped(url))));
    return found.some((one) => one.ok && one.value !== null);
  }

  const isWanted = async () => (await records.get('settings'))?.markSaved === true;

  async function look({ id, url }: TabRef): Promise<void> {
    if (url && (await isWanted())) badge.markTab(id, async () => (await isWanted()) && isSaved(url));
  }

  return {
    look,

    async lookAgain() {
      try {
        for (const tab of await tabs.inFront()) await look(tab);
      } catch (error) {
        console.error('Rowmark could not mark the tabs in front.', error);
      }
    },

    async clearAll() {
      for (const { id } of await tabs.all()) badge.markTab(id, async () => false);
    },
  };
}
