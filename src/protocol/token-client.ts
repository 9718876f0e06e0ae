/** The extension's side of the token-exchange endpoint: what it sends, and what the answers mean. */
import * as z from 'zod/mini';
import { failure } from '../core/failure.ts';
import { dateOf, type HttpReply, type HttpRequest, readJson, retryAfterSeconds } from '../core/http.ts';
import type { Verdict } from '../core/notion/judge.ts';
import type { RevokeRequest, TokenRequest } from './token-endpoint.ts';
import { OAuthErrorReply, TokenReply } from './token-reply.ts';

const post = (url: string, body: TokenRequest | RevokeRequest): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify(body),
});

/** Exchanges an authorization code. To be sent once: on an uncertain end the code may be used up. */
export const exchangeRequest = (
  endpoint: string,
  { code, redirectUri }: { code: string; redirectUri: string },
) => post(`${endpoint}/oauth/token`, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });

/** Renews a token pair. */
export const refreshRequest = (endpoint: string, refreshToken: string) =>
  post(`${endpoint}/oauth/token`, { grant_type: 'refresh_token', refresh_token: refreshToken });

/** Revokes a token (RFC 7009). */
export const revokeRequest = (endpoint: string, token: string) => post(`${endpoint}/oauth/revoke`, { token });

/** What the answer to a token request means. Only `invalid_grant` says that the code or token is no good. */
export const judgeToken = (reply: HttpReply): Verdict<TokenReply> => judge(reply, TokenReply);

/** What the answer to a revocation means. Any 200 will do. */
export const judgeRevocation = (reply: HttpReply): Verdict<unknown> => judge(reply, z.unknown());

function judge<S extends z.ZodMiniType>(reply: HttpReply, schema: S): Verdict<z.infer<S>> {
  if (reply.kind === 'no-reply') {
    if (reply.reason === 'offline') return { kind: 'refused', failure: failure('offline') };
    if (reply.reason === 'not-permitted') return { kind: 'refused', failure: failure('access-not-granted') };
    return { kind: 'unsure', failure: failure('endpoint-unavailable'), committedId: null };
  }
  const json = readJson(reply.body);
  if (reply.status >= 200 && reply.status < 300) {
    const value = z.safeParse(schema, json);
    if (value.success) return { kind: 'done', value: value.data, asOf: dateOf(reply.headers), repeat: 'no' };
    return { kind: 'unsure', failure: failure('endpoint-unavailable'), committedId: null };
  }
  const parsed = z.safeParse(OAuthErrorReply, json);
  const error = parsed.success ? parsed.data.error : null;
  const detail = error === null ? {} : { detail: error.slice(0, 60) };
  if (error === 'invalid_grant') return { kind: 'refused', failure: failure('reconnect-needed', detail) };
  // A 500 in the endpoint's own form says that it is set up wrongly; any other is a breakdown in front of it or in it.
  const isBroken = reply.status >= 502 || (reply.status >= 500 && error === null);
  const isPassing = error === 'temporarily_unavailable' || reply.status === 429 || isBroken;
  if (!isPassing) return { kind: 'refused', failure: failure('endpoint-misconfigured', detail) };
  const retryAfter = retryAfterSeconds(reply.headers);
  const wait = retryAfter === undefined ? {} : { retryAfter };
  return { kind: 'refused', failure: failure('endpoint-unavailable', { ...detail, ...wait }) };
}
