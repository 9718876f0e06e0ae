/** The user changes a save: what of it is sent anew, and whether a row has to follow. */

import type { Capture } from '../capture/capture.ts';
import { withEdits } from '../capture/edits.ts';
import { isSame } from '../same.ts';
import { tryAgain } from './at-rest.ts';
import type { EventOf } from './events.ts';
import { isOpen, type Save } from './record.ts';

/** What was sent is no longer what is meant; a row that exists, or may exist, follows. */
export function amend(
  save: Save,
  { at, destinationId, botId, from = save.capture, single, ...event }: EventOf<'amended'>,
): Save {
  if (save.wanted === 'nothing') return save;
  // What they were shown may be older than what is noted. In another database, it is all there is.
  const capture =
    save.destinationId === destinationId
      ? withEdits(save.capture, from, event.capture, new Set(single))
      : event.capture;
  if (isOpen(save)) {
    const amended: Save = { ...tryAgain(save, at), state: 'kept', capture, destinationId, botId };
    if (!save.seek) return amended;
    const isElsewhere = destinationId !== save.destinationId || capture.url !== save.capture.url;
    const edited: Save = { ...amended, begun: save.begun ?? save.capture };
    if (!isElsewhere) return edited;
    // What was looked for, or is being looked for, is not what is meant any more.
    const { isUnseen: _, ...moved } = edited;
    return { ...moved, claim: (save.claim ?? 0) + 1 };
  }
  // A row stays in its database.
  if (save.destinationId !== destinationId) return save;
  const amended = withCapture(save, capture);
  if (save.state === 'needs-you') return tryAgain(amended, at);
  return save.state === 'in-notion' ? { ...amended, dueAt: at, tries: 0, failure: null } : amended;
}

/** The row is to hold this. */
export function withCapture(save: Save, capture: Capture): Save {
  const { written = save.capture, ...rest } = save;
  const isHeld = isSame(written, capture) && !save.told;
  return { ...rest, capture, ...(isHeld ? {} : { written }) };
}
