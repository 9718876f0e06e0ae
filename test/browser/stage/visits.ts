import type { Browser, Page } from '../drivers/browser.ts';

/**
 * The same browser, and the hosts of all that a scenario opens in it by its address. What else the browser asks the network
 * for, the scenario did not ask for.
 */
export function notingVisits(launched: Browser): { browser: Browser; hosts: ReadonlySet<string> } {
  const hosts = new Set<string>();
  const note = (url: string): void => void hosts.add(new URL(url).host);
  const noting = (page: Page): Page => ({
    ...page,
    goto(url) {
      note(url);
      return page.goto(url);
    },
  });
  const browser: Browser = Object.create(launched, {
    open: {
      async value(url: string): Promise<Page> {
        note(url);
        return noting(await launched.open(url));
      },
    },
  });
  return { browser, hosts };
}
