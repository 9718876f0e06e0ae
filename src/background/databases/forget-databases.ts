/** What is kept of databases goes when nothing speaks of them any more. What the user has made, forms and presets, stays. */
import type { Result } from '../../core/failure.ts';
import { isFinished } from '../../core/save/standing.ts';
import type { Ports } from '../../ports.ts';
import { isOpen, readJobs } from '../store/import-jobs.ts';
import type { Records } from '../store/records.ts';

export type ForgetDatabases = {
  /**
   * A workspace is being disconnected: its rows leave this device, and what is told of imports that are over; what is still to be
   * sent waits. @returns whether they are gone
   */
  rowsOf(botId: string): Promise<boolean>;
  /** The same for its schemas: what is chosen, and presets, speak of them, and read them anew when it is connected again. */
  schemasOf(botId: string): Promise<void>;
  /** The list was read anew: schemas of what is no longer in it go, but where rows of it are kept. */
  unlisted(): Promise<void>;
};

export function createForgetDatabases({
  imports,
  records,
  rows,
  learning,
}: Pick<Ports, 'imports'> & {
  records: Records;
  /** The rows of databases that are kept on this device. */
  rows: { erase(dataSourceId: string): Promise<Result<null>> };
  /** What is learned of tags. */
  learning: { erase(dataSourceId: string): Promise<void> };
}): ForgetDatabases {
  /** Data sources that are chosen, or that a preset, a save or an import speaks of: their schemas are needed without a list. */
  async function needed(): Promise<Set<string | null>> {
    const [settings, presets, saves, jobs] = await Promise.all([
      records.get('settings'),
      records.get('presets'),
      records.all('save'),
      readJobs(imports),
    ]);
    return new Set([
      settings?.destinationId ?? null,
      ...(presets?.presets ?? []).map(({ destinationId }) => destinationId),
      ...[...saves, ...jobs].map(({ destinationId }) => destinationId),
    ]);
  }

  async function eraseLearned(destinationIds: readonly string[]): Promise<boolean> {
    try {
      for (const id of destinationIds) await learning.erase(id);
      return true;
    } catch (error) {
      console.error('Rowmark could not erase what is learned of tags.', error);
      return false;
    }
  }

  /** @returns whether they are gone */
  async function eraseImports(destinationIds: readonly string[]): Promise<boolean> {
    try {
      for (const job of await readJobs(imports))
        if (!isOpen(job) && destinationIds.includes(job.destinationId)) await imports.erase(job.id);
      return true;
    } catch (error) {
      console.error('Rowmark could not erase imports.', error);
      return false;
    }
  }

  async function ofWorkspace(botId: string): Promise<string[]> {
    return (await records.all('destination')).filter((one) => one.botId === botId).map(({ id }) => id);
  }

  return {
    async rowsOf(botId) {
      const own = await ofWorkspace(botId);
      let areGone = (await eraseImports(own)) && (await eraseLearned(own));
      const indexed = (await records.get('rowIndexes')) ?? {};
      for (const id of Object.keys(indexed)) {
        const destination = await records.getOne('destination', id);
        // Nobody can say whose they are without a schema, nor read on.
        if (destination && destination.botId !== botId) continue;
        const erased = await rows.erase(id);
        if (!erased.ok) console.error('Rowmark could not erase rows.', erased.failure);
        areGone &&= erased.ok;
      }
      return areGone;
    },

    async schemasOf(botId) {
      const waiting = new Set(
        [
          ...(await records.all('save')).filter((save) => !isFinished(save)),
          ...(await readJobs(imports)).filter(isOpen),
        ].map(({ destinationId }) => destinationId),
      );
      const ids = (await ofWorkspace(botId)).filter((id) => !waiting.has(id));
      await records.remove('destination', ids);
    },

    async unlisted() {
      const catalog = await records.get('catalog');
      const indexed = (await records.get('rowIndexes')) ?? {};
      const listed = new Set((catalog?.entries ?? []).map(({ id }) => id));
      const all = (await records.all('destination')).map(({ id }) => id);
      const isNeeded = await needed();
      await records.remove(
        'destination',
        all.filter((id) => !listed.has(id) && !(id in indexed) && !isNeeded.has(id)),
      );
    },
  };
}
