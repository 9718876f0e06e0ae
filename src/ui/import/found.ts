import type { Own } from '../../core/library/formats/own.ts';
import type { LibraryFormat, LibraryItem, Refused } from '../../core/library/item.ts';
import type { LibraryFailure } from '../../core/library/read.ts';

/** Bytes of a file, text that was pasted, or what the browser keeps itself. */
export type Source = Uint8Array | string | Own;

/** What was found in all that was chosen. */
export type Found = {
  formats: LibraryFormat[];
  /** Each page once. */
  items: LibraryItem[];
  doubles: number;
  refused: Refused[];
  /** Why, of each file that could not be read. */
  failed: LibraryFailure[];
};
