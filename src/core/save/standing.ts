/** What is still open about a save. Pages of the extension need none of it for their first frame. */
import type { Capture } from '../capture/capture.ts';
import { isReplacing } from './earlier-article.ts';
import { isCopying } from './picture-copies.ts';
import { isArrived, type Save } from './record.ts';

/** Whether nothing more will happen to a save by itself or by the user's help. */
export const isFinished = ({
  repeats: { row, blocks, doubles = [], surplus = [] } = {},
  ...save
}: Save): boolean =>
  isArrived(save) &&
  !isReplacing(save) &&
  !isCopying(save) &&
  save.readingUntil === undefined &&
  !row &&
  !blocks &&
  doubles.length + surplus.length === 0;

/** Whether nobody knows if this save's row exists. */
export const isUnknown = (save: Save): boolean =>
  save.sentAt !== null && save.row === null && save.state !== 'undone';

/** What a save has sent of which there may be a row that it does not know: its own, or a second one; null: nothing. */
export const sentUnseen = (save: Save): Capture | null =>
  isUnknown(save) ? (save.written ?? save.capture) : (save.repeats?.row?.sent ?? null);
