import browser from 'webextension-polyfill';
import { openTab } from './open-options.ts';

/** As they are really assigned; an empty string where there is none. */
export async function shortcuts(): Promise<{ command: string; shortcut: string }[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name, shortcut }) => ({ command: name ?? '', shortcut: shortcut ?? '' }));
}

/** Where Chromium's list is; unlike Firefox, it has no call that opens it. */
const CHROMIUM_SHORTCUTS = 'chrome://extensions/shortcuts';

export const openShortcuts = (): Promise<void> =>
  location.protocol === 'moz-extension:'
    ? browser.commands.openShortcutSettings()
    : openTab(CHROMIUM_SHORTCUTS);
