/** Keeps the local indexes going: a first reading takes many minutes at Notion's pace, and outlives the background. */
import type { Failure, Result } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import { isSame } from '../../core/same.ts';
import type { RowIndexStatus } from '../../core/saved-rows/status.ts';
import { endOfWait } from '../../core/time.ts';
import type { Alarm, Ports } from '../../ports.ts';
import type { Schemas } from '../databases/schemas.ts';
import type { Records } from '../store/records.ts';
import type { Refreshed, RowIndex } from './row-index.ts';

/** Rest after the requests of a minute are used up, and after something that passes by itself, in milliseconds. */
const NEXT_MINUTE = 60_000;
const AFTER_FAILURE = 5 * 60_000;

export type IndexFilling = ReturnType<typeof createIndexFilling>;

export function createIndexFilling(
  { clock, keepAwake, alarm }: Pick<Ports, 'clock' | 'keepAwake'> & { alarm: Alarm },
  records: Records,
  schemas: Pick<Schemas, 'reread'>,
  index: RowIndex,
) {
  /** Being read now. */
  const running = new Set<string>();

  /** Should Notion refuse a query, a property that it names may be gone: once more by the schema of the moment. */
  async function readOn(id: string): Promise<Result<Refreshed>> {
    const read = await index.refresh(id);
    if (read.ok || read.failure.code !== 'values-refused') return read;
    const destination = await records.getOne('destination', id);
    const fresh = destination && (await schemas.reread(id, destination.botId));
    return fresh?.ok ? index.refresh(id) : read;
  }

  /** When this one is to be gone on with; null: not by itself. */
  function dueAt({ on, whole, underWay, failure, dueAt }: RowIndexStatus): number | null {
    if (!on) return null;
    if (dueAt !== undefined) return endOfWait(dueAt, AFTER_FAILURE, clock());
    if (failure && meaningOf(failure).hope !== 'later') return null;
    // Whoever began it has died over it.
    return whole && !underWay ? null : clock();
  }

  /** Should the background die over what is under way, the alarm is all that brings it back. */
  async function setAlarm(): Promise<void> {
    const all = Object.entries((await records.get('rowIndexes')) ?? {});
    const times = all.flatMap(([id, status]) => {
      const at = running.has(id) && status.on ? clock() + NEXT_MINUTE : dueAt(status);
      return at ?? [];
    });
    await alarm.set(times.length > 0 ? Math.min(...times) : null);
  }

  /** What came of reading is stored: another background is to know when it is gone on with. */
  function noteOutcome(id: string, read: Result<Refreshed>): Promise<void> {
    const isLater = !read.ok && meaningOf(read.failure).hope === 'later';
    const at = isLater
      ? clock() + AFTER_FAILURE
      : read.ok && read.value.paused
        ? clock() + NEXT_MINUTE
        : null;
    return records.update('rowIndexes', (all) => {
      const before = all?.[id];
      if (!before?.on) return all;
      const { dueAt: _, ...status } = before;
      const failure = read.ok ? null : read.failure;
      const next = { ...status, failure, ...(at === null ? {} : { dueAt: at }) };
      return isSame(before, next) ? all : { ...all, [id]: next };
    });
  }

  /** Reads what is new. Safe to call at any time. */
  async function refresh(id: string): Promise<void> {
    running.add(id);
    try {
      await setAlarm();
      await noteOutcome(id, await keepAwake(readOn(id)));
    } catch (error) {
      // Storage that takes no writes: what is stored says when it is gone on with.
      console.error('Rowmark could not go on reading rows.', error);
    } finally {
      running.delete(id);
    }
    await setAlarm();
  }

  return {
    refresh,

    async refreshAll(): Promise<void> {
      const all = Object.entries((await records.get('rowIndexes')) ?? {});
      await Promise.all(all.filter(([, { on }]) => on).map(([id]) => refresh(id)));
    },

    /** After a save, while the background is awake anyway: the next one is to know what others have saved. */
    async freshen(): Promise<void> {
      const all = Object.entries((await records.get('rowIndexes')) ?? {});
      for (const [id, { on }] of all) if (on && !(await index.isFresh(id))) await refresh(id);
    },

    /** Something has come right: what failed so is tried at once. */
    async tryNow(isHealed: (why: Failure) => boolean): Promise<void> {
      const all = Object.entries((await records.get('rowIndexes')) ?? {});
      const failing = all.filter(([, { on, failure }]) => on && failure && isHealed(failure));
      await Promise.all(failing.map(([id]) => refresh(id)));
    },

    /** Says when there is something to do, as it is stored. Nothing is begun. */
    start: setAlarm,

    /** Goes on with what was begun and is not done. */
    async wake(): Promise<void> {
      const all = Object.entries((await records.get('rowIndexes')) ?? {});
      const begun = all.filter(([, status]) => (dueAt(status) ?? Infinity) <= clock());
      await Promise.all(begun.map(([id]) => refresh(id)));
    },
  };
}
