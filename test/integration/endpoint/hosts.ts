/** Starts the built endpoint on its real hosts: a Node process, and Cloudflare's runtime `workerd`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildEndpoint } from '../../../src/endpoint/build.ts';

export const CLIENT_ID = '1a2b3c4d-0000-4000-8000-000000000000';
export const CLIENT_SECRET = 'secret_canary_of_the_endpoint';
export const REDIRECT_URI = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';
export const FIREFOX_REDIRECT_URI =
  'https://0123456789abcdef0123456789abcdef01234567.extensions.allizom.org/';

export type Variables = Readonly<Record<string, string>>;

export const variablesFor = (notionUrl: string): Variables => ({
  NOTION_CLIENT_ID: CLIENT_ID,
  NOTION_CLIENT_SECRET: CLIENT_SECRET,
  ALLOWED_REDIRECT_URIS: `${REDIRECT_URI},${FIREFOX_REDIRECT_URI}`,
  NOTION_API_URL: notionUrl,
  RATE_LIMIT_PER_MINUTE: '0',
});

export interface Host {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything the process has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

/** Waits until `probe` gives something, looking every few milliseconds. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    await pause(5);
  }
}

/** Builds the endpoint into a new folder, which the caller removes. */
export async function builtEndpoint(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'rowmark-endpoint-'));
  await buildEndpoint(folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

export const exitOf = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));

/** Runs a Node program to its end, or leaves it running for the caller to stop. */
export function runNode(program: string, variables: Variables, ...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH ?? '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, printed: collect(child), exit: exitOf(child) };
}

const stopper = (child: ChildProcess) => async () => {
  child.kill('SIGKILL');
  await exitOf(child);
};

export async function startNode(folder: string, variables: Variables): Promise<Host> {
  const { child, printed } = runNode(join(folder, 'node.js'), { PORT: '0', ...variables });
  const url = await until(() => {
    if (child.exitCode !== null) throw new Error(`The endpoint ended: ${printed()}`);
    return /"url":"([^"]+)"/.exec(printed())?.[1];
  });
  return { url, process: child, printed, stop: stopper(child) };
}

/** The rate limit of the platform, in so far as the endpoint sees it: this client has used it up. */
export const LIMITED_ADDRESS = '203.0.113.99';

const LIMITER = `
  import { WorkerEntrypoint } from 'cloudflare:workers';
  export class Limiter extends WorkerEntrypoint {
    limit({ key }) { return { success: key !== '${LIMITED_ADDRESS}' }; }
  }
  export default { fetch: () => new Response(null, { status: 404 }) };
`;

const workerdConfig = (variables: Variables): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "endpoint", worker = (
      modules = [(name = "worker", esModule = embed "worker.js")],
      compatibilityDate = "2026-11-01",
      globalOutbound = "network",
      bindings = [
        ${Object.entries(variables)
          .map(([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)}),`)
          .join('\n')}
        (name = "RATE_LIMITER", service = (name = "limiter", entrypoint = "Limiter")),
      ],
    )),
    (name = "limiter", worker = (
      modules = [(name = "limiter", esModule = ${JSON.stringify(LIMITER)})],
      compatibilityDate = "2026-11-01",
    )),
    (name = "network", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "endpoint")],
);`;

export async function startWorkerd(folder: string, variables: Variables): Promise<Host> {
  writeFileSync(join(folder, 'workerd.capnp'), workerdConfig(variables));
  const { default: binary } = createRequire(import.meta.url)('workerd') as { default: string };
  // The runtime tells on a file descriptor of our choice which port it was given.
  const child = spawn(binary, ['serve', '--control-fd=3', join(folder, 'workerd.capnp')], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const printed = collect(child);
  let control = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    control += chunk.toString();
  });
  const port = await until(() => {
    if (child.exitCode !== null) throw new Error(`workerd ended: ${printed()}`);
    return /"port":(\d+)/.exec(control)?.[1];
  });
  return { url: `http://127.0.0.1:${port}`, process: child, printed, stop: stopper(child) };
}
