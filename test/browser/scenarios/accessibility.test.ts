import axe from 'axe-core';
import { expect, it } from 'vitest';
import type { Page } from '../drivers/browser.ts';
import { OPTIONS } from '../stage/connect.ts';
import { TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

scenarios('axe', {}, (stage) => {
  async function isFlawless(page: Page, name: string): Promise<void> {
    await page.runScript(axe.source);
    for (const scheme of ['light', 'dark'] as const) {
      await page.setColorScheme(scheme);
      const violations = await page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      await stage.screenshot(page, `${name}-${scheme}`);
      expect(violations, `${name}, ${scheme}`).toEqual([]);
    }
  }
  const openPopup = async () =>
    stage.browser.openPopup(await stage.browser.open(`http://site.test${TIDES.path}`));

  it('finds nothing before connecting', async () => {
    const popup = await openPopup();
    await popup.byRole('button', 'Connect to Notion').appear();
    await isFlawless(popup, 'axe-popup-welcome');
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('button', 'Connect to Notion').appear();
    await isFlawless(options, 'axe-options-welcome');
  });

  it('finds nothing in the form, with a list open, and after saving', async () => {
    await stage.connect();
    const popup = await openPopup();
    await popup.byRole('textbox', 'Title').appear();
    await isFlawless(popup, 'axe-popup-form');
    await popup.byRole('combobox', 'Tags').click();
    await popup.type('de');
    await popup.byRole('listbox').appear();
    await isFlawless(popup, 'axe-popup-tags');
    await popup.press('Escape');
    await popup.byRole('button', 'Save').click();
    await popup.byRole('link', 'Open in Notion').appear();
    await isFlawless(popup, 'axe-popup-saved');
  });

  it('finds nothing in the options of a connected workspace', async () => {
    await stage.connect();
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('button', 'Disconnect').appear();
    await isFlawless(options, 'axe-options-connected');
  });
});
