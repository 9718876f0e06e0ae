import { domainToASCII, domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostInLetters } from '../../../../src/core/address/punycode.ts';

it.each([
  ['xn--bcher-kva.example', 'bücher.example'],
  ['xn--e1afmkfd.xn--80akhbyknj4f', 'пример.испытание'],
  ['xn--r8jz45g.xn--zckzah', '例え.テスト'],
  ['xn--ls8h.la', '💩.la'],
  ['example.org', 'example.org'],
  ['xn--', 'xn--'],
])('%s is read %s', (host, letters) => {
  expect(hostInLetters(host)).toBe(letters);
});

it('is read as it was written, whatever the letters', () => {
  const label = fc.string({
    unit: fc.constantFrom(...'abcz09üéßñйжクラ苔한हिน่😀'),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(label, (written) => {
      const ascii = domainToASCII(`${written}.example`);
      fc.pre(ascii !== '');
      expect(hostInLetters(ascii)).toBe(domainToUnicode(ascii));
    }),
    { numRuns: 2000 },
  );
});

it('never fails, whatever stands behind the mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abcz09-.é'), maxLength: 80 }), (some) => {
      expect(typeof hostInLetters(`xn--${some}`)).toBe('string');
    }),
  );
});
