import type { LibraryFormat, LibraryItem, Refused } from '../../core/library/item.ts';
import type { LibraryFailure } from '../../core/library/read.ts';

/** What was found in the files that were chosen. */
export type Found = {
  formats: LibraryFormat[];
  /** Each page once. */
  items: LibraryItem[];
  doubles: number;
  refused: Refused[];
  /** Why, of each file that could not be read. */
  failed: LibraryFailure[];
};
