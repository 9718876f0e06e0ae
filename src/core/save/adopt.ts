/** A row of the same page was there before: the save takes it for its own, and changes it. */

import type { Capture } from '../capture/capture.ts';
import { withEdits } from '../capture/edits.ts';
import type { Row } from '../database/row.ts';
import { addTo } from '../notion/read-row.ts';
import { isSame } from '../same.ts';
import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import type { Save } from './record.ts';

/**
 * What the row is to hold follows from three: what the save began with, what the user has made of it since, and what the row
 * holds.
 */
export function adoptFound(save: Save, { at, row, held, single }: EventOf<'adopted'>): Save {
  const { begun = save.capture } = save;
  const onto = save.seek === 'add' ? addTo(held, begun) : held;
  return adopt(save, { at, row, held, capture: withEdits(onto, begun, save.capture, new Set(single)) });
}

export function adopt(
  save: Save,
  { at, row, held, capture }: { at: number; row: Row; held: Capture; capture: Capture },
): Save {
  // What a page says is added to a row that was there before only where somebody asks for that.
  const { begun: _, page: __, readingUntil: ___, isPageUnread: ____, ...rest } = save;
  const adopted: Save = { ...atRest(rest), state: 'in-notion', row, adopted: held, dueAt: at };
  if (save.wanted === 'nothing') return { ...adopted, state: 'undone' };
  return { ...adopted, capture, ...(isSame(held, capture) ? {} : { written: held }) };
}
