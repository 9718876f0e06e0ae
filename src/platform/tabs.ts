/** The browser's tabs: which there are, closing them, and opening them again where they stood. */
import browser, { type Tabs as BrowserTabs } from 'webextension-polyfill';
import type { ClosedTab, TabRef, Tabs } from '../ports.ts';
import { shownIn } from './shown-in.ts';

export const tabRef = (tab: BrowserTabs.Tab | undefined): TabRef | null =>
  tab?.id === undefined ? null : { id: tab.id, ...shownIn(tab) };

/** In Firefox alone, a tab can be opened so that it loads when somebody looks at it. */
const opensUnloaded = (): boolean => browser.runtime.getURL('').startsWith('moz-extension:');

/** Where the types of the polyfill end: groups are newer (Chrome 89, Firefox 139). */
type Grouped = { groupId?: number };
type Grouping = {
  group(
    into:
      | { tabIds: number[]; groupId: number }
      | { tabIds: number[]; createProperties: { windowId: number } },
  ): Promise<number>;
};
const grouping = browser.tabs as unknown as Grouping;

/** No group is -1 in both browsers. */
export const groupOf = (tab: BrowserTabs.Tab): number | null => {
  const { groupId = -1 } = tab as Grouped;
  return groupId === -1 ? null : groupId;
};

async function open({ url, title, windowId, index, isPinned }: ClosedTab): Promise<BrowserTabs.Tab> {
  const tab = {
    url,
    active: false,
    pinned: isPinned,
    ...(opensUnloaded() ? { discarded: true, title } : {}),
  };
  try {
    return await browser.tabs.create({ ...tab, windowId, index });
  } catch {
    // Its window is gone.
    return browser.tabs.create(tab);
  }
}

/** @returns the id of their group, which is another one where that of before went with its last tab */
async function group(tabs: readonly BrowserTabs.Tab[], groupId: number): Promise<number | null> {
  const tabIds = tabs.flatMap(({ id }) => id ?? []);
  const windowId = tabs[0]?.windowId;
  try {
    return await grouping.group({ tabIds, groupId });
  } catch {
    if (windowId === undefined) return null;
    return grouping.group({ tabIds, createProperties: { windowId } }).catch(() => null);
  }
}

export const tabs: Tabs = {
  inFront: async () => (await browser.tabs.query({ active: true })).flatMap((tab) => tabRef(tab) ?? []),
  all: async () => (await browser.tabs.query({})).flatMap((tab) => tabRef(tab) ?? []),

  async places(wanted) {
    const all = await browser.tabs.query({});
    const open = new Map(all.map((tab) => [tab.id, tab]));
    const leaving = new Set(wanted.map(({ id }) => id));
    const stay = all.filter(({ id }) => id === undefined || !leaving.has(id));
    const found = wanted.flatMap(({ id, url }): ClosedTab[] => {
      const tab = open.get(id);
      if (!tab || shownIn(tab).url !== url) return [];
      const { title = '', windowId = -1, index, pinned } = tab;
      const twins = stay.filter((one) => one.windowId === windowId && shownIn(one).url === url).length;
      return [{ id, url, title, windowId, index, isPinned: pinned, groupId: groupOf(tab), twins }];
    });
    return found.sort((a, b) => a.windowId - b.windowId || a.index - b.index);
  },

  async close(ids) {
    // One that is gone by itself keeps nobody from closing the others.
    await Promise.all(ids.map((id) => browser.tabs.remove(id).catch(() => undefined)));
  },

  async reopen(closed) {
    const all = await browser.tabs.query({});
    const isThere = ({ url, windowId, twins }: ClosedTab) =>
      all.filter((tab) => tab.windowId === windowId && shownIn(tab).url === url).length > twins;
    const groups = new Map<number, BrowserTabs.Tab[]>();
    // Each takes the place that the ones before it have left.
    for (const tab of closed.filter((one) => !isThere(one))) {
      const opened = await open(tab);
      if (tab.groupId !== null) groups.set(tab.groupId, [...(groups.get(tab.groupId) ?? []), opened]);
    }
    const made = new Map<number, number>();
    for (const [groupId, all] of groups) made.set(groupId, (await group(all, groupId)) ?? groupId);
    return made;
  },
};
