/**
 * What the popup costs before it can be used, against an empty popup with the same fields in plain HTML, in one run:
 * first contentful paint, the main thread's work until then, and the bytes of JavaScript.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { asStored } from '../../src/protocol/stored.ts';
import { destination, READY } from '../browser/ui/states.ts';
import { withExtension } from './chromium.ts';
import { figureOf, inTurn, inWords, line, ratioInWords, ratioOf, verdict } from './measure.ts';

/** Within functions that are sent to the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const ROUNDS = { warmUps: 3, rounds: 30 };
const AIMS = { paint: { atMost: 1.2 }, usable: { atMost: 1.4 }, work: { atMost: 1.5 } };
const AIM_BYTES = { atMost: 25 };

/** The floor: the popup's fields with their labels, no script, a few lines of style. */
const FLOOR = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Floor</title><style>
body{width:372px;margin:0;padding:14px 16px;font:13.5px/1.45 sans-serif}label{display:block}input,textarea,select{width:100%}
</style></head><body><form>
<label>Database <select><option>Reading list</option></select></label><label>Title <textarea rows="1">A title</textarea></label>
<label>URL <input type="url" value="https://example.org/"></label><label>Tags <input></label>
<label>Description <textarea rows="3">Some words.</textarea></label><button>Save</button></form></body></html>`;

/** Runs in every page from its start: the time of the frame in which there is something to type into. */
const WHEN_USABLE = `globalThis.whenUsable = new Promise((resolve) => {
  const look = () =>
    document.querySelector('textarea') ? setTimeout(() => resolve(performance.now())) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})`;

type Sample = { paint: number; usable: number; work: number };

async function sample(page: Page, url: string): Promise<Sample> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(url);
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName('first-contentful-paint')[0];
          if (entry) resolve(entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  const usable = await page.evaluate<number>('whenUsable');
  const { metrics } = await session.send('Performance.getMetrics');
  const work = (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  await session.detach();
  return { paint, usable, work };
}

/** The scripts a page loads, itself and all it imports statically. */
function scriptsOf(root: string, html: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(path, 'utf8');
    for (const [, to] of code.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g))
      visit(join(path, '..', to ?? ''));
  };
  for (const [, src] of readFileSync(join(root, html), 'utf8').matchAll(/<script[^>]*src="\/?([^"]+)"/g)) {
    visit(join(root, src ?? ''));
  }
  return [...found];
}

/** Connected; the record of the chosen database holds 500 properties, and 10,000 options of its tags. */
const BIG = {
  ...READY,
  'destination:reading': {
    ...destination(),
    properties: [
      ...destination().properties.filter(({ id }) => id !== 't'),
      { id: 't', name: 'Tags', type: 'multi_select', options: many(10_000) },
      ...Array.from({ length: 500 }, (_, n) => ({
        id: `p${n}`,
        name: `Property ${n}`,
        type: ['select', 'rich_text', 'date', 'number', 'checkbox'][n % 5],
        ...(n % 5 === 0 ? { options: many(20) } : {}),
      })),
    ],
  },
};

const PAGES = { floor: 'floor.html', popup: 'src/ui/popup/index.html', big: 'src/ui/popup/index.html' };

await withExtension(
  { NOTION_CLIENT_ID: 'bench', TOKEN_ENDPOINT_URL: 'https://token.invalid' },
  async ({ context, worker, origin }, extension) => {
    const page = await context.newPage();
    await page.addInitScript(WHEN_USABLE);
    const load = async (name: keyof typeof PAGES): Promise<Sample> => {
      const known = Object.entries(name === 'big' ? BIG : READY);
      const stored = Object.fromEntries(known.map(([key, value]) => [key, asStored(key, value)]));
      await worker.evaluate((records) => chrome.storage.local.set(records), stored as never);
      // The writing is not what is measured.
      await page.waitForTimeout(300);
      return sample(page, `${origin}/${PAGES[name]}`);
    };
    const samples = await inTurn(ROUNDS, {
      floor: () => load('floor'),
      popup: () => load('popup'),
      big: () => load('big'),
    });

    const report = (title: string, of: keyof Sample) => {
      const [floor, popup, big] = [samples.floor, samples.popup, samples.big].map((all) =>
        all.map((one) => one[of]),
      ) as [number[], number[], number[]];
      const ratio = ratioOf(popup, floor);
      line(
        title,
        `${inWords(figureOf(popup), 'ms')}; floor ${inWords(figureOf(floor), 'ms')}`,
        `ratio ${ratioInWords(ratio)}, ${verdict(ratio.middle, AIMS[of])}`,
        `on a big database ${inWords(figureOf(big), 'ms')}, ${ratioInWords(ratioOf(big, popup))} of the small one's`,
      );
    };
    const scripts = scriptsOf(extension, 'src/ui/popup/index.html');
    const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
    console.log(
      `${ROUNDS.rounds} loads each, by turns, after ${ROUNDS.warmUps} that do not count; in brackets the middle half`,
    );
    report('first contentful paint', 'paint');
    report('fields to type into', 'usable');
    report('main thread', 'work');
    line(
      'JavaScript, gzipped',
      `${(bytes / 1000).toFixed(1)} kB in ${scripts.length} files`,
      verdict(bytes / 1000, AIM_BYTES),
    );
  },
  (extension) => writeFileSync(join(extension, 'floor.html'), FLOOR),
);

function many(count: number) {
  return Array.from({ length: count }, (_, n) => ({ id: `o${n}`, name: `tag ${n}`, color: 'blue' }));
}
