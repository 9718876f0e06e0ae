/** Whether there is anything to take back. */
import { isSame } from '../same.ts';
import type { Save } from './record.ts';

/** False also of a row that was there before and was left as it is. */
export function isUndoable({ state, wanted, capture, adopted, written, content, added }: Save): boolean {
  if (state === 'undone' || wanted === 'nothing') return false;
  return adopted === undefined || !isSame(capture, adopted) || [written, content, added].some(Boolean);
}
