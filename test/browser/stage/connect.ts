import type { Browser } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';

export const OPTIONS = 'src/ui/options/index.html';

export const isConsent = (url: string): boolean => new URL(url).pathname === '/v1/oauth/authorize';

/** From "Connect to Notion" to a chosen database, through the real consent page. */
export async function connectRowmark(browser: Browser, database: string): Promise<void> {
  const options = await browser.openExtensionPage(OPTIONS);
  await options.byRole('button', 'Connect to Notion').click();
  const consent = await browser.pageAt(isConsent);
  await consent.byRole('checkbox', `${database} database`).click();
  await until('the database to be ticked', () =>
    consent.evaluate((): boolean => document.querySelector('input:checked') !== null),
  );
  await consent.byRole('button', 'Allow access').click();
  await until('the workspace to be connected', async () => {
    if ((await options.byRole('alert').count()) > 0) throw new Error(await options.byRole('alert').text());
    return (await options.byRole('button', 'Disconnect').count()) === 1;
  });
  await until('the database to be chosen', () =>
    options.evaluate(async (): Promise<boolean> => {
      const api = (globalThis as unknown as { chrome: import('webextension-polyfill').Browser }).chrome;
      const { settings } = await api.storage.local.get('settings');
      return Boolean((settings as { destinationId?: string } | undefined)?.destinationId);
    }),
  );
  await options.close();
}
