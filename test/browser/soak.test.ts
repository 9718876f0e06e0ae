/**
 * The promise for real: many saves while the background is killed, the whole browser too, and Notion fails in every way it
 * has. `npm run soak:browser`; `SAVES` says how many.
 */
import { expect, it } from 'vitest';
import { isFinished } from '../../src/core/save/standing.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import type { Browser } from './drivers/browser.ts';
import { until } from './drivers/until.ts';
import { scenarios } from './stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const SAVES = Number(process.env.SAVES ?? 200);
const BATCH = 10;
const FAULTS: readonly FaultKind[] = [
  'rate_limited',
  'internal_server_error',
  'service_unavailable_saved',
  'gateway_timeout',
  'gateway_timeout_saved',
  'drop_before',
  'drop_after',
  'truncated',
  'unreadable',
];

const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;
const rest = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

/** Of a background that was killed while it was starting. */
const KILLED = /Failed to load the script unexpectedly/;

scenarios('soak', { forgiven: KILLED }, (stage) => {
  it(`brings ${SAVES} saves to Notion once each`, { timeout: 60_000 + SAVES * 10_000 }, async () => {
    await stage.connect();
    const kept = new Set<string>();
    let deaths = 0;
    let shown = 0;
    for (let first = 0; first < SAVES; first += BATCH) {
      const ids = Array.from({ length: BATCH }, (_, index) => `soak-${first + index}`);
      stage.notion.addFault({ kind: pick(FAULTS), method: 'POST', path: '/v1/*', times: 2, delayMs: 50 });
      // Asked again until it is answered, as the popup and the user would.
      const keeping = until('the saves to be kept', () => stage.browser.inExtension(keep, ids)).then(
        (answers) => {
          for (const id of answers) kept.add(id);
        },
      );
      await rest(400);
      const isWhole = Math.random() < 0.2;
      deaths += 1;
      if (isWhole) {
        await keeping;
        await rest(200);
        await stage.browser.crashAndRestart();
      } else {
        await stage.browser.killBackground();
        await keeping;
      }
      const told = await savedAsShown(stage.browser);
      const arrived = new Set(stage.newRows().map(({ title }) => title));
      expect(told.filter((title) => !arrived.has(title))).toEqual([]);
      shown += told.length;
    }
    expect(kept.size).toBe(SAVES);
    stage.notion.clearFaults();
    await until(
      'all saves to be in Notion, and what the browser may have sent twice to be looked for',
      async () => {
        // Asks nothing of Notion, whose limit is for the saves.
        await stage.browser.inExtension(() =>
          chrome.runtime.sendMessage({ type: 'freshen-destination', destinationId: 'none' }),
        );
        const saves = await stage.saves();
        return saves.every((save) => save.state === 'in-notion' && isFinished(save));
      },
      SAVES * 5_000 + 180_000,
    );
    // What the browser has made a second time is in the trash by now.
    const rows = stage.newRows().filter(({ inTrash }) => !inTrash);
    const titles = rows.map(({ title }) => title);
    expect(titles.sort()).toEqual([...kept].sort());
    expect(await savedAsShown(stage.browser)).not.toEqual([]);
    console.log(
      `${stage.driver.name}: ${SAVES} saves, ${deaths} deaths, ${titles.length} rows; "Saved" was shown of ${shown} on the way, each time truly`,
    );
  });
});

/** The titles of what the options page says is saved. */
async function savedAsShown(browser: Browser): Promise<string[]> {
  const page = await browser.openExtensionPage('src/ui/options/index.html');
  await page.byRole('heading', 'Waiting saves').appear();
  const titles = await page.evaluate(() =>
    [...document.querySelectorAll('.saves .line')]
      .filter((line) => [...line.querySelectorAll('p')].some((p) => p.textContent === 'Saved to Notion'))
      .map((line) => line.querySelector('b')?.textContent ?? ''),
  );
  await page.close();
  return titles;
}

/** Runs in a page of the extension. */
async function keep(ids: string[]): Promise<string[]> {
  const { settings } = (await chrome.storage.local.get('settings')) as {
    settings: { destinationId: string };
  };
  const answers = await Promise.all(
    ids.map((saveId) =>
      chrome.runtime.sendMessage({
        type: 'keep',
        saveId,
        destinationId: settings.destinationId,
        capture: {
          url: `https://example.org/${saveId}`,
          title: saveId,
          description: '',
          tags: [],
          at: Date.now(),
          origin: 'popup',
        },
      }),
    ),
  );
  if (!answers.every((answer) => (answer as { ok?: boolean } | undefined)?.ok))
    throw new Error('not all were kept');
  return ids;
}
