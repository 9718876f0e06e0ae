/**
 * A save, from the moment it is kept on this device until its row is in Notion or undone.
 *
 *              ┌───────────── will pass ──────────────┐
 *              ▼                                      │
 *   ──▶ kept ──── claimed ───▶ sending ─── refused ───┴──▶ needs-you ── try now, amend ──▶ kept
 *        ▲  ▲                    │  │
 *        │  └──── absent ────┐   │  └─── created ───────────────────────▶ in-notion
 *        │                   │   │ unsure, or nobody came back               ▲
 *        │                   │   ▼                                           │
 *        │                 checking ─────────── found ───────────────────────┘
 *        │
 *   undo: kept, needs-you ──▶ undone         in-notion ──▶ trash the row ──▶ undone
 *         sending, checking: remembered in `wanted`, done as soon as the row's fate is known
 *
 * `step` is the only thing that changes a save. It is pure: what should happen next follows from the save itself
 * (`nextAction`), so a save that is read back after a crash goes on exactly as one that never left memory.
 *
 * A create is never repeated blindly, because Notion has no idempotency key: `sending` is stored before the request
 * goes out, and whoever finds a save in `sending` whose lease has run out must look for the row first.
 */
import type { Capture } from '../capture/capture.ts';
import { type Failure, meaningOf } from '../failure.ts';
import type { Row, Save } from './record.ts';
import { retryDelay } from './retry.ts';

/**
 * How long a claim lasts, in milliseconds: longer than everything one claim may take together, which is a token
 * refresh and two requests of 20 s each.
 */
export const LEASE = 60_000;

/**
 * How long after an uncertain end the row may still appear in a query, in milliseconds. Notion says nothing of the
 * delay between a write and its showing up in queries; its search index lags by seconds.
 */
export const SETTLE = 45_000;

/** What can happen to a save. `at` is the time in milliseconds since the epoch. */
export type SaveEvent =
  /** Someone begins to work on it; must be stored before any request goes out. */
  | { type: 'claimed'; at: number }
  /** The row exists, and this is it. */
  | { type: 'created' | 'found'; at: number; row: Row }
  /** The request certainly had no effect. */
  | { type: 'refused'; at: number; failure: Failure; jitter: number }
  /** The request may have had its effect. */
  | { type: 'unsure'; at: number; failure: Failure; jitter: number }
  /**
   * The look-up found no row of this save. It was sent at `asOf`; the device may have slept before its answer was heard.
   * `settledAt` is the latest of any save that may have taken this one's row for its own: until then its own may show up.
   */
  | { type: 'absent'; at: number; asOf: number; settledAt: number; jitter: number }
  /** Whoever had claimed it is dead, and its connection closed. */
  | { type: 'abandoned'; at: number }
  /** The row is in the trash, or was gone already. */
  | { type: 'trashed'; at: number }
  | { type: 'undo'; at: number }
  | { type: 'try-now'; at: number }
  | { type: 'amended'; at: number; capture: Capture; destinationId: string; botId: string };

/** What is to be done about a save next. */
export type Action = 'create' | 'look-up' | 'trash';

export const newSave = (
  id: string,
  capture: Capture,
  destinationId: string,
  botId: string,
  at: number,
): Save => ({
  version: 1,
  id,
  capture,
  destinationId,
  botId,
  state: 'kept',
  wanted: 'row',
  tries: 0,
  sentAt: null,
  settledAt: 0,
  dueAt: at,
  leaseUntil: 0,
  row: null,
  failure: null,
  changedAt: at,
});

/** The request a save calls for in its present state, whenever it is due; null when it calls for none. */
export function nextAction(save: Save): Action | null {
  switch (save.state) {
    case 'kept':
      return 'create';
    case 'sending':
    case 'checking':
      return 'look-up';
    case 'in-notion':
      return save.wanted === 'nothing' ? 'trash' : null;
    case 'needs-you':
    case 'undone':
      return null;
  }
}

/** When a save wants attention next, in milliseconds since the epoch; null: never by itself. */
export function dueTime(save: Save): number | null {
  return nextAction(save) === null ? null : Math.max(save.dueAt, save.leaseUntil);
}

/** Whether nothing more will happen to a save by itself or by the user's help. */
export const isFinished = (save: Save): boolean =>
  save.state === 'undone' || (save.state === 'in-notion' && save.wanted === 'row');

/** The next save after an event. An event that does not fit the state leaves the save as it is. */
export function step(save: Save, event: SaveEvent): Save {
  const next = move(save, event);
  return next === save ? save : { ...next, changedAt: event.at };
}

function move(save: Save, event: SaveEvent): Save {
  switch (event.type) {
    case 'claimed':
      return claim(save, event.at);
    case 'created':
    case 'found':
      return save.state === 'sending' || save.state === 'checking'
        ? { ...settled(save), state: 'in-notion', row: event.row, dueAt: event.at }
        : save;
    case 'refused':
      return refuse(save, event);
    case 'unsure':
      if (save.state === 'sending') {
        // The first look costs one request and mostly settles the matter.
        return { ...waiting(save, 'checking', event), settledAt: event.at + SETTLE };
      }
      return save.state === 'checking' || save.state === 'in-notion'
        ? waiting(save, save.state, event)
        : save;
    case 'absent':
      return save.state === 'checking' ? absent(save, event) : save;
    case 'abandoned':
      if (save.leaseUntil === 0) return save;
      return save.state === 'sending'
        ? { ...save, state: 'checking', leaseUntil: 0, dueAt: event.at, settledAt: event.at + SETTLE }
        : { ...save, leaseUntil: 0 };
    case 'trashed':
      return save.state === 'in-notion' && save.wanted === 'nothing'
        ? { ...settled(save), state: 'undone' }
        : save;
    case 'undo':
      return undo(save, event.at);
    case 'try-now':
      if (save.state === 'needs-you') return again(save, event.at);
      return nextAction(save) ? { ...save, dueAt: event.at, tries: 0 } : save;
    case 'amended':
      // Only a save whose row certainly does not exist yet may change its contents before it is sent.
      if (save.state !== 'kept' && !(save.state === 'needs-you' && save.sentAt === null)) return save;
      return {
        ...again(save, event.at),
        state: 'kept',
        capture: event.capture,
        destinationId: event.destinationId,
        botId: event.botId,
      };
  }
}

const settled = (save: Save): Save => ({ ...save, tries: 0, leaseUntil: 0, failure: null });

/** A needs-you save goes back to where it came from: to checking when a row may exist, else to kept. */
const again = (save: Save, at: number): Save => ({
  ...save,
  state: save.row ? 'in-notion' : save.sentAt === null ? 'kept' : 'checking',
  tries: 0,
  dueAt: at,
  leaseUntil: 0,
  failure: null,
});

function claim(save: Save, at: number): Save {
  const action = nextAction(save);
  if (action === null || at < save.leaseUntil) return save;
  const leased = { ...save, leaseUntil: at + LEASE };
  if (action === 'create') return { ...leased, state: 'sending', sentAt: save.sentAt ?? at };
  if (save.state === 'sending') return { ...leased, state: 'checking', settledAt: at + SETTLE };
  return leased;
}

function absent(save: Save, { at, asOf, jitter, ...others }: SaveEvent & { type: 'absent' }): Save {
  const settledAt = Math.max(save.settledAt, others.settledAt);
  if (asOf < settledAt) {
    const tries = save.tries + 1;
    const next = at + retryDelay(tries, undefined, jitter);
    return { ...save, settledAt, tries, leaseUntil: 0, dueAt: Math.min(Math.max(settledAt, at), next) };
  }
  if (save.wanted === 'nothing') return { ...settled(save), state: 'undone' };
  return { ...save, state: 'kept', sentAt: null, dueAt: at, leaseUntil: 0 };
}

function refuse(save: Save, event: { at: number; failure: Failure; jitter: number }): Save {
  switch (save.state) {
    case 'sending':
      // This request had no effect, and no earlier one did or it would have been found: nothing was ever sent.
      if (save.wanted === 'nothing') return { ...settled(save), state: 'undone' };
      return waiting({ ...save, sentAt: null }, 'kept', event);
    case 'checking':
    case 'in-notion':
      return waiting(save, save.state, event);
    default:
      return save;
  }
}

/** Back to `state` until the failure has passed, or to the user when it will not pass by itself. */
function waiting(
  save: Save,
  state: 'kept' | 'checking' | 'in-notion',
  { at, failure, jitter }: { at: number; failure: Failure; jitter: number },
): Save {
  const tries = save.tries + 1;
  const stuck = meaningOf(failure).hope !== 'later';
  return {
    ...save,
    state: stuck ? 'needs-you' : state,
    tries,
    failure,
    leaseUntil: 0,
    dueAt: at + retryDelay(tries, failure.retryAfter, jitter),
  };
}

function undo(save: Save, at: number): Save {
  if (save.wanted === 'nothing') return save;
  const unwanted: Save = { ...save, wanted: 'nothing' };
  switch (save.state) {
    case 'kept':
      return { ...settled(unwanted), state: 'undone' };
    case 'needs-you':
      return save.row === null && save.sentAt === null
        ? { ...settled(unwanted), state: 'undone' }
        : again(unwanted, at);
    case 'sending':
    case 'checking':
      return unwanted;
    case 'in-notion':
      return { ...unwanted, dueAt: at, tries: 0 };
    case 'undone':
      return save;
  }
}
