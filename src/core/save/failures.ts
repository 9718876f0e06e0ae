/** A request had no effect, or nobody knows: whether the save tries again, looks first, or waits for the user. */

import { isRowLost, meaningOf } from '../meaning.ts';
import { untilSettled } from '../notion/settle.ts';
import { atRest } from './at-rest.ts';
import { withoutLastUpdate } from './claim.ts';
import type { EventOf } from './events.ts';
import { nextAction } from './next-action.ts';
import { noneSent, unappended } from './page-content.ts';
import type { Save } from './record.ts';
import { retryDelay } from './retry.ts';
import { lost } from './undone.ts';

/** A row is believed absent when two look-ups, far enough apart by Notion's own clock, have not found it. */
export function absent(save: Save, { at, asOf, since, jitter }: EventOf<'absent'>): Save {
  const lookedAt = Math.max(save.lookedAt ?? asOf, since);
  const left = untilSettled(lookedAt, asOf);
  if (left > 0) {
    const tries = save.tries + 1;
    const wait = Math.min(left, retryDelay(tries, undefined, jitter));
    return { ...save, lookedAt, tries, leaseUntil: 0, dueAt: at + wait };
  }
  if (save.wanted === 'nothing') return { ...atRest(save), state: 'undone' };
  return { ...unsent(save), state: 'kept', dueAt: at, leaseUntil: 0 };
}

/** What was sent had no effect. */
function unsent(save: Save): Save {
  const { written: _, ...rest } = save;
  return { ...rest, sentAt: null };
}

export function refuse(save: Save, event: EventOf<'refused'>): Save {
  switch (save.state) {
    case 'sending':
      // This request had no effect, and no earlier one did or it would have been found: nothing was ever sent.
      if (save.wanted === 'nothing') return { ...atRest(save), state: 'undone' };
      return waiting(unsent(save), 'kept', event);
    case 'in-notion':
      if (save.wanted === 'nothing' && isRowLost(event.failure)) return lost(save, event.failure);
      if (event.of === 'update') return waiting(withoutLastUpdate(save), 'in-notion', event);
      if (event.of !== 'append' || !save.content) return waiting(save, 'in-notion', event);
      if (save.wanted === 'nothing') return unappended(save, event.at);
      return waiting({ ...save, content: noneSent(save.content) }, 'in-notion', event);
    case 'kept':
    case 'checking':
      return waiting(save, save.state, event);
    case 'undone':
      return nextAction(save) ? waiting(save, 'undone', event) : save;
    case 'needs-you':
      return save;
  }
}

/**
 * Back to `state` until the failure has passed, or to the user when it will not pass by itself. What is not even known to have
 * failed is looked into first.
 */
export function waiting(
  save: Save,
  state: 'kept' | 'checking' | 'in-notion' | 'undone',
  { type, at, failure: why, jitter }: EventOf<'refused' | 'unsure'>,
): Save {
  const tries = save.tries + 1;
  const stuck = type === 'refused' && meaningOf(why).hope !== 'later';
  return {
    ...save,
    state: stuck ? 'needs-you' : state,
    tries,
    failure: why,
    leaseUntil: 0,
    dueAt: at + retryDelay(tries, why.retryAfter, jitter),
  };
}
