import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../../../../src/core/database/destination.ts';
import { findEntries, recentFirst } from '../../../../src/core/database/find-entries.ts';

const NAMES = [
  'Metal talks',
  'Talks',
  'Kochbücher',
  'Reading list',
  'Contacts / People',
  'تاريخ',
  'Été 2026',
];
const find = (typed: string, names: readonly string[] = NAMES) => findEntries(names, typed, (name) => name);

describe('finding by typing', () => {
  it('takes neither case nor accents into account', () => {
    expect(find('KOCHBUCH')).toEqual(['Kochbücher']);
    expect(find('ete')).toEqual(['Été 2026']);
    expect(find('تَارِيخ')).toEqual(['تاريخ']);
  });

  it('puts first what begins with it, then what has words that do', () => {
    expect(find('tal')).toEqual(['Talks', 'Metal talks']);
    expect(find('al')).toEqual(['Metal talks', 'Talks']);
    expect(find('p', ['Soap', 'Contacts / People', 'Places'])).toEqual([
      'Places',
      'Contacts / People',
      'Soap',
    ]);
  });

  it('takes words in any order', () => {
    expect(find('list read')).toEqual(['Reading list']);
    expect(find('people contacts')).toEqual(['Contacts / People']);
    expect(find('list write')).toEqual([]);
  });

  it('offers everything, in its order, before anything is typed', () => {
    expect(find('  ')).toEqual(NAMES);
  });

  it('always finds a name by any part of it, and nothing that lacks it', () => {
    const names = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(names, fc.nat(), fc.nat(), (all, from, length) => {
        const [first = ''] = all;
        const at = from % first.length;
        const part = first.slice(at, at + 1 + (length % (first.length - at)));
        fc.pre(/^[ -~]+$/.test(first));
        const found = find(part, all);
        expect(found).toContain(first);
        expect(all).toEqual(expect.arrayContaining(found));
      }),
    );
  });
});

describe('the databases saved to last', () => {
  const entry = (id: string): CatalogEntry => ({ id, botId: 'bot', title: id, icon: null });
  const ids = (recent?: string[]) => recentFirst(['a', 'b', 'c', 'd'].map(entry), recent).map(({ id }) => id);

  it('come first, the latest before the others', () => {
    expect(ids(['c', 'gone', 'b'])).toEqual(['c', 'b', 'a', 'd']);
    expect(ids()).toEqual(['a', 'b', 'c', 'd']);
  });
});
