import browser from 'webextension-polyfill';

export const openOptions = (): Promise<void> => browser.runtime.openOptionsPage();

export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
}
