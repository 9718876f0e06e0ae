/** The row of a save exists: what follows for the save. */

import { isSame } from '../same.ts';
import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import { lookFor } from './looks.ts';
import { withParts, withRemainder } from './page-content.ts';
import type { Save } from './record.ts';

/**
 * So long a page waits for its template before it gets more, in milliseconds. Notion fills it some time after the row was made, and says
 * neither when nor what becomes of blocks that are there by then ("Creating pages from templates" in its guides).
 */
const TEMPLATE_TIME = 10_000;

/** That a row was made is a fact, whenever it is heard. */
export function made(save: Save, event: EventOf<'created'>): Save {
  if (save.state === 'sending' || save.state === 'checking') return arrived(save, event);
  if (save.row?.id === event.row.id) return save;
  if (save.row) {
    // Two of one save: the one that is noted stays.
    const { doubles = [] } = save.repeats ?? {};
    return { ...save, dueAt: event.at, repeats: { ...save.repeats, doubles: [...doubles, event.row] } };
  }
  if (!event.sent) return save;
  // It was believed absent.
  const { written: _, ...rest } = save;
  const held = isSame(event.sent, save.capture) ? {} : { written: event.sent };
  return arrived({ ...rest, ...held }, event);
}

export function arrived(
  { begun: _, isUnseen: __, ...save }: Save,
  event: EventOf<'created' | 'found'>,
): Save {
  const { row, at, doubt } = event;
  const sent = save.written ?? save.capture;
  const there: Save = {
    ...atRest(save),
    state: 'in-notion',
    row,
    lookedAt: event.type === 'found' ? event.asOf : null,
    dueAt: at,
    ...(doubt ? { repeats: { ...save.repeats, row: { ...lookFor(doubt, at), sent } } } : {}),
  };
  const next = withParts(withRemainder(there, event), event);
  const isBehindTemplate = next.content !== undefined && sent.template !== undefined;
  return isBehindTemplate ? { ...next, dueAt: at + TEMPLATE_TIME } : next;
}
