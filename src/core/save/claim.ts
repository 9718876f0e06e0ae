/** Who may work on a save, for how long, and what is noted before a request goes out. */

import type { Capture } from '../capture/capture.ts';
import { isSame } from '../same.ts';
import { nextAction } from './next-action.ts';
import { sending } from './page-content.ts';
import type { Save } from './record.ts';

/**
 * How long a claim lasts, in milliseconds: longer than everything one claim may take together, which is a token
 * refresh and two requests of 20 s each.
 */
export const LEASE = 60_000;

export function claim(save: Save, at: number): Save {
  const action = nextAction(save);
  if (action === null || at < save.leaseUntil) return save;
  const leased: Save = { ...save, leaseUntil: at + LEASE, claim: (save.claim ?? 0) + 1 };
  if (action === 'create') return { ...leased, state: 'sending', sentAt: save.sentAt ?? at, lookedAt: null };
  if (action === 'append') return sending(leased);
  if (save.state === 'sending') return { ...leased, state: 'checking' };
  return action === 'update' ? { ...leased, told: [...updatesOut(save), save.capture] } : leased;
}

/** Whoever had claimed it is dead. */
export function abandoned(save: Save, at: number): Save {
  if (save.leaseUntil === 0) return save;
  return save.state === 'sending'
    ? { ...save, state: 'checking', leaseUntil: 0, dueAt: at }
    : { ...save, leaseUntil: 0 };
}

/** However often the same is told: those times that it may have heard, and the last one. */
function updatesOut({ told = [], capture }: Save): Capture[] {
  const isRepeated = told.slice(-2).filter((one) => isSame(one, capture)).length === 2;
  return isRepeated ? told.slice(0, -1) : told;
}

/** The row did not hear what it was told last. */
export function withoutLastUpdate(save: Save): Save {
  const { told = [], ...rest } = save;
  return told.length > 1 ? { ...rest, told: told.slice(0, -1) } : rest;
}
