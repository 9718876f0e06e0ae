import browser from 'webextension-polyfill';
import type { OpenTab } from '../protocol/client.ts';
import { shownIn } from './shown-in.ts';
import { groupOf } from './tabs.ts';

/** Tabs of private windows are nobody's to list: nothing of them may stay. */
export async function windowTabs(windowId: number): Promise<OpenTab[]> {
  const [all, own] = await Promise.all([browser.tabs.query({ windowId }), browser.tabs.getCurrent()]);
  return all
    .filter(({ id, incognito }) => id !== own?.id && !incognito)
    .sort((a, b) => a.index - b.index)
    .flatMap((tab) => {
      if (tab.id === undefined) return [];
      const { url = '', title = '' } = shownIn(tab);
      return [
        {
          ...{ id: tab.id, url, title, isPinned: tab.pinned, groupId: groupOf(tab) },
          isLoaded: tab.discarded !== true && tab.status !== 'unloaded',
        },
      ];
    });
}
