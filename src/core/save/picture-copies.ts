/** Copies of pictures that Notion makes once all else of a page is there. */

import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import type { Save } from './record.ts';

/** Whether pictures of a page that has arrived may still be copied. */
export const isCopying = ({ state, wanted, written, content, page }: Save): boolean =>
  state === 'in-notion' &&
  wanted === 'row' &&
  !written &&
  !content &&
  page?.copies !== undefined &&
  !page.copies.isDone;

export function copied(save: Save, { at, copies, wait = 0 }: EventOf<'copied'>): Save {
  if (!save.page || !isCopying(save)) return save;
  const { copies: _, ...page } = save.page;
  return { ...atRest(save), page: { ...page, ...(copies ? { copies } : {}) }, dueAt: at + wait };
}
