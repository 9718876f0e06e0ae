/** All saves that this device keeps: those under way in memory, and every one of them as it is stored. */

import { isSame } from '../../core/same.ts';
import { isImportSave } from '../../core/save/import-save.ts';
import { RECENT, summarize } from '../../core/save/outbox.ts';
import { emptyOutbox, isArrived, type OutboxSummary, type Save } from '../../core/save/record.ts';
import { isFinished } from '../../core/save/standing.ts';
import type { Records } from './records.ts';
import { createSerial } from './serial.ts';

/** What has been stored of one save. `isNews`: something that the user knows of, or waits for. */
export type SaveChange = { save: Save; isNews: boolean };

export type Saves = {
  /** Reads what is stored. Must have settled once before anything else is asked. @returns all that can be read, the first kept first */
  load(): Promise<Save[]>;
  /** Those that are not finished, in the order in which they were kept. */
  open(): Iterable<Save>;
  /** One that is not finished; undefined where there is none of that id. */
  openOne(id: string): Save | undefined;
  /** Those that ended last, the latest first. */
  ended(): readonly Save[];
  /** Any save that is kept here. */
  get(id: string): Promise<Save | null>;
  /** How things stand, in short. */
  summary(): OutboxSummary;
  /** Runs work during which nobody else stores a save. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Stores these together, or none of them. Only within `inTurn`.
   * @returns what the user may be told of, in the order of the saves
   */
  store(saves: readonly Save[]): Promise<SaveChange[]>;
  /** Removes saves that are finished. */
  forget(saves: readonly Save[]): Promise<void>;
  /** Makes the stored summary true again, after a death in between. */
  mendSummary(): Promise<void>;
};

/** Whether it is one of those that ended; an import tells of its own. */
const isEnded = (save: Save): boolean => isArrived(save) && !isImportSave(save.id);

export function createSaves({ records }: { records: Records }): Saves {
  /** Caches of what is stored. */
  const open = new Map<string, Save>();
  let ended: Save[] = [];
  /** Ids of saves that are kept for the version of Rowmark that can read them. */
  let unread: string[] = [];

  /** The unfinished saves as they will be with these. */
  function* openWith(saves: ReadonlyMap<string, Save>): Iterable<Save> {
    for (const save of open.values()) yield saves.get(save.id) ?? save;
    for (const save of saves.values()) if (!open.has(save.id)) yield save;
  }

  const summary = (): OutboxSummary => summarize(open.values(), ended, unread);

  return {
    async load() {
      const found = await records.survey('save');
      const saves = found.values.sort((a, b) => a.capture.at - b.capture.at);
      unread = found.unread.map(({ id }) => id);
      for (const save of saves) if (!isFinished(save)) open.set(save.id, save);
      // In the order in which they ended; by their times, which a clock that was set may have turned, only where that is not known.
      const known = (await records.get('outbox'))?.recent ?? [];
      const place = ({ id }: Save) => (known.includes(id) ? known.indexOf(id) : known.length);
      ended = saves
        .filter(isEnded)
        .sort((a, b) => place(a) - place(b) || b.changedAt - a.changedAt)
        .slice(0, RECENT);
      return saves;
    },

    open: () => open.values(),
    openOne: (id) => open.get(id),
    ended: () => ended,
    get: async (id) => open.get(id) ?? (await records.getOne('save', id)),
    summary,
    inTurn: createSerial(),

    async store(saves) {
      const byId = new Map(saves.map((save) => [save.id, save]));
      const before = (id: string) => open.get(id) ?? ended.find((one) => one.id === id);
      const changes = saves.map((save) => {
        const then = before(save.id);
        return { save, isNews: !(then && isArrived(then) && isArrived(save)) };
      });
      const others = ended.filter(({ id }) => !byId.has(id));
      const endedThen = [...saves.filter(isEnded), ...others].slice(0, RECENT);
      const outbox = summarize(openWith(byId), endedThen, unread);
      await records.put({ outbox, save: Object.fromEntries(byId) });
      ended = endedThen;
      for (const save of saves) {
        if (isFinished(save)) open.delete(save.id);
        else open.set(save.id, save);
      }
      return changes;
    },

    forget: (saves) =>
      records.remove(
        'save',
        saves.map(({ id }) => id),
      ),

    async mendSummary() {
      const now = summary();
      await records.update('outbox', (before) => (isSame(before ?? emptyOutbox, now) ? before : now));
    },
  };
}
