/** Responses with the headers Notion sends. None of them allows a web page of another origin to read the answer. */
import type { Refusal } from './errors.ts';
import { uuid } from './ids.ts';
import { characters, type Random } from './random.ts';

const edgeHeaders = (random: Random): Record<string, string> => ({
  server: 'cloudflare',
  'cf-ray': `${characters(random, 16, '0123456789abcdef')}-FRA`,
});

export function jsonReply(
  random: Random,
  status: number,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
  withRequestId = true,
): Response {
  const requestId = uuid(random);
  const text = JSON.stringify(withRequestId ? { ...body, request_id: requestId } : body);
  return new Response(text, {
    status,
    headers: {
      ...edgeHeaders(random),
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-frame-options': 'SAMEORIGIN',
      'x-notion-request-id': requestId,
      etag: `W/"${text.length.toString(16)}-${requestId.slice(0, 8)}"`,
      vary: 'Accept-Encoding',
      ...headers,
    },
  });
}

export function refusalReply(random: Random, refusal: Refusal): Response {
  const { status, code, message, additionalData, headers } = refusal;
  const data = additionalData ? { additional_data: additionalData } : {};
  return jsonReply(random, status, { object: 'error', status, code, message, ...data }, headers);
}

/** An answer that never reached Notion: HTML, with the edge's header but without Notion's request id. */
export function edgeReply(random: Random): Response {
  return new Response(
    '<!doctype html><title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>',
    { status: 403, headers: { ...edgeHeaders(random), 'content-type': 'text/html; charset=UTF-8' } },
  );
}

/** A page where JSON was expected, as captive portals give. */
export const strayPage = (): Response =>
  new Response('<!doctype html><title>Welcome</title><h1>Please accept the terms of this network</h1>', {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
