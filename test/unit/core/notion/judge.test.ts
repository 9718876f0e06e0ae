import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { HttpReply } from '../../../../src/core/http.ts';
import { judge } from '../../../../src/core/notion/judge.ts';

const Anything = z.object({ id: z.string() });
const reply = (status: number, body: unknown, headers: Record<string, string> = {}): HttpReply => ({
  kind: 'reply',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  repeat: 'no',
});
const error = (status: number, code: string, more: object = {}, headers = {}): HttpReply =>
  reply(status, { object: 'error', status, code, message: 'Words.', request_id: 'r1', ...more }, headers);

/** Status, Notion's code and its additional data; what it means; and whether it may have been done. */
const TABLE: [HttpReply, string, 'refused' | 'unsure'][] = [
  [error(400, 'validation_error'), 'values-refused', 'refused'],
  [error(400, 'invalid_json'), 'values-refused', 'refused'],
  [error(400, 'validation_error', { message: 'Unsaved transactions: …' }), 'conflict', 'refused'],
  [error(401, 'unauthorized'), 'reconnect-needed', 'refused'],
  [error(403, 'restricted_resource'), 'capability-missing', 'refused'],
  [
    error(403, 'restricted_resource', { additional_data: { block_limit: 'block_creation' } }),
    'block-limit',
    'refused',
  ],
  [reply(403, '<html>Forbidden</html>'), 'network-blocked', 'refused'],
  [error(404, 'object_not_found'), 'not-shared', 'refused'],
  [error(409, 'conflict_error'), 'conflict', 'refused'],
  [error(429, 'rate_limited'), 'rate-limited', 'refused'],
  [
    error(429, 'rate_limited', { additional_data: { rate_limit_reason: 'public_api_request_blocked' } }),
    'request-blocked',
    'refused',
  ],
  [error(529, 'service_overload'), 'rate-limited', 'refused'],
  [error(500, 'internal_server_error'), 'notion-down', 'unsure'],
  [error(502, 'bad_gateway'), 'notion-down', 'unsure'],
  [error(503, 'service_unavailable'), 'notion-down', 'unsure'],
  [error(504, 'gateway_timeout'), 'notion-down', 'unsure'],
  [reply(504, '<html>'), 'notion-down', 'unsure'],
  [reply(200, '<html>'), 'reply-unreadable', 'unsure'],
  [reply(200, { other: true }), 'reply-unreadable', 'unsure'],
  [reply(302, ''), 'network-blocked', 'refused'],
  [{ kind: 'no-reply', reason: 'offline' }, 'offline', 'refused'],
  [{ kind: 'no-reply', reason: 'not-permitted' }, 'access-not-granted', 'refused'],
  [{ kind: 'no-reply', reason: 'network' }, 'unreachable', 'unsure'],
  [{ kind: 'no-reply', reason: 'timeout' }, 'timed-out', 'unsure'],
];

describe('the verdict on a reply', () => {
  it.each(TABLE)('%j means %s and is %s', (given, code, kind) => {
    expect(judge(given, Anything)).toMatchObject({ kind, failure: { code } });
  });

  it('is done with what the reply says, unknown fields and all', () => {
    expect(judge(reply(200, { id: 'x', extra: 1 }), Anything)).toEqual({
      kind: 'done',
      value: { id: 'x' },
      asOf: null,
      repeat: 'no',
    });
  });

  describe('of a request that the browser may have sent twice', () => {
    const twice = (given: HttpReply): HttpReply =>
      given.kind === 'reply' ? { ...given, repeat: 'suspected' } : given;

    it('may be that of the second, where each adds something', () => {
      expect(judge(twice(reply(200, { id: 'x' })), Anything, true)).toMatchObject({ repeat: 'suspected' });
      expect(judge(twice(reply(200, { id: 'x' })), Anything)).toMatchObject({ repeat: 'no' });
    });

    it.each([401, 400, 403, 404, 409, 429, 529])(
      'is no certain refusal by %i, for the first may have been done',
      (status) => {
        const given = twice(error(status, 'some_code'));
        expect(judge(given, Anything, true).kind).toBe('unsure');
        expect(judge(given, Anything).kind).toBe('refused');
      },
    );
  });

  describe('of a request of which the browser shows nothing', () => {
    const untold = (given: HttpReply): HttpReply =>
      given.kind === 'reply' ? { ...given, repeat: 'untold' } : given;

    it('may be that of the second, where each adds something', () => {
      expect(judge(untold(reply(200, { id: 'x' })), Anything, true)).toMatchObject({ repeat: 'untold' });
      expect(judge(untold(reply(200, { id: 'x' })), Anything)).toMatchObject({ repeat: 'no' });
    });

    it.each([409, 429, 529])('is no certain refusal by %i, which says nothing of the first', (status) => {
      expect(judge(untold(error(status, 'some_code')), Anything, true).kind).toBe('unsure');
    });

    it.each([400, 401, 403, 404])('is a refusal by %i, which the first would have had too', (status) => {
      expect(judge(untold(error(status, 'some_code')), Anything, true).kind).toBe('refused');
    });
  });

  describe('of somebody between here and Notion', () => {
    it.each([302, 400, 403, 404, 451])(
      'is no certain refusal by %i, for Notion may have done it',
      (status) => {
        expect(judge(reply(status, '<html>Blocked</html>'), Anything, true).kind).toBe('unsure');
        expect(judge(reply(status, '<html>Blocked</html>'), Anything).kind).toBe('refused');
      },
    );

    it.each([429, 529])('is a refusal by %i: who counts requests passes none on', (status) => {
      expect(judge(reply(status, '<html>Slow down</html>'), Anything, true).kind).toBe('refused');
    });
  });

  it('names what was committed in spite of the error', () => {
    const given = error(503, 'service_unavailable', { additional_data: { committed_resource_id: 'page' } });
    expect(judge(given, Anything)).toMatchObject({ kind: 'unsure', committedId: 'page' });
  });

  it('reads the wait from the header, or from the body that repeats it', () => {
    expect(judge(error(429, 'rate_limited', {}, { 'retry-after': '300' }), Anything)).toMatchObject({
      failure: { retryAfter: 300 },
    });
    expect(
      judge(error(429, 'rate_limited', { additional_data: { retry_after: '7' } }), Anything),
    ).toMatchObject({
      failure: { retryAfter: 7 },
    });
  });

  it('keeps Notion’s words and request id for a report, without the values quoted in them', () => {
    const given = error(400, 'validation_error', {
      message: 'body.x should be a url, instead was `"my secret"`.',
    });
    expect(judge(given, Anything)).toMatchObject({
      failure: { detail: 'body.x should be a url, instead was ….', requestId: 'r1' },
    });
  });
});
