/** The keyword in the address bar. Its listeners must be registered in the first turn of the background. */
import browser, { type Omnibox } from 'webextension-polyfill';
import type { Suggestion, TabRef } from '../ports.ts';
import { activeTab } from './events.ts';

/** Chromium reads what is offered as XML, Firefox as plain text. */
const isXml = !('getBrowserInfo' in browser.runtime);

const escaped = (words: string): string =>
  isXml
    ? words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    : // Firefox cuts at a line break.
      words.replace(/\s+/g, ' ');

const described = ({ title, detail, address }: Suggestion): string =>
  isXml
    ? [
        escaped(title),
        detail === '' ? '' : `<dim>${escaped(detail)}</dim>`,
        address === '' ? '' : `<url>${escaped(address)}</url>`,
      ]
        .filter((part) => part !== '')
        .join(' ')
    : [title, detail, address]
        .filter((part) => part !== '')
        .map(escaped)
        .join('  ');

export function onAddressBar({
  started,
  suggest,
  entered,
}: {
  started(): void;
  suggest(typed: string): Promise<{ first: string; others: Suggestion[] }>;
  /** @returns the address to open, if any */
  entered(typed: string, tab: TabRef | null): Promise<string | null>;
}): void {
  /** What was typed last: answers to what was typed before come too late. */
  let latest = '';
  browser.omnibox.onInputStarted.addListener(started);
  browser.omnibox.onInputChanged.addListener(async (typed, offer) => {
    latest = typed;
    const { first, others } = await suggest(typed);
    if (latest !== typed) return;
    browser.omnibox.setDefaultSuggestion({ description: escaped(first) });
    offer(others.map((one) => ({ content: one.content, description: described(one) })));
  });
  browser.omnibox.onInputEntered.addListener(async (typed, disposition) => {
    const url = await entered(typed, await activeTab());
    if (url) await open(url, disposition);
  });
}

async function open(url: string, disposition: Omnibox.OnInputEnteredDisposition): Promise<void> {
  if (disposition === 'currentTab') await browser.tabs.update({ url });
  else await browser.tabs.create({ url, active: disposition === 'newForegroundTab' });
}
