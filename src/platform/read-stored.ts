/** Reading what the popup's first frame does without: loaded after it. */

import type { Destination } from '../core/database/destination.ts';
import { asSet } from '../core/database/form.ts';
import { type FamilyOf, familyKey, QUARANTINE, type Reading, readStored } from '../protocol/stored.ts';
import { localStore } from './storage.ts';

export { readStored };

/** A destination as the user has set it. */
export async function readDestination(id: string): Promise<Reading<Destination>> {
  const keys = [familyKey('destination', id), familyKey('form', id)] as const;
  const stored = await localStore.get(keys);
  const [destination, form] = keys.map((key) => readStored(key, stored[key]));
  if (destination?.kind !== 'read') return destination as Reading<Destination>;
  const set = form?.kind === 'read' ? (form.value as FamilyOf<'form'>) : null;
  return { kind: 'read', value: asSet(destination.value as FamilyOf<'destination'>, set) };
}

/** What was put aside, by its former key, and the saves with these ids, as they are stored. */
export async function readAside(saveIds: readonly string[]): Promise<Record<string, unknown>> {
  const aside = await localStore.list(QUARANTINE);
  const moved = Object.entries(aside).map(([key, raw]) => [key.slice(QUARANTINE.length), raw]);
  const saves = saveIds.length > 0 ? await localStore.get(saveIds.map((id) => familyKey('save', id))) : {};
  return { ...Object.fromEntries(moved), ...saves };
}
