/** The web as the browser under test sees it: a few pages, and a record of what was asked of them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sites {
  port: number;
  /** Every request so far, as `GET http://host/path`. */
  requests(): string[];
  close(): Promise<void>;
}

/** What is at a path: a page of HTML, or what is sent with headers of its own. */
export type SitePage = string | { body: string; headers: Record<string, string> };

/** By path, the same on every host; any other path is not found. */
export type SitePages = Readonly<Record<string, SitePage>>;

export async function startSites(pages: SitePages): Promise<Sites> {
  const requests: string[] = [];
  const server = createServer(({ method, url = '/', headers }, answer) => {
    // A request that came through a proxy names the whole address.
    const { pathname, host } = new URL(url, `http://${headers.host ?? 'unknown.test'}`);
    requests.push(`${method} http://${host}${pathname}`);
    const page = pages[pathname];
    const { body, headers: more } = typeof page === 'object' ? page : { body: page, headers: {} };
    const type = { 'content-type': 'text/html; charset=utf-8' };
    answer.writeHead(body === undefined ? 404 : 200, { ...type, ...more });
    answer.end(body ?? '<!doctype html><title>Not found</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => [...requests],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
