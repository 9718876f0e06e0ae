/**
 * Making a database for somebody who has none. Like a save it is stored before it is sent, and looked for before it is sent
 * again; the same asking, by its id, comes to the same database.
 */

import { failed, type Result } from '../../core/failure.ts';
import { mayPass } from '../../core/meaning.ts';
import {
  type BookmarksNames,
  createBookmarksDatabase,
  type ExtraProperty,
} from '../../core/notion/bookmarks-database.ts';
import { type DatabaseJob, isAsMade, resultOf } from '../../core/notion/database-job.ts';
import { certain, type Verdict } from '../../core/notion/judge.ts';
import { DatabaseReply } from '../../core/notion/replies.ts';
import { getDatabase, trashDatabase } from '../../core/notion/requests.ts';
import { firstLook, SETTLE, untilSettled } from '../../core/notion/settle.ts';
import { madeAt } from '../../core/notion/traces.ts';
import type { Ports } from '../../ports.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import { createSerial } from '../store/serial.ts';
import type { Choosing, Chosen } from './choosing.ts';
import { createMadeDatabases } from './made-databases.ts';

/** When it is looked again after something failed, in milliseconds. */
const AGAIN = 60_000;
/** So long a job is kept, in milliseconds: nobody asks for it again after that. */
const KEPT = 24 * 60 * 60_000;

/** A database that is wanted. */
export type Wanted = {
  /** Chosen by whoever asks: asked again by it, the same database is answered. */
  id: string;
  botId: string;
  /** The page that it is put into; null: a private page of the user's. */
  parentPageId: string | null;
  /** For a library: its own title, and what it holds beside the bookmarks'. It is listed, and chosen only where nothing is. */
  library?: { title: string; extras: readonly ExtraProperty[] } | undefined;
};

export interface MakeDatabase {
  /** Makes a database and chooses it. */
  make(wanted: Wanted): Promise<Result<Chosen>>;
  /** Looks for second ones that are due, and sets the alarm for those that are due later. */
  wake(): Promise<void>;
}

export function createMakeDatabase({
  clock,
  text,
  alarm,
  keepAwake,
  records,
  notion,
  choosing,
}: Pick<Ports, 'clock' | 'text' | 'alarm' | 'keepAwake'> & {
  records: Records;
  notion: Notion;
  choosing: Pick<Choosing, 'take' | 'chosen'>;
}): MakeDatabase {
  const inTurn = createSerial();
  const { candidates, isEmpty } = createMadeDatabases({ clock, records, notion });

  const names = (): BookmarksNames => ({
    database: text('bookmarks_database_title'),
    title: text('bookmarks_property_title'),
    url: text('bookmarks_property_url'),
    tags: text('bookmarks_property_tags'),
    description: text('bookmarks_property_description'),
    savedOn: text('bookmarks_property_saved_on'),
  });

  async function store(job: DatabaseJob): Promise<DatabaseJob> {
    await records.put({ job: { [job.id]: job } });
    return job;
  }

  /** The job of that asking; one that nobody knows the end of is gone on with, by whatever id it is asked for again. */
  async function jobFor({ id, botId, parentPageId, library }: Wanted): Promise<DatabaseJob> {
    const title = library?.title ?? names().database;
    const jobs = await records.all('job');
    const known = jobs.find((job) => job.id === id);
    if (known) return known;
    const open = jobs.find(
      (job) =>
        job.botId === botId &&
        job.parentPageId === parentPageId &&
        job.title === title &&
        job.sentAt !== null &&
        job.destinationId === null,
    );
    const fresh: DatabaseJob = {
      version: 1,
      id,
      botId,
      parentPageId,
      title,
      sentAt: null,
      lookedAt: null,
      made: null,
      destinationId: null,
      doubt: null,
    };
    if (!open) return fresh;
    // Both at once: a death in between would leave two that look for one database.
    await records.put({ job: { [id]: { ...open, id }, [open.id]: null } });
    return { ...open, id };
  }

  async function make(wanted: Wanted): Promise<Result<Chosen>> {
    let job = await jobFor(wanted);
    if (job.destinationId !== null) return resultOf(job);
    if (job.sentAt !== null && !job.made) {
      const looked = await lookFor(job);
      if (!looked.ok) return looked;
      job = looked.value;
    }
    if (job.sentAt === null) {
      const sent = await send(job, wanted);
      if (!sent.ok) return sent;
      job = sent.value;
    }
    if (!job.made) return resultOf(job);
    const chosen = await choose(job, wanted);
    void keepAwake(wake()).catch((error) => console.error('Rowmark could not look for databases.', error));
    return chosen;
  }

  async function send(fresh: DatabaseJob, { library }: Wanted): Promise<Result<DatabaseJob>> {
    const job = await store({ ...fresh, sentAt: clock(), lookedAt: null });
    const { botId, parentPageId, title } = job;
    const request = createBookmarksDatabase({
      parentPageId,
      names: { ...names(), database: title },
      extras: library?.extras ?? [],
    });
    const verdict = await notion.send(botId, request, DatabaseReply);
    if (verdict.kind === 'refused') {
      await records.put({ job: { [job.id]: null } });
      return { ok: false, failure: verdict.failure };
    }
    const at = clock();
    if (verdict.kind === 'done') {
      const made = { id: verdict.value.id, at: madeAt(verdict.value) ?? verdict.asOf ?? at };
      return { ok: true, value: await store({ ...job, made, doubt: doubtOf(verdict, at) }) };
    }
    // It may be there.
    const looked = await lookFor(job);
    return looked.ok && looked.value.made ? looked : { ok: false, failure: verdict.failure };
  }

  const doubtOf = (verdict: Verdict<unknown> & { kind: 'done' }, at: number): DatabaseJob['doubt'] => {
    const look = firstLook(verdict, at);
    return look && { ...look, dueAt: look.lookedAt === null ? at : at + SETTLE };
  };

  /**
   * Looks for the database of a job that was sent. Like a row, it is believed absent when two looks, far enough apart by
   * Notion's clock, have not found it: then it is as if it had never been sent.
   */
  async function lookFor(job: DatabaseJob): Promise<Result<DatabaseJob>> {
    const found = await candidates(job);
    if (!found.ok) return found;
    const { asOf, databases } = found.value;
    const [one, ...others] = databases;
    if (one) {
      const made = { id: one.id, at: madeAt(one.traces) ?? asOf };
      const at = clock();
      const doubt =
        others.length > 0 ? { lookedAt: null, dueAt: at } : { lookedAt: asOf, dueAt: at + SETTLE };
      return { ok: true, value: await store({ ...job, made, doubt }) };
    }
    const lookedAt = job.lookedAt ?? asOf;
    const isAbsent = untilSettled(lookedAt, asOf) <= 0;
    return {
      ok: true,
      value: await store(isAbsent ? { ...job, sentAt: null, lookedAt: null } : { ...job, lookedAt }),
    };
  }

  /** Lists the database that was made, and chooses it where that is wanted, or none is chosen. */
  async function choose(job: DatabaseJob, { library }: Wanted): Promise<Result<Chosen>> {
    const { made, botId } = job;
    if (!made) return failed('unexpected');
    const database = certain(await notion.send(botId, getDatabase(made.id), DatabaseReply));
    if (!database.ok) return database;
    const dataSourceId = database.value.data_sources[0]?.id;
    if (dataSourceId === undefined) return failed('reply-unreadable');
    const how = library && (await choosing.chosen()) !== null ? 'listed' : 'chosen';
    const chosen = await choosing.take(dataSourceId, botId, how);
    if (chosen.ok) await store({ ...job, destinationId: chosen.value.destinationId });
    return chosen;
  }

  /** Throws away what the browser made a second time, if it is empty and untouched. @returns the job as it is then */
  async function settle(job: DatabaseJob): Promise<DatabaseJob> {
    const { doubt } = job;
    if (!doubt) return job;
    const looked = await candidates(job);
    const at = clock();
    if (!looked.ok)
      return store({ ...job, doubt: mayPass(looked.failure) ? { ...doubt, dueAt: at + AGAIN } : null });
    const { asOf, databases } = looked.value;
    for (const { id, traces } of databases) {
      if (!isAsMade(job, traces) || !(await isEmpty(job, id))) continue;
      const gone = certain(await notion.send(job.botId, trashDatabase(id), DatabaseReply));
      if (!gone.ok && mayPass(gone.failure)) return store({ ...job, doubt: { ...doubt, dueAt: at + AGAIN } });
    }
    const lookedAt = doubt.lookedAt ?? asOf;
    const left = untilSettled(lookedAt, asOf);
    return store({ ...job, doubt: left > 0 ? { lookedAt, dueAt: at + left } : null });
  }

  const wake = (): Promise<void> =>
    inTurn(async () => {
      const due: number[] = [];
      for (const job of await records.all('job')) {
        const now = job.doubt && job.doubt.dueAt <= clock() ? await settle(job) : job;
        if (now.doubt) due.push(now.doubt.dueAt);
        else if (now.destinationId !== null && clock() - (now.sentAt ?? 0) > KEPT)
          await records.put({ job: { [now.id]: null } });
      }
      await alarm.set(due.length > 0 ? Math.min(...due) : null);
    });

  return {
    make: (wanted) => inTurn(() => make(wanted)),
    wake,
  };
}
