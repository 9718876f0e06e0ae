/**
 * The stage of the scenarios: a browser with the extension as it ships, Notion's stand-in behind api.notion.com, the real
 * endpoint behind its own name, a small web, and no other way out.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject } from 'vitest';
import type { Save } from '../../../src/core/save/record.ts';
import { redirectUris } from '../../../src/platform/build/redirect-uris.ts';
import {
  type RunningSandbox,
  SANDBOX_CLIENT_ID,
  SANDBOX_CLIENT_SECRET,
  type ServedSandbox,
  serveSandbox,
  startSandbox,
} from '../../../src/sandbox/node.ts';
import type { Protocol } from '../../../src/sandbox/transport.ts';
import { type Driver, drivers } from '../drivers/available.ts';
import type { Browser, LaunchOptions, Page } from '../drivers/browser.ts';
import { missingForKeys, type Screen, startScreen } from '../drivers/real-keys.ts';
import { TOKEN_ENDPOINT } from '../setup.ts';
import { makeCertificate } from './certificate.ts';
import { connectRowmark } from './connect.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { pages } from './pages.ts';
import { type Sites, startSites } from './sites.ts';
import { notingVisits } from './visits.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

export interface Stage {
  readonly driver: Driver;
  readonly browser: Browser;
  readonly notion: RunningSandbox['sandbox']['control'];
  readonly gateway: Gateway;
  readonly sites: Sites;
  /** Where keys are pressed; only in scenarios with keys. */
  readonly screen: Screen;
  /** Goes through the consent page and chooses a database, as a user does the first time. */
  connect(): Promise<void>;
  /** Rows that came in since the scenario began, oldest first. */
  newRows(): ReturnType<RunningSandbox['sandbox']['control']['dataSource']>['rows'];
  /**
   * What was asked of Notion since the log was cleared, but for looks for rows that the browser may have sent twice: a busy
   * computer makes its times look so now and then.
   */
  requests(): ReturnType<RunningSandbox['sandbox']['control']['requests']>;
  /** Everything in the extension's `storage.local`. */
  stored(): Promise<Record<string, unknown>>;
  /** The stored saves. */
  saves(): Promise<Save[]>;
  screenshot(page: Page, name: string): Promise<void>;
}

const NOTION = 'api.notion.com';
const ENDPOINT = new URL(TOKEN_ENDPOINT).host;
/**
 * A sign-in ends at an address of which the browser takes only the words; rows are opened where Notion shows them, and its
 * pictures are there.
 */
const MEANT: ReadonlySet<string> = new Set([
  NOTION,
  ENDPOINT,
  'app.notion.com',
  'www.notion.so',
  ...Object.values(redirectUris).map((uri) => new URL(uri).host),
]);

/** The database that `connect` shares and chooses. */
export const DATABASE = 'Reading list';

interface Needs {
  /** Real key presses, and so a screen. */
  keys?: boolean;
  /** What a browser may say without its being held against the extension: of what is done to it here. */
  forgiven?: RegExp;
  launch?: Partial<LaunchOptions>;
  /** What Notion speaks; default: what it really does, HTTP/2 and for those who cannot HTTP/1.1. */
  protocols?: readonly Protocol[];
}

/** Describes scenarios in every browser. Where something is missing they are skipped, and say what it is. */
export function scenarios(title: string, needs: Needs, define: (stage: Stage) => void): void {
  describe.each(drivers)(`$name: ${title}`, (driver) => {
    const missing = [
      ...(driver.program === null ? [driver.name] : []),
      ...(needs.keys ? missingForKeys() : []),
    ];
    let sandbox: RunningSandbox;
    let notion: ServedSandbox;
    let endpoint: Endpoint;
    let sites: Sites;
    let gateway: Gateway;
    let browser: Browser;
    let screen: Screen | undefined;
    let before: ReadonlySet<string>;
    let arrivedBefore: number;
    let visited: ReadonlySet<string>;

    beforeAll(async () => {
      if (missing.length > 0) return;
      const certificate = await makeCertificate(['api.notion.com', '*.rowmark.test', '*.test']);
      sandbox = await startSandbox({ redirectUris: Object.values(redirectUris) });
      endpoint = await startEndpoint({
        NOTION_CLIENT_ID: SANDBOX_CLIENT_ID,
        NOTION_CLIENT_SECRET: SANDBOX_CLIENT_SECRET,
        ALLOWED_REDIRECT_URIS: Object.values(redirectUris).join(),
        NOTION_API_URL: sandbox.origin,
      });
      notion = await serveSandbox(sandbox.sandbox, { tls: certificate, protocols: needs.protocols });
      sites = await startSites(pages);
      gateway = await startGateway(certificate, {
        untouched: { [NOTION]: notion.port },
        encrypted: {
          [ENDPOINT]: endpoint.port,
          '*.test': sites.port,
        },
        plain: sites.port,
      });
      if (needs.keys) screen = await startScreen();
    });

    beforeEach(async (context) => {
      context.skip(missing.length > 0, `there is no ${missing.join(', no ')} on this machine`);
      sandbox.sandbox.control.reset();
      gateway.mend();
      before = new Set(rows().map(({ id }) => id));
      arrivedBefore = gateway.arrivals().length;
      const launched = await driver.launch({
        extension: inject('builds')[driver.target],
        gateway,
        ...(screen ? { display: screen.display } : {}),
        ...needs.launch,
      });
      ({ browser, hosts: visited } = notingVisits(launched));
    });

    afterEach(async () => {
      if (missing.length > 0) return;
      const complaints = await browser.complaints().catch((error: Error) => [error.message]);
      await browser.close();
      const inShort = complaints
        .filter((each) => !needs.forgiven?.test(each))
        .map((each) => each.slice(0, 500));
      expect(inShort, 'what the browser holds against the extension').toEqual([]);
      const asked = gateway
        .arrivals()
        .slice(arrivedBefore)
        .map(({ host }) => host);
      expect(
        [...new Set(asked)].filter(
          (host) => !MEANT.has(host) && !visited.has(host) && !driver.errands.has(host),
        ),
        'hosts that are neither Notion nor the endpoint nor of a page that was opened',
      ).toEqual([]);
    });

    afterAll(async () => {
      await screen?.close();
      await gateway?.close();
      await sites?.close();
      await endpoint?.close();
      await notion?.close();
      await sandbox?.close();
    });

    const rows = () => sandbox.sandbox.control.dataSource(DATABASE).rows;

    const stored = () => browser.inExtension(() => chrome.storage.local.get());

    define({
      driver,
      get browser() {
        return browser;
      },
      get notion() {
        return sandbox.sandbox.control;
      },
      get gateway() {
        return gateway;
      },
      get sites() {
        return sites;
      },
      get screen() {
        if (!screen) throw new Error('These scenarios did not ask for keys');
        return screen;
      },
      connect: () => connectRowmark(browser, DATABASE),
      newRows: () => rows().filter(({ id }) => !before.has(id)),
      requests: () =>
        sandbox.sandbox.control
          .requests()
          .filter(
            ({ path, body }) => !path.endsWith('/query') || !JSON.stringify(body).includes('on_or_after'),
          ),
      stored,
      saves: async () =>
        Object.entries(await stored())
          .filter(([key]) => key.startsWith('save:'))
          .map(([, save]) => save as Save),
      async screenshot(page, name) {
        writeFileSync(join(inject('screenshots'), `${name}-${driver.name}.png`), await page.screenshot());
      },
    });
  });
}
