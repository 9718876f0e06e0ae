/** What is to be done about a save next, and when. It follows from the save alone, so it is the same after a crash. */

import { isPuttingBack, isReplacing } from './earlier-article.ts';
import { isOfPart } from './page-content.ts';
import { isCopying } from './picture-copies.ts';
import { nextPicture } from './picture-uploads.ts';
import type { Save } from './record.ts';

/** What is to be done about a save next. */
export type Action =
  | 'seek'
  | 'create'
  | 'look-up'
  | 'verify'
  | 'trash-double'
  | 'update'
  | 'upload'
  | 'append'
  | 'replace-earlier'
  | 'put-back'
  | 'copy-picture'
  | 'look-into'
  | 'verify-blocks'
  | 'take-out'
  | 'restore'
  | 'trash';

/** The request a save calls for in its present state, whenever it is due; null when it calls for none. */
export function nextAction(save: Save): Action | null {
  switch (save.state) {
    case 'kept':
      return isSeeking(save) ? 'seek' : 'create';
    case 'sending':
    case 'checking':
      return 'look-up';
    case 'in-notion':
      return nextOfRepeats(save) ?? nextInNotion(save) ?? (save.repeats?.row ? 'verify' : null);
    case 'undone':
      return nextOfRepeats(save) ?? (save.repeats?.row ? 'verify' : null);
    case 'needs-you':
      return null;
  }
}

/** Whether a row of the same page is to be looked for before one is made. */
export const isSeeking = ({ state, seek, isUnseen }: Save): boolean =>
  state === 'kept' && seek !== undefined && isUnseen === undefined;

/** The first look is at once: most doubles are there by then. */
function nextOfRepeats({ repeats = {} }: Save): Action | null {
  if (repeats.doubles && repeats.doubles.length > 0) return 'trash-double';
  return repeats.row?.lookedAt === null && repeats.row.waitsFor === undefined ? 'verify' : null;
}

function nextInNotion(save: Save): Action | null {
  const { wanted, adopted, restoring, written, content, repeats = {}, added = [] } = save;
  if (wanted === 'nothing' && !adopted) return 'trash';
  if (restoring) return 'restore';
  if (repeats.surplus && repeats.surplus.length > 0) return 'take-out';
  if (written) return 'update';
  if (isPuttingBack(save)) return 'put-back';
  const isLeft = wanted === 'nothing' && !content && added.length > 0;
  if (isLeft) return 'take-out';
  if (repeats.blocks && !isLaterLook(save)) return 'verify-blocks';
  if (!content && isReplacing(save)) return 'replace-earlier';
  if (!content) return isCopying(save) ? 'copy-picture' : null;
  if (content.sent > 0) return 'look-into';
  return nextPicture(save) === null ? 'append' : 'upload';
}

/** Whether that look may be taken once all is there: nothing speaks for it yet, and what comes next is looked for with it. */
const isLaterLook = (save: Save): boolean => isOfPart(save) && save.repeats?.blocks?.lookedAt !== null;

/** When a save wants attention next, in milliseconds since the epoch; null: never by itself. */
export function dueTime(save: Save): number | null {
  const action = nextAction(save);
  if (action === null) return null;
  const { row, blocks } = save.repeats ?? {};
  const look =
    action === 'verify'
      ? row?.dueAt
      : action === 'verify-blocks'
        ? blocks?.dueAt
        : action === 'create'
          ? save.readingUntil
          : 0;
  return Math.max(save.dueAt, save.leaseUntil, look ?? 0);
}
