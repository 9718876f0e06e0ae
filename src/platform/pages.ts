/** What is run in web pages, on the user's gesture. The only file that knows how the build names injected scripts. */
import browser, { type Scripting } from 'webextension-polyfill';
import * as z from 'zod/mini';
import readPageScript from '../content/read-page.iife.ts?script';
import toastScript from '../content/toast.iife.ts?script';
import { PageFacts } from '../core/capture/capture.ts';
import { failed, ok, type Result } from '../core/failure.ts';
import type { Pages } from '../ports.ts';
import type { ToastContent } from '../protocol/toast.ts';
import { uiDirection } from './text.ts';
import { toastLabels } from './toast-labels.ts';

/** A page that is busy or stopped in a debugger answers late or never; its tab's address and title must do then. */
const READ_TIMEOUT = 1_500;

/** Reads the page in that tab. Fails where the browser lets nothing be run: its own pages, its store, a PDF viewer. */
export async function readPage(tabId: number): Promise<Result<PageFacts>> {
  try {
    const facts = z.safeParse(PageFacts, await withTimeout(run(tabId)));
    return facts.success ? ok(facts.data) : failed('page-not-savable');
  } catch (error) {
    return failed('page-not-savable', { detail: error instanceof Error ? error.message : String(error) });
  }
}

/** From the root of the extension: Firefox reads a path without the slash from the page that asks. */
const fromRoot = (path: string): string => `/${path.replace(/^\//, '')}`;

/** How often a page is asked in all, and the rest between, in milliseconds. */
const TRIES = 4;
const REST = 25;

/**
 * Runs a script in a page. Chromium tells a page's process of the access that a gesture grants by another way than it sends
 * scripts, which may overtake it: a script that is refused right after a key press is let in a moment later.
 */
async function execute(injection: Scripting.ScriptInjection): Promise<Scripting.InjectionResult[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await browser.scripting.executeScript(injection);
    } catch (error) {
      const isRefused = error instanceof Error && /Cannot access contents of/.test(error.message);
      if (!isRefused || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, REST));
    }
  }
}

async function run(tabId: number): Promise<unknown> {
  await execute({ target: { tabId }, files: [fromRoot(readPageScript)] });
  const [frame] = await execute({
    target: { tabId },
    func: () => (globalThis as unknown as { __rowmarkReadPage: () => unknown }).__rowmarkReadPage(),
  });
  return frame?.result;
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The page did not answer.')), READ_TIMEOUT);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Runs in the page: it may use nothing from around it. */
function showToast(shown: unknown): void {
  type Ask = (message: unknown) => Promise<unknown>;
  const here = globalThis as unknown as {
    __rowmarkToast(shown: unknown, ask: Ask): void;
    browser: { runtime: { sendMessage: Ask } };
  };
  // The background may die between taking a message and answering it; what a toast sends may be sent again.
  here.__rowmarkToast(shown, async (message) => {
    for (let sendings = 3; ; sendings--) {
      try {
        const reply = await here.browser.runtime.sendMessage(message);
        if (reply !== undefined && reply !== null) return reply;
      } catch (error) {
        if (sendings <= 1) throw error;
      }
      if (sendings <= 1) return undefined;
    }
  });
}

async function toast(tabId: number, content: ToastContent): Promise<boolean> {
  try {
    await execute({ target: { tabId }, files: [fromRoot(toastScript)] });
    await execute({
      target: { tabId },
      func: showToast,
      args: [{ ...content, direction: uiDirection(), labels: toastLabels() }],
    });
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
      kind === 'link' ? element.innerText : element.alt,
      element.getAttribute('aria-label'),
      element.querySelector('img[alt]')?.getAttribute('alt'),
      element.title,
    ];
    const name = words.map((text) => (text ?? '').replace(/\s+/g, ' ').trim()).find((text) => text !== '');
    if (name) return name.slice(0, 1_000);
  }
  return '';
}

export const pages: Pages = { read: readPage, nameOf, toast };
