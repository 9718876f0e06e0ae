/**
 * A save, from the moment it is kept on this device until its row is in Notion or undone.
 *
 *              ┌───────────── will pass ──────────────┐
 *              ▼                                      │
 *   ──▶ kept ──── claimed ───▶ sending ─── refused ───┴──▶ needs-you ── try now, amend ──▶ kept
 *        ▲  ▲                    │  │
 *        │  └──── absent ────┐   │  └─── created ──────────┬────────────▶ in-notion
 *        │                   │   │ unsure, or nobody came back               ▲
 *        │                   │   ▼                         │                 │
 *        │                 checking ─────────── found ─────┼─────────────────┘
 *        │                                                 ▼
 *        │                          may be there twice: verified, and verified again after SETTLE ──▶ settled
 *        │                                                 │
 *        │                                                 └─ a double ──▶ trashed
 *        │
 *   held by the user to change it: kept ──▶ needs-you
 *   amended: `capture` is changed; what the row holds until it follows is in `written`
 *   undo: kept, needs-you ──▶ undone         in-notion ──▶ trash the row ──▶ undone
 *         sending, checking: remembered in `wanted`, done as soon as the row's fate is known
 *         a row that was there before: given back what it held, and rid of what was added ──▶ undone
 *   a row in Notion's trash cannot be changed: in-notion ──▶ needs-you ── restore ──▶ in-notion, to be taken out first
 *   seek: a row of the same page is looked for first; one that is found is adopted: kept ──▶ in-notion
 *
 * Which optional fields a save may have in which state (`needs-you`: those of the state that it came from):
 *
 *                         kept   sending   checking   in-notion   undone
 *   seek                   x      x         x          x            x       how it was asked for
 *   isUnseen, begun        x      x         x                               what came of looking; amended before it arrived
 *   written                       x         x          x                    amended since it was sent
 *   told                                               x                    an update is out, or was and is not known to be done
 *   content                                            x                    the page is to get more
 *   added                                              x            x
 *   adopted                                            x            x       the row was there before
 *   restoring                                          x                    the row is to be taken out of the trash first
 *   misfits                                            x            x
 *   repeats                                            x            x       the browser may have sent something twice
 *   claim                  x      x         x          x            x
 *
 * `step` is the only thing that changes a save. It is pure: what should happen next follows from the save itself
 * (`nextAction`), so a save that is read back after a crash goes on exactly as one that never left memory.
 *
 * A create is never repeated blindly, because Notion has no idempotency key: `sending` is stored before the request
 * goes out, and whoever finds a save in `sending` whose lease has run out must look for the row first. The same holds for
 * blocks that are appended to its page (`content.sent`). Setting properties may be repeated, by us and by the browser: twice
 * is the same as once.
 *
 * A browser itself may send a request twice (see `HttpReply`). So after a create or an append whose reply may be the second of
 * two, or that ended uncertainly, what was made is looked for once more (`repeats`), whatever its own fate is by then.
 *
 * An event tells what came of one claim. What the user has said meanwhile is in the save and holds: events bring facts (what
 * a row holds), and `step` works out what follows for the save as it is now. An event of a claim that has been overtaken
 * changes nothing, but for a row that was made.
 */

import type { Capture } from '../capture/capture.ts';
import { withEdits } from '../capture/edits.ts';
import type { Row } from '../database/row.ts';
import { type Failure, failure } from '../failure.ts';
import { isRowLost, meaningOf } from '../meaning.ts';
import { sendable } from '../notion/content.ts';
import { addTo } from '../notion/read-row.ts';
import { SETTLE, untilSettled } from '../notion/settle.ts';
import { isSame } from '../same.ts';
import { isOpen, type Save, type Seek } from './record.ts';
import type { Repeats } from './repeats.ts';
import { retryDelay } from './retry.ts';

/**
 * How long a claim lasts, in milliseconds: longer than everything one claim may take together, which is a token
 * refresh and two requests of 20 s each.
 */
export const LEASE = 60_000;

/** Later looks are due at full quarters of a minute: those of a burst of saves fall together, and are one query. */
const TOGETHER = 15_000;
const together = (time: number): number => Math.ceil(time / TOGETHER) * TOGETHER;

/** What the row's page is still to get, how many blocks it came with, and what of the capture no property took. */
export type Left = { content?: readonly unknown[]; before?: number; misfits?: readonly string[] };

/**
 * What was made may have been made twice; `madeAt` by Notion's clock, in milliseconds since the epoch. `lookedAt`: a first
 * look at that time has found one alone.
 */
export type Doubt = { madeAt: number; lookedAt: number | null };

/** What came of one claim; `claim` says of which, left out: of the last one. `at` is the time in milliseconds since the epoch. */
export type ClaimEvent = { at: number; claim?: number } & (
  | /** The row exists, and this is it; it was sent to hold `sent`, or what is noted. */
  ({ type: 'created'; row: Row; sent?: Capture; doubt?: Doubt } & Left)
  /** The look-up found it; `asOf` as below. */
  | ({ type: 'found'; row: Row; asOf: number; doubt?: Doubt } & Left)
  /** There is no row of that page. */
  | { type: 'not-seen' }
  /** There is a row of that page, and it holds `held`. `single`: properties that take one option only. */
  | { type: 'adopted'; row: Row; held: Capture; single?: readonly string[] }
  /** The row's properties hold `capture` now. */
  | ({ type: 'updated'; capture: Capture } & Left)
  /** What was sent of the page's content is there, as these blocks. `surplus`: a second time, as those. */
  | { type: 'appended'; ids: readonly string[]; surplus?: readonly string[]; doubt?: Doubt }
  /** It is not there. */
  | { type: 'not-appended'; asOf: number }
  /** The page has more blocks than one claim reads; those that were found so far. */
  | { type: 'looked-on'; cursor: string; ids: readonly string[] }
  /** The place where reading was to go on is not known to Notion any more. */
  | { type: 'look-anew' }
  /** This block is not in the page any more, or is to stay. */
  | { type: 'taken-out'; id: string }
  /** The request certainly had no effect. `of`: what it was to do, where that is noted beforehand. */
  | { type: 'refused'; failure: Failure; jitter: number; of?: 'append' | 'update' }
  /** The request may have had its effect. */
  | { type: 'unsure'; failure: Failure; jitter: number }
  /**
   * The look-up found no row of this save. `asOf` is Notion's own time, since the device's clock may be set and the device
   * may sleep. `since`: when another save may last have taken this one's row for its own, by Notion's time; until it
   * has settled, its own may show up.
   */
  | { type: 'absent'; asOf: number; since: number; jitter: number }
  /** The row is in the trash, or was gone already. */
  | { type: 'trashed' }
  /** The row is not in the trash any more. */
  | { type: 'restored' }
  /** Rows were looked for that the browser made a second time: certainly, or perhaps. */
  | { type: 'verified'; asOf: number; doubles: readonly Row[]; suspects: readonly Row[] }
  /** Rows were found of which one may be that of this other save. */
  | { type: 'undecided'; other: string }
  /** Blocks were looked for that are there a second time; `cursor`: from there on they are still to be looked for. */
  | { type: 'blocks-verified'; asOf: number; surplus: readonly string[]; cursor?: string }
  /** What the browser made twice cannot be looked for: the workspace is not connected any more. */
  | { type: 'given-up' }
  /** This double is in the trash; or it has been touched since it was found, and stays. */
  | { type: 'double-gone' | 'double-touched'; id: string }
);

/** What can happen to a save. `at` is the time in milliseconds since the epoch. */
export type SaveEvent =
  | ClaimEvent
  | ({ at: number } & (
      | /** Someone begins to work on it; must be stored before any request goes out. */ { type: 'claimed' }
      /** Whoever had claimed it is dead, and its connection closed. */
      | { type: 'abandoned' }
      /** The device's clock was set back: times that were in the future would be waited for twice. */
      | { type: 'set-back' }
      /** The user is about to change it: it stays until they have. */
      | { type: 'held' }
      /** The user has gone without changing it: it goes on as it was. */
      | { type: 'released' }
      | { type: 'undo' }
      | { type: 'try-now' }
      /** The user wants the row out of the trash, and to go on. */
      | { type: 'restore' }
      /**
       * The user changed what they were shown, which was `from` (left out: what is noted now). `single`: properties that take
       * one option only.
       */
      | {
          type: 'amended';
          capture: Capture;
          destinationId: string;
          botId: string;
          from?: Capture | undefined;
          single?: readonly string[];
        }
      /** The user wants this row, which may be a double, gone; or wants it as well. */
      | { type: 'unwanted' | 'spared'; id: string }
    ));

/** What is to be done about a save next. */
export type Action =
  | 'seek'
  | 'create'
  | 'look-up'
  | 'verify'
  | 'trash-double'
  | 'update'
  | 'append'
  | 'look-into'
  | 'verify-blocks'
  | 'take-out'
  | 'restore'
  | 'trash';

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
      return isSeeking(save) ? 'seek' : 'create';
    case 'sending':
    case 'checking':
      return 'look-up';
    case 'in-notion':
      return urgent(save) ?? nextInNotion(save) ?? (save.repeats?.row ? 'verify' : null);
    case 'undone':
      return urgent(save) ?? (save.repeats?.row ? 'verify' : null);
    case 'needs-you':
      return null;
  }
}

/** Whether a row of the same page is to be looked for before one is made. */
const isSeeking = ({ state, seek, isUnseen }: Save): boolean =>
  state === 'kept' && seek !== undefined && isUnseen === undefined;

/** The first look is at once: most doubles are there by then. */
function urgent({ repeats = {} }: Save): Action | null {
  if (repeats.doubles && repeats.doubles.length > 0) return 'trash-double';
  return repeats.row?.lookedAt === null && repeats.row.waitsFor === undefined ? 'verify' : null;
}

function nextInNotion(save: Save): Action | null {
  const { wanted, adopted, restoring, written, content, repeats = {}, added = [] } = save;
  if (wanted === 'nothing' && !adopted) return 'trash';
  if (restoring) return 'restore';
  if (repeats.surplus && repeats.surplus.length > 0) return 'take-out';
  if (written) return 'update';
  if (repeats.blocks) return 'verify-blocks';
  if (content) return content.sent > 0 ? 'look-into' : 'append';
  return wanted === 'nothing' && added.length > 0 ? 'take-out' : null;
}

/** When a save wants attention next, in milliseconds since the epoch; null: never by itself. */
export function dueTime(save: Save): number | null {
  const action = nextAction(save);
  if (action === null) return null;
  const { row, blocks } = save.repeats ?? {};
  const look = action === 'verify' ? row?.dueAt : action === 'verify-blocks' ? blocks?.dueAt : 0;
  return Math.max(save.dueAt, save.leaseUntil, look ?? 0);
}

/** The next save after an event. An event that does not fit the state leaves the save as it is. */
export function step(save: Save, event: SaveEvent): Save {
  const next = move(save, event);
  return next === save ? save : { ...next, changedAt: event.at };
}

function move(save: Save, event: SaveEvent): Save {
  if ('claim' in event && event.claim !== undefined && event.claim !== (save.claim ?? 0))
    return event.type === 'created' ? made(save, event) : save;
  switch (event.type) {
    case 'claimed':
      return claim(save, event.at);
    case 'created':
      return made(save, event);
    case 'found':
      return save.state === 'sending' || save.state === 'checking' ? arrived(save, event) : save;
    case 'not-seen':
      return isSeeking(save) ? { ...settled(save), isUnseen: true, dueAt: event.at } : save;
    case 'adopted':
      return isSeeking(save) ? sought(save, event) : save;
    case 'updated':
      return save.state === 'in-notion' && save.written ? updated(save, event) : save;
    case 'appended':
      return save.state === 'in-notion' && save.content ? appended(save, event) : save;
    case 'not-appended':
      return save.state === 'in-notion' && save.content ? notAppended(save, event) : save;
    case 'looked-on':
    case 'look-anew':
      return save.state === 'in-notion' && save.content ? lookedOn(save, event) : save;
    case 'taken-out':
      return save.state === 'in-notion' ? takenOut(save, event) : save;
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
      return save.state === 'in-notion' && save.wanted === 'nothing' ? trashed(save) : save;
    case 'verified':
    case 'undecided':
      return save.repeats?.row ? verified(save, event) : save;
    case 'blocks-verified':
      return save.repeats?.blocks ? blocksVerified(save, event) : save;
    case 'double-gone':
    case 'double-touched':
      return save.repeats?.doubles ? doubleSettled(save, event) : save;
    case 'given-up':
      return save.repeats ? givenUpOn(save, save.repeats) : save;
    case 'unwanted':
    case 'spared':
      return decided(save, event);
    case 'restore':
      return save.state === 'needs-you' && save.failure?.code === 'row-in-trash'
        ? { ...again(save, event.at), restoring: true }
        : save;
    case 'restored':
      return save.state === 'in-notion' && save.restoring ? restored(save, event.at) : save;
    case 'set-back':
      return setBack(save, event.at);
    case 'held':
      return save.state === 'kept' && isOpen(save)
        ? { ...save, state: 'needs-you', failure: failure('being-edited') }
        : save;
    case 'released':
      return save.failure?.code === 'being-edited' ? again(save, event.at) : save;
    case 'undo':
      return undo(save, event.at);
    case 'try-now':
      if (save.state === 'needs-you') return again(save, event.at);
      return nextAction(save) ? { ...save, dueAt: event.at, tries: 0 } : save;
    case 'amended':
      return amend(save, event);
  }
}

type Event<T extends SaveEvent['type']> = Extract<SaveEvent, { type: T }>;

/** That a row was made is a fact, whenever it is heard. */
function made(save: Save, event: Event<'created'>): Save {
  if (save.state === 'sending' || save.state === 'checking') return arrived(save, event);
  if (save.row?.id === event.row.id) return save;
  if (save.row) {
    // Two of one save: the one that is noted stays.
    const { doubles = [] } = save.repeats ?? {};
    return { ...save, dueAt: event.at, repeats: { ...save.repeats, doubles: [...doubles, event.row] } };
  }
  if (!event.sent) return save;
  // It was believed absent.
  const { written: _, ...rest } = save;
  const held = isSame(event.sent, save.capture) ? {} : { written: event.sent };
  return arrived({ ...rest, ...held }, event);
}

function arrived({ begun: _, isUnseen: __, ...save }: Save, event: Event<'created' | 'found'>): Save {
  const { row, at, doubt } = event;
  const sent = save.written ?? save.capture;
  return withLeft(
    {
      ...settled(save),
      state: 'in-notion',
      row,
      lookedAt: event.type === 'found' ? event.asOf : null,
      dueAt: at,
      ...(doubt ? { repeats: { ...save.repeats, row: { ...lookFor(doubt, at), sent } } } : {}),
    },
    event,
  );
}

/** When it is looked for next what was made twice. */
const lookFor = (doubt: Doubt, at: number) => ({
  ...doubt,
  dueAt: doubt.lookedAt === null ? at : together(at + SETTLE),
});

/** What was sent is no longer what is meant; a row that exists, or may exist, follows. */
function amend(
  save: Save,
  { at, destinationId, botId, from = save.capture, single, ...event }: Event<'amended'>,
): Save {
  if (save.wanted === 'nothing') return save;
  // What they were shown may be older than what is noted. In another database, it is all there is.
  const capture =
    save.destinationId === destinationId
      ? withEdits(save.capture, from, event.capture, new Set(single))
      : event.capture;
  if (isOpen(save)) {
    const amended: Save = { ...again(save, at), state: 'kept', capture, destinationId, botId };
    if (!save.seek) return amended;
    const isElsewhere = destinationId !== save.destinationId || capture.url !== save.capture.url;
    const edited: Save = { ...amended, begun: save.begun ?? save.capture };
    if (!isElsewhere) return edited;
    // What was looked for, or is being looked for, is not what is meant any more.
    const { isUnseen: _, ...moved } = edited;
    return { ...moved, claim: (save.claim ?? 0) + 1 };
  }
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
function withLeft(save: Save, { content = [], before = 0, misfits = [] }: Left): Save {
  const { misfits: _, content: there = { blocks: [], sent: 0, before }, ...rest } = save;
  const blocks = [...there.blocks, ...content];
  return {
    ...rest,
    ...(misfits.length === 0 ? {} : { misfits: [...misfits] }),
    ...(blocks.length === 0 ? {} : { content: { ...there, blocks } }),
  };
}

/**
 * What the row is to hold follows from three: what the save began with, what the user has made of it since, and what the row
 * holds.
 */
function sought(save: Save, { at, row, held, single }: Event<'adopted'>): Save {
  const { begun = save.capture } = save;
  const onto = save.seek === 'add' ? addTo(held, begun) : held;
  return adopt(save, { at, row, held, capture: withEdits(onto, begun, save.capture, new Set(single)) });
}

function adopt(
  save: Save,
  { at, row, held, capture }: { at: number; row: Row; held: Capture; capture: Capture },
): Save {
  const { begun: _, ...rest } = save;
  const adopted: Save = { ...settled(rest), state: 'in-notion', row, adopted: held, dueAt: at };
  if (save.wanted === 'nothing') return { ...adopted, state: 'undone' };
  return { ...adopted, capture, ...(isSame(held, capture) ? {} : { written: held }) };
}

function updated(save: Save, event: Event<'updated'>): Save {
  const { written: _, told: __, ...rest } = settled(save);
  const next: Save = { ...rest, dueAt: event.at };
  const isMeant = isSame(event.capture, save.capture);
  const held = isMeant ? next : { ...next, written: event.capture };
  return save.wanted === 'row' ? withLeft(held, event) : given(held);
}

function appended(save: Save, { at, ids, surplus = [], doubt }: Event<'appended'>): Save {
  const { content, ...rest } = settled(save);
  if (!content) return save;
  const { blocks, sent, before = 0 } = content;
  const looking = doubt && { ...lookFor(doubt, at), ids: [...ids], blocks: blocks.slice(0, sent), before };
  const repeats = {
    ...save.repeats,
    ...(looking ? { blocks: looking } : {}),
    ...(surplus.length > 0 ? { surplus: [...(save.repeats?.surplus ?? []), ...surplus] } : {}),
  };
  return given(
    withRepeats(
      {
        ...rest,
        dueAt: at,
        ...remaining(save, { blocks: blocks.slice(sent), sent: 0, before }),
        added: [...(save.added ?? []), ...ids],
      },
      repeats,
    ),
  );
}

/** What of its content a page is still to get. */
const remaining = ({ wanted }: Save, content: NonNullable<Save['content']>): Pick<Save, 'content'> =>
  content.blocks.length > 0 && wanted === 'row' ? { content } : {};

/** Like a row, blocks are believed absent when two looks, far enough apart, have not found them: the request may be late. */
function notAppended(save: Save, { at, asOf }: Event<'not-appended'>): Save {
  const { content, ...rest } = settled(save);
  if (!content) return save;
  const { lookedAt = asOf, seen: _, ...sent } = content;
  const left = untilSettled(lookedAt, asOf);
  if (left > 0) return { ...rest, content: { ...sent, lookedAt }, dueAt: at + left };
  return unappended(save, at);
}

/** What was sent of its content is certainly not there. */
function unappended(save: Save, at: number): Save {
  const { content, ...rest } = settled(save);
  if (!content) return save;
  const { blocks, before = 0 } = content;
  return given({ ...rest, dueAt: at, ...remaining(save, { blocks, sent: 0, before }) });
}

function lookedOn(save: Save, event: Event<'looked-on' | 'look-anew'>): Save {
  if (!save.content) return save;
  const { seen: _, ...content } = save.content;
  const seen = event.type === 'looked-on' ? { seen: { cursor: event.cursor, ids: [...event.ids] } } : {};
  return { ...settled(save), content: { ...content, ...seen }, dueAt: event.at };
}

function takenOut(save: Save, { at, id }: Event<'taken-out'>): Save {
  const added = save.added?.filter((one) => one !== id);
  const surplus = save.repeats?.surplus?.filter((one) => one !== id);
  const next: Save = { ...settled(save), dueAt: at, ...(added ? { added } : {}) };
  return given(surplus ? withRepeats(next, { ...save.repeats, surplus }) : next);
}

/** Its own row is gone; what the browser made twice is still to be looked for. */
function trashed(save: Save): Save {
  const { repeats = {}, ...rest } = settled(save);
  const { blocks: _, surplus: __, ...left } = repeats;
  return withRepeats({ ...rest, state: 'undone' }, { ...left, isGone: true });
}

/** A save with these open questions; what is empty is left out. */
function withRepeats(save: Save, repeats: Repeats): Save {
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

/** The question is open until two looks, far enough apart, have been taken. */
function stillOpen<T extends { lookedAt: number | null; dueAt: number }>(
  look: T,
  { at, asOf }: { at: number; asOf: number },
): T | undefined {
  const lookedAt = look.lookedAt ?? asOf;
  const left = untilSettled(lookedAt, asOf);
  return left > 0 ? { ...look, lookedAt, dueAt: together(at + left) } : undefined;
}

function verified(save: Save, event: Event<'verified' | 'undecided'>): Save {
  const { repeats = {}, ...rest } = save;
  if (!repeats.row) return save;
  const { waitsFor: _, ...look } = repeats.row;
  const next: Save = { ...settled(rest), dueAt: event.at };
  if (event.type === 'undecided')
    return withRepeats(next, { ...repeats, row: { ...look, dueAt: event.at, waitsFor: event.other } });
  const { doubles = [], suspects = [], removed = [], spared = [] } = repeats;
  const known = new Set([...removed, ...spared, ...[...doubles, ...suspects].map(({ id }) => id)]);
  const fresh = (rows: readonly Row[]) => rows.filter(({ id }) => !known.has(id));
  return withRepeats(next, {
    ...repeats,
    row: stillOpen(look, event),
    doubles: [...doubles, ...fresh(event.doubles)],
    suspects: [...suspects, ...fresh(event.suspects)],
  });
}

function blocksVerified(save: Save, event: Event<'blocks-verified'>): Save {
  const { repeats = {}, ...rest } = save;
  if (!repeats.blocks) return save;
  const { cursor: _, ...look } = repeats.blocks;
  const open = event.cursor === undefined ? stillOpen(look, event) : { ...look, cursor: event.cursor };
  const surplus = [...new Set([...(repeats.surplus ?? []), ...event.surplus])];
  return given(withRepeats({ ...settled(rest), dueAt: event.at }, { ...repeats, blocks: open, surplus }));
}

function doubleSettled(save: Save, { at, type, id }: Event<'double-gone' | 'double-touched'>): Save {
  const { repeats = {}, ...rest } = save;
  const { doubles = [], suspects = [], removed = [] } = repeats;
  const others = doubles.filter((one) => one.id !== id);
  const one = doubles.find((double) => double.id === id);
  if (!one) return save;
  const kept = type === 'double-gone' ? [] : [{ id, url: one.url }];
  return withRepeats(
    { ...settled(rest), dueAt: at },
    {
      ...repeats,
      doubles: others,
      suspects: [...suspects, ...kept],
      removed: type === 'double-gone' ? [...removed, id] : removed,
    },
  );
}

/** The user has ended it themselves; what is known of by then they are told. */
function givenUpOn(
  save: Save,
  { row: _, blocks: __, surplus: ___, doubles = [], suspects = [], ...left }: Repeats,
): Save {
  const told = doubles.map(({ id, url }) => ({ id, url }));
  return given(withRepeats(settled(save), { ...left, suspects: [...suspects, ...told] }));
}

/** What the user says of a row that may be a double. */
function decided(save: Save, { at, type, id }: Event<'unwanted' | 'spared'>): Save {
  const { doubles = [], suspects = [], spared = [] } = save.repeats ?? {};
  const one = suspects.find((suspect) => suspect.id === id);
  if (!one) return save;
  const left = { ...save.repeats, suspects: suspects.filter((suspect) => suspect !== one) };
  return type === 'spared'
    ? withRepeats(save, { ...left, spared: [...spared, id] })
    : withRepeats(
        { ...save, dueAt: at, tries: 0 },
        { ...left, doubles: [...doubles, { ...one, isAsked: true }] },
      );
}

/** A row that was there before, and is as it was again, is done with. */
function given(save: Save): Save {
  const { added = [], ...rest } = save;
  const isGiven =
    save.adopted !== undefined &&
    save.wanted === 'nothing' &&
    !save.written &&
    !save.content &&
    !save.repeats?.blocks &&
    !save.repeats?.surplus &&
    added.length === 0;
  return isGiven ? { ...settled(rest), state: 'undone' } : save;
}

function restored(save: Save, at: number): Save {
  const { restoring: _, ...rest } = settled(save);
  return { ...rest, dueAt: at };
}

/** There is no row to take anything out of, nor to give anything back to. In the trash is where one of our own was to go. */
function lost(save: Save, why: Failure): Save {
  const { written: _, told: __, content: ___, added: ____, restoring: _____, ...rest } = save;
  return { ...trashed(rest), failure: save.adopted || why.code === 'row-gone' ? why : null };
}

function setBack(save: Save, at: number): Save {
  if (save.changedAt <= at) return save;
  const moved = (time: number) => at + Math.max(0, time - save.changedAt);
  const { row, blocks, ...repeats } = save.repeats ?? {};
  return withRepeats(
    { ...save, dueAt: moved(save.dueAt), leaseUntil: save.leaseUntil && moved(save.leaseUntil) },
    {
      ...repeats,
      ...(row ? { row: { ...row, dueAt: moved(row.dueAt) } } : {}),
      ...(blocks ? { blocks: { ...blocks, dueAt: moved(blocks.dueAt) } } : {}),
    },
  );
}

const settled = (save: Save): Save => ({ ...save, tries: 0, leaseUntil: 0, failure: null });

/** A needs-you save goes back to where it came from: to checking when a row may exist, else to kept. */
const again = (save: Save, at: number): Save => ({
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

function claim(save: Save, at: number): Save {
  const action = nextAction(save);
  if (action === null || at < save.leaseUntil) return save;
  const leased: Save = { ...save, leaseUntil: at + LEASE, claim: (save.claim ?? 0) + 1 };
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
function absent(save: Save, { at, asOf, since, jitter }: Event<'absent'>): Save {
  const lookedAt = Math.max(save.lookedAt ?? asOf, since);
  const left = untilSettled(lookedAt, asOf);
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

function refuse(save: Save, event: Event<'refused'>): Save {
  switch (save.state) {
    case 'sending':
      // This request had no effect, and no earlier one did or it would have been found: nothing was ever sent.
      if (save.wanted === 'nothing') return { ...settled(save), state: 'undone' };
      return waiting(unsent(save), 'kept', event);
    case 'in-notion':
      if (save.wanted === 'nothing' && isRowLost(event.failure)) return lost(save, event.failure);
      if (event.of === 'update') return waiting(untold(save), 'in-notion', event);
      if (event.of !== 'append' || !save.content) return waiting(save, 'in-notion', event);
      if (save.wanted === 'nothing') return unappended(save, event.at);
      return waiting({ ...save, content: { ...save.content, sent: 0 } }, 'in-notion', event);
    case 'kept':
    case 'checking':
      return waiting(save, save.state, event);
    case 'undone':
      return nextAction(save) ? waiting(save, 'undone', event) : save;
    case 'needs-you':
      return save;
  }
}

/**
 * Back to `state` until the failure has passed, or to the user when it will not pass by itself. What is not even known to have
 * failed is looked into first.
 */
function waiting(
  save: Save,
  state: 'kept' | 'checking' | 'in-notion' | 'undone',
  { type, at, failure: why, jitter }: Event<'refused' | 'unsure'>,
): Save {
  const tries = save.tries + 1;
  const stuck = type === 'refused' && meaningOf(why).hope !== 'later';
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
      return save.adopted ? givenUp(save, save.adopted, at) : again(unwanted, at);
    case 'sending':
    case 'checking':
      return unwanted;
    case 'in-notion':
      return save.adopted ? giveBack(save, save.adopted, at) : { ...unwanted, dueAt: at, tries: 0 };
    case 'undone':
      return save;
  }
}

/** As below; what became of the row while it waited for the user is told. */
function givenUp(save: Save, adopted: Capture, at: number): Save {
  const back = giveBack(again(save, at), adopted, at);
  const isTold = back.state === 'undone' && save.failure !== null && isRowLost(save.failure);
  return isTold ? { ...back, failure: save.failure } : back;
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
export const newChange = (
  id: string,
  { row, held, capture }: { row: Row; held: Capture; capture: Capture },
  destinationId: string,
  botId: string,
  at: number,
): Save => adopt(newSave(id, capture, destinationId, botId, at, 'leave'), { at, row, held, capture });
