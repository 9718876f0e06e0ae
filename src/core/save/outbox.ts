/** The short form of all unfinished saves, for whoever only wants to know how things stand. */
import * as z from 'zod/mini';
import { isFinished, type Save } from './save.ts';

export const OutboxSummary = z.object({
  /** Saves on their way, by id, oldest first. */
  waiting: z.array(z.string()),
  /** Saves that need the user, by id, oldest first. */
  needsYou: z.array(z.string()),
});
export type OutboxSummary = z.infer<typeof OutboxSummary>;

export const emptyOutbox: OutboxSummary = { waiting: [], needsYou: [] };

/** How things stand with these saves. */
export function summarize(saves: readonly Save[]): OutboxSummary {
  const open = saves.filter((save) => !isFinished(save)).sort((a, b) => a.capture.at - b.capture.at);
  const ids = (needsYou: boolean) =>
    open.filter((save) => (save.state === 'needs-you') === needsYou).map((save) => save.id);
  return { waiting: ids(false), needsYou: ids(true) };
}
