/** The user takes a save back: at once, or as soon as it is known whether there is a row. */

import type { Capture } from '../capture/capture.ts';
import { isRowLost } from '../meaning.ts';
import { withCapture } from './amend.ts';
import { atRest, tryAgain } from './at-rest.ts';
import { reverting } from './earlier-article.ts';
import { withRepeats } from './looks.ts';
import type { Save } from './record.ts';
import { undoneIfReverted } from './undone.ts';

export function undo(save: Save, at: number): Save {
  if (save.wanted === 'nothing') return save;
  const unwanted: Save = { ...save, wanted: 'nothing' };
  switch (save.state) {
    case 'kept':
      return { ...atRest(unwanted), state: 'undone' };
    case 'needs-you':
      if (save.row === null && save.sentAt === null) return { ...atRest(unwanted), state: 'undone' };
      return save.adopted ? revertWaiting(save, save.adopted, at) : tryAgain(unwanted, at);
    case 'sending':
    case 'checking':
      return unwanted;
    case 'in-notion':
      return save.adopted ? revert(save, save.adopted, at) : { ...unwanted, dueAt: at, tries: 0 };
    case 'undone':
      return save;
  }
}

/** As below; what became of the row while it waited for the user is told. */
function revertWaiting(save: Save, adopted: Capture, at: number): Save {
  const back = revert(tryAgain(save, at), adopted, at);
  const isTold = back.state === 'undone' && save.failure !== null && isRowLost(save.failure);
  return isTold ? { ...back, failure: save.failure } : back;
}

/** A row that was there before is made as it was. */
function revert(save: Save, adopted: Capture, at: number): Save {
  const { content, ...rest } = reverting(withoutLooksWithin(withCapture(save, adopted)));
  const back: Save = { ...rest, wanted: 'nothing', dueAt: at, tries: 0 };
  return undoneIfReverted({
    ...back,
    // What was sent may be there; what is within a block of ours goes with it.
    ...(content && content.sent > 0 && !content.isPart
      ? { content: { blocks: content.blocks.slice(0, content.sent), sent: content.sent } }
      : {}),
  });
}

/** What is within a block of ours goes with it, however often it is there. */
function withoutLooksWithin(save: Save): Save {
  const { blocks, ...repeats } = save.repeats ?? {};
  if (!blocks) return save;
  const more = (blocks.more ?? []).filter(({ under }) => under === undefined);
  const left = blocks.under === undefined ? { blocks: { ...blocks, more } } : {};
  return withRepeats(save, { ...repeats, ...left });
}
