/** Saving several tabs in one go, closing them if the user wants that, and taking all of it back. */
import * as z from 'zod/mini';
import { fieldsFrom } from '../../core/capture/fields.ts';
import { dayOf, startsOf } from '../../core/capture/starts.ts';
import { defaultForm } from '../../core/database/form-settings.ts';
import { ok, type Result } from '../../core/failure.ts';
import { addTags } from '../../core/tags/rules.ts';
import type { ClosedTab, Ports } from '../../ports.ts';
import type { MessageOf } from '../../protocol/messages.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { KnownRows } from '../saved/known-rows.ts';
import type { Records } from '../store/records.ts';
import type { Keeping } from './keeping.ts';
import type { Outbox } from './outbox.ts';

export type SaveTabs = {
  /** Which of these pages this device knows to be saved, in their order. */
  areSaved(destinationId: string, urls: readonly string[]): Promise<Result<boolean[]>>;
  /** Keeps all, and closes tabs only then. May be repeated. */
  save(asked: MessageOf<'save-tabs'>): Promise<Result<{ closed: number }>>;
  /** May be repeated: what is open again stays as it is. */
  undo(batchId: string, saveIds: readonly string[]): Promise<Result<{ opened: number }>>;
};

const Closed = z.array(
  z.object({
    id: z.number(),
    url: z.string(),
    title: z.string(),
    windowId: z.number(),
    index: z.number(),
    isPinned: z.boolean(),
    groupId: z.nullable(z.number()),
    twins: z.number(),
  }),
);

/** What was closed lives as long as the browser: after that, there is no window to open it in again. */
const closedKey = (batchId: string): string => `closed-tabs:${batchId}`;

/** So many are opened, one after another, before it is noted that they are. */
const AT_ONCE = 10;

export function createSaveTabs({
  clock,
  tabs,
  session,
  records,
  keeping,
  knownRows,
  outbox,
}: Pick<Ports, 'clock' | 'tabs' | 'session'> & {
  records: Records;
  keeping: Pick<Keeping, 'keep'>;
  knownRows: KnownRows;
  outbox: Pick<Outbox, 'undo'>;
}): SaveTabs {
  const isSaved = async (destinationId: string, url: string): Promise<boolean> =>
    knownRows.onItsWay(destinationId, url) !== null || (await knownRows.row(destinationId, url)) !== null;

  return {
    async areSaved(destinationId, urls) {
      return ok(await Promise.all(urls.map((url) => isSaved(destinationId, url))));
    },

    async save({ batchId, destinationId, presetId, tags, closes, tabs: all }) {
      const preset = (await records.get('presets'))?.presets.find(({ id }) => id === presetId);
      const [destination, form] = await Promise.all([
        knownDestination(records, destinationId),
        records.getOne('form', destinationId),
      ]);
      const beginning = preset?.beginning ?? form ?? defaultForm;
      const at = clock();
      for (const { saveId, shows, url, title, facts: read } of all) {
        // Of a tab whose page was not read, or has gone on to another one, its title and address are known.
        const facts =
          read?.url === shows ? { ...read, selection: '' } : { url: shows, title, selection: '', meta: {} };
        const starts = startsOf(destination, beginning, facts, dayOf(at));
        const capture = {
          ...{ url, title, description: fieldsFrom(facts).description, ...starts },
          tags: addTags(starts.tags, tags, []),
          ...{ at, origin: 'tabs' as const },
        };
        const seek = (await knownRows.isAbsent(destinationId, url)) ? null : 'leave';
        const kept = await keeping.keep(saveId, capture, destinationId, {
          isByPreset: preset !== undefined,
          seek,
        });
        if (!kept.ok) return kept;
      }
      return ok({ closed: closes ? await close(batchId, all) : 0 });
    },

    async undo(batchId, saveIds) {
      await outbox.undo(saveIds);
      const closed = await closedOf(batchId);
      for (let left = closed; left.length > 0; ) {
        const groups = await tabs.reopen(left.slice(0, AT_ONCE));
        left = left.slice(AT_ONCE).map((tab) => {
          const groupId = tab.groupId === null ? null : (groups.get(tab.groupId) ?? tab.groupId);
          return { ...tab, groupId };
        });
        await (left.length > 0 ? note(batchId, left) : session.remove([closedKey(batchId)]));
      }
      return ok({ opened: closed.length });
    },
  };

  function note(batchId: string, closed: readonly ClosedTab[]): Promise<void> {
    return session.set({ [closedKey(batchId)]: closed });
  }

  async function closedOf(batchId: string): Promise<ClosedTab[]> {
    const key = closedKey(batchId);
    const read = z.safeParse(Closed, (await session.get([key]))[key] ?? []);
    return read.success ? read.data : [];
  }

  /** Noted before it is done: whoever is interrupted knows what may be gone. */
  async function close(batchId: string, all: readonly { tabId: number; shows: string }[]): Promise<number> {
    const before = await closedOf(batchId);
    const places = await tabs.places(all.map(({ tabId, shows }) => ({ id: tabId, url: shows })));
    const known = new Set(before.map(({ id }) => id));
    const closed = [...before, ...places.filter(({ id }) => !known.has(id))];
    await note(batchId, closed);
    await tabs.close(places.map(({ id }) => id));
    return closed.length;
  }
}
