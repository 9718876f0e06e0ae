/** The mark on the toolbar button where a page is saved already: from the rows on this device alone. */
import { unwrapped } from '../core/capture/unwrap.ts';
import type { Ports, TabRef } from '../ports.ts';
import type { Records } from './records.ts';
import type { RowIndex } from './row-index.ts';

export function createMarks(
  { badge, text }: Pick<Ports, 'badge' | 'text'>,
  records: Records,
  index: RowIndex,
) {
  /** Marks that tab, or takes its mark away. */
  return async function look({ id, url }: TabRef): Promise<void> {
    if (!url || (await records.get('settings'))?.markSaved !== true) return;
    const all = Object.entries((await records.get('rowIndexes')) ?? {});
    const found = await Promise.all(all.map(([dataSourceId]) => index.find(dataSourceId, unwrapped(url))));
    const isSaved = found.some((one) => one.ok && one.value !== null);
    // The tab may be gone by now.
    await badge.mark(id, isSaved ? text('toast_already') : null).catch(() => undefined);
  };
}
