/** The token-exchange endpoint: two routes, no state. It knows neither process nor platform; a host hands it its parts. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import { RevokeRequest, TokenRequest } from '../protocol/token-endpoint.ts';
import { allowFrom, answer, type Refusal, refuse } from './answer.ts';
import type { EndpointConfig } from './config.ts';
import {
  judgeRevokeReply,
  judgeTokenReply,
  type Outcome,
  revokeRequest,
  tokenRequest,
} from './notion-oauth.ts';
import { bodyOf, readFields, type SentBody } from './request-fields.ts';
import type { Clock, NotionReply, NotionRequest, Send } from './send.ts';

/** One line of the log. It holds nothing that a client sent and nothing that Notion answered. */
export interface LogLine {
  /** ISO 8601. */
  readonly time: string;
  /** Also the answer's `X-Request-Id`. */
  readonly request: string;
  /** The path, or `other` for one that is not offered here: a stranger's path may hold anything. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The answer's error code. */
  readonly error?: string;
  /** What was wrong on the way to Notion in one word of ours, or the place in the code where a bug came up. */
  readonly note?: string;
}

export interface EndpointParts {
  readonly config: EndpointConfig;
  readonly send: Send;
  readonly clock: Clock;
  readonly log: (line: LogLine) => void;
  readonly requestId: () => string;
  /** Undefined for no limit. */
  readonly limit: MiddlewareHandler<EndpointEnv> | undefined;
}

/** What a host says about a request, as the second argument of the app's `fetch`. */
export interface RequestOrigin {
  /** The client's address as the host trusts it; undefined when there is none. */
  readonly address: string | undefined;
  /** The request's body, where the host has a shorter way to it than by its `Request`. */
  readonly body?: SentBody;
}

export interface EndpointEnv {
  Bindings: RequestOrigin;
  Variables: { requestId: string; refusal?: Refusal; note?: string };
}

const ROUTES: Readonly<Record<string, string>> = {
  '/oauth/token': 'POST',
  '/oauth/revoke': 'POST',
  '/healthz': 'GET',
};

const bad = (description: string, error: Refusal['error'] = 'invalid_request'): Refusal => ({
  status: 400,
  error,
  description,
});

const IN_URL = bad('Fields belong in the body: addresses end up in logs.');
const UNLISTED_REDIRECT = bad('The redirect_uri is not on the list of this endpoint.');
const UNKNOWN_GRANT = bad(
  'grant_type must be authorization_code or refresh_token.',
  'unsupported_grant_type',
);
const BUG: Refusal = { status: 500, error: 'server_error', description: 'The endpoint made a mistake.' };
/** The message of an error may quote what a client sent; the place where it was thrown cannot. */
const placeOf = (error: unknown): string =>
  /^\s+at .*$/m.exec((error instanceof Error ? error.stack : '') ?? '')?.[0].trim() ?? 'bug';
const NO_ROUTE: Refusal = { status: 404, error: 'invalid_request', description: 'There is nothing here.' };

/** Puts a schema's first complaint into words. Names of unknown fields are not repeated: they are the client's. */
function misfit(error: z.core.$ZodError): Refusal {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') return bad('The body has a field that is not known here.');
  const [name] = issue?.path ?? [];
  return name === undefined
    ? bad('The body must be an object of fields.')
    : bad(`The field ${String(name)} is missing, empty, too long or not printable ASCII.`);
}

const HasGrantType = z.object({ grant_type: z.string() });
const KnownGrantType = z.object({ grant_type: z.enum(['authorization_code', 'refresh_token']) });

/** Reads a token request, and holds its redirect address against the list. */
function readGrant(fields: unknown, redirectUris: ReadonlySet<string>): TokenRequest | Refusal {
  const parsed = TokenRequest.safeParse(fields);
  if (!parsed.success) {
    const isUnknown = HasGrantType.safeParse(fields).success && !KnownGrantType.safeParse(fields).success;
    return isUnknown ? UNKNOWN_GRANT : misfit(parsed.error);
  }
  const grant = parsed.data;
  return grant.grant_type === 'authorization_code' && !redirectUris.has(grant.redirect_uri)
    ? UNLISTED_REDIRECT
    : grant;
}

const readRevocation = (fields: unknown): RevokeRequest | Refusal => {
  const parsed = RevokeRequest.safeParse(fields);
  return parsed.success ? parsed.data : misfit(parsed.error);
};

export function createApp(parts: EndpointParts): Hono<EndpointEnv> {
  const { config, clock } = parts;
  type C = Context<EndpointEnv>;

  const refuseWith = (c: C, refusal: Refusal, note?: string): Response => {
    c.set('refusal', refusal);
    if (note !== undefined) c.set('note', note);
    return refuse(c.get('requestId'), refusal);
  };

  /** Fields from the body, a request made of them, Notion's reply, judged: the same for both routes. */
  const exchange =
    <Wanted extends object>(
      read: (fields: unknown) => Wanted | Refusal,
      build: (config: EndpointConfig, wanted: Wanted) => NotionRequest,
      judge: (wanted: Wanted, reply: NotionReply) => Outcome,
    ) =>
    async (c: C): Promise<Response> => {
      if (c.req.url.includes('?')) return refuseWith(c, IN_URL);
      const reading = await readFields(c.env.body ?? bodyOf(c.req.raw));
      if (!reading.ok) return refuseWith(c, reading.refusal);
      const wanted = read(reading.fields);
      if ('status' in wanted) return refuseWith(c, wanted);
      const reply = await parts.send(build(config, wanted), config.notionTimeout, clock);
      const outcome = judge(wanted, reply);
      return outcome.ok
        ? answer(c.get('requestId'), outcome.body)
        : refuseWith(c, outcome.refusal, outcome.note);
    };

  /**
   * Everything that is answered goes through here: it gets an id, is limited, and leaves one line. As the only handler of its
   * route, for which Hono needs no chain of promises.
   */
  const answering =
    (respond: (c: C) => Response | Promise<Response>, limit?: MiddlewareHandler<EndpointEnv>) =>
    async (c: C): Promise<Response> => {
      const began = clock.now();
      const request = parts.requestId();
      c.set('requestId', request);
      let response: Response | undefined;
      try {
        if (limit === undefined) {
          response = await respond(c);
        } else {
          const refused = await limit(c, async () => {
            response = await respond(c);
          });
          response = refused ?? response;
        }
      } catch (error) {
        response = refuseWith(c, BUG, placeOf(error));
      }
      response ??= refuseWith(c, BUG, 'unanswered');
      const refusal = c.get('refusal');
      const note = c.get('note');
      parts.log({
        time: new Date(began).toISOString(),
        request,
        route: Object.hasOwn(ROUTES, c.req.path) ? c.req.path : 'other',
        status: response.status,
        milliseconds: Math.round(clock.now() - began),
        ...(refusal === undefined ? undefined : { error: refusal.error }),
        ...(note === undefined ? undefined : { note }),
      });
      return response;
    };

  const app = new Hono<EndpointEnv>();
  app.post(
    '/oauth/token',
    answering(
      exchange((fields) => readGrant(fields, config.redirectUris), tokenRequest, judgeTokenReply),
      parts.limit,
    ),
  );
  app.post(
    '/oauth/revoke',
    answering(exchange(readRevocation, revokeRequest, judgeRevokeReply), parts.limit),
  );
  app.get(
    '/healthz',
    answering((c) => answer(c.get('requestId'), { status: 'ok' })),
  );
  for (const [path, method] of Object.entries(ROUTES)) {
    app.options(
      path,
      answering((c) => allowFrom(c.get('requestId'), method)),
    );
  }
  app.notFound(
    answering((c) => {
      const method = Object.hasOwn(ROUTES, c.req.path) ? ROUTES[c.req.path] : undefined;
      return refuseWith(
        c,
        method === undefined
          ? NO_ROUTE
          : {
              status: 405,
              error: 'invalid_request',
              description: `Use ${method}.`,
              allow: `${method}, OPTIONS`,
            },
      );
    }),
  );
  return app;
}
