import type { OutboxSummary, Save } from './record.ts';
import { isFinished } from './save.ts';

/** How things stand with these saves. */
export function summarize(saves: readonly Save[]): OutboxSummary {
  const open = saves.filter((save) => !isFinished(save)).sort((a, b) => a.capture.at - b.capture.at);
  const ids = (needsYou: boolean) =>
    open.filter((save) => (save.state === 'needs-you') === needsYou).map((save) => save.id);
  return { waiting: ids(false), needsYou: ids(true) };
}
