/** The page for imports, as a person uses it. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../../src/core/failure.ts';
import type { LibraryItem } from '../../../src/core/library/item.ts';
import type { Job } from '../../../src/core/library/job.ts';
import { statusOf } from '../../../src/core/saved-rows/status.ts';
import { findChromium } from '../drivers/programs.ts';
import type { Scenario } from './fake-client.ts';
import { drop, LIBRARY, READY, WITH_ALL_TYPES } from './states.ts';
import { buildUiPages, type UiPages } from './ui-pages.ts';

const ENTRY: LibraryItem = {
  ...{ url: 'https://example.org/tides', title: null, tags: [], created: null, note: null, excerpt: null },
  ...{ folder: [], unread: null, archived: null, favourite: null, highlights: [] },
};
const DONE: Job = {
  ...{ version: 1, id: 'done', name: 'bookmarks.html', destinationId: 'reading', state: 'done' },
  ...{ failure: null, startedAt: 0, counts: {} },
  places: {
    ...{ created: null, folder: null, unread: null, archived: null, favourite: null },
    ...{ makesTags: true, tags: [] },
  },
};
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

  const intoReading = () => page.getByRole('combobox', { name: 'Database' }).selectOption('reading');

  it('says all that there is to say before anything is sent', async () => {
    await open({ stored: STORED, savedUrls: ['https://example.org/known'] });
    await drop(page, LIBRARY);
    await page.getByText('Pages found: 4').waitFor();
    await intoReading();
    await page
      .getByText("Taken for: Bookmarks · Doubles merged: 1 · In Notion already: 1 · Can't be imported: 1")
      .waitFor();
    await page.getByText("What can't be imported").click();
    await page.getByText('javascript:void 0').waitFor();
    expect(await page.getByRole('list', { name: 'The first of them' }).getByRole('listitem').count()).toBe(3);
    await page.getByText('New tags to be made: 2 (sea, Work…)').waitFor();
    expect(await calls('begin-import', 'store-entries', 'turn-import')).toEqual([]);
  });

  it('imports what was chosen, where it was said to go', async () => {
    await open();
    await drop(page, LIBRARY);
    await page.getByText('Pages found: 4').waitFor();
    await intoReading();
    await page.getByRole('combobox', { name: 'Folder' }).selectOption('A tag, of the innermost folder');
    await page.getByRole('combobox', { name: 'Date' }).selectOption('Nowhere');
    await page.getByRole('combobox', { name: 'Unread' }).selectOption('Status: Reading');
    await page.getByRole('combobox', { name: 'Tags for all' }).fill('Imported');
    await page.getByRole('checkbox', { name: /^New tags/ }).uncheck();
    await button('Start import').click();
    await button('Choose files…').waitFor();
    const [begun, stored, turned] = await calls('begin-import', 'store-entries', 'turn-import');
    expect(begun).toMatchObject({
      name: 'bookmarks.html',
      destinationId: 'reading',
      ownsDatabase: false,
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
    expect(await calls('create-database')).toEqual([]);
  });

  it('offers a database of its own first, with a property for each kind of thing', async () => {
    await open();
    await drop(page, LIBRARY);
    await page.getByText('Pages found: 4').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('My old bookmarks');
    await page.getByRole('combobox', { name: 'Unread' }).selectOption('Nowhere');
    await button('Start import').click();
    await button('Choose files…').waitFor();
    const [made, begun] = await calls('create-database', 'begin-import');
    expect(made).toMatchObject({
      botId: 'bot',
      parentPageId: null,
      library: {
        title: 'My old bookmarks',
        extras: [
          { name: 'Folder', type: 'select' },
          { name: 'Unread', type: 'checkbox' },
        ],
      },
    });
    expect(begun).toMatchObject({
      destinationId: 'made',
      ownsDatabase: true,
      places: { created: 'id of Saved on', folder: { as: 'property', id: 'id of Folder' }, unread: null },
    });
  });

  it('goes where the same file went before', async () => {
    await open({ stored: STORED, jobs: [{ ...DONE, counts: { made: 4 } }] });
    await drop(page, LIBRARY);
    await page.getByText('Pages found: 4').waitFor();
    const database = page.getByRole('combobox', { name: 'Database' });
    await expect.poll(() => database.inputValue()).toBe('reading');
  });

  it('waits for what is in the database already, and shows how far that is', async () => {
    const status = { ...statusOf(true, null), rows: 1_200, underWay: true };
    await open({ stored: STORED, rowIndexes: { reading: status } });
    await drop(page, LIBRARY);
    await page.getByText('Pages found: 4').waitFor();
    await intoReading();
    await page.getByText('Reading what is in that database already. Rows so far: 1,200').waitFor();
    await page.evaluate(() => rowmark.change({ savedUrls: ['https://example.org/known'] }));
    await page.evaluate((read) => rowmark.put({ rowIndexes: { reading: read } }), {
      ...status,
      whole: true,
      underWay: false,
      refreshedAt: 1,
    });
    await page.getByText('In Notion already: 1').waitFor();
  });

  it('takes a list that is pasted, by keyboard alone', async () => {
    await open();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'https://example.org/1\nhttps://example.org/2');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    });
    await page.getByText('Pages found: 2').waitFor();
    await button('Start import').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => calls('begin-import')).toMatchObject([{ name: 'What was pasted' }]);
  });

  it('takes what the browser keeps itself, where it is allowed to', async () => {
    await open({
      stored: STORED,
    });
    await button("This browser's bookmarks").click();
    await page.getByText('Without that permission Rowmark sees none of it.').waitFor();
    await page.evaluate(() =>
      rowmark.change({
        own: {
          bookmarks: {
            bookmarks: [
              {
                title: '',
                children: [
                  { title: 'Bar', children: [{ title: 'Tides', url: 'https://example.org/tides' }] },
                ],
              },
            ],
          },
        },
      }),
    );
    await button("This browser's bookmarks").click();
    await page.getByText('Pages found: 1').waitFor();
    await page.getByText('Bar', { exact: false }).first().waitFor();
  });

  it('lets what was refused be corrected and tried again', async () => {
    const refused = (number: number) => ({
      ...{ number, state: 'refused' as const, row: null, why: failure('values-refused') },
      item: { ...ENTRY, url: `https://example.org/${number}`, title: `Entry ${number}` },
    });
    await open({
      stored: STORED,
      jobs: [{ ...DONE, counts: { made: 2, refused: 2 } }],
      entries: [refused(3), refused(7)],
    });
    await page.getByText('What Notion refused').click();
    await page.getByRole('textbox', { name: 'Title' }).first().fill('Corrected');
    await button('Try these again').click();
    await expect
      .poll(() => calls('mend-entries'))
      .toEqual([
        {
          type: 'mend-entries',
          jobId: 'done',
          entries: [
            { number: 3, title: 'Corrected', url: 'https://example.org/3' },
            { number: 7, title: 'Entry 7', url: 'https://example.org/7' },
          ],
        },
      ]);
  });

  it('lists what became rows, each to be opened', async () => {
    const row = { id: 'row', url: 'https://app.notion.com/p/row' };
    const made = { number: 0, state: 'made' as const, row, why: null, item: { ...ENTRY, title: 'Tides' } };
    await open({ stored: STORED, jobs: [{ ...DONE, counts: { made: 1 } }], entries: [made] });
    await page.getByText('What was saved').click();
    expect(await page.getByRole('link', { name: 'Tides' }).getAttribute('href')).toBe(row.url);
  });

  it('keeps what was read where it cannot be stored, and leaves nothing behind', async () => {
    await open({ stored: STORED, failing: { 'store-entries': failure('storage-full') } });
    await drop(page, LIBRARY);
    await button('Start import').click();
    await page.getByRole('alert').waitFor();
    expect((await calls('forget-import', 'turn-import')).map(({ type }) => type)).toEqual(['forget-import']);
    await button('Start import').waitFor();
  });

  it('says why a file cannot be read, and takes another one', async () => {
    await open();
    await drop(page, 'Dear Ida, the tide was high.');
    await page.getByRole('alert').getByText('of no kind that Rowmark knows').waitFor();
    await button('Choose others').click();
    await drop(page, 'https://example.org/1');
    await page.getByText('Pages found: 1').waitFor();
  });
});
