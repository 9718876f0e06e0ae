/** What is kept of databases goes when nothing speaks of them any more. What the user has made, forms and presets, stays. */
import type { Records } from './records.ts';
import type { RowIndex } from './row-index.ts';

export type ForgetDatabases = ReturnType<typeof createForgetDatabases>;

export function createForgetDatabases(records: Records, index: Pick<RowIndex, 'erase'>) {
  /** Data sources that are chosen, or that a preset or a save speaks of: their schemas are needed without a list. */
  async function needed(): Promise<Set<string | null>> {
    const [settings, presets, saves] = await Promise.all([
      records.get('settings'),
      records.get('presets'),
      records.all('save'),
    ]);
    return new Set([
      settings?.destinationId ?? null,
      ...(presets?.presets ?? []).map(({ destinationId }) => destinationId),
      ...saves.map(({ destinationId }) => destinationId),
    ]);
  }

  async function removeSchemas(ids: readonly string[]): Promise<void> {
    const isNeeded = await needed();
    await records.remove(
      'destination',
      ids.filter((id) => !isNeeded.has(id)),
    );
  }

  return {
    /** A workspace was disconnected: its rows leave this device, and schemas that nothing waits for. */
    async ofWorkspace(botId: string): Promise<void> {
      const mine = (await records.all('destination'))
        .filter((one) => one.botId === botId)
        .map(({ id }) => id);
      const indexed = (await records.get('rowIndexes')) ?? {};
      for (const id of mine) if (id in indexed) await index.erase(id);
      await removeSchemas(mine);
    },

    /** The list was read anew: schemas of what is no longer in it go, but where rows of it are kept. */
    async unlisted(): Promise<void> {
      const catalog = await records.get('catalog');
      const indexed = (await records.get('rowIndexes')) ?? {};
      const listed = new Set((catalog?.entries ?? []).map(({ id }) => id));
      const all = (await records.all('destination')).map(({ id }) => id);
      await removeSchemas(all.filter((id) => !listed.has(id) && !(id in indexed)));
    },
  };
}
