import browser from 'webextension-polyfill';
import type { Popup } from '../ports.ts';

/** Not all that `webextension-polyfill` knows the types of; Chromium 116, Firefox 127. */
type Contexts = { getContexts?(filter: { contextTypes: string[] }): Promise<unknown[]> };

async function isOpen(): Promise<boolean> {
  const open = await (browser.runtime as Contexts).getContexts?.({ contextTypes: ['POPUP'] });
  return open !== undefined && open.length > 0;
}

/**
 * Firefox before 149 opens a popup only in the very turn of the user's gesture, when it is not known yet whether one is
 * needed; there it is refused.
 */
export const popup: Popup = {
  async open(tabId) {
    try {
      const { active, windowId } = await browser.tabs.get(tabId);
      if (windowId === undefined || !active || !(await browser.windows.get(windowId)).focused) return false;
      // One that is open is left alone: opening it again may close it.
      if (await isOpen()) return false;
      await browser.action.openPopup({ windowId });
      return true;
    } catch {
      return false;
    }
  },
};
