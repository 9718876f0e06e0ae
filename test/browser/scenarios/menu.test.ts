import { expect, it } from 'vitest';
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { HARBOURS } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

/** A point in the page, in pixels of the screen. At its own scale only, and where what is below the page is thin. */
const onScreen = (page: Page, selector: string): Promise<{ x: number; y: number }> =>
  page.evaluate((wanted) => {
    const { left, top } = document.querySelector(wanted)?.getBoundingClientRect() ?? { left: 0, top: 0 };
    // What only Firefox tells, and what is right in Chromium.
    const { mozInnerScreenX, mozInnerScreenY } = window as {
      mozInnerScreenX?: number;
      mozInnerScreenY?: number;
    };
    const x = mozInnerScreenX ?? window.screenX + (window.outerWidth - window.innerWidth) / 2;
    const y = mozInnerScreenY ?? window.screenY + window.outerHeight - window.innerHeight;
    return { x: x + left + 30, y: y + top + 12 };
  }, selector);

scenarios('the context menu really clicked', { keys: true }, (stage) => {
  /** Firefox has an extension's item last; in Chromium its own tools come after, of which there are more for a page. */
  const steps = stage.driver.name === 'firefox' ? [1, 2, 3] : [2, 3, 4];

  /**
   * Walks up from the end of the menu and takes an item, until one has made a row. Nobody can read the menu of the browser,
   * and what else is in it differs from version to version.
   */
  async function save(page: Page, selector: string) {
    const before = stage.newRows().length;
    for (const many of steps) {
      await page.show();
      const { x, y } = await onScreen(page, selector);
      await stage.screen.openMenu(x, y);
      for (let step = 0; step < many; step++) await stage.screen.press('Up');
      await stage.screen.press('Return');
      const isMade = await until('the row', () => stage.newRows().length > before, 4_000).catch(() => false);
      if (isMade) return stage.newRows().at(-1);
      await stage.screen.press('Escape');
    }
    throw new Error(`No item of the menu saves ${selector}`);
  }

  it('saves what was clicked: a link, an image, the page, a quotation', async () => {
    await stage.connect();
    const page = await stage.browser.open(`http://site.test${HARBOURS.path}`);
    const { link, image, quotation, title } = HARBOURS;
    const address = `http://site.test${HARBOURS.path}`;
    expect(await save(page, 'a')).toMatchObject({
      title: link.text,
      values: { URL: `http://site.test${link.path}`, Description: '' },
    });
    expect(await save(page, 'img')).toMatchObject({
      title: image.alt,
      values: { URL: `http://site.test${image.path}`, Description: `${title}\n${address}` },
    });
    expect(await save(page, 'p')).toMatchObject({ title, values: { URL: address } });
    await page.evaluate(() => {
      const quoted = document.querySelector('p');
      if (quoted) getSelection()?.selectAllChildren(quoted);
    });
    expect(await save(page, 'p')).toMatchObject({
      title,
      values: { URL: `${address}#:~:text=${encodeURIComponent(quotation)}`, Description: `“${quotation}”` },
    });
    expect(stage.newRows()).toHaveLength(4);
    // Over two blocks, of which browsers hand over the lines joined.
    await page.evaluate((words) => {
      const [link, quoted] = [document.querySelector('a'), document.querySelector('p')];
      if (quoted) quoted.textContent = `${words} ${words}`;
      if (link && quoted)
        getSelection()?.setBaseAndExtent(link, 0, quoted.firstChild ?? quoted, words.length);
    }, quotation);
    const { values } = (await save(page, 'p')) ?? {};
    expect(String(values?.Description).split('\n')[0]).toBe(`“${link.text}`);
    expect(String(values?.Description).split('\n').at(-1)).toBe(`${quotation}”`);
    expect(values?.URL).toMatch(/#:~:text=How%20a%20tide%20gauge,[^,]+(,-[^,]+)?$/);
  });
});
