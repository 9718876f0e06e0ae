/** What looking for second rows and second blocks has brought, and what becomes of those that were found. */

import type { Row } from '../database/row.ts';
import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import { stillOpen, withRepeats } from './looks.ts';
import type { Save } from './record.ts';
import type { Repeats } from './repeats.ts';
import { undoneIfReverted } from './undone.ts';

export function verified(save: Save, event: EventOf<'verified' | 'undecided'>): Save {
  const { repeats = {}, ...rest } = save;
  if (!repeats.row) return save;
  const { waitsFor: _, ...look } = repeats.row;
  const next: Save = { ...atRest(rest), dueAt: event.at };
  if (event.type === 'undecided')
    return withRepeats(next, { ...repeats, row: { ...look, dueAt: event.at, waitsFor: event.other } });
  const { doubles = [], suspects = [], removed = [], spared = [] } = repeats;
  const known = new Set([...removed, ...spared, ...[...doubles, ...suspects].map(({ id }) => id)]);
  const fresh = (rows: readonly Row[]) => rows.filter(({ id }) => !known.has(id));
  return withRepeats(next, {
    ...repeats,
    row: stillOpen(look, event),
    doubles: [...doubles, ...fresh(event.doubles)],
    suspects: [...suspects, ...fresh(event.suspects)],
  });
}

export function blocksVerified(save: Save, event: EventOf<'blocks-verified'>): Save {
  const { repeats = {}, ...rest } = save;
  if (!repeats.blocks) return save;
  const { cursor: _, isPast: __, ...look } = repeats.blocks;
  const goesOn = event.isPast ? ({ cursor: event.cursor, isPast: true } as const) : { cursor: event.cursor };
  const open = event.cursor === undefined ? stillOpen(look, event) : { ...look, ...goesOn };
  const surplus = [...new Set([...(repeats.surplus ?? []), ...event.surplus])];
  return undoneIfReverted(
    withRepeats({ ...atRest(rest), dueAt: event.at }, { ...repeats, blocks: open, surplus }),
  );
}

export function doubleSettled(save: Save, { at, type, id }: EventOf<'double-gone' | 'double-touched'>): Save {
  const { repeats = {}, ...rest } = save;
  const { doubles = [], suspects = [], removed = [] } = repeats;
  const others = doubles.filter((one) => one.id !== id);
  const one = doubles.find((double) => double.id === id);
  if (!one) return save;
  const kept = type === 'double-gone' ? [] : [{ id, url: one.url }];
  return withRepeats(
    { ...atRest(rest), dueAt: at },
    {
      ...repeats,
      doubles: others,
      suspects: [...suspects, ...kept],
      removed: type === 'double-gone' ? [...removed, id] : removed,
    },
  );
}

/** The user has ended it themselves; what is known of by then they are told. */
export function stopLooking(
  save: Save,
  { row: _, blocks: __, surplus: ___, doubles = [], suspects = [], ...left }: Repeats,
): Save {
  const told = doubles.map(({ id, url }) => ({ id, url }));
  return undoneIfReverted(withRepeats(atRest(save), { ...left, suspects: [...suspects, ...told] }));
}

/** What the user says of a row that may be a double. */
export function decide(save: Save, { at, type, id }: EventOf<'unwanted' | 'spared'>): Save {
  const { doubles = [], suspects = [], spared = [] } = save.repeats ?? {};
  const one = suspects.find((suspect) => suspect.id === id);
  if (!one) return save;
  const left = { ...save.repeats, suspects: suspects.filter((suspect) => suspect !== one) };
  return type === 'spared'
    ? withRepeats(save, { ...left, spared: [...spared, id] })
    : withRepeats(
        { ...save, dueAt: at, tries: 0 },
        { ...left, doubles: [...doubles, { ...one, isAsked: true }] },
      );
}
