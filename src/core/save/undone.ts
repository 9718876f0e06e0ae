/** When a save that the user takes back is undone; and what becomes of it when its row is in the trash or gone. */

import type { Failure } from '../failure.ts';
import { atRest } from './at-rest.ts';
import { withRepeats } from './looks.ts';
import type { Save } from './record.ts';

/** Its own row is gone; what the browser made twice is still to be looked for. */
export function trashed(save: Save): Save {
  const { repeats = {}, ...rest } = atRest(save);
  const { blocks: _, surplus: __, ...left } = repeats;
  return withRepeats({ ...rest, state: 'undone' }, { ...left, isGone: true });
}

/** A row that was there before, and is as it was again, is done with. */
export function undoneIfReverted(save: Save): Save {
  const { added = [], ...rest } = save;
  const isGiven =
    save.adopted !== undefined &&
    save.wanted === 'nothing' &&
    !save.written &&
    !save.content &&
    !save.repeats?.blocks &&
    !save.repeats?.surplus &&
    (save.page?.earlier?.gone ?? []).length === 0 &&
    added.length === 0;
  return isGiven ? { ...atRest(rest), state: 'undone' } : save;
}

/** There is no row to take anything out of, nor to give anything back to. In the trash is where one of our own was to go. */
export function lost(save: Save, why: Failure): Save {
  const { written: _, told: __, content: ___, added: ____, restoring: _____, ...rest } = save;
  return { ...trashed(rest), failure: save.adopted || why.code === 'row-gone' ? why : null };
}

export function restored(save: Save, at: number): Save {
  const { restoring: _, ...rest } = atRest(save);
  return { ...rest, dueAt: at };
}
