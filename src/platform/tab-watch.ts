/** Watching which page is in front: only where the user has allowed it, by the optional `tabs` permission. */
import browser from 'webextension-polyfill';
import type { TabRef } from '../ports.ts';
import { activeTab } from './events.ts';

const TABS = { permissions: ['tabs' as const] };

/**
 * Calls back with the tab in front whenever that, or its address, changes. The listeners are there from the first turn on, as a
 * background that sleeps is woken for no others. Where the permission turns out to be missing they go again, so that nobody is
 * woken for nothing.
 */
export function onTabInFront(run: (tab: TabRef) => void): void {
  const { onActivated, onUpdated } = browser.tabs;
  const look = async () => {
    const tab = await activeTab();
    if (tab?.url) run(tab);
  };
  const updated = (_id: number, change: { url?: string | undefined }) => {
    if (change.url !== undefined) void look();
  };
  const listen = () => {
    if (!onActivated.hasListener(look)) onActivated.addListener(look);
    if (!onUpdated.hasListener(updated)) onUpdated.addListener(updated);
  };
  const leaveIfForbidden = async () => {
    if (await browser.permissions.contains(TABS)) return look();
    onActivated.removeListener(look);
    onUpdated.removeListener(updated);
  };
  const listenIfAllowed = () => {
    listen();
    void leaveIfForbidden();
  };
  browser.permissions.onAdded.addListener(listenIfAllowed);
  browser.permissions.onRemoved.addListener(() => void leaveIfForbidden());
  listenIfAllowed();
}
