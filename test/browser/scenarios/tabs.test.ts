/** Many tabs of a real window: saved, closed, and all of it taken back. `TABS` says how many (`npm run soak:browser`: 300). */
import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { until } from '../drivers/until.ts';
import { TIDES } from '../stage/pages.ts';
import { allowTabs, sayYes } from '../stage/say-yes.ts';
import { scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser & {
  tabs: { group(options: { tabIds: number[] }): Promise<number> };
};

const COUNT = Number(process.env.TABS ?? 30);
/** Milliseconds: Notion takes three requests a second, and each row is looked for first. */
const LONGEST = 30_000 + COUNT * 1_500;
/** Runs in a page of the extension. */
const mayReadPages = () => chrome.permissions.contains({ origins: ['https://site.test/*'] });
const PINNED = 0;
const GROUPED = [4, 5, 6];

scenarios('several tabs', { keys: true, forgiven: /No SW/ }, (stage) => {
  /** Those of the site, as they stand: address, and whether pinned and grouped. */
  const tabs = () =>
    stage.browser.inExtension(async () => {
      const all = await chrome.tabs.query({});
      return all
        .filter(({ url, pendingUrl }) => (pendingUrl ?? url ?? '').includes('site.test'))
        .sort((a, b) => a.index - b.index)
        .map(({ url, pendingUrl, pinned, ...tab }) => ({
          address: pendingUrl || url || '',
          pinned,
          isGrouped: ((tab as { groupId?: number }).groupId ?? -1) !== -1,
        }));
    });

  it(
    'are saved, closed, opened again where they were, and undone',
    async () => {
      await stage.connect();
      const page = await stage.browser.open(`https://site.test${TIDES.path}`);
      await page.show();
      const popup = await stage.browser.openPopup(page);
      await popup.byRole('button', messages.popup_several_tabs.message).click();
      const list = await stage.browser.pageAt((url) => url.includes('/ui/tabs/'));
      await allowTabs(stage, list.byRole('button', messages.tabs_ask.message));
      await list.byRole('checkbox', messages.tabs_close.message).appear();
      const addresses = Array.from({ length: COUNT }, (_, at) => `https://site.test${TIDES.path}?page=${at}`);
      await stage.browser.inExtension(
        async (urls: string[], pinned: number, grouped: number[]) => {
          const made: number[] = [];
          for (const url of urls) made.push((await chrome.tabs.create({ url, active: false })).id ?? -1);
          await chrome.tabs.group({ tabIds: grouped.map((at) => made[at] ?? -1) });
          await chrome.tabs.update(made[pinned] ?? -1, { pinned: true });
        },
        addresses,
        PINNED,
        GROUPED,
      );
      const areOpen = async () => {
        const open = await tabs();
        return addresses.every((address) => open.some((tab) => tab.address === address));
      };
      await until('all of them to have their address', areOpen, LONGEST);
      await list.goto(await list.evaluate(() => location.href));
      const before = await tabs();
      const reads = list.byRole('checkbox', messages.tabs_read.message);
      await sayYes(stage, reads, () => stage.browser.inExtension(mayReadPages), list);
      await list.byRole('checkbox', messages.tabs_close.message).click();
      // The one that is pinned is not meant unless the user says so; the first page is.
      const button = messages.tabs_save.message.replace('$1', String(COUNT));
      await stage.screenshot(list, 'tabs');
      await list.byRole('button', button).click();
      await until('all to be kept and closed', async () => (await tabs()).length === 1, LONGEST);
      expect(await tabs()).toEqual([{ address: addresses[PINNED], pinned: true, isGrouped: false }]);
      await until('the rows', () => stage.newRows().length === COUNT, LONGEST);
      expect(await stage.browser.inExtension(mayReadPages)).toBe(false);
      expect(stage.newRows()[0]?.values).toMatchObject({ Description: TIDES.description });
      await stage.screenshot(list, 'tabs-kept');
      await list.byRole('button', messages.undo.message).click();
      await until('all of them again', async () => (await tabs()).length === before.length, LONGEST);
      await until('each in its place', async () => JSON.stringify(await tabs()) === JSON.stringify(before));
      await until(
        'the rows to be in the trash',
        () => stage.newRows().every(({ inTrash }) => inTrash),
        LONGEST,
      );
      expect(stage.newRows()).toHaveLength(COUNT);
    },
    4 * LONGEST,
  );
});
