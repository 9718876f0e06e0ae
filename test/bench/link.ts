/** A network between a browser and a server of this computer: it passes every byte, and every end, that much later. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Link {
  port: number;
  /** Milliseconds one way; may be changed at any time. */
  delay: number;
  cutAll(): void;
  close(): void;
}

/** @param to port of this computer that everything goes to */
export async function startLink(to: number): Promise<Link> {
  const open = new Set<Socket>();
  const oneWay = (from: Socket, into: Socket): void => {
    const later = (act: () => void) => (link.delay === 0 ? act() : void setTimeout(act, link.delay));
    open.add(from.setNoDelay());
    from.on('data', (chunk) => later(() => into.write(chunk)));
    from.on('end', () => later(() => into.end()));
    from.on('error', () => later(() => into.resetAndDestroy()));
    from.on('close', () => {
      open.delete(from);
      later(() => into.destroy());
    });
  };
  const server = createServer((browser) => {
    const sandbox = connect(to, '127.0.0.1');
    oneWay(browser, sandbox);
    oneWay(sandbox, browser);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = () => {
    for (const socket of open) socket.destroy();
  };
  const link: Link = {
    port: (server.address() as AddressInfo).port,
    delay: 0,
    cutAll,
    close() {
      cutAll();
      server.close();
    },
  };
  return link;
}

/**
 * A proxy before a link: whatever host is asked for, it is the link's. A connection made over it has a handshake as long as the
 * link is, which one to the link itself has not, as the system answers that.
 */
export async function startProxy(link: Link): Promise<{ port: number; close(): void }> {
  const server = createHttpServer();
  server.on('connect', (_, browser: Socket, head) => {
    browser.on('error', () => browser.destroy());
    setTimeout(() => {
      const to = connect(link.port, '127.0.0.1').setNoDelay();
      to.on('error', () => browser.destroy());
      browser.setNoDelay().write('HTTP/1.1 200 OK\r\n\r\n');
      browser.unshift(head);
      browser.pipe(to).pipe(browser);
    }, 2 * link.delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
