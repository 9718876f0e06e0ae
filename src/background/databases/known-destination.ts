import type { Destination } from '../../core/database/destination.ts';
import { asSet } from '../../core/database/form.ts';
import type { Records } from '../store/records.ts';

/** A database as this device knows it, and as the user has set it; null when its schema is not kept here. */
export async function knownDestination(records: Records, id: string): Promise<Destination | null> {
  const [stored, form] = await Promise.all([records.getOne('destination', id), records.getOne('form', id)]);
  return stored && asSet(stored, form);
}
