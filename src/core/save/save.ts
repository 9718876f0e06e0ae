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
 *   amended: `capture` is changed; what the row holds until it follows is in `written`
 *   undo: kept, needs-you ──▶ undone         in-notion ──▶ trash the row ──▶ undone
 *         sending, checking: remembered in `wanted`, done as soon as the row's fate is known
 *         a row that was there before: given back what it held, and rid of what was added ──▶ undone
 *   seek: a row of the same page is looked for first; one that is found is adopted: kept ──▶ in-notion
 *
 * `step` is the only thing that changes a save. It is pure: what should happen next follows from the save itself
 * (`nextAction`), so a save that is read back after a crash goes on exactly as one that never left memory.
 *
 * A create is never repeated blindly, because Notion has no idempotency key: `sending` is stored before the request
 * goes out, and whoever finds a save in `sending` whose lease has run out must look for the row first. The same holds for
 * blocks that are appended to its page (`content.sent`). Setting properties may be repeated.
 */
import type { Capture } from '../capture/capture.ts';
import { type Failure, failure } from '../failure.ts';
import { meaningOf } from '../meaning.ts';
import { sendable } from '../notion/content.ts';
import { isSame } from '../same.ts';
import { isOpen, type Row, type Save, type Seek } from './record.ts';
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

/** What the row's page is still to get, and what of the capture no property took. */
export type Left = { content?: readonly unknown[]; misfits?: readonly string[] };

/** What can happen to a save. `at` is the time in milliseconds since the epoch. */
export type SaveEvent =
  /** Someone begins to work on it; must be stored before any request goes out. */
  | { type: 'claimed'; at: number }
  /** The row exists, and this is it. */
  | ({ type: 'created'; at: number; row: Row } & Left)
  /** The look-up found it; `asOf` as below. */
  | ({ type: 'found'; at: number; row: Row; asOf: number } & Left)
  /** There is no row of that page. */
  | { type: 'not-seen'; at: number }
  /** There is a row of that page; it holds `held`, and is to hold `capture`. */
  | { type: 'adopted'; at: number; row: Row; held: Capture; capture: Capture }
  /** The row's properties hold `capture` now. */
  | ({ type: 'updated'; at: number; capture: Capture } & Left)
  /** What was sent of the page's content is there, as these blocks, or certainly is not. */
  | { type: 'appended'; at: number; ids: readonly string[] }
  | { type: 'not-appended'; at: number }
  /** This block is not in the page any more. */
  | { type: 'taken-out'; at: number; id: string }
  /** The request certainly had no effect. `unsent`: it was to add to the page's content. */
  | { type: 'refused'; at: number; failure: Failure; jitter: number; unsent?: true }
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
export type Action = 'seek' | 'create' | 'look-up' | 'update' | 'append' | 'look-into' | 'take-out' | 'trash';

export const newSave = (
  id: string,
  capture: Capture,
  destinationId: string,
  botId: string,
  at: number,
  seek: Seek | null = null,
): Save => ({
  ...(seek ? { seek } : {}),
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
      return save.seek ? 'seek' : 'create';
    case 'sending':
    case 'checking':
      return 'look-up';
    case 'in-notion':
      if (save.wanted === 'nothing' && !save.adopted) return 'trash';
      if (save.written) return 'update';
      if (save.content) return save.content.sent > 0 ? 'look-into' : 'append';
      return save.wanted === 'nothing' ? 'take-out' : null;
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
      if (save.state !== 'sending' && save.state !== 'checking') return save;
      return withLeft(
        {
          ...settled(save),
          state: 'in-notion',
          row: event.row,
          lookedAt: event.type === 'found' ? event.asOf : null,
          dueAt: event.at,
        },
        event,
      );
    case 'not-seen': {
      const { seek: _, ...sought } = save;
      return save.state === 'kept' && save.seek ? { ...settled(sought), dueAt: event.at } : save;
    }
    case 'adopted':
      return save.state === 'kept' && save.seek ? adopt(save, event) : save;
    case 'updated':
      return save.state === 'in-notion' && save.written ? updated(save, event) : save;
    case 'appended':
    case 'not-appended':
      return save.state === 'in-notion' && save.content ? appended(save, event) : save;
    case 'taken-out':
      return save.state === 'in-notion' && save.added ? takenOut(save, event) : save;
    case 'refused':
      return refuse(save, event);
    case 'unsure':
      // The first look costs one request and mostly settles the matter.
      if (save.state === 'sending') return waiting(save, 'checking', event);
      return save.state === 'undone' || save.state === 'needs-you' ? save : waiting(save, save.state, event);
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
      return amend(save, event);
  }
}

/** What was sent is no longer what is meant; a row that exists, or may exist, follows. */
function amend(save: Save, { at, capture, destinationId, botId }: SaveEvent & { type: 'amended' }): Save {
  if (save.wanted === 'nothing') return save;
  if (isOpen(save)) return { ...again(save, at), state: 'kept', capture, destinationId, botId };
  // A row stays in its database.
  if (save.destinationId !== destinationId) return save;
  const amended = meaning(save, capture);
  if (save.state === 'needs-you') return again(amended, at);
  return save.state === 'in-notion' ? { ...amended, dueAt: at, tries: 0, failure: null } : amended;
}

/** The row is to hold this. */
function meaning(save: Save, capture: Capture): Save {
  const { written = save.capture, ...rest } = save;
  const isHeld = isSame(written, capture) && !save.told;
  return { ...rest, capture, ...(isHeld ? {} : { written }) };
}

/** The page is to get these blocks as well. */
function withLeft(save: Save, { content = [], misfits = [] }: Left): Save {
  const { misfits: _, content: before = { blocks: [], sent: 0 }, ...rest } = save;
  const blocks = [...before.blocks, ...content];
  return {
    ...rest,
    ...(misfits.length === 0 ? {} : { misfits: [...misfits] }),
    ...(blocks.length === 0 ? {} : { content: { blocks, sent: before.sent } }),
  };
}

function adopt(save: Save, { at, row, held, capture }: SaveEvent & { type: 'adopted' }): Save {
  const { seek: _, ...sought } = save;
  const adopted: Save = { ...settled(sought), state: 'in-notion', row, adopted: held, dueAt: at };
  if (save.wanted === 'nothing') return { ...adopted, state: 'undone' };
  return { ...adopted, capture, ...(isSame(held, capture) ? {} : { written: held }) };
}

function updated(save: Save, event: SaveEvent & { type: 'updated' }): Save {
  const { written: _, told: __, ...rest } = settled(save);
  const next: Save = { ...rest, dueAt: event.at };
  const isMeant = isSame(event.capture, save.capture);
  const held = isMeant ? next : { ...next, written: event.capture };
  return save.wanted === 'row' ? withLeft(held, event) : given(held);
}

function appended(save: Save, event: SaveEvent & { type: 'appended' | 'not-appended' }): Save {
  const { content, ...rest } = settled(save);
  if (!content) return save;
  const isThere = event.type === 'appended';
  const blocks = isThere ? content.blocks.slice(content.sent) : content.blocks;
  const isMore = blocks.length > 0 && save.wanted === 'row';
  return given({
    ...rest,
    dueAt: event.at,
    ...(isMore ? { content: { blocks, sent: 0 } } : {}),
    // Of a row of its own, all goes to the trash together.
    ...(isThere && save.adopted ? { added: [...(save.added ?? []), ...event.ids] } : {}),
  });
}

function takenOut(save: Save, { at, id }: SaveEvent & { type: 'taken-out' }): Save {
  const added = (save.added ?? []).filter((one) => one !== id);
  return given({ ...settled(save), dueAt: at, added });
}

/** A row that was there before, and is as it was again, is done with. */
function given(save: Save): Save {
  const { added = [], ...rest } = save;
  const isGiven =
    save.adopted !== undefined &&
    save.wanted === 'nothing' &&
    !save.written &&
    !save.content &&
    added.length === 0;
  return isGiven ? { ...settled(rest), state: 'undone' } : save;
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
  if (action === 'append' && save.content) {
    const sent = sendable(save.content.blocks);
    return { ...leased, content: { ...save.content, sent } };
  }
  if (save.state === 'sending') return { ...leased, state: 'checking' };
  return action === 'update' ? { ...leased, told: [...toldBefore(save), save.capture] } : leased;
}

/** However often the same is told: those times that it may have heard, and the last one. */
function toldBefore({ told = [], capture }: Save): Capture[] {
  const isRepeated = told.slice(-2).filter((one) => isSame(one, capture)).length === 2;
  return isRepeated ? told.slice(0, -1) : told;
}

/** The row did not hear what it was told last. */
function untold(save: Save): Save {
  const { told = [], ...rest } = save;
  return told.length > 1 ? { ...rest, told: told.slice(0, -1) } : rest;
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
  return { ...unsent(save), state: 'kept', dueAt: at, leaseUntil: 0 };
}

/** What was sent had no effect. */
function unsent(save: Save): Save {
  const { written: _, ...rest } = save;
  return { ...rest, sentAt: null };
}

function refuse(save: Save, event: SaveEvent & { type: 'refused' }): Save {
  switch (save.state) {
    case 'sending':
      // This request had no effect, and no earlier one did or it would have been found: nothing was ever sent.
      if (save.wanted === 'nothing') return { ...settled(save), state: 'undone' };
      return waiting(unsent(save), 'kept', event);
    case 'in-notion':
      if (!event.unsent || !save.content)
        return waiting(save.written ? untold(save) : save, 'in-notion', event);
      if (save.wanted === 'nothing') return appended(save, { type: 'not-appended', at: event.at });
      return waiting({ ...save, content: { ...save.content, sent: 0 } }, 'in-notion', event);
    case 'kept':
    case 'checking':
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
      if (save.row === null && save.sentAt === null) return { ...settled(unwanted), state: 'undone' };
      return save.adopted ? giveBack(again(save, at), save.adopted, at) : again(unwanted, at);
    case 'sending':
    case 'checking':
      return unwanted;
    case 'in-notion':
      return save.adopted ? giveBack(save, save.adopted, at) : { ...unwanted, dueAt: at, tries: 0 };
    case 'undone':
      return save;
  }
}

/** A row that was there before is made as it was. */
function giveBack(save: Save, adopted: Capture, at: number): Save {
  const { content, ...rest } = meaning(save, adopted);
  const back: Save = { ...rest, wanted: 'nothing', dueAt: at, tries: 0 };
  return given({
    ...back,
    // What was sent may be there.
    ...(content && content.sent > 0
      ? { content: { blocks: content.blocks.slice(0, content.sent), sent: content.sent } }
      : {}),
  });
}

/** A save of a row that is there already: it is to hold `capture` in place of `held`. */
export function newChange(
  id: string,
  { row, held, capture }: { row: Row; held: Capture; capture: Capture },
  destinationId: string,
  botId: string,
  at: number,
): Save {
  const seeking = newSave(id, capture, destinationId, botId, at, 'leave');
  return step(seeking, { type: 'adopted', at, row, held, capture });
}
