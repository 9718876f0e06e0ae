/** What is appended to the page of a row: what is still to be sent, what is there, what is to be taken out again. */

import { untilSettled } from '../notion/settle.ts';
import { atRest } from './at-rest.ts';
import type { EventOf, Remainder } from './events.ts';
import { lookFor, withRepeats } from './looks.ts';
import type { Save } from './record.ts';
import { undoneIfReverted } from './undone.ts';

/** The page is to get these blocks as well. */
export function withRemainder(save: Save, { content = [], before = 0, misfits = [] }: Remainder): Save {
  const { misfits: _, content: there = { blocks: [], sent: 0, before }, ...rest } = save;
  const blocks = [...there.blocks, ...content];
  return {
    ...rest,
    ...(misfits.length === 0 ? {} : { misfits: [...misfits] }),
    ...(blocks.length === 0 ? {} : { content: { ...there, blocks } }),
  };
}

export function appended(save: Save, { at, ids, surplus = [], doubt }: EventOf<'appended'>): Save {
  const { content, ...rest } = atRest(save);
  if (!content) return save;
  const { blocks, sent, before = 0 } = content;
  const looking = doubt && { ...lookFor(doubt, at), ids: [...ids], blocks: blocks.slice(0, sent), before };
  const repeats = {
    ...save.repeats,
    ...(looking ? { blocks: looking } : {}),
    ...(surplus.length > 0 ? { surplus: [...(save.repeats?.surplus ?? []), ...surplus] } : {}),
  };
  return undoneIfReverted(
    withRepeats(
      {
        ...rest,
        dueAt: at,
        ...remaining(save, { blocks: blocks.slice(sent), sent: 0, before }),
        added: [...(save.added ?? []), ...ids],
      },
      repeats,
    ),
  );
}

/** What of its content a page is still to get. */
const remaining = ({ wanted }: Save, content: NonNullable<Save['content']>): Pick<Save, 'content'> =>
  content.blocks.length > 0 && wanted === 'row' ? { content } : {};

/** Like a row, blocks are believed absent when two looks, far enough apart, have not found them: the request may be late. */
export function notAppended(save: Save, { at, asOf }: EventOf<'not-appended'>): Save {
  const { content, ...rest } = atRest(save);
  if (!content) return save;
  const { lookedAt = asOf, seen: _, ...sent } = content;
  const left = untilSettled(lookedAt, asOf);
  if (left > 0) return { ...rest, content: { ...sent, lookedAt }, dueAt: at + left };
  return unappended(save, at);
}

/** What was sent of its content is certainly not there. */
export function unappended(save: Save, at: number): Save {
  const { content, ...rest } = atRest(save);
  if (!content) return save;
  const { blocks, before = 0 } = content;
  return undoneIfReverted({ ...rest, dueAt: at, ...remaining(save, { blocks, sent: 0, before }) });
}

export function lookedOn(save: Save, event: EventOf<'looked-on' | 'look-anew'>): Save {
  if (!save.content) return save;
  const { seen: _, ...content } = save.content;
  const seen = event.type === 'looked-on' ? { seen: { cursor: event.cursor, ids: [...event.ids] } } : {};
  return { ...atRest(save), content: { ...content, ...seen }, dueAt: event.at };
}

export function takenOut(save: Save, { at, id }: EventOf<'taken-out'>): Save {
  const added = save.added?.filter((one) => one !== id);
  const surplus = save.repeats?.surplus?.filter((one) => one !== id);
  const next: Save = { ...atRest(save), dueAt: at, ...(added ? { added } : {}) };
  return undoneIfReverted(surplus ? withRepeats(next, { ...save.repeats, surplus }) : next);
}
