import browser from 'webextension-polyfill';

/** Match patterns carry no port in Firefox. */
export const originPattern = (url: string): string => `${new URL(url).protocol}//${new URL(url).hostname}/*`;

/** Firefox lets users withdraw access to any address at any time. */
export const mayReach = (url: string): Promise<boolean> =>
  browser.permissions.contains({ origins: [originPattern(url)] });

/** Asks for access to these addresses. Must be called straight from a click. */
export const requestAccess = (urls: readonly string[]): Promise<boolean> =>
  browser.permissions.request({ origins: urls.map(originPattern) });
