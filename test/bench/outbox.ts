/**
 * What the outbox costs, in one run: from the command's event to a durable "kept", against a bare write of the same record;
 * requests a save; and 10,000 waiting saves: start, memory, and how much of Notion's limit the delivery makes use of.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from 'playwright-core';
import { newSave } from '../../src/core/save/new-save.ts';
import { SANDBOX_CLIENT_ID, startSandbox } from '../../src/sandbox/node.ts';
import { createWorld, REDIRECT_URI } from '../integration/background/world.ts';
import { type Bench, withExtension } from './chromium.ts';
import {
  differenceInWords,
  differenceOf,
  figureOf,
  inTurn,
  inWords,
  line,
  ratioInWords,
  ratioOf,
  verdict,
} from './measure.ts';
import { startsOf } from './starts.ts';

/** Within functions that are sent to the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const ROUNDS = { warmUps: 5, rounds: 60 };
const WAITING = 10_000;
/** Whole minutes of delivery at the limit. */
const MINUTES = Number(process.env.MINUTES ?? 3);

const page = `<!doctype html><title>A page to keep</title><meta name="description" content="What it is about.">
${'<p>Some words that make it a page like others.</p>'.repeat(300)}`;
const site = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end(page));
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const sandbox = await startSandbox({ redirectUris: [REDIRECT_URI] });
const { control } = sandbox.sandbox;

/** Connected, with a database chosen. */
const world = await createWorld(sandbox.origin);
await world.connect();
const ready = world.local.dump();

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const posts = () => control.requests().filter(({ path }) => path === '/v1/pages');

try {
  await withExtension(
    {
      NOTION_CLIENT_ID: SANDBOX_CLIENT_ID,
      TOKEN_ENDPOINT_URL: 'https://token.invalid',
      NOTION_API_URL: sandbox.origin,
    },
    async (bench) => {
      await bench.worker.evaluate((stored) => chrome.storage.local.set(stored), ready);
      const tab = bench.context.pages()[0] ?? (await bench.context.newPage());
      await tab.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
      await tab.bringToFront();
      await measureKept(bench.worker, tab);
      await measureWaiting(bench);
    },
  );
} finally {
  await sandbox.close();
  site.close();
}

async function measureKept(worker: Worker, tab: Page): Promise<void> {
  control.changeSettings({ rateLimit: 0 });
  const before = control.requests().length;
  const samples = await inTurn(ROUNDS, {
    bare: () => worker.evaluate(timeOfWrite),
    async kept(round) {
      const due = posts().length + 1;
      await tab.goto(new URL(`/page/${round}`, tab.url()).href);
      const time = await worker.evaluate(timeOfCommand);
      // The pace is kept to in the background, and the next round begins in quiet.
      while (posts().length < due) await pause(20);
      await pause(60);
      return time;
    },
  });
  const saves = posts().length;
  const ratio = ratioOf(samples.kept, samples.bare);
  console.log(
    `${ROUNDS.rounds} rounds by turns, after ${ROUNDS.warmUps} that do not count; in brackets the middle half`,
  );
  line(
    'command to kept',
    `${inWords(figureOf(samples.kept), 'ms')}; a bare write of the record ${inWords(figureOf(samples.bare), 'ms')}`,
    `ratio ${ratioInWords(ratio)}, ${verdict(ratio.middle, { atMost: 1.5 })}`,
  );
  line('over the bare write', differenceInWords(differenceOf(samples.kept, samples.bare), 'ms'));
  line(
    'requests a save',
    `${((control.requests().length - before) / saves).toFixed(2)} (one looks whether the page is saved; see bench:quick-save)`,
  );
}

/** Runs in the worker. Milliseconds until a record like a save is stored. */
async function timeOfWrite(): Promise<number> {
  const all = await chrome.storage.local.get(null);
  const record = Object.entries(all).find(([key]) => key.startsWith('save:'))?.[1] ?? {
    text: 'x'.repeat(700),
  };
  const start = performance.now();
  await chrome.storage.local.set({ bare: record });
  return performance.now() - start;
}

/** Runs in the worker. Milliseconds from the command until a save is stored; reading the page is among them. */
async function timeOfCommand(): Promise<number> {
  const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
  const { local } = chrome.storage;
  const { set } = local;
  return new Promise((resolve) => {
    const start = performance.now();
    local.set = async (items) => {
      await set.call(local, items);
      if (!Object.keys(items).some((key) => key.startsWith('save:'))) return;
      local.set = set;
      resolve(performance.now() - start);
    };
    (chrome.commands.onCommand as unknown as { dispatch(name: string, tab: unknown): void }).dispatch(
      'quick-save',
      tab,
    );
  });
}

async function measureWaiting(bench: Bench): Promise<void> {
  const { destinationId } = ready.settings as { destinationId: string };
  const botId = Object.keys(ready.connections as object)[0] ?? '';
  const empty = await startsOf(bench);
  const at = Date.now();
  const saves = Object.fromEntries(
    Array.from({ length: WAITING }, (_, index) => {
      const id = `waiting-${String(index).padStart(5, '0')}`;
      const capture = {
        url: `https://example.org/articles/${index}`,
        title: `An article of some length, the ${index}th of many`,
        description:
          'What it is about, in a sentence or two that the page itself has given for its description.',
        tags: ['physics', 'to read'],
        at: at + index,
        origin: 'quick-save' as const,
      };
      return [`save:${id}`, newSave(id, capture, destinationId, botId, at)];
    }),
  );
  control.changeSettings({ rateLimit: 180 });
  control.clearRequests();
  const store = await bench.context.newPage();
  await store.goto(`${bench.origin}/src/ui/options/index.html`);
  await store.evaluate((stored) => chrome.storage.local.set(stored), saves);
  await store.close();
  const full = await startsOf(bench);
  line(
    `start with ${WAITING} waiting`,
    `${inWords(figureOf(full.times), 'ms', 0)}; before with none ${inWords(figureOf(empty.times), 'ms', 0)}`,
  );
  line(
    `memory with ${WAITING}`,
    `${(full.heap / 1e6).toFixed(1)} MB; before with none ${(empty.heap / 1e6).toFixed(1)} MB`,
  );
  const wanted = MINUTES * 180 + 1;
  while (posts().filter(({ status }) => status === 200).length < wanted)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const written = posts().filter(({ status }) => status === 200);
  const took = ((written[wanted - 1]?.at ?? 0) - (written[0]?.at ?? 0)) / 1000;
  const refused = posts().filter(({ status }) => status === 429).length;
  const share = (100 * MINUTES * 60) / took;
  line(
    'delivery at the limit',
    `${wanted - 1} rows in ${took.toFixed(1)} s, ${share.toFixed(1)} % of what it allows, ${refused} refused`,
    verdict(share, { atLeast: 98 }),
  );
}
