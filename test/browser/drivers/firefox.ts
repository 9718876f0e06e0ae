/** Firefox, driven by WebDriver BiDi and, where that ends, by scripts in the browser's own window. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bidi, connectBidi } from './bidi.ts';
import type { Browser, Key, LaunchOptions, Page, PageFunction } from './browser.ts';
import { createPage } from './page.ts';
import { type Running, removeFolder, run } from './process.ts';
import { findFirefox } from './programs.ts';
import { until } from './until.ts';

/** Firefox makes one up for each profile; pinned, so that the extension's address is known. */
const UUID = '5f0a7c8e-2d41-4b6a-9c3e-8b1d6e7f2a90';
const ORIGIN = `moz-extension://${UUID}`;

const QUIET = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  // An optional permission is granted with the click that asks for it.
  'extensions.webextOptionalPermissionPrompts': false,
  'intl.accept_languages': 'en-US, en',
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.trr.mode': 5,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.startup.max_resumed_crashes': -1,
  'toolkit.telemetry.enabled': false,
  'trailhead.firstrun.didSeeAboutWelcome': true,
  // A resource of the extension stays what it is, with the extension's API, instead of becoming a viewer.
  'devtools.jsonview.enabled': false,
};

const preferences = (options: LaunchOptions, extensionId: string) => ({
  ...QUIET,
  'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: UUID }),
  // Where a build heeds it (ESR, Developer Edition, Nightly) the extension is a real, lasting one.
  'xpinstall.signatures.required': false,
  'extensions.autoDisableScopes': 0,
  'extensions.startupScanScopes': 15,
  ...(options.idleTimeout === undefined ? {} : { 'extensions.background.idle.timeout': options.idleTimeout }),
  ...(options.gateway
    ? {
        // Not through a proxy: what becomes of a connection that dies is another matter there.
        'network.proxy.type': 0,
        'network.dns.forceResolve': '127.0.0.1',
        'network.socket.forcePort': `80=${options.gateway.port};443=${options.gateway.port}`,
      }
    : {}),
});

interface Context {
  context: string;
  url: string;
}
interface Node {
  sharedId: string;
  value?: { shadowRoot?: Node | null };
}

export async function launchFirefox(options: LaunchOptions): Promise<Browser> {
  const program = options.program ?? findFirefox();
  if (!program) throw new Error('There is no Firefox; FIREFOX_PATH may name one');
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'rowmark-firefox-'));
  const manifest = JSON.parse(readFileSync(join(options.extension, 'manifest.json'), 'utf8'));
  const extensionId: string = manifest.browser_specific_settings.gecko.id;
  const lines = Object.entries(preferences(options, extensionId)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  mkdirSync(join(profile, 'extensions'), { recursive: true });
  cpSync(options.extension, join(profile, 'extensions', extensionId), { recursive: true });
  const env = {
    ...process.env,
    // Without it the address of Firefox's own settings server below is not heeded.
    MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
    ...(options.display === undefined
      ? { MOZ_HEADLESS: '1', MOZ_HEADLESS_WIDTH: '1280', MOZ_HEADLESS_HEIGHT: '900' }
      : {}),
    ...(options.display && options.display !== 'own' ? { DISPLAY: options.display } : {}),
  };

  let running: Running;
  let bidi: Bidi;
  let version = '';
  let window = '';
  let bare: string | undefined;

  async function start(): Promise<void> {
    running = run(
      program ?? '',
      [
        '--no-remote',
        '--profile',
        profile,
        '--remote-debugging-port',
        '0',
        '--remote-allow-system-access',
        'about:blank',
      ],
      { env, stdio: ['pipe', 'ignore', 'pipe'] },
    );
    bare = undefined;
    try {
      const address = await until('Firefox to start', () => {
        if (running.hasExited()) throw new Error('it ended');
        return running.stderr().match(/WebDriver BiDi listening on (ws:\S+)/)?.[1];
      });
      bidi = await connectBidi(address);
      const { capabilities } = await bidi.send<{ capabilities: { browserVersion: string } }>('session.new', {
        capabilities: { alwaysMatch: { acceptInsecureCerts: options.gateway !== undefined } },
      });
      version = capabilities.browserVersion;
      window = await until(
        'the browser window',
        async () => (await trees({ 'moz:scope': 'chrome' }))[0]?.context,
      );
    } catch (error) {
      await running.kill();
      throw new Error(`${program} did not start:\n${running.stderr()}`, { cause: error });
    }
    if (
      !(await inBrowser<boolean>(
        `return Boolean(WebExtensionPolicy.getByID(${JSON.stringify(extensionId)}))`,
      ))
    ) {
      await bidi.send('webExtension.install', { extensionData: { type: 'path', path: options.extension } });
    }
    await inBrowser(showHiddenPages(extensionId));
    // Remote control makes every page believe that it has the focus, and so none asks for it. Pressed keys need the truth.
    if (options.display !== undefined)
      await inBrowser(`Services.prefs.setBoolPref('focusmanager.testmode', false)`);
  }

  const trees = async (which: object = {}): Promise<Context[]> =>
    (await bidi.send<{ contexts: Context[] }>('browsingContext.getTree', { maxDepth: 0, ...which })).contexts;

  /** Runs the body of an async function in the browser's window, where Firefox itself runs. */
  const inBrowser = <T = unknown>(body: string): Promise<T> =>
    evaluate(window, `(async () => { ${body} })()`) as Promise<T>;

  async function evaluate(context: string, expression: string): Promise<unknown> {
    const answer = await bidi.send<Evaluation>('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${expression})))()`,
      target: { context },
      awaitPromise: true,
      userActivation: false,
    });
    return resultOf(answer);
  }

  const exists = async (context: string): Promise<boolean> =>
    (await trees()).some((each) => each.context === context);

  async function isReady(context: string, url?: string): Promise<boolean> {
    const [state, href] = (await evaluate(context, '[document.readyState, location.href]')) as [
      string,
      string,
    ];
    return state === 'complete' && (href !== 'about:blank' || url === href);
  }

  /** For an extension's pages Firefox reports no load event, so nothing is waited for but the page itself. */
  async function navigate(context: string, url: string): Promise<void> {
    await bidi.send('browsingContext.navigate', { context, url, wait: 'none' });
    await until(`${url} to load`, () => isReady(context, url));
  }

  async function openContext(url: string, background = false): Promise<string> {
    const { context } = await bidi.send<{ context: string }>('browsingContext.create', {
      type: 'tab',
      background,
    });
    await navigate(context, url);
    return context;
  }

  const locate = async (context: string, locator: object, more: object = {}): Promise<Node[]> =>
    (await bidi.send<{ nodes: Node[] }>('browsingContext.locateNodes', { context, locator, ...more })).nodes;

  /** What pages cannot see into, a person can: closed shadow trees are looked through when there is nothing outside. */
  async function find(context: string, role: string, name: string | undefined): Promise<Node[]> {
    const locator = { type: 'accessibility', value: { role, ...(name === undefined ? {} : { name }) } };
    const outside = await locate(context, locator);
    if (outside.length > 0) return outside;
    const all = await locate(
      context,
      { type: 'css', value: ':root > *, body > *' },
      { serializationOptions: { includeShadowTree: 'all', maxDomDepth: 0 } },
    );
    const startNodes = all.flatMap(({ value }) => (value?.shadowRoot ? [value.shadowRoot] : []));
    return startNodes.length > 0 ? locate(context, locator, { startNodes }) : [];
  }

  const perform = (context: string, ...actions: object[]) =>
    bidi.send('input.performActions', { context, actions });
  const keyActions = (values: string[]) => ({
    type: 'key',
    id: 'keyboard',
    actions: values.flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]),
  });

  const pageFor = (context: string): Page =>
    createPage<Node>({
      url: async () => (await evaluate(context, 'location.href')) as string,
      goto: (url) => navigate(context, url),
      find: (role, name) => find(context, role, name),
      call: (source, args) => evaluate(context, `(${source})(...${JSON.stringify(args)})`),
      callOn: (node, source, args) => callOn(context, node, source, args),
      async clickOn(node) {
        const clicked = perform(context, {
          type: 'pointer',
          id: 'mouse',
          parameters: { pointerType: 'mouse' },
          actions: [
            { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element: node } },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        });
        // A click may close its own page before the browser has answered.
        await clicked.catch(async (error) => {
          if (await exists(context)) throw error;
        });
      },
      async clickAt(x, y) {
        await perform(context, {
          type: 'pointer',
          id: 'mouse',
          parameters: { pointerType: 'mouse' },
          actions: [
            { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        });
      },
      async type(text) {
        if (text.length > 300) return void (await evaluate(context, insertText(text)));
        await perform(context, keyActions([...text]));
      },
      async press(key) {
        await perform(context, keyActions([keys[key]])).catch(async (error) => {
          if (await exists(context)) throw error;
        });
      },
      show: async () => void (await bidi.send('browsingContext.activate', { context })),
      async setColorScheme(scheme) {
        await inBrowser(
          `NavigableManager.getBrowsingContextById(${JSON.stringify(context)}).top.prefersColorSchemeOverride = ${JSON.stringify(scheme)}`,
        );
      },
      async screenshot() {
        const { data } = await bidi.send<{ data: string }>('browsingContext.captureScreenshot', { context });
        return Buffer.from(data, 'base64');
      },
      isOpen: () => exists(context),
      async close() {
        await ((await isPopup(context))
          ? hidePopups()
          : bidi.send('browsingContext.close', { context })
        ).catch(() => undefined);
        await until('the page to close', async () => !(await exists(context)));
      },
    });

  const hidePopups = () =>
    inBrowser(`for (const popup of rowmarkPopups(window)) popup.closest('panel')?.hidePopup();`);

  const isPopup = async (context: string): Promise<boolean> =>
    (
      await inBrowser<string[]>(
        `return rowmarkPopups(window).map((each) => NavigableManager.getIdForBrowser(each))`,
      )
    ).includes(context);

  async function callOn(context: string, node: Node, source: string, args: unknown[]): Promise<unknown> {
    const answer = await bidi.send<Evaluation>('script.callFunction', {
      functionDeclaration: `async (element) => JSON.stringify(await (${source})(element, ...${JSON.stringify(args)}))`,
      arguments: [node],
      target: { context },
      awaitPromise: true,
    });
    return resultOf(answer);
  }

  const extension = `WebExtensionPolicy.getByID(${JSON.stringify(extensionId)}).extension`;
  const isBackgroundAlive = () => inBrowser<boolean>(`return ${extension}.backgroundState === 'running'`);

  const shownPages = async (): Promise<Context[]> => {
    const hidden = await inBrowser<string[]>(
      `return rowmarkBackgrounds().map((each) => NavigableManager.getIdForBrowser(each))`,
    );
    return (await trees()).filter(({ context }) => context !== bare && !hidden.includes(context));
  };
  const browser: Browser = {
    name: 'firefox',
    get version() {
      return version;
    },
    extensionOrigin: ORIGIN,
    get gone() {
      return running.exited;
    },
    open: async (url) => pageFor(await openContext(url)),
    openExtensionPage: async (path) => pageFor(await openContext(`${ORIGIN}/${path}`)),
    async openPopup(over) {
      await over.show();
      // Without a person's mouse, one that is open stays so in another tab.
      await hidePopups();
      await inBrowser(
        `ExtensionParent.apiManager.global.browserActionFor(${extension}).triggerAction(window)`,
      );
      return browser.openedPopup();
    },
    async openedPopup() {
      // While the panel opens, its page moves from one browser element to another.
      const context = await until('the popup', async () => {
        const id = await inBrowser<string | null>(
          `const open = rowmarkPopups(window).find((each) => each.closest('panel')?.state === 'open');
           return open ? NavigableManager.getIdForBrowser(open) : null;`,
        );
        return id !== null && (await exists(id)) && (await isReady(id)) && id;
      });
      return pageFor(context);
    },
    async runCommand(name, on) {
      await on.show();
      await inBrowser(`${extension}.shortcuts.onCommand(${JSON.stringify(name)})`);
    },
    pages: async () => (await shownPages()).map(({ context }) => pageFor(context)),
    async pageAt(fits) {
      const found = await until('a page at that address', async () =>
        (await shownPages()).find(({ url }) => fits(url)),
      );
      await until('it to load', () => isReady(found.context));
      return pageFor(found.context);
    },
    async inExtension<A extends unknown[], T>(look: PageFunction<A, T>, ...args: A) {
      if (bare === undefined || !(await exists(bare)))
        bare = await openContext(`${ORIGIN}/manifest.json`, true);
      return pageFor(bare).evaluate(look, ...args);
    },
    async addBookmarks(tree) {
      await inBrowser(`
        const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');
        const node = ({ title, url, tags, children }) =>
          children
            ? { type: PlacesUtils.bookmarks.TYPE_FOLDER, title, children: children.map(node) }
            : { title, url, ...(tags?.length > 0 ? { tags } : {}) };
        await PlacesUtils.bookmarks.insertTree({
          guid: PlacesUtils.bookmarks.toolbarGuid,
          children: ${JSON.stringify(tree)}.map(node),
        });`);
    },
    async exportBookmarks(folder) {
      const paths = ['bookmarks.html', 'bookmarks.json', 'bookmarks.jsonlz4'].map((name) =>
        join(folder, name),
      );
      await inBrowser(`
        const { BookmarkHTMLUtils } = ChromeUtils.importESModule('resource://gre/modules/BookmarkHTMLUtils.sys.mjs');
        const { BookmarkJSONUtils } = ChromeUtils.importESModule('resource://gre/modules/BookmarkJSONUtils.sys.mjs');
        const [html, json, packed] = ${JSON.stringify(paths)};
        await BookmarkHTMLUtils.exportToFile(html);
        await BookmarkJSONUtils.exportToFile(json);
        await BookmarkJSONUtils.exportToFile(packed, { compress: true });`);
      return paths;
    },
    async killBackground() {
      await inBrowser(
        `window.rowmarkDoomed = ${extension}.backgroundContext;
         await ${extension}.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })`,
      );
      // Another may have been started already.
      await until('the background to be gone', () =>
        inBrowser<boolean>(`return !rowmarkDoomed || ${extension}.backgroundContext !== rowmarkDoomed`),
      );
    },
    isBackgroundAlive,
    async setOffline(offline) {
      await inBrowser(`Services.io.manageOfflineStatus = false; Services.io.offline = ${offline}`);
      if (offline) options.gateway?.cut();
      else options.gateway?.mend();
    },
    ownShortcuts: (candidates) => inBrowser(`return (${findOwnShortcuts})(${JSON.stringify(candidates)})`),
    complaints: () =>
      inBrowser<string[]>(`
        const ours = [${JSON.stringify(ORIGIN)}, ${JSON.stringify(extensionId)}];
        return Services.console.getMessageArray()
          .filter((each) => each instanceof Ci.nsIScriptError && !(each.flags & Ci.nsIScriptError.infoFlag))
          .map((each) => [each.category, each.errorMessage, each.sourceName, each.lineNumber].join(' | '))
          .filter((each) => ours.some((mark) => each.includes(mark)))
          // Firefox's own remarks when a page of the extension goes away while something is pending in it.
          .filter((each) => !/on closed conduit|Promise (?:resolved|rejected) after context unloaded/.test(each))
          // A tab that is closed ends what a script is doing in it right then, under this name. A script that does not end
          // would be seen by what it does not do.
          .filter((each) => !/^content javascript \\| Script terminated by timeout/.test(each));`),
    async crashAndRestart() {
      bidi.close();
      await running.kill();
      await start();
    },
    async close() {
      const gone = Promise.race([running.exited, new Promise((resolve) => setTimeout(resolve, 3000))]);
      bidi.send('browser.close').catch(() => undefined);
      await gone;
      bidi.close();
      await running.kill();
      if (!options.profile) removeFolder(profile);
    },
  };
  await start();
  // Later it sleeps through a start until there is something to do.
  await until('the background to start', isBackgroundAlive);
  return browser;
}

/**
 * BiDi knows only what is in tabs. An extension's popup and its event page are listed along with them, so that every
 * command of BiDi works on them too. All of it happens in the browser under test, none in the extension.
 */
const showHiddenPages = (extensionId: string): string => `
  Object.assign(window, ChromeUtils.importESModule('chrome://remote/content/shared/TabManager.sys.mjs'));
  Object.assign(window, ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs'));
  Object.assign(window, ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs'));
  // What is in a tab has such a key; what is in none needs one before it can have an id.
  const withKey = (browser) => {
    browser.permanentKey ??= {};
    return browser;
  };
  window.rowmarkPopups = (win) =>
    [...win.document.querySelectorAll('.webextension-popup-browser')].map(withKey);
  window.rowmarkBackgrounds = () =>
    [WebExtensionPolicy.getByID(${JSON.stringify(extensionId)})?.extension.backgroundContext?.xulBrowser]
      .filter(Boolean)
      .map(withKey);
  const tabs = TabManager.getTabsForWindow.bind(TabManager);
  TabManager.getTabsForWindow = (win) => [
    ...tabs(win),
    ...[...rowmarkPopups(win), ...(win === window ? rowmarkBackgrounds() : [])].map((browser) => ({
      linkedBrowser: browser,
    })),
  ];`;

/**
 * Runs in the browser's window. Besides its keys Firefox listens to the access keys of its menus, on Windows and Linux with
 * Alt, with or without Shift; they come before the keys of extensions.
 */
const findOwnShortcuts = `(candidates) => {
  const accel = AppConstants.platform === 'macosx' ? 'meta' : 'control';
  const written = { Alt: 'alt', Shift: 'shift', Ctrl: accel, Command: 'meta', MacCtrl: 'control' };
  const asText = (modifiers, key) => [...modifiers].sort().join('+') + ' ' + key.toUpperCase();
  const keys = [...document.querySelectorAll('keyset:not([id^=ext-keyset]) key')].map((each) =>
    asText(
      (each.getAttribute('modifiers') ?? '').split(/[ ,]+/).filter(Boolean).map((word) => (word === 'accel' ? accel : word)),
      each.getAttribute('key') ?? each.getAttribute('keycode') ?? '',
    ),
  );
  const menus = AppConstants.platform === 'macosx' ? [] : [...document.querySelectorAll('#main-menubar > menu')]
    .map((each) => each.getAttribute('accesskey') ?? '')
    .flatMap((key) => [asText(['alt'], key), asText(['alt', 'shift'], key)]);
  if (keys.length < 50 || (menus.length < 10 && AppConstants.platform !== 'macosx')) throw new Error('These are not all of its keys');
  return candidates.filter((candidate) => {
    const parts = candidate.split('+');
    const key = parts.pop();
    return [...keys, ...menus].includes(asText(parts.map((part) => written[part]), key));
  });
}`;

type Evaluation =
  | { type: 'success'; result: { value?: string } }
  | { type: 'exception'; exceptionDetails: { text: string } };

function resultOf(answer: Evaluation): unknown {
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
  return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
}

const insertText = (text: string): string =>
  `document.execCommand('insertText', false, ${JSON.stringify(text)})`;

/** WebDriver's numbers for keys: https://w3c.github.io/webdriver/#keyboard-actions */
const keys: Record<Key, string> = {
  Enter: '\uE007',
  Escape: '\uE00C',
  Tab: '\uE004',
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ',': ',',
};
