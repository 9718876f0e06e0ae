import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../../src/core/address/address-key.ts';
import { sameAddressVariants } from '../../../../src/core/address/address-variants.ts';
import { cleanAddress } from '../../../../src/core/address/clean-address.ts';
import { anyAddress } from './arbitrary-address.ts';

describe('the spellings of an address', () => {
  it('are those a row may hold', () => {
    const hosts = ['example.org', 'www.example.org', 'm.example.org'];
    const pages = ['https', 'http'].flatMap((scheme) =>
      hosts.flatMap((host) => [`${scheme}://${host}/a`, `${scheme}://${host}/a/`]),
    );
    const variants = sameAddressVariants('https://example.org/a?utm_source=x#part');
    expect(variants.slice(0, 3)).toEqual([
      'https://example.org/a?utm_source=x#part',
      'https://example.org/a#part',
      'https://example.org/a',
    ]);
    expect(variants).toEqual(expect.arrayContaining(pages));
    expect(variants.length).toBeLessThanOrEqual(pages.length + 4);
  });

  it('keep a route and whatever else is of the page', () => {
    for (const one of sameAddressVariants('https://www.example.org/app/?id=1#/inbox'))
      expect(one).toMatch(/^https?:\/\/((www|m)\.)?example\.org(:443)?\/app\/?(index.html)?\?id=1#\/inbox$/);
  });

  it.each([
    ['https://example.org/', ['https://www.example.org/', 'http://example.org/']],
    ['https://youtu.be/dQw4w9WgXcQ', ['https://www.youtube.com/watch?v=dQw4w9WgXcQ']],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5', ['https://youtu.be/dQw4w9WgXcQ']],
    ['https://example.co.uk/a', ['https://www.example.co.uk/a']],
    ['https://www.blog.example.org/a', ['https://blog.example.org/a']],
    [
      'https://ja.wikipedia.org/wiki/%E8%8B%94',
      ['https://ja.wikipedia.org/wiki/苔', 'https://ja.m.wikipedia.org/wiki/苔'],
    ],
    [
      'https://ja.wikipedia.org/wiki/苔',
      ['https://ja.wikipedia.org/wiki/%E8%8B%94', 'https://ja.wikipedia.org/wiki/%e8%8b%94'],
    ],
    ['https://example.org/caf%c3%a9/', ['https://example.org/café/', 'https://example.org/caf%C3%A9']],
    ['https://en.wikipedia.org/wiki/Moss_(plant)', ['https://en.wikipedia.org/wiki/Moss_%28plant%29']],
    ['https://en.wikipedia.org/wiki/Moss_%28plant%29', ['https://en.wikipedia.org/wiki/Moss_(plant)']],
    ['https://example.org/?q=%D0%BC%D0%BE%D1%85', ['https://example.org/?q=мох']],
    ['https://xn--e1afmkfd.xn--80akhbyknj4f/', ['https://пример.испытание/', 'http://www.пример.испытание/']],
    ['https://bücher.example/a', ['https://xn--bcher-kva.example/a', 'https://www.bücher.example/a']],
    [
      'https://x.com/ada/status/1',
      ['https://twitter.com/ada/status/1', 'https://mobile.twitter.com/ada/status/1'],
    ],
    ['https://twitter.com/ada/status/1', ['https://x.com/ada/status/1']],
    [
      'https://old.reddit.com/r/a/comments/b/',
      ['https://www.reddit.com/r/a/comments/b/', 'https://reddit.com/r/a/comments/b'],
    ],
    ['https://www.reddit.com/r/a/', ['https://old.reddit.com/r/a/']],
    ['https://m.example.org/a', ['https://example.org/a', 'https://www.example.org/a']],
    [
      'https://m.youtube.com/watch?v=dQw4w9WgXcQ',
      ['https://youtu.be/dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1', ['https://youtu.be/dQw4w9WgXcQ?list=PL1']],
    [
      'https://stackoverflow.com/questions/11227809/why-is',
      ['https://stackoverflow.com/questions/11227809', 'https://stackoverflow.com/q/11227809'],
    ],
    ['https://www.amazon.de/gp/product/B08N5WRWNW', ['https://www.amazon.de/dp/B08N5WRWNW']],
    ['http://example.org/', ['http://example.org:80/', 'http://example.org/index.html']],
  ])('of %s have %s', (url, some) => {
    expect(sameAddressVariants(url)).toEqual(expect.arrayContaining(some));
  });

  it.each([
    ['https://blog.example.org/a', 'www.'],
    ['http://localhost:3000/a', 'www.'],
    ['http://192.168.0.1/a', 'www.'],
    ['https://example.org/a.html', '.html/'],
  ])('of %s have none with %s', (url, part) => {
    expect(sameAddressVariants(url).join(' ')).not.toContain(part);
  });

  it.each(['mailto:a@example.org', 'not an address', 'https://user:word@example.org/a'])(
    'of %s is itself',
    (url) => {
      expect(sameAddressVariants(url)).toEqual([url]);
    },
  );

  it('are few, different, of one page, and begin with the address as it is', () => {
    fc.assert(
      fc.property(anyAddress, (url) => {
        const variants = sameAddressVariants(url);
        expect(variants[0]).toBe(url);
        expect(variants).toContain(cleanAddress(url).url);
        expect(variants.length).toBeLessThanOrEqual(100);
        expect(new Set(variants).size).toBe(variants.length);
        expect(new Set(variants.map(addressKey)).size).toBe(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('are all that people have of one page', () => {
    const segment = fc.constantFrom(
      'wiki',
      '苔',
      'café',
      'Moss_(plant)',
      "it's",
      'дом',
      '2024',
      'हिन्दी',
      '한국어',
      'a,b',
      'x~y',
    );
    const host = fc.constantFrom(
      'example.org',
      'blog.example.org',
      'example.co.uk',
      'bücher.example',
      'пример.испытание',
      '例え.テスト',
      'en.wikipedia.org',
      'ja.wikipedia.org',
      'x.com',
      'reddit.com',
      'youtube.com',
      'localhost:3000',
    );
    const query = fc.constantFrom('', '?q=мох', '?id=1', '?v=dQw4w9WgXcQ');
    const ways = fc.record({
      scheme: fc.constantFrom('https', 'http'),
      host: fc.nat({ max: 3 }),
      ascii: fc.boolean(),
      slash: fc.boolean(),
      code: fc.nat({ max: 3 }),
    });
    type Ways = { scheme: string; host: number; ascii: boolean; slash: boolean; code: number };
    const OTHERS: Record<string, string[]> = {
      'x.com': ['twitter.com', 'www.twitter.com', 'mobile.twitter.com'],
      'reddit.com': ['www.reddit.com', 'old.reddit.com', 'new.reddit.com'],
      'en.wikipedia.org': ['en.m.wikipedia.org'],
      'ja.wikipedia.org': ['ja.m.wikipedia.org'],
      'blog.example.org': [],
      'localhost:3000': [],
    };
    const encoded = (text: string) => encodeURI(text);
    const spelled = (text: string, code: number) =>
      [
        text,
        encoded(text),
        encoded(text).replace(/%../g, (one) => one.toLowerCase()),
        encoded(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
      ][code] ?? text;
    const spell = (name: string, path: string[], search: string, way: Ways): string => {
      const hosts = [name, ...(OTHERS[name] ?? [`www.${name}`, `m.${name}`])];
      const chosen = hosts[way.host % hosts.length] ?? name;
      const shown = way.ascii ? new URL(`https://${chosen}`).host : chosen;
      const end = way.slash || path.length === 0 ? '/' : '';
      return `${way.scheme}://${shown}${spelled(`${path.map((one) => `/${one}`).join('')}${end}${search}`, way.code)}`;
    };
    fc.assert(
      fc.property(
        host,
        fc.array(segment, { maxLength: 3 }),
        query,
        ways,
        ways,
        (name, path, search, one, other) => {
          // Addresses of these are ASCII, and their spellings many.
          fc.pre(!['x.com', 'reddit.com'].includes(name) || /^[\w/?=]*$/.test(path.join('') + search));
          const [visited, saved] = [spell(name, path, search, one), spell(name, path, search, other)];
          expect(addressKey(visited)).toBe(addressKey(saved));
          // What a browser shows of it.
          expect(sameAddressVariants(new URL(visited).href)).toContain(saved);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
