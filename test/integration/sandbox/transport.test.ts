/** Connections that are kept, over both protocols, and every way in which one dies under a request. */
import { type EventEmitter, once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { Agent, type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cut } from '../../../src/sandbox/cuts.ts';
import { type RunningSandbox, type StartOptions, startSandbox } from '../../../src/sandbox/node.ts';

const { private: key, cert } = await generate([{ name: 'commonName', value: 'api.notion.com' }]);
const trust = { ca: cert, checkServerIdentity: () => undefined };

let running: RunningSandbox;
let accessToken: string;
async function start(options: StartOptions = {}): Promise<void> {
  running = await startSandbox({ tls: { key, cert }, ...options });
  accessToken = running.sandbox.control.mint().accessToken;
}
afterEach(() => running.close());

/** `once` would reject at an error, which is what comes first here. */
const closing = (what: EventEmitter) => new Promise<void>((resolve) => what.once('close', () => resolve()));

const rows = () => running.sandbox.control.dataSource('People').rows;
const headers = () => ({
  authorization: `Bearer ${accessToken}`,
  'notion-version': '2026-03-11',
  'content-type': 'application/json',
});
const row = () =>
  JSON.stringify({
    parent: { data_source_id: running.sandbox.control.dataSource('People').id },
    properties: { Name: { title: [{ text: { content: 'Ada' } }] } },
  });

describe('over HTTP/2', () => {
  let session: ClientHttp2Session;
  beforeEach(async () => {
    await start();
    session = connect(running.origin, trust);
    session.on('error', () => undefined);
    await once(session, 'connect');
    expect(await statusOf(create())).toBe(200);
  });
  afterEach(() => session.destroy());

  const create = (): ClientHttp2Stream => {
    const stream = session.request({ ':method': 'POST', ':path': '/v1/pages', ...headers() });
    stream.end(row());
    return stream;
  };
  async function statusOf(stream: ClientHttp2Stream): Promise<number> {
    const [answer] = await once(stream, 'response');
    await text(stream);
    return answer[':status'];
  }

  test('answers many requests on one connection, and writes down how they came', async () => {
    expect(await Promise.all([create(), create()].map(statusOf))).toEqual([200, 200]);
    expect(rows()).toHaveLength(3);
    expect(running.sandbox.control.requests().map(({ httpVersion }) => httpVersion)).toEqual(
      Array(3).fill('2.0'),
    );
  });

  /** What the client is told of the stream, whether its connection is still good, and what a GOAWAY named as taken. */
  const seen: Record<Cut, { code: number; isOpen: boolean; taken?: 'this' | 'not this' }> = {
    fin: { code: constants.NGHTTP2_CANCEL, isOpen: false },
    // Node's own word for a reset connection.
    rst: { code: constants.NGHTTP2_INTERNAL_ERROR, isOpen: false },
    goaway: { code: constants.NGHTTP2_CANCEL, isOpen: false, taken: 'this' },
    goaway_not_taken: { code: constants.NGHTTP2_REFUSED_STREAM, isOpen: false, taken: 'not this' },
    refused_stream: { code: constants.NGHTTP2_REFUSED_STREAM, isOpen: true },
    internal_error: { code: constants.NGHTTP2_INTERNAL_ERROR, isOpen: true },
  };
  for (const [cut, expected] of Object.entries(seen) as [Cut, (typeof seen)[Cut]][]) {
    for (const [kind, written] of [
      ['drop_before', 0],
      ['drop_after', 1],
    ] as const) {
      test(`${kind} by ${cut} leaves ${written} rows and no answer`, async () => {
        const before = rows().length;
        running.sandbox.control.addFault({ kind, cut, method: 'POST', path: '/v1/pages', times: 1 });
        let lastTaken: number | undefined;
        session.on('goaway', (_, last) => {
          lastTaken = last;
        });
        const stream = create();
        stream.on('error', () => undefined);
        let answered = false;
        stream.on('response', () => {
          answered = true;
        });
        await closing(stream);
        const id = stream.id ?? 0;
        if (!expected.isOpen && !session.destroyed) await closing(session);
        expect({ answered, code: stream.rstCode, isOpen: !session.destroyed }).toEqual({
          answered: false,
          code: expected.code,
          isOpen: expected.isOpen,
        });
        if (expected.taken === 'this') expect(lastTaken).toBe(id);
        else if (expected.taken === 'not this') expect(lastTaken).toBeLessThan(id);
        else expect(lastTaken).toBeUndefined();
        expect(rows().length - before).toBe(written);
        expect(running.sandbox.control.requests().at(-1)).toMatchObject({ status: null, fault: kind });
      });
    }
  }
});

describe('over HTTP/1.1', () => {
  let agent: Agent;
  let ports: Set<number | undefined>;
  const opened = () => {
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
    ports = new Set();
  };
  afterEach(() => agent.destroy());

  async function create(): Promise<number> {
    const options: RequestOptions = { ...trust, agent, method: 'POST', headers: headers() };
    const sent = request(`${running.origin}/v1/pages`, options);
    sent.once('socket', (socket) => {
      const note = () => ports.add(socket.localPort);
      if (socket.connecting) socket.once('secureConnect', note);
      else note();
    });
    sent.end(row());
    const [answer] = await once(sent, 'response');
    await text(answer);
    return answer.statusCode;
  }

  test.each<StartOptions>([{}, { protocols: ['http/1.1'] }])('keeps a connection (%o)', async (options) => {
    opened();
    await start(options);
    expect([await create(), await create()]).toEqual([200, 200]);
    expect(ports.size).toBe(1);
    expect(running.sandbox.control.requests().map(({ httpVersion }) => httpVersion)).toEqual(['1.1', '1.1']);
  });

  test('can be the only one', async () => {
    opened();
    await start({ protocols: ['http/1.1'] });
    const session = connect(running.origin, trust);
    await expect(once(session, 'connect')).rejects.toThrow();
    session.destroy();
  });

  for (const [cut, code] of [
    ['fin', 'ECONNRESET'],
    ['rst', 'ECONNRESET'],
    ['internal_error', 'ECONNRESET'],
  ] as const) {
    test(`drop_after by ${cut} ends the connection once the row is there`, async () => {
      opened();
      await start();
      await create();
      running.sandbox.control.addFault({ kind: 'drop_after', cut, times: 1 });
      await expect(create()).rejects.toMatchObject({ code });
      expect(rows()).toHaveLength(2);
      expect(await create()).toBe(200);
      expect(ports.size).toBe(2);
    });
  }
});
