import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../../src/core/address/address-key.ts';
import { cleanAddress } from '../../../../src/core/address/clean-address.ts';
import { addresses } from '../../../fixtures/addresses.ts';
import { anyAddress } from './arbitrary-address.ts';

describe('two addresses', () => {
  it.each(addresses)('%s and %s are %s: %s', (a, b, verdict) => {
    expect(addressKey(a) === addressKey(b) ? 'same' : 'different').toBe(verdict);
  });

  it('are at least 200 pairs, none given twice', () => {
    expect(addresses.length).toBeGreaterThanOrEqual(200);
    expect(new Set(addresses.map(([a, b]) => `${a} ${b}`)).size).toBe(addresses.length);
  });
});

describe('the key', () => {
  it.each([
    ['http://www.Example.org:80/a/?utm_source=x#part', 'https://example.org/a'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org/?b=2&a=1#/r', 'https://example.org/?a=1&b=2#/r'],
    ['https://youtu.be/dQw4w9WgXcQ?t=1', 'https://youtube.com/watch?v=dQw4w9WgXcQ'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    ['not an address', 'not an address'],
  ])('of %s is %s', (url, key) => {
    expect(addressKey(url)).toBe(key);
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(anyAddress, (url) => {
        expect(addressKey(addressKey(url))).toBe(addressKey(url));
      }),
      { numRuns: 2000 },
    );
  });

  it('is found for whatever length', () => {
    const many = 300_000;
    expect(addressKey(`https://example.org/a${'/'.repeat(many)}`)).toBe('https://example.org/a');
    expect(addressKey(`https://example.org/a${'/index.html'.repeat(many / 10)}`)).toBe(
      'https://example.org/a',
    );
    expect(addressKey(`https://example.org/a#${'#'.repeat(many)}`)).toBe(
      `https://example.org/a#${'#'.repeat(many)}`,
    );
    expect(addressKey(`https://example.org/a/:${'://'.repeat(many)}b?gclid=1`)).not.toContain('gclid');
  });

  it('is not changed by cleaning', () => {
    fc.assert(
      fc.property(anyAddress, (url) => {
        expect(addressKey(cleanAddress(url).url)).toBe(addressKey(url));
      }),
      { numRuns: 2000 },
    );
  });

  it('is another for another number in the path or the query', () => {
    const number = fc.nat({ max: 9999 });
    fc.assert(
      fc.property(
        number,
        number,
        fc.constantFrom('/a/', '/watch?v=', '/?id=', '/?p=', '/#/a/'),
        (a, b, before) => {
          const same =
            addressKey(`https://example.org${before}${a}`) === addressKey(`https://example.org${before}${b}`);
          expect(same).toBe(a === b);
        },
      ),
    );
  });
});
