/** Watching which page is in front: only where the user has allowed it, by the optional `tabs` permission. */
import browser from 'webextension-polyfill';
import type { TabRef } from '../ports.ts';
import { activeTab } from './events.ts';

const TABS = { permissions: ['tabs' as const] };

/**
 * Calls back with the tab in front whenever that, or its address, changes. Whether it may be asked for is known only after the
 * first turn, too late for the event that has woken the background: so the tab in front is looked at once in any case.
 */
export function onTabInFront(run: (tab: TabRef) => void): void {
  const look = async () => {
    const tab = await activeTab();
    if (tab?.url) run(tab);
  };
  const onUpdated = (_id: number, change: { url?: string | undefined }) => {
    if (change.url !== undefined) void look();
  };
  const watch = async () => {
    if (!(await browser.permissions.contains(TABS))) return;
    if (!browser.tabs.onActivated.hasListener(look)) {
      browser.tabs.onActivated.addListener(look);
      browser.tabs.onUpdated.addListener(onUpdated);
    }
    await look();
  };
  browser.permissions.onAdded.addListener(watch);
  browser.permissions.onRemoved.addListener(() => {
    browser.tabs.onActivated.removeListener(look);
    browser.tabs.onUpdated.removeListener(onUpdated);
    void watch();
  });
  void watch();
}
