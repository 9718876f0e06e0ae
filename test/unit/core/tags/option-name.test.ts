import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optionNameFor } from '../../../../src/core/tags/option-name.ts';
import { tagProblem } from '../../../../src/core/tags/rules.ts';

describe('the nearest name that an option can have', () => {
  it.each([
    ['Mina Okoro', 'Mina Okoro'],
    ['Okoro, Mina', 'Mina Okoro'],
    ['Okoro, Mina A.', 'Mina A. Okoro'],
    ['García Márquez, Gabriel', 'Gabriel García Márquez'],
    ['de Beauvoir, Simone', 'Simone de Beauvoir'],
    ['O’Brien, Flann', 'Flann O’Brien'],
    ['李, 白', '李 白'],
    ['Jane Doe, John Roe', 'Jane Doe; John Roe'],
    ['Ada, Bob, Cleo', 'Ada; Bob; Cleo'],
    ['Acme, Inc.', 'Acme Inc.'],
    ['John Doe, PhD', 'John Doe PhD'],
    ['Sammy Davis, Jr.', 'Sammy Davis Jr.'],
    ['red, white and blue', 'red; white and blue'],
    ['1,000 words', '1000 words'],
    ['Ada,', 'Ada'],
    [', ,', ''],
    ['Wa\u200bter', 'Water'],
  ])('of %j is %j', (name, nearest) => {
    expect(optionNameFor(name)).toBe(nearest);
  });

  it('is one, has all the words, and is its own nearest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Ada', 'de', 'x', ',', ', ', ' ', 'Éo', '李'), { maxLength: 12 }),
        (all) => {
          const name = all.join('');
          const nearest = optionNameFor(name);
          expect([null, 'empty']).toContain(tagProblem(nearest));
          expect(nearest.replace(/[\s;]/g, '').split('').sort()).toEqual(
            name.replace(/[\s,]/g, '').split('').sort(),
          );
          expect(optionNameFor(nearest)).toBe(nearest);
        },
      ),
    );
  });
});
