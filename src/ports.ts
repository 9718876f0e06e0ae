/** What the background needs from a browser. `platform` implements it; tests run the background on other implementations. */
import type { PageFacts } from './core/capture/capture.ts';
import type { ReadContent } from './core/content/read-content.ts';
import type { ContentWanted } from './core/database/form-settings.ts';
import type { Result } from './core/failure.ts';
import type { HttpReply, HttpRequest } from './core/http.ts';
import type { Pack } from './core/saved-rows/pack.ts';
import type { FillProgress } from './core/saved-rows/progress.ts';
import type { StoredRow } from './core/saved-rows/record.ts';
import type { MessageKey } from './core/text.ts';
import type { ToastContent } from './protocol/toast.ts';

/** One storage area. Keys are whole; values are JSON. A `set` stores all its keys or none. */
export type Store = {
  get(keys: readonly string[]): Promise<Record<string, unknown>>;
  /** All records whose key begins with `prefix`, by key. */
  list(prefix: string): Promise<Record<string, unknown>>;
  /** Rejects when the area is full or broken; nothing is stored then. */
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
};

/** A change of the rows kept of one data source. All of it is stored, or nothing. */
export type RowChange = {
  /** Rows that come, or take the place of those with the same id. */
  put?: readonly StoredRow[];
  /** Ids of rows that go. */
  remove?: readonly string[];
  /** Added to what is searched. */
  pack?: Pack;
  /** In place of all that is searched. */
  packs?: readonly Pack[];
  progress?: FillProgress;
};

/**
 * Rows kept on this device, of each data source apart. What is read back is not checked. Everything rejects when the
 * storage is full, broken or not there, as in some private windows.
 */
export type RowStore = {
  /** Rows with that address, by the key in which addresses are compared. */
  find(dataSourceId: string, key: string): Promise<unknown[]>;
  /** Rows by their ids, in that order; undefined for one that is not there. */
  get(dataSourceId: string, ids: readonly string[]): Promise<unknown[]>;
  /** Ids of rows last seen in a walk before that one. */
  unseen(dataSourceId: string, walk: number): Promise<string[]>;
  count(dataSourceId: string): Promise<number>;
  /** So many rows at most, in the order of their ids, after that id; null: from the beginning. */
  page(dataSourceId: string, after: string | null, limit: number): Promise<unknown[]>;
  /** What is searched, the oldest first. */
  packs(dataSourceId: string): Promise<unknown[]>;
  progress(dataSourceId: string): Promise<unknown>;
  change(dataSourceId: string, change: RowChange): Promise<void>;
  /** All that is kept of it. */
  erase(dataSourceId: string): Promise<void>;
  /** What all of it takes on this device, as the browser reckons; null where it does not say. */
  bytes(): Promise<number | null>;
};

/**
 * What pages said that were read, in numbered parts, until it is in Notion. What is read back is not checked. Everything rejects when
 * the storage is full, broken or not there.
 */
export type PartStore = {
  /** Stores these parts under that id, in place of those of the same number; all of them, or none. */
  put(id: string, parts: ReadonlyMap<number, unknown>): Promise<void>;
  /** Undefined where there is none. */
  get(id: string, part: number): Promise<unknown>;
  /** Under which ids there are parts. */
  ids(): Promise<string[]>;
  erase(ids: readonly string[]): Promise<void>;
};

/** What is learned of tags, by the id of the data source; see `core/tags/suggest/stored.ts`. Rejects as the others do. */
export type LearnedStore = {
  get(dataSourceId: string): Promise<unknown>;
  put(dataSourceId: string, learned: unknown): Promise<void>;
  /** Null: of all. */
  erase(dataSourceId: string | null): Promise<void>;
};

/**
 * Imports and their entries, which may be many: they are never read whole. What is read back is not checked. Everything rejects when
 * the storage is full, broken or not there.
 */
export type ImportStore = {
  jobs(): Promise<unknown[]>;
  /** Entries of an import in that state, in their order, after that number; null: from the first. */
  entries(jobId: string, state: string, after: number | null, limit: number): Promise<unknown[]>;
  /** Stores the import and these of its entries, all or nothing. */
  put(
    job: { id: string } & Record<string, unknown>,
    entries: readonly { number: number; state: string }[],
  ): Promise<void>;
  /** All of it. */
  erase(jobId: string): Promise<void>;
};

/** `timeout`: milliseconds after which the request is aborted, its reply's body included. */
export type Http = (request: HttpRequest & { timeout: number }) => Promise<HttpReply>;

/** Milliseconds since the epoch. */
export type Clock = () => number;

export type Random = {
  uuid(): string;
  /** 256 random bits, base64url. */
  secret(): string;
  /** From 0 up to 1, for jitter. */
  fraction(): number;
};

/** One alarm: the next time something is due. It is only a wake-up call; the stored list is the truth. */
export type Alarm = { set(at: number | null): Promise<void> };

export type TabRef = { id: number; url?: string; title?: string };

/** A tab that was closed, and where it stood. */
export type ClosedTab = {
  id: number;
  url: string;
  title: string;
  windowId: number;
  index: number;
  isPinned: boolean;
  /** The group that it was in; null: none. */
  groupId: number | null;
  /** How many tabs of its window showed the same and stayed open: one more than these, and it has been opened again. */
  twins: number;
};

export type Tabs = {
  /** The tab in front of each window; with its address where that may be seen. */
  inFront(): Promise<TabRef[]>;
  all(): Promise<TabRef[]>;
  /** Where those tabs stand, of which each still shows that address; in the order of their windows. */
  places(tabs: readonly { id: number; url: string }[]): Promise<ClosedTab[]>;
  close(ids: readonly number[]): Promise<void>;
  /**
   * Opens tabs where they stood, in their groups; one that was not closed in the end, or has been opened again, is left alone.
   * @returns the new id of each group that had gone with its last tab
   */
  reopen(tabs: readonly ClosedTab[]): Promise<ReadonlyMap<number, number>>;
};

export type Pages = {
  /** Reads the page in that tab; `directive`: also how an address leads to what is selected. */
  read(tabId: number, wants: { words: boolean; directive?: boolean }): Promise<Result<PageFacts>>;
  /** Reads what the page itself says; null where it cannot be read, or says nothing of the kind. */
  readContent(tabId: number, wanted: ContentWanted): Promise<ReadContent | null>;
  /** What the page calls a link or an image with that address; empty when it does not say. */
  nameOf(tabId: number, kind: 'link' | 'image', address: string): Promise<string>;
  /** A toast is about to be shown there: one stands at once, and says that something is being kept. */
  expectToast(tabId: number): Promise<void>;
  /** Shows a toast in that page; false where the page cannot be scripted. */
  toast(tabId: number, content: ToastContent): Promise<boolean>;
};

export type Popup = {
  /** Opens the popup over that tab. False where the browser refuses, the tab is not in front, or a popup is open already. */
  open(tabId: number): Promise<boolean>;
};

/** What is offered in the address bar: a row, by the address to open, or a line, whole. `content` is what is entered. */
export type Suggestion = { content: string; title: string; detail: string; address: string };

export type MenuItem = {
  id: string;
  title: string;
  contexts: ('page' | 'selection' | 'link' | 'image' | 'action')[];
};
/** The context menu, of which these are all items. */
export type Menus = { set(items: readonly MenuItem[]): Promise<void> };

/** What was clicked in it. Chromium does not tell a link's text. */
export type MenuClick = {
  id: string;
  linkUrl?: string;
  linkText?: string;
  imageUrl?: string;
  selection?: string;
};

/** The toolbar button's badge. `null` takes it away. */
export type BadgeContent = { text: string; tone: 'neutral' | 'done' | 'needs-you'; title: string };
export type Badge = {
  show(content: BadgeContent | null): Promise<void>;
  /** Shows, in that tab alone, that its page is saved; or nothing of its own. `title` says so to those who point at it. */
  mark(tabId: number, title: string | null): Promise<void>;
};

export type Identity = {
  /** The address Notion sends the user back to; registered with Notion exactly so. */
  redirectUri(): string;
};

/** The pages of the extension in which saves are changed. */
export type Editors = {
  isEdited(saveId: string): Promise<boolean>;
};

/** Keeps the background awake while that promise is unsettled, within a bound. An optimisation only. */
export type KeepAwake = <T>(work: Promise<T>) => Promise<T>;

export type Ports = {
  local: Store;
  session: Store;
  rows: RowStore;
  parts: PartStore;
  imports: ImportStore;
  learned: LearnedStore;
  http: Http;
  clock: Clock;
  random: Random;
  alarm: Alarm;
  tabs: Tabs;
  pages: Pages;
  popup: Popup;
  menus: Menus;
  badge: Badge;
  editors: Editors;
  identity: Identity;
  keepAwake: KeepAwake;
  text: (key: MessageKey, ...substitutions: string[]) => string;
  openOptions(): Promise<void>;
  openTab(url: string): Promise<void>;
  /** The page on which several tabs are saved, for the window of that tab. */
  openTabsPage(tabId: number): Promise<void>;
};

/** Fixed when the extension is built. */
export type BuildConfig = {
  notionClientId: string;
  /** `https://api.notion.com` or a stand-in; without a slash at the end. */
  notionApiUrl: string;
  tokenEndpointUrl: string;
};
