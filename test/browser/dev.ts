/**
 * `npm run dev`: as `npm start`, and whatever is changed in the extension's source is built and in the browser a moment later,
 * with what was stored. Where nothing can be shown, the browser is there all the same.
 */
import { cpSync, watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.ts';
import type { Browser } from './drivers/browser.ts';
import { until } from './drivers/until.ts';
import { type Local, offer, say, withLocal } from './local.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

/** What the extension is made of. */
const SOURCES = ['src', 'public', 'manifest.json', 'vite.config.ts'];
/** An editor saves several files, or one in several steps, within so many milliseconds. */
const TOGETHER = 150;

await withLocal(async (local) => {
  const stop = whenChanged(() => renew(local));
  await offer(local, '  Change it                      edit anything in src, public or manifest.json');
  stop();
});

/** Builds what has changed and hands it to the browser. A build that fails leaves what is there. */
async function renew({ build, browser, extension }: Local): Promise<void> {
  try {
    const built = await build();
    // The browser reads its files as it needs them: they are replaced only by a whole build.
    cpSync(built, extension, { recursive: true });
    await reload(browser);
    say('Built and reloaded.');
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

/** The browser takes the extension's files anew. Its pages close; those in tabs are opened again. */
async function reload(browser: Browser): Promise<void> {
  const urls = await Promise.all((await browser.pages()).map((page) => page.url()));
  // The page that asks for it is closed by it.
  await browser.inExtension(() => chrome.runtime.reload()).catch(() => undefined);
  await until('the background to start', browser.isBackgroundAlive);
  const own = urls.filter((url) => url.startsWith(`${browser.extensionOrigin}/src/ui/options/`));
  for (const url of own) await browser.openExtensionPage(url.slice(browser.extensionOrigin.length + 1));
}

/** @returns what stops watching */
function whenChanged(renew: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(renew);
    }, TOGETHER);
  };
  const watchers = SOURCES.map((path) => watch(join(ROOT, path), { recursive: true }, changed));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
