/** The page on which several tabs are saved, as a person uses it. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../../src/core/failure.ts';
import { findChromium } from '../drivers/programs.ts';
import type { Scenario } from './fake-client.ts';
import { ABOUT_TABS, MANY_TABS } from './states.ts';
import { buildUiPages, type UiPages } from './ui-pages.ts';

describe.skipIf(!findChromium())('the page for several tabs', () => {
  let pages: UiPages;
  let page: Page;
  beforeAll(async () => {
    pages = await buildUiPages();
  });
  afterEach(() => page.context().close());
  afterAll(() => pages.close());

  const open = async (scenario: Scenario = MANY_TABS, query = ABOUT_TABS) => {
    page = await pages.open('tabs', scenario, query);
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
  const calls = (type: string) =>
    page.evaluate((wanted) => rowmark.calls.filter((call) => call.type === wanted), type);
  const rows = () =>
    page.getByRole('listitem').evaluateAll((all) =>
      all.map((one) => {
        const chosen = one.querySelector<HTMLInputElement>('[type=checkbox]');
        const title =
          one.querySelector<HTMLInputElement>('.title')?.value ?? one.querySelector('b')?.textContent;
        const marks = [...one.querySelectorAll('.mark-of')].map(({ textContent }) => textContent);
        return [title, chosen?.disabled ? null : chosen?.checked, ...marks];
      }),
    );

  it('asks for what it needs when it is needed, says why, and takes no for an answer', async () => {
    await open({ ...MANY_TABS, areTabsSeen: false, tabsAllowed: false });
    expect(await page.getByRole('listitem').count()).toBe(0);
    await page.getByText('Nothing of that leaves this device before you save.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Rowmark may not see your tabs').waitFor();
    await page.evaluate(() => rowmark.change({ tabsAllowed: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('begins with those that are selected, and else with the window; what is of no use is not chosen', async () => {
    await open();
    expect((await rows()).map(([title]) => title)).toEqual([
      'How tides were predicted before computers, and who turned the wheels',
      'example.org/a/very/long/address/that/goes/on/and/on/until/nobody/reads/it',
      'What is in Notion already',
    ]);
    await page.getByRole('radio', { name: 'All of this window (7)' }).check();
    expect((await rows()).map(([, ...rest]) => rest)).toEqual([
      [false, 'Pinned'],
      [true],
      [true],
      [false, 'In Notion'],
      [false, 'Same page as above'],
      [null, "Can't be saved"],
      [true],
    ]);
    await page.getByRole('radio', { name: 'Grouped with this one (2)' }).check();
    expect(await rows()).toHaveLength(2);
    await page.context().close();
    await open(MANY_TABS, '?window=1&tab=2&selected=2');
    expect(await page.getByRole('radio', { name: 'All of this window (7)' }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: /^Selected/ }).count()).toBe(0);
  });

  it('reads the pages of those that are chosen and do not sleep, where it is allowed, and gives that back', async () => {
    const facts = (url: string) => ({
      ...{ url, title: 'Of the page', selection: '' },
      meta: { description: 'What it says of itself.' },
    });
    await open({
      ...MANY_TABS,
      pagesAllowed: false,
      facts: { 2: facts('https://example.org/tides'), 3: facts('https://example.org/never') },
    });
    const reads = box('Add what each page says of itself: description, author, image');
    await reads.click();
    await page.getByText('Without that permission their titles and addresses are saved.').waitFor();
    expect(await reads.isChecked()).toBe(false);
    await page.evaluate(() => rowmark.change({ pagesAllowed: true }));
    await reads.click();
    await expect.poll(() => reads.isChecked()).toBe(true);
    await button(/^Save 2 tabs$/).click();
    await page.getByText('2 tabs are kept').waitFor();
    const [saved] = (await calls('save-tabs')) as { tabs: { tabId: number; facts?: unknown }[] }[];
    expect(saved?.tabs.map(({ tabId, facts: read }) => [tabId, read !== undefined])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(await page.evaluate(() => rowmark.asked)).toEqual(['pages', 'pages', 'pages given back']);
  });

  it('saves what is chosen, as it is called here, with the tags, by keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('history');
    await page.keyboard.press('Enter');
    await page.keyboard.type('typed');
    await page.keyboard.press('Tab');
    // The box for reading, the chosen of the choices, the box for all, the first tab's box, its title.
    for (const _ of [1, 2, 3, 4]) await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Tides');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('2 tabs are kept').waitFor();
    const [asked] = await calls('save-tabs');
    expect(asked).toMatchObject({
      destinationId: 'reading',
      presetId: null,
      tags: ['history', 'typed'],
      closes: false,
      tabs: [
        { tabId: 2, url: 'https://example.org/tides', title: 'Tides' },
        { tabId: 3, shows: expect.stringContaining('with=more') },
      ],
    });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Taken back').waitFor();
    expect(await calls('undo-tabs')).toMatchObject([{ saveIds: [expect.any(String), expect.any(String)] }]);
  });

  it('saves all or none at one click, and closes them only if that is wanted', async () => {
    await open();
    await box('All of them').check();
    await button('Save 3 tabs').waitFor();
    await box('All of them').uncheck();
    expect(await button('Save 0 tabs').getAttribute('aria-disabled')).toBe('true');
    await button('Save 0 tabs').click({ force: true });
    expect(await calls('save-tabs')).toEqual([]);
    await box('What is in Notion already').check();
    await button('Save 1 tab').waitFor();
    await box('All of them').check();
    await box('Close them once they are kept on this device').check();
    await button('Save 3 tabs').click();
    await page
      .getByRole('status')
      .getByText('Closed: 2. Left open, as they show another page by now: 1')
      .waitFor();
  });

  it('goes where the preset says, and asks there what is saved already', async () => {
    await open();
    await page.getByRole('combobox', { name: 'Preset' }).selectOption('Read later');
    await expect.poll(async () => (await calls('are-saved')).length).toBeGreaterThan(1);
    await button('Save 2 tabs').click();
    await page.getByRole('status').getByText('2 tabs are kept').waitFor();
    expect(await calls('save-tabs')).toMatchObject([{ presetId: 'p' }]);
  });

  it('loses nothing where they cannot be kept', async () => {
    await open({ ...MANY_TABS, failing: { 'save-tabs': failure('storage-full') } });
    await page.getByRole('textbox', { name: 'Title of https://example.org/tides' }).fill('Mine');
    await button('Save 2 tabs').click();
    await page.getByRole('alert').waitFor();
    expect((await rows())[0]?.[0]).toBe('Mine');
    await page.evaluate(() => rowmark.change({ failing: {} }));
    await button('Save 2 tabs').click();
    await page.getByRole('status').getByText('2 tabs are kept').waitFor();
    // The same saves: what was kept the first time is not kept twice.
    const ids = (await calls('save-tabs')).map((call) => JSON.stringify((call as { tabs?: unknown }).tabs));
    expect(ids[0]).toBe(ids[1]);
  });
});
