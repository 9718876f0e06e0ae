import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { until } from '../drivers/until.ts';
import { OPTIONS } from '../stage/connect.ts';
import { MAPS, TIDES } from '../stage/pages.ts';
import { allowTabs, areTabsAllowed } from '../stage/say-yes.ts';
import { DATABASE, scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

scenarios('the mark on saved pages', { keys: true, forgiven: /No SW/ }, (stage) => {
  const badge = () =>
    stage.browser.inExtension(async () => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return tab?.id === undefined ? '' : chrome.action.getBadgeText({ tabId: tab.id });
    });

  it('is not there unasked, and neither is the permission for it', async () => {
    expect(await areTabsAllowed(stage)).toBe(false);
  });

  it('is shown when the user lets tabs be seen, and goes with the page', async () => {
    await stage.connect();
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('checkbox', `Keep the rows of “${DATABASE}” on this device`).click();
    const mark = options.byRole('checkbox', messages.options_mark.message);
    await mark.appear();
    await allowTabs(stage, mark);
    await until('the mark to be wanted', () =>
      stage.browser.inExtension(async () => {
        const { settings } = await chrome.storage.local.get('settings');
        return (settings as { markSaved?: boolean }).markSaved === true;
      }),
    );
    const page = await stage.browser.open(`https://site.test${TIDES.path}`);
    await page.show();
    await stage.browser.runCommand('quick-save', page);
    await until('the row', () => stage.newRows().length === 1);
    await until('the mark', async () => (await badge()) === '✓');
    await page.goto(`https://site.test${MAPS.path}`);
    await until('no mark', async () => (await badge()) === '');
    await page.goto(`https://site.test${TIDES.path}#again`);
    await until('the mark again', async () => (await badge()) === '✓');
    // Nobody but a tab wakes a background that was ended.
    await page.goto(`https://site.test${MAPS.path}`);
    await until('no mark once more', async () => (await badge()) === '');
    await stage.browser.killBackground();
    await page.goto(`https://site.test${TIDES.path}`);
    await until('the mark by a new background', async () => (await badge()) === '✓');
  });
});

scenarios('what is stored', {}, (stage) => {
  it('cannot be read by a script in a page where the browser can keep it from that', async () => {
    const page = await stage.browser.open(`https://site.test${TIDES.path}`);
    await page.show();
    // The options open in a tab of their own where nothing is connected.
    const tabId = await stage.browser.inExtension(async () => {
      await chrome.storage.local.set({ secret: 'x' });
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return tab?.id ?? -1;
    });
    // The user's gesture lets scripts into the page.
    await stage.browser.runCommand('quick-save', page);
    const found = await until('a script in the page', () =>
      stage.browser.inExtension(async (id: number) => {
        const [frame] = await chrome.scripting.executeScript({
          target: { tabId: id },
          func: () =>
            chrome.storage.local.get('secret').then(
              (stored) => JSON.stringify(stored),
              () => 'refused',
            ),
        });
        return { canShield: 'setAccessLevel' in chrome.storage.local, read: frame?.result };
      }, tabId),
    );
    // Firefox has no such thing for this area; there, nothing foreign is ever run in the script's place.
    const canShield = stage.driver.name === 'chromium';
    expect(found).toEqual({ canShield, read: canShield ? 'refused' : '{"secret":"x"}' });
  });
});
