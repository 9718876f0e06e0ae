/** Addresses made of the pieces that matter to their comparison, for property-based tests. */
import fc from 'fast-check';

const escaped = fc.constantFrom(
  '%20',
  '%41',
  '%2f',
  '%2F',
  '%3D',
  '%25',
  '%',
  '%zz',
  '%C3%A9',
  '%26',
  '%23',
  '%3A',
  'é',
  ' ',
);
const word = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'id',
    'v',
    't',
    'list',
    'index.html',
    'amp',
    'watch',
    'dp',
    'https:',
    '..',
    '.',
    '',
  ),
  fc.string({ maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
  escaped,
);
const name = fc.oneof(
  fc.constantFrom(
    'utm_source',
    'UTM_Medium',
    'utm%5Fx',
    'gclid',
    'amp;fbclid',
    'si',
    'ref',
    's',
    't',
    'source',
    'sid',
    'sig',
  ),
  word,
);
const piece = fc.oneof(
  fc.tuple(name, word).map(([key, value]) => `${key}=${value}`),
  name,
  fc.constant(''),
);
const host = fc.constantFrom(
  'example.org',
  'www.example.org',
  'm.example.co.uk',
  'www.m.www.example.org',
  'EXAMPLE.org.',
  'www.com',
  'm.co.uk',
  'youtu.be',
  'www.youtube.com',
  'mobile.twitter.com',
  'x.com',
  'np.reddit.com',
  'www.amazon.de',
  'm.www.google.co.uk',
  'mail.google.com',
  'en.m.wikipedia.org',
  'm.github.io',
  'localhost',
  '127.0.0.1',
  '[::1]',
  'пример.испытание',
);
const path = fc.oneof(
  fc.array(word, { maxLength: 4 }).map((words) => words.map((one) => `/${one}`).join('')),
  fc.constantFrom(
    '/dQw4w9WgXcQ',
    '/x/dp/B08N5WRWNW/ref=a',
    '/a;jsessionid=1',
    '/a/amp/',
    '/viewtopic.php',
    '/a.pdf',
  ),
);
const optional = (text: fc.Arbitrary<string>) => fc.option(text, { nil: '' });

/** Mostly web addresses that can be parsed, some that can't. */
export const anyAddress = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('http://', 'https://', 'HTTPS://', 'https://user:word@'),
        host,
        optional(fc.constantFrom(':80', ':443', ':8080', '')),
        path,
        optional(fc.array(piece, { maxLength: 5 }).map((pieces) => `?${pieces.join('&')}`)),
        optional(
          fc
            .oneof(
              word,
              piece,
              fc.constantFrom('/a', '!/a', 'utm_source=x', 'a:~:text=b', '!', '?utm_id=1', 'xtor=1&a=2'),
            )
            .map((fragment) => `#${fragment}`),
        ),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'file:///a/?utm_source=x',
      'about:blank',
      'mailto:a@example.org?utm_source=x',
      '',
    ),
  },
);
