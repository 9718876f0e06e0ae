/** A save at which nobody is at work: it got further, or begins again. */

import type { Save } from './record.ts';

export const atRest = (save: Save): Save => ({ ...save, tries: 0, leaseUntil: 0, failure: null });

/** A needs-you save goes back to where it came from: to checking when a row may exist, else to kept. */
export const tryAgain = (save: Save, at: number): Save => ({
  ...save,
  state: save.repeats?.isGone
    ? 'undone'
    : save.row
      ? 'in-notion'
      : save.sentAt === null
        ? 'kept'
        : 'checking',
  tries: 0,
  dueAt: at,
  leaseUntil: 0,
  failure: null,
});
