/**
 * The outbox: what waits here is delivered, whatever happens to the background in between. All changes go through `step`; each
 * is stored before what follows from it is done. How saves come here is in `keeping.ts`, how they leave in `lanes.ts`, and what
 * each step asks of Notion in `deliver.ts`.
 */
import { ok, type Result } from '../../core/failure.ts';
import { type HEALED_BY, isHealedBy } from '../../core/meaning.ts';
import { EARLIEST } from '../../core/notion/look-up.ts';
import type { OutboxSummary, Save } from '../../core/save/record.ts';
import { isFinished } from '../../core/save/standing.ts';
import type { Ports } from '../../ports.ts';
import type { Pace } from '../notion/pace.ts';
import type { Saves } from '../store/saves.ts';
import type { Lanes } from './lanes.ts';
import type { Steps } from './steps.ts';

/**
 * Saves that have ended are kept this long, in milliseconds: for Undo, and so that their rows are not taken for those of
 * another save.
 */
const KEPT_AFTER_END = 2 * EARLIEST;

export type Outbox = {
  /** Reads what was left unfinished, and frees what a dead background had claimed. @returns how things stand */
  resume(): Promise<OutboxSummary>;
  /** Keeps a save from leaving, as the user is about to change it. One that has left is changed where it is. */
  hold(id: string): Promise<Result<null>>;
  /** One that was held goes on as it was. */
  release(id: string): Promise<Result<null>>;
  /** Releases what is held by nobody: a page that crashes, or goes with the browser, says nothing. */
  releaseUnless(isEdited: (id: string) => Promise<boolean>): Promise<void>;
  /** However many: all are undone, or none is. */
  undo(ids: readonly string[]): Promise<void>;
  /** Puts a row into the trash that may be a second one of this save. May be repeated. */
  removeDouble(saveId: string, rowId: string): Promise<void>;
  /** Leaves it where it is, and does not ask about it again. May be repeated. */
  keepDouble(saveId: string, rowId: string): Promise<void>;
  /** Tries a save at once that waits. While Notion has asked to be left alone it is not, and that is the answer. */
  tryNow(id: string): Promise<Result<null>>;
  /** Takes the row of a save out of the trash, and goes on. */
  restore(id: string): Promise<Result<null>>;
  /** Tries at once all those that wait for what has just happened. */
  retry(healed: keyof typeof HEALED_BY): Promise<void>;
};

export function createOutbox({
  clock,
  saves,
  steps,
  lanes,
  pace,
}: Pick<Ports, 'clock'> & { saves: Saves; steps: Steps; lanes: Lanes; pace: Pace }): Outbox {
  async function tidy(all: readonly Save[]): Promise<void> {
    const at = clock();
    // A look-up goes back from when the save was first sent.
    let oldest = at;
    for (const { sentAt } of saves.open()) oldest = Math.min(oldest, sentAt ?? at);
    await saves.forget(all.filter((save) => isFinished(save) && oldest - save.changedAt > KEPT_AFTER_END));
    await steps.advanceAll(
      [...saves.open()].map(({ id }) => id),
      { type: 'abandoned', at },
    );
    await saves.mendSummary();
  }

  const advance: Steps['advance'] = async (id, event) => {
    const moved = await steps.advance(id, event);
    lanes.wake();
    return moved;
  };

  const release = async (id: string): Promise<Result<null>> => {
    await advance(id, { type: 'released', at: clock() });
    return ok(null);
  };

  return {
    async resume() {
      const all = await saves.load();
      for (const save of all) pace.follow(save);
      try {
        await tidy(all);
      } catch (error) {
        // Storage that takes no writes must not keep anybody from reading. What is claimed is free when its lease runs out.
        console.error('Rowmark could not tidy up after a restart.', error);
      }
      lanes.wake();
      return saves.summary();
    },

    async hold(id) {
      await advance(id, { type: 'held', at: clock() });
      return ok(null);
    },

    release,

    async releaseUnless(isEdited) {
      for (const { id, failure } of [...saves.open()])
        if (failure?.code === 'being-edited' && !(await isEdited(id))) await release(id);
    },

    async undo(ids) {
      await steps.advanceAll(ids, { type: 'undo', at: clock() });
      lanes.wake();
    },

    async removeDouble(saveId, rowId) {
      await advance(saveId, { type: 'unwanted', at: clock(), id: rowId });
    },

    async keepDouble(saveId, rowId) {
      await advance(saveId, { type: 'spared', at: clock(), id: rowId });
    },

    async tryNow(id) {
      const save = saves.openOne(id);
      const held = save && pace.refusal(save.botId);
      if (held) return { ok: false, failure: held };
      await advance(id, { type: 'try-now', at: clock() });
      return ok(null);
    },

    async restore(id) {
      await advance(id, { type: 'restore', at: clock() });
      return ok(null);
    },

    async retry(healed) {
      const waits = ({ failure }: Save) => failure !== null && isHealedBy(healed, failure);
      const ids = [...saves.open()].filter(waits).map((save) => save.id);
      await steps.advanceAll(ids, { type: 'try-now', at: clock() });
      lanes.wake();
    },
  };
}
