/**
 * The extension's own pages in a plain browser page, with a client in memory: the same HTML, styles and code as in the
 * extension, under the same content security policy.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { type Browser, chromium, type Page, type Route } from 'playwright-core';
import { build } from 'vite';
import { contentSecurityPolicy } from '../../../src/platform/build/content-security-policy.ts';
import { removeFolder } from '../drivers/process.ts';
import { findChromium } from '../drivers/programs.ts';
import type { Scenario } from './fake-client.ts';

const ORIGIN = 'https://pages.rowmark.test';
const CLIENT = resolve('src/platform/client.ts');
const FAKE_CLIENT = resolve('test/browser/ui/fake-client.ts');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The policy that the extension ships with. */
const POLICY = contentSecurityPolicy({
  notionApiUrl: 'https://api.notion.com',
  tokenEndpointUrl: 'https://token.rowmark.test',
});

export type PageName = 'popup' | 'options' | 'tabs' | 'import';

export type UiPages = {
  /** In light, 600 CSS pixels high, as wide as the popup or as a tab. */
  open(name: PageName, scenario: Scenario, query?: string): Promise<Page>;
  /** All that the pages have asked for elsewhere since this was called last. Pictures of Notion's that still exist come. */
  askedElsewhere(): string[];
  /** The popup as it is before the code comes that its first frame does not need; that comes when it is let. */
  openEarly(scenario: Scenario): Promise<{ page: Page; letCodeCome(): Promise<void> }>;
  close(): Promise<void>;
};

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>';

const WIDTH = { popup: 372, options: 1100, tabs: 1100, import: 1100 };

/** Runs in the popup: whether what it loads after its first frame is there. */
function isWhole(): boolean {
  const isLoaded = performance.getEntriesByType('resource').some(({ name }) => name.includes('/later'));
  const isRead = rowmark.calls.some(({ type }) => type === 'freshen-destination');
  return (
    isLoaded &&
    (isRead || !(rowmark.stored().settings as { destinationId?: string } | undefined)?.destinationId)
  );
}

export async function buildUiPages(): Promise<UiPages> {
  const out = mkdtempSync(join(tmpdir(), 'rowmark-pages-'));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'client-in-memory',
        enforce: 'pre',
        async resolveId(source, importer) {
          if (!source.endsWith('/client.ts') || !importer) return null;
          const found = await this.resolve(source, importer, { skipSelf: true });
          return found?.id === CLIENT ? FAKE_CLIENT : null;
        },
      },
    ],
    build: {
      outDir: out,
      emptyOutDir: true,
      modulePreload: false,
      assetsInlineLimit: 0,
      target: 'esnext',
      rollupOptions: {
        input: ['popup', 'options', 'tabs', 'import'].map((name) => `src/ui/${name}/index.html`),
      },
    },
  });
  const browser: Browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const asked: string[] = [];
  async function answerElsewhere(route: Route): Promise<void> {
    const url = new URL(route.request().url());
    asked.push(url.href);
    const isThere = url.host === 'www.notion.so' && !url.pathname.includes('gone');
    await (isThere ? route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }) : route.abort());
  }

  async function openPage(
    name: PageName,
    scenario: Scenario,
    query: string,
    /** Code of the popup that is not loaded before this. */
    codeMayCome: Promise<void> = Promise.resolve(),
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: WIDTH[name], height: 600 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      if (url.origin !== ORIGIN) return answerElsewhere(route);
      if (url.pathname.includes('/later')) await codeMayCome;
      return route.fulfill({
        body: readFileSync(join(out, url.pathname)),
        headers: {
          'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream',
          'content-security-policy': POLICY,
        },
      });
    });
    page.on('pageerror', (error) => {
      throw error;
    });
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) throw new Error(message.text());
    });
    await page.addInitScript((given) => {
      globalThis.scenario = given;
    }, scenario);
    await page.goto(`${ORIGIN}/src/ui/${name}/index.html${query}`);
    await page.locator('main > *').first().waitFor();
    return page;
  }

  return {
    async open(name, scenario, query = '') {
      const page = await openPage(name, scenario, query);
      // A person is not faster than a few frames.
      if (name === 'popup') await page.waitForFunction(isWhole);
      return page;
    },
    askedElsewhere: () => asked.splice(0),
    async openEarly(scenario) {
      let release = () => {};
      const codeMayCome = new Promise<void>((resolve) => {
        release = resolve;
      });
      const page = await openPage('popup', scenario, '', codeMayCome);
      return {
        page,
        async letCodeCome() {
          release();
          await page.waitForFunction(isWhole);
          // And a frame in which it is shown.
          await page.evaluate(
            () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
          );
        },
      };
    },
    async close() {
      await browser.close();
      removeFolder(out);
    },
  };
}
