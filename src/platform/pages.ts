/** What the background has run in web pages. */
import toastScript from '../content/toast.iife.ts?script';
import type { Pages } from '../ports.ts';
import { EXPECTED } from '../protocol/expected-toast.ts';
import type { ToastContent } from '../protocol/toast.ts';
import { execute, fromRoot, withTimeout } from './inject.ts';
import { readContent } from './read-content.ts';
import { readPage } from './read-page.ts';
import { text, uiDirection } from './text.ts';
import { toastLabels } from './toast-labels.ts';

/**
 * Runs in the page: it may use nothing from around it.
 * @returns whether it is shown; otherwise the toast's script shows it as soon as it is there
 */
function showToast(shown: unknown): boolean {
  type Ask = (message: unknown) => Promise<unknown>;
  const here = globalThis as unknown as {
    __rowmarkToast?(shown: unknown, ask: Ask): void;
    __rowmarkToasts?: [shown: unknown, ask: Ask][];
    browser: { runtime: { sendMessage: Ask } };
  };
  // The background may die between taking a message and answering it; what a toast sends may be sent again.
  const ask: Ask = async (message) => {
    for (let sendings = 3; ; sendings--) {
      try {
        const reply = await here.browser.runtime.sendMessage(message);
        if (reply !== undefined && reply !== null) return reply;
      } catch (error) {
        if (sendings <= 1) throw error;
      }
      if (sendings <= 1) return undefined;
    }
  };
  here.__rowmarkToast?.(shown, ask);
  if (here.__rowmarkToast) return true;
  here.__rowmarkToasts ??= [];
  here.__rowmarkToasts.push([shown, ask]);
  return false;
}

/** Tabs into whose pages the toast's script is on its way. */
const onItsWay = new Map<number, Promise<unknown>>();

function sendScript(tabId: number): Promise<unknown> {
  const sent = execute({ target: { tabId }, files: [fromRoot(toastScript)] });
  onItsWay.set(tabId, sent);
  const arrived = () => onItsWay.get(tabId) === sent && onItsWay.delete(tabId);
  sent.then(arrived, arrived);
  return sent;
}

/** Not held up by the script: whichever of the two comes first, the toast is shown when both are there. */
const show = (tabId: number, content: ToastContent) =>
  execute({
    target: { tabId },
    func: showToast,
    args: [{ ...content, direction: uiDirection(), labels: toastLabels() }],
  });

async function toast(tabId: number, content: ToastContent): Promise<boolean> {
  try {
    const [frame] = await show(tabId, content);
    // Firefox does not refuse its own pages: it runs nothing in them, and says so by what comes back.
    if (typeof frame?.result !== 'boolean') return false;
    if (!frame.result) await (onItsWay.get(tabId) ?? sendScript(tabId));
    return true;
  } catch {
    return false;
  }
}

async function nameOf(tabId: number, kind: 'link' | 'image', address: string): Promise<string> {
  try {
    const [frame] = await withTimeout(execute({ target: { tabId }, func: findName, args: [kind, address] }));
    return typeof frame?.result === 'string' ? frame.result : '';
  } catch {
    return '';
  }
}

/** Runs in the page, and so may use nothing from outside itself. */
function findName(kind: string, address: string): string {
  const most = 5_000;
  const elements = Array.from(document.querySelectorAll(kind === 'link' ? 'a[href]' : 'img')).slice(0, most);
  for (const element of elements as (HTMLAnchorElement & HTMLImageElement)[]) {
    const own = kind === 'link' ? element.href : element.currentSrc || element.src;
    if (own !== address) continue;
    const words = [
      kind === 'link' ? element.textContent : element.alt,
      element.getAttribute('aria-label'),
      element.querySelector('img[alt]')?.getAttribute('alt'),
      element.title,
    ];
    const name = words.map((text) => (text ?? '').replace(/\s+/g, ' ').trim()).find((text) => text !== '');
    if (name) return name.slice(0, 1_000);
  }
  return '';
}

/** Where the page cannot be scripted, nothing is. */
async function expectToast(tabId: number): Promise<void> {
  const keeping = { id: EXPECTED, tone: 'neutral', title: text('popup_keeping'), detail: '' } as const;
  await Promise.all([sendScript(tabId), show(tabId, keeping)]).catch(() => undefined);
}

export const pages: Pages = { read: readPage, readContent, nameOf, expectToast, toast };
