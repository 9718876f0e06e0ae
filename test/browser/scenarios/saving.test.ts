import { expect, it } from 'vitest';
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { isConsent, OPTIONS } from '../stage/connect.ts';
import { TIDES } from '../stage/pages.ts';
import { DATABASE, scenarios } from '../stage/stage.ts';

/** A refusal that may be of the browser's second sending has to be looked into, which takes two looks, 45 s apart. */
const PATIENCE = 90_000;

scenarios('saving by the popup', {}, (stage) => {
  const url = `https://site.test${TIDES.path}`;
  async function openPopup(): Promise<Page> {
    const page = await stage.browser.open(url);
    stage.notion.clearRequests();
    const popup = await stage.browser.openPopup(page);
    await until('the page to have been read', async () => {
      return (await popup.byRole('textbox', 'Description').value()) === TIDES.description;
    });
    // Whether the page is saved already, and by which templates rows can be made.
    await until('what the popup asks of Notion', () =>
      ['/query', '/templates'].every((end) =>
        stage.notion
          .requests()
          .some(({ path, status }) => path.split('?')[0]?.endsWith(end) && status === 200),
      ),
    );
    return popup;
  }
  const isSaved = (popup: Page) =>
    until(
      '"Saved to Notion"',
      async () => (await popup.byRole('status').text()).includes('Saved to Notion'),
      PATIENCE,
    );
  /** Since the last look at the log. */
  const calls = () => stage.requests().map(({ method, path, status }) => `${method} ${path} ${status}`);

  it('writes one row in one request, as it stands in the form', async () => {
    await stage.connect();
    const popup = await openPopup();
    expect(await popup.byRole('textbox', 'Title').value()).toBe(TIDES.title);
    expect(await popup.byRole('textbox', 'URL').value()).toBe(url);
    expect(
      await popup.byRole('combobox', 'Database').read((field) => (field as HTMLInputElement).value),
    ).toContain(DATABASE);
    await popup.byRole('textbox', 'Title').fill('Tides, by brass wheels 🌊');
    await popup.byRole('combobox', 'Tags').click();
    await popup.type('hist');
    await stage.screenshot(popup, 'popup-tags');
    await popup.press('Enter');
    await popup.type('tides,');
    await stage.screenshot(popup, 'popup-form');
    stage.notion.clearRequests();
    await popup.byRole('button', 'Save').click();
    await isSaved(popup);
    await stage.screenshot(popup, 'popup-saved');

    expect(calls()).toEqual(['POST /v1/pages 200']);
    expect(stage.newRows()).toMatchObject([
      {
        title: 'Tides, by brass wheels 🌊',
        inTrash: false,
        values: { URL: url, Tags: ['history', 'tides'], Description: TIDES.description },
      },
    ]);
    const link = await popup
      .byRole('link', 'Open in Notion')
      .read((anchor) => (anchor as HTMLAnchorElement).href);
    expect(link).toBe(stage.newRows()[0]?.url);
  });

  it('undoes a save', async () => {
    await stage.connect();
    const popup = await openPopup();
    await popup.byRole('button', 'Save').click();
    await isSaved(popup);
    await popup.byRole('button', 'Undo').click();
    await until('the row to be in the trash', () => stage.newRows()[0]?.inTrash);
    await until('the popup to say so', async () => (await popup.byRole('status').text()).includes('Undone'));
    expect(stage.newRows()).toHaveLength(1);
  });

  it('refreshes an expired token by itself', async () => {
    await stage.connect();
    const popup = await openPopup();
    stage.notion.act('all', 'expire');
    stage.notion.clearRequests();
    await popup.byRole('button', 'Save').click();
    await isSaved(popup);
    expect(calls()).toEqual(['POST /v1/pages 401', 'POST /v1/oauth/token 200', 'POST /v1/pages 200']);
    expect(stage.newRows()).toHaveLength(1);
  });

  it('keeps what was typed when the token is revoked, and sends it after reconnecting', async () => {
    await stage.connect();
    const popup = await openPopup();
    await popup.byRole('textbox', 'Title').fill('Typed before the end');
    stage.notion.act('all', 'revoke');
    await popup.byRole('button', 'Save').click();
    await popup.byRole('alert').appear();
    expect(await popup.byRole('alert').text()).toContain('Notion has ended the connection');
    const [save] = (await stage.saves()) as { capture?: { title: string }; sentAt?: number | null }[];
    expect(save?.capture?.title).toBe('Typed before the end');
    // On a busy computer the browser may seem to have sent it twice: then its row is looked for before it can be changed.
    if (save?.sentAt === null)
      expect(await popup.byRole('textbox', 'Title').value()).toBe('Typed before the end');
    await stage.screenshot(popup, 'popup-revoked');
    await popup.byRole('button', 'Reconnect').click();
    const options = await stage.browser.pageAt((address) => address.includes(OPTIONS));
    await options.byRole('button', 'Reconnect').click();
    const consent = await stage.browser.pageAt(isConsent);
    await consent.byRole('checkbox', `${DATABASE} database`).click();
    await consent.byRole('button', 'Allow access').click();
    await until('the row', () => stage.newRows().length === 1, PATIENCE);
    expect(stage.newRows()[0]?.title).toBe('Typed before the end');
  });

  it('says that a page of the browser cannot be saved', async () => {
    await stage.connect();
    const popup = await stage.browser.openPopup(await stage.browser.openExtensionPage(OPTIONS));
    await popup.byRole('alert').appear();
    expect(await popup.byRole('alert').text()).toContain("This page can't be saved");
    await stage.screenshot(popup, 'popup-not-savable');
  });
});
