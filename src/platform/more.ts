/** What pages of the extension may do beside what the popup begins with; see {@link MoreClient}. */
import browser from 'webextension-polyfill';
import { readLearned as readStored } from '../core/tags/suggest/stored.ts';
import type { MoreClient } from '../protocol/client.ts';
import { createLearnedStore } from './learned-store.ts';

export { openPages } from './open-pages.ts';
export { ownLibrary } from './own-library.ts';

export const openImport: MoreClient['openImport'] = async () => {
  await browser.tabs.create({ url: browser.runtime.getURL('src/ui/import/index.html') });
};

export const readLearned: MoreClient['readLearned'] = async (destinationId) =>
  readStored(await createLearnedStore().get(destinationId));
