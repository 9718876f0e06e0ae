/** Which of a window's tabs are offered to be saved together. */
import { addressKey } from '../address/address-key.ts';
import { isSavable } from '../address/savable.ts';
import { fieldsFrom } from './fields.ts';
import { factsOfTab } from './tab-title.ts';

/** As a browser tells it. */
export type TabToOffer = {
  id: number;
  url: string;
  title: string;
  isPinned: boolean;
  groupId: number | null;
};

/**
 * `new`: nothing is known against it; `saved`: its page is in Notion, or on its way; `double`: another tab before it shows the same
 * page; `not-savable`: its address leads nowhere but in this browser.
 */
export type TabState = 'new' | 'saved' | 'double' | 'not-savable';

export type OfferedTab = {
  id: number;
  /** What it shows, and what would be saved of that. */
  shows: string;
  url: string;
  title: string;
  isPinned: boolean;
  state: TabState;
};

/** Whatever is known of a page is the tab's own: none is read, and none that sleeps is woken. */
export function offerTabs(tabs: readonly TabToOffer[]): OfferedTab[] {
  const keys = new Set<string>();
  return tabs.map(({ id, url: shows, title: written, isPinned }) => {
    const { url, title } = fieldsFrom(factsOfTab({ url: shows, title: written }, null));
    const key = addressKey(url);
    const isDouble = keys.has(key);
    const state = !isSavable(shows).savable ? 'not-savable' : isDouble ? 'double' : 'new';
    keys.add(key);
    return { id, shows, url, title, isPinned, state };
  });
}

/** What is saved unless the user says otherwise: pinned tabs stay where they are every day. */
export const isChosenAtFirst = ({ state, isPinned }: OfferedTab): boolean => state === 'new' && !isPinned;

export type TabScope = 'all' | 'selected' | 'group' | 'right';

/**
 * Those of a window's tabs that such a choice is of, in their order.
 * @param tabId the tab that the choice begins from
 * @param selected ids of the tabs that were selected in the window
 */
export function tabsOf(
  scope: TabScope,
  tabs: readonly TabToOffer[],
  tabId: number,
  selected: readonly number[],
): readonly TabToOffer[] {
  const at = tabs.findIndex(({ id }) => id === tabId);
  const group = tabs[at]?.groupId ?? null;
  switch (scope) {
    case 'all':
      return tabs;
    case 'selected':
      return tabs.filter(({ id }) => selected.includes(id));
    case 'group':
      return group === null ? [] : tabs.filter(({ groupId }) => groupId === group);
    case 'right':
      return at < 0 ? [] : tabs.slice(at + 1);
  }
}
