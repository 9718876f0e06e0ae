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

  /** A save that waits for the network, being changed in a tab of its own. */
  async function editWaiting(): Promise<Page> {
    await stage.connect();
    await saveOffline();
    const [key = ''] = Object.keys(await stage.stored()).filter((each) => each.startsWith('save:'));
    const address = `src/ui/popup/index.html?save=${key.slice('save:'.length)}`;
    const editor = await stage.browser.openExtensionPage(address);
    await editor.byRole('textbox', 'Title').fill('Tides, half typed');
    await until('the save to stay', isHeld);
    await stage.browser.setOffline(false);
    return editor;
  }
  const isHeld = async () => {
    const [save] = (await stage.saves()) as { failure?: { code: string } | null }[];
    return save?.failure?.code === 'being-edited';
  };

  it.each([
    ['is left by Escape', (editor: Page) => editor.press('Escape')],
    ['is closed', (editor: Page) => editor.close()],
  ])(
    'sends what waited as it was when the tab that changes it %s, and keeps what was typed',
    async (_, leave) => {
      const editor = await editWaiting();
      expect(await isHeld()).toBe(true);
      const address = new URL(await editor.url());
      await editor.show();
      await leave(editor);
      await hasArrivedOnce();
      expect(stage.newRows()).toMatchObject([{ title: TIDES.title }]);
      const again = await stage.browser.openExtensionPage(address.pathname.slice(1) + address.search);
      const title = again.byRole('textbox', 'Title');
      await until('what was typed', async () => (await title.value()) === 'Tides, half typed');
      await again.byRole('button', 'Update').click();
      await until('the row to follow', () =>
        stage.newRows().some((row) => row.title === 'Tides, half typed'),
      );
      expect(stage.newRows()).toHaveLength(1);
    },
  );

  it('sends what waited when the browser was killed over the tab that changed it', async () => {
    await editWaiting();
    expect(await isHeld()).toBe(true);
    await stage.browser.crashAndRestart();
    await hasArrivedOnce();
    expect(stage.newRows()).toMatchObject([{ title: TIDES.title }]);
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
