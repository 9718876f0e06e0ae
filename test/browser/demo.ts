/**
 * `npm start`: Rowmark at work on this computer, with no account anywhere. Opens a browser that has the extension, connected
 * to the sandbox, on a page worth saving. Where nothing can be shown it does the same unseen, and leaves pictures.
 *
 * With `NOTION_CLIENT_ID` and `NOTION_CLIENT_SECRET` set it is the real Notion, and the person connects.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
import type { Browser, Page } from './drivers/browser.ts';
import { removeFolder } from './drivers/process.ts';
import { findChromium, onPath } from './drivers/programs.ts';
import { until } from './drivers/until.ts';
import { connectRowmark, OPTIONS } from './stage/connect.ts';
import { startEndpoint } from './stage/endpoint.ts';
import { MAPS, pages, TIDES } from './stage/pages.ts';
import { startSites } from './stage/sites.ts';

const DATABASE = 'Reading list';

const { NOTION_CLIENT_ID, NOTION_CLIENT_SECRET, DISPLAY, WAYLAND_DISPLAY } = process.env;
const isReal = Boolean(NOTION_CLIENT_ID && NOTION_CLIENT_SECRET);
const isSeen = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);

const say = (line = '') => console.log(line);

/** Puts right what must be undone in the end, last things first. */
const endings: (() => unknown)[] = [];
async function end(code: number): Promise<never> {
  for (const ending of endings.reverse()) await ending();
  process.exit(code);
}

function findBrowser(): { driver: Driver; program: string } | null {
  const driver = drivers.find(({ program }) => program !== null);
  return driver?.program ? { driver, program: driver.program } : null;
}

/** Only where it takes no question: on Debian and its like, as root. */
function installBrowser(): { driver: Driver; program: string } | null {
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

/** A row as it arrived, on a few lines. */
function sayRow({
  title,
  values,
}: ReturnType<RunningSandbox['sandbox']['control']['dataSource']>['rows'][number]) {
  say(`  ${title}`);
  for (const [name, value] of Object.entries(values)) {
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    if (text !== '' && text !== title && name !== 'Mood') say(`      ${name}: ${text}`);
  }
}

async function main(): Promise<void> {
  const found = findBrowser() ?? installBrowser();
  if (!found) {
    say(
      'Rowmark needs Chromium, Chrome or Firefox. Install one, or name one in CHROMIUM_PATH or FIREFOX_PATH.',
    );
    return end(1);
  }
  if (isReal && !isSeen) {
    say('With the real Notion someone must sign in, and here is no display to do it on.');
    return end(1);
  }
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
  const at = (path: string) => `http://127.0.0.1:${sites.port}${path}`;

  say('Building the extension …');
  const extension = await buildExtension(driver.target, folder, {
    ...client,
    TOKEN_ENDPOINT_URL: `http://127.0.0.1:${endpoint.port}`,
  });
  endings.push(() => removeFolder(extension));

  say(`Starting ${program} …`);
  const browser = await driver.launch({ extension, program, ...(isSeen ? { display: 'own' } : {}) });
  endings.push(browser.close);

  if (!sandbox) {
    await browser.openExtensionPage(OPTIONS);
    say('Press "Connect to Notion" in the browser. Close it, or press Ctrl+C here, to end.');
    await browser.gone;
    return end(0);
  }

  say(`Connecting to the sandbox through its consent page …`);
  await connectRowmark(browser, DATABASE);
  if (isSeen) await offer(browser, sandbox.origin, at(TIDES.path));
  else await demonstrate(browser, sandbox, { first: at(TIDES.path), second: at(MAPS.path) }, folder);
  return end(0);
}

/** Leaves the browser to the person in front of it. */
async function offer(browser: Browser, tables: string, address: string): Promise<void> {
  const emptyTabs = await browser.pages();
  const page = await browser.open(address);
  await browser.open(tables);
  for (const tab of emptyTabs) await tab.close();
  await page.show();
  const mac = process.platform === 'darwin';
  const keys = mac ? ['Control+Shift+J', 'Control+Shift+Q'] : ['Alt+Shift+J', 'Alt+Shift+Q'];
  say();
  say('Rowmark is connected to the sandbox, a stand-in for Notion on this computer.');
  say(`  Save this page with the form   the Rowmark button, or ${keys[0]}`);
  say(`  Save it at once                ${keys[1]}`);
  say(`  See the rows come in           the second tab, ${tables}`);
  say();
  say('Close the browser, or press Ctrl+C here, to end.');
  await browser.gone;
}

/** Does what a person would do, and shows what came of it. */
async function demonstrate(
  browser: Browser,
  { origin, sandbox: { control } }: RunningSandbox,
  { first, second }: { first: string; second: string },
  folder: string,
): Promise<void> {
  const before = new Set(control.dataSource(DATABASE).rows.map(({ id }) => id));
  const arrived = () => control.dataSource(DATABASE).rows.filter(({ id }) => !before.has(id));
  const pictures: string[] = [];
  const picture = async (page: Page, name: string) => {
    const path = join(folder, `${pictures.length + 1}-${name}.png`);
    writeFileSync(path, await page.screenshot());
    pictures.push(path);
  };

  say('Saving a page by the popup …');
  const popup = await browser.openPopup(await browser.open(first));
  await popup.byRole('textbox', 'Title').appear();
  await popup.byRole('combobox', 'Tags').click();
  await popup.type('history');
  await popup.press('Enter');
  await picture(popup, 'popup');
  await popup.byRole('button', 'Save').click();
  await popup.byRole('link', 'Open in Notion').appear();
  await picture(popup, 'popup-saved');
  await popup.close();

  say('Saving another by the quick-save command …');
  const page = await browser.open(second);
  await browser.runCommand('quick-save', page);
  await until('"Saved to Notion" in the page', async () =>
    (await page.byRole('status').text()).includes('Saved to Notion'),
  );
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => 0),
  );
  await picture(page, 'quick-save');
  await picture(await browser.open(origin), 'tables');

  say();
  say(`Arrived in "${DATABASE}":`);
  for (const row of arrived()) sayRow(row);
  say();
  say('Screenshots:');
  for (const path of pictures) say(`  ${path}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));
main().catch(async (error: Error) => {
  console.error(error);
  await end(1);
});
