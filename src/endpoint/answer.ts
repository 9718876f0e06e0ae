/** Every answer the endpoint gives, with the headers that all of them carry. */
import type { OAuthErrorCode, OAuthErrorReply } from '../protocol/token-endpoint.ts';

/** An answer that is an error, in the form of RFC 6749 section 5.2. `retryAfter` is in seconds. */
export interface Refusal {
  readonly status: 400 | 404 | 405 | 413 | 415 | 429 | 500 | 503;
  readonly error: OAuthErrorCode;
  readonly description: string;
  readonly retryAfter?: number;
  /** For 405: the methods that are allowed. */
  readonly allow?: string;
}

/**
 * Headers of every answer.
 *
 * - No caching: RFC 6749 section 5.1 asks for both headers.
 * - Any origin may read the answer: an extension's origin differs in every Firefox profile, and no cookie or other
 *   ambient right exists that a foreign page could use. Credentials are not allowed.
 * - The rest keeps browsers from treating an answer as anything but data.
 */
const headersOf = (requestId: string): Record<string, string> => ({
  // Written out, not put together from parts: an object of a known form is made several times as fast.
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'Content-Type': 'application/json',
  'X-Request-Id': requestId,
});

export const answer = (requestId: string, body: object): Response =>
  new Response(JSON.stringify(body), { status: 200, headers: headersOf(requestId) });

export function refuse(requestId: string, refusal: Refusal): Response {
  const headers = headersOf(requestId);
  if (refusal.retryAfter !== undefined) headers['Retry-After'] = String(refusal.retryAfter);
  if (refusal.allow !== undefined) headers.Allow = refusal.allow;
  const body: OAuthErrorReply = { error: refusal.error, error_description: refusal.description };
  return new Response(JSON.stringify(body), { status: refusal.status, headers });
}

/** The answer to a CORS preflight request. `methods` are the ones the route knows. */
export function allowFrom(requestId: string, methods: string): Response {
  const { 'Content-Type': _, ...headers } = headersOf(requestId);
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '86400',
    },
  });
}
