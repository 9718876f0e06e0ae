/** The row holds what it was sent in an update: whether that is what it is to hold. */

import { isSame } from '../same.ts';
import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import { withRemainder } from './page-content.ts';
import type { Save } from './record.ts';
import { undoneIfReverted } from './undone.ts';

export function updated(save: Save, event: EventOf<'updated'>): Save {
  const { written: _, told: __, ...rest } = atRest(save);
  const next: Save = { ...rest, dueAt: event.at };
  const isMeant = isSame(event.capture, save.capture);
  const held = isMeant ? next : { ...next, written: event.capture };
  return save.wanted === 'row' ? withRemainder(held, event) : undoneIfReverted(held);
}
