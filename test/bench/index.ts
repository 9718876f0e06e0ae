/**
 * `npm run bench:index`: the index of saved rows in the storage of a real Chromium, at several sizes: finding a row by its
 * address, suggestions as one types, time to load and to build, memory and size on disk. Beside each what it is to be
 * measured by, in the same run: a bare read of the storage, a plain filter of the same text, uFuzzy, and the query to Notion
 * that a user would wait for otherwise, here to a stand-in with no way to go.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { SANDBOX_CLIENT_ID, startSandbox } from '../../src/sandbox/node.ts';
import { withExtension } from './chromium.ts';

const SIZES = (process.env.SIZES ?? '1000,10000,100000').split(',').map(Number);

const sandbox = await startSandbox({ settings: { rateLimit: 0 } });
const { control } = sandbox.sandbox;
const { accessToken } = control.mint();
const query = {
  url: `${sandbox.origin}/v1/data_sources/${control.dataSource('Reading list').id}/query`,
  headers: {
    authorization: `Bearer ${accessToken}`,
    'notion-version': '2026-03-11',
    'content-type': 'application/json',
  },
  body: JSON.stringify({ filter: { property: 'URL', url: { equals: 'https://example.net/type' } } }),
};

/** The part that runs in the browser, as one script. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { __BUILD_CONFIG__: '{}' },
    build: {
      write: false,
      lib: {
        entry: new URL('./index-page.ts', import.meta.url).pathname,
        formats: ['es'],
        fileName: 'bench',
      },
    },
  });
  const [output] = [built].flat() as { output: { code: string }[] }[];
  return output?.output[0]?.code ?? '';
}

const script = await bundle();

try {
  await withExtension(
    {
      NOTION_CLIENT_ID: SANDBOX_CLIENT_ID,
      TOKEN_ENDPOINT_URL: 'https://token.invalid',
      NOTION_API_URL: sandbox.origin,
    },
    async ({ context, origin }) => {
      for (const size of SIZES) {
        const page = await context.newPage();
        await page.goto(`${origin}/bench.html`);
        await measure(page, size);
        await page.close();
      }
    },
    (folder) => {
      writeFileSync(join(folder, 'bench.js'), script);
      writeFileSync(
        join(folder, 'bench.html'),
        '<!doctype html><title>Bench</title><script type="module" src="bench.js"></script>',
      );
    },
  );
} finally {
  await sandbox.close();
}

type Timed = [middle: number, slow: number, worst: number];

async function measure(page: Page, size: number): Promise<void> {
  const ask = <T>(name: string, ...args: unknown[]): Promise<T> =>
    page.evaluate(`bench.${name}(${[size, ...args].map((one) => JSON.stringify(one)).join(', ')})`);
  const ms = (value: number, places = 2) => `${value.toFixed(places)} ms`;
  const ratio = (a: number, b: number) => (a / b).toFixed(a / b < 0.1 ? 3 : 2);
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

  console.log(`\n${size.toLocaleString('en')} rows`);
  const built = await ask<{ taken: number; before: number }>('build');
  console.log(
    `  build:           ${ms(built.taken / (size / 100))} for each 100 rows, beside the query for them`,
  );

  const look = await ask<Record<'cold' | 'find' | 'bare' | 'asked' | 'missed', number>>('lookUp', query);
  if (look.missed > 0)
    throw new Error(`${look.missed} addresses were not found, or found where they are not`);
  console.log(
    `  look-up:         ${ms(look.find)}; bare read ${ms(look.bare)}, ratio ${ratio(look.find, look.bare)}; a query to the stand-in ${ms(look.asked)}, ratio ${ratio(look.find, look.asked)}; the first after a start ${ms(look.cold)}`,
  );

  const load = await ask<Record<'first' | 'noticed' | 'packs' | 'rows', number>>('load');
  console.log(
    `  first key after the background started: ${ms(load.first, 0)} from nothing loaded, ${ms(load.noticed, 1)} when it was begun 200 ms before, as the keyword was entered; bare read of what is searched ${ms(load.packs, 0)}, ratio ${ratio(load.first, load.packs)}; of the rows ${ms(load.rows, 0)}, ratio ${ratio(load.first, load.rows)}`,
  );

  const typed = await ask<
    Record<'ours' | 'plain' | 'peer', Timed> & { costliest: { typed: string; taken: number } }
  >('type');
  const versus = (other: Timed) =>
    `${ms(other[0])}, ratio ${ratio(typed.ours[0], other[0])} (one in twenty ${ms(other[1])}, ratio ${ratio(typed.ours[1], other[1])}; worst ${ms(other[2])}, ratio ${ratio(typed.ours[2], other[2])})`;
  console.log(
    `  a keystroke:     ${ms(typed.ours[0])}, one in twenty over ${ms(typed.ours[1])}, worst ${ms(typed.ours[2])}; the costliest, “${typed.costliest.typed}”, ${ms(typed.costliest.taken)} in the middle of 5   (aim: below 16.7 ms)`,
  );
  console.log(`    plain filter:  ${versus(typed.plain)}`);
  console.log(`    uFuzzy:        ${versus(typed.peer)}`);

  const empty = await heapOf(page);
  const lines = await ask<number>('hold');
  const full = await heapOf(page);
  console.log(
    `  memory:          ${mb(full - empty)}; the text that is searched ${mb(lines)}, ratio ${ratio(full - empty, lines)}`,
  );
  await ask('release');

  const disk = await ask<{ usage: number; json: number }>('disk', built.before);
  console.log(
    `  on disk:         ${mb(disk.usage)}, ${(disk.usage / size).toFixed(0)} bytes a row; the rows as JSON ${mb(disk.json)}, ratio ${ratio(disk.usage, disk.json)}`,
  );
  console.log(`  erasing:         ${ms(await ask<number>('erase'), 0)}`);
}

/** Bytes in use in the page, those of typed arrays included, after what nobody needs is gone. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + backingStorageSize;
}
