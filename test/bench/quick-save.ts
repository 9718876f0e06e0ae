/**
 * What a quick save costs, in one run: from the command's event to "kept", to the painted toast, and to its painted words that
 * the save is kept, against a bare extension's box that is drawn on the same command; and how many requests it makes, without
 * and with the rows on this device, on this computer and over networks. Over HTTP/2 on connections that are kept, as Notion's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import text from '../../public/_locales/en/messages.json' with { type: 'json' };
import { SANDBOX_CLIENT_ID, serveSandbox, startSandbox } from '../../src/sandbox/node.ts';
import { makeCertificate } from '../browser/stage/certificate.ts';
import { createWorld, REDIRECT_URI } from '../integration/background/world.ts';
import { type Bench, withExtension } from './chromium.ts';
import { startLink, startProxy } from './link.ts';
import {
  differenceInWords,
  differenceOf,
  figureOf,
  inTurn,
  inWords,
  line,
  ratioInWords,
  ratioOf,
} from './measure.ts';

/** Within functions that are sent to the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const ROUNDS = { warmUps: 3, rounds: 40 };
/** Fewer: four requests each, and no more a minute than Notion takes. */
const CONTENT_ROUNDS = { warmUps: 2, rounds: 16 };

const page = `<!doctype html><title>A page to keep</title><meta name="description" content="What it is about.">
${'<p>Some words that make it a page like others.</p>'.repeat(300)}`;
const site = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end(page));
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
const sandbox = await startSandbox({ redirectUris: [REDIRECT_URI] });
const { control } = sandbox.sandbox;
const certificate = await makeCertificate(['api.notion.com']);
const overTls = await serveSandbox(sandbox.sandbox, { tls: certificate });
const link = await startLink(Number(new URL(overTls.origin).port));
const proxy = await startProxy(link);
control.changeSettings({ rateLimit: 0 });

const rows = () => control.requests().filter(({ path }) => path === '/v1/pages').length;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Connected, with a database chosen. */
const world = await createWorld(sandbox.origin);
await world.connect();
const ready = world.local.dump();
const { destinationId } = ready.settings as { destinationId: string };

try {
  await withExtension(
    {
      NOTION_CLIENT_ID: SANDBOX_CLIENT_ID,
      TOKEN_ENDPOINT_URL: 'https://token.invalid',
      NOTION_API_URL: 'https://api.notion.com',
    },
    async ({ worker, context, origin: extension }: Bench) => {
      await worker.evaluate((stored) => chrome.storage.local.set(stored), ready);
      const options = await context.newPage();
      await options.goto(`${extension}/src/ui/options/index.html`);
      const tab = await context.newPage();
      await tab.bringToFront();
      await measure(worker, tab, 'rows not on this device');
      await options.evaluate(
        (id) => chrome.runtime.sendMessage({ type: 'set-index', destinationId: id, on: true }),
        destinationId,
      );
      while (!(await worker.evaluate(isWhole))) await pause(100);
      await measure(worker, tab, 'rows on this device');
      await measureContent(worker, tab, options);
      for (const trip of [30, 100]) {
        link.delay = trip / 2;
        link.cutAll();
        await measure(worker, tab, `rows on this device, ${trip} ms to Notion and back`);
      }
    },
    mayReadThePage,
    { proxyPort: proxy.port, publicKeyHash: certificate.publicKeyHash },
  );
} finally {
  proxy.close();
  link.close();
  await overTls.close();
  await sandbox.close();
  site.close();
}

/** What is watched is in a page; a real key grants that, and no driver presses one here. */
function mayReadThePage(folder: string): void {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { host_permissions: string[] };
  manifest.host_permissions.push('http://127.0.0.1/*');
  writeFileSync(path, JSON.stringify(manifest));
}

async function measure(worker: Worker, tab: Page, name: string): Promise<void> {
  const before = control.requests().length;
  const already = rows();
  const { box, save } = await inTurn(ROUNDS, {
    async box(round) {
      await tab.goto(`${origin}/${name.replaceAll(' ', '-')}/box/${round}`);
      const { first } = await paintedAfter(worker, tab, () => worker.evaluate(drawBox));
      return { stored: Number.NaN, painted: first, told: Number.NaN };
    },
    async save(round) {
      await tab.goto(`${origin}/${name.replaceAll(' ', '-')}/${round}`);
      const due = rows() + 1;
      let stored = 0;
      const { first, kept } = await paintedAfter(worker, tab, async () => {
        const { began, at } = await worker.evaluate(command);
        stored = at - began;
        return began;
      });
      while (rows() < due) await pause(20);
      await pause(60);
      return { stored, painted: first, told: kept };
    },
  });
  const bare = box.map(({ painted }) => painted);
  const against = (title: string, times: readonly number[]) =>
    line(
      `  ${title}`,
      `${inWords(figureOf(times), 'ms')}; a bare box ${inWords(figureOf(bare), 'ms')}`,
      `ratio ${ratioInWords(ratioOf(times, bare))}`,
    );
  console.log(
    `${name}, ${ROUNDS.rounds} saves and boxes by turns, after ${ROUNDS.warmUps} that do not count; in brackets the middle half:`,
  );
  line('  command to kept', inWords(figureOf(save.map(({ stored }) => stored)), 'ms'));
  against(
    'to the toast painted',
    save.map(({ painted }) => painted),
  );
  against(
    'to "kept" painted',
    save.map(({ told }) => told),
  );
  const asked = control.requests().slice(before);
  const others: Record<string, number> = {};
  for (const { method, path } of asked) {
    const what = `${method} ${path.replace(/[\da-f-]{32,}/, '…')}`;
    if (path !== '/v1/pages') others[what] = (others[what] ?? 0) + 1;
  }
  const words = Object.entries(others)
    .map(([what, count]) => `${count} of ${what}`)
    .join(', ');
  line('  requests a save', `${(asked.length / (rows() - already)).toFixed(2)}${words && ` (${words})`}`);
}

/**
 * Whether a save is kept any later where the article of the page is saved with it. Without it and with it by turns, in the same
 * database; the whole article is in Notion before the next round.
 */
async function measureContent(worker: Worker, tab: Page, options: Page): Promise<void> {
  const before = control.requests().length;
  const setContent = (content: 'article' | null) =>
    options.evaluate(
      ([id, wanted]) =>
        chrome.runtime.sendMessage({
          type: 'set-form',
          destinationId: id,
          form: { version: 1, mapping: {}, starts: {}, ...(wanted ? { content: wanted } : {}) },
        }),
      [destinationId, content],
    );
  const save = (content: 'article' | null) => async (round: number) => {
    await setContent(content);
    await tab.goto(`${origin}/${content}/${round}`);
    const due = rows() + 1;
    let stored = 0;
    const { kept } = await paintedAfter(worker, tab, async () => {
      const { began, at } = await worker.evaluate(command);
      stored = at - began;
      return began;
    });
    while (rows() < due) await pause(20);
    await quiet();
    return { stored, told: kept };
  };
  const { without, withArticle } = await inTurn(CONTENT_ROUNDS, {
    without: save(null),
    withArticle: save('article'),
  });
  await setContent(null);
  console.log(`rows on this device, without the page's article and with it (300 paragraphs), by turns:`);
  for (const [name, of] of [
    ['command to kept', 'stored'],
    ['to "kept" painted', 'told'],
  ] as const) {
    const [bare, whole] = [without.map((one) => one[of]), withArticle.map((one) => one[of])];
    line(
      `  ${name}`,
      `${inWords(figureOf(bare), 'ms')} and ${inWords(figureOf(whole), 'ms')}`,
      `difference ${differenceInWords(differenceOf(whole, bare), 'ms')}`,
    );
  }
  const asked = control.requests().length - before;
  line('  requests a pair of saves', (asked / (CONTENT_ROUNDS.warmUps + CONTENT_ROUNDS.rounds)).toFixed(2));
}

/** Nothing has been asked of Notion for longer than it takes between two parts. */
async function quiet(): Promise<void> {
  for (let last = -1; last !== control.requests().length; await pause(400)) last = control.requests().length;
}

/** When words of it were painted for the first time, and when those that tell of a save that is kept. */
type Painted = { first: number; kept: number };

/**
 * Milliseconds from when `act` says that it began until words were painted that it has put onto the page: what stands in a
 * frame's styles and layout is seen when that frame is done, which is when the next one begins.
 */
async function paintedAfter(worker: Worker, tab: Page, act: () => Promise<number>): Promise<Painted> {
  await worker.evaluate(watch, text.popup_keeping.message);
  const began = await act();
  const painted = tab.evaluate(() => (globalThis as unknown as { painted: Promise<Painted> }).painted);
  const { first, kept } = await painted;
  return { first: first - began, kept: kept - began };
}

/** Runs in the worker: has the page's `painted` settle when words other than `keeping` are painted, also of a closed tree. */
async function watch(keeping: string): Promise<void> {
  const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
  const target = { tabId: tab?.id ?? 0 };
  await chrome.scripting.executeScript({
    target,
    world: 'MAIN',
    func: () => {
      const painted = new Promise((resolve) => {
        addEventListener('words-painted', (event) => resolve((event as CustomEvent).detail));
      });
      Object.assign(globalThis, { painted });
    },
  });
  await chrome.scripting.executeScript({
    target,
    args: [keeping],
    func: (before: string) => {
      // As in `withExtension`, for the world of content scripts.
      Reflect.set(globalThis, '__name', (named: unknown) => named);
      const { dom } = chrome as unknown as { dom: { openOrClosedShadowRoot(e: Element): ShadowRoot | null } };
      const root = document.documentElement;
      const children = root.childElementCount;
      let first = 0;
      const isSeen = (element: Element | null | undefined): boolean => {
        if (!element?.textContent) return false;
        const { top, bottom, left, right } = element.getBoundingClientRect();
        if (bottom - top < 5 || top < 0 || left < 0 || right > innerWidth) return false;
        let opacity = 1;
        for (let at: Element | null = element; at; at = at.parentElement)
          opacity *= Number(getComputedStyle(at).opacity);
        return opacity > 0.5 && getComputedStyle(element).visibility === 'visible';
      };
      /** At the beginning of each frame: whether words stood in the one before, and which. */
      const look = (stood: string) => {
        const now = performance.timeOrigin + performance.now();
        if (stood !== '') first ||= now;
        if (stood !== '' && stood !== before)
          return void dispatchEvent(new CustomEvent('words-painted', { detail: { first, kept: now } }));
        const box = root.childElementCount > children ? root.lastElementChild : null;
        const tree = box && dom.openOrClosedShadowRoot(box as HTMLElement);
        const words = tree ? tree.querySelector('.title') : box;
        const seen = isSeen(words) ? (words?.textContent ?? '') : '';
        requestAnimationFrame(() => look(seen));
      };
      new MutationObserver((_, watcher) => {
        watcher.disconnect();
        requestAnimationFrame(() => look(''));
      }).observe(root, { childList: true });
    },
  });
}

/** Runs in the worker: the least that an extension can show. @returns when it began */
async function drawBox(): Promise<number> {
  const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
  const began = performance.timeOrigin + performance.now();
  await chrome.scripting.executeScript({
    target: { tabId: tab?.id ?? 0 },
    func: () => {
      const box = document.createElement('div');
      box.textContent = 'Saved';
      box.style.cssText = 'position:fixed;top:8px;right:8px;background:#fff;padding:8px';
      document.documentElement.append(box);
    },
  });
  return began;
}

/** Runs in the worker. @returns when the command came, and when a save was stored */
async function command(): Promise<{ began: number; at: number }> {
  const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
  const { local } = chrome.storage;
  const { set } = local;
  const now = () => performance.timeOrigin + performance.now();
  return new Promise((resolve) => {
    const began = now();
    local.set = async (items) => {
      await set.call(local, items);
      if (!Object.keys(items).some((key) => key.startsWith('save:'))) return;
      local.set = set;
      resolve({ began, at: now() });
    };
    (chrome.commands.onCommand as unknown as { dispatch(name: string, tab: unknown): void }).dispatch(
      'quick-save',
      tab,
    );
  });
}

/** Runs in the worker. */
async function isWhole(): Promise<boolean> {
  const { rowIndexes } = await chrome.storage.local.get('rowIndexes');
  const { entries = {} } = (rowIndexes ?? {}) as { entries?: Record<string, { whole: boolean }> };
  return Object.values(entries).some(({ whole }) => whole);
}
