/** What a save has come to is known at once among the rows on this device. */
import { isImportSave } from '../../core/save/import-save.ts';
import { isArrived, type Save } from '../../core/save/record.ts';
import type { Learning } from '../tags/learning.ts';
import type { RowIndex } from './row-index.ts';

export type NoteSave = (save: Save, isNews: boolean) => Promise<void>;

export function createNoteSave({
  index,
  learning,
}: {
  index: Pick<RowIndex, 'noteSaved' | 'noteGone'>;
  learning: Pick<Learning, 'arrived' | 'gone' | 'undone'>;
}): NoteSave {
  return async function noteSave(save, isNews) {
    for (const id of save.repeats?.removed ?? []) await index.noteGone(save.destinationId, id);
    if (save.state === 'undone') learning.undone(save);
    if (!save.row || !isArrived(save) || !isNews) return;
    const isGone = save.state === 'undone' && !save.adopted;
    if (isGone) learning.gone(save.destinationId, [save.row.id]);
    // Of many that nobody has looked at nothing is learned.
    else if (save.state === 'in-notion' && !isImportSave(save.id)) learning.arrived(save, save.row.id);
    const noted = await (isGone
      ? index.noteGone(save.destinationId, save.row.id)
      : index.noteSaved(save, save.row));
    if (!noted.ok) console.error('Rowmark could not note a row.', noted.failure);
  };
}
