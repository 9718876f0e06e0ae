/**
 * A client in memory, bundled into the pages in the place of the browser's: it stores records, answers messages as the
 * background would and lets a test move a save along. What it stands in for is tested with the real thing elsewhere.
 */
import * as z from 'zod/mini';
import en from '../../../public/_locales/en/messages.json';
import type { PageFacts } from '../../../src/core/capture/capture.ts';
import type { PageContent } from '../../../src/core/content/page-content.ts';
import type { PreviewLine } from '../../../src/core/content/preview.ts';
import type { CatalogEntry, Destination } from '../../../src/core/database/destination.ts';
import { asSet } from '../../../src/core/database/form.ts';
import { type Failure, failed, ok, type Result } from '../../../src/core/failure.ts';
import type { Own, OwnKind } from '../../../src/core/library/formats/own.ts';
import type { Entry, Job } from '../../../src/core/library/job.ts';
import type { SaveEvent } from '../../../src/core/save/events.ts';
import { newChange, newSave } from '../../../src/core/save/new-save.ts';
import { summarize } from '../../../src/core/save/outbox.ts';
import { Save } from '../../../src/core/save/record.ts';
import { step } from '../../../src/core/save/save.ts';
import { isFinished } from '../../../src/core/save/standing.ts';
import type { SavedRow } from '../../../src/core/saved-rows/record.ts';
import { type RowIndexes, statusOf } from '../../../src/core/saved-rows/status.ts';
import type { TaggedRow } from '../../../src/core/tags/suggest/memory.ts';
import { Suggester } from '../../../src/core/tags/suggest/suggester.ts';
import type { Client, CurrentTab, Draft, OpenTab } from '../../../src/protocol/client.ts';
import type { Message, MessageType } from '../../../src/protocol/messages.ts';
import type { PopupSubject } from '../../../src/protocol/popup-subject.ts';
import type { Named, Saved } from '../../../src/protocol/replies.ts';
import { FAMILIES, familyKey, RECORDS, type Reading } from '../../../src/protocol/stored.ts';

function readValue<S extends z.ZodMiniType>(schema: S, raw: unknown): Reading<z.infer<S>> {
  if (raw === undefined) return { kind: 'absent' };
  const { success, data } = z.safeParse(schema, raw);
  return success ? { kind: 'read', value: data } : { kind: 'unreadable', raw, why: 'damaged' };
}

/** How things stand when the page opens, and how the world around it behaves. JSON. */
export type Scenario = {
  /** What is stored, by key, without the numbers of versions. */
  stored?: Record<string, unknown>;
  tab?: CurrentTab | null;
  /** What is read of the page; left out: it cannot be read. */
  page?: PageFacts;
  /** Whether reading the page waits for `letPageBeRead`. */
  pageIsSlow?: boolean;
  /** What the page itself says. */
  content?: PageContent;
  /** What that says, in short lines. */
  preview?: readonly PreviewLine[];
  draft?: Draft;
  /** Whether the row of the last save is made while the page opens, as soon as the save has been read. */
  arrivesMeanwhile?: boolean;
  /** What the background has opened the popup for. */
  subject?: PopupSubject;
  direction?: 'ltr' | 'rtl';
  shortcuts?: { command: string; shortcut: string }[];
  /** What looking for databases brings into `storage.local`. */
  found?: Record<string, unknown>;
  people?: Named[];
  related?: Named[];
  /** Whether Notion has no more than it finds: people, related pages, databases of that name. */
  isWhole?: boolean;
  /** What Notion knows of the page. */
  saved?: Saved;
  /** Whether the user lets the addresses of tabs be seen. */
  tabsAllowed?: boolean;
  /** The tabs of the window, once their addresses may be seen; `areTabsSeen`: they may from the beginning. */
  tabs?: OpenTab[];
  areTabsSeen?: boolean;
  /** The rows that are kept on this device, two of which are handed out at once. */
  rows?: SavedRow[];
  selectedTabs?: number;
  jobs?: Job[];
  /** What Notion has refused of each import. */
  entries?: Entry[];
  /** Rows that were learned of, by the id of their data source. */
  learned?: Record<string, readonly TaggedRow[]>;
  /** Whether the user lets pages in tabs be read, and what they say, by the ids of the tabs. */
  pagesAllowed?: boolean;
  facts?: Record<number, PageFacts>;
  /** What the browser keeps itself, where it is allowed to be read. */
  own?: Partial<Record<OwnKind, Own>>;
  /** How far rows are read of databases that an import may go into. */
  rowIndexes?: RowIndexes;
  /** The addresses of pages that are saved already. */
  savedUrls?: string[];
  /** What was put aside. */
  aside?: Record<string, unknown>;
  /** Messages that fail, and with what. */
  failing?: Partial<Record<MessageType, Failure>>;
  /** Messages over which something breaks. */
  breaking?: MessageType[];
  /** Messages that are not answered. */
  silent?: MessageType[];
  /** Those that are answered while the user types on. */
  late?: MessageType[];
  /** What Notion's consent page comes back with. */
  signIn?: Result<{ redirectedTo: string }>;
  /** What is stored when a sign-in has been finished. */
  connected?: Record<string, unknown>;
  /** What is stored when the list of databases has been read anew. */
  refreshed?: Record<string, unknown>;
  revoked?: boolean;
};

/** What a test may see and do, at `window.rowmark`. */
export type Backstage = {
  calls: Message[];
  /** What the page asked the browser for: `options`, `close`, `tab <address>`, `access`. */
  asked: string[];
  stored(): Record<string, unknown>;
  drafts(): Record<string, Draft>;
  put(records: Record<string, unknown>): void;
  /** Changes what a scenario says, from now on. */
  change(scenario: Partial<Scenario>): void;
  /** Takes the save that was kept last one step further. */
  move(event: SaveEvent): void;
  letPageBeRead(): void;
};

declare global {
  var scenario: Scenario | undefined;
  var rowmark: Backstage;
}

/** Kept over a reload, as the browser's storage is over the popup's end. */
const KEPT = { stored: 'stored', drafts: 'drafts' } as const;

export function createClient(): Client {
  let scenario: Scenario = globalThis.scenario ?? {};
  const kept = (key: keyof typeof KEPT) => JSON.parse(sessionStorage.getItem(KEPT[key]) ?? 'null');
  const stored: Record<string, unknown> = kept('stored') ?? { ...scenario.stored };
  const drafts: Record<string, Draft> =
    kept('drafts') ?? (scenario.draft && scenario.tab ? { [scenario.tab.id]: scenario.draft } : {});
  const watchers = new Set<(keys: readonly string[]) => void>();
  const calls: Message[] = [];
  const asked: string[] = [];
  let letPageBeRead = () => {};
  const pageMayBeRead = scenario.pageIsSlow
    ? new Promise<void>((resolve) => {
        letPageBeRead = resolve;
      })
    : Promise.resolve();

  function put(records: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(records)) {
      if (value === undefined) delete stored[key];
      else stored[key] = value;
    }
    sessionStorage.setItem(KEPT.stored, JSON.stringify(stored));
    for (const watcher of watchers) watcher(Object.keys(records));
  }

  const saves = (): Save[] =>
    Object.entries(stored)
      .filter(([key]) => key.startsWith('save:'))
      .flatMap(([, raw]) => {
        const reading = readValue(Save, raw);
        return reading.kind === 'read' ? [reading.value] : [];
      });

  function putSave(save: Save): void {
    const all = [...saves().filter((other) => other.id !== save.id), save];
    put({ [familyKey('save', save.id)]: save, outbox: summarize(all, all.filter(isFinished).reverse()) });
  }

  function moveSave(id: string, event: SaveEvent): boolean {
    const save = saves().find((one) => one.id === id);
    const next = save && step(save, event);
    if (!next || next === save) return false;
    putSave(next);
    return true;
  }

  function chosen(id: string): Record<string, unknown> {
    return { settings: { version: 1, destinationId: id } };
  }

  async function answer(message: Message): Promise<Result<unknown>> {
    const at = Date.now();
    switch (message.type) {
      case 'keep':
        putSave({
          ...newSave(message.saveId, message.capture, message.destinationId, 'bot', at),
          ...(message.page ? { page: message.page } : {}),
        });
        return ok({ saveId: message.saveId });
      case 'read-content':
        return ok(scenario.content ?? null);
      case 'preview-content':
        return ok(scenario.preview ?? []);
      case 'add-content': {
        const { saveId, row, held, destinationId } = message;
        putSave(newChange(saveId, { row, held, capture: held }, destinationId, 'bot', at));
        moveSave(saveId, { type: 'page-read', at, page: scenario.content ?? null, heading: {} });
        return ok({ saveId });
      }
      case 'change-row': {
        const { saveId, row, held, capture, destinationId } = message;
        putSave(newChange(saveId, { row, held, capture }, destinationId, 'bot', at));
        return ok({ saveId });
      }
      case 'find-saved':
        return ok(message.where === 'notion' ? (scenario.saved ?? null) : null);
      case 'amend': {
        const { saveId, capture, destinationId, from } = message;
        moveSave(saveId, { type: 'amended', at, capture, destinationId, botId: 'bot', from });
        return ok({ saveId });
      }
      case 'hold':
        moveSave(message.saveId, { type: 'held', at });
        return ok(null);
      case 'release':
        moveSave(message.saveId, { type: 'released', at });
        return ok(null);
      case 'undo':
        for (const id of message.saveIds) moveSave(id, { type: 'undo', at });
        return ok(null);
      case 'remove-double':
        moveSave(message.saveId, { type: 'unwanted', at, id: message.rowId });
        return ok(null);
      case 'keep-double':
        moveSave(message.saveId, { type: 'spared', at, id: message.rowId });
        return ok(null);
      case 'try-now':
        for (const { id } of saves()) if (message.saveId === id) moveSave(id, { type: 'try-now', at });
        return ok(null);
      case 'came-online':
        return ok(null);
      case 'restore-row':
        moveSave(message.saveId, { type: 'restore', at });
        return ok(null);
      case 'save-anew': {
        const save = saves().find(({ id }) => id === message.saveId);
        if (!save) return failed('unexpected');
        moveSave(save.id, { type: 'undo', at });
        putSave(newSave(`${save.id}~anew`, save.capture, save.destinationId, 'bot', at));
        return ok({ saveId: `${save.id}~anew` });
      }
      case 'start-sign-in':
        return ok({ authorizeUrl: 'https://api.notion.com/v1/oauth/authorize' });
      case 'finish-sign-in':
        put(scenario.connected ?? {});
        return ok({ botId: 'bot' });
      case 'connect-token':
        put(scenario.connected ?? {});
        return ok({ botId: 'bot' });
      case 'disconnect':
        put({ connections: {}, catalog: { entries: [], pages: [], readAt: at } });
        return ok({ revoked: scenario.revoked ?? true });
      case 'refresh-catalog':
        put(scenario.refreshed ?? {});
        return ok(null);
      case 'find-databases':
        put(scenario.found ?? {});
        return ok({ isWhole: scenario.isWhole ?? true });
      case 'choose-destination':
        put(chosen(message.destinationId));
        return ok(null);
      case 'create-database':
      case 'open-link': {
        const id = message.type === 'open-link' ? 'linked' : 'made';
        const library = message.type === 'create-database' ? message.library : undefined;
        const title = library?.title ?? (message.type === 'open-link' ? 'From a link' : 'Bookmarks');
        const entry: CatalogEntry = { id, botId: 'bot', title, icon: { emoji: '🔖' } };
        const catalog = stored.catalog as { entries: CatalogEntry[] } | undefined;
        const mapping = { title: 'title', url: null, tags: null, description: null, savedOn: null };
        const made = ['Saved on', ...(library?.extras ?? []).map(({ name }) => name)];
        const properties = made.map((name) => ({ id: `id of ${name}`, name, type: 'date' }));
        const destination: Destination = { ...entry, properties, mapping, readAt: at };
        put({
          catalog: { pages: [], readAt: at, ...catalog, entries: [entry, ...(catalog?.entries ?? [])] },
          [familyKey('destination', id)]: destination,
          ...(library ? {} : chosen(id)),
        });
        return ok({ destinationId: id });
      }
      case 'set-form':
        put({ [familyKey('form', message.destinationId)]: message.form });
        return ok(null);
      case 'set-index':
      case 'erase-index': {
        const on = message.type === 'set-index' && message.on;
        put({ rowIndexes: { [message.destinationId]: statusOf(on, null) } });
        return ok(null);
      }
      case 'set-mark-saved':
        put({ settings: { ...(stored.settings as object), markSaved: message.on } });
        return ok(null);
      case 'set-proposes-tags':
        put({ settings: { ...(stored.settings as object), proposesTags: message.on } });
        return ok(null);
      case 'read-rows': {
        const all = scenario.rows ?? [];
        const from = message.after === null ? 0 : all.findIndex(({ id }) => id === message.after) + 1;
        const rows = all.slice(from, from + 2);
        return ok({ rows, last: from + 2 < all.length ? (rows.at(-1)?.id ?? null) : null });
      }
      case 'index-bytes':
        return ok(1_300_000);
      case 'set-presets':
        put({ presets: { version: 1, presets: message.presets } });
        return ok(null);
      case 'add-url-property':
        return ok(null);
      case 'forget-tag-usage':
        put({ tagUsage: {} });
        return ok(null);
      case 'list-people':
        return ok({ found: scenario.people ?? [], isWhole: scenario.isWhole ?? true });
      case 'search-related':
        return ok({
          found: (scenario.related ?? []).filter(({ name }) =>
            name.toLowerCase().includes(message.typed.toLowerCase()),
          ),
          isWhole: scenario.isWhole ?? true,
        });
      case 'name-page':
        return ok((scenario.related ?? []).find(({ id }) => id === message.pageId)?.name ?? null);
      case 'freshen-destination':
        return ok(null);
      case 'prepare-import':
        put({ rowIndexes: scenario.rowIndexes ?? {} });
        return ok(null);
      case 'mend-entries':
      case 'begin-import':
      case 'store-entries':
      case 'turn-import':
      case 'forget-import':
        return ok(null);
      case 'read-imports':
        return ok(scenario.jobs ?? []);
      case 'read-entries':
        return ok((scenario.entries ?? []).filter(({ state }) => state === message.state));
      case 'are-saved':
        return ok(message.urls.map((url) => scenario.savedUrls?.includes(url) ?? false));
      case 'save-tabs':
        return ok({ closed: message.closes ? message.tabs.length - 1 : 0 });
      case 'undo-tabs':
        return ok({ opened: 2 });
    }
  }

  globalThis.rowmark = {
    calls,
    asked,
    stored: () => structuredClone(stored),
    drafts: () => structuredClone(drafts),
    put,
    change: (more) => {
      scenario = { ...scenario, ...more };
    },
    move: (event) => {
      const last = saves()
        .sort((a, b) => a.capture.at - b.capture.at)
        .at(-1);
      if (!last || !moveSave(last.id, event)) throw new Error(`No save is moved by ${event.type}`);
    },
    letPageBeRead: () => letPageBeRead(),
  };

  return {
    async call(message) {
      calls.push(structuredClone(message) as Message);
      if (scenario.breaking?.includes(message.type)) throw new Error('It broke');
      if (scenario.silent?.includes(message.type)) return new Promise(() => {});
      if (scenario.late?.includes(message.type)) await new Promise((resolve) => setTimeout(resolve, 500));
      const why = scenario.failing?.[message.type];
      return (why ? { ok: false, failure: why } : await answer(message as Message)) as never;
    },
    async read(...names) {
      return Object.fromEntries(
        names.map((name) => [name, readValue(RECORDS[name].schema, stored[name])]),
      ) as never;
    },
    readAside: async () => scenario.aside ?? {},
    async readOne(family, id) {
      return readValue(FAMILIES[family].schema, stored[familyKey(family, id)]) as never;
    },
    async readDestination(id) {
      const raw = stored[familyKey('destination', id)];
      const read = readValue(FAMILIES.destination.schema, raw);
      if (read.kind !== 'read') return read;
      const form = readValue(FAMILIES.form.schema, stored[familyKey('form', id)]);
      const set = asSet(read.value, form.kind === 'read' ? form.value : null);
      // A scenario may say outright what holds what.
      return { kind: 'read', value: { ...set, ...(raw as Partial<Destination>) } };
    },
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    currentTab: async () => scenario.tab ?? null,
    async readPage() {
      await pageMayBeRead;
      return scenario.page ? ok(scenario.page) : failed('page-not-savable');
    },
    newId: () => crypto.randomUUID(),
    takePopupSubject: async () => scenario.subject ?? null,
    async readDraft(about) {
      if (scenario.arrivesMeanwhile) {
        await new Promise((resolve) => setTimeout(resolve));
        const at = Date.now();
        globalThis.rowmark.move({ type: 'claimed', at });
        globalThis.rowmark.move({ type: 'created', at, row: { id: 'r', url: 'https://www.notion.so/r' } });
      }
      return drafts[about] ?? null;
    },
    async writeDraft(about, draft) {
      if (draft) drafts[about] = draft;
      else delete drafts[about];
      sessionStorage.setItem(KEPT.drafts, JSON.stringify(drafts));
    },
    launchSignIn: async () => scenario.signIn ?? ok({ redirectedTo: 'https://id.chromiumapp.org/?code=c' }),
    async grantAccess() {
      asked.push('access');
      return true;
    },
    async requestTabs() {
      asked.push('tabs');
      const isAllowed = scenario.tabsAllowed ?? true;
      if (isAllowed) scenario = { ...scenario, areTabsSeen: true };
      return isAllowed;
    },
    windowTabs: async () => (scenario.areTabsSeen ? (scenario.tabs ?? []) : null),
    selectedTabs: async () => scenario.selectedTabs ?? 1,
    more: async () => ({
      openPages: () => ({
        async ask() {
          asked.push('pages');
          return scenario.pagesAllowed ?? true;
        },
        read: async (tabIds) =>
          new Map(tabIds.flatMap((id) => (scenario.facts?.[id] ? [[id, scenario.facts[id]]] : []))),
        async giveBack() {
          asked.push('pages given back');
        },
      }),
      ownLibrary: () => ({
        kinds: ['bookmarks', 'readingList'],
        async read(kind) {
          asked.push(`own ${kind}`);
          return scenario.own?.[kind] ?? null;
        },
      }),
      async openImport() {
        asked.push('import');
      },
      readLearned: async (id) => {
        const rows = scenario.learned?.[id];
        if (!rows) return null;
        const suggester = new Suggester();
        for (const row of rows) suggester.learn(row);
        return suggester.learned();
      },
    }),
    async openTabsPage() {
      asked.push('tabs page');
    },

    async openOptions() {
      asked.push('options');
    },
    async openShortcuts() {
      asked.push('shortcuts');
    },
    async editSave(saveId) {
      calls.push({ type: 'hold', saveId });
      await answer({ type: 'hold', saveId });
    },
    async closePopup() {
      asked.push('close');
    },
    text: (key, ...substitutions) =>
      en[key].message.replace(/\$([1-9])/g, (_, number) => substitutions[Number(number) - 1] ?? ''),
    language: scenario.direction === 'rtl' ? 'ar' : 'en',
    direction: scenario.direction ?? 'ltr',
    shortcuts: async () =>
      scenario.shortcuts ?? [
        { command: '_execute_action', shortcut: 'Alt+Shift+D' },
        { command: 'quick-save', shortcut: 'Alt+Shift+S' },
      ],
  };
}
