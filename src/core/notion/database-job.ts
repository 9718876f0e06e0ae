/** Making a database, which must not happen twice either: what is stored of it before anything is sent. */
import * as z from 'zod/mini';
import { failed, ok, type Result } from '../failure.ts';
import type { DataSourceReply } from './replies.ts';
import { isOfTheTime, isUntouched, madeAt, ONE_ATTEMPT, Traces } from './traces.ts';

export const DatabaseJob = z.object({
  version: z.literal(1),
  /** Chosen by whoever asks for it, so that the same asking finds what it has come to. */
  id: z.string(),
  botId: z.string(),
  /** Null: a private page of the user's. */
  parentPageId: z.nullable(z.string()),
  title: z.string(),
  /** By the clock of this device: when it was about to be sent; null: not yet, or certainly without effect. */
  sentAt: z.nullable(z.number()),
  /** By Notion's clock: the first look since it was sent, which did not find it. */
  lookedAt: z.nullable(z.number()),
  /** The database, once known, and when it was made by Notion's clock. */
  made: z.nullable(z.object({ id: z.string(), at: z.number() })),
  /** Its data source, once it is chosen. */
  destinationId: z.nullable(z.string()),
  /** Whether the browser has made a second one is still to be seen: as in `Repeats`. */
  doubt: z.nullable(z.object({ lookedAt: z.nullable(z.number()), dueAt: z.number() })),
});
export type DatabaseJob = z.infer<typeof DatabaseJob>;

/** A database that may be the one. */
export type Candidate = { id: string; traces: Traces };

const ChildDatabase = z.looseObject({
  id: z.string(),
  type: z.literal('child_database'),
  child_database: z.looseObject({ title: z.string() }),
  ...Traces,
});

/** The databases of that title among a page's blocks, as Notion returns them. */
export const databasesIn = (blocks: readonly unknown[], title: string): Candidate[] =>
  blocks.flatMap((raw) => {
    const read = z.safeParse(ChildDatabase, raw);
    return read.success && read.data.child_database.title === title
      ? [{ id: read.data.id, traces: read.data }]
      : [];
  });

const DataSourceTraces = z.looseObject(Traces);

/** When and by whom a data source was made and edited. */
export const tracesOf = (reply: DataSourceReply): Traces => {
  const read = z.safeParse(DataSourceTraces, reply);
  return read.success ? read.data : {};
};

/**
 * Those that were made since this job was sent, by our authorization.
 * @param now by Notion's clock and by this device's
 */
export function madeSince(
  { botId, sentAt, made }: DatabaseJob,
  candidates: readonly Candidate[],
  now: { there: number; here: number },
): Candidate[] {
  const since = now.there - (now.here - (sentAt ?? now.here)) - ONE_ATTEMPT;
  return candidates.filter(({ id, traces }) => {
    if (id === made?.id || traces.created_by?.id !== botId) return false;
    return made ? isOfTheTime(traces, made.at) : (madeAt(traces) ?? 0) >= since;
  });
}

/** Whether nobody has done anything to it since our authorization made it. */
export const isAsMade = ({ botId }: DatabaseJob, traces: Traces): boolean =>
  isUntouched(traces, new Set([botId]));

/** What has come of a job, to whoever asked for it. */
export const resultOf = ({ destinationId }: DatabaseJob): Result<{ destinationId: string }> =>
  destinationId === null ? failed('unreachable') : ok({ destinationId });
