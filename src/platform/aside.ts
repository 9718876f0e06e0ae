import { QUARANTINE } from '../protocol/stored.ts';
import { localStore } from './storage.ts';

/** What could not be read and was put aside, as it was stored, by its former key. */
export async function readAside(): Promise<Record<string, unknown>> {
  const aside = await localStore.list(QUARANTINE);
  return Object.fromEntries(Object.entries(aside).map(([key, raw]) => [key.slice(QUARANTINE.length), raw]));
}
