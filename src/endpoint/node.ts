/** The endpoint as a Node process: `node node.js` serves, `node node.js --check` only checks the configuration. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Refusal, refuse } from './answer.ts';
import type { LogLine } from './app.ts';
import { assemble, systemClock } from './assemble.ts';
import { checkCredentials } from './check.ts';
import { addressBehindProxies, clientKey } from './client-address.ts';
import { type EndpointConfig, readConfig } from './config.ts';
import { bodyOfIncoming } from './node-body.ts';
import { sendByNode } from './node-send.ts';

/** Bytes of request line and headers together; an extension's request has well under 1 kB. */
const MAX_HEADER_BYTES = 8192;
/** Balancers keep idle connections for about a minute; one that they believe open must not be closed by us. */
const KEEP_ALIVE_BEHIND_PROXY = 75_000;
const KEEP_ALIVE = 5_000;
/** How often Node looks for clients that are too slow. */
const SLOWNESS_CHECK = 500;
/** How often a stopping server looks for connections that have become idle. */
const STOP_TIDYING = 20;
/** Beyond the longest wait for Notion, what a stop leaves for the last answers to be sent. */
const STOP_MARGIN = 2_000;

/** For so many milliseconds lines are gathered: a system call for each would cost more than all else that makes it. */
const GATHERING = 20;
let unwritten = '';
const writeOut = (): void => {
  const lines = unwritten;
  unwritten = '';
  if (lines !== '') process.stdout.write(lines);
};
// Whatever ends the process by its own will, nothing that was said is lost.
process.on('exit', writeOut);
const write = (line: object): void => {
  if (unwritten === '') setTimeout(writeOut, GATHERING);
  unwritten += `${JSON.stringify(line)}\n`;
};
const event = (name: string, more: object = {}): void =>
  write({ time: new Date().toISOString(), event: name, ...more });

const readFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Closes connections beyond what one address may hold open. Behind a proxy all would be the proxy's. */
function limitConnections(server: Server, config: EndpointConfig): void {
  server.maxConnections = config.maxConnections;
  if (config.trustedProxies > 0) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const key = clientKey(socket.remoteAddress);
    const count = (open.get(key) ?? 0) + 1;
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
    if (count > config.maxConnectionsPerAddress) socket.destroy();
  });
}

const UNREADABLE: Refusal = {
  status: 400,
  error: 'invalid_request',
  description: 'The request has no valid address or Host header.',
};
const STOPPING: Refusal = {
  status: 503,
  error: 'temporarily_unavailable',
  description: 'This copy of the endpoint is stopping.',
  retryAfter: 1,
};

/** Refuses what must not or cannot reach the app. */
function refuseHere(refusal: Refusal): Response {
  const request = crypto.randomUUID();
  const time = new Date().toISOString();
  const { status, error } = refusal;
  write({ time, request, route: 'other', status, milliseconds: 0, error } satisfies LogLine);
  return refuse(request, refusal);
}

function serve(config: EndpointConfig): void {
  const app = assemble(config, sendByNode, write);
  let stopping = false;

  const listener = getRequestListener(
    (request, bindings) => {
      if (stopping) return refuseHere(STOPPING);
      const { incoming } = bindings as HttpBindings;
      const forwarded = incoming.headers['x-forwarded-for'];
      const address = addressBehindProxies(
        incoming.socket.remoteAddress,
        typeof forwarded === 'string' ? forwarded : forwarded?.join(),
        config.trustedProxies,
      );
      return app.fetch(request, { address, body: bodyOfIncoming(incoming) });
    },
    { errorHandler: () => refuseHere(UNREADABLE) },
  );
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: config.requestTimeout,
      requestTimeout: config.requestTimeout,
      connectionsCheckingInterval: SLOWNESS_CHECK,
      keepAliveTimeout: config.trustedProxies > 0 ? KEEP_ALIVE_BEHIND_PROXY : KEEP_ALIVE,
    },
    listener,
  );
  limitConnections(server, config);

  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(`Cannot listen on ${config.host}:${config.port}: ${error.code ?? error.message}`);
    process.exit(1);
  });
  server.listen(config.port, config.host, () => {
    const { address, port, family } = server.address() as AddressInfo;
    event('listening', { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` });
  });

  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    event('stopping');
    // Ends the connections that are idle now; those that are answering one last request end soon after it.
    const tidying = setInterval(() => server.closeIdleConnections(), STOP_TIDYING);
    server.close(() => {
      clearInterval(tidying);
      event('stopped');
    });
    setTimeout(() => server.closeAllConnections(), config.notionTimeout + STOP_MARGIN).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** A log that nobody reads any more is no reason to stop serving. */
process.stdout.on('error', () => undefined);

const [option, ...rest] = process.argv.slice(2);
if ((option !== undefined && option !== '--check') || rest.length > 0) {
  console.error('The only option is --check.');
  process.exit(1);
}
const reading = readConfig(process.env, readFile);
if (!reading.ok) {
  console.error(`The endpoint does not start: ${reading.problems.length} to put right.`);
  for (const problem of reading.problems) console.error(`- ${problem}`);
  process.exit(1);
}
if (option === '--check') {
  console.log('The configuration is complete.');
  const { ok, finding } = await checkCredentials(reading.config, sendByNode, systemClock);
  console.log(finding);
  process.exitCode = ok ? 0 : 1;
} else {
  serve(reading.config);
}
