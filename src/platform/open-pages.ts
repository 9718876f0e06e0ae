/** What the pages in open tabs say of themselves: read for one save of several tabs, by a permission that is given back after it. */
import browser from 'webextension-polyfill';
import type { PageFacts } from '../core/capture/capture.ts';
import type { OpenPages } from '../protocol/client.ts';
import { readPage } from './read-page.ts';

const EVERY_PAGE = { origins: ['https://*/*', 'http://*/*'] };
/** Pages that are read at once: each takes a script of its own. */
const AT_ONCE = 8;

export const openPages = (): OpenPages => ({
  ask: () => browser.permissions.request(EVERY_PAGE),

  async read(tabIds) {
    const read = new Map<number, PageFacts>();
    for (let from = 0; from < tabIds.length; from += AT_ONCE) {
      const some = tabIds.slice(from, from + AT_ONCE);
      const facts = await Promise.all(some.map((id) => readPage(id, { words: true })));
      for (const [at, id] of some.entries()) {
        const one = facts[at];
        if (one?.ok) read.set(id, one.value);
      }
    }
    return read;
  },

  async giveBack() {
    await browser.permissions.remove(EVERY_PAGE);
  },
});
