/** Keeps the local indexes going: a first reading takes many minutes at Notion's pace, and outlives the background. */
import type { Result } from '../core/failure.ts';
import { meaningOf } from '../core/meaning.ts';
import type { Alarm, Ports } from '../ports.ts';
import type { Destinations } from './destinations.ts';
import type { Records } from './records.ts';
import type { Refreshed, RowIndex } from './row-index.ts';

/** Rest after the requests of a minute are used up, and after something that passes by itself, in milliseconds. */
const NEXT_MINUTE = 60_000;
const AFTER_FAILURE = 5 * 60_000;

export function createIndexFilling(
  { clock, keepAwake, alarm }: Pick<Ports, 'clock' | 'keepAwake'> & { alarm: Alarm },
  records: Records,
  destinations: Pick<Destinations, 'reread'>,
  index: RowIndex,
) {
  /** When each is to be gone on with. */
  const due = new Map<string, number>();

  /** Should Notion refuse a query, a property that it names may be gone: once more by the schema of the moment. */
  async function readOn(id: string): Promise<Result<Refreshed>> {
    const read = await index.refresh(id);
    if (read.ok || read.failure.code !== 'values-refused') return read;
    const destination = await records.getOne('destination', id);
    const fresh = destination && (await destinations.reread(id, destination.botId));
    return fresh?.ok ? index.refresh(id) : read;
  }

  /** Reads what is new. Safe to call at any time. */
  async function refresh(id: string): Promise<void> {
    due.delete(id);
    const read = await keepAwake(readOn(id));
    if (read.ok && read.value.paused) due.set(id, clock() + NEXT_MINUTE);
    if (!read.ok && meaningOf(read.failure).hope === 'later') due.set(id, clock() + AFTER_FAILURE);
    await alarm.set(due.size > 0 ? Math.min(...due.values()) : null);
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

    /** Goes on with what was begun and is not done. */
    async wake(): Promise<void> {
      const all = Object.entries((await records.get('rowIndexes')) ?? {});
      const begun = all.filter(([id, { on, whole, underWay }]) => {
        const at = due.get(id);
        return on && (at === undefined ? !whole || underWay : at <= clock());
      });
      await Promise.all(begun.map(([id]) => refresh(id)));
    },
  };
}
