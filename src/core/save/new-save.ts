/** What a save begins as. */

import type { Capture } from '../capture/capture.ts';
import type { Row } from '../database/row.ts';
import { adopt } from './adopt.ts';
import type { Save, Seek } from './record.ts';

export const newSave = (
  id: string,
  capture: Capture,
  destinationId: string,
  botId: string,
  at: number,
  seek: Seek | null = null,
): Save => ({
  ...(seek ? { seek } : {}),
  version: 1,
  id,
  capture,
  destinationId,
  botId,
  state: 'kept',
  wanted: 'row',
  tries: 0,
  sentAt: null,
  lookedAt: null,
  dueAt: at,
  leaseUntil: 0,
  row: null,
  failure: null,
  changedAt: at,
});

/** A save of a row that is there already: it is to hold `capture` in place of `held`. */
export const newChange = (
  id: string,
  { row, held, capture }: { row: Row; held: Capture; capture: Capture },
  destinationId: string,
  botId: string,
  at: number,
): Save => adopt(newSave(id, capture, destinationId, botId, at, 'leave'), { at, row, held, capture });
