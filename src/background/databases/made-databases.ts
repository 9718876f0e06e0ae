/** Looking in Notion for a database that may have been made: it is asked for by nothing but what it looks like. */
import * as z from 'zod/mini';
import { ok, type Result } from '../../core/failure.ts';
import {
  type Candidate,
  type DatabaseJob,
  databasesIn,
  isAsMade,
  madeSince,
  tracesOf,
} from '../../core/notion/database-job.ts';
import { certain } from '../../core/notion/judge.ts';
import {
  BlockList,
  DatabaseReply,
  DataSourceReply,
  QueryReply,
  SearchReply,
  titleOfDatabase,
} from '../../core/notion/replies.ts';
import {
  getBlockChildren,
  getDatabase,
  getDataSource,
  queryDataSource,
  searchDataSources,
} from '../../core/notion/requests.ts';
import type { Ports } from '../../ports.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';

/** So many pages of blocks, or of what was found, are looked at. */
const PAGES = 20;

export interface MadeDatabases {
  /** Databases that may be that of a job, or a second one of it; `asOf`: when, by Notion's clock. */
  candidates(job: DatabaseJob): Promise<Result<{ asOf: number; databases: Candidate[] }>>;
  /** Whether a database has no rows, and nobody has changed it since it was made. */
  isEmpty(job: DatabaseJob, databaseId: string): Promise<boolean>;
}

export function createMadeDatabases({
  clock,
  records,
  notion,
}: Pick<Ports, 'clock'> & { records: Records; notion: Notion }): MadeDatabases {
  async function candidates(job: DatabaseJob): Promise<Result<{ asOf: number; databases: Candidate[] }>> {
    const { botId, parentPageId, title } = job;
    const all: Candidate[] = [];
    let asOf: number | null = null;
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      // What is in no page of the user's can only be searched for.
      const verdict =
        parentPageId === null
          ? await notion.send(botId, searchDataSources(title, cursor), SearchReply)
          : await notion.send(botId, getBlockChildren(parentPageId, cursor), BlockList);
      if (verdict.kind !== 'done') return { ok: false, failure: verdict.failure };
      asOf ??= verdict.asOf ?? clock();
      const { results } = verdict.value;
      all.push(...(parentPageId === null ? privateOnes(results, title) : databasesIn(results, title)));
      cursor = verdict.value.next_cursor ?? undefined;
      if (!cursor) break;
    }
    const there = asOf ?? clock();
    // Another job may have made one there at the same time.
    const others = new Set(
      (await records.all('job')).flatMap(({ id, made }) => (id !== job.id && made ? [made.id] : [])),
    );
    const databases = madeSince(job, all, { there, here: clock() }).filter(({ id }) => !others.has(id));
    return ok({ asOf: there, databases });
  }

  async function isEmpty(job: DatabaseJob, databaseId: string): Promise<boolean> {
    const database = certain(await notion.send(job.botId, getDatabase(databaseId), DatabaseReply));
    if (!database.ok || database.value.in_trash) return false;
    for (const { id } of database.value.data_sources) {
      const source = certain(await notion.send(job.botId, getDataSource(id), DataSourceReply));
      if (!source.ok || !isAsMade(job, tracesOf(source.value))) return false;
      const rows = certain(await notion.send(job.botId, queryDataSource(id, { page_size: 1 }), QueryReply));
      if (!rows.ok || rows.value.results.length > 0) return false;
    }
    return true;
  }

  return { candidates, isEmpty };
}

/** Databases of that title that are in no page of the user's. */
function privateOnes(results: readonly unknown[], title: string): Candidate[] {
  return results.flatMap((raw) => {
    const read = z.safeParse(DataSourceReply, raw);
    if (!read.success || read.data.in_trash || titleOfDatabase(read.data) !== title) return [];
    const { parent, database_parent: place } = read.data;
    return parent.database_id !== undefined && place.page_id === undefined
      ? [{ id: parent.database_id, traces: tracesOf(read.data) }]
      : [];
  });
}
