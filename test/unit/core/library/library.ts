/** Reading what is written in a test. */
import type { LibraryItem, Reading } from '../../../../src/core/library/item.ts';
import { readLibrary } from '../../../../src/core/library/read.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** @throws Error when it holds no library, or several */
export function read(content: string | Uint8Array | object): Reading {
  const text =
    typeof content === 'object' && !(content instanceof Uint8Array) ? JSON.stringify(content) : content;
  const found = readLibrary(typeof text === 'string' ? bytesOf(text) : text);
  if (!found.ok) throw new Error(found.why);
  const [reading, ...others] = found.readings;
  if (!reading || others.length > 0) throw new Error(`${found.readings.length} readings`);
  return reading;
}

/** What an item says, without all that it says nothing of. */
export const said = (item: LibraryItem | undefined): Partial<LibraryItem> =>
  Object.fromEntries(
    Object.entries(item ?? {}).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );

export const allSaid = (content: string | Uint8Array | object): Partial<LibraryItem>[] =>
  read(content).items.map(said);

/** A day and time in UTC, in milliseconds. */
export const at = (iso: string): number => Date.parse(iso);
