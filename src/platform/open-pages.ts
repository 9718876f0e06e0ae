/** What the pages in open tabs say of themselves: read for one save of several tabs, by a permission that is given back after it. */
import browser from 'webextension-polyfill';
import type { PageFacts } from '../core/capture/capture.ts';
import type { OpenPages } from '../protocol/client.ts';
import { originPattern } from './access.ts';
import { hosts } from './hosts.ts';
import { readPage } from './read-page.ts';

/** Pages that are read at once: each takes a script of its own. */
const AT_ONCE = 8;

/**
 * Of each site by itself: should access to all sites be given back, Chromium takes that to Notion with it. Notion's own address
 * and the endpoint's are never among them.
 */
function sitesOf(urls: readonly string[]): string[] {
  const own = hosts.map(originPattern);
  const sites = urls.filter((url) => /^https?:/.test(url)).map(originPattern);
  return [...new Set(sites)].filter((site) => !own.includes(site));
}

export function openPages(): OpenPages {
  let asked: string[] = [];

  async function read(tabIds: readonly number[]): Promise<ReadonlyMap<number, PageFacts>> {
    const found = new Map<number, PageFacts>();
    for (let from = 0; from < tabIds.length; from += AT_ONCE) {
      const some = tabIds.slice(from, from + AT_ONCE);
      const facts = await Promise.all(some.map((id) => readPage(id, { words: true })));
      for (const [at, id] of some.entries()) {
        const one = facts[at];
        if (one?.ok) found.set(id, one.value);
      }
    }
    return found;
  }

  return {
    ask(urls) {
      asked = sitesOf(urls);
      return browser.permissions.request({ origins: asked });
    },
    read,
    async giveBack() {
      await browser.permissions.remove({ origins: asked });
    },
  };
}
