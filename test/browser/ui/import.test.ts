/** The page for imports, as a person uses it. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../../src/core/failure.ts';
import { findChromium } from '../drivers/programs.ts';
import type { Scenario } from './fake-client.ts';
import { drop, LIBRARY, READY, WITH_ALL_TYPES } from './states.ts';
import { buildUiPages, type UiPages } from './ui-pages.ts';

const STORED = { ...READY, 'destination:reading': WITH_ALL_TYPES };

describe.skipIf(!findChromium())('the page for imports', () => {
  let pages: UiPages;
  let page: Page;
  beforeAll(async () => {
    pages = await buildUiPages();
  });
  afterEach(() => page.context().close());
  afterAll(() => pages.close());

  const open = async (scenario: Scenario = { stored: STORED }) => {
    page = await pages.open('import', scenario);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const calls = (...types: string[]) =>
    page.evaluate((wanted) => rowmark.calls.filter((call) => wanted.includes(call.type)), types);

  it('says all that there is to say before anything is sent', async () => {
    await open({ stored: STORED, savedUrls: ['https://example.org/known'] });
    await drop(page, LIBRARY);
    await page.getByText('4 pages found').waitFor();
    await page.getByText("1 doubles merged · 1 in Notion already · 1 can't be imported").waitFor();
    await page.getByText("What can't be imported").click();
    await page.getByText('javascript:void 0').waitFor();
    expect(await page.getByRole('list', { name: 'The first of them' }).getByRole('listitem').count()).toBe(3);
    await page.getByText('Make 2 new tags: sea, Work…').waitFor();
    await button('Import 3 pages').waitFor();
    expect(await calls('begin-import', 'store-entries', 'turn-import')).toEqual([]);
  });

  it('imports what was chosen, where it was said to go', async () => {
    await open();
    await drop(page, LIBRARY);
    await page.getByRole('combobox', { name: 'Folder' }).selectOption('A tag, of the innermost folder');
    await page.getByRole('combobox', { name: 'Date' }).selectOption('Nowhere');
    await page.getByRole('combobox', { name: 'Unread' }).selectOption('Status: Reading');
    await page.getByRole('combobox', { name: 'Tags for all' }).fill('Imported');
    await page.getByRole('checkbox', { name: /^Make/ }).uncheck();
    await button('Import 4 pages').click();
    await button('Choose files…').waitFor();
    const [begun, stored, turned] = await calls('begin-import', 'store-entries', 'turn-import');
    expect(begun).toMatchObject({
      name: 'bookmarks.html',
      destinationId: 'reading',
      places: {
        created: null,
        folder: { as: 'last' },
        unread: { id: 'st', option: 'Reading' },
        makesTags: false,
        tags: ['Imported'],
      },
    });
    expect(stored).toMatchObject({
      from: 0,
      items: [{ url: 'https://example.org/tides', folder: ['Work'] }, {}, {}, {}],
    });
    expect(turned).toMatchObject({ to: 'running' });
  });

  it('takes a list that is pasted, by keyboard alone', async () => {
    await open();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'https://example.org/1\nhttps://example.org/2');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    });
    await page.getByText('2 pages found').waitFor();
    await button('Import 2 pages').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => calls('begin-import')).toMatchObject([{ name: 'What was pasted' }]);
  });

  it('keeps what was read where it cannot be stored, and leaves nothing behind', async () => {
    await open({ stored: STORED, failing: { 'store-entries': failure('storage-full') } });
    await drop(page, LIBRARY);
    await button('Import 4 pages').click();
    await page.getByRole('alert').waitFor();
    expect((await calls('forget-import', 'turn-import')).map(({ type }) => type)).toEqual(['forget-import']);
    await button('Import 4 pages').waitFor();
  });

  it('says why a file cannot be read, and takes another one', async () => {
    await open();
    await drop(page, 'Dear Ida, the tide was high.');
    await page.getByRole('alert').getByText('of no kind that Rowmark knows').waitFor();
    await button('Choose others').click();
    await drop(page, 'https://example.org/1');
    await page.getByText('1 pages found').waitFor();
  });
});
