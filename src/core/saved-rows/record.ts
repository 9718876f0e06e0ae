/** What Rowmark keeps on this device of a database's rows, so that it knows at once what is saved already. */
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';

/** A row of Notion's as it was when last read. Times are milliseconds since the epoch, whole minutes where Notion told them. */
export const SavedRow = z.object({
  /** Of the row, which is a page. */
  id: z.string(),
  /** Where the row is found in Notion. */
  url: z.string(),
  dataSourceId: z.string(),
  /** As written in the property for addresses; empty when it is. */
  address: z.string(),
  /** Plain text, cut to `MAX_TITLE`. */
  title: z.string(),
  /** Names of options. */
  tags: z.array(z.string()),
  editedAt: lenient(z.nullable(z.number()), null),
  createdAt: lenient(z.nullable(z.number()), null),
});
export type SavedRow = z.infer<typeof SavedRow>;

/** A title is for recognising a row by; what is longer need not be kept. */
export const MAX_TITLE = 500;

/** A row as it is stored: each data source has a store of its own. */
export type StoredRow = Omit<SavedRow, 'dataSourceId'> & {
  /** The address in the form in which addresses are compared; missing without one. */
  key?: string;
  /** The number of the walk over the whole database in which it was last seen. */
  walk: number;
};

/** Raised when stored rows or keys of addresses take another form: what was kept in an older one is read from Notion anew. */
export const ROWS_FORM = 2;
