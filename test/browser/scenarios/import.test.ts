/** An import in the real browsers: through deaths of the background and a cut connection, each page once, and taken back. */
import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { until } from '../drivers/until.ts';
import { scenarios } from '../stage/stage.ts';

const COUNT = 60;
/** Milliseconds: Notion takes three requests a second, and each row is looked for first. */
const LONGEST = 120_000;

const LIBRARY = `<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>${Array.from(
  { length: COUNT },
  (_, at) => `<DT><A HREF="https://example.org/${at}" ADD_DATE="1700000000" TAGS="history">Entry ${at}</A>`,
).join('\n')}</DL>`;

scenarios('an import', { forgiven: /No SW|NetworkError|Failed to fetch/ }, (stage) => {
  it('makes each page one row, whatever breaks, and is taken back', { timeout: 3 * LONGEST }, async () => {
    await stage.connect();
    const page = await stage.browser.openExtensionPage('src/ui/import/index.html');
    await page.byRole('button', messages.import_choose.message).appear();
    await page.evaluate((text: string) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'bookmarks.html'));
      document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, LIBRARY);
    const start = messages.import_start.message;
    await page.byRole('button', start).appear();
    await stage.screenshot(page, 'import');
    await page.byRole('button', start).click();
    await until('the first rows', () => stage.newRows().length > 5, LONGEST);
    await stage.browser.killBackground();
    await page.byRole('button', messages.import_pause.message).appear();
    const before = stage.newRows().length;
    await until('more rows by another background', () => stage.newRows().length > before + 5, LONGEST);
    await stage.browser.setOffline(true);
    await stage.browser.setOffline(false);
    await until('all rows', () => stage.newRows().length >= COUNT, LONGEST);
    await page.byRole('button', messages.import_forget.message).appear(LONGEST);
    expect(
      stage
        .newRows()
        .map(({ title }) => title)
        .sort(),
    ).toEqual(Array.from({ length: COUNT }, (_, at) => `Entry ${at}`).sort());
    await stage.screenshot(page, 'import-done');
    await page.byRole('button', messages.import_undo.message).click();
    await until('all to be in the trash', () => stage.newRows().every(({ inTrash }) => inTrash), LONGEST);
    expect(stage.newRows()).toHaveLength(COUNT);
  });
});
