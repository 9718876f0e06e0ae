/**
 * An import in the real browsers: through deaths of the background and of the browser and a cut connection, each page once, and taken
 * back. `ENTRIES` says how many there are (`npm run soak:browser`: 600, and the browser killed three times).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import type { LibraryItem } from '../../../src/core/library/item.ts';
import { mergeItems } from '../../../src/core/library/merge.ts';
import { readLibrary } from '../../../src/core/library/read.ts';
import type { Bookmark } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { sayYes } from '../stage/say-yes.ts';
import { scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const COUNT = Number(process.env.ENTRIES ?? 60);
const KILLS = COUNT > 100 ? 3 : 1;
/** Milliseconds: Notion takes three requests a second, and each row is looked for first. */
const LONGEST = 60_000 + COUNT * 1_000;

const LIBRARY = `<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>${Array.from(
  { length: COUNT },
  (_, at) => `<DT><A HREF="https://example.org/${at}" ADD_DATE="1700000000" TAGS="history">Entry ${at}</A>`,
).join('\n')}</DL>`;

const PAGE = 'src/ui/import/index.html';

scenarios('an import', { forgiven: /No SW|NetworkError|Failed to fetch/ }, (stage) => {
  it('makes each page one row, whatever breaks, and is taken back', { timeout: 3 * LONGEST }, async () => {
    await stage.connect();
    let page = await stage.browser.openExtensionPage(PAGE);
    await page.byRole('button', messages.import_choose.message).appear();
    await page.evaluate((text: string) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'bookmarks.html'));
      document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, LIBRARY);
    const start = messages.import_start.message;
    await page.byRole('button', start).appear();
    await page.byRole('combobox', messages.field_database.message).choose('Reading list');
    await stage.screenshot(page, 'import');
    await page.byRole('button', start).click();
    await until('the first rows', () => stage.newRows().length > 5, LONGEST);
    await stage.browser.killBackground();
    await page.byRole('button', messages.import_pause.message).appear();
    const before = stage.newRows().length;
    await until('more rows by another background', () => stage.newRows().length > before + 5, LONGEST);
    await stage.browser.setOffline(true);
    await stage.browser.setOffline(false);
    for (let kill = 0; kill < KILLS; kill++) {
      const due = stage.newRows().length + COUNT / (2 * KILLS + 4);
      await stage.browser.crashAndRestart();
      page = await stage.browser.openExtensionPage(PAGE);
      await until('more rows in another browser', () => stage.newRows().length > due, LONGEST);
    }
    await until('all rows', () => stage.newRows().length >= COUNT, LONGEST);
    await page.byRole('button', messages.import_forget.message).appear(LONGEST);
    // One that the browser itself made twice is found, and in the trash then.
    const live = () => stage.newRows().filter(({ inTrash }) => !inTrash);
    await until('each page to be there once', () => live().length === COUNT, LONGEST);
    const titles = live().map(({ title }) => title);
    expect(titles.sort()).toEqual(Array.from({ length: COUNT }, (_, at) => `Entry ${at}`).sort());
    await stage.screenshot(page, 'import-done');
    await page.byRole('button', messages.import_undo.message).click();
    await until('all to be in the trash', () => stage.newRows().every(({ inTrash }) => inTrash), LONGEST);
    expect(live()).toEqual([]);
  });
});

/** The bookmarks of somebody who has kept many for long: folders in folders, and signs that are easily lost. */
const FOLDERS = 50;
const EACH = 100;
const ODD = [
  { title: 'Cats & dogs <b>"quoted"</b>', url: 'https://example.org/copy?a=1&copy&reg=2&lt=3&amp;x=4' },
  { title: 'גאות ושפל', url: 'https://example.org/%D7%92?x=%3Cscript%3E' },
  { title: '日本語の題 🌊', url: "https://example.org/it's?q=a+b&c=%22" },
  { title: '</A><DT>', url: 'https://example.org/#</DL>' },
];
const tagsOf = (at: number): string[] => (at % 3 === 0 ? ['history', 'de l’été'] : []);
const LIBRARY_TREE: Bookmark[] = Array.from({ length: FOLDERS }, (_, folder) => ({
  title: `Folder ${folder} & more`,
  children: [
    {
      title: 'Inside',
      children: Array.from({ length: EACH }, (_, at) => ({
        ...{ title: `Entry ${folder}.${at}`, url: `https://example.org/${folder}/${at}`, tags: tagsOf(at) },
        ...(folder === 0 ? ODD[at] : {}),
      })),
    },
  ],
}));

/** What is said of each page that must not be lost on the way. */
const said = ({ url, title, folder, tags }: Pick<LibraryItem, 'url' | 'title' | 'folder' | 'tags'>) => ({
  ...{ url, title, folder: folder.slice(-2), tags: [...tags].sort() },
});
const expected = (areTagsKept: boolean) =>
  LIBRARY_TREE.flatMap(({ title: folder, children = [] }) =>
    children.flatMap(({ title: inner, children: all = [] }) =>
      all.map(({ url = '', title, tags = [] }) =>
        said({ url: new URL(url).href, title, folder: [folder, inner], tags: areTagsKept ? tags : [] }),
      ),
    ),
  );

scenarios('the browser’s own bookmarks', { keys: true, forgiven: /No SW/ }, (stage) => {
  const isAllowed = () =>
    stage.browser.inExtension(() => chrome.permissions.contains({ permissions: ['bookmarks'] }));

  it('are read with all that is said of them, from what the browser exports and from itself', {
    timeout: 600_000,
  }, async () => {
    await stage.connect();
    await stage.browser.addBookmarks(LIBRARY_TREE);
    const folder = mkdtempSync(join(tmpdir(), 'rowmark-bookmarks-'));
    const files = await stage.browser.exportBookmarks(folder, (path) => stage.screen.answerFileDialog(path));
    let count = 0;
    for (const file of files) {
      const read = readLibrary(readFileSync(file));
      if (!read.ok) throw new Error(`${file}: ${read.why}`);
      const items = read.readings.flatMap((reading) => reading.items);
      count = mergeItems(items).items.length;
      const ours = items.filter(({ url }) => url.includes('example.org'));
      expect(ours.map(said), file).toEqual(expected(stage.driver.name === 'firefox'));
      expect(ours.every(({ created }) => created !== null && Math.abs(created - Date.now()) < 600_000)).toBe(
        true,
      );
    }
    rmSync(folder, { recursive: true });

    const page = await stage.browser.openExtensionPage(PAGE);
    const own = page.byRole('button', messages.import_own_bookmarks.message);
    await own.appear();
    const start = page.byRole('button', messages.import_start.message);
    await sayYes(stage, own, async () => (await start.count()) === 1, page);
    await start.appear();
    // A new Firefox has a few of its own.
    expect(count).toBeGreaterThanOrEqual(FOLDERS * EACH);
    await until('all of them', async () =>
      (await page.evaluate(() => document.body.textContent ?? '')).includes(
        `Pages found: ${count.toLocaleString('en')}`,
      ),
    );
    await stage.screenshot(page, 'own-bookmarks');
    expect(await isAllowed()).toBe(false);
  });
});
