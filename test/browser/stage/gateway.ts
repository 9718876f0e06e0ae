/**
 * The only way out of a browser under test. Whatever name it asks for, it arrives here: by a mapped name (Chromium) or
 * through a proxy (Firefox), encrypted or not. What is known is passed on to a local server, the rest is turned away,
 * and all of it is written down. Connections end on both sides in the same way: a reset stays a reset.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { serverNameOf, TLS_HANDSHAKE } from './client-hello.ts';

export interface Gateway {
  port: number;
  /** Of the certificate it shows, as Chromium's `--ignore-certificate-errors-spki-list` takes it. */
  publicKeyHash: string;
  /** Every connection so far: the name asked for, whether it was encrypted, and where it was let through. */
  arrivals(): { host: string; encrypted: boolean; known: boolean }[];
  /** Cuts every connection and lets none through, until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Ports of this computer. */
export interface Routes {
  /** By the name asked for: servers with a certificate of their own, which see every byte as the browser sent it. */
  untouched?: Readonly<Record<string, number>>;
  /** By the name asked for, which may begin with `*.`: servers without encryption, which is taken off before. */
  encrypted: Readonly<Record<string, number>>;
  /** For everything that comes unencrypted. */
  plain: number;
}

export async function startGateway(
  { key, cert, publicKeyHash }: Certificate,
  routes: Routes,
): Promise<Gateway> {
  const arrivals: { host: string; encrypted: boolean; known: boolean }[] = [];
  const open = new Set<Socket>();
  let isCut = false;

  function pass(from: Socket, port: number): void {
    const to = connect(port, '127.0.0.1');
    // What comes in small parts goes on at once.
    from.setNoDelay();
    to.setNoDelay();
    from.pipe(to).pipe(from);
    from.on('error', () => reset(to));
    to.on('error', () => reset(from));
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
  }
  /** A socket with encryption of its own cannot be reset, only closed. */
  const reset = (socket: Socket): void =>
    void (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy());

  const portFor = (host: string): number | undefined =>
    routes.encrypted[host] ?? routes.encrypted[`*${host.slice(host.indexOf('.'))}`];

  const secure = createTlsServer({ key, cert, ALPNProtocols: ['http/1.1'] }, (socket) => {
    const host = socket.servername || '';
    const port = portFor(host);
    arrivals.push({ host, encrypted: true, known: port !== undefined });
    if (port === undefined) socket.destroy();
    else pass(socket, port);
  });
  secure.on('tlsClientError', (_, socket) => socket.destroy());

  /** Looks at what the client says first, and leaves it unread. */
  function receive(socket: Socket): void {
    socket.once('readable', () => {
      const head: Buffer | null = socket.read();
      if (head === null) return void socket.destroy();
      const text = head.toString('latin1');
      const tunnel = /^CONNECT ([^ ]+) HTTP\/1\.[01]\r\n[\s\S]*?\r\n\r\n/.exec(text);
      if (tunnel) {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const rest = head.subarray(tunnel[0].length);
        if (rest.length > 0) socket.unshift(rest);
        return receive(socket);
      }
      if (head[0] === TLS_HANDSHAKE) return receiveEncrypted(socket, head);
      socket.unshift(head);
      const host = /\r\nhost: *([^\r]*)/i.exec(text)?.[1] ?? '';
      arrivals.push({ host, encrypted: false, known: true });
      pass(socket, routes.plain);
    });
  }

  /** The first message may come in parts. */
  function receiveEncrypted(socket: Socket, head: Buffer): void {
    const host = serverNameOf(head);
    if (host === undefined) {
      socket.once('readable', () => {
        const more: Buffer | null = socket.read();
        if (more === null) socket.destroy();
        else receiveEncrypted(socket, Buffer.concat([head, more]));
      });
      return;
    }
    socket.unshift(head);
    const port = routes.untouched?.[host];
    if (port === undefined) return void secure.emit('connection', socket);
    arrivals.push({ host, encrypted: true, known: true });
    pass(socket, port);
  }

  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (isCut) return void socket.destroy();
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    receive(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const hangUp = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    publicKeyHash,
    arrivals: () => [...arrivals],
    cut() {
      isCut = true;
      hangUp();
    },
    mend() {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        hangUp();
      }),
  };
}
