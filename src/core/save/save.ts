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
 *   held by the user to change it: kept ──▶ needs-you
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
import { type Failure, failure, meaningOf } from '../failure.ts';
import { isOpen, type Row, type Save } from './record.ts';
import { retryDelay } from './retry.ts';

/**
 * How long a claim lasts, in milliseconds: longer than everything one claim may take together, which is a token
 * refresh and two requests of 20 s each.
 */
export const LEASE = 60_000;

/**
 * How long a row may keep from showing up in queries, in milliseconds of Notion's clock. Notion says nothing of the
 * delay between a write and its showing up; its search index lags by seconds.
 */
export const SETTLE = 45_000;

/** What can happen to a save. `at` is the time in milliseconds since the epoch. */
export type SaveEvent =
  /** Someone begins to work on it; must be stored before any request goes out. */
  | { type: 'claimed'; at: number }
  /** The row exists, and this is it. */
  | { type: 'created'; at: number; row: Row }
  /** The look-up found it; `asOf` as below. */
  | { type: 'found'; at: number; row: Row; asOf: number }
  /** The request certainly had no effect. */
  | { type: 'refused'; at: number; failure: Failure; jitter: number }
  /** The request may have had its effect. */
  | { type: 'unsure'; at: number; failure: Failure; jitter: number }
  /**
   * The look-up found no row of this save. `asOf` is Notion's own time, since the device's clock may be set and the device
   * may sleep. `since`: when another save may last have taken this one's row for its own, by Notion's time; until it
   * has settled, its own may show up.
   */
  | { type: 'absent'; at: number; asOf: number; since: number; jitter: number }
  /** Whoever had claimed it is dead, and its connection closed. */
  | { type: 'abandoned'; at: number }
  /** The row is in the trash, or was gone already. */
  | { type: 'trashed'; at: number }
  /** The device's clock was set back: times that were in the future would be waited for twice. */
  | { type: 'set-back'; at: number }
  /** The user is about to change it: it stays until they have. */
  | { type: 'held'; at: number }
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
  lookedAt: null,
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
        ? {
            ...settled(save),
            state: 'in-notion',
            row: event.row,
            lookedAt: event.type === 'found' ? event.asOf : null,
            dueAt: event.at,
          }
        : save;
    case 'refused':
      return refuse(save, event);
    case 'unsure':
      // The first look costs one request and mostly settles the matter.
      if (save.state === 'sending') return waiting(save, 'checking', event);
      return save.state === 'checking' || save.state === 'in-notion'
        ? waiting(save, save.state, event)
        : save;
    case 'absent':
      return save.state === 'checking' ? absent(save, event) : save;
    case 'abandoned':
      if (save.leaseUntil === 0) return save;
      return save.state === 'sending'
        ? { ...save, state: 'checking', leaseUntil: 0, dueAt: event.at }
        : { ...save, leaseUntil: 0 };
    case 'trashed':
      return save.state === 'in-notion' && save.wanted === 'nothing'
        ? { ...settled(save), state: 'undone' }
        : save;
    case 'set-back':
      return setBack(save, event.at);
    case 'held':
      return save.state === 'kept' && isOpen(save)
        ? { ...save, state: 'needs-you', failure: failure('being-edited') }
        : save;
    case 'undo':
      return undo(save, event.at);
    case 'try-now':
      if (save.state === 'needs-you') return again(save, event.at);
      return nextAction(save) ? { ...save, dueAt: event.at, tries: 0 } : save;
    case 'amended':
      if (!isOpen(save)) return save;
      return {
        ...again(save, event.at),
        state: 'kept',
        capture: event.capture,
        destinationId: event.destinationId,
        botId: event.botId,
      };
  }
}

function setBack(save: Save, at: number): Save {
  if (save.changedAt <= at) return save;
  const moved = (time: number) => at + Math.max(0, time - save.changedAt);
  return { ...save, dueAt: moved(save.dueAt), leaseUntil: save.leaseUntil && moved(save.leaseUntil) };
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
  if (action === 'create') return { ...leased, state: 'sending', sentAt: save.sentAt ?? at, lookedAt: null };
  if (save.state === 'sending') return { ...leased, state: 'checking' };
  return leased;
}

/** A row is believed absent when two look-ups, far enough apart by Notion's own clock, have not found it. */
function absent(save: Save, { at, asOf, since, jitter }: SaveEvent & { type: 'absent' }): Save {
  const lookedAt = Math.max(save.lookedAt ?? asOf, since);
  const left = lookedAt + SETTLE - asOf;
  if (left > 0) {
    const tries = save.tries + 1;
    const wait = Math.min(left, retryDelay(tries, undefined, jitter));
    return { ...save, lookedAt, tries, leaseUntil: 0, dueAt: at + wait };
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
  { at, failure: why, jitter }: { at: number; failure: Failure; jitter: number },
): Save {
  const tries = save.tries + 1;
  const stuck = meaningOf(why).hope !== 'later';
  return {
    ...save,
    state: stuck ? 'needs-you' : state,
    tries,
    failure: why,
    leaseUntil: 0,
    dueAt: at + retryDelay(tries, why.retryAfter, jitter),
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
