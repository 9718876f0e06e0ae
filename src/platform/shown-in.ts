import type { Tabs } from 'webextension-polyfill';

/**
 * Address and title of what a tab shows, as far as they may be seen. A new tab that waits for its first answer has no address
 * of its own yet, or that of the page for new tabs, and a title that goes with that.
 */
export const shownIn = ({ url, pendingUrl, title }: Tabs.Tab): { url?: string; title?: string } =>
  pendingUrl && !/^(?:https?|file|view-source):/.test(url ?? '')
    ? { url: pendingUrl, title: '' }
    : { ...(url === undefined ? {} : { url }), ...(title === undefined ? {} : { title }) };
