/** The built extension in a Chromium of its own, for benchmarks that need no more than that. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Worker } from 'playwright-core';
import { type BuildVariables, buildExtension } from '../browser/build.ts';
import { removeFolder } from '../browser/drivers/process.ts';
import { findChromium } from '../browser/drivers/programs.ts';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Bench {
  context: BrowserContext;
  worker: Worker;
  /** `chrome-extension://…`, without a slash at the end. */
  origin: string;
}

/** Where hosts other than this computer are found. */
export interface Network {
  /** Of a proxy on this computer. */
  proxyPort: number;
  /** Of a certificate that is to be believed; see `makeCertificate`. */
  publicKeyHash: string;
}

/** @param prepare what is to be changed in the built extension's folder before it is loaded */
export async function withExtension(
  variables: BuildVariables,
  run: (bench: Bench, folder: string) => Promise<void>,
  prepare: (folder: string) => void = () => undefined,
  network?: Network,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'rowmark-bench-'));
  try {
    const extension = await buildExtension('chrome', root, variables);
    prepare(extension);
    const context = await chromium.launchPersistentContext(join(root, 'profile'), {
      executablePath: findChromium() ?? '',
      headless: true,
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        ...QUIET,
        `--load-extension=${extension}`,
        `--disable-extensions-except=${extension}`,
        ...(network
          ? [
              `--ignore-certificate-errors-spki-list=${network.publicKeyHash}`,
              `--proxy-server=http://127.0.0.1:${network.proxyPort}`,
            ]
          : []),
      ],
    });
    try {
      const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
      // tsx gives functions their names by this, also those that are sent to the extension.
      await context.addInitScript('globalThis.__name = (named) => named');
      await worker.evaluate('globalThis.__name = (named) => named');
      await run({ context, worker, origin: `chrome-extension://${new URL(worker.url()).host}` }, extension);
    } finally {
      // What breaks is to be read: a browser that still runs would keep its folder from being removed.
      await context.close();
    }
  } finally {
    removeFolder(root);
  }
}
