/**
 * `npm run bench:endpoint`: a token exchange through the endpoint, as built for Node, against a floor: a bare `node:http`
 * server that makes the same call to Notion and checks nothing. There are two floors, one that calls Notion by Node's
 * `fetch` and one that calls it by `node:http`'s client as the endpoint does, and the second one again on Hono, which
 * shows what Hono costs. All are asked in turn, round after round, in one run; what counts are the ratios.
 *
 * Notion is played by a local server that answers at once, so nothing hides the endpoint's own time.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { build } from 'vite';
import { buildEndpoint } from '../../src/endpoint/build.ts';
import {
  differenceInWords,
  differenceOf,
  figureOf,
  inTurn,
  inWords,
  line,
  quantile,
  ratioInWords,
  ratioOf,
  verdict,
} from './measure.ts';

const CONNECTIONS = 32;
/** Short and many: what disturbs the machine then disturbs neighbours alike. */
const ROUNDS = Number(process.env.ROUNDS ?? 40);
const WARM_UPS = 4;
const ROUND_MS = 400;
const AIM_THROUGHPUT = { atLeast: 0.8 };
const AIM_BUNDLE = { atMost: 40 };

const FLOOR = 'floor, node:http';
const FETCH_FLOOR = 'floor, fetch';
const ON_HONO = 'the same, Hono';
const ENDPOINT = 'endpoint';

const REDIRECT_URI = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';
const GRANT = {
  grant_type: 'authorization_code',
  code: '03c5a4c9-1f5d-4b7e-9b38-31c6a0b7f6b1',
  redirect_uri: REDIRECT_URI,
};
const REPLY = {
  access_token: 'ntn_00000000000000000000000000000000000000000000000',
  token_type: 'bearer',
  refresh_token: 'nrt_00000000000000000000000000000000000000000000000',
  bot_id: 'b0000000-0000-4000-8000-000000000001',
  workspace_id: 'c0000000-0000-4000-8000-000000000001',
  workspace_name: 'A workspace',
  workspace_icon: 'https://images.example/icon.png',
  owner: {
    type: 'user',
    user: {
      object: 'user',
      id: 'd0000000-0000-4000-8000-000000000001',
      name: 'Ada',
      avatar_url: null,
      type: 'person',
      person: { email: 'ada@example.com' },
    },
  },
  duplicated_template_id: null,
  request_id: 'e0000000-0000-4000-8000-000000000001',
};

// --- The servers, each a process of its own -------------------------------------------------------------------------

interface Answer {
  readonly status: number;
  readonly text: string;
}

const HEADERS = {
  Authorization: `Basic ${btoa('client:secret')}`,
  'Content-Type': 'application/json',
  Accept: 'application/json',
  'Notion-Version': '2026-03-11',
};
const agent = new Agent({ keepAlive: true });

/** The call as the endpoint makes it on Node. */
const callByNode = (notion: string, body: string): Promise<Answer> =>
  new Promise((done, failed) => {
    const headers = { ...HEADERS, 'Content-Length': Buffer.byteLength(body) };
    const call = request(`${notion}/v1/oauth/token`, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
    });
    call.on('error', failed);
    call.end(body);
  });

const callByFetch = async (notion: string, body: string): Promise<Answer> => {
  const response = await fetch(`${notion}/v1/oauth/token`, {
    method: 'POST',
    headers: HEADERS,
    body,
    redirect: 'manual',
  });
  return { status: response.status, text: await response.text() };
};

const announce = ({ port }: AddressInfo) => console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));

const listen = (listener: RequestListener) => {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', () => announce(server.address() as AddressInfo));
};

const readBody: (request: Parameters<RequestListener>[0], then: (body: string) => void) => void = (
  request,
  then,
) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => then(body));
};

const floorBy = (call: typeof callByNode) => (notion: string) =>
  listen((incoming, response) => {
    readBody(incoming, async (body) => {
      const { status, text } = await call(notion, body);
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });

const ROLES: Readonly<Record<string, (notion: string) => void>> = {
  notion() {
    const text = JSON.stringify(REPLY);
    listen((incoming, response) => {
      readBody(incoming, () => {
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
        });
        response.end(text);
      });
    });
  },
  [FETCH_FLOOR]: floorBy(callByFetch),
  [FLOOR]: floorBy(callByNode),
  [ON_HONO](notion) {
    const app = new Hono();
    app.post('/oauth/token', async (c) => {
      const { text } = await callByNode(notion, await c.req.text());
      return c.body(text, 200, { 'Content-Type': 'application/json' });
    });
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, announce);
  },
};

// --- Starting and asking them ---------------------------------------------------------------------------------------

interface Running {
  readonly name: string;
  readonly url: URL;
  readonly child: ChildProcess;
}

function start(name: string, args: string[], environment: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((done, failed) => {
    child.once('exit', () => failed(new Error(`${name} did not start`)));
    let text = '';
    child.stdout.setEncoding('utf8');
    // Read to the end of the run: the endpoint's log lines are part of its work, and a full pipe would stop it.
    child.stdout.on('data', (chunk: string) => {
      if (text === '' || !text.includes('"url"')) {
        text += chunk;
        const url = /"url":"([^"]+)"/.exec(text)?.[1];
        if (url !== undefined) done({ name, url: new URL(url), child });
      }
    });
  });
}

const MESSAGE = (() => {
  const body = JSON.stringify(GRANT);
  return `POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
})();

/** Keeps one connection busy until `until`; bare sockets, because a client library would cost more than the servers. */
function ask(url: URL, until: number, latencies: number[]): Promise<void> {
  return new Promise((done, failed) => {
    const socket: Socket = connect(Number(url.port), url.hostname);
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', failed);
    let received = '';
    let sent = 0;
    const send = () => {
      sent = performance.now();
      socket.write(MESSAGE);
    };
    socket.once('connect', send);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const headerEnd = received.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1]);
      if (received.length < headerEnd + 4 + length) return;
      if (!received.startsWith('HTTP/1.1 200 ')) failed(new Error(received.slice(0, headerEnd)));
      received = '';
      const now = performance.now();
      latencies.push(now - sent);
      if (now < until) send();
      else socket.end(done);
    });
  });
}

/** One round of load. @returns how many requests a second were answered */
async function load(url: URL, latencies: number[]): Promise<number> {
  const already = latencies.length;
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, () => ask(url, began + ROUND_MS, latencies)));
  return (latencies.length - already) / ((performance.now() - began) / 1000);
}

/** Processor seconds a process has used, where the system tells. Field 14 and 15 of `man 5 proc_pid_stat`, in 1/100 s. */
function processorSeconds({ child }: Running): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

// --- Figures --------------------------------------------------------------------------------------------------------

async function reportSpeed(servers: readonly Running[]): Promise<void> {
  const latencies = new Map(servers.map(({ name }) => [name, [] as number[]]));
  const processor: Record<string, number[]> = Object.fromEntries(servers.map(({ name }) => [name, []]));
  const rates = await inTurn(
    { warmUps: WARM_UPS, rounds: ROUNDS },
    Object.fromEntries(
      servers.map((server) => [
        server.name,
        async (round: number) => {
          const mine: number[] = [];
          const before = processorSeconds(server);
          const rate = await load(server.url, mine);
          if (round >= 0) {
            latencies.get(server.name)?.push(...mine);
            processor[server.name]?.push(((processorSeconds(server) - before) * 1e6) / mine.length);
          }
          return rate;
        },
      ]),
    ),
  );

  console.log(
    `Token exchange, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${ROUND_MS} ms each by turns, Node ${process.version}, ` +
      `${cpus().length} cores; in brackets the middle half\n\n` +
      `                  ${'requests/s'.padEnd(24)}${'processor µs/request'.padEnd(24)}p50 ms  p99 ms`,
  );
  for (const { name } of servers) {
    const mine = latencies.get(name) ?? [];
    console.log(
      name.padEnd(18) +
        inWords(figureOf(rates[name] ?? []), '', 0).padEnd(24) +
        inWords(figureOf(processor[name] ?? []), '', 0).padEnd(24) +
        quantile(mine, 0.5).toFixed(2).padStart(6) +
        quantile(mine, 0.99).toFixed(2).padStart(8),
    );
  }
  console.log('');
  for (const floor of [FETCH_FLOOR, FLOOR]) {
    const ratio = ratioOf(rates[ENDPOINT] ?? [], rates[floor] ?? []);
    const spared = ratioOf(processor[floor] ?? [], processor[ENDPOINT] ?? []);
    line(
      `of the ${floor}`,
      `throughput ${ratioInWords(ratio)}, ${verdict(ratio.middle, AIM_THROUGHPUT)}`,
      `by processor time alone ${ratioInWords(spared)}`,
    );
  }
  const over = (name: string, other: string) =>
    differenceInWords(differenceOf(processor[name] ?? [], processor[other] ?? []), 'µs', 0);
  line('Hono, over the floor', over(ON_HONO, FLOOR));
  line('the endpoint, over Hono', `${over(ENDPOINT, ON_HONO)}, for reading, checks, limits, headers, log`);
}

/** Gzipped bytes of some imports, bundled as the Worker is. */
async function gzippedBundle(folder: string, name: string, entry: string): Promise<number> {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, entry);
  await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    ssr: { noExternal: true, target: 'webworker' },
    build: { ssr: file, outDir: join(folder, name), minify: true, target: 'es2023' },
  });
  return gzipSync(readFileSync(join(folder, name, `${name}.js`)), { level: 9 }).length;
}

const kib = (bytes: number) => (bytes / 1024).toFixed(1);

async function reportSize(folder: string): Promise<void> {
  const worker = gzipSync(readFileSync(join(folder, 'worker.js')), { level: 9 }).length;
  const repository = resolve(import.meta.dirname, '../..');
  const hono = await gzippedBundle(folder, 'hono', `export { Hono } from '${repository}/node_modules/hono';`);
  const zod = await gzippedBundle(
    folder,
    'zod',
    `export { readConfig } from '${repository}/src/endpoint/config.ts';
     export * from '${repository}/src/protocol/token-endpoint.ts';`,
  );
  line(
    'Worker bundle, gzipped',
    `${kib(worker)} KiB`,
    verdict(worker / 1024, AIM_BUNDLE),
    `of it about ${kib(hono)} Hono, ${kib(zod)} zod with the schemas`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rowmark-bench-'));
  const running: Running[] = [];
  try {
    await buildEndpoint(folder);
    const self = fileURLToPath(import.meta.url);
    const startRole = async (name: string, ...args: string[]) => {
      const one = await start(name, ['--import', 'tsx', self, name, ...args]);
      running.push(one);
      return one;
    };
    const notion = await startRole('notion');
    const servers: Running[] = [];
    for (const name of [FETCH_FLOOR, FLOOR, ON_HONO]) {
      servers.push(await startRole(name, notion.url.origin));
    }
    const endpoint = await start(ENDPOINT, [join(folder, 'node.js')], {
      PORT: '0',
      NOTION_CLIENT_ID: 'client',
      NOTION_CLIENT_SECRET: 'secret',
      ALLOWED_REDIRECT_URIS: REDIRECT_URI,
      NOTION_API_URL: notion.url.origin,
      // Counting, but never refusing: all load comes from one address.
      RATE_LIMIT_PER_MINUTE: '1000000',
    });
    running.push(endpoint);
    await reportSpeed([...servers, endpoint]);
    await reportSize(folder);
  } finally {
    for (const { child } of running) child.removeAllListeners('exit').kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , roleName, notionUrl = ''] = process.argv;
const role = roleName === undefined ? undefined : ROLES[roleName];
if (role === undefined) await main();
else role(notionUrl);
