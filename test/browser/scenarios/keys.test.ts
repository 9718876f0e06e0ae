import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const shortcuts = {
  _execute_action: manifest.commands._execute_action.suggested_key.default,
  'quick-save': manifest.commands['quick-save'].suggested_key.default,
};
const openPage = async (open: (url: string) => Promise<Page>): Promise<Page> => {
  const page = await open(`http://site.test${TIDES.path}`);
  await page.show();
  return page;
};

scenarios('shortcuts', {}, (stage) => {
  it('are taken over by the browser, which needs none of them itself', async () => {
    const given = await stage.browser.inExtension(async () =>
      Object.fromEntries((await chrome.commands.getAll()).map(({ name, shortcut }) => [name, shortcut])),
    );
    expect(given).toEqual(shortcuts);
    expect(await stage.browser.ownShortcuts(Object.values(shortcuts))).toEqual([]);
  });

  if (stage.driver.name === 'firefox') {
    it('would be told if it did', async () => {
      // All tabs as bookmarks, and the History menu; the one between is Chromium's.
      expect(await stage.browser.ownShortcuts(['Ctrl+Shift+D', 'Alt+Shift+R', 'Alt+Shift+S'])).toEqual([
        'Ctrl+Shift+D',
        'Alt+Shift+S',
      ]);
    });
  }
});

scenarios('keys really pressed', { keys: true }, (stage) => {
  it('save the tab at once and say so in the page', async () => {
    await stage.connect();
    const page = await openPage(stage.browser.open);
    stage.notion.clearRequests();
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), TIDES.title);
    await until('the row', () => stage.newRows().length === 1);
    expect(stage.newRows()).toMatchObject([
      {
        title: TIDES.title,
        values: { URL: `http://site.test${TIDES.path}`, Description: TIDES.description },
      },
    ]);
    await until('the toast', async () => (await page.byRole('status').count()) === 1);
    await until('"Saved to Notion"', async () =>
      (await page.byRole('status').text()).includes('Saved to Notion'),
    );
    await stage.screenshot(page, 'toast');
    expect(stage.notion.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/pages',
    ]);
  });

  it('open the popup, in which Enter saves', async () => {
    await stage.connect();
    await openPage(stage.browser.open);
    await stage.screen.press(shortcuts._execute_action.toLowerCase(), TIDES.title);
    const popup = await stage.browser.openedPopup();
    await until('the page to have been read', async () => {
      return (await popup.byRole('textbox', 'Title').value()) === TIDES.title;
    });
    await stage.screen.press('Return');
    await until('the row', () => stage.newRows().length === 1);
  });
});
