/** Before all scenarios: the production bundle, once for each browser. It talks to the same addresses as when it ships. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { SANDBOX_CLIENT_ID } from '../../src/sandbox/node.ts';
import { buildExtension } from './build.ts';
import { removeFolder } from './drivers/process.ts';

/** A name that only the browsers under test can resolve; `.test` never exists (RFC 6761). */
export const TOKEN_ENDPOINT = 'https://token.rowmark.test';

/** What the extension under test is built with. */
export const BUILD_VARIABLES = { NOTION_CLIENT_ID: SANDBOX_CLIENT_ID, TOKEN_ENDPOINT_URL: TOKEN_ENDPOINT };

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folders of the built extension. */
    builds: { chrome: string; firefox: string };
    /** Where screenshots go. */
    screenshots: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const out = mkdtempSync(join(tmpdir(), 'rowmark-build-'));
  const screenshots = mkdtempSync(join(tmpdir(), 'rowmark-screenshots-'));
  provide('builds', {
    chrome: await buildExtension('chrome', out, BUILD_VARIABLES),
    firefox: await buildExtension('firefox', out, BUILD_VARIABLES),
  });
  provide('screenshots', screenshots);
  return () => {
    removeFolder(out);
    console.log(`Screenshots of the browser scenarios: ${screenshots}`);
  };
}
