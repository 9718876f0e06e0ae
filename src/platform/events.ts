/** The browser's events, each as one registration. All must be called in the first turn of the background. */
import browser, { type Menus, type Runtime } from 'webextension-polyfill';
import type { MenuClick, TabRef } from '../ports.ts';
import { tabRef } from './tabs.ts';

export async function activeTab(): Promise<TabRef | null> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return tabRef(tab);
}

/** Only the extension's own pages may ask for anything; scripts in web pages share its id but not its address. */
const isOwnPage = (sender: Runtime.MessageSender): boolean =>
  sender.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL(''));

/**
 * The one message listener. It is not async: a listener that answers with a promise answers for every message,
 * also for those that are not its own.
 * @param answer what the extension's own pages ask; null for a message that is not understood
 * @param answerToast what scripts in web pages ask, which is not to be believed further than a toast needs
 */
export function onMessage(
  answer: (message: unknown) => Promise<unknown> | null,
  answerToast: (message: unknown, tab: TabRef) => Promise<unknown> | null,
): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (isOwnPage(sender)) return answer(message) ?? undefined;
    const tab = sender.id === browser.runtime.id && sender.frameId === 0 ? tabRef(sender.tab) : null;
    return tab ? (answerToast(message, tab) ?? undefined) : undefined;
  });
}

/** A keyboard command, with the tab in front; the browser has granted access to it for this gesture. */
export function onCommand(run: (command: string, tab: TabRef) => void): void {
  browser.commands.onCommand.addListener(async (command, tab) => {
    // Older Firefox does not hand over the tab.
    const target = tabRef(tab) ?? (await activeTab());
    if (target) run(command, target);
  });
}

/** A click in the context menu; the browser has granted access to the tab for it. */
export function onMenu(run: (click: MenuClick, tab: TabRef) => void): void {
  browser.contextMenus.onClicked.addListener((info: Menus.OnClickData, tab) => {
    const target = tabRef(tab);
    if (!target) return;
    const { menuItemId, linkUrl, linkText, srcUrl, selectionText } = info;
    run(
      {
        id: String(menuItemId),
        ...(linkUrl === undefined ? {} : { linkUrl }),
        ...(linkText === undefined ? {} : { linkText }),
        ...(srcUrl === undefined ? {} : { imageUrl: srcUrl }),
        ...(selectionText === undefined ? {} : { selection: selectionText }),
      },
      target,
    );
  });
}

/** The menu is to be made: at each install and start, which both browsers can live with. */
export function onMenusWanted(make: () => void): void {
  browser.runtime.onInstalled.addListener(make);
  browser.runtime.onStartup.addListener(make);
}

/** The browser has started, the extension was installed or updated, the alarm rang: something may be due. */
export function onWake(run: () => void): void {
  browser.runtime.onStartup.addListener(run);
  browser.runtime.onInstalled.addListener(run);
  browser.alarms.onAlarm.addListener(run);
}

/** The network is back, as far as the browser can tell. Heard only while the background happens to be awake. */
export function onOnline(run: () => void): void {
  globalThis.addEventListener('online', run);
}
