/** Chromium and its relatives, driven by the DevTools Protocol over a pipe. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Bookmark, Browser, Key, LaunchOptions, Page, PageFunction } from './browser.ts';
import { type Cdp, connectCdp, PageGone } from './cdp.ts';
import { createPage } from './page.ts';
import { type Running, removeFolder, run } from './process.ts';
import { findChromium } from './programs.ts';
import { until } from './until.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

interface Target {
  targetId: string;
  type: string;
  url: string;
  embedderData?: { tabActive?: boolean };
}

const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-client-side-phishing-detection',
  '--disable-domain-reliability',
  '--disable-field-trial-config',
  `--disable-features=${[
    'AutofillServerCommunication',
    'CertificateTransparencyComponentUpdater',
    'MediaRouter',
    'OptimizationGuideModelDownloading',
    'OptimizationGuideModelExecution',
    'OptimizationHints',
    'OptimizationHintsFetching',
    'Translate',
  ].join()}`,
  '--disable-sync',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--hide-crash-restore-bubble',
  '--password-store=basic',
  '--use-mock-keychain',
  '--lang=en-US',
];

export async function launchChromium(options: LaunchOptions): Promise<Browser> {
  const program = options.program ?? findChromium();
  if (!program) throw new Error('There is no Chromium; CHROMIUM_PATH may name one');
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'rowmark-chromium-'));
  const args = [
    ...QUIET,
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    // Branded builds have no --load-extension any more; this allows `Extensions.loadUnpacked` in all of them.
    '--enable-unsafe-extension-debugging',
    '--window-size=1280,900',
    ...(options.display === undefined ? ['--headless=new', '--disable-gpu'] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(options.gateway
      ? [
          `--host-resolver-rules=MAP * 127.0.0.1:${options.gateway.port},EXCLUDE 127.0.0.1,EXCLUDE localhost`,
          `--ignore-certificate-errors-spki-list=${options.gateway.publicKeyHash}`,
        ]
      : []),
    'about:blank',
  ];
  const env = {
    ...process.env,
    ...(options.display && options.display !== 'own' ? { DISPLAY: options.display } : {}),
  };

  const manifest = JSON.parse(readFileSync(join(options.extension, 'manifest.json'), 'utf8'));
  const popupPath: string = manifest.action.default_popup;

  let running: Running;
  let cdp: Cdp;
  let sessions = new Map<string, Promise<string>>();
  let offlineWorkers = new Map<string, string>();
  let extensionId = '';
  let version = '';
  let offline = false;
  let bare: string | undefined;
  const breaches: string[] = [];

  const targets = async (): Promise<Target[]> =>
    (await cdp.send<{ targetInfos: Target[] }>('Target.getTargets', { filter: [{}] })).targetInfos;
  const attach = async (targetId: string): Promise<string> =>
    (await cdp.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })).sessionId;

  /** Not as soon as a page appears: popups become pages only after they have been announced as something else. */
  function sessionOf(targetId: string): Promise<string> {
    const known = sessions.get(targetId);
    if (known) return known;
    const session = attachToPage(targetId);
    sessions.set(targetId, session);
    session.catch(() => sessions.delete(targetId));
    return session;
  }
  async function attachToPage(targetId: string): Promise<string> {
    const session = await attach(targetId);
    for (const domain of ['Page', 'Runtime', 'DOM', 'Accessibility', 'Audits']) {
      await cdp.send(`${domain}.enable`, {}, session);
    }
    if (offline) await cdp.send('Network.emulateNetworkConditions', conditions(), session);
    return session;
  }
  const inPage = async <T = Record<string, unknown>>(targetId: string, method: string, params: object = {}) =>
    cdp.send<T>(method, params, await sessionOf(targetId));

  async function start(): Promise<void> {
    running = run(program ?? '', args, { env, stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe'] });
    const [, , , output, input] = running.child.stdio;
    cdp = connectCdp(output as Writable, input as Readable);
    sessions = new Map();
    bare = undefined;
    offlineWorkers = new Map();
    cdp.listen(({ method, params, sessionId }) => {
      if (method === 'Target.targetCreated' && offline)
        void followNetwork((params as { targetInfo: Target }).targetInfo);
      if (sessionId !== undefined) noteBreach(method, params);
    });
    try {
      version = (await cdp.send<{ product: string }>('Browser.getVersion')).product;
      await cdp.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'service_worker' }] });
    } catch (error) {
      await running.kill();
      throw new Error(`${program} did not start:\n${running.stderr()}`, { cause: error });
    }
    if (options.display !== 'own') await collectErrors();
    ({ id: extensionId } = await cdp.send<{ id: string }>('Extensions.loadUnpacked', {
      path: options.extension,
    }));
    await until('the background to start', isBackgroundAlive);
  }

  /** Only of the extension's own pages: what a site does wrong is not ours. */
  function noteBreach(method: string, params: Record<string, unknown>): void {
    const ours = `chrome-extension://${extensionId}/`;
    const text = JSON.stringify(params);
    if (!text.includes(ours)) return;
    if (method === 'Runtime.exceptionThrown') breaches.push(`exception: ${text}`);
    if (method === 'Runtime.consoleAPICalled' && (params.type === 'error' || params.type === 'assert')) {
      breaches.push(`console: ${text}`);
    }
    if (method === 'Audits.issueAdded' && text.includes('"ContentSecurityPolicyIssue"'))
      breaches.push(`CSP: ${text}`);
  }

  /** On a page of the browser's own, which may do what extensions may not. */
  async function onPage(url: string, expression: string): Promise<unknown> {
    const targetId = await openTarget(url);
    const value = await evaluate(targetId, expression);
    await cdp.send('Target.closeTarget', { targetId });
    return value;
  }

  /** Chromium keeps a list of an extension's errors only in developer mode. */
  const collectErrors = () =>
    onExtensionsPage(
      'chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }).then(() => [])',
    );

  const onExtensionsPage = (expression: string) => onPage('chrome://extensions/', expression);

  async function evaluate(targetId: string, expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await inPage<Evaluation>(targetId, 'Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    return resultOf(result, exceptionDetails);
  }

  /** A page is not where it should be before the first navigation has been committed. */
  async function isReady(targetId: string, url?: string): Promise<boolean> {
    const [state, href] = (await evaluate(targetId, '[document.readyState, location.href]')) as [
      string,
      string,
    ];
    return state === 'complete' && (href !== 'about:blank' || url === href);
  }

  async function openTarget(url: string, background = false): Promise<string> {
    const { targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', { url, background });
    await until(`${url} to load`, () => isReady(targetId, url));
    return targetId;
  }

  const isOpen = async (targetId: string) => (await targets()).some((each) => each.targetId === targetId);

  const pageFor = (targetId: string): Page =>
    createPage<number>({
      url: async () => (await evaluate(targetId, 'location.href')) as string,
      async goto(url) {
        const { errorText } = await inPage<{ errorText?: string }>(targetId, 'Page.navigate', { url });
        if (errorText) throw new Error(`${url}: ${errorText}`);
        await until(`${url} to load`, () => isReady(targetId, url));
      },
      async find(role, name) {
        const { root } = await inPage<{ root: { backendNodeId: number } }>(targetId, 'DOM.getDocument', {
          depth: 0,
        });
        const { nodes } = await inPage<{ nodes: AccessibilityNode[] }>(
          targetId,
          'Accessibility.queryAXTree',
          {
            backendNodeId: root.backendNodeId,
            role,
            ...(name === undefined ? {} : { accessibleName: name }),
          },
        );
        return nodes.filter((node) => !node.ignored).map((node) => node.backendDOMNodeId);
      },
      async call(source, args) {
        return evaluate(targetId, `(${source})(...${JSON.stringify(args)})`);
      },
      async callOn(node, source, args) {
        const { object } = await inPage<{ object: { objectId: string } }>(targetId, 'DOM.resolveNode', {
          backendNodeId: node,
        });
        const { result, exceptionDetails } = await inPage<Evaluation>(targetId, 'Runtime.callFunctionOn', {
          objectId: object.objectId,
          functionDeclaration: `function (...args) { return (${source})(this, ...args); }`,
          arguments: args.map((value) => ({ value })),
          awaitPromise: true,
          returnByValue: true,
        });
        return resultOf(result, exceptionDetails);
      },
      async clickOn(node) {
        const quad = await until('it to be visible', async () => {
          const { quads } = await inPage<{ quads: number[][] }>(targetId, 'DOM.getContentQuads', {
            backendNodeId: node,
          });
          return quads.find((each) => each.length === 8);
        });
        const [x1 = 0, y1 = 0, , , x2 = 0, y2 = 0] = quad;
        const at = { x: (x1 + x2) / 2, y: (y1 + y2) / 2, clickCount: 1 };
        for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) {
          const button = type === 'mouseMoved' ? 'none' : 'left';
          await input(targetId, 'Input.dispatchMouseEvent', { type, button, ...at });
        }
      },
      async clickAt(x, y) {
        for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) {
          const button = type === 'mouseMoved' ? 'none' : 'left';
          await input(targetId, 'Input.dispatchMouseEvent', { type, button, x, y, clickCount: 1 });
        }
      },
      async type(text) {
        if (text.length > 300) return void (await inPage(targetId, 'Input.insertText', { text }));
        for (const char of text) await pressKey(targetId, { key: char, text: char });
      },
      press: (key) => pressKey(targetId, keys[key]),
      show: async () => void (await cdp.send('Target.activateTarget', { targetId })),
      async setColorScheme(value) {
        const features = [{ name: 'prefers-color-scheme', value }];
        await inPage(targetId, 'Emulation.setEmulatedMedia', { features });
      },
      async screenshot() {
        const { data } = await inPage<{ data: string }>(targetId, 'Page.captureScreenshot', {
          format: 'png',
        });
        return Buffer.from(data, 'base64');
      },
      isOpen: () => isOpen(targetId),
      async close() {
        await cdp.send('Target.closeTarget', { targetId }).catch(() => undefined);
        await until('the page to close', async () => !(await isOpen(targetId)));
      },
    });

  async function pressKey(targetId: string, key: object): Promise<void> {
    await input(targetId, 'Input.dispatchKeyEvent', { type: 'keyDown', ...key });
    await input(targetId, 'Input.dispatchKeyEvent', { type: 'keyUp', ...key, text: undefined });
  }

  /** A key or a click may close its own page before the browser has answered; what comes after is pressed into nothing. */
  async function input(targetId: string, method: string, params: object): Promise<void> {
    try {
      await inPage(targetId, method, params);
    } catch (error) {
      if (!(error instanceof PageGone) && (await isOpen(targetId))) throw error;
    }
  }

  const isWorker = ({ type, url }: Target): boolean =>
    type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId}/`);
  const workers = async () => (await targets()).filter(isWorker);
  const isBackgroundAlive = async () => (await workers()).length > 0;

  const conditions = () => ({ offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  /** The conditions last as long as the session, which keeps the worker from idling; so both end together. */
  async function followNetwork(worker: Target): Promise<void> {
    if (!isWorker(worker)) return;
    const session = offlineWorkers.get(worker.targetId) ?? (await attach(worker.targetId));
    await cdp.send('Network.enable', {}, session);
    await cdp.send('Network.emulateNetworkConditions', conditions(), session);
    if (offline) offlineWorkers.set(worker.targetId, session);
    else {
      offlineWorkers.delete(worker.targetId);
      await cdp.send('Target.detachFromTarget', { sessionId: session });
    }
  }

  /** In the worker itself; only where no page of the extension has the means. */
  async function inWorker(expression: string): Promise<void> {
    await browser.inExtension(() => void chrome.runtime.sendMessage({}).catch(() => undefined));
    const { targetId } = await until('the background to be awake', async () => (await workers())[0]);
    const sessionId = await attach(targetId);
    const { result, exceptionDetails } = await cdp.send<Evaluation>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      sessionId,
    );
    resultOf(result, exceptionDetails);
    await cdp.send('Target.detachFromTarget', { sessionId });
  }

  const shownPages = async () =>
    (await targets()).filter(({ type, targetId }) => type === 'page' && targetId !== bare);
  const browser: Browser = {
    name: 'chromium',
    get version() {
      return version;
    },
    get extensionOrigin() {
      return `chrome-extension://${extensionId}`;
    },
    get gone() {
      return running.exited;
    },
    open: async (url) => pageFor(await openTarget(url)),
    openExtensionPage: async (path) => pageFor(await openTarget(`chrome-extension://${extensionId}/${path}`)),
    async openPopup(over) {
      await over.show();
      const url = await over.url();
      const tab = await until('the tab to be active', async () =>
        (await targets()).find(
          (each) => each.type === 'tab' && each.url === url && each.embedderData?.tabActive !== false,
        ),
      );
      await cdp.send('Extensions.triggerAction', { id: extensionId, targetId: tab.targetId });
      return browser.openedPopup();
    },
    async openedPopup() {
      const popup = await until('the popup', async () =>
        (await shownPages()).find(({ url }) =>
          url.startsWith(`chrome-extension://${extensionId}/${popupPath}`),
        ),
      );
      await until('the popup to load', () => isReady(popup.targetId));
      return pageFor(popup.targetId);
    },
    async runCommand(name, on) {
      // A real key press grants the page to the extension; so does opening the popup.
      await (await browser.openPopup(on)).close();
      await inWorker(
        `chrome.tabs.query({ active: true, lastFocusedWindow: true })
           .then(([tab]) => chrome.commands.onCommand.dispatch(${JSON.stringify(name)}, tab))`,
      );
    },
    pages: async () => (await shownPages()).map(({ targetId }) => pageFor(targetId)),
    async pageAt(fits) {
      const found = await until('a page at that address', async () =>
        (await shownPages()).find(({ url }) => fits(url)),
      );
      await until('it to load', () => isReady(found.targetId));
      return pageFor(found.targetId);
    },
    async inExtension<A extends unknown[], T>(look: PageFunction<A, T>, ...args: A) {
      if (bare === undefined || !(await isOpen(bare))) {
        bare = await openTarget(`chrome-extension://${extensionId}/manifest.json`, true);
      }
      return pageFor(bare).evaluate(look, ...args);
    },
    async addBookmarks(tree) {
      await onPage('chrome://bookmarks/', `(${addBelow})('1', ${JSON.stringify(tree)})`);
    },
    async exportBookmarks(folder, answer) {
      const path = join(folder, 'bookmarks.html');
      const page = await openTarget('chrome://bookmarks/');
      await evaluate(page, 'void chrome.bookmarkManagerPrivate.export()');
      await answer(path);
      await until('the file', () => existsSync(path) && isWhole(readFileSync(path, 'utf8')));
      await cdp.send('Target.closeTarget', { targetId: page });
      return [path];
    },
    async killBackground() {
      const doomed = (await workers()).map(({ targetId }) => targetId);
      for (const targetId of doomed) await cdp.send('Target.closeTarget', { targetId });
      // Another may have been started already.
      await until('the background to be gone', async () =>
        (await workers()).every(({ targetId }) => !doomed.includes(targetId)),
      );
    },
    isBackgroundAlive,
    async setOffline(value) {
      offline = value;
      if (offline) options.gateway?.cut();
      else options.gateway?.mend();
      for (const session of sessions.values()) {
        // The page may be gone by now.
        await cdp
          .send('Network.emulateNetworkConditions', conditions(), await session)
          .catch(() => undefined);
      }
      for (const worker of await workers()) await followNetwork(worker);
    },
    ownShortcuts: async () => [],
    async complaints() {
      const kept = await onExtensionsPage(
        `chrome.developerPrivate.getExtensionInfo(${JSON.stringify(extensionId)})
           .then((info) => [...info.installWarnings, ...info.manifestErrors, ...info.runtimeErrors])`,
      );
      return [...(kept as unknown[]).map((each) => JSON.stringify(each)), ...breaches];
    },
    async crashAndRestart() {
      await running.kill();
      await start();
    },
    async close() {
      const gone = Promise.race([running.exited, new Promise((resolve) => setTimeout(resolve, 3000))]);
      cdp.send('Browser.close').catch(() => undefined);
      await gone;
      await running.kill();
      if (!options.profile) removeFolder(profile);
    },
  };
  await start();
  return browser;
}

interface AccessibilityNode {
  ignored: boolean;
  backendDOMNodeId: number;
}

interface Evaluation {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

function resultOf(result: Evaluation['result'], exception: Evaluation['exceptionDetails']): unknown {
  if (exception) throw new Error(exception.exception?.description ?? exception.text);
  return result.value;
}

const named = (key: string, code: number, text?: string) => ({
  key,
  code: key,
  windowsVirtualKeyCode: code,
  ...(text === undefined ? {} : { text }),
});
const keys: Record<Key, object> = {
  Enter: named('Enter', 13, '\r'),
  Escape: named('Escape', 27),
  Tab: named('Tab', 9),
  ArrowDown: named('ArrowDown', 40),
  ArrowUp: named('ArrowUp', 38),
  Backspace: named('Backspace', 8),
  PageDown: named('PageDown', 34),
  End: named('End', 35),
  Home: named('Home', 36),
  ',': { key: ',', code: 'Comma', text: ',' },
};

/** Whether all lists of a file of bookmarks have ended that were begun. */
const isWhole = (html: string): boolean => {
  const [begun, ended] = [/<DL>/g, /<\/DL>/g].map((list) => (html.match(list) ?? []).length);
  return begun !== 0 && begun === ended;
};

/** Runs on the page of bookmarks. */
async function addBelow(parentId: string, tree: readonly Bookmark[]): Promise<void> {
  for (const { title, url, children } of tree) {
    const { id } = await chrome.bookmarks.create({ parentId, title, ...(url === undefined ? {} : { url }) });
    if (children) await addBelow(id, children);
  }
}
