/**
 * The sandbox's sockets: connections that are kept for the next request, as those of every real server, over HTTP/1.1 or
 * HTTP/2; and the ways in which one dies under a request.
 */
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  constants,
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Cut } from './cuts.ts';

/** As ALPN names them: https://www.iana.org/assignments/tls-extensiontype-values/#alpn-protocol-ids */
export type Protocol = 'h2' | 'http/1.1';

export interface TransportOptions {
  /** PEM texts. Without them the server speaks HTTP/1.1 in the clear. */
  tls?: { key: string; cert: string } | undefined;
  /** What it speaks over TLS; the client takes the first that it knows. Default: both, as Notion. */
  protocols?: readonly Protocol[] | undefined;
}

export type Incoming = IncomingMessage | Http2ServerRequest;
export type Outgoing = ServerResponse | Http2ServerResponse;

export interface Transport {
  listen(port: number, host: string): Promise<number>;
  /** Ends the request without an answer. What another request has on the same connection may end with it. */
  cut(incoming: Incoming, how: Cut): void;
  /** Lets go of the port and of every connection. */
  close(): Promise<void>;
}

export function createTransport(
  { tls, protocols = ['h2', 'http/1.1'] }: TransportOptions,
  handle: (incoming: Incoming, outgoing: Outgoing) => void,
): Transport {
  const sockets = new Map<string, Socket>();
  const server = createServer(tls, protocols, handle);
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    sockets.set(name, socket);
    socket.once('close', () => sockets.delete(name));
  });

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    cut(incoming, how) {
      const socket = sockets.get(nameOf(incoming.socket as Socket));
      const stream = 'stream' in incoming ? (incoming.stream as ServerHttp2Stream) : undefined;
      if (how === 'rst') return void socket?.resetAndDestroy();
      if (how === 'fin' || !stream) return void socket?.destroy();
      if (how === 'refused_stream') return stream.close(constants.NGHTTP2_REFUSED_STREAM);
      if (how === 'internal_error') return stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      // Client streams have odd numbers. For the first there is none before it that could be named.
      const last = how === 'goaway' ? (stream.id ?? 1) : Math.max(1, (stream.id ?? 1) - 2);
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR, last);
      // What was written last has to leave first.
      setTimeout(() => socket?.destroy(), GOAWAY_LEAD);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

/** Milliseconds from a GOAWAY to the end of its connection. */
const GOAWAY_LEAD = 10;

/** A TLS socket hides the one it runs over; both have the same peer. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

function createServer(
  tls: TransportOptions['tls'],
  protocols: readonly Protocol[],
  handle: (incoming: Incoming, outgoing: Outgoing) => void,
): Server {
  if (!tls) return createPlainServer(handle);
  if (!protocols.includes('h2')) return createTlsServer(tls, handle);
  return createSecureServer({ ...tls, allowHTTP1: protocols.includes('http/1.1') }, handle);
}
