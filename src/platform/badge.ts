import browser from 'webextension-polyfill';
import type { Badge, BadgeContent } from '../ports.ts';

/** Dark enough for white text at 4.5:1, on light and dark toolbars. */
const GROUND = { neutral: '#6f6d68', done: '#2a6b43', 'needs-you': '#8a4b08' } satisfies Record<
  BadgeContent['tone'],
  string
>;

export const badge: Badge = {
  async show(content) {
    await Promise.all([
      browser.action.setBadgeText({ text: content?.text ?? '' }),
      browser.action.setTitle({ title: content ? `Rowmark: ${content.title}` : '' }),
      content ? browser.action.setBadgeBackgroundColor({ color: GROUND[content.tone] }) : undefined,
    ]);
    // Chromium 110 and Firefox; the default would be black on some grounds.
    if (content) await browser.action.setBadgeTextColor?.({ color: '#ffffff' });
  },
  async mark(tabId, title) {
    await Promise.all([
      browser.action.setBadgeText({ tabId, text: title === null ? null : '✓' }),
      browser.action.setTitle({ tabId, title: title === null ? null : `Rowmark: ${title}` }),
      title === null ? undefined : browser.action.setBadgeBackgroundColor({ tabId, color: GROUND.done }),
    ]);
    if (title !== null) await browser.action.setBadgeTextColor?.({ tabId, color: '#ffffff' });
  },
};
