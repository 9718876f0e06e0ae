import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Option } from '../../../../src/core/database/destination.ts';
import { completeTags } from '../../../../src/core/tags/complete.ts';
import { prepareOptions } from '../../../../src/core/tags/forms.ts';
import { matchOption, optionKey } from '../../../../src/core/tags/rules.ts';

const letters = fc.constantFrom(
  'a',
  'b',
  'B',
  'é',
  'e',
  's',
  ' ',
  '-',
  '_',
  '.',
  '#',
  '+',
  '1',
  'が',
  '́',
  'ß',
  'İ',
);
const name = fc.oneof(
  fc.string({ unit: letters, minLength: 1, maxLength: 8 }),
  fc.constantFrom(
    'JavaScript',
    'java script',
    'javascirpt',
    'Book',
    'books',
    'C',
    'C#',
    'C++',
    '.net',
    'long-read',
  ),
);
const optionList = fc
  .uniqueArray(name, { maxLength: 20, selector: optionKey })
  .map((names): Option[] => names.map((one, at) => ({ id: String(at), name: one, color: 'default' })));
const likelihoods = fc
  .array(fc.tuple(name, fc.double({ min: 0, max: 1, noNaN: true })))
  .map((pairs) => new Map(pairs.map(([one, likelihood]) => [optionKey(one), likelihood])));
const situation = fc.record({
  typed: fc.oneof(name, fc.constant('')),
  options: optionList,
  chosen: fc.array(name, { maxLength: 3 }),
  limit: fc.integer({ min: 0, max: 10 }),
  likelihoods,
});
const RUNS = { numRuns: 500 };

describe('whatever is typed', () => {
  it('only options that are not chosen are offered, none twice and no more than asked for', () => {
    fc.assert(
      fc.property(situation, ({ typed, options, chosen, limit, likelihoods }) => {
        const found = completeTags(typed, options, chosen, limit, likelihoods);
        expect(found.options.length).toBeLessThanOrEqual(limit);
        expect(new Set(found.options).size).toBe(found.options.length);
        for (const option of found.options) {
          expect(options).toContain(option);
          expect(matchOption(option.name, chosen)).toBeNull();
        }
        if (found.near) {
          expect(options).toContain(found.near);
          expect(found.create).not.toBeNull();
        }
      }),
      RUNS,
    );
  });

  it('fewer are the first of more', () => {
    fc.assert(
      fc.property(situation, ({ typed, options, chosen, limit, likelihoods }) => {
        const all = completeTags(typed, options, chosen, options.length, likelihoods);
        const some = completeTags(typed, options, chosen, limit, likelihoods);
        expect(some).toEqual({ ...all, options: all.options.slice(0, limit) });
      }),
      RUNS,
    );
  });

  it('what is likely changes the order alone, not what is offered or created', () => {
    fc.assert(
      fc.property(situation, ({ typed, options, chosen, likelihoods }) => {
        const sets = [new Map(), likelihoods].map((known) => {
          const {
            options: offered,
            create,
            likely,
          } = completeTags(typed, options, chosen, options.length, known);
          return { offered: offered.map(({ id }) => id).sort(), create, likely };
        });
        expect(sets[0]).toEqual(sets[1]);
      }),
      RUNS,
    );
  });

  it('a name that is there comes first, however it is spelt', () => {
    fc.assert(
      fc.property(optionList, fc.nat(), likelihoods, (options, which, known) => {
        const option = options[which % Math.max(options.length, 1)];
        if (!option || optionKey(option.name) === '' || /^[́\s]*$/.test(option.name)) return;
        for (const typed of [option.name, ` ${option.name.normalize('NFD')} `]) {
          const found = completeTags(typed, options, [], 8, known);
          expect(found.options[0]).toBe(option);
          expect(found).toMatchObject({ create: null, likely: true, near: null });
        }
      }),
      RUNS,
    );
  });

  it('the order of the database does not matter where all are differently likely', () => {
    fc.assert(
      fc.property(situation, ({ typed, options, likelihoods }) => {
        if (typed.trim() === '') return;
        const told = new Map(options.map((option, at) => [optionKey(option.name), at + 1]));
        const known = new Map([...likelihoods, ...told]);
        // Which of several equally near ones is meant is another matter: the first.
        const [forth, back] = [options, options.toReversed()].map((list) =>
          completeTags(typed, list, [], 30, known),
        );
        if (forth?.near?.id === back?.near?.id) expect(back?.options).toEqual(forth?.options);
      }),
      RUNS,
    );
  });
});

describe('finding', () => {
  const options: Option[] = [
    'smart art',
    'article',
    'start',
    'long-distance',
    'long',
    '_',
    '東京',
    'Ёлка',
  ].map((one) => ({ id: one, name: one, color: 'default' }));
  const names = (typed: string) => completeTags(typed, options, []).options.map(({ name: one }) => one);

  it('knows any of the words by its start', () => {
    expect(names('art')).toEqual(['article', 'smart art', 'start']);
  });

  it('takes a sign at the end for a sign', () => {
    // The shorter one only in case of a slip, which is never likely.
    expect(names('long-')).toEqual(['long-distance', 'long']);
    expect(completeTags('long-', options, ['long-distance']).likely).toBe(false);
    expect(completeTags('-', options, [])).toMatchObject({
      options: [options[3]],
      create: '-',
      likely: false,
    });
  });

  it('forgives one slip at the start, last of all', () => {
    expect(names('artci')).toEqual(['article']);
    expect(completeTags('artci', options, []).likely).toBe(false);
    expect(names('lnog-d')).toEqual(['long-distance']);
  });

  it('reads other scripts', () => {
    expect(names('京')).toEqual(['東京']);
    expect(names('елка')).toEqual(['Ёлка']);
  });

  it('works the forms of names out once for a list', () => {
    expect(prepareOptions(options)).toBe(prepareOptions(options));
    expect(prepareOptions([...options])).not.toBe(prepareOptions(options));
  });
});
