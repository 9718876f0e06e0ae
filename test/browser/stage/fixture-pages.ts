/** `test/fixtures/pages` over HTTP on this computer alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const folder = new URL('../../fixtures/pages/', import.meta.url);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.xhtml': 'application/xhtml+xml',
  '.svg': 'image/svg+xml',
  '.xml': 'text/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
};

/** What is to be read of a page; its address without the origin. */
export type ExpectedFields = { title: string; url: string; description: string };

const read = (name: string): Buffer => readFileSync(new URL(name, folder));

/** Every page with a `NAME.expected.json` beside it. */
export const pagesToRead: readonly { name: string; expected: ExpectedFields }[] = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => ({
    name: name.slice(0, -'.expected.json'.length),
    expected: JSON.parse(read(name).toString()) as ExpectedFields,
  }));

/** Headers that a page needs to be what it is are in `NAME.headers.json`. */
function headersOf(name: string): Record<string, string> {
  try {
    return JSON.parse(read(`${name}.headers.json`).toString());
  } catch {
    return {};
  }
}

/** @returns its origin, and how to end it */
export async function serveFixturePages(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(({ url = '/' }, answer) => {
    const name = new URL(url, 'http://127.0.0.1').pathname.slice(1);
    try {
      const body = read(name);
      answer.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain', ...headersOf(name) });
      answer.end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
