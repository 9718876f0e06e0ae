/** The article of a row that a new one takes the place of: it goes once that is there, and comes back on Undo. */

import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import type { Save } from './record.ts';
import { undoneIfReverted } from './undone.ts';

/** Whether an earlier article may still have to go. */
export const isReplacing = ({ state, wanted, written, content, page }: Save): boolean =>
  state === 'in-notion' &&
  wanted === 'row' &&
  !written &&
  !content &&
  page?.earlier !== undefined &&
  !page.earlier.isDone;

/** Whether it is to come back. */
export const isPuttingBack = ({ wanted, page }: Save): boolean =>
  wanted === 'nothing' && (page?.earlier?.gone?.length ?? 0) > 0;

export function replaced(save: Save, { at, earlier }: EventOf<'replaced'>): Save {
  if (save.state !== 'in-notion' || !save.page?.earlier) return save;
  // What went to the trash while the user took it back comes back as well.
  const gone = new Set([...(save.page.earlier.gone ?? []), ...(earlier.gone ?? [])]);
  const now = save.wanted === 'row' ? earlier : { ...save.page.earlier, gone: [...gone] };
  return { ...atRest(save), page: { ...save.page, earlier: now }, dueAt: at };
}

/** The user takes back what it made room for. What is to go next may be gone already, as a request of a background that died. */
export function reverting(save: Save): Save {
  const { earlier } = save.page ?? {};
  if (!save.page || !earlier) return save;
  const { blocks = [], ...rest } = earlier;
  const gone = [...new Set([...(rest.gone ?? []), ...blocks.slice(0, 1)])];
  return { ...save, page: { ...save.page, earlier: { ...rest, gone } } };
}

export function putBack(save: Save, { at, id }: EventOf<'put-back'>): Save {
  const { earlier } = save.page ?? {};
  if (!save.page || !earlier) return save;
  const gone = (earlier.gone ?? []).filter((one) => one !== id);
  return undoneIfReverted({
    ...atRest(save),
    page: { ...save.page, earlier: { ...earlier, gone } },
    dueAt: at,
  });
}
