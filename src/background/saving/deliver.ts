/** What each step of a save asks of Notion, and what comes of it. */

import type { ClaimEvent } from '../../core/save/events.ts';
import type { Action } from '../../core/save/next-action.ts';
import type { Save } from '../../core/save/record.ts';
import type { Ports } from '../../ports.ts';
import type { RowFinder } from '../saved/find-row.ts';
import type { Attempt } from './attempt.ts';
import { createChangePage } from './change-page.ts';
import { createChangeRow } from './change-row.ts';
import { createCopyPictures } from './copy-pictures.ts';
import { createMakeRow } from './make-row.ts';
import { createReplaceEarlier } from './replace-earlier.ts';
import { createSeekRow } from './seek-row.ts';
import { createVerifyRow } from './verify-row.ts';

/** By what is to be done about a save that has been claimed for it. */
export type Deliver = Record<Action, (save: Save) => Promise<ClaimEvent>>;

export const createDeliver = (
  attempt: Attempt,
  found: { rowFinder: Pick<RowFinder, 'find'> },
  ports: Pick<Ports, 'text'>,
): Deliver => ({
  ...createSeekRow(attempt, found),
  ...createMakeRow(attempt),
  ...createVerifyRow(attempt),
  ...createChangeRow(attempt),
  ...createChangePage(attempt),
  ...createReplaceEarlier(attempt, ports),
  ...createCopyPictures(attempt),
});
