/** How imports stand, and what can be done about them. */
import { signal } from '@preact/signals-core';
import type { Failure } from '../../core/failure.ts';
import type { Entry, EntryState, Job } from '../../core/library/job.ts';
import type { Client } from '../../protocol/client.ts';

export type Jobs = Awaited<ReturnType<typeof openJobs>>;

/** What was noted of an entry, as somebody looks at it. */
export type Listed = Extract<EntryState, 'made' | 'there' | 'refused'>;

/** How long until an import that runs is looked at again, in milliseconds. */
const LOOK = 1_000;
/** What an import has done within so long is its pace, in milliseconds. */
const PACE = 2 * 60_000;

/** Entries that are still to be done something about. */
export const openOf = ({ state, counts }: Job): number =>
  state === 'undoing'
    ? (counts.made ?? 0) + (counts.undoing ?? 0)
    : (counts.waiting ?? 0) + (counts['under-way'] ?? 0);

export async function openJobs(client: Client, once: (work: () => Promise<Failure | null>) => Promise<void>) {
  const all = signal<Job[]>([]);
  /** Those that were looked at, by import and state. */
  const lists = signal<Readonly<Record<string, Entry[]>>>({});
  /** How many were open when, of each import, the oldest first. */
  const seen = new Map<string, { at: number; open: number; state: Job['state'] }[]>();
  const refusedOf = new Map<string, number>();
  const keyOf = (jobId: string, state: Listed): string => `${jobId} ${state}`;

  await look();
  setInterval(() => {
    if (all.value.some(({ state }) => state === 'running' || state === 'undoing')) void look();
  }, LOOK);

  async function look(): Promise<void> {
    const read = await client.call({ type: 'read-imports' });
    if (!read.ok) return;
    const at = Date.now();
    for (const job of read.value) {
      const before = (seen.get(job.id) ?? []).filter((one) => one.state === job.state && at - one.at < PACE);
      seen.set(job.id, [...before, { at, open: openOf(job), state: job.state }]);
    }
    all.value = read.value;
    for (const { id, counts } of read.value) {
      const refused = counts.refused ?? 0;
      if (refused === (refusedOf.get(id) ?? 0)) continue;
      refusedOf.set(id, refused);
      await list(id, 'refused', null);
    }
  }

  async function list(jobId: string, state: Listed, after: number | null): Promise<void> {
    const entries = await client.call({ type: 'read-entries', jobId, state, after });
    if (!entries.ok) return;
    const key = keyOf(jobId, state);
    const before = after === null ? [] : (lists.value[key] ?? []);
    lists.value = { ...lists.value, [key]: [...before, ...entries.value] };
  }

  const calling = (message: Parameters<Client['call']>[0]): Promise<void> =>
    once(async () => {
      const answer = await client.call(message);
      return answer.ok ? null : answer.failure;
    });

  return {
    all,
    look,
    listed: (jobId: string, state: Listed): Entry[] => lists.value[keyOf(jobId, state)] ?? [],
    /** Reads the first ones, or more of them. */
    list: (jobId: string, state: Listed): Promise<void> =>
      list(jobId, state, lists.value[keyOf(jobId, state)]?.at(-1)?.number ?? null),
    /** Entries a minute, as it was seen to go; null: not for long enough. */
    paceOf({ id }: Job): number | null {
      const all = seen.get(id) ?? [];
      const [first, last] = [all[0], all.at(-1)];
      if (!first || !last || last.at - first.at < 10_000 || last.open >= first.open) return null;
      return ((first.open - last.open) * 60_000) / (last.at - first.at);
    },

    turn: (jobId: string, to: 'running' | 'paused' | 'stopped' | 'undoing'): Promise<void> =>
      calling({ type: 'turn-import', jobId, to }),
    mend: (jobId: string, entries: { number: number; title: string; url: string }[]): Promise<void> =>
      calling({ type: 'mend-entries', jobId, entries }),
    forget: (jobId: string): Promise<void> => calling({ type: 'forget-import', jobId }),
  };
}
