/**
 * The outbox: every save is stored here before anything is sent, and delivered from here, whatever happens to the
 * background in between. All changes go through `step`; each is stored before what follows from it is done. What each
 * step asks of Notion is in `deliver.ts`.
 */

import { addressKey, keyOf } from '../../core/address/address-key.ts';
import { isSavable } from '../../core/address/savable.ts';
import type { Capture } from '../../core/capture/capture.ts';
import { singleChoices } from '../../core/database/destination.ts';
import type { Row } from '../../core/database/row.ts';
import { failed, ok, type Result } from '../../core/failure.ts';
import { isRowLost } from '../../core/meaning.ts';
import { EARLIEST } from '../../core/notion/look-up.ts';
import { isSame } from '../../core/same.ts';
import { RECENT, summarize } from '../../core/save/outbox.ts';
import {
  emptyOutbox,
  isArrived,
  isFinished,
  isUnknown,
  type OutboxSummary,
  type Save,
  type Seek,
} from '../../core/save/record.ts';
import {
  type Action,
  dueTime,
  LEASE,
  newChange,
  newSave,
  nextAction,
  type SaveEvent,
  step,
} from '../../core/save/save.ts';
import { defaultSettings } from '../../core/settings/settings.ts';
import { recordUse } from '../../core/tags/usage.ts';
import { EMPTY_TAG_USAGE } from '../../core/tags/usage-record.ts';
import { endOfWait, within } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import type { Destinations } from '../databases/destinations.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { Pace } from '../notion/pace.ts';
import type { Records } from '../store/records.ts';
import { createSerial } from '../store/serial.ts';
import { storageFailure } from '../store/storage-failure.ts';
import type { Deliver } from './deliver.ts';

/**
 * Saves that have ended are kept this long, in milliseconds: for Undo, and so that their rows are not taken for those of
 * another save.
 */
const KEPT_AFTER_END = 2 * EARLIEST;

/** So many databases that were saved to are listed first. */
const RECENT_DESTINATIONS = 5;

/**
 * For so long after its row has arrived, in milliseconds, a save of the same page is taken for pressing twice. Later the row
 * may have been thrown away in Notion, and Notion is asked.
 */
const JUST_ARRIVED = 10_000;

/** How long a lane rests after something broke, in milliseconds. */
const REST = 30_000;

/** How a save goes. */
export type Way = {
  /** It goes where a preset says; then the next one without goes where the last one without went. */
  isByPreset?: boolean | undefined;
  /** A row of the same page is looked for first. */
  seek?: Seek | null;
};

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox(
  { clock, alarm, keepAwake }: Pick<Ports, 'clock' | 'alarm' | 'keepAwake'>,
  records: Records,
  deliver: Deliver,
  pace: Pace,
  destinations: Destinations,
  /** Told of every change, after it is stored; `isNews`: one that the user knows of, or waits for. */
  changed: (save: Save, outbox: OutboxSummary, isNews: boolean) => void,
) {
  /** Unfinished saves, in the order in which they were kept. A cache, as is `ended`: `resume` reads them from the store. */
  const open = new Map<string, Save>();
  /** Saves that ended last, the latest first. */
  let ended: Save[] = [];
  /** Ids of saves that are kept for the version of Rowmark that can read them. */
  let unread: string[] = [];
  const inTurn = createSerial();

  /** Stores these together, or none of them. */
  async function store(saves: readonly Save[]): Promise<void> {
    const byId = new Map(saves.map((save) => [save.id, save]));
    const before = (id: string) => open.get(id) ?? ended.find((one) => one.id === id);
    const isNews = saves.map((save) => {
      const then = before(save.id);
      return !(then && isArrived(then) && isArrived(save));
    });
    const endedThen = [...saves.filter(isArrived), ...ended.filter(({ id }) => !byId.has(id))].slice(
      0,
      RECENT,
    );
    const outbox = summarize(openWith(byId), endedThen, unread);
    await records.put({ outbox, save: Object.fromEntries(byId) });
    ended = endedThen;
    for (const save of saves) {
      if (isFinished(save)) open.delete(save.id);
      else open.set(save.id, save);
    }
    for (const [at, save] of saves.entries()) changed(save, outbox, isNews[at] ?? true);
  }

  /** The unfinished saves as they will be with these. */
  function* openWith(saves: ReadonlyMap<string, Save>): Iterable<Save> {
    for (const save of open.values()) yield saves.get(save.id) ?? save;
    for (const save of saves.values()) if (!open.has(save.id)) yield save;
  }

  /** Takes one step with each of these saves and stores them together. @returns those that the event fits */
  const advanceAll = (ids: readonly string[], event: SaveEvent): Promise<Save[]> =>
    inTurn(async () => {
      const saves = await Promise.all(ids.map(async (id) => open.get(id) ?? records.getOne('save', id)));
      const moved = saves.flatMap((save) => {
        const next = save && step(save, event);
        return next && next !== save ? [next] : [];
      });
      if (moved.length > 0) await store(moved);
      return moved;
    });

  /** Takes one step with a save and stores it. Null when there is no such save or the event does not fit it. */
  const advance = async (id: string, event: SaveEvent): Promise<Save | null> =>
    (await advanceAll([id], event))[0] ?? null;

  /** Reads what was left unfinished, and frees what a dead background had claimed. @returns how things stand */
  async function resume(): Promise<OutboxSummary> {
    const found = await records.survey('save');
    const saves = found.values.sort((a, b) => a.capture.at - b.capture.at);
    unread = found.unread.map(({ id }) => id);
    for (const save of saves) {
      if (!isFinished(save)) open.set(save.id, save);
      keepPace(save);
    }
    // In the order in which they ended; by their times, which a clock that was set may have turned, only where that is not known.
    const known = (await records.get('outbox'))?.recent ?? [];
    const place = ({ id }: Save) => (known.includes(id) ? known.indexOf(id) : known.length);
    ended = saves
      .filter(isArrived)
      .sort((a, b) => place(a) - place(b) || b.changedAt - a.changedAt)
      .slice(0, RECENT);
    try {
      await tidy(saves);
    } catch (error) {
      // Storage that takes no writes must not keep anybody from reading. What is claimed is free when its lease runs out.
      console.error('Rowmark could not tidy up after a restart.', error);
    }
    wake();
    return summarize(open.values(), ended, unread);
  }

  async function tidy(saves: readonly Save[]): Promise<void> {
    const at = clock();
    // A look-up goes back from when the save was first sent.
    let oldest = at;
    for (const { sentAt } of open.values()) oldest = Math.min(oldest, sentAt ?? at);
    const old = saves.filter((save) => isFinished(save) && oldest - save.changedAt > KEPT_AFTER_END);
    await records.remove(
      'save',
      old.map((save) => save.id),
    );
    await advanceAll([...open.keys()], { type: 'abandoned', at });
    const now = summarize(open.values(), ended, unread);
    await records.update('outbox', (before) => (isSame(before ?? emptyOutbox, now) ? before : now));
  }

  /** Stores a new save under that id; one that is stored already is left as it is, so this may be repeated. */
  async function keep(
    id: string,
    capture: Capture,
    destinationId: string,
    how: Way = {},
  ): Promise<Result<{ saveId: string }>> {
    const earlier = open.get(id) ?? (await records.getOne('save', id));
    return earlier ? ok({ saveId: id }) : keepNew(id, capture, destinationId, how);
  }

  /** Stores a new save under an id that nobody else knows yet. */
  async function keepNew(
    id: string,
    capture: Capture,
    destinationId: string,
    { isByPreset = false, seek = null }: Way,
  ): Promise<Result<{ saveId: string }>> {
    const accepted = await accept(capture, destinationId);
    if (!accepted.ok) return accepted;
    const save = newSave(id, capture, destinationId, accepted.value, clock(), seek);
    const stored = await inTurn(() => tryToStore(heldBack(save)));
    if (!stored.ok) return stored;
    wake();
    await remember(capture, destinationId, isByPreset);
    return ok({ saveId: id });
  }

  /** Changes a row that was there before. May be repeated. */
  async function changeRow(
    id: string,
    change: { row: Row; held: Capture; capture: Capture },
    destinationId: string,
  ): Promise<Result<{ saveId: string }>> {
    const accepted = await accept(change.capture, destinationId);
    if (!accepted.ok) return accepted;
    if ((await records.getOne('save', id)) !== null) return ok({ saveId: id });
    const save = newChange(id, change, destinationId, accepted.value, clock());
    const stored = await inTurn(() => tryToStore(heldBack(save)));
    if (!stored.ok) return stored;
    wake();
    await remember(change.capture, destinationId);
    return ok({ saveId: id });
  }

  /** The save of that page that is on its way or has just arrived; null when this device knows of none. */
  function findAlike(url: string, destinationId: string): Save | null {
    const at = clock();
    const isJust = ({ changedAt }: Save) => within(changedAt, JUST_ARRIVED, at);
    return findSame([...open.values(), ...ended.filter(isJust)], url, destinationId);
  }

  /** The row that a save of that page has come to of late; it may be gone by now. */
  const findArrived = (url: string, destinationId: string): (Row & { savedAt: number }) | null => {
    const save = findSame(ended, url, destinationId);
    return save?.row ? { ...save.row, savedAt: save.capture.at } : null;
  };

  function findSame(saves: Iterable<Save>, url: string, destinationId: string): Save | null {
    const key = addressKey(url);
    for (const { capture, ...save } of saves) {
      const mayBe = save.destinationId === destinationId && save.wanted === 'row';
      if (mayBe && keyOf(capture) === key) return { ...save, capture };
    }
    return null;
  }

  /** Gives a save other contents; a row that exists follows. One that goes to another database, or is undone by now, is made anew. */
  async function amend(
    id: string,
    meant: Capture,
    destinationId: string,
    /** What they were shown when they changed it; left out: what is noted now. */
    from?: Capture,
  ): Promise<Result<{ saveId: string }>> {
    const accepted = await accept(meant, destinationId);
    if (!accepted.ok) return accepted;
    const botId = accepted.value;
    const destination = await knownDestination(records, destinationId);
    const single = destination ? singleChoices(destination) : [];
    const saveId = await inTurn(async () => {
      const save = open.get(id) ?? (await records.getOne('save', id));
      const capture = ofRow(save, meant, destinationId);
      const event = { type: 'amended', at: clock(), capture, destinationId, botId, from, single } as const;
      const amended = save && step(save, event);
      if (amended && amended !== save) await store([amended]);
      if (amended?.wanted === 'row' && amended.destinationId === destinationId) return id;
      // The same message again finds what it made the first time.
      const other = amended ? `${id}~${destinationId}` : id;
      if ((await records.getOne('save', other)) !== null) return other;
      // Whoever had the one database looked at first wants the same of the other; what they have said by then is added.
      const seek = amended?.seek ? 'add' : null;
      const anew = newSave(other, capture, destinationId, botId, clock(), seek);
      // What they have changed of what they were shown is done to a row that is found.
      const isThere = amended?.seek !== undefined && amended.destinationId === destinationId;
      const begun = isThere ? { begun: ofRow(amended, from ?? amended.capture, destinationId) } : {};
      const made: Save = { ...anew, ...begun };
      await store(amended ? [step(amended, { type: 'undo', at: clock() }), made] : [made]);
      return other;
    });
    wake();
    await remember(meant, destinationId);
    return ok({ saveId });
  }

  /** What was read of a row stays with what it is to hold, whoever says that, and goes to no other database. */
  function ofRow(save: Save | null, meant: Capture, destinationId: string): Capture {
    const { given: read, ...words } = meant;
    if (save?.destinationId !== destinationId) return words;
    const given = read ?? save.capture.given;
    return given ? { ...meant, given } : meant;
  }

  /** Keeps a save from leaving, as the user is about to change it. One that has left is changed where it is. */
  async function hold(id: string): Promise<Result<null>> {
    await advance(id, { type: 'held', at: clock() });
    wake();
    return ok(null);
  }

  /** One that was held goes on as it was. */
  async function release(id: string): Promise<Result<null>> {
    await advance(id, { type: 'released', at: clock() });
    wake();
    return ok(null);
  }

  /** Releases what is held by nobody: a page that crashes, or goes with the browser, says nothing. */
  async function releaseUnless(isEdited: (id: string) => Promise<boolean>): Promise<void> {
    for (const { id, failure } of [...open.values()])
      if (failure?.code === 'being-edited' && !(await isEdited(id))) await release(id);
  }

  /**
   * Whether this can be kept at all, and the authorization that it will be sent by. Neither Notion nor a schema is needed: what is
   * the matter with a database is found out when it is sent.
   */
  async function accept(capture: Capture, destinationId: string): Promise<Result<string>> {
    if (capture.url.trim() === '') return failed('address-missing');
    // A row may hold any address.
    if (!capture.given && !isSavable(capture.url).savable) return failed('page-not-savable');
    return ok(await destinations.botOf(destinationId));
  }

  async function tryToStore(save: Save): Promise<Result<null>> {
    try {
      await store([save]);
      return ok(null);
    } catch (error) {
      return { ok: false, failure: storageFailure(error) };
    }
  }

  /** What was saved makes the next save easier; that it could not be remembered does not undo it. */
  async function remember(
    { url, tags, at }: Capture,
    destinationId: string,
    isByPreset = false,
  ): Promise<void> {
    try {
      await records.update('settings', (stored) => {
        const settings = stored ?? defaultSettings;
        const chosen = isByPreset ? settings.destinationId : destinationId;
        const [latest] = settings.recent ?? [];
        if (settings.destinationId === chosen && latest === destinationId) return stored;
        const others = (settings.recent ?? []).filter((id) => id !== destinationId);
        const recent = [destinationId, ...others].slice(0, RECENT_DESTINATIONS);
        return { ...settings, destinationId: chosen, recent };
      });
      if (tags.length === 0) return;
      await records.update('tagUsage', (usage) =>
        recordUse(usage ?? EMPTY_TAG_USAGE, { url, tags, at, destinationId }),
      );
    } catch (error) {
      console.error('Rowmark could not remember what was saved.', error);
    }
  }

  /** However many: all are undone, or none is. */
  async function undo(ids: readonly string[]): Promise<void> {
    await advanceAll(ids, { type: 'undo', at: clock() });
    wake();
  }

  /** Puts a row into the trash that may be a second one of this save. May be repeated. */
  async function removeDouble(saveId: string, rowId: string): Promise<void> {
    await advance(saveId, { type: 'unwanted', at: clock(), id: rowId });
    wake();
  }

  /** Tries a save at once that waits. While Notion has asked to be left alone it is not, and that is the answer. */
  async function tryNow(id: string): Promise<Result<null>> {
    const save = open.get(id);
    const held = save && pace.refusal(save.botId);
    if (held) return { ok: false, failure: held };
    await advance(id, { type: 'try-now', at: clock() });
    wake();
    return ok(null);
  }

  /** Takes the row of a save out of the trash, and goes on. */
  async function restore(id: string): Promise<Result<null>> {
    await advance(id, { type: 'restore', at: clock() });
    wake();
    return ok(null);
  }

  /** Makes a new row of all that is kept of a save whose row is in the trash or gone. May be repeated. */
  async function saveAnew(id: string): Promise<Result<{ saveId: string }>> {
    const saveId = `${id}~anew`;
    const done = await inTurn(async () => {
      if ((await records.getOne('save', saveId)) !== null) return ok({ saveId });
      const save = open.get(id) ?? (await records.getOne('save', id));
      if (!save?.failure || !isRowLost(save.failure)) return failed('unexpected');
      const { capture, destinationId, botId } = save;
      const made = heldBack(newSave(saveId, capture, destinationId, botId, clock()));
      await store([step(save, { type: 'undo', at: clock() }), made]);
      return ok({ saveId });
    });
    wake();
    return done;
  }

  /** Tries at once all those that wait for what has just changed. */
  async function retry(which: (save: Save) => boolean): Promise<void> {
    const ids = [...open.values()].filter(which).map((save) => save.id);
    await advanceAll(ids, { type: 'try-now', at: clock() });
    wake();
  }

  /** A new save, which says so where Notion has asked to be left alone for a while. */
  function heldBack(save: Save): Save {
    const held = pace.refusal(save.botId);
    return held ? { ...save, failure: held, dueAt: Math.max(pace.readyAt(save.botId), save.dueAt) } : save;
  }

  /** The lanes that are being delivered now, by data source. */
  const lanes = new Map<string, Promise<void>>();
  /** Lanes that rest after something broke that is not the save's doing, with the time they rest until. */
  const resting = new Map<string, number>();

  /** Delivers what is due and sets the alarm for what is due later. Safe to call at any time, any number of times. */
  function wake(): void {
    const at = clock();
    const ahead = [...open.values()].filter((save) => save.changedAt > at).map((save) => save.id);
    if (ahead.length > 0) {
      setBack(ahead);
      return;
    }
    const later: number[] = [];
    for (const destinationId of new Set([...open.values()].map((save) => save.destinationId))) {
      const next = nextInLane(destinationId);
      if (next && !lanes.has(destinationId) && next.due <= clock()) begin(destinationId);
      // Should the background die over its work, the alarm is all that brings it back.
      if (lanes.has(destinationId)) later.push(clock() + LEASE);
      else if (next) later.push(next.due);
    }
    void alarm.set(later.length > 0 ? Math.min(...later) : null);
  }

  /** The device's clock was set back. */
  function setBack(ids: readonly string[]): void {
    settingBack ??= advanceAll(ids, { type: 'set-back', at: clock() })
      .then(
        () => undefined,
        (error) => {
          console.error('Rowmark could not follow the clock.', error);
          return alarm.set(clock() + REST);
        },
      )
      .finally(() => {
        settingBack = null;
      });
    void settingBack.then(() => {
      if ([...open.values()].every((save) => save.changedAt <= clock())) wake();
    });
  }
  let settingBack: Promise<void> | null = null;

  function begin(destinationId: string): void {
    const lane = keepAwake(deliverLane(destinationId)).finally(() => {
      lanes.delete(destinationId);
      wake();
    });
    lanes.set(destinationId, lane);
  }

  /** Settles when nothing is being delivered any more. */
  async function idle(): Promise<void> {
    while (lanes.size > 0 || settingBack) await Promise.all([settingBack, ...lanes.values()]);
  }

  async function deliverLane(destinationId: string): Promise<void> {
    try {
      for (let save = firstDue(destinationId); save; save = firstDue(destinationId)) await attempt(save);
    } catch (error) {
      // A bug, or storage that takes no writes: the save stands as it was stored last, and is taken up again later.
      console.error('Rowmark could not go on delivering.', error);
      resting.set(destinationId, clock() + REST);
    }
  }

  /**
   * What a lane does next, and when. Rows of one database arrive in the order they were kept: one that must wait before
   * it is sent holds up those behind it. One that may have arrived already does not. Doubles are looked for when nothing else
   * is due: then one look is for all.
   */
  function nextInLane(destinationId: string): { save: Save; due: number } | null {
    type Next = { save: Save; due: number } | null;
    const earlier = (one: Next, other: Next): Next => (one && (!other || one.due <= other.due) ? one : other);
    let work: Next = null;
    let look: Next = null;
    for (const save of open.values()) {
      if (save.destinationId !== destinationId) continue;
      const due = isUndecided(save) ? null : dueTime(save);
      if (due !== null && nextAction(save) === 'verify') look = earlier(look, { save, due });
      else if (due !== null) work = earlier(work, { save, due });
      if (save.state === 'kept') break;
    }
    const next = work && work.due <= clock() ? work : earlier(work, look);
    if (next === null) return null;
    const rested = endOfWait(resting.get(destinationId) ?? 0, REST, clock());
    const earliest = Math.max(rested, pace.readyAt(next.save.botId));
    return { ...next, due: Math.max(next.due, earliest) };
  }

  function firstDue(destinationId: string): Save | null {
    const next = nextInLane(destinationId);
    return next && next.due <= clock() ? next.save : null;
  }

  /** Whether nothing can be done about a save before another one has found its row. */
  function isUndecided(save: Save): boolean {
    const other = open.get(save.repeats?.row?.waitsFor ?? '');
    return other !== undefined && isUnknown(other) && nextAction(save) === 'verify';
  }

  /** Claims a save, as it is now, for what is to be done about it now; null when there is nothing by now. */
  const claim = (id: string): Promise<{ claimed: Save; action: Action } | null> =>
    inTurn(async () => {
      const save = open.get(id);
      const action = save ? nextAction(save) : null;
      if (!save || action === null) return null;
      const claimed = step(save, { type: 'claimed', at: clock() });
      if (claimed === save) return null;
      await store([claimed]);
      return { claimed, action };
    });

  async function attempt(save: Save): Promise<void> {
    const work = await claim(save.id);
    // Undone or amended in the meantime: there is something else to do, or nothing.
    if (!work && open.get(save.id) !== save) return;
    if (!work) throw new Error(`The save ${save.id} could not be claimed.`);
    const { claimed, action } = work;
    const outcome = await deliver[action](claimed, open.values());
    const moved = await advance(save.id, { ...outcome, claim: claimed.claim ?? 0 });
    if (moved) keepPace(moved);
  }

  /** What Notion asks of one save holds for all of its connection. */
  function keepPace({ failure: why, botId, changedAt, dueAt }: Save): void {
    if (why?.code === 'rate-limited') pace.hold(botId, { from: changedAt, until: dueAt });
  }

  return {
    resume,
    keep,
    keepNew,
    changeRow,
    findAlike,
    findArrived,
    amend,
    hold,
    release,
    releaseUnless,
    undo,
    removeDouble,
    tryNow,
    restore,
    saveAnew,
    retry,
    wake,
    idle,
  };
}
