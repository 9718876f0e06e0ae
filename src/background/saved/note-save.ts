/** What a save has come to is known at once among the rows on this device. */
import { isArrived, type Save } from '../../core/save/record.ts';
import type { RowIndex } from './row-index.ts';

export type NoteSave = (save: Save, isNews: boolean) => Promise<void>;

export function createNoteSave({ index }: { index: Pick<RowIndex, 'noteSaved' | 'noteGone'> }): NoteSave {
  return async function noteSave(save, isNews) {
    for (const id of save.repeats?.removed ?? []) await index.noteGone(save.destinationId, id);
    if (!save.row || !isArrived(save) || !isNews) return;
    const isGone = save.state === 'undone' && !save.adopted;
    const noted = await (isGone
      ? index.noteGone(save.destinationId, save.row.id)
      : index.noteSaved(save, save.row));
    if (!noted.ok) console.error('Rowmark could not note a row.', noted.failure);
  };
}
