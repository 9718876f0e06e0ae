/**
 * Rowmark at work on this computer, for a person to use: a real browser that has the extension, and all that it talks to.
 * `npm start` and `npm run dev` begin with it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redirectUris } from '../../src/platform/build/redirect-uris.ts';
import {
  type RunningSandbox,
  SANDBOX_CLIENT_ID,
  SANDBOX_CLIENT_SECRET,
  startSandbox,
} from '../../src/sandbox/node.ts';
import { buildExtension } from './build.ts';
import { type Driver, drivers } from './drivers/available.ts';
import type { Browser } from './drivers/browser.ts';
import { removeFolder } from './drivers/process.ts';
import { findChromium, onPath } from './drivers/programs.ts';
import { connectRowmark, OPTIONS } from './stage/connect.ts';
import { startEndpoint } from './stage/endpoint.ts';
import { pages, TIDES } from './stage/pages.ts';
import { startSites } from './stage/sites.ts';

/** The database that rows go to. */
export const DATABASE = 'Reading list';

const { NOTION_CLIENT_ID, NOTION_CLIENT_SECRET, DISPLAY, WAYLAND_DISPLAY } = process.env;
/** Whether it is the real Notion, and a person connects. */
export const isReal = Boolean(NOTION_CLIENT_ID && NOTION_CLIENT_SECRET);
/** Whether anybody can see a browser here. */
export const isSeen = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);

export const say = (line = ''): void => console.log(line);

/** What keeps it from starting, in words for whoever ran the command. */
export class CannotStart extends Error {}

export interface Local {
  browser: Browser;
  /** The stand-in for Notion; null: it is the real one. */
  sandbox: RunningSandbox | null;
  /** The address of a page of the small web. */
  at(path: string): string;
  /** Where pictures may be left. It stays. */
  folder: string;
  /** The folder of the built extension, as the browser has loaded it. */
  extension: string;
  /** Builds the extension anew, into another folder. @throws Error with what the build tool said */
  build(): Promise<string>;
}

/** Puts right what must be undone in the end, last things first. */
const endings: (() => unknown)[] = [];
async function end(code: number): Promise<never> {
  for (const ending of endings.splice(0).reverse()) await ending();
  process.exit(code);
}

/**
 * Starts all of it, connects to the sandbox, does what is asked, and ends all of it.
 * @param work what is done with it
 */
export async function withLocal(work: (local: Local) => Promise<void>): Promise<never> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));
  try {
    await work(await start());
    return await end(0);
  } catch (error) {
    console.error(error instanceof CannotStart ? error.message : error);
    return end(1);
  }
}

/** Leaves the browser to the person in front of it: on a page worth saving, with the tables in a second tab. */
export async function offer({ browser, sandbox, at }: Local, last = ''): Promise<void> {
  if (!sandbox) {
    await browser.openExtensionPage(OPTIONS);
    say('Press "Connect to Notion" in the browser. Close it, or press Ctrl+C here, to end.');
    return browser.gone;
  }
  const emptyTabs = await browser.pages();
  const page = await browser.open(at(TIDES.path));
  await browser.open(sandbox.origin);
  for (const tab of emptyTabs) await tab.close();
  await page.show();
  const mac = process.platform === 'darwin';
  const keys = mac ? ['Control+Shift+J', 'Control+Shift+Q'] : ['Alt+Shift+J', 'Alt+Shift+Q'];
  say();
  say('Rowmark is connected to the sandbox, a stand-in for Notion on this computer.');
  say(`  Save this page with the form   the Rowmark button, or ${keys[0]}`);
  say(`  Save it at once                ${keys[1]}`);
  say(`  See the rows come in           the second tab, ${sandbox.origin}`);
  if (last) say(last);
  say();
  say('Close the browser, or press Ctrl+C here, to end.');
  return browser.gone;
}

async function start(): Promise<Local> {
  const found = findBrowser() ?? installBrowser();
  if (!found)
    throw new CannotStart(
      'Rowmark needs Chromium, Chrome or Firefox. Install one, or name one in CHROMIUM_PATH or FIREFOX_PATH.',
    );
  if (isReal && !isSeen)
    throw new CannotStart('With the real Notion someone must sign in, and here is no display to do it on.');
  const { driver, program } = found;
  const folder = mkdtempSync(join(tmpdir(), 'rowmark-start-'));

  const sandbox = isReal ? null : await startSandbox({ redirectUris: Object.values(redirectUris) });
  if (sandbox) endings.push(sandbox.close);
  const client = {
    NOTION_CLIENT_ID: (isReal && NOTION_CLIENT_ID) || SANDBOX_CLIENT_ID,
    NOTION_API_URL: sandbox?.origin ?? 'https://api.notion.com',
  };
  const endpoint = await startEndpoint({
    ...client,
    NOTION_CLIENT_SECRET: (isReal && NOTION_CLIENT_SECRET) || SANDBOX_CLIENT_SECRET,
    ALLOWED_REDIRECT_URIS: Object.values(redirectUris).join(),
  });
  endings.push(endpoint.close);
  const sites = await startSites(pages);
  endings.push(sites.close);

  const built = (out: string) =>
    buildExtension(driver.target, join(folder, out), {
      ...client,
      TOKEN_ENDPOINT_URL: `http://127.0.0.1:${endpoint.port}`,
    });
  say('Building the extension …');
  const extension = await built('built');
  endings.push(() => removeFolder(join(folder, 'built')));

  say(`Starting ${program} …`);
  const browser = await driver.launch({ extension, program, ...(isSeen ? { display: 'own' } : {}) });
  endings.push(browser.close);
  if (sandbox) {
    say('Connecting to the sandbox through its consent page …');
    await connectRowmark(browser, DATABASE);
  }
  const at = (path: string) => `http://127.0.0.1:${sites.port}${path}`;
  return { browser, sandbox, at, folder, extension, build: () => built('rebuilt') };
}

type Found = { driver: Driver; program: string };

function findBrowser(): Found | null {
  const driver = drivers.find(({ program }) => program !== null);
  return driver?.program ? { driver, program: driver.program } : null;
}

/** Only where it takes no question: on Debian and its like, as root. */
function installBrowser(): Found | null {
  const driver = drivers.find(({ name }) => name === 'chromium');
  if (!driver || process.getuid?.() !== 0 || !onPath(['apt-get'])) return null;
  say('There is no browser here; installing the package chromium …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env,
    });
  } catch {
    return null;
  }
  const program = findChromium();
  return program ? { driver, program } : null;
}
