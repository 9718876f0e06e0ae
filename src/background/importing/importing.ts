/**
 * Imports: entries wait in a store of their own, which is never read whole, and go to the outbox a few at a time; there they are saves
 * like all others, and so are rows exactly once. What becomes of each is noted, and its save forgotten.
 */
import * as z from 'zod/mini';
import type { Destination } from '../../core/database/destination.ts';
import { type Failure, failed, failure, ok, type Result } from '../../core/failure.ts';
import type { LibraryItem } from '../../core/library/item.ts';
import { Entry, type EntryState, type Job, recount } from '../../core/library/job.ts';
import { captureOf, spellingsOf } from '../../core/library/places.ts';
import { meaningOf } from '../../core/meaning.ts';
import { fitsUrl } from '../../core/notion/content.ts';
import { certain } from '../../core/notion/judge.ts';
import { DatabaseReply } from '../../core/notion/replies.ts';
import { trashDatabase } from '../../core/notion/requests.ts';
import { importSaveId, isImportSave } from '../../core/save/import-save.ts';
import { newSave } from '../../core/save/new-save.ts';
import { isArrived, type Save } from '../../core/save/record.ts';
import { isFinished } from '../../core/save/standing.ts';
import { within } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { Notion } from '../notion/client.ts';
import type { IndexFilling } from '../saved/index-filling.ts';
import type { KnownRows } from '../saved/known-rows.ts';
import type { RowIndex } from '../saved/row-index.ts';
import type { Keeping } from '../saving/keeping.ts';
import type { Lanes } from '../saving/lanes.ts';
import type { Outbox } from '../saving/outbox.ts';
import type { Steps } from '../saving/steps.ts';
import { isOpen, readJobs } from '../store/import-jobs.ts';
import type { Records } from '../store/records.ts';
import type { Saves } from '../store/saves.ts';
import { createSerial } from '../store/serial.ts';
import { storageFailure } from '../store/storage-failure.ts';

/** Entries that are in the outbox at once: what it holds is read whole at each start. */
const AT_ONCE = 20;
/** Where Notion refuses the values of the first ones, so many, and takes not one, it would refuse the others as well. */
const ALL_REFUSED = 10;
/** Entries that are changed in one transaction where nothing is sent for them. */
const LOT = 500;
/** How long until what failed, and may pass, is tried again, in milliseconds. */
const AGAIN = 60_000;
/**
 * What is in a database is known for so long after it was read, in milliseconds: what an import makes itself is noted, and to
 * read all that again and again would take from its pace.
 */
const KNOWN = 2 * 60 * 60_000;
/** Before an import begins, it is not known for longer than that: others may save too. */
const JUST_READ = 5 * 60_000;

/** Failures of one entry; all others would be the same for every one. */
const OF_ONE: ReadonlySet<Failure['code']> = new Set([
  'values-refused',
  'address-missing',
  'page-not-savable',
  'row-in-trash',
  'row-gone',
]);

export type Importing = {
  /** Reads what is in a database already. */
  prepare(destinationId: string): Promise<Result<null>>;
  /** Begins an import of which nothing is sent yet. May be repeated. */
  begin(job: Pick<Job, 'id' | 'name' | 'destinationId' | 'ownsDatabase' | 'places'>): Promise<Result<null>>;
  /** Stores entries from that number on; those that are stored already are left as they are. */
  store(jobId: string, from: number, items: readonly LibraryItem[]): Promise<Result<null>>;
  /** Lets it run, pauses it, stops it, or takes all of it back. */
  turn(jobId: string, to: 'running' | 'paused' | 'stopped' | 'undoing'): Promise<Result<null>>;
  jobs(): Promise<Result<Job[]>>;
  /** Entries in that state, in their order, after that number. */
  entries(jobId: string, state: EntryState, after: number | null): Promise<Result<Entry[]>>;
  /** Sends entries again that were refused, with what somebody has made of them. May be repeated. */
  mend(
    jobId: string,
    entries: readonly { number: number; title: string; url: string }[],
  ): Promise<Result<null>>;
  /** Forgets an import that is over; its rows stay. */
  forget(jobId: string): Promise<Result<null>>;
  /** Something may be due. */
  wake(): Promise<void>;
  /** Settles when nothing goes on by itself any more. */
  idle(): Promise<void>;
};

export function createImporting({
  clock,
  alarm,
  imports,
  records,
  notion,
  saves,
  steps,
  lanes,
  outbox,
  keeping,
  knownRows,
  index,
  filling,
}: Pick<Ports, 'clock' | 'alarm' | 'imports'> & {
  records: Records;
  notion: Pick<Notion, 'send'>;
  saves: Saves;
  steps: Pick<Steps, 'store'>;
  lanes: Pick<Lanes, 'idle' | 'isBusy'>;
  outbox: Pick<Outbox, 'undo'>;
  keeping: Pick<Keeping, 'keep'>;
  knownRows: Pick<KnownRows, 'onItsWay' | 'row'>;
  index: Pick<RowIndex, 'borrow' | 'giveBack' | 'noteSaved'>;
  filling: Pick<IndexFilling, 'refresh'>;
}): Importing {
  const inTurn = createSerial();
  let isDue = false;
  let isTidy = false;
  /** Saves of which it is noted what has become of them; some are still being looked into by the outbox. */
  const noted = new Set<string>();
  /** When something is to be tried again. */
  let dueAt: number | null = null;
  /** Databases that are being read. */
  const reading = new Map<string, Promise<void>>();
  /** While what was handed to the outbox is on its way. */
  let following: Promise<void> | null = null;

  const all = (): Promise<Job[]> => readJobs(imports);
  const one = async (id: string): Promise<Job | null> => (await all()).find((job) => job.id === id) ?? null;
  const entriesOf = async (
    id: string,
    state: EntryState,
    after: number | null,
    limit: number,
  ): Promise<Entry[]> =>
    (await imports.entries(id, state, after, limit)).flatMap((raw) => {
      const read = z.safeParse(Entry, raw);
      return read.success ? [read.data] : [];
    });

  /** Stores entries as they have become, with what that makes of the counts. */
  async function change(job: Job, before: readonly Entry[], after: readonly Entry[]): Promise<Job> {
    const changes = after.map((entry, at) => ({ from: before[at]?.state ?? null, to: entry.state }));
    const next = { ...job, counts: recount(job.counts, changes) };
    await imports.put(next, after);
    return next;
  }

  async function caught<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await inTurn(work);
    } catch (error) {
      console.error('Rowmark could not go on with an import.', error);
      return { ok: false, failure: storageFailure(error) };
    }
  }

  const wake = (): Promise<void> => {
    isDue = true;
    return inTurn(async () => {
      if (!isDue) return;
      isDue = false;
      dueAt = null;
      for (const job of await all()) await goOn(job);
      await tidy();
      await forgetNoted();
      const open = (await all()).filter(isOpen);
      await index.giveBack(new Set(open.map(({ destinationId }) => destinationId)));
      await alarm.set(dueAt);
    }).catch((error) => console.error('Rowmark could not go on with an import.', error));
  };

  async function forgetNoted(): Promise<void> {
    const now = await Promise.all([...noted].map((id) => saves.get(id)));
    const over = now.flatMap((save) => (save && isFinished(save) ? [save] : []));
    await saves.forget(over);
    for (const { id } of over) noted.delete(id);
    if (noted.size > 0 && lanes.isBusy()) follow();
  }

  /** A background that died after it had noted what became of a save had not forgotten it. Once in each life. */
  async function tidy(): Promise<void> {
    if (isTidy) return;
    isTidy = true;
    const stored = (await records.all('save')).filter(({ id }) => isImportSave(id));
    const needed = new Set<string>();
    for (const { id } of stored.length > 0 ? await all() : []) {
      for (const what of ['save', 'undo'] as const) {
        const state = what === 'save' ? 'under-way' : 'undoing';
        for (const entry of await entriesOf(id, state, null, 2 * AT_ONCE))
          needed.add(importSaveId(id, entry, what));
      }
    }
    for (const { id } of stored) if (!needed.has(id)) noted.add(id);
  }

  async function goOn(job: Job): Promise<void> {
    if (job.state === 'storing' || job.state === 'done' || job.state === 'undone') return;
    const noted = await note(job);
    if (noted.state === 'running') await feed(noted);
    else if (noted.state === 'undoing') await takeBack(noted);
    // What waits for later is woken for by the outbox; what goes on now is looked at when it is through.
    const now = await one(job.id);
    if (lanes.isBusy() || JSON.stringify(now?.counts) !== JSON.stringify(job.counts)) follow();
  }

  function follow(): void {
    following ??= lanes.idle().then(() => {
      following = null;
      return wake();
    });
  }

  /** Notes what has become of the entries that are in the outbox, and forgets their saves. */
  async function note(job: Job): Promise<Job> {
    let next = job;
    let needs: Failure | null = null;
    for (const state of ['under-way', 'undoing'] as const) {
      const entries = await entriesOf(job.id, state, null, AT_ONCE * 2);
      const ended: Save[] = [];
      const changed: [Entry, Entry][] = [];
      for (const entry of entries) {
        const save = await saves.get(importSaveId(job.id, entry, state === 'undoing' ? 'undo' : 'save'));
        const become = save && becomeOf(entry, save);
        if (save && become) {
          // A background that died when it had arrived may not have noted it among the rows.
          const { capture, destinationId } = save;
          const isUnknown = become.state === 'made' && !(await knownRows.row(destinationId, capture.url));
          if (isUnknown && become.row) await index.noteSaved(save, become.row);
          changed.push([entry, become]);
          ended.push(save);
        } else if (save?.state === 'needs-you') {
          needs ??= save.failure;
        }
      }
      next = await change(
        next,
        changed.map(([before]) => before),
        changed.map(([, after]) => after),
      );
      const refused = ended.filter(({ state: of }) => of === 'needs-you');
      if (refused.length > 0) await outbox.undo(refused.map(({ id }) => id));
      for (const { id } of ended) noted.add(id);
    }
    const { made = 0, there = 0, refused: all = 0 } = next.counts;
    if (next.state === 'running' && all >= ALL_REFUSED && made + there === 0) {
      const why = (await entriesOf(job.id, 'refused', null, ALL_REFUSED)).map((entry) => entry.why);
      if (why.every((one) => one?.code === 'values-refused')) {
        next = { ...next, state: 'stopped', failure: why[0] ?? null };
        await imports.put(next, []);
        return next;
      }
    }
    // It would be the same for all others: none is sent before somebody has helped, and then they go on by themselves.
    const held = needs !== null && next.state === 'running';
    const helped = needs === null && next.state === 'paused' && next.failure !== null;
    if (!held && !helped) return next;
    next = { ...next, state: held ? 'paused' : 'running', failure: needs };
    await imports.put(next, []);
    return next;
  }

  function becomeOf(entry: Entry, save: Save): Entry | null {
    // Whether the browser has made it twice may still be looked into: that is the outbox's, which forgets it in its time.
    if (isArrived(save)) {
      if (save.state === 'undone') return { ...entry, state: 'undone' };
      return { ...entry, state: save.adopted === undefined ? 'made' : 'there', row: save.row };
    }
    const isRefused = save.state === 'needs-you' && save.failure && OF_ONE.has(save.failure.code);
    return isRefused ? { ...entry, state: 'refused', why: save.failure } : null;
  }

  async function feed(job: Job): Promise<void> {
    const destination = await knownDestination(records, job.destinationId);
    if (!destination) {
      await imports.put({ ...job, state: 'paused', failure: failure('database-unknown') }, []);
      return;
    }
    const known = job.ownsDatabase ? 'all' : await whatIsKnown(destination, job.startedAt);
    if (known === null) return readRows(destination.id);
    // Those that a dead background had taken, and had not kept.
    let next: Job | null = await keepAll(
      job,
      await entriesOf(job.id, 'under-way', null, AT_ONCE),
      destination,
      known,
    );
    while (next && (next.counts['under-way'] ?? 0) < AT_ONCE) {
      const room = AT_ONCE - (next.counts['under-way'] ?? 0);
      const taken = await entriesOf(job.id, 'waiting', null, room);
      if (taken.length === 0) break;
      const after = await Promise.all(taken.map((entry) => begun(job, entry)));
      next = await change(next, taken, after);
      const sent = after.filter(({ state }) => state === 'under-way');
      next = await keepAll(next, sent, destination, known);
    }
    if (!next) return;
    const left = (next.counts.waiting ?? 0) + (next.counts['under-way'] ?? 0);
    if (left === 0) await imports.put({ ...next, state: 'done' }, []);
  }

  /** What is known to be there is not sent at all. */
  async function begun({ destinationId, ownsDatabase }: Job, entry: Entry): Promise<Entry> {
    const known = ownsDatabase ? null : await knownRows.row(destinationId, entry.item.url);
    if (!known) return { ...entry, state: 'under-way' };
    return { ...entry, state: 'there', row: { id: known.id, url: known.url } };
  }

  /**
   * Whether all is known that is in a database, or each page has to be looked for, which takes as long again as saving it. Null:
   * that is to be found out by reading its rows, a hundred a request; they are kept for as long as imports go into it.
   */
  async function whatIsKnown(
    { id, mapping }: Destination,
    startedAt: number,
  ): Promise<'all' | 'some' | null> {
    if (mapping.url === null) return 'some';
    const status = (await records.get('rowIndexes'))?.[id];
    if (!status?.on) return null;
    if (status.failure && meaningOf(status.failure).hope !== 'later') return 'some';
    const { refreshedAt } = status;
    if (!status.whole || status.underWay || !within(refreshedAt, KNOWN, clock())) return null;
    if (refreshedAt === null || refreshedAt < startedAt - JUST_READ) return null;
    return status.unreadable > 0 || status.gaps > 0 ? 'some' : 'all';
  }

  /** Not waited for: it may take many minutes. */
  function readRows(id: string): void {
    if (!reading.has(id)) reading.set(id, readNow(id));
  }

  async function readNow(id: string): Promise<void> {
    try {
      await index.borrow(id);
      await filling.refresh(id);
      // Where enough was asked of Notion for this minute, or that failed for now, the alarm comes.
      const status = (await records.get('rowIndexes'))?.[id];
      const isDecided = status?.failure
        ? meaningOf(status.failure).hope !== 'later'
        : status?.whole && !status.underWay;
      if (isDecided) void wake();
    } catch (error) {
      console.error('Rowmark could not read rows for an import.', error);
    } finally {
      reading.delete(id);
    }
  }

  /** @returns null where one could not be kept, and neither could any other: the import is paused */
  async function keepAll(
    before: Job,
    entries: readonly Entry[],
    destination: Destination,
    known: 'all' | 'some',
  ): Promise<Job | null> {
    let job = before;
    const spellings = spellingsOf(destination);
    for (const entry of entries) {
      const id = importSaveId(job.id, entry);
      if (saves.openOne(id)) continue;
      const capture = captureOf(entry.item, job.places, destination, spellings, job.startedAt);
      const isNew =
        known === 'all' && fitsUrl(capture.url) && !knownRows.onItsWay(destination.id, capture.url);
      const seek = job.ownsDatabase || isNew ? null : 'leave';
      const kept = await keeping.keep(id, capture, job.destinationId, { isImported: true, seek });
      if (kept.ok) continue;
      if (!OF_ONE.has(kept.failure.code)) {
        await imports.put({ ...job, state: 'paused', failure: kept.failure }, []);
        return null;
      }
      job = await change(job, [entry], [{ ...entry, state: 'refused', why: kept.failure }]);
    }
    return job;
  }

  /** What was not sent is not sent; what is a row goes to the trash, a few at a time. */
  async function takeBack(job: Job): Promise<void> {
    let next = job;
    for (;;) {
      const waiting = await entriesOf(job.id, 'waiting', null, LOT);
      if (waiting.length === 0) break;
      next = await change(
        next,
        waiting,
        waiting.map((entry) => ({ ...entry, state: 'undone' })),
      );
    }
    const underWay = await entriesOf(job.id, 'under-way', null, AT_ONCE);
    await outbox.undo(underWay.map((entry) => importSaveId(job.id, entry)));
    if (job.ownsDatabase) return takeBackWhole(next);
    const room = AT_ONCE - (next.counts.undoing ?? 0);
    const made = room > 0 ? await entriesOf(job.id, 'made', null, room) : [];
    if (made.length > 0)
      next = await change(
        next,
        made,
        made.map((entry) => ({ ...entry, state: 'undoing' })),
      );
    const destination = await knownDestination(records, job.destinationId);
    for (const entry of await entriesOf(job.id, 'undoing', null, AT_ONCE)) {
      const id = importSaveId(job.id, entry, 'undo');
      if (saves.openOne(id) || !destination || !entry.row) continue;
      const { row } = entry;
      const at = clock();
      const capture = captureOf(entry.item, job.places, destination, spellingsOf(destination), job.startedAt);
      const save: Save = {
        ...newSave(id, capture, job.destinationId, destination.botId, at),
        state: 'in-notion',
        sentAt: at,
        row,
      };
      await saves.inTurn(() => steps.store([save]));
      await outbox.undo([id]);
    }
    const { 'under-way': sent = 0, undoing = 0, made: left = 0 } = next.counts;
    if (sent + undoing + left === 0) await imports.put({ ...next, state: 'undone', failure: null }, []);
  }

  /** The database that was made for it goes to the trash, with all that is in it. */
  async function takeBackWhole(job: Job): Promise<void> {
    // What is being sent is waited for: Notion would make it in what is in the trash by then.
    if ((job.counts['under-way'] ?? 0) > 0) return;
    const destination = await knownDestination(records, job.destinationId);
    const { databaseId, botId } = destination ?? {};
    if (databaseId === undefined || botId === undefined) {
      await imports.put({ ...job, state: 'stopped', failure: failure('database-unknown') }, []);
      return;
    }
    const gone = certain(await notion.send(botId, trashDatabase(databaseId), DatabaseReply));
    if (!gone.ok) {
      const isLater = meaningOf(gone.failure).hope === 'later';
      if (isLater) dueAt = clock() + AGAIN;
      await imports.put({ ...job, state: isLater ? 'undoing' : 'stopped', failure: gone.failure }, []);
      return;
    }
    let next = job;
    for (;;) {
      const made = await entriesOf(job.id, 'made', null, LOT);
      if (made.length === 0) break;
      next = await change(
        next,
        made,
        made.map((entry) => ({ ...entry, state: 'undone' })),
      );
    }
    await imports.put({ ...next, state: 'undone', failure: null }, []);
  }

  return {
    prepare: (destinationId) =>
      caught(async () => {
        const destination = await knownDestination(records, destinationId);
        if (destination && (await whatIsKnown(destination, clock())) === null) readRows(destinationId);
        return ok(null);
      }),

    begin: ({ id, name, destinationId, ownsDatabase, places }) =>
      caught(async () => {
        if (await one(id)) return ok(null);
        const job: Job = {
          ...{ version: 1, id, name, destinationId, places, state: 'storing' },
          ...(ownsDatabase ? { ownsDatabase } : {}),
          ...{ failure: null, startedAt: clock(), counts: {} },
        };
        await imports.put(job, []);
        return ok(null);
      }),

    store: (jobId, from, items) =>
      caught(async () => {
        const job = await one(jobId);
        if (job?.state !== 'storing') return job ? ok(null) : failed('unexpected');
        const known = new Set(
          (await entriesOf(jobId, 'waiting', from - 1, items.length)).map(({ number }) => number),
        );
        const entries = items.flatMap((item, at): Entry[] =>
          known.has(from + at) ? [] : [{ number: from + at, state: 'waiting', item, row: null, why: null }],
        );
        await change(job, [], entries);
        return ok(null);
      }),

    async turn(jobId, to) {
      const turned = await caught(async () => {
        const job = await one(jobId);
        if (!job) return failed('unexpected');
        const isOver = job.state === 'undone' || (job.state === 'done' && to !== 'undoing');
        if (!isOver) await imports.put({ ...job, state: to, failure: null }, []);
        return ok(null);
      });
      void wake();
      return turned;
    },

    jobs: () => caught(async () => ok((await all()).sort((a, b) => b.startedAt - a.startedAt))),
    entries: (jobId, state, after) => caught(async () => ok(await entriesOf(jobId, state, after, LOT))),
    async mend(jobId, corrected) {
      const mended = await caught(async () => {
        const job = await one(jobId);
        if (!job) return failed('unexpected');
        const read = await Promise.all(
          corrected.map(({ number }) => entriesOf(jobId, 'refused', number - 1, 1)),
        );
        const before = read.flat().filter(({ number }) => corrected.some((one) => one.number === number));
        const after = before.map((entry): Entry => {
          const { title, url } = corrected.find(({ number }) => number === entry.number) ?? {};
          const item = { ...entry.item, title: title?.trim() || null, url: url?.trim() || entry.item.url };
          return { ...entry, item, state: 'waiting', why: null, again: (entry.again ?? 0) + 1 };
        });
        const next = await change(job, before, after);
        if (job.state === 'done' || job.state === 'stopped')
          await imports.put({ ...next, state: 'running' }, []);
        return ok(null);
      });
      void wake();
      return mended;
    },

    forget: (jobId) =>
      caught(async () => {
        await imports.erase(jobId);
        return ok(null);
      }),
    wake,
    async idle() {
      do {
        await following;
        await Promise.all(reading.values());
        await inTurn(async () => undefined);
      } while (following);
    },
  };
}
