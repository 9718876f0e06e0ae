/**
 * Runs the sandbox on Node: from the command line (`PORT`, `HOST`, `REDIRECT_URIS`), or from a test with `startSandbox`.
 */
import { fileURLToPath } from 'node:url';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createSandbox, type Sandbox, type SandboxOptions } from './app.ts';
import { createTransport, type TransportOptions } from './transport.ts';

export { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from './app.ts';

export interface ServeOptions extends TransportOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  host?: string;
}

export interface ServedSandbox {
  /** Such as `http://127.0.0.1:8788`. */
  origin: string;
  port: number;
  close(): Promise<void>;
}

export type StartOptions = SandboxOptions & ServeOptions;
export type RunningSandbox = ServedSandbox & { sandbox: Sandbox };

export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const sandbox = createSandbox(options);
  return { sandbox, ...(await serveSandbox(sandbox, options)) };
}

/** One sandbox may be served in several ways at once: in the clear for a server, and over TLS for a browser. */
export async function serveSandbox(
  { app }: Sandbox,
  { port = 0, host = '127.0.0.1', tls, protocols }: ServeOptions = {},
): Promise<ServedSandbox> {
  const listener = getRequestListener(
    async (request, env) => {
      const { incoming } = env as HttpBindings | Http2Bindings;
      let isCut = false;
      const answer = await app.fetch(request, {
        httpVersion: incoming.httpVersion,
        cut(how) {
          isCut = true;
          transport.cut(incoming, how);
        },
      });
      return isCut ? RESPONSE_ALREADY_SENT : answer;
    },
    { overrideGlobalObjects: false },
  );
  const transport = createTransport(
    { tls, protocols },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  const taken = await transport.listen(port, host);
  return {
    origin: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: transport.close,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { PORT = '8788', HOST = '127.0.0.1', REDIRECT_URIS = '' } = process.env;
  const redirectUris = REDIRECT_URIS.split(',').filter((uri) => uri !== '');
  const { origin } = await startSandbox({ port: Number(PORT), host: HOST, redirectUris });
  console.log(`The sandbox is at ${origin}`);
}
