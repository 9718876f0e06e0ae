/** A stand-in for Notion's OAuth routes whose answer is chosen by the code or token it is sent. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeNotion {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Ends the answer to each request that was sent `hold`. */
  release(): void;
  close(): Promise<void>;
}

/** A token reply with every field of the SDK's type, one unknown field and the owner's e-mail address. */
export const tokenReply = (accessToken: string, refreshToken: string | null) => ({
  access_token: accessToken,
  token_type: 'bearer',
  refresh_token: refreshToken,
  bot_id: 'b0000000-0000-4000-8000-000000000001',
  workspace_id: 'c0000000-0000-4000-8000-000000000001',
  workspace_name: 'Ada’s workspace',
  workspace_icon: null,
  owner: {
    type: 'user',
    user: {
      object: 'user',
      id: 'd0000000-0000-4000-8000-000000000001',
      name: 'Ada',
      avatar_url: null,
      type: 'person',
      person: { email: 'ada@example.com' },
    },
  },
  duplicated_template_id: null,
  request_id: 'e0000000-0000-4000-8000-000000000001',
  field_of_next_year: true,
});

const json = (
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
};

/** RFC 6749's form of an error, as Notion's guide has it. */
const rfcError = (response: ServerResponse, status: number, error: string) =>
  json(response, status, { error, error_description: 'the words of upstream' });

/** Notion's own form of an error, as its specification has it. */
const notionError = (response: ServerResponse, status: number, code: string) =>
  json(response, status, {
    object: 'error',
    status,
    code,
    message: 'the words of upstream',
    request_id: 'r',
  });

type Script = (response: ServerResponse, waiting: ServerResponse[]) => void;

const SCRIPTS: Readonly<Record<string, Script>> = {
  good: (response) => json(response, 200, tokenReply('ntn_access', 'nrt_refresh')),
  'good-without-refresh': (response) => json(response, 200, tokenReply('ntn_access', null)),
  'good-odd-icon': (response) =>
    json(response, 200, {
      ...tokenReply('ntn_access', 'nrt_refresh'),
      workspace_icon: { type: 'emoji' },
      owner: 7,
    }),
  'invalid-grant-rfc': (response) => rfcError(response, 400, 'invalid_grant'),
  'invalid-grant-notion': (response) => notionError(response, 400, 'invalid_grant'),
  'malformed-code': (response) => notionError(response, 400, 'validation_error'),
  'invalid-client-rfc': (response) => rfcError(response, 401, 'invalid_client'),
  'invalid-client-notion': (response) => notionError(response, 401, 'invalid_client'),
  'unauthorized-client': (response) => rfcError(response, 400, 'unauthorized_client'),
  'limited-for-7': (response) => json(response, 429, { code: 'rate_limited' }, { 'Retry-After': '7' }),
  'limited-for-ever': (response) => json(response, 429, { code: 'rate_limited' }, { 'Retry-After': '86400' }),
  'limited-till-date': (response) =>
    json(response, 429, { code: 'rate_limited' }, { 'Retry-After': 'Sat, 21 Nov 2026 00:00:00 GMT' }),
  'error-500': (response) => notionError(response, 500, 'internal_server_error'),
  'error-500-saying-invalid-grant': (response) => rfcError(response, 500, 'invalid_grant'),
  'error-529': (response) => notionError(response, 529, 'service_overload'),
  redirect: (response) => {
    response.writeHead(307, { Location: '/elsewhere' });
    response.end();
  },
  html: (response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<h1>ntn_in_html</h1>');
  },
  'html-403': (response) => {
    response.writeHead(403, { 'Content-Type': 'text/html' });
    response.end('<h1>blocked</h1>');
  },
  'half-a-reply': (response) => json(response, 200, { access_token: 'ntn_half' }),
  'cut-off': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
    response.write('{"access_token":');
    setImmediate(() => response.destroy());
  },
  'hang-up': (response) => {
    response.destroy();
  },
  silence: () => undefined,
  'silence-half-way': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"access_token":');
  },
  huge: (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"access_token":"');
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  hold: (response, waiting) => {
    waiting.push(response);
  },
};

export type Case = keyof typeof SCRIPTS;

const sentSecret = (body: string): string => {
  try {
    const { code, refresh_token, token } = JSON.parse(body) as Record<string, string | undefined>;
    return code ?? refresh_token ?? token ?? '';
  } catch {
    return '';
  }
};

/** The script is named by the code or token up to its first `~`; an unknown one is an unknown code. */
export async function startFakeNotion(): Promise<FakeNotion> {
  const seen: SeenRequest[] = [];
  const waiting: ServerResponse[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      const [name = ''] = sentSecret(body).split('~');
      const script = SCRIPTS[name];
      if (script === undefined) rfcError(response, 400, 'invalid_grant');
      else script(response, waiting);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    release() {
      for (const response of waiting.splice(0)) json(response, 200, tokenReply('ntn_access', 'nrt_refresh'));
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
