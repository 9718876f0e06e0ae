/** Taking a step with saves: stored first, and then told to whoever shows it and noted where rows are known. */

import type { SaveEvent } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import { step } from '../../core/save/save.ts';
import { isFinished } from '../../core/save/standing.ts';
import type { NoteSave } from '../saved/note-save.ts';
import type { Saves } from '../store/saves.ts';
import type { Announcer } from '../telling/announce.ts';
import type { PageParts } from './page-parts.ts';

export type Steps = {
  /** Stores these together, or none of them, and tells of them. Only within `saves.inTurn`. */
  store(saves: readonly Save[]): Promise<void>;
  /** Takes one step with a save and stores it. Null when there is no such save or the event does not fit it. */
  advance(id: string, event: SaveEvent): Promise<Save | null>;
  /** Takes one step with each of these saves and stores them together. @returns those that the event fits */
  advanceAll(ids: readonly string[], event: SaveEvent): Promise<Save[]>;
};

/** It is tried again at the next start of the browser. */
const cannotRelease = (error: unknown): void =>
  console.error('Rowmark could not remove what it has read of a page.', error);

export function createSteps({
  saves,
  announcer,
  noteSave,
  pageParts,
}: {
  saves: Saves;
  announcer: Pick<Announcer, 'changed'>;
  noteSave: NoteSave;
  pageParts: Pick<PageParts, 'release'>;
}): Steps {
  async function store(changed: readonly Save[]): Promise<void> {
    const changes = await saves.store(changed);
    for (const { save, isNews } of changes) {
      if (isNews) announcer.changed(save, saves.summary());
      void noteSave(save, isNews);
      if (save.page && isFinished(save)) void pageParts.release(save).catch(cannotRelease);
    }
  }

  const advanceAll = (ids: readonly string[], event: SaveEvent): Promise<Save[]> =>
    saves.inTurn(async () => {
      const known = await Promise.all(ids.map((id) => saves.get(id)));
      const moved = known.flatMap((save) => {
        const next = save && step(save, event);
        return next && next !== save ? [next] : [];
      });
      if (moved.length > 0) await store(moved);
      return moved;
    });

  return {
    store,
    advanceAll,
    advance: async (id, event) => (await advanceAll([id], event))[0] ?? null,
  };
}
