import { expect, it } from 'vitest';
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { OPTIONS } from '../stage/connect.ts';
import { MAPS, TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

/** A save rests for up to half a minute before it is looked at again. */
const PATIENCE = 90_000;

scenarios('interruptions', {}, (stage) => {
  const openTides = () => stage.browser.open(`http://site.test${TIDES.path}`);
  async function save(page: Page): Promise<Page> {
    const popup = await stage.browser.openPopup(page);
    await popup.byRole('button', 'Save').click();
    return popup;
  }
  async function saveOffline(): Promise<Page> {
    const page = await openTides();
    await stage.browser.setOffline(true);
    const popup = await save(page);
    await until('"Kept on this device"', async () =>
      (await popup.byRole('status').text()).includes('Kept on this device'),
    );
    return popup;
  }
  const hasArrivedOnce = async () => {
    await until('the row', () => stage.newRows().length > 0, PATIENCE);
    await until(
      'the save to be known to be in Notion',
      async () => (await stage.saves())[0]?.state === 'in-notion',
      PATIENCE,
    );
    expect(stage.newRows()).toMatchObject([{ title: TIDES.title }]);
  };

  it('delivers once when the background dies while Notion is answering', async () => {
    await stage.connect();
    stage.notion.addFault({ kind: 'slow', method: 'POST', path: '/v1/pages', times: 1, delayMs: 1500 });
    await save(await openTides());
    await until('the request to be under way', () => stage.notion.faults()[0]?.hits === 1);
    await stage.browser.killBackground();
    expect(stage.newRows()).toHaveLength(0);
    // The next thing the user does wakes it.
    await stage.browser.openPopup(await stage.browser.open(`http://site.test${MAPS.path}`));
    await hasArrivedOnce();
  });

  it('delivers once when the background dies and the request was lost with it', async () => {
    await stage.connect();
    stage.notion.addFault({
      kind: 'drop_before',
      method: 'POST',
      path: '/v1/pages',
      times: 1,
      delayMs: 1500,
    });
    await save(await openTides());
    await until('the request to be under way', () => stage.notion.faults()[0]?.hits === 1);
    await stage.browser.killBackground();
    await stage.browser.openPopup(await stage.browser.open(`http://site.test${MAPS.path}`));
    await hasArrivedOnce();
  });

  it('keeps a save while offline and sends it once online', async () => {
    await stage.connect();
    const popup = await saveOffline();
    await stage.screenshot(popup, 'popup-offline');
    expect(stage.newRows()).toEqual([]);
    await stage.browser.setOffline(false);
    await hasArrivedOnce();
    await until('"Saved to Notion"', async () =>
      (await popup.byRole('status').text()).includes('Saved to Notion'),
    );
  });

  it('lets a waiting save be changed from the list, and sends it as it was changed', async () => {
    await stage.connect();
    await saveOffline();
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('link', 'Edit').click();
    const editor = await stage.browser.pageAt((url) => url.includes('?save='));
    await editor.byRole('textbox', 'Title').fill('Tides, corrected');
    await stage.screenshot(editor, 'edit-waiting');
    await stage.browser.setOffline(false);
    await editor.byRole('button', 'Save').click();
    await until('the row', () => stage.newRows().length > 0, PATIENCE);
    expect(stage.newRows()).toMatchObject([{ title: 'Tides, corrected' }]);
    await options.show();
    await until(
      'it to be listed as saved',
      async () => (await options.byRole('link', 'Open in Notion').count()) === 1,
    );
    // The tab that it is shown in goes as the popup itself would.
    await editor.show();
    await editor.press('Escape');
    await until('the tab to be closed', async () => !(await editor.isOpen()));
  });

  it('sends what was kept after the whole browser was killed', async () => {
    await stage.connect();
    await saveOffline();
    await stage.browser.crashAndRestart();
    expect(stage.newRows()).toEqual([]);
    await stage.browser.setOffline(false);
    await hasArrivedOnce();
  });
});
