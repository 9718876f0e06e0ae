/** What was saved makes the next save easier: the database that was saved to last, and how tags are used. */
import type { Capture } from '../../core/capture/capture.ts';
import { defaultSettings } from '../../core/settings/settings.ts';
import { recordUse } from '../../core/tags/usage.ts';
import { EMPTY_TAG_USAGE } from '../../core/tags/usage-record.ts';
import type { Records } from '../store/records.ts';

/** So many databases that were saved to are listed first. */
const RECENT_DESTINATIONS = 5;

/** That it could not be remembered does not undo a save. @param isByPreset the next save without one goes where the last one without went */
export type Remember = (capture: Capture, destinationId: string, isByPreset?: boolean) => Promise<void>;

export function createRemember({ records }: { records: Records }): Remember {
  return async function remember({ url, tags, at }, destinationId, isByPreset = false) {
    try {
      await records.update('settings', (stored) => {
        const settings = stored ?? defaultSettings;
        const chosen = isByPreset ? settings.destinationId : destinationId;
        const [latest] = settings.recent ?? [];
        if (settings.destinationId === chosen && latest === destinationId) return stored;
        const others = (settings.recent ?? []).filter((id) => id !== destinationId);
        const recent = [destinationId, ...others].slice(0, RECENT_DESTINATIONS);
        return { ...settings, destinationId: chosen, recent };
      });
      if (tags.length === 0) return;
      await records.update('tagUsage', (usage) =>
        recordUse(usage ?? EMPTY_TAG_USAGE, { url, tags, at, destinationId }),
      );
    } catch (error) {
      console.error('Rowmark could not remember what was saved.', error);
    }
  };
}
