/** All that a page of the extension may do. The pages get one of these handed in; the browser's is in `platform`. */
import type { PageFacts } from '../core/capture/capture.ts';
import type { Destination } from '../core/database/destination.ts';
import type { PropertyValue } from '../core/database/value.ts';
import type { Result } from '../core/failure.ts';
import type { Own, OwnKind } from '../core/library/formats/own.ts';
import type { Learned } from '../core/tags/suggest/suggester.ts';
import type { MessageKey } from '../core/text.ts';
import type { MessageOf, MessageType, ReplyOf } from './messages.ts';
import type { PopupSubject } from './popup-subject.ts';
import type { FamilyName, FamilyOf, Reading, RecordName, RecordOf } from './stored.ts';

/** The tab the popup was opened on. Address and title are known at once; nothing has been run in the page. */
export type CurrentTab = { id: number; url: string; title: string };

/** The reading list is Chromium's alone. */
export type OwnLibrary = {
  kinds: readonly OwnKind[];
  /** Asks for it, reads it, and gives the permission back; null where it is refused. Needs a click, and nothing waited for since. */
  read(kind: OwnKind): Promise<Own | null>;
};

/** What a page may do beside what the popup begins with. */
export type MoreClient = {
  openPages(): OpenPages;
  /** What this browser keeps that can be imported. */
  ownLibrary(): OwnLibrary;
  /** Opens the page for imports. */
  openImport(): Promise<void>;
  /** What is learned of tags of that database; null: nothing. */
  readLearned(destinationId: string): Promise<Learned | null>;
};

/** A tab of a window; `groupId` null: it is in no group. */
export type OpenTab = {
  id: number;
  url: string;
  title: string;
  isPinned: boolean;
  groupId: number | null;
  /** Whether its page is there to be read; one that sleeps is never woken. */
  isLoaded: boolean;
};

/** What the pages of open tabs say of themselves. */
export type OpenPages = {
  /** Asks for the access to these addresses' sites. Needs a click, and nothing waited for since. */
  ask(urls: readonly string[]): Promise<boolean>;
  /** By the ids of their tabs; those that cannot be read are left out. */
  read(tabIds: readonly number[]): Promise<ReadonlyMap<number, PageFacts>>;
  /** The access that was asked for last ends. */
  giveBack(): Promise<void>;
};

/** What the user had typed when the popup went away, kept until it is saved or the browser closes. */
export type Draft = {
  /** Of the page in the tab; left out: it is of a save that is changed. */
  url?: string | undefined;
  fields: {
    url: string;
    title: string;
    description: string;
    tags: string[];
    tagInput: string;
    values?: PropertyValue[] | undefined;
    given?: Record<string, unknown> | undefined;
    template?: string | undefined;
    icon?: string | undefined;
    cover?: string | undefined;
  };
  destinationId: string | null;
};

export type Client = {
  /**
   * Sends a message to the background and waits for its answer. Never rejects. A message that got no answer because
   * the background died is sent again; every message may be repeated.
   */
  call<T extends MessageType>(message: MessageOf<T>): Promise<ReplyOf<T>>;

  /** Reads stored records, all in one go. */
  read<N extends RecordName>(...names: N[]): Promise<{ [K in N]: Reading<RecordOf<K>> }>;
  readOne<F extends Exclude<FamilyName, 'credentials' | 'destination'>>(
    family: F,
    id: string,
  ): Promise<Reading<FamilyOf<F>>>;
  /** A database's schema, with what holds what as the user has set it; changes with `destination:<id>` and `form:<id>`. */
  readDestination(id: string): Promise<Reading<Destination>>;
  /** What could not be read and was put aside, by its former key, and the saves with these ids; as they are stored. */
  readAside(saveIds: readonly string[]): Promise<Record<string, unknown>>;
  /** Calls back with the changed keys (`settings`, `save:<id>`...) whenever stored records change. */
  watch(changed: (keys: readonly string[]) => void): () => void;

  /** The tab in front, or null when there is none that may be looked at. */
  currentTab(): Promise<CurrentTab | null>;
  /** Reads the page in that tab, which needs the user's gesture on the extension (`activeTab`). */
  readPage(tabId: number): Promise<Result<PageFacts>>;

  /** A new id, for `keep`. */
  newId(): string;

  /** The save that the popup was opened for by the background, which is said once. */
  takePopupSubject(tabId: number): Promise<PopupSubject | null>;

  /** @param about a tab, or a save that is changed, by its id */
  readDraft(about: number | string): Promise<Draft | null>;
  writeDraft(about: number | string, draft: Draft | null): Promise<void>;

  /** Keeps a save that has not left from leaving for as long as this page is there, and does not amend it. */
  editSave(saveId: string): Promise<unknown>;

  /** Opens Notion's consent page in the browser's own window and waits for the way back. */
  launchSignIn(authorizeUrl: string): Promise<Result<{ redirectedTo: string }>>;
  /** Asks the user for the access to Notion's address that Firefox lets them take back. Needs a click. */
  grantAccess(): Promise<boolean>;

  /** Asks the user to let the addresses of tabs be seen. Needs a click. */
  requestTabs(): Promise<boolean>;

  /** All tabs of that window, in their order, without those of this page; null while their addresses may not be seen. */
  windowTabs(windowId: number): Promise<OpenTab[] | null>;
  /** How many tabs of this window are selected; the one in front is. */
  selectedTabs(): Promise<number>;
  /** Opens the page on which several tabs are saved, for the window that the popup is in. */
  openTabsPage(): Promise<void>;

  /** What is needed later, or on other pages. */
  more(): Promise<MoreClient>;

  openOptions(): Promise<void>;
  /** Closes the popup, or the tab that it is shown in. */
  closePopup(): Promise<void>;

  /** The text of that key in the user's language, with `$1`... replaced. */
  text(key: MessageKey, ...substitutions: string[]): string;
  /** The user's language tag and writing direction. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** The shortcuts as they are really assigned; an empty string where there is none. */
  shortcuts(): Promise<{ command: string; shortcut: string }[]>;
  /** Opens the browser's own list of shortcuts, where they are changed. */
  openShortcuts(): Promise<void>;
};
