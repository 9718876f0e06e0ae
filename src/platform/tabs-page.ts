/** The page on which several tabs are saved. */
import browser from 'webextension-polyfill';

const PAGE = 'src/ui/tabs/index.html';

/** Beside that tab. Which tabs are selected is told, as opening another one ends that. */
export async function openTabsPage(tabId: number): Promise<void> {
  const { windowId, index } = await browser.tabs.get(tabId);
  if (windowId === undefined) return;
  const selected = await browser.tabs.query({ windowId, highlighted: true });
  const about = new URLSearchParams({
    window: String(windowId),
    tab: String(tabId),
    selected: selected.map(({ id }) => id).join('.'),
  });
  await browser.tabs.create({ url: `${browser.runtime.getURL(PAGE)}?${about}`, windowId, index: index + 1 });
}
