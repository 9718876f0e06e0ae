import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { OPTIONS } from '../stage/connect.ts';
import { scenarios } from '../stage/stage.ts';

/** Where the browsers list the keys of extensions. */
const LISTS = { chromium: 'chrome://extensions/shortcuts', firefox: 'about:addons' };

scenarios('the keys', {}, (stage) => {
  it('are changed in the browser’s own list, which the options open', async () => {
    const options = await stage.browser.openExtensionPage(OPTIONS);
    const change = options.byRole('button', messages.options_change_keys.message);
    await change.appear();
    await change.click();
    const list = await stage.browser.pageAt((url) => url === LISTS[stage.driver.name]);
    expect(list).toBeDefined();
  });
});
