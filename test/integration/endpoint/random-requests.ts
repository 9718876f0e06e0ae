/** Requests of every kind: most of them nearly right, since what is quite wrong is refused at the first step. */
import fc from 'fast-check';
import {
  FITTING_LENGTHS,
  FORM_TYPES,
  JSON_TYPES,
  LISTED,
  OTHER_LENGTHS,
  OTHER_TYPES,
} from './second-reading.ts';
import type { Body, Entry, Json, Reply, Sent } from './sent-request.ts';

/** Planted in everything that is sent; it must never come out again. */
export const SENT = 'canary-sent';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const printable = fc.stringMatching(/^[ -~]{1,40}$/);
const someText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(`${SENT}-value`, `${SENT} with "quotes" & = + %41 \\ signs`) },
  { weight: 2, arbitrary: printable },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(1024), 'x'.repeat(1025), 'x'.repeat(5000)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', `${SENT}\r\nSet-Cookie: a=b`, `${SENT}\0`, '\ud800', '😀'),
  },
);
const anyValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: someText },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>(null, true, 0, -1, 1e300, [], {}, [SENT], { [SENT]: SENT }, [[[[]]]]),
  },
);
const redirect = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...LISTED) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...LISTED,
      'https://ü.example/ä',
      'https://abc.chromiumapp.org',
      'https://abc.chromiumapp.org//',
      'https://abc.chromiumapp.org/?',
      'https://abc.chromiumapp.org/#x',
      'HTTPS://abc.chromiumapp.org/',
      'https://abc.chromiumapp.org.evil.example/',
      'https://evil.example/https://abc.chromiumapp.org/',
      ' https://abc.chromiumapp.org/',
      'https://abc.chromiumapp.org/,http://127.0.0.1/mozoauth2/x',
    ),
  },
);

const NAMES = [
  'grant_type',
  'code',
  'redirect_uri',
  'refresh_token',
  'token',
  'token_type_hint',
  'client_id',
  'client_secret',
  'external_account',
  'scope',
  '__proto__',
  'constructor',
  'toString',
  'Code',
  '',
  `${SENT}-name`,
];

const fittingEntries: fc.Arbitrary<readonly Entry[]> = fc.oneof(
  fc.tuple(someText, redirect).map(([code, redirect_uri]): Entry[] => [
    ['grant_type', 'authorization_code'],
    ['code', code],
    ['redirect_uri', redirect_uri],
  ]),
  someText.map((refresh_token): Entry[] => [
    ['grant_type', 'refresh_token'],
    ['refresh_token', refresh_token],
  ]),
  someText.map((token): Entry[] => [['token', token]]),
  fc.tuple(someText, someText).map(([token, hint]): Entry[] => [
    ['token', token],
    ['token_type_hint', hint],
  ]),
);

type Change = (entries: readonly Entry[]) => readonly Entry[];
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.nat().map(
    (at): Change =>
      (entries) =>
        entries.filter((_, index) => index !== at % (entries.length || 1)),
  ),
  fc.tuple(fc.constantFrom(...NAMES), anyValue).map(
    ([name, value]): Change =>
      (entries) => [...entries, [name, value]],
  ),
  fc.tuple(fc.nat(), anyValue).map(
    ([at, value]): Change =>
      (entries) =>
        entries.map((entry, index) => (index === at % entries.length ? [entry[0], value] : entry)),
  ),
  fc.tuple(fc.nat(), fc.constantFrom(...NAMES)).map(
    ([at, name]): Change =>
      (entries) =>
        entries.map((entry, index) => (index === at % entries.length ? [name, entry[1]] : entry)),
  ),
  fc.nat().map(
    (at): Change =>
      (entries) =>
        entries.flatMap((entry, index) => (index === at % entries.length ? [entry, entry] : [entry])),
  ),
  fc.constant<Change>((entries) => entries.toReversed()),
);

const entries = fc
  .tuple(
    fittingEntries,
    fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(change, { maxLength: 3 })),
  )
  .map(([fitting, changes]) => changes.reduce<readonly Entry[]>((all, one) => one(all), fitting));

const structured = fc.record({
  kind: fc.constantFrom('json' as const, 'form' as const),
  entries,
  padding: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.constantFrom(1, 3900, 4096, 10_000)),
});
const raw = fc
  .oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json().map(encode),
    fc
      .constantFrom('[]', 'null', '"x"', '{', '{}', '{"a":', `[${'['.repeat(3000)}`, '\ufeff{}', '%', '&&=&')
      .map(encode),
  )
  .map((bytes) => ({ kind: 'raw' as const, bytes: new Uint8Array(bytes) }));
const body: fc.Arbitrary<Body> = fc.oneof(
  { weight: 8, arbitrary: structured },
  { weight: 1, arbitrary: raw },
  { weight: 1, arbitrary: fc.constant({ kind: 'none' } as const) },
);

const target = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom('/oauth/token', '/oauth/revoke') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '/',
      '/healthz',
      '/oauth/token/',
      '/oauth//token',
      '/oauth/%74oken',
      '/oauth/%2e%2e/oauth/token',
      '/oauth/token%00',
      '/oauth/introspect',
      '/v1/oauth/token',
      `/oauth/token?code=${SENT}`,
      '/oauth/token?',
      '/oauth/token#f',
      `/${SENT}`,
      '/%',
      '/%ff',
    ),
  },
  { weight: 1, arbitrary: fc.webPath().map((path) => path || '/') },
);

const header = fc.oneof(
  fc.constantFrom<readonly [string, string]>(
    ['Authorization', `Bearer ${SENT}`],
    ['Cookie', `session=${SENT}`],
    ['X-Forwarded-For', `${SENT}, 198.51.100.1`],
    ['CF-Connecting-IP', SENT],
    ['Origin', `chrome-extension://${SENT}`],
    ['Referer', `https://${SENT}.example/`],
    ['User-Agent', SENT],
    ['X-Request-Id', SENT],
    ['Accept', 'text/html'],
    ['Content-Encoding', 'gzip'],
    ['Content-Encoding', ''],
    ['Expect', '100-continue'],
    ['X-HTTP-Method-Override', 'POST'],
    ['Access-Control-Request-Headers', SENT],
    ['Host', SENT],
  ),
  fc.tuple(fc.stringMatching(/^X-[A-Za-z0-9-]{1,10}$/), fc.stringMatching(/^[!-~]{0,30}$/)),
);

export const sentRequest: fc.Arbitrary<Sent> = fc
  .record({
    method: fc.oneof(
      { weight: 12, arbitrary: fc.constant('POST') },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          'GET',
          'HEAD',
          'OPTIONS',
          'PUT',
          'DELETE',
          'PATCH',
          'post',
          'QUERY',
          'PROPFIND',
        ),
      },
    ),
    target,
    contentType: fc.oneof(
      { weight: 10, arbitrary: fc.constant('fitting') },
      { weight: 1, arbitrary: fc.constantFrom(...JSON_TYPES, ...FORM_TYPES) },
      { weight: 1, arbitrary: fc.constantFrom(...OTHER_TYPES, undefined) },
    ),
    declaredLength: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.constantFrom(...FITTING_LENGTHS) },
      { weight: 1, arbitrary: fc.constantFrom(...OTHER_LENGTHS) },
    ),
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(header, { maxLength: 4 })),
    body,
    address: fc.oneof(fc.constant(undefined), fc.ipV4(), fc.ipV6(), fc.constant(SENT)),
    reply: fc.constantFrom<Reply>(
      'token',
      'token',
      'invalid-grant-rfc',
      'invalid-grant-notion',
      'validation-error',
    ),
  })
  .chain((sent) => {
    if (sent.contentType !== 'fitting') return fc.constant(sent);
    return fc
      .constantFrom(...(sent.body.kind === 'form' ? FORM_TYPES : JSON_TYPES))
      .map((contentType) => ({ ...sent, contentType }));
  });
