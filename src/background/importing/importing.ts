/**
 * Imports: entries wait in a store of their own, which is never read whole, and go to the outbox a few at a time; there they are saves
 * like all others, and so are rows exactly once. What becomes of each is noted, and its save forgotten.
 */
import * as z from 'zod/mini';
import type { Destination } from '../../core/database/destination.ts';
import { type Failure, failed, failure, ok, type Result } from '../../core/failure.ts';
import type { LibraryItem } from '../../core/library/item.ts';
import { Entry, type EntryState, Job, recount } from '../../core/library/job.ts';
import { captureOf, type Spellings, spellingsOf } from '../../core/library/places.ts';
import { importSaveId } from '../../core/save/import-save.ts';
import { newSave } from '../../core/save/new-save.ts';
import { isArrived, type Save } from '../../core/save/record.ts';
import { isFinished } from '../../core/save/standing.ts';
import type { Ports } from '../../ports.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { KnownRows } from '../saved/known-rows.ts';
import type { Keeping } from '../saving/keeping.ts';
import type { Lanes } from '../saving/lanes.ts';
import type { Outbox } from '../saving/outbox.ts';
import type { Steps } from '../saving/steps.ts';
import type { Records } from '../store/records.ts';
import type { Saves } from '../store/saves.ts';
import { createSerial } from '../store/serial.ts';
import { storageFailure } from '../store/storage-failure.ts';

/** Entries that are in the outbox at once: what it holds is read whole at each start. */
const AT_ONCE = 20;
/** Entries that are changed in one transaction where nothing is sent for them. */
const LOT = 500;

/** Failures of one entry; all others would be the same for every one. */
const OF_ONE: ReadonlySet<Failure['code']> = new Set([
  'values-refused',
  'address-missing',
  'page-not-savable',
  'row-in-trash',
  'row-gone',
]);

export type Importing = {
  /** Begins an import of which nothing is sent yet. May be repeated. */
  begin(job: Pick<Job, 'id' | 'name' | 'destinationId' | 'places'>): Promise<Result<null>>;
  /** Stores entries from that number on; those that are stored already are left as they are. */
  store(jobId: string, from: number, items: readonly LibraryItem[]): Promise<Result<null>>;
  /** Lets it run, pauses it, stops it, or takes all of it back. */
  turn(jobId: string, to: 'running' | 'paused' | 'stopped' | 'undoing'): Promise<Result<null>>;
  jobs(): Promise<Result<Job[]>>;
  /** Entries in that state, in their order, after that number. */
  entries(jobId: string, state: EntryState, after: number | null): Promise<Result<Entry[]>>;
  /** Forgets an import that is over; its rows stay. */
  forget(jobId: string): Promise<Result<null>>;
  /** Something may be due. */
  wake(): Promise<void>;
  /** Settles when nothing goes on by itself any more. */
  idle(): Promise<void>;
};

export function createImporting({
  clock,
  imports,
  records,
  saves,
  steps,
  lanes,
  outbox,
  keeping,
  knownRows,
}: Pick<Ports, 'clock' | 'imports'> & {
  records: Records;
  saves: Saves;
  steps: Pick<Steps, 'store'>;
  lanes: Pick<Lanes, 'idle' | 'isBusy'>;
  outbox: Pick<Outbox, 'undo'>;
  keeping: Pick<Keeping, 'keep'>;
  knownRows: Pick<KnownRows, 'isAbsent'>;
}): Importing {
  const inTurn = createSerial();
  let isDue = false;
  /** While what was handed to the outbox is on its way. */
  let following: Promise<void> | null = null;

  const all = async (): Promise<Job[]> =>
    (await imports.jobs()).flatMap((raw) => {
      const read = z.safeParse(Job, raw);
      return read.success ? [read.data] : [];
    });
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
      for (const job of await all()) await goOn(job);
    }).catch((error) => console.error('Rowmark could not go on with an import.', error));
  };

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
        const save = await saves.get(
          importSaveId(job.id, entry.number, state === 'undoing' ? 'undo' : 'save'),
        );
        const become = save && becomeOf(entry, save);
        if (save && become) {
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
      await saves.forget(ended.filter(isFinished));
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
    const spellings = spellingsOf(destination);
    // Those that a dead background had taken, and had not kept.
    let next = job;
    for (const entry of await entriesOf(job.id, 'under-way', null, AT_ONCE))
      await keep(next, entry, destination, spellings);
    const room = AT_ONCE - (next.counts['under-way'] ?? 0);
    const taken = room > 0 ? await entriesOf(job.id, 'waiting', null, room) : [];
    if (taken.length > 0) {
      const after = taken.map((entry): Entry => ({ ...entry, state: 'under-way' }));
      next = await change(next, taken, after);
      for (const entry of after) if (!(await keep(next, entry, destination, spellings))) return;
    }
    const left = (next.counts.waiting ?? 0) + (next.counts['under-way'] ?? 0);
    if (left === 0) await imports.put({ ...next, state: 'done' }, []);
  }

  /** @returns whether it is kept; where it is not, the import is paused */
  async function keep(
    job: Job,
    entry: Entry,
    destination: Destination,
    spellings: Spellings,
  ): Promise<boolean> {
    const id = importSaveId(job.id, entry.number);
    if (saves.openOne(id)) return true;
    const capture = captureOf(entry.item, job.places, destination, spellings, job.startedAt);
    const seek = (await knownRows.isAbsent(job.destinationId, capture.url)) ? null : 'leave';
    const kept = await keeping.keep(id, capture, job.destinationId, { isImported: true, seek });
    if (!kept.ok) await imports.put({ ...job, state: 'paused', failure: kept.failure }, []);
    return kept.ok;
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
    await outbox.undo(underWay.map(({ number }) => importSaveId(job.id, number)));
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
      const id = importSaveId(job.id, entry.number, 'undo');
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

  return {
    begin: ({ id, name, destinationId, places }) =>
      caught(async () => {
        if (await one(id)) return ok(null);
        const job: Job = {
          ...{ version: 1, id, name, destinationId, places, state: 'storing' },
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
    forget: (jobId) =>
      caught(async () => {
        await imports.erase(jobId);
        return ok(null);
      }),
    wake,
    async idle() {
      do await inTurn(async () => undefined);
      while (await following?.then(() => true));
    },
  };
}
