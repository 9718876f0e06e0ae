/** Which addresses can be kept as a bookmark. */

export type Savable =
  | { savable: true }
  | { savable: false; reason: 'blank' | 'browser-page' | 'store-page' | 'local-file' };

/** The browsers let no extension look at their own stores, so nothing of such a page could be read. By host and path. */
const STORE =
  /^(?:chromewebstore\.google\.com\/|addons\.mozilla\.org\/|microsoftedge\.microsoft\.com\/|chrome\.google\.com\/webstore)/;

/** The new tab by the names that Firefox, Chromium and its descendants give it. */
const NEW_TAB =
  /^(?:about:(?:blank|newtab|home|privatebrowsing)|[a-z]+:\/\/(?:newtab|new-tab-page(?:-third-party)?)\/?)$/;

/** Whether a tab with this address can be saved. An address that was typed by hand counts as any other. */
export function isSavable(url: string): Savable {
  const trimmed = url.trim();
  if (trimmed === '' || NEW_TAB.test(trimmed)) return { savable: false, reason: 'blank' };
  let parsed: URL;
  try {
    parsed = new URL(trimmed);
  } catch {
    return { savable: false, reason: 'blank' };
  }
  if (parsed.protocol === 'file:') return { savable: false, reason: 'local-file' };
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
    return { savable: false, reason: 'browser-page' };
  return STORE.test(parsed.hostname + parsed.pathname)
    ? { savable: false, reason: 'store-page' }
    : { savable: true };
}
