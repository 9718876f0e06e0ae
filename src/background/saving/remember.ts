/** What was saved makes the next save easier: the database that was saved to last, and which tags it has. */
import type { Capture } from '../../core/capture/capture.ts';
import { defaultSettings } from '../../core/settings/settings.ts';
import type { Records } from '../store/records.ts';
import type { Learning } from '../tags/learning.ts';

/** So many databases that were saved to are listed first. */
const RECENT_DESTINATIONS = 5;

/** That it could not be remembered does not undo a save. @param isByPreset the next save without one goes where the last one without went */
export type Remember = (
  saveId: string,
  capture: Capture,
  destinationId: string,
  isByPreset?: boolean,
) => Promise<void>;

export function createRemember({
  records,
  learning,
}: {
  records: Records;
  learning: Pick<Learning, 'kept'>;
}): Remember {
  return async function remember(saveId, capture, destinationId, isByPreset = false) {
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
      learning.kept(saveId, capture, destinationId);
    } catch (error) {
      console.error('Rowmark could not remember what was saved.', error);
    }
  };
}
