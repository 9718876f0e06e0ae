import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanAddress } from '../../../../src/core/address/clean-address.ts';
import { EVERYWHERE, ON_SITES } from '../../../../src/core/address/tracking-rules.ts';
import { anyAddress } from './arbitrary-address.ts';

const cleaned = (url: string) => cleanAddress(url).url;

describe('a clean address', () => {
  it.each([
    ['https://example.org/?utm_source=a', 'https://example.org/'],
    ['https://example.org?utm_source=a', 'https://example.org'],
    ['https://example.org/?utm_source=a&id=1', 'https://example.org/?id=1'],
    ['https://example.org/?id=1&utm_source=a', 'https://example.org/?id=1'],
    ['https://example.org/?b=2&utm_source=a&a=1&a=0', 'https://example.org/?b=2&a=1&a=0'],
    ['https://example.org/?&utm_source=a&', 'https://example.org/'],
    ['https://example.org/?a&utm_source&b=&=c', 'https://example.org/?a&b=&=c'],
    ['https://example.org/?id=1&amp;utm_source=a', 'https://example.org/?id=1'],
    ['https://example.org/?UTM_SOURCE=a', 'https://example.org/'],
    ['https://example.org/?q=%7e%2F+a%20b&fbclid=x#part', 'https://example.org/?q=%7e%2F+a%20b#part'],
    ['HTTP://EXAMPLE.org:80/A/../%7E?gclid=1', 'HTTP://EXAMPLE.org:80/A/../%7E'],
    ['https://example.org/#utm_source=a&utm_medium=b', 'https://example.org/'],
    ['https://example.org/#xtor=RSS-1', 'https://example.org/'],
    ['https://www.youtube.com/watch?v=a&si=b&t=3', 'https://www.youtube.com/watch?v=a&t=3'],
    ['https://smile.amazon.co.uk/dp/1/ref=a?tag=b&th=1', 'https://smile.amazon.co.uk/dp/1/ref=a?th=1'],
    ['https://m.etsy.com/listing/1?ref=a', 'https://m.etsy.com/listing/1'],
  ])('%s becomes %s', (url, clean) => {
    expect(cleaned(url)).toBe(clean);
  });

  it.each([
    'https://example.org/?',
    'https://example.org/?&&',
    'https://example.org/?ref=a&source=b&s=c&t=d&si=e&tag=f',
    'https://example.org/utm_source=a',
    'https://example.org/?q=utm_source=a',
    'https://example.org/#/route?utm_source=a',
    'https://example.org/#part&utm_source=a',
    'https://example.org/#:~:text=utm_source',
    'https://example.org/#utm_source=a:~:text=b',
    'https://notyoutube.com/?si=a',
    'https://www.amazon.example.com/?tag=a',
    'https://mail.google.com/?ved=a',
    'https://www.pixiv.net/member.php?p=2',
    'https://web.archive.org/web/2020/https://example.org/?utm_source=a',
    'https://bucket.s3.amazonaws.com/a?utm_source=a&X-Amz-Signature=b',
    'https://example.org/?__proto__=a&constructor=b',
    'file:///a?utm_source=a',
    'mailto:a@example.org?utm_source=a',
    'not an address?utm_source=a',
    'https://example.org/?utm_\nsource=a',
    '',
  ])('%s stays as it is', (url) => {
    expect(cleanAddress(url)).toEqual({ url, removed: [] });
  });

  it('comes with the names that were taken out, in their order', () => {
    expect(
      cleanAddress('https://example.org/?utm_source=a&id=1&gclid=b&utm_source=c#utm_id=d').removed,
    ).toEqual(['utm_source', 'gclid', 'utm_source', 'utm_id']);
  });

  it('is not cleaned further', () => {
    fc.assert(
      fc.property(anyAddress, (url) => {
        expect(cleanAddress(cleaned(url))).toEqual({ url: cleaned(url), removed: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('differs from the address in listed parameters alone', () => {
    const listed = fc.constantFrom('utm_source=1', 'Utm_Anything', 'fbclid=', 'gclid=a%20b', '_hsenc=x=y');
    const other = fc
      .stringMatching(/^[a-z[\]%]{0,3}(=[\w%+,;:/?é-]{0,4})?$/)
      .filter((piece) => piece !== '' && !EVERYWHERE.split(' ').includes(piece.split('=')[0] ?? ''));
    const pieces = fc.array(
      fc.oneof(
        listed.map((text) => ({ text, kept: false })),
        other.map((text) => ({ text, kept: true })),
      ),
      { minLength: 1, maxLength: 6 },
    );
    const around = fc.record({
      before: fc.constantFrom(
        'https://example.org',
        'http://Example.org:80/%7e/a//b',
        'https://a:b@example.org/é',
      ),
      after: fc.constantFrom('', '#', '#part', '#/a?utm_source=1', '#a:~:text=utm_source'),
    });
    fc.assert(
      fc.property(pieces, around, (query, { before, after }) => {
        const kept = query.filter((one) => one.kept).map(({ text }) => text);
        const expected = `${before}${kept.length > 0 ? `?${kept.join('&')}` : ''}${after}`;
        expect(cleaned(`${before}?${query.map(({ text }) => text).join('&')}${after}`)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the rule list', () => {
  it('names hosts and parameters that can occur', () => {
    for (const [host, names] of Object.entries(ON_SITES)) {
      expect(host).toMatch(/^=?(?!www\.|m\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:[a-z]+|\*)$/);
      expect(names.split(' ').every((name) => /^[\w$-]+$/.test(name))).toBe(true);
    }
    expect(EVERYWHERE).toBe(EVERYWHERE.toLowerCase());
  });

  it('takes out no name that chooses a page on many sites', () => {
    const choosing = 'id p q v page s t tag ref source lang sort from type k key name file url u n c i'.split(
      ' ',
    );
    expect(EVERYWHERE.split(' ').filter((name) => choosing.includes(name))).toEqual([]);
  });

  it('is small enough to load in a worker', () => {
    const source = readFileSync('src/core/address/tracking-rules.ts');
    expect(gzipSync(source).length).toBeLessThan(15_000);
  });
});
