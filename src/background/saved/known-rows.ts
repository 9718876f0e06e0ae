/**
 * What this device knows of a page without asking Notion. "Is this page saved?" has one name for each answer that there can be:
 *
 * - `onItsWay`: a save of that page is under way, or has arrived just now;
 * - `row`: its row, as far as this device knows; it may be gone by now;
 * - `isAbsent`: it is certainly not saved, but by others within the last minutes;
 *
 * and `find-row.ts`, which asks Notion, has `find`: its row as it is.
 */
import { addressKey, keyOf } from '../../core/address/address-key.ts';
import type { Row } from '../../core/database/row.ts';
import type { Save } from '../../core/save/record.ts';
import { within } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import type { Saves } from '../store/saves.ts';
import type { RowIndex } from './row-index.ts';

/**
 * For so long after its row has arrived, in milliseconds, a save of the same page is taken for pressing twice. Later the row
 * may have been thrown away in Notion, and Notion is asked.
 */
const JUST_ARRIVED = 10_000;

/** `savedAt` in milliseconds since the epoch; 0 when that is not known. */
export type KnownRow = Row & { savedAt: number };

/** A page is known by its address, and its rows by the data source that they are in. */
export type KnownRows = {
  onItsWay(destinationId: string, url: string): Save | null;
  row(destinationId: string, url: string): Promise<KnownRow | null>;
  isAbsent(destinationId: string, url: string): Promise<boolean>;
};

export function createKnownRows({
  clock,
  saves,
  index,
}: Pick<Ports, 'clock'> & { saves: Saves; index: Pick<RowIndex, 'find' | 'isAbsent'> }): KnownRows {
  return {
    onItsWay(destinationId, url) {
      const at = clock();
      const isJust = ({ changedAt }: Save) => within(changedAt, JUST_ARRIVED, at);
      const candidates = [...saves.open(), ...saves.ended().filter(isJust)];
      return first(savesOfPage(candidates, destinationId, url), ({ wanted }) => wanted === 'row');
    },

    async row(destinationId, url) {
      const save = first(savesOfPage(saves.ended(), destinationId, url), ({ wanted }) => wanted === 'row');
      if (save?.row) return { ...save.row, savedAt: save.capture.at };
      const indexed = await index.find(destinationId, url);
      return indexed.ok && indexed.value ? { ...indexed.value, savedAt: indexed.value.createdAt ?? 0 } : null;
    },

    isAbsent: index.isAbsent,
  };
}

/** Those of these saves that are of that page, under whatever spelling of its address, in their order. */
export function* savesOfPage(saves: Iterable<Save>, destinationId: string, url: string): Iterable<Save> {
  const key = addressKey(url);
  for (const save of saves)
    if (save.destinationId === destinationId && keyOf(save.capture) === key) yield save;
}

function first(saves: Iterable<Save>, fits: (save: Save) => boolean): Save | null {
  for (const save of saves) if (fits(save)) return save;
  return null;
}
