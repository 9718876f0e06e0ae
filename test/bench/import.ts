/**
 * `npm run bench:import`: what a library on its way costs. The start of the background and what it holds with 20,000 entries waiting,
 * against none; how much of Notion's limit an import makes use of; and how soon a save by hand is a row meanwhile.
 */
import type { LibraryItem } from '../../src/core/library/item.ts';
import { SANDBOX_CLIENT_ID, startSandbox } from '../../src/sandbox/node.ts';
import { createWorld, REDIRECT_URI } from '../integration/background/world.ts';
import { type Bench, withExtension } from './chromium.ts';
import { figureOf, inWords, line, quantile, verdict } from './measure.ts';
import { startsOf } from './starts.ts';

/** Within functions that are sent to the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const ENTRIES = 20_000;
/** Whole minutes at the limit. */
const MINUTES = Number(process.env.MINUTES ?? 3);
/** Milliseconds between saves by hand: so many that they keep to what is left to them. */
const BY_HAND = 25_000;
/** Milliseconds within which a save by hand is to be a row. */
const SOON = 2_000;

const sandbox = await startSandbox({ redirectUris: [REDIRECT_URI] });
const { control } = sandbox.sandbox;
control.changeSettings({ rateLimit: 180 });

/** Connected, with a database chosen. */
const world = await createWorld(sandbox.origin);
await world.connect();
const ready = world.local.dump();
const { destinationId } = ready.settings as { destinationId: string };

const items = Array.from(
  { length: ENTRIES },
  (_, at): LibraryItem => ({
    ...{ url: `https://example.org/articles/${at}`, title: `An article of some length, the ${at}th of many` },
    ...{
      tags: ['physics', 'to read'],
      created: 1_600_000_000_000 + at * 1_000,
      note: null,
      folder: ['Work'],
    },
    ...{ excerpt: 'What it is about, in a sentence or two.', unread: null, archived: null, favourite: null },
    highlights: [],
  }),
);
const places = {
  ...{ created: null, folder: { as: 'names' }, unread: null, archived: null, favourite: null },
  ...{ makesTags: true, tags: [] },
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const made = () => control.requests().filter(({ path, status }) => path === '/v1/pages' && status === 200);

try {
  await withExtension(
    {
      NOTION_CLIENT_ID: SANDBOX_CLIENT_ID,
      TOKEN_ENDPOINT_URL: 'https://token.invalid',
      NOTION_API_URL: sandbox.origin,
    },
    async (bench) => {
      await bench.worker.evaluate((stored) => chrome.storage.local.set(stored), ready);
      await measureWaiting(bench);
      await measureRunning(bench);
    },
  );
} finally {
  await sandbox.close();
}

/** A page of the extension says something to the background. */
async function tell(bench: Bench, messages: readonly object[]): Promise<void> {
  const page = await bench.context.newPage();
  await page.goto(`${bench.origin}/src/ui/options/index.html`);
  await page.evaluate(async (all) => {
    for (const message of all) {
      const answer = (await chrome.runtime.sendMessage(message)) as { ok: boolean };
      if (!answer.ok) throw new Error(JSON.stringify(answer));
    }
  }, messages);
  await page.close();
}

async function measureWaiting(bench: Bench): Promise<void> {
  const none = await startsOf(bench);
  const job = { jobId: 'job', name: 'bookmarks.html', destinationId, ownsDatabase: false, places };
  await tell(bench, [{ type: 'begin-import', ...job }]);
  for (let from = 0; from < ENTRIES; from += 500)
    await tell(bench, [{ type: 'store-entries', jobId: 'job', from, items: items.slice(from, from + 500) }]);
  await tell(bench, [{ type: 'turn-import', jobId: 'job', to: 'paused' }]);
  const full = await startsOf(bench);
  const [before, now] = [figureOf(none.times), figureOf(full.times)];
  const starts = now.middle / before.middle;
  line(
    `start with ${ENTRIES} waiting`,
    `${inWords(now, 'ms', 1)}; with none ${inWords(before, 'ms', 1)}; ${starts.toFixed(2)} times, ${verdict(starts, { atMost: 1.2 })}`,
  );
  const heap = full.heap / none.heap;
  line(
    `memory with ${ENTRIES}`,
    `${(full.heap / 1e6).toFixed(2)} MB; with none ${(none.heap / 1e6).toFixed(2)} MB; ${heap.toFixed(2)} times, ${verdict(heap, { atMost: 1.2 })}`,
  );
}

async function measureRunning(bench: Bench): Promise<void> {
  await tell(bench, [{ type: 'turn-import', jobId: 'job', to: 'running' }]);
  const isByHand = ({ title }: { title: string }) => title.startsWith('By hand');
  const rows = () => control.dataSource('Reading list').rows;
  const took: number[] = [];
  const wanted = MINUTES * 180 + 1;
  for (let byHand = 0, next = Date.now() + BY_HAND; made().length < wanted; ) {
    await pause(20);
    if (Date.now() < next) continue;
    next = Date.now() + BY_HAND;
    byHand += 1;
    const title = `By hand ${byHand}`;
    const capture = {
      url: `https://example.com/${byHand}`,
      title,
      description: '',
      tags: [],
      at: Date.now(),
    };
    const begin = Date.now();
    await tell(bench, [
      { type: 'keep', saveId: title, capture: { ...capture, origin: 'popup' }, destinationId },
    ]);
    while (!rows().some((row) => isByHand(row) && row.title === title)) await pause(10);
    took.push(Date.now() - begin);
  }
  const all = made();
  const minutes = ((all[wanted - 1]?.at ?? 0) - (all[0]?.at ?? 0)) / 60_000;
  const share = (100 * MINUTES) / minutes;
  const refused = control.requests().filter(({ status }) => status === 429).length;
  line(
    'an import at the limit',
    `${wanted - 1} rows in ${minutes.toFixed(2)} min, ${share.toFixed(1)} % of what it allows, ${refused} refused`,
    verdict(share, { atLeast: 98 }),
  );
  line(
    'a save by hand meanwhile',
    `${inWords(figureOf(took), 'ms', 0)} until it is a row, ${Math.round(quantile(took, 1))} ms at the most, of ${took.length}`,
    verdict(quantile(took, 1), { atMost: SOON }),
  );
}
