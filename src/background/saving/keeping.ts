/**
 * Keeping: what the user wants saved is stored on this device before anything is sent, whatever happens to the background in
 * between, and so is every change of it.
 */
import { isSavable } from '../../core/address/savable.ts';
import type { Capture } from '../../core/capture/capture.ts';
import type { PageContent } from '../../core/content/page-content.ts';
import { singleChoices } from '../../core/database/destination.ts';
import type { Row } from '../../core/database/row.ts';
import { failed, ok, type Result } from '../../core/failure.ts';
import { isRowLost } from '../../core/meaning.ts';
import { newChange, newSave } from '../../core/save/new-save.ts';
import type { Save, Seek } from '../../core/save/record.ts';
import { step } from '../../core/save/save.ts';
import type { Ports } from '../../ports.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { Schemas } from '../databases/schemas.ts';
import type { Pace } from '../notion/pace.ts';
import type { Records } from '../store/records.ts';
import type { Saves } from '../store/saves.ts';
import { storageFailure } from '../store/storage-failure.ts';
import type { Lanes } from './lanes.ts';
import { LONGEST_READING } from './page-reading.ts';
import type { Remember } from './remember.ts';
import type { Steps } from './steps.ts';

/** How a save goes. */
export type HowToSave = {
  /** It goes where a preset says; then the next one without goes where the last one without went. */
  isByPreset?: boolean | undefined;
  /** One of many that nobody has looked at: nothing is learned of it. */
  isImported?: boolean;
  /** A row of the same page is looked for first. */
  seek?: Seek | null;
  /** What its page says is being read, and waited for. */
  isRead?: boolean;
  /** That is stored already. */
  page?: PageContent | undefined;
};

type Kept = Promise<Result<{ saveId: string }>>;

export type Keeping = {
  /** Stores a new save under that id; one that is stored already is left as it is, so this may be repeated. */
  keep(id: string, capture: Capture, destinationId: string, how?: HowToSave): Kept;
  /** Stores a new save under an id that nobody else knows yet. */
  keepNew(id: string, capture: Capture, destinationId: string, how: HowToSave): Kept;
  /** Changes a row that was there before. May be repeated. */
  changeRow(id: string, change: { row: Row; held: Capture; capture: Capture }, destinationId: string): Kept;
  /**
   * Gives a save other contents; a row that exists follows. One that goes to another database, or is undone by now, is made anew.
   * @param from what they were shown when they changed it; left out: what is noted now
   */
  amend(id: string, meant: Capture, destinationId: string, from?: Capture): Kept;
  /** Makes a new row of all that is kept of a save whose row is in the trash or gone. May be repeated. */
  saveAnew(id: string): Kept;
};

export function createKeeping({
  clock,
  records,
  saves,
  steps,
  lanes,
  pace,
  schemas,
  remember,
}: Pick<Ports, 'clock'> & {
  records: Records;
  saves: Saves;
  steps: Steps;
  lanes: Lanes;
  pace: Pace;
  schemas: Pick<Schemas, 'botOf'>;
  remember: Remember;
}): Keeping {
  async function keep(id: string, capture: Capture, destinationId: string, how: HowToSave = {}): Kept {
    const earlier = await saves.get(id);
    return earlier ? ok({ saveId: id }) : keepNew(id, capture, destinationId, how);
  }

  async function keepNew(
    id: string,
    capture: Capture,
    destinationId: string,
    { isByPreset = false, isImported = false, seek = null, isRead = false, page }: HowToSave,
  ): Kept {
    const accepted = await accept(capture, destinationId);
    if (!accepted.ok) return accepted;
    const save: Save = {
      ...newSave(id, capture, destinationId, accepted.value, clock(), seek),
      ...(isRead ? { readingUntil: clock() + LONGEST_READING } : {}),
      ...(page ? { page } : {}),
    };
    const stored = await saves.inTurn(() => tryToStore(heldBack(save)));
    if (!stored.ok) return stored;
    lanes.wake();
    if (!isImported) await remember(id, capture, destinationId, isByPreset);
    return ok({ saveId: id });
  }

  async function changeRow(
    id: string,
    change: { row: Row; held: Capture; capture: Capture },
    destinationId: string,
  ): Kept {
    const accepted = await accept(change.capture, destinationId);
    if (!accepted.ok) return accepted;
    if ((await saves.get(id)) !== null) return ok({ saveId: id });
    const save = newChange(id, change, destinationId, accepted.value, clock());
    const stored = await saves.inTurn(() => tryToStore(heldBack(save)));
    if (!stored.ok) return stored;
    lanes.wake();
    await remember(id, change.capture, destinationId);
    return ok({ saveId: id });
  }

  async function amend(id: string, meant: Capture, destinationId: string, from?: Capture): Kept {
    const accepted = await accept(meant, destinationId);
    if (!accepted.ok) return accepted;
    const botId = accepted.value;
    const destination = await knownDestination(records, destinationId);
    const single = destination ? singleChoices(destination) : [];
    const saveId = await saves.inTurn(async () => {
      const save = await saves.get(id);
      const capture = ofRow(save, meant, destinationId);
      const event = { type: 'amended', at: clock(), capture, destinationId, botId, from, single } as const;
      const amended = save && step(save, event);
      if (amended && amended !== save) await steps.store([amended]);
      if (amended?.wanted === 'row' && amended.destinationId === destinationId) return id;
      // The same message again finds what it made the first time.
      const other = amended ? `${id}~${destinationId}` : id;
      if ((await saves.get(other)) !== null) return other;
      // Whoever had the one database looked at first wants the same of the other; what they have said by then is added.
      const seek = amended?.seek ? 'add' : null;
      const anew = newSave(other, capture, destinationId, botId, clock(), seek);
      // What they have changed of what they were shown is done to a row that is found.
      const isThere = amended?.seek !== undefined && amended.destinationId === destinationId;
      const begun = isThere ? { begun: ofRow(amended, from ?? amended.capture, destinationId) } : {};
      const made: Save = { ...anew, ...begun, ...(amended?.page ? { page: amended.page } : {}) };
      await steps.store(amended ? [step(amended, { type: 'undo', at: clock() }), made] : [made]);
      return other;
    });
    lanes.wake();
    await remember(saveId, meant, destinationId);
    return ok({ saveId });
  }

  /** What was read of a row stays with what it is to hold, whoever says that, and goes to no other database. */
  function ofRow(save: Save | null, meant: Capture, destinationId: string): Capture {
    const { given: read, ...words } = meant;
    if (save?.destinationId !== destinationId) return words;
    const given = read ?? save.capture.given;
    return given ? { ...meant, given } : meant;
  }

  /**
   * Whether this can be kept at all, and the authorization that it will be sent by. Neither Notion nor a schema is needed: what is
   * the matter with a database is found out when it is sent.
   */
  async function accept(capture: Capture, destinationId: string): Promise<Result<string>> {
    if (capture.url.trim() === '') return failed('address-missing');
    // A row may hold any address.
    if (!capture.given && !isSavable(capture.url).savable) return failed('page-not-savable');
    return ok(await schemas.botOf(destinationId));
  }

  /** Within `saves.inTurn`. */
  async function tryToStore(save: Save): Promise<Result<null>> {
    try {
      await steps.store([save]);
      return ok(null);
    } catch (error) {
      return { ok: false, failure: storageFailure(error) };
    }
  }

  async function saveAnew(id: string): Kept {
    const saveId = `${id}~anew`;
    const done = await saves.inTurn(async () => {
      if ((await saves.get(saveId)) !== null) return ok({ saveId });
      const save = await saves.get(id);
      if (!save?.failure || !isRowLost(save.failure)) return failed('unexpected');
      const { capture, destinationId, botId, page } = save;
      const anew = newSave(saveId, capture, destinationId, botId, clock());
      const made = heldBack({ ...anew, ...(page ? { page } : {}) });
      await steps.store([step(save, { type: 'undo', at: clock() }), made]);
      return ok({ saveId });
    });
    lanes.wake();
    return done;
  }

  /** A new save, which says so where Notion has asked to be left alone for a while. */
  function heldBack(save: Save): Save {
    const held = pace.refusal(save.botId);
    return held
      ? { ...save, failure: held, dueAt: Math.max(pace.readyAt(save.botId, true), save.dueAt) }
      : save;
  }

  return { keep, keepNew, changeRow, amend, saveAnew };
}
