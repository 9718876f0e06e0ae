/** Builds the extension as it ships, from Node: for the scenarios and for the demonstration. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITE = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');

export interface BuildVariables {
  NOTION_CLIENT_ID: string;
  TOKEN_ENDPOINT_URL: string;
  NOTION_API_URL?: string;
}

/**
 * @param out the folder in which `chrome` or `firefox` is made
 * @returns the folder of the built extension
 * @throws Error with what the build tool said
 */
export async function buildExtension(
  target: 'chrome' | 'firefox',
  out: string,
  variables: BuildVariables,
): Promise<string> {
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, [VITE, 'build', '--mode', target], {
    cwd: ROOT,
    env: { ...env, NOTION_API_URL: '', ...variables, ROWMARK_OUT_DIR: out },
  });
  await run.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`The build for ${target} failed:\n${error.stdout}\n${error.stderr}`);
  });
  return join(out, target);
}
