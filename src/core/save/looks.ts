/** When it is looked for what a browser may have made twice, and how the open questions are noted. */

import { SETTLE, untilSettled } from '../notion/settle.ts';
import type { Doubt } from './events.ts';
import type { Save } from './record.ts';
import type { Repeats } from './repeats.ts';

/** Later looks are due at full quarters of a minute: those of a burst of saves fall together, and are one query. */
const TOGETHER = 15_000;
const together = (time: number): number => Math.ceil(time / TOGETHER) * TOGETHER;

/** When it is looked for next what was made twice. */
export const lookFor = (doubt: Doubt, at: number) => ({
  ...doubt,
  dueAt: doubt.lookedAt === null ? at : together(at + SETTLE),
});

/** The question is open until two looks, far enough apart, have been taken. */
export function stillOpen<T extends { lookedAt: number | null; dueAt: number }>(
  look: T,
  { at, asOf }: { at: number; asOf: number },
): T | undefined {
  const lookedAt = look.lookedAt ?? asOf;
  const left = untilSettled(lookedAt, asOf);
  return left > 0 ? { ...look, lookedAt, dueAt: together(at + left) } : undefined;
}

/** A save with these open questions; what is empty is left out. */
export function withRepeats(save: Save, repeats: Repeats): Save {
  const { repeats: _, ...rest } = save;
  const {
    row,
    blocks,
    doubles = [],
    removed = [],
    suspects = [],
    spared = [],
    surplus = [],
    isGone,
  } = repeats;
  const next: Repeats = {
    ...(row ? { row } : {}),
    // Of use only as long as rows are looked for.
    ...(row && spared.length > 0 ? { spared } : {}),
    ...(blocks ? { blocks } : {}),
    ...(doubles.length > 0 ? { doubles } : {}),
    ...(removed.length > 0 ? { removed } : {}),
    ...(suspects.length > 0 ? { suspects } : {}),
    ...(surplus.length > 0 ? { surplus } : {}),
  };
  const isAny = Object.keys(next).length > 0;
  return isAny ? { ...rest, repeats: { ...next, ...(isGone ? { isGone } : {}) } } : rest;
}
