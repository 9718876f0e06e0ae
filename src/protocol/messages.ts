/** What the extension's pages may ask of the background; what it answers is in `replies.ts`. Everything else they see is stored state. */

import * as z from 'zod/mini';
import { Capture, PageFacts } from '../core/capture/capture.ts';
import { PageContent } from '../core/content/page-content.ts';
import { ContentWanted, FormSettings } from '../core/database/form-settings.ts';
import { Row } from '../core/database/row.ts';
import type { Result } from '../core/failure.ts';
import { LibraryItem } from '../core/library/item.ts';
import { EntryState } from '../core/library/job.ts';
import { Places } from '../core/library/places.ts';
import { ExtraProperty } from '../core/notion/bookmarks-database.ts';

import { Preset } from '../core/settings/presets.ts';
import type { REPLY_VALUES } from './replies.ts';

const id = z.string();

export const Message = z.union([
  /**
   * Keep this capture and deliver it. Answered when it is stored, before anything is sent. `saveId` is chosen by the
   * sender, so that the message may be sent again when the background died before it could answer.
   */
  z.strictObject({
    type: z.literal('keep'),
    saveId: id,
    capture: Capture,
    destinationId: id,
    /** Whether it goes where a preset says; what the user chose last stays their choice. */
    isByPreset: z.optional(z.boolean()),
    /** Whether the database is asked first, and a row of the same page added to in place of another made. */
    seek: z.optional(z.boolean()),
    /** What was read of the page, as `read-content` was answered; or what is still to be read, in which tab. */
    page: z.optional(PageContent),
    content: z.optional(z.strictObject({ tabId: z.number(), wanted: ContentWanted, url: z.string() })),
  }),
  /**
   * Read what the page in that tab says, and store it for a save. Answered with null where there is nothing of the kind.
   * `url` and `title`: which page is meant, and what its row is called.
   */
  z.strictObject({
    type: z.literal('read-content'),
    tabId: z.number(),
    wanted: ContentWanted,
    url: z.string(),
    title: z.string(),
  }),
  /** What was read and stored for a save, in short lines. */
  z.strictObject({ type: z.literal('preview-content'), page: PageContent }),
  /**
   * Read the page in that tab, and add what it says to a row that was there before; answered when stored. `replaces`: an earlier article
   * goes once that is there.
   */
  z.strictObject({
    type: z.literal('add-content'),
    saveId: id,
    row: Row,
    held: Capture,
    destinationId: id,
    tabId: z.number(),
    wanted: ContentWanted,
    url: z.string(),
    replaces: z.optional(z.boolean()),
  }),
  /** Change a row that was there before; answered when stored. `held` is what it holds, `capture` what it is to hold. */
  z.strictObject({
    type: z.literal('change-row'),
    saveId: id,
    row: Row,
    held: Capture,
    capture: Capture,
    destinationId: id,
  }),
  /** Whether that page is saved already, as far as this device knows or as Notion says. */
  z.strictObject({
    type: z.literal('find-saved'),
    destinationId: id,
    url: z.string(),
    where: z.enum(['device', 'notion']),
  }),
  /**
   * Change a save; answered when stored. A row that is in Notion follows; one that goes to another database is made there,
   * under another id, and undone where it was. `from`: what the user was shown; what they did not change of it stays as it
   * is by now.
   */
  z.strictObject({
    type: z.literal('amend'),
    saveId: id,
    capture: Capture,
    destinationId: id,
    from: z.optional(Capture),
  }),
  /** Keep a save that has not left from leaving until it is amended, tried again or released. */
  z.strictObject({ type: z.literal('hold'), saveId: id }),
  /** Nobody changes that save any more: it goes on as it was. */
  z.strictObject({ type: z.literal('release'), saveId: id }),
  /** Which of these pages are saved already, as far as this device knows; answered in their order. */
  z.strictObject({ type: z.literal('are-saved'), destinationId: id, urls: z.array(z.string()) }),
  /**
   * Keep the pages of several tabs, each by the id of its save, with what the preset or the database begins with and these tags;
   * answered when all are stored. `closes`: those tabs that still show what was saved are closed then.
   */
  z.strictObject({
    type: z.literal('save-tabs'),
    batchId: id,
    destinationId: id,
    presetId: z.nullable(id),
    tags: z.array(z.string()),
    closes: z.boolean(),
    tabs: z.array(
      z.strictObject({
        saveId: id,
        tabId: z.number(),
        /** What the tab shows, and what is saved of it. */
        shows: z.string(),
        url: z.string(),
        title: z.string(),
        /** What its page says of itself, where it was read. */
        facts: z.optional(PageFacts),
      }),
    ),
  }),
  /** Read what is in that database already, as an import may go into it. How far it is, `rowIndexes` says. */
  z.strictObject({ type: z.literal('prepare-import'), destinationId: id }),
  /** Begin an import, of which nothing is sent until it runs. */
  z.strictObject({
    type: z.literal('begin-import'),
    jobId: id,
    name: z.string(),
    destinationId: id,
    ownsDatabase: z.boolean(),
    places: Places,
  }),
  /** Store some of its entries: those from that number on. */
  z.strictObject({
    type: z.literal('store-entries'),
    jobId: id,
    from: z.number(),
    items: z.array(LibraryItem),
  }),
  /** Let it run, pause it, stop it, or take all of it back. */
  z.strictObject({
    type: z.literal('turn-import'),
    jobId: id,
    to: z.enum(['running', 'paused', 'stopped', 'undoing']),
  }),
  /** All imports, the latest first. */
  z.strictObject({ type: z.literal('read-imports') }),
  /** Entries of an import in that state, in their order, after that number. */
  z.strictObject({
    type: z.literal('read-entries'),
    jobId: id,
    state: EntryState,
    after: z.nullable(z.number()),
  }),
  /** Try entries again that were refused, with another title or address. */
  z.strictObject({
    type: z.literal('mend-entries'),
    jobId: id,
    entries: z.array(z.strictObject({ number: z.number(), title: z.string(), url: z.string() })),
  }),
  /** Forget an import that is over; its rows stay. */
  z.strictObject({ type: z.literal('forget-import'), jobId: id }),
  /** Undo these saves, and open the tabs again that were closed with them. */
  z.strictObject({ type: z.literal('undo-tabs'), batchId: id, saveIds: z.array(id) }),
  /** Undo these saves in one step. */
  z.strictObject({ type: z.literal('undo'), saveIds: z.array(id) }),
  /** Put a row into the trash that may be a second one of that save. */
  z.strictObject({ type: z.literal('remove-double'), saveId: id, rowId: id }),
  /** Leave it where it is, and do not ask about it again. */
  z.strictObject({ type: z.literal('keep-double'), saveId: id, rowId: id }),
  /** Try a save that waits at once. */
  z.strictObject({ type: z.literal('try-now'), saveId: id }),
  /** Take the row of a save that needs the user out of the trash, and go on. */
  z.strictObject({ type: z.literal('restore-row'), saveId: id }),
  /** Make a new row of a save whose row is in the trash or gone; that save is undone. */
  z.strictObject({ type: z.literal('save-anew'), saveId: id }),
  /** The network is back: try what waits for it. */
  z.strictObject({ type: z.literal('came-online') }),
  /** First half of signing in: a single-use `state` is stored, the address to open is answered. */
  z.strictObject({ type: z.literal('start-sign-in') }),
  /** Second half: what `launchWebAuthFlow` came back with. */
  z.strictObject({ type: z.literal('finish-sign-in'), redirectedTo: z.string() }),
  /** Connect by a token that the user has made in Notion; it is tried first. */
  z.strictObject({ type: z.literal('connect-token'), token: z.string() }),
  z.strictObject({ type: z.literal('disconnect'), botId: id }),
  /** Read the list of databases and pages anew. */
  z.strictObject({ type: z.literal('refresh-catalog') }),
  /** Look for databases with these words in their titles, and add them to the list. */
  z.strictObject({ type: z.literal('find-databases'), query: z.string() }),
  /** Make this the database to save to; its schema is read if it is not there yet. */
  z.strictObject({ type: z.literal('choose-destination'), destinationId: id }),
  /**
   * Make a bookmarks database, under that page or, with null, as a private page; it is chosen at once, but one for a library only
   * where none is chosen. `jobId` is chosen by the sender: sent again with the same, it comes to the same database.
   */
  z.strictObject({
    type: z.literal('create-database'),
    jobId: id,
    botId: id,
    parentPageId: z.nullable(id),
    library: z.optional(z.strictObject({ title: z.string(), extras: z.array(ExtraProperty) })),
  }),
  /** Find the database behind a pasted Notion link; it is chosen at once. */
  z.strictObject({ type: z.literal('open-link'), link: z.string() }),
  /** What the user has set for that database: what holds what, and which properties are in the form. */
  z.strictObject({ type: z.literal('set-form'), destinationId: id, form: FormSettings }),
  /** The user's presets, all of them. */
  z.strictObject({ type: z.literal('set-presets'), presets: z.array(Preset) }),
  /** Whether the rows of that database are kept on this device. */
  z.strictObject({ type: z.literal('set-index'), destinationId: id, on: z.boolean() }),
  /** Whether the toolbar button is marked on pages that are saved. */
  z.strictObject({ type: z.literal('set-mark-saved'), on: z.boolean() }),
  /** Whether tags are learned and proposed; off, nothing of what was learned is left. */
  z.strictObject({ type: z.literal('set-proposes-tags'), on: z.boolean() }),
  z.strictObject({ type: z.literal('erase-index'), destinationId: id }),
  /** What all rows that are kept take on this device. */
  z.strictObject({ type: z.literal('index-bytes') }),
  /** Some of the rows that are kept of a database: those after that id, in the order of their ids. */
  z.strictObject({ type: z.literal('read-rows'), destinationId: id, after: z.nullable(id) }),
  /** Add a property for the address to a database that has none; it is mapped at once. */
  z.strictObject({ type: z.literal('add-url-property'), destinationId: id }),
  /** Everybody of the workspace, for a people property. */
  z.strictObject({ type: z.literal('list-people'), botId: id }),
  /** Pages of a related data source whose title holds what was typed, for a relation. */
  z.strictObject({ type: z.literal('search-related'), botId: id, dataSourceId: id, typed: z.string() }),
  /** The title of a page of Notion, such as a related one; null when this connection may not read it, or it is gone. */
  z.strictObject({ type: z.literal('name-page'), botId: id, pageId: id }),
  /** Forget which tags were used where. */
  z.strictObject({ type: z.literal('forget-tag-usage') }),
  /** Read the schema of a destination anew if it is older than a few minutes. Answered at once. */
  z.strictObject({ type: z.literal('freshen-destination'), destinationId: id }),
]);
export type Message = z.infer<typeof Message>;

export type MessageType = Message['type'];
export type MessageOf<T extends MessageType> = Extract<Message, { type: T }>;
export type ReplyOf<T extends MessageType> = Result<z.infer<(typeof REPLY_VALUES)[T]>>;
