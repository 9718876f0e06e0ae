/** The clock of the device was set back: times that were near stay as near. */

import { withRepeats } from './looks.ts';
import type { Save } from './record.ts';

export function setBack(save: Save, at: number): Save {
  if (save.changedAt <= at) return save;
  const moved = (time: number) => at + Math.max(0, time - save.changedAt);
  const { row, blocks, ...repeats } = save.repeats ?? {};
  return withRepeats(
    {
      ...save,
      dueAt: moved(save.dueAt),
      leaseUntil: save.leaseUntil && moved(save.leaseUntil),
      ...(save.readingUntil === undefined ? {} : { readingUntil: moved(save.readingUntil) }),
    },
    {
      ...repeats,
      ...(row ? { row: { ...row, dueAt: moved(row.dueAt) } } : {}),
      ...(blocks ? { blocks: { ...blocks, dueAt: moved(blocks.dueAt) } } : {}),
    },
  );
}
