import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { OPTIONS } from '../stage/connect.ts';
import { scenarios } from '../stage/stage.ts';

const GECKO_ID = manifest.browser_specific_settings.gecko.id;

/** Where the browsers list the keys of extensions: the page, and what it shows. */
const LISTS = {
  chromium: { page: 'chrome://extensions/shortcuts', shows: 'chrome://extensions/shortcuts' },
  firefox: { page: 'about:addons', shows: `addons://shortcuts/${encodeURIComponent(GECKO_ID)}` },
};

scenarios('the keys', {}, (stage) => {
  it('are changed in the browser’s own list, which the options open', async () => {
    const { page, shows } = LISTS[stage.driver.name];
    const options = await stage.browser.openExtensionPage(OPTIONS);
    const change = options.byRole('button', messages.options_change_keys.message);
    await change.appear();
    await change.click();
    const list = await stage.browser.pageAt((url) => url === page);
    const shown = () =>
      list.evaluate(() => {
        const { gViewController } = window as unknown as { gViewController?: { currentViewId: string } };
        return gViewController?.currentViewId ?? location.href;
      });
    await expect.poll(shown).toBe(shows);
  });
});
