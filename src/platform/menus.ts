import browser from 'webextension-polyfill';
import type { Menus } from '../ports.ts';

export const menus: Menus = {
  async set(items) {
    await browser.contextMenus.removeAll();
    for (const item of items) browser.contextMenus.create(item);
  },
};
