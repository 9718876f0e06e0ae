/**
 * The container file, without a container: its stages are carried out in folders that hold what the stages copy and
 * nothing else. `npm ci` is replaced by the dependencies that are installed already.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeNotion, startFakeNotion } from './fake-notion.ts';
import { exitOf, until, variablesFor } from './hosts.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

type Step = readonly [instruction: string, rest: string];

const stages: Step[][] = [];
for (const line of readFileSync(join(REPOSITORY, 'src/endpoint/Containerfile'), 'utf8').split('\n')) {
  const [instruction = '', ...rest] = line.split(' ');
  if (instruction === 'FROM') stages.push([]);
  else if (instruction !== '' && instruction !== '#') stages.at(-1)?.push([instruction, rest.join(' ')]);
}
const [build = [], final = []] = stages;

const all = (stage: readonly Step[], instruction: string) =>
  stage.filter(([name]) => name === instruction).map(([, rest]) => rest);
const only = (stage: readonly Step[], instruction: string): string => {
  const found = all(stage, instruction);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};

let notion: FakeNotion;
let folder: string;

beforeAll(async () => {
  notion = await startFakeNotion();
  folder = mkdtempSync(join(tmpdir(), 'rowmark-container-'));
});
afterAll(async () => {
  await notion.close();
  rmSync(folder, { recursive: true, force: true });
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
};

test('its stages build and run the endpoint from what they copy, as nobody, and are healthy', async () => {
  const source = join(folder, 'source');
  const built = join(folder, 'built');
  mkdirSync(source);
  for (const copy of all(build, 'COPY')) {
    const paths = copy.split(' ');
    const to = paths.pop() ?? '';
    for (const from of paths) {
      const target = to.endsWith('/') ? join(source, to, from) : join(source, to);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(REPOSITORY, from), target, { recursive: true });
    }
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(source, 'node_modules'));
  expect(all(build, 'RUN')[0]).toBe('npm ci --ignore-scripts');
  for (const command of all(build, 'RUN').slice(1)) {
    const { status, stderr } = spawnSync('sh', ['-c', command.replaceAll('/built', built)], {
      cwd: source,
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  }

  const app = join(folder, 'app');
  mkdirSync(app);
  const [stage, from = '', to = ''] = only(final, 'COPY').split(' ');
  expect(stage).toBe('--from=build');
  cpSync(from.replace('/built', built), join(app, to));
  expect(only(final, 'USER')).toBe('node');

  const environment = {
    PATH: process.env.PATH ?? '',
    ...Object.fromEntries(
      only(final, 'ENV')
        .split(' ')
        .map((pair) => pair.split('=')),
    ),
    ...variablesFor(notion.url),
    PORT: String(await freePort()),
  };
  const [program = '', ...args] = JSON.parse(only(final, 'CMD')) as string[];
  const child = spawn(program, args, { cwd: app, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
    await until(() => child.exitCode !== null || printed.includes('"event":"listening"'));
    expect(printed).toContain(`http://0.0.0.0:${environment.PORT}`);

    const health = JSON.parse(only(final, 'HEALTHCHECK').replace(/^.* CMD /, '')) as string[];
    const isHealthy = () => spawnSync(health[0] ?? '', health.slice(1), { env: environment }).status === 0;
    expect(isHealthy()).toBe(true);

    child.kill('SIGTERM');
    expect(await exitOf(child)).toBe(0);
    expect(isHealthy()).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
}, 60_000);
