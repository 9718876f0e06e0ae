/** What can happen to a save: what came of a claim, and what the user wants of it. */

import type { Capture } from '../capture/capture.ts';
import type { Earlier, PageContent, PictureCopies } from '../content/page-content.ts';
import type { Row } from '../database/row.ts';
import type { Failure } from '../failure.ts';

/**
 * What the row's page is still to get, how many blocks it came with, and what of the capture no property took. `parts`: how many
 * parts of the page's own content came with the row; left out: none.
 */
export type Remainder = {
  content?: readonly unknown[];
  before?: number;
  misfits?: readonly string[];
  parts?: number | 'perhaps-one';
};

/**
 * What was made may have been made twice; `madeAt` by Notion's clock, in milliseconds since the epoch. `lookedAt`: a first
 * look at that time has found one alone.
 */
export type Doubt = { madeAt: number; lookedAt: number | null };

/** What came of one claim; `claim` says of which, left out: of the last one. `at` is the time in milliseconds since the epoch. */
export type ClaimEvent = { at: number; claim?: number } & (
  | /** The row exists, and this is it; it was sent to hold `sent`, or what is noted. */
  ({ type: 'created'; row: Row; sent?: Capture; doubt?: Doubt } & Remainder)
  /** The look-up found it; `asOf` as below. */
  | ({ type: 'found'; row: Row; asOf: number; doubt?: Doubt } & Remainder)
  /** There is no row of that page. */
  | { type: 'not-seen' }
  /** There is a row of that page, and it holds `held`. `single`: properties that take one option only. */
  | { type: 'adopted'; row: Row; held: Capture; single?: readonly string[] }
  /** The row's properties hold `capture` now. */
  | ({ type: 'updated'; capture: Capture } & Remainder)
  /** What was sent of the page's content is there, as these blocks. `surplus`: a second time, as those. */
  | { type: 'appended'; ids: readonly string[]; surplus?: readonly string[]; doubt?: Doubt }
  /** It is not there. */
  | { type: 'not-appended'; asOf: number }
  /** What was sent of the page's own content Notion does not take; the part has been made plainer, and is without `lost` pictures. */
  | { type: 'made-plainer'; lost: number }
  /** This picture is with Notion, as that upload. */
  | { type: 'uploaded'; file: number; upload: string }
  /** This picture is not on this device any more, or Notion does not take it. `hasLink`: it has an address. */
  | { type: 'not-uploaded'; file: number; hasLink: boolean }
  /** So far the earlier article of the row is gone. */
  | { type: 'replaced'; earlier: Earlier }
  /** This block of the earlier article is not in the trash any more, or cannot be taken out of it. */
  | { type: 'put-back'; id: string }
  /** So far Notion is with copies of pictures; null: none are wanted. It is not asked again for `wait` milliseconds. */
  | { type: 'copied'; copies: PictureCopies | null; wait?: number }
  /** The pictures of the next part were uploaded too long ago. */
  | { type: 'uploads-lapsed' }
  /** The part of the page's own content that comes next is not on this device any more. */
  | { type: 'part-lost' }
  /** The page has more blocks than one claim reads; those that were found so far. */
  | { type: 'looked-on'; cursor: string; ids: readonly string[] }
  /** The place where reading was to go on is not known to Notion any more. */
  | { type: 'look-anew' }
  /** This block is not in the page any more, or is to stay. */
  | { type: 'taken-out'; id: string }
  /** The request certainly had no effect. `of`: what it was to do, where that is noted beforehand. */
  | { type: 'refused'; failure: Failure; jitter: number; of?: 'append' | 'update' }
  /** The request may have had its effect. */
  | { type: 'unsure'; failure: Failure; jitter: number }
  /**
   * The look-up found no row of this save. `asOf` is Notion's own time, since the device's clock may be set and the device
   * may sleep. `since`: when another save may last have taken this one's row for its own, by Notion's time; until it
   * has settled, its own may show up.
   */
  | { type: 'absent'; asOf: number; since: number; jitter: number }
  /** The row is in the trash, or was gone already. */
  | { type: 'trashed' }
  /** The row is not in the trash any more. */
  | { type: 'restored' }
  /** Rows were looked for that the browser made a second time: certainly, or perhaps. */
  | { type: 'verified'; asOf: number; doubles: readonly Row[]; suspects: readonly Row[] }
  /** Rows were found of which one may be that of this other save. */
  | { type: 'undecided'; other: string }
  /** Blocks were looked for that are there a second time; `cursor`: from there on they are still to be looked for. */
  | { type: 'blocks-verified'; asOf: number; surplus: readonly string[]; cursor?: string; isPast?: boolean }
  /** What the browser made twice cannot be looked for: the workspace is not connected any more. */
  | { type: 'given-up' }
  /** This double is in the trash; or it has been touched since it was found, and stays. */
  | { type: 'double-gone' | 'double-touched'; id: string }
);

/** What can happen to a save. `at` is the time in milliseconds since the epoch. */
export type SaveEvent =
  | ClaimEvent
  | ({ at: number } & (
      | /** Someone begins to work on it; must be stored before any request goes out. */ { type: 'claimed' }
      /** Whoever had claimed it is dead, and its connection closed. */
      | { type: 'abandoned' }
      /**
       * The page was read; null: it could not be, or with `isNothing`, nothing was to be read. `heading`: the block within which
       * it goes in a row that was there before, left out: nobody has asked to add it there.
       */
      | { type: 'page-read'; page: PageContent | null; isNothing?: boolean; heading?: unknown }
      /** The device's clock was set back: times that were in the future would be waited for twice. */
      | { type: 'set-back' }
      /** The user is about to change it: it stays until they have. */
      | { type: 'held' }
      /** The user has gone without changing it: it goes on as it was. */
      | { type: 'released' }
      | { type: 'undo' }
      | { type: 'try-now' }
      /** The user wants the row out of the trash, and to go on. */
      | { type: 'restore' }
      /**
       * The user changed what they were shown, which was `from` (left out: what is noted now). `single`: properties that take
       * one option only.
       */
      | {
          type: 'amended';
          capture: Capture;
          destinationId: string;
          botId: string;
          from?: Capture | undefined;
          single?: readonly string[];
        }
      /** The user wants this row, which may be a double, gone; or wants it as well. */
      | { type: 'unwanted' | 'spared'; id: string }
    ));

export type EventOf<T extends SaveEvent['type']> = Extract<SaveEvent, { type: T }>;
