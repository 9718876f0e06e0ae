/** Builds the extension as it ships, from Node: for the scenarios and for the demonstration. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface BuildVariables {
  NOTION_CLIENT_ID: string;
  TOKEN_ENDPOINT_URL: string;
  NOTION_API_URL?: string;
}

/**
 * @param out the folder in which `chrome` or `firefox` is made
 * @param root the project's own folder, or that of a copy of it
 * @returns the folder of the built extension
 * @throws Error with what the build tool said
 */
export async function buildExtension(
  target: 'chrome' | 'firefox',
  out: string,
  variables: BuildVariables,
  root = ROOT,
): Promise<string> {
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const run = promisify(execFile)(process.execPath, [vite, 'build', '--mode', target], {
    cwd: root,
    env: { ...env, NOTION_API_URL: '', ...variables, ROWMARK_OUT_DIR: out },
  });
  await run.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`The build for ${target} failed:\n${error.stdout}\n${error.stderr}`);
  });
  return join(out, target);
}
