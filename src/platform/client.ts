/** The browser's {@link Client}: what a page of the extension works with. */
import browser from 'webextension-polyfill';
import type { ZodMiniType } from 'zod/mini';
import type { Client, CurrentTab } from '../protocol/client.ts';
import { FIRST_FAMILIES, FIRST_RECORDS } from '../protocol/first-records.ts';
import { popupSubjectKey } from '../protocol/popup-subject-key.ts';
import { type Form, familyKey, type Reading, readForm } from '../protocol/stored-form.ts';
import { requestAccess } from './access.ts';
import { hosts } from './hosts.ts';
import { openOptions } from './open-options.ts';
import { shownIn } from './shown-in.ts';
import { localStore, sessionStore, watchLocal } from './storage.ts';
import { text, uiDirection, uiLanguage } from './text.ts';

const call: Client['call'] = async (message) => (await import('./send.ts')).send(message);

export function createClient(): Client {
  // The background may be asleep when the network comes back; an open page is not.
  addEventListener('online', () => void call({ type: 'came-online' }));

  return {
    call,

    async read(...names) {
      const stored = await localStore.get(names);
      const read = names.map(async (name) => [name, await readAt(name, name, stored[name])]);
      return Object.fromEntries(await Promise.all(read)) as never;
    },
    async readOne(family, id) {
      const key = familyKey(family, id);
      return readAt(family, key, (await localStore.get([key]))[key]) as never;
    },
    readDestination: async (id) => (await import('./read-stored.ts')).readDestination(id),
    readAside: async (saveIds) => (await import('./read-stored.ts')).readAside(saveIds),
    watch: watchLocal,

    async currentTab() {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      const { url, title = '' } = tab ? shownIn(tab) : {};
      return tab?.id === undefined || url === undefined
        ? null
        : ({ id: tab.id, url, title } satisfies CurrentTab);
    },
    readPage: async (tabId) => (await import('./read-page.ts')).readPage(tabId),

    newId: () => crypto.randomUUID(),
    async takePopupSubject(tabId) {
      const key = popupSubjectKey(tabId);
      const raw = (await sessionStore.get([key]))[key];
      if (raw === undefined) return null;
      void sessionStore.remove([key]);
      const { readPopupSubject } = await import('../protocol/popup-subject.ts');
      return readPopupSubject(raw, Date.now());
    },
    async readDraft(about) {
      const key = draftKey(about);
      const raw = (await sessionStore.get([key]))[key];
      return raw === undefined ? null : (await import('../protocol/draft.ts')).readDraft(raw);
    },
    writeDraft: (about, draft) =>
      draft ? sessionStore.set({ [draftKey(about)]: draft }) : sessionStore.remove([draftKey(about)]),

    editSave: async (saveId) => (await import('./edit-save.ts')).editSave(saveId),

    launchSignIn: async (authorizeUrl) => (await import('./identity.ts')).launchSignIn(authorizeUrl),
    grantAccess: () => requestAccess(hosts),

    requestTabs: () => browser.permissions.request({ permissions: ['tabs'] }),

    async windowTabs(windowId) {
      if (!(await browser.permissions.contains({ permissions: ['tabs'] }))) return null;
      return (await import('./window-tabs.ts')).windowTabs(windowId);
    },
    selectedTabs: async () => (await browser.tabs.query({ highlighted: true, currentWindow: true })).length,
    async openTabsPage() {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      if (tab?.id !== undefined) await (await import('./tabs-page.ts')).openTabsPage(tab.id);
    },

    more: () => import('./more.ts'),

    openOptions,
    async closePopup() {
      const tab = await browser.tabs.getCurrent();
      if (tab?.id === undefined) window.close();
      else await browser.tabs.remove(tab.id);
    },

    text,
    language: uiLanguage(),
    direction: uiDirection(),
    shortcuts: async () => (await import('./shortcuts.ts')).shortcuts(),
    openShortcuts: async () => (await import('./shortcuts.ts')).openShortcuts(),
  };
}

const FIRST: Partial<Record<string, Form<number, ZodMiniType>>> = { ...FIRST_RECORDS, ...FIRST_FAMILIES };

/** What is in the form of today is read at once; the code for the rest is loaded when it is needed. */
async function readAt(name: string, key: string, raw: unknown): Promise<Reading<unknown>> {
  const form = FIRST[name];
  return (form && readForm(form, raw)) ?? (await import('./read-stored.ts')).readStored(key, raw);
}

const draftKey = (about: number | string): string => `draft:${about}`;
