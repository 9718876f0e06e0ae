/** A world for the background: the real sandbox over loopback, the real endpoint, and a browser in memory. */
import { type Background, createBackground } from '../../../src/background/background.ts';
import type { PageFacts } from '../../../src/core/capture/capture.ts';
import type { ContentNode } from '../../../src/core/content/node.ts';
import type { ReadContent } from '../../../src/core/content/read-content.ts';
import type { Destination, StoredDestination } from '../../../src/core/database/destination.ts';
import { asSet } from '../../../src/core/database/form.ts';
import type { Save } from '../../../src/core/save/record.ts';
import { assemble } from '../../../src/endpoint/assemble.ts';
import { sendBy } from '../../../src/endpoint/send.ts';
import type { BadgeContent, ClosedTab, Http, MenuItem, Ports, TabRef } from '../../../src/ports.ts';
import type { MessageOf, MessageType, ReplyOf } from '../../../src/protocol/messages.ts';
import { popupSubjectKey } from '../../../src/protocol/popup-subject-key.ts';
import { readReply } from '../../../src/protocol/replies.ts';
import { readStored } from '../../../src/protocol/stored.ts';
import type { ToastContent } from '../../../src/protocol/toast.ts';
import { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from '../../../src/sandbox/seed.ts';
import { createLife, type Life } from './life.ts';
import { createMemoryImportStore } from './memory-import-store.ts';
import { createMemoryLearnedStore } from './memory-learned-store.ts';
import { createMemoryPartStore } from './memory-part-store.ts';
import { createMemoryRowStore } from './memory-row-store.ts';
import { createMemoryStore } from './memory-store.ts';

export const REDIRECT_URI = 'https://rowmark.test/';
const ENDPOINT = 'https://token.test';

export type World = Awaited<ReturnType<typeof createWorld>>;

/**
 * Goes through the sandbox's consent page as a user would; returns where the browser is sent back to.
 * @param options.workspace its name; left out: the one that is preselected
 */
export async function consent(
  authorizeUrl: string,
  { allow = true, share = [] as readonly string[], template = false, workspace = null as string | null } = {},
): Promise<string> {
  const page = await (await fetch(authorizeUrl)).text();
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const choices = [...page.matchAll(/name="shared" value="([^"]+)"[\s\S]*?<\/label>/g)];
  const ids = choices
    .filter(([label]) => share.some((title) => label.includes(title)))
    .map(([, id]) => id ?? '');
  const radios = [...page.matchAll(/name="workspace" value="([^"]+)"[\s\S]*?<\/label>/g)];
  const radio = workspace === null ? undefined : radios.find(([label]) => label.includes(workspace));
  if (workspace !== null && !radio) throw new Error(`There is no workspace ${workspace} to choose.`);
  const form = new URLSearchParams([
    ['request', request],
    ['decision', allow ? 'allow' : 'cancel'],
    ['start', template ? 'template' : 'pages'],
    ...(radio ? [['workspace', radio[1] ?? ''] satisfies [string, string]] : []),
    ...ids.map((id): [string, string] => ['shared', id]),
  ]);
  const { origin } = new URL(authorizeUrl);
  const reply = await fetch(`${origin}/v1/oauth/authorize`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return reply.headers.get('location') ?? '';
}

/** One request that is to be sent twice, and what happens before each sending. */
export type Repeat = {
  where(request: { method: string; url: string }): boolean;
  first?: () => void;
  second?: () => void;
};

/** @param clock the time, in milliseconds since the epoch; shared with the sandbox where both must agree */
export async function createWorld(sandboxOrigin: string, clock = { now: Date.now() }) {
  const local = createMemoryStore();
  const toasts: ToastContent[] = [];
  const menuItems: MenuItem[] = [];
  const rows = createMemoryRowStore();
  const parts = createMemoryPartStore();
  const imports = createMemoryImportStore();
  const learned = createMemoryLearnedStore();
  const opened: string[] = [];
  const popups: { tabId: number; subject: unknown }[] = [];
  let scriptable = true;
  let canOpenPopup = true;
  const marks = new Map<number, string | null>();
  let inFront: TabRef[] = [];
  let openTabs: ClosedTab[] = [];
  const requests: { method: string; url: string }[] = [];
  const planned = new Map<number, () => void>();
  const repeats: Repeat[] = [];
  let onRequest: (request: { method: string; url: string }) => void = () => undefined;
  let areHidden = false;
  let badge: BadgeContent | null = null;
  let alarmAt: number | null = null;
  let offline = false;
  let optionsOpened = 0;
  let session = createMemoryStore();

  const endpoint = assemble(
    {
      clientId: SANDBOX_CLIENT_ID,
      clientSecret: SANDBOX_CLIENT_SECRET,
      redirectUris: new Set([REDIRECT_URI]),
      notionApiUrl: sandboxOrigin,
      notionTimeout: 10_000,
      rateLimit: 0,
      trustedProxies: 0,
      host: '127.0.0.1',
      port: 0,
      requestTimeout: 10_000,
      maxConnections: 100,
      maxConnectionsPerAddress: 100,
    },
    sendBy((url, init) => fetch(url, init)),
    () => undefined,
  );

  /** Requests on their way, be the background that sent them dead or alive. */
  const underWay = new Set<Promise<unknown>>();
  const http: Http = (request) => {
    const reply = send(request);
    underWay.add(reply);
    void reply.finally(() => underWay.delete(reply));
    return reply;
  };
  const send: Http = async (request) => {
    if (offline) return { kind: 'no-reply', reason: 'offline' };
    requests.push({ method: request.method, url: request.url });
    planned.get(requests.length)?.();
    onRequest(request);
    const at = repeats.findIndex(({ where }) => where(request));
    const [repeat] = at === -1 ? [] : repeats.splice(at, 1);
    if (!repeat) return sendOnce(request);
    repeat.first?.();
    await sendOnce(request);
    repeat.second?.();
    const reply = await sendOnce(request);
    return reply.kind === 'reply' && !areHidden ? { ...reply, repeat: 'suspected' } : reply;
  };
  const sendOnce: Http = async (request) => {
    const init = {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: AbortSignal.timeout(request.timeout),
      redirect: 'manual' as const,
    };
    try {
      const reply = request.url.startsWith(ENDPOINT)
        ? await endpoint.request(request.url, init, { address: undefined })
        : await fetch(request.url, init);
      return {
        kind: 'reply',
        status: reply.status,
        headers: Object.fromEntries(reply.headers),
        body: await reply.text(),
        repeat: areHidden && request.method !== 'GET' ? 'untold' : 'no',
      };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return { kind: 'no-reply', reason: timedOut ? 'timeout' : 'network' };
    }
  };

  /** What is read back of a record; undefined where there is none. */
  function stored<T>(key: string): T {
    const reading = readStored(key, local.dump()[key]);
    if (reading.kind === 'unreadable') throw new Error(`${key} cannot be read.`);
    return (reading.kind === 'read' ? reading.value : undefined) as T;
  }

  /** The saves that a page is open for. */
  const edited = new Set<string>();
  /** How far the device's clock is ahead. */
  let ahead = 0;
  const now = () => clock.now + ahead;

  let page: PageFacts = {
    url: 'https://example.org/maxwell',
    title: 'How four equations came to be',
    selection: '',
    meta: {},
  };

  let content: ReadContent | null = null;

  const ports: Ports = {
    local,
    get session() {
      return session;
    },
    rows,
    parts,
    imports,
    learned,
    http,
    clock: now,
    random: {
      uuid: () => crypto.randomUUID(),
      secret: () => crypto.randomUUID().repeat(2),
      fraction: () => 0,
    },
    alarm: {
      async set(at) {
        alarmAt = at;
      },
    },
    tabs: {
      inFront: async () => inFront,
      all: async () => inFront,
      places: async (wanted) =>
        wanted.flatMap(({ id, url }) => openTabs.find((tab) => tab.id === id && tab.url === url) ?? []),
      async close(ids) {
        openTabs = openTabs.filter(({ id }) => !ids.includes(id));
      },
      async reopen(closed) {
        for (const tab of closed) {
          if (openTabs.some(({ url }) => url === tab.url)) continue;
          // As in browsers, another tab.
          openTabs = openTabs.toSpliced(tab.index, 0, { ...tab, id: tab.id + 1_000 });
        }
        return new Map();
      },
    },
    pages: {
      read: async () => ({ ok: true, value: page }),
      readContent: async () => content,
      nameOf: async (_tabId, kind) => `The ${kind}`,
      expectToast: async () => undefined,
      async toast(_tabId, content) {
        if (!scriptable) return false;
        toasts.push(content);
        return true;
      },
    },
    popup: {
      async open(tabId) {
        popups.push({ tabId, subject: session.dump()[popupSubjectKey(tabId)] ?? null });
        return canOpenPopup;
      },
    },
    menus: {
      async set(items) {
        menuItems.splice(0, Infinity, ...items);
      },
    },
    editors: { isEdited: async (saveId) => edited.has(saveId) },
    badge: {
      async show(content) {
        badge = content;
      },
      async mark(tabId, title) {
        marks.set(tabId, title);
      },
    },
    identity: { redirectUri: () => REDIRECT_URI },
    keepAwake: (work) => work,
    text: (key, ...substitutions) => [key, ...substitutions].join(' '),
    async openOptions() {
      optionsOpened++;
    },
    async openTabsPage(tabId) {
      opened.push(`several tabs, from ${tabId}`);
    },
    async openTab(url) {
      opened.push(url);
    },
  };

  const config = {
    notionClientId: SANDBOX_CLIENT_ID,
    notionApiUrl: sandboxOrigin,
    tokenEndpointUrl: ENDPOINT,
  };
  let life: Life;
  let background: Background;
  function begin(): void {
    life?.end();
    life = createLife();
    background = createBackground(life.grant(ports), config);
  }
  begin();

  return {
    /** Of the background that runs now. */
    get life() {
      return life;
    },
    local,
    rows,
    parts,
    imports,
    learned,
    toasts,
    menuItems,
    opened,
    /** What the popup was to be opened over and for, also where it could not. */
    popups,
    get session() {
      return session;
    },
    marks,
    requests,
    get badge() {
      return badge;
    },
    /** The time by the device's clock. */
    get now() {
      return now();
    },
    /** Sets the device's clock, which is then so many milliseconds ahead of the right time. */
    setClockAhead(milliseconds: number): void {
      // The browser waits as long as it meant to.
      if (alarmAt !== null) alarmAt += milliseconds - ahead;
      ahead = milliseconds;
    },
    get alarmAt() {
      return alarmAt;
    },
    get optionsOpened() {
      return optionsOpened;
    },
    get background() {
      return background;
    },
    /** Has the browser send the next such request twice: of the first it hears nothing, of the second what comes. */
    repeat: (plan: Repeat) => void repeats.push(plan),
    /** From now on the browser shows nothing by which a repeat could be told. */
    hideRepeats() {
      areHidden = true;
    },
    /** What is done just before each request goes out. */
    set onRequest(what: (request: { method: string; url: string }) => void) {
      onRequest = what;
    },
    /** Does something just before that request goes out, counted from 1 with those in `requests`. */
    beforeRequest: (number: number, what: () => void) => void planned.set(number, what),
    /** Sends a message as a page of the extension would, and reads the answer as it does. */
    async call<T extends MessageType>(message: MessageOf<T>): Promise<ReplyOf<T>> {
      const raw: unknown = JSON.parse(JSON.stringify((await background.message(message)) ?? null));
      return readReply<T>(message.type as T, raw);
    },
    /** Signs in through the consent page, sharing the databases and pages with these titles. */
    async connect(options: Parameters<typeof consent>[1] = { share: ['Reading list'] }) {
      const started = await this.call({ type: 'start-sign-in' });
      if (!started.ok) throw new Error(started.failure.code);
      return this.call({
        type: 'finish-sign-in',
        redirectedTo: await consent(started.value.authorizeUrl, options),
      });
    },
    /** The background dies where it stands; a new one starts on what is stored. */
    restart: begin,
    /** The browser is closed and opened again: session storage and badge are gone as well. */
    reopen(): void {
      session = createMemoryStore();
      badge = null;
      begin();
    },
    setOffline(is: boolean): void {
      offline = is;
    },
    /** Whether scripts may run in the page, and whether a popup opens where they may not. */
    setPlace(place: { scriptable: boolean; popup: boolean }): void {
      scriptable = place.scriptable;
      canOpenPopup = place.popup;
    },
    /** These tabs are in front. */
    setTabs(tabs: TabRef[]): void {
      inFront = tabs;
    },
    /** The tabs of a window, in their order. */
    get openTabs(): readonly ClosedTab[] {
      return openTabs;
    },
    setOpenTabs(urls: readonly string[]): void {
      openTabs = urls.map((url, index) => ({
        ...{ id: index + 1, url, title: `Title of ${url}`, windowId: 1, index },
        ...{ isPinned: false, groupId: null, twins: 0 },
      }));
    },
    /** The saves that a page is open for, which may be closed without a word. */
    edited,
    setPage(next: Partial<PageFacts>): void {
      page = { ...page, ...next };
    },
    /** What the page in front says from now on; null: nothing of the kind. */
    setContent(next: readonly ContentNode[] | null, more: Partial<ReadContent> = {}): void {
      const { url } = page;
      content = next && { kind: 'article', url, nodes: next, files: [], left: {}, isCut: false, ...more };
    },
    /** Moves the clock and rings the alarm if it is due. What is under way has arrived by then. */
    async pass(milliseconds: number): Promise<void> {
      await Promise.all(underWay);
      clock.now += milliseconds;
      if (alarmAt !== null && alarmAt <= now()) await background.wake();
      await background.idle();
    },
    save: (id: string): Save => local.dump()[`save:${id}`] as Save,
    stored,
    /** A database as it is known on this device. */
    destination: (id: string): Destination =>
      asSet(stored<StoredDestination>(`destination:${id}`), stored(`form:${id}`) ?? null),
  };
}
