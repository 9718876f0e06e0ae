/**
 * Runs the sandbox on Node: from the command line (`PORT`, `HOST`, `REDIRECT_URIS`), or from a test with `startSandbox`.
 */
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { createSandbox, type Sandbox, type SandboxOptions } from './app.ts';

export { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from './app.ts';

export interface StartOptions extends SandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  host?: string;
  /** PEM texts. With them the sandbox speaks HTTPS, so that a browser can be made to find it at api.notion.com. */
  tls?: { key: string; cert: string };
}

export interface RunningSandbox {
  /** Such as `http://127.0.0.1:8788`. */
  origin: string;
  port: number;
  sandbox: Sandbox;
  close(): Promise<void>;
}

export async function startSandbox({
  port = 0,
  host = '127.0.0.1',
  tls,
  ...options
}: StartOptions = {}): Promise<RunningSandbox> {
  const sandbox = createSandbox(options);
  const listener = getRequestListener(
    (request, env) => {
      const { incoming, outgoing } = env as HttpBindings;
      // Browsers silently repeat a request, even a POST, when a connection they had used before dies unanswered. Notion
      // speaks HTTP/2, where they do not; a fresh connection for every call gives the same.
      if (new URL(request.url).pathname.startsWith('/v1/')) outgoing.shouldKeepAlive = false;
      return sandbox.app.fetch(request, { hangUp: () => incoming.socket.destroy() });
    },
    { overrideGlobalObjects: false },
  );
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse) => void listener(incoming, outgoing);
  const server = tls ? createTlsServer(tls, handle) : createPlainServer(handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    origin: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    sandbox,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { PORT = '8788', HOST = '127.0.0.1', REDIRECT_URIS = '' } = process.env;
  const redirectUris = REDIRECT_URIS.split(',').filter((uri) => uri !== '');
  const { origin } = await startSandbox({ port: Number(PORT), host: HOST, redirectUris });
  console.log(`The sandbox is at ${origin}`);
}
