/**
 * An extension that does nothing but show the toast in whatever page it is told to, as it is injected when it ships, and
 * answers what the toast asks from a short list. So the toast stands in a real content script, in every browser.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShownToast } from '../../../src/content/toast.ts';
import { readToastMessage, type ToastMessage } from '../../../src/protocol/toast.ts';
import type { Driver } from '../drivers/available.ts';
import type { Browser, Page } from '../drivers/browser.ts';
import { removeFolder } from '../drivers/process.ts';
import { injectedScript } from './injected-scripts.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser & {
  dom: { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
};

/** What of the toast is to be seen in a page. */
export interface ToastLook {
  titles: string[];
  /** The buttons, as `T Tags`. */
  keys: string[];
  /** Whether its letters are heard. */
  listening: boolean;
  /** What in the toast has the focus: its label or its text. */
  focused: string | null;
  chips: string[];
  typed: string | null;
  rows: string[];
  active: string | null;
  failure: string;
  said: string;
  /** The box of the card, and how much of what is in the frame is not to be seen, in pixels. */
  box: { left: number; right: number; top: number; bottom: number };
  hidden: number;
  isFrame: boolean;
  /** The middle of each button, by what it shows. */
  places: Record<string, { x: number; y: number }>;
}

export interface ToastExtension {
  browser: Browser;
  show(page: Page, message: ShownToast): Promise<void>;
  look(page: Page): Promise<ToastLook | null>;
  /** Keeps hold of what is in the toast's frame, as its script does. */
  grasp(page: Page): Promise<void>;
  /** Whether what was grasped can no longer be touched: Firefox does that to whatever is of a window that is gone. */
  isDead(page: Page): Promise<boolean>;
  /** All that was asked of the background since `forget`. */
  asked(): Promise<ToastMessage[]>;
  /** Answers what waits until then: what was asked for "p", and an undoing that is `slow`. */
  release(): Promise<void>;
  /** As it was in the beginning. */
  forget(): Promise<void>;
  /** From now on an undoing waits to be released. */
  slow(): Promise<void>;
  /** From now on every change fails, or none does. */
  fail(isFailing: boolean): Promise<void>;
  close(): Promise<void>;
}

const TAGS = ['history', 'physics', 'phonetics', 'mathematics'];
const DATABASES = ['Reading list', 'Recipes', 'Papers'];

const background = `
const api = globalThis.browser ?? chrome;
let asked = [];
let isFailing = false;
let isSlow = false;
let waiting = [];
const answers = {
  'toast-complete-tags': ({ typed, chosen }) => [
    ...${JSON.stringify(TAGS)}.filter((name) => name.startsWith(typed) && !chosen.includes(name))
      .map((name) => ({ name, color: 'blue', isNew: false })),
    ...(typed && !${JSON.stringify(TAGS)}.includes(typed) ? [{ name: typed, color: 'default', isNew: true }] : []),
  ],
  'toast-complete-line': ({ line, caret }) => {
    const typed = / ?#(\\w*)$/.exec(line.slice(0, caret));
    const names = typed ? ${JSON.stringify(TAGS)}.filter((name) => name.startsWith(typed[1])) : [];
    const offers = names.map((name) => {
      const before = line.slice(0, caret - typed[1].length) + name + ' ';
      return { name, color: 'blue', isNew: false, line: before + line.slice(caret), caret: before.length };
    });
    return { offers, likeliest: offers.length === 0 || typed[1] === '' ? -1 : 0 };
  },
  'toast-find-databases': ({ typed }) => ${JSON.stringify(DATABASES)}
    .filter((label) => label.toLowerCase().includes(typed.toLowerCase())).map((label) => ({ id: 'id of ' + label, label })),
};
api.runtime.onMessage.addListener((message, sender, answer) => {
  if (message === 'asked') return void answer(asked);
  if (message === 'forget') { asked = []; isFailing = isSlow = false; return void answer(true); }
  if (message === 'fail' || message === 'work') { isFailing = message === 'fail'; return void answer(true); }
  if (message === 'slow') { isSlow = true; return void answer(true); }
  if (message === 'release') { for (const each of waiting.splice(0)) each(); return void answer(true); }
  asked.push(message);
  const of = answers[message.type];
  const reply = of ? of(message) : isFailing ? { ok: false, title: 'Not shared', body: 'Share it in Notion.' } : { ok: true };
  // What is asked for "p" is answered when the test says so.
  if (message.typed === 'p' || (isSlow && message.type === 'toast-undo') || message.line?.endsWith('#p')) { waiting.push(() => answer(reply)); return true; }
  answer(reply);
});`;

const manifest = (name: Driver['name']) => ({
  manifest_version: 3,
  name: 'Toast',
  version: '1.0',
  action: { default_title: 'Toast', default_popup: 'popup.html' },
  background: name === 'chromium' ? { service_worker: 'background.js' } : { scripts: ['background.js'] },
  permissions: ['scripting', 'tabs'],
  host_permissions: ['<all_urls>'],
  ...(name === 'firefox' ? { browser_specific_settings: { gecko: { id: 'toast@rowmark.test' } } } : {}),
});

export async function startToastExtension(driver: Driver, display?: string): Promise<ToastExtension> {
  const folder = mkdtempSync(join(tmpdir(), 'rowmark-toast-'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest(driver.name)));
  writeFileSync(join(folder, 'background.js'), background);
  writeFileSync(join(folder, 'popup.html'), '');
  // Compilers may wrap named functions in a call to `__name`, also in what is sent to a page below.
  const script = await injectedScript('toast');
  writeFileSync(join(folder, 'toast.js'), `globalThis.__name ??= (fn) => fn;\n${script}`);
  const browser = await driver.launch({ extension: folder, ...(display ? { display } : {}) });

  const tell = (message: string) =>
    browser.inExtension((what) => chrome.runtime.sendMessage(what) as Promise<unknown>, message);

  return {
    browser,
    async show(page, message) {
      await browser.inExtension(
        async (url, shown) => {
          const tabs = await chrome.tabs.query({});
          const tabId = tabs.find((tab) => tab.url === url)?.id ?? -1;
          await chrome.scripting.executeScript({ target: { tabId }, files: ['/toast.js'] });
          const [frame] = await chrome.scripting.executeScript({
            target: { tabId },
            func: (what: unknown) => {
              const here = globalThis as unknown as {
                __rowmarkToast(what: unknown, ask: (message: unknown) => Promise<unknown>): void;
                browser: typeof chrome;
              };
              here.__rowmarkToast(what, (message) => here.browser.runtime.sendMessage(message));
            },
            args: [shown],
          });
          if (frame?.error) throw new Error(String(frame.error));
        },
        await page.url(),
        message,
      );
    },
    async look(page) {
      return browser.inExtension(
        async (url) => {
          const tabs = await chrome.tabs.query({});
          const tabId = tabs.find((tab) => tab.url === url)?.id ?? -1;
          const [frame] = await chrome.scripting.executeScript({
            target: { tabId },
            func: () => {
              // Pages may have named things after these.
              const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'activeElement') ?? {};
              const host = [...Document.prototype.querySelectorAll.call(document, '[popover]')].find(
                (each) => each.localName === 'div',
              ) as (HTMLElement & { openOrClosedShadowRoot?: ShadowRoot }) | undefined;
              if (!host) return null;
              const tree = host.openOrClosedShadowRoot ?? chrome.dom.openOrClosedShadowRoot(host);
              const card = tree?.querySelector('.card');
              if (!tree || !card) return null;
              const room = card.querySelector<HTMLIFrameElement>('iframe.room');
              const inside = room?.contentDocument ?? tree;
              const panel = inside.querySelector<HTMLElement>('.panel');
              const texts = (selector: string) =>
                [...(panel?.querySelectorAll(selector) ?? [])].map((each) => each.textContent ?? '');
              const has =
                get?.call(document) === host
                  ? tree.activeElement === room && room
                    ? inside.activeElement
                    : tree.activeElement
                  : null;
              const { left, right, top, bottom } = card.getBoundingClientRect();
              return {
                titles: [...tree.querySelectorAll('.title')].map((each) => each.textContent ?? ''),
                keys: [...(panel?.querySelectorAll('button.key') ?? [])].map((each) =>
                  [...each.children].map((part) => part.textContent).join(' '),
                ),
                listening: card.classList.contains('listening'),
                focused: has && (has.getAttribute('aria-label') ?? has.textContent),
                chips: texts('.tags > .chip > span'),
                typed: panel?.querySelector('input')?.value ?? null,
                rows: texts('.option'),
                active: texts('.option.active')[0] ?? null,
                failure: texts('.failure').join(''),
                said: texts('.said').join(''),
                box: { left, right, top, bottom },
                hidden:
                  room && panel ? Math.round(panel.getBoundingClientRect().height - room.clientHeight) : 0,
                isFrame: room !== null,
                places: Object.fromEntries(
                  [...(panel?.querySelectorAll('button') ?? [])].map((each) => {
                    const box = each.getBoundingClientRect();
                    const around = room?.getBoundingClientRect() ?? { left: 0, top: 0 };
                    const words = [...each.children].map((part) => part.textContent).join(' ');
                    return [
                      words || (each.textContent ?? ''),
                      { x: around.left + box.left + box.width / 2, y: around.top + box.top + box.height / 2 },
                    ];
                  }),
                ),
              };
            },
          });
          return (frame?.result ?? null) as never;
        },
        await page.url(),
      );
    },
    async grasp(page) {
      await browser.inExtension(
        async (url) => {
          const tabs = await chrome.tabs.query({});
          const tabId = tabs.find((tab) => tab.url === url)?.id ?? -1;
          await chrome.scripting.executeScript({
            target: { tabId },
            func: () => {
              const host = document.querySelector('div[popover]') as HTMLElement & {
                openOrClosedShadowRoot?: ShadowRoot;
              };
              const tree = host.openOrClosedShadowRoot ?? chrome.dom.openOrClosedShadowRoot(host);
              Object.assign(globalThis, { grasped: tree?.querySelector('iframe')?.contentDocument?.body });
            },
          });
        },
        await page.url(),
      );
    },
    async isDead(page) {
      return browser.inExtension(
        async (url) => {
          const tabs = await chrome.tabs.query({});
          const tabId = tabs.find((tab) => tab.url === url)?.id ?? -1;
          const [frame] = await chrome.scripting.executeScript({
            target: { tabId },
            func: () => {
              try {
                const { grasped } = globalThis as unknown as { grasped: Element };
                return grasped.localName !== 'body';
              } catch {
                return true;
              }
            },
          });
          return frame?.result === true;
        },
        await page.url(),
      );
    },
    async release() {
      await tell('release');
    },
    async slow() {
      await tell('slow');
    },
    async forget() {
      await tell('forget');
    },
    async asked() {
      return ((await tell('asked')) as unknown[]).flatMap((each) => readToastMessage(each) ?? []);
    },
    async fail(isFailing) {
      await tell(isFailing ? 'fail' : 'work');
    },
    async close() {
      await browser.close();
      removeFolder(folder);
    },
  };
}
