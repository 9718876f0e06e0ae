/**
 * Notion's side of the exchange: building a request and judging the reply, each by itself.
 * Nothing of Notion's reply but the fields of `TokenReply` and the error code reaches a client or a log.
 */
import type { OauthRevokeParameters, OauthTokenParameters } from '@notionhq/client';
import * as z from 'zod/mini';
import { NOTION_VERSION } from '../protocol/notion-version.ts';
import { type RevokeRequest, TokenReply, type TokenRequest } from '../protocol/token-endpoint.ts';
import type { Refusal } from './answer.ts';
import type { EndpointConfig } from './config.ts';
import type { NotionReply, NotionRequest } from './send.ts';

/**
 * The outcome of an exchange. `note` goes into the log: one word, from this file's own closed set, for what was wrong
 * on the way to Notion.
 */
export type Outcome =
  | { readonly ok: true; readonly body: object }
  | { readonly ok: false; readonly refusal: Refusal; readonly note?: string };

/** Seconds after which to try again where Notion names no time, and the longest time that is passed on. */
const RETRY_AFTER = 30;
const LONGEST_RETRY_AFTER = 3600;

/** They are the same for every request of one configuration. */
const knownHeaders = new WeakMap<EndpointConfig, NotionRequest['headers']>();

function headersFor(config: EndpointConfig): NotionRequest['headers'] {
  const known = knownHeaders.get(config);
  if (known) return known;
  const headers = {
    Authorization: `Basic ${btoa(`${config.clientId}:${config.clientSecret}`)}`,
    'Content-Type': 'application/json',
    Accept: 'application/json',
    'Notion-Version': NOTION_VERSION,
  };
  knownHeaders.set(config, headers);
  return headers;
}

const notionRequest = (
  config: EndpointConfig,
  path: string,
  body: OauthTokenParameters | OauthRevokeParameters,
): NotionRequest => ({
  url: `${config.notionApiUrl}${path}`,
  headers: headersFor(config),
  body: JSON.stringify(body),
});

/** The exchange of a code or refresh token, with the fields that the SDK's types allow and no others. */
export function tokenRequest(config: EndpointConfig, grant: TokenRequest): NotionRequest {
  const body: OauthTokenParameters =
    grant.grant_type === 'authorization_code'
      ? { grant_type: grant.grant_type, code: grant.code, redirect_uri: grant.redirect_uri }
      : { grant_type: grant.grant_type, refresh_token: grant.refresh_token };
  return notionRequest(config, '/v1/oauth/token', body);
}

export function revokeRequest(config: EndpointConfig, revocation: RevokeRequest): NotionRequest {
  return notionRequest(config, '/v1/oauth/revoke', { token: revocation.token });
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whole seconds, as Notion sends them; anything else counts as not given. */
const readRetryAfter = (header: string | null): number =>
  header !== null && /^\d{1,9}$/.test(header) ? Math.min(Number(header), LONGEST_RETRY_AFTER) : RETRY_AFTER;

/**
 * Notion's guide documents `{error, error_description}` (RFC 6749), its specification `{object: "error", code, message}`.
 * Both are read, either may come.
 */
const NotionError = z.object({ error: z.optional(z.string()), code: z.optional(z.string()) });

/** The error code in the text of a reply, in either form; undefined when it has neither. */
export function errorCodeOf(text: string): string | undefined {
  const parsed = NotionError.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  // In Notion's own form `object` is "error" and `error` is absent; in the other one `code` is absent.
  return parsed.data.error ?? parsed.data.code;
}

const unavailable = (note: string, retryAfter = RETRY_AFTER): Outcome => ({
  ok: false,
  note,
  refusal: {
    status: 503,
    error: 'temporarily_unavailable',
    description: 'Notion did not give a usable answer. Keep a refresh token; start anew with a code.',
    retryAfter,
  },
});

const misconfigured = (note: string): Outcome => ({
  ok: false,
  note,
  refusal: {
    status: 500,
    error: 'server_error',
    description: 'Notion refused this endpoint itself. Its operator finds the reason with --check.',
  },
});

const REFUSED_GRANT: Outcome = {
  ok: false,
  refusal: {
    status: 400,
    error: 'invalid_grant',
    description: 'Notion does not accept this code or refresh token.',
  },
};

const REFUSED_REQUEST: Outcome = {
  ok: false,
  note: 'refused_request',
  refusal: { status: 400, error: 'invalid_request', description: 'Notion refused the request.' },
};

/**
 * Judges a reply that is not a success. Only Notion's own `invalid_grant` becomes `invalid_grant`: a client forgets its
 * refresh token for that, so it is never made up.
 */
function judgeFailure(reply: NotionReply): Outcome {
  if (reply.kind === 'failed') return unavailable(reply.why);
  if (reply.status === 429) return unavailable('rate_limited', readRetryAfter(reply.retryAfter));
  if (reply.status === 409) return unavailable('conflict');
  if (reply.status >= 500) return unavailable('failing', readRetryAfter(reply.retryAfter));
  const code = errorCodeOf(reply.text);
  if (code === undefined) return unavailable('unreadable');
  if (code === 'invalid_grant') return REFUSED_GRANT;
  if (code === 'invalid_request' || code === 'validation_error') return REFUSED_REQUEST;
  // `invalid_client`, `unauthorized_client` and the like speak of our credentials, which the client has no part in.
  return misconfigured(code === 'invalid_client' ? 'refused_client' : 'refused_endpoint');
}

const isSuccess = (reply: NotionReply): reply is Extract<NotionReply, { kind: 'answered' }> =>
  reply.kind === 'answered' && reply.status >= 200 && reply.status < 300;

/**
 * Judges the reply to a token request. A wrong code and an unknown one get the same answer: where Notion's validation
 * already refuses the form of a code, that is `invalid_grant` too. (For a refresh token it is not, see `judgeFailure`.)
 */
export function judgeTokenReply(grant: TokenRequest, reply: NotionReply): Outcome {
  if (isSuccess(reply)) {
    const parsed = TokenReply.safeParse(parseJson(reply.text));
    return parsed.success ? { ok: true, body: parsed.data } : unavailable('unreadable');
  }
  const outcome = judgeFailure(reply);
  return outcome === REFUSED_REQUEST && grant.grant_type === 'authorization_code' ? REFUSED_GRANT : outcome;
}

/** Judges the reply to a revocation. A token that is unknown or dead already is a success: RFC 7009 section 2.2. */
export function judgeRevokeReply(_revocation: RevokeRequest, reply: NotionReply): Outcome {
  if (isSuccess(reply)) return { ok: true, body: {} };
  const outcome = judgeFailure(reply);
  return outcome === REFUSED_GRANT ? { ok: true, body: {} } : outcome;
}
