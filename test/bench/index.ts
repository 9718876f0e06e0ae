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
import { figureOf, inWords, line, median, quantile, ratioOf, verdict } from './measure.ts';

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

/** What was measured in the page: a sample for each round. */
type Measured<Name extends string> = Record<Name, number[]>;

async function measure(page: Page, size: number): Promise<void> {
  const ask = <T>(name: string, ...args: unknown[]): Promise<T> =>
    page.evaluate(`bench.${name}(${[size, ...args].map((one) => JSON.stringify(one)).join(', ')})`);
  const ms = (samples: readonly number[], places = 2) => inWords(figureOf(samples), 'ms', places);
  const versus = (own: readonly number[], other: readonly number[]) =>
    `${ms(other)}, ratio ${inWords(ratioOf(own, other), '', 3)}`;
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

  console.log(`\n${size.toLocaleString('en')} rows; what is compared, by turns; in brackets the middle half`);
  const built = await ask<{ taken: number; before: number }>('build');
  line(
    '  build',
    `${(built.taken / (size / 100)).toFixed(2)} ms for each 100 rows, beside the query for them`,
  );

  const look = await ask<Measured<'find' | 'bare' | 'asked'> & { cold: number; missed: number }>(
    'lookUp',
    query,
  );
  if (look.missed > 0)
    throw new Error(`${look.missed} addresses were not found, or found where they are not`);
  line('  look-up', ms(look.find), `the first after a start ${look.cold.toFixed(2)} ms`);
  line('    a bare read', versus(look.find, look.bare));
  line('    a query to the stand-in', versus(look.find, look.asked));

  const load = await ask<Measured<'first' | 'noticed' | 'packs' | 'rows'>>('load');
  line(
    '  first key after a start',
    `${ms(load.first, 0)} from nothing loaded`,
    `${ms(load.noticed, 1)} when it was begun 200 ms before, as the keyword was entered`,
  );
  line('    a read of what is searched', versus(load.first, load.packs));
  line('    a read of the rows', versus(load.first, load.rows));

  const typed = await ask<Measured<'ours' | 'plain' | 'peer'> & { each: Record<string, number[]> }>('type');
  // What a key costs by itself, whatever else the machine was doing at one of the times.
  const [key = '', times = []] =
    Object.entries(typed.each).sort(([, a], [, b]) => median(b) - median(a))[0] ?? [];
  line(
    '  a key',
    ms(typed.ours),
    `one in twenty over ${quantile(Object.values(typed.each).flat(), 0.95).toFixed(2)} ms`,
    `the costliest, “${key}”, ${ms(times)}`,
    verdict(median(times), { atMost: 16.7 }),
  );
  line('    a plain filter', versus(typed.ours, typed.plain));
  line('    uFuzzy', versus(typed.ours, typed.peer));

  const empty = await heapOf(page);
  const lines = await ask<number>('hold');
  const full = await heapOf(page);
  const ratio = (a: number, b: number) => (a / b).toFixed(2);
  line(
    '  memory, once',
    `${mb(full - empty)}; the text that is searched ${mb(lines)}, ratio ${ratio(full - empty, lines)}`,
  );
  await ask('release');

  const disk = await ask<{ usage: number; json: number }>('disk', built.before);
  line(
    '  on disk, once',
    `${mb(disk.usage)}, ${(disk.usage / size).toFixed(0)} bytes a row`,
    `the rows as JSON ${mb(disk.json)}, ratio ${ratio(disk.usage, disk.json)}`,
  );
  line('  erasing, once', `${(await ask<number>('erase')).toFixed(0)} ms`);
}

/** Bytes in use in the page, those of typed arrays included, after what nobody needs is gone. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + backingStorageSize;
}
