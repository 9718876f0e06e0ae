import { expect, test } from 'vitest';
import { checkCredentials } from '../../../src/endpoint/check.ts';
import { sendBy } from '../../../src/endpoint/send.ts';
import { configOf, handClock } from './in-process.ts';

const config = configOf({
  NOTION_CLIENT_ID: 'client',
  NOTION_CLIENT_SECRET: 'secret',
  ALLOWED_REDIRECT_URIS: 'https://abc.chromiumapp.org/',
});

const check = (reply: () => Response) =>
  checkCredentials(
    config,
    sendBy(async () => reply()),
    handClock(),
  );
const rfc = (status: number, error: string) => () => Response.json({ error }, { status });
const notion = (status: number, code: string) => () =>
  Response.json({ object: 'error', status, code, message: 'm' }, { status });

test.each([
  ['RFC 6749', rfc],
  ['Notion', notion],
])('credentials are judged by the error code, in the form of %s', async (_form, error) => {
  expect(await check(error(400, 'invalid_grant'))).toEqual({
    ok: true,
    finding: 'Notion accepts this client ID and secret.',
  });
  const refused = await check(error(401, 'invalid_client'));
  expect(refused).toEqual({
    ok: false,
    finding: expect.stringContaining('refuses this client ID and secret'),
  });
});

test.each([
  ['a validation error', notion(400, 'validation_error'), '400 validation_error, which says nothing'],
  ['an overload', notion(529, 'service_overload'), '529 service_overload, which says nothing'],
  ['a token, of all things', () => Response.json({ access_token: 'ntn_x' }), '200, which says nothing'],
  ['a page', () => new Response('<h1>Blocked</h1>', { status: 403 }), '403, which says nothing'],
  ['a code that is no code', rfc(400, 'words\nof a stranger'), '400, which says nothing'],
  [
    'a redirect',
    () => new Response(null, { status: 302, headers: { Location: '/x' } }),
    'answered with a redirect',
  ],
])('%s proves nothing', async (_what, reply, words) => {
  expect(await check(reply)).toEqual({ ok: false, finding: expect.stringContaining(words) });
});
