/** Looking for a row of the same page before one is made. */

import { singleChoices } from '../../core/database/destination.ts';
import { type Failure, failure } from '../../core/failure.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import { isArrived, type Save } from '../../core/save/record.ts';
import { isUnknown } from '../../core/save/standing.ts';
import type { RowFinder } from '../saved/find-row.ts';
import { savesOfPage } from '../saved/known-rows.ts';
import type { Attempt } from './attempt.ts';
import type { Deliver } from './deliver.ts';

/**
 * A connection that may only insert is told of no rows, as if there were no database, nor is anybody by a property that is gone:
 * better twice than not at all.
 * Whatever else is the matter keeps the row from being made as well, and when it is over, it is looked for again.
 */
const CANNOT_BE_ASKED: ReadonlySet<Failure['code']> = new Set([
  'capability-missing',
  'not-shared',
  'values-refused',
  'request-refused',
]);

export function createSeekRow(
  { clock, schemas, saves, refused }: Attempt,
  { rowFinder }: { rowFinder: Pick<RowFinder, 'find'> },
): Pick<Deliver, 'seek'> {
  async function seek(save: Save): Promise<ClaimEvent> {
    const destination = await schemas.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { capture } = save;
    // What row another save of this page comes to, and what that is to hold, is known once it has arrived.
    for (const other of savesOfPage(saves.open(), save.destinationId, capture.url)) {
      const isUnderWay = (isUnknown(other) || other.row !== null) && !isArrived(other);
      if (isUnderWay && other.state !== 'needs-you') return refused(failure('conflict'));
    }
    let place = destination.value;
    let found = await rowFinder.find(place, capture.url);
    if (!found.ok && found.failure.code === 'values-refused') {
      // The property that it was looked for by may be gone.
      const fresh = await schemas.reread(save.destinationId, place.botId);
      if (fresh.ok) {
        place = fresh.value;
        found = await rowFinder.find(place, capture.url);
      }
    }
    if (!found.ok) {
      return CANNOT_BE_ASKED.has(found.failure.code)
        ? { type: 'not-seen', at: clock() }
        : refused(found.failure);
    }
    if (!found.value) return { type: 'not-seen', at: clock() };
    const { row, held } = found.value;
    // What it is to hold, the save knows by then.
    return { type: 'adopted', at: clock(), row, held, single: singleChoices(place) };
  }

  return { seek };
}
