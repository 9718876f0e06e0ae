import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../../src/core/capture/address-key.ts';
import { sameAddressVariants } from '../../../../src/core/capture/address-variants.ts';
import { cleanAddress } from '../../../../src/core/capture/clean-address.ts';
import { anyAddress } from './arbitrary-address.ts';

describe('the spellings of an address', () => {
  it('are those a row may hold', () => {
    expect(sameAddressVariants('https://example.org/a?utm_source=x#part')).toEqual([
      'https://example.org/a?utm_source=x#part',
      'https://example.org/a#part',
      'https://example.org/a',
      'https://example.org/a/',
      'https://www.example.org/a',
      'https://www.example.org/a/',
      'http://example.org/a',
      'http://example.org/a/',
    ]);
  });

  it('keep a route and whatever else is of the page', () => {
    for (const one of sameAddressVariants('https://www.example.org/app/?id=1#/inbox'))
      expect(one).toMatch(/^https?:\/\/(www\.)?example\.org\/app\/?\?id=1#\/inbox$/);
  });

  it.each([
    ['https://example.org/', ['https://www.example.org/', 'http://example.org/']],
    ['https://youtu.be/dQw4w9WgXcQ', ['https://www.youtube.com/watch?v=dQw4w9WgXcQ']],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5', ['https://youtu.be/dQw4w9WgXcQ']],
    ['https://example.co.uk/a', ['https://www.example.co.uk/a']],
    ['https://www.blog.example.org/a', ['https://blog.example.org/a']],
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
        expect(variants.length).toBeLessThanOrEqual(8);
        expect(new Set(variants).size).toBe(variants.length);
        expect(new Set(variants.map(addressKey)).size).toBe(1);
      }),
      { numRuns: 1000 },
    );
  });
});
