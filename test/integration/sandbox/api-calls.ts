/** A sandbox with a clock that stands still until moved, and short ways to call it. */
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/app.ts';

export type Json = Record<string, unknown>;

export interface ApiReply {
  status: number;
  /** Parsed, or text where it is no JSON. */
  body: Json;
  text: string;
  headers: Headers;
}

export interface Bench extends Sandbox {
  /** A request with a good token and version, unless `headers` say otherwise (an empty text takes a header away). */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiReply>;
  /** Moves the clock. */
  pass(ms: number): void;
  token: string;
  botId: string;
  /** What the sandbox was told to wait for. */
  waits: number[];
}

export const redirectUri = 'https://abcdefghijklmnop.chromiumapp.org/';
export const start = Date.UTC(2026, 10, 21, 9, 30, 42, 500);

export function createBench(options: SandboxOptions & { share?: readonly string[] } = {}): Bench {
  let now = start;
  const waits: number[] = [];
  const sandbox = createSandbox({
    now: () => now,
    redirectUris: [redirectUri],
    wait: async (ms) => {
      waits.push(ms);
    },
    ...options,
  });
  const { accessToken, botId } = sandbox.control.mint(options.share ? { share: options.share } : {});
  return {
    ...sandbox,
    token: accessToken,
    botId,
    waits,
    pass: (ms) => {
      now += ms;
    },
    async call(method, path, body, extra = {}) {
      const headers = new Headers({
        authorization: `Bearer ${accessToken}`,
        'notion-version': '2026-03-11',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      });
      for (const [name, value] of Object.entries(extra)) {
        if (value === '') headers.delete(name);
        else headers.set(name, value);
      }
      const init: RequestInit = { method, headers };
      if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
      return readReply(await sandbox.app.request(path, init));
    },
  };
}

export async function readReply(response: Response): Promise<ApiReply> {
  const text = await response.text();
  let body: Json = {};
  try {
    body = JSON.parse(text) as Json;
  } catch {
    // Some faults answer with what is no JSON.
  }
  return { status: response.status, body, text, headers: response.headers };
}

export const title = (content: string) => ({ title: [{ text: { content } }] });

/** The id of a data source by its title or its database's. */
export const sourceId = ({ control }: Sandbox, name: string): string => control.dataSource(name).id;

export const saveRow = (bench: Bench, source: string, properties: Json, rest: Json = {}): Promise<ApiReply> =>
  bench.call('POST', '/v1/pages', {
    parent: { data_source_id: sourceId(bench, source) },
    properties,
    ...rest,
  });

/** Results of a list reply. */
export const results = ({ body }: ApiReply): Json[] => body.results as Json[];
