import { expect, it } from 'vitest';
import { redirectUris } from '../../../src/platform/build/redirect-uris.ts';
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { isConsent, OPTIONS } from '../stage/connect.ts';
import { TIDES } from '../stage/pages.ts';
import { DATABASE, scenarios } from '../stage/stage.ts';

scenarios('connecting', {}, (stage) => {
  /** From the options page to the consent page. */
  async function begin(): Promise<{ options: Page; consent: Page }> {
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('button', 'Connect to Notion').click();
    return { options, consent: await stage.browser.pageAt(isConsent) };
  }
  const tokenRequests = () =>
    stage.notion.requests().filter(({ path }) => path.startsWith('/v1/oauth/token'));

  it('leads from the welcome in the popup to a workspace with a chosen database', async () => {
    const { browser, notion } = stage;
    const page = await browser.open(`http://site.test${TIDES.path}`);
    const popup = await browser.openPopup(page);
    await stage.screenshot(popup, 'popup-welcome');
    await popup.byRole('button', 'Connect to Notion').click();
    const options = await browser.pageAt((url) => url.includes(OPTIONS));
    await options.byRole('button', 'Connect to Notion').click();

    const consent = await browser.pageAt(isConsent);
    const asked = new URL(await consent.url());
    expect(asked.origin).toBe('https://api.notion.com');
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      owner: 'user',
      redirect_uri: redirectUris[browser.name],
    });
    const state = asked.searchParams.get('state') ?? '';
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);

    await consent.byRole('checkbox', `${DATABASE} database`).click();
    await consent.byRole('button', 'Allow access').click();
    await options.byRole('button', 'Disconnect').appear();
    expect(await options.evaluate(() => document.body.textContent)).toContain(
      'Maxwell’s Workspace'.replace('’', "'"),
    );
    await stage.screenshot(options, 'options-connected');
    expect(notion.state().authorizations).toMatchObject([{ revoked: false, accessTokens: 1 }]);

    const again = await browser.openPopup(page);
    expect(await again.byRole('textbox', 'Title').value()).toBe(TIDES.title);
    expect(await again.byRole('button', 'Connect to Notion').count()).toBe(0);
  });

  it('takes a denial for an answer', async () => {
    const { options, consent } = await begin();
    await consent.byRole('button', 'Cancel').click();
    await options.byRole('alert').appear();
    await stage.screenshot(options, 'options-denied');
    expect(await options.byRole('alert').text()).toContain('You did not allow access');
    await options.byRole('button', 'Connect to Notion').appear();
    expect(tokenRequests()).toEqual([]);
  });

  it('takes a closed window for an answer', async () => {
    const { options, consent } = await begin();
    await consent.close();
    await options.byRole('alert').appear();
    expect(await options.byRole('alert').text()).toContain('Sign-in was closed');
    expect(tokenRequests()).toEqual([]);
  });

  it('does not use a code that comes with another state', async () => {
    const { options, consent } = await begin();
    const asked = new URL(await consent.url()).searchParams;
    const back = new URL(asked.get('redirect_uri') ?? '');
    const state = asked.get('state') ?? '';
    back.searchParams.set('code', '03c6d9bd-1a2b-4c3d-8e4f-5a6b7c8d9e0f');
    back.searchParams.set('state', `${state[0] === 'A' ? 'B' : 'A'}${state.slice(1)}`);
    await consent.evaluate((address) => location.assign(address), back.href);
    await options.byRole('alert').appear();
    expect(await options.byRole('alert').text()).toContain('not begun here');
    expect(tokenRequests()).toEqual([]);
    expect(stage.notion.state().authorizations).toEqual([]);
  });

  it('forgets and revokes on disconnecting', async () => {
    await stage.connect();
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('button', 'Disconnect').click();
    await options.byRole('button', 'Connect to Notion').appear();
    await until('the tokens to be revoked', () =>
      stage.notion.state().authorizations.every((each) => each.revoked),
    );
    const stored = JSON.stringify(await stage.stored());
    expect(stored).not.toContain('credentials');
    expect(stored).not.toContain('ntn_');
  });
});
