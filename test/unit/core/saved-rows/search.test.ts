import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, gone, lineOf, packOf, repack } from '../../../../src/core/saved-rows/pack.ts';
import { createRowSearch } from '../../../../src/core/saved-rows/search.ts';
import { fold } from '../../../../src/core/text/fold.ts';

type Row = { id: string; title: string; tags: string[]; address: string };

const row = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  title: `Title of ${id}`,
  tags: [],
  address: `https://www.example.org/${id}`,
  ...more,
});
const entry = (one: Row): Entry => ({ id: one.id, line: lineOf(one) });
const packs = (...rows: Row[]) => [packOf(rows.map(entry))];
const idsOf = (rows: Row[], typed: string, limit = 10): string[] =>
  createRowSearch(packs(...rows))
    .search(typed, limit)
    .map(({ id }) => id);

/** What is promised of text once folded, in the plainest form; the rows that changed last come first in `rows`. */
function reference(rows: readonly Row[], typed: string, limit: number): string[] {
  const words = [...new Set(fold(typed).split(/\s+/))].filter((word) => word !== '');
  const begins = (text: string, word: string): boolean => {
    const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${escaped}`, 'u').test(text);
  };
  const ranks = rows.flatMap((one) => {
    const [, host = '', path = ''] = /^https:\/\/(?:www\.)?([^/]*)(.*)$/.exec(one.address) ?? [];
    const parts = [one.title, one.tags.join(' '), host, path].map(fold) as [string, string, string, string];
    const [title, tags, site] = parts;
    if (!words.every((word) => parts.some((part) => part.includes(word)))) return [];
    const rankOf = (word: string) =>
      begins(title, word) ? 0 : begins(tags, word) ? 1 : begins(site, word) ? 2 : 3;
    return [{ id: one.id, rank: words.reduce((sum, word) => sum + rankOf(word), 0) }];
  });
  return ranks
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ id }) => id);
}

const word = fc.constantFrom(
  ...[
    'rust',
    'Rust',
    'Trust',
    'café',
    'Cafe',
    'node.js',
    'c++',
    'a',
    'an',
    'ba',
    'aab',
    'Über',
    'ubers',
    '🔥fire',
  ],
  ...['x-ray', 'ray', '日本語', '本', 'Привет', 'et', 'org', 'exam', 'Zürich', '1', '12', '2-1'],
);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const content = fc.record({
  title: text,
  tags: fc.array(word, { maxLength: 3 }),
  address: fc
    .tuple(fc.constantFrom('www.example.org', 'rust.dev', 'news.café.net'), fc.array(word, { maxLength: 3 }))
    .map(([host, path]) => `https://${host}/${path.join('/')}`),
});
/** Typed letter by letter, or anything. */
const typedText = fc.oneof(
  text,
  fc.tuple(text, fc.nat(20)).map(([words, length]) => words.slice(0, length).toWellFormed()),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);

describe('searching saved rows', () => {
  it('finds what the plainest search finds, in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(content, { maxLength: 60 }),
        typedText,
        fc.integer({ min: 1, max: 12 }),
        (all, typed, limit) => {
          const rows = all.map((one, index) => ({ ...one, id: `r${index}` }));
          expect(idsOf(rows, typed, limit)).toEqual(reference([...rows].reverse(), typed, limit));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('finds the same whatever was typed before, and with rows that come, change and go in between', () => {
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.record({ typed: typedText, more: word }) },
      { weight: 1, arbitrary: fc.record({ put: content, at: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.record({ drop: fc.nat(30) }) },
    );
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 5, maxLength: 30 }),
        fc.array(action, { maxLength: 12 }),
        (all, actions) => {
          let rows: Row[] = all.map((one, index) => ({ ...one, id: `r${index}` }));
          const search = createRowSearch(packs(...rows));
          const check = (typed: string) =>
            expect(search.search(typed, 5).map(({ id }) => id)).toEqual(
              reference([...rows].reverse(), typed, 5),
            );
          for (const one of actions) {
            if ('typed' in one) {
              const whole = `${one.typed} ${one.more}`;
              for (let length = 1; length <= whole.length; length++)
                check(whole.slice(0, length).toWellFormed());
              continue;
            }
            const id = `r${'put' in one ? one.at : one.drop}`;
            rows = rows.filter((other) => other.id !== id);
            if ('put' in one) rows.push({ ...one.put, id });
            search.add(packOf(['put' in one ? entry({ ...one.put, id }) : gone(id)]));
          }
          check('');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('goes on over blocks, narrowing as more is typed', () => {
    const rows = Array.from({ length: 4_500 }, (_, at) =>
      row(`r${at}`, {
        title: `Note ${at % 900 === 0 ? 'uncommon ' : ''}${at}`,
        tags: at % 3 ? [] : ['third'],
      }),
    );
    const search = createRowSearch(packs(...rows));
    const newestFirst = [...rows].reverse();
    for (const whole of ['uncommon 90', 'third 11', 'note 4499', 'hird ote 12', 'nothing', 'example'])
      for (let length = 1; length <= whole.length; length++) {
        const typed = whole.slice(0, length);
        expect(
          search.search(typed, 8).map(({ id }) => id),
          typed,
        ).toEqual(reference(newestFirst, typed, 8));
      }
  });

  it('finds the same over many blocks, however often the words are found and wherever', () => {
    const words = ['usual', 'us', 'example', 'ex', 'e', 'a', 'ample', 'rust', 'é', '本', 'x-ray', 'ray', '7'];
    const random = (seed: number) => (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return (seed >>> 8) % below;
    };
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, typed, limit) => {
          const next = random(seed);
          // Of some words there are few, of others many.
          const pick = () => words[Math.min(next(words.length), next(words.length))] ?? '';
          const text = () => Array.from({ length: next(4) }, pick).join(' ');
          const rows = Array.from({ length: 2_300 }, (_, at) =>
            row(`r${at}`, {
              title: text(),
              tags: [text()],
              address: `https://${pick()}.example/${pick()}/usual`,
            }),
          );
          const search = createRowSearch([
            packOf(rows.slice(0, 1_500).map(entry)),
            packOf(rows.slice(1_500).map(entry)),
          ]);
          for (const at of [2_299, 700, 3]) {
            const [old] = rows.splice(at, 1);
            if (!old) throw new Error('no such row');
            const isEdited = next(2) === 1;
            search.add(packOf([isEdited ? entry(old) : gone(old.id)]));
            if (isEdited) rows.push(old);
          }
          rows.reverse();
          for (const one of typed)
            for (const text of [one.join(' ').slice(0, 2), one.slice(0, 1).join(''), one.join(' ')])
              expect(search.search(text, limit).map(({ id }) => id)).toEqual(reference(rows, text, limit));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('puts the title before tags, tags before the host and the host before the rest; the latest first', () => {
    const rows = [
      row('title', { title: 'All of maths' }),
      row('tag', { tags: ['pure maths'] }),
      row('host', { address: 'https://maths.example/' }),
      row('path', { address: 'https://example.org/maths' }),
      row('within', { title: 'Aftermaths' }),
      row('older title', { title: 'Maths' }),
    ];
    expect(idsOf(rows, 'MATHS')).toEqual(['older title', 'title', 'tag', 'host', 'within', 'path']);
    expect(idsOf(rows, 'maths exam')).toEqual(['older title', 'title', 'tag', 'host', 'within', 'path']);
  });

  it('does not miss a word for what nobody sees in it, nor in what is typed', () => {
    const rows = [
      row('marked', { title: 'Wa\u200bt\u2060er\ufeff mills' }),
      row('persian', { title: 'می\u200cخواهم', tags: ['ke\u00adlp'] }),
    ];
    expect(idsOf(rows, 'water')).toEqual(['marked']);
    expect(idsOf(rows, 'mi\u200blls')).toEqual(['marked']);
    expect(idsOf(rows, 'میخواهم')).toEqual(['persian']);
    expect(idsOf(rows, 'می\u200cخواهم kelp')).toEqual(['persian']);
  });

  it('reads what is encoded in a path, and passes over what is badly encoded', () => {
    const rows = [
      row('greek', { address: 'https://example.org/%CE%B1%CE%B2%CE%B3' }),
      row('bad', { address: 'https://example.org/100%zz' }),
    ];
    expect(idsOf(rows, 'αβγ')).toEqual(['greek']);
    expect(idsOf(rows, '100%')).toEqual(['bad']);
  });

  it('finds nothing by the scheme, by a gap or by a separator, and nothing at all for no places', () => {
    const rows = [row('one'), row('two')];
    expect(idsOf(rows, 'https')).toEqual([]);
    expect(idsOf(rows, 'one\texample')).toEqual(['one']);
    expect(idsOf(rows, 'oneexample')).toEqual([]);
    expect(idsOf(rows, 'title', 0)).toEqual([]);
    expect(idsOf([], 'title')).toEqual([]);
    expect(idsOf(rows, ' ')).toEqual(['two', 'one']);
  });
});

describe('packs', () => {
  it('packed anew hold each row once, in the same order', () => {
    const old = [
      ...packs(row('a'), row('wide', { title: '日本' }), row('b'), row('c'), row('wider', { title: '本' })),
      packOf([entry(row('a', { title: 'Newer' })), gone('b')]),
      ...packs(row('d')),
    ];
    const fresh = repack(old);
    expect(fresh).toEqual({
      entries: 5,
      packs: packs(
        row('wide', { title: '日本' }),
        row('c'),
        row('wider', { title: '本' }),
        row('a', { title: 'Newer' }),
        row('d'),
      ),
    });
    expect(createRowSearch(fresh.packs).search('', 9)).toEqual(createRowSearch(old).search('', 9));
  });

  it('hold a line for each row, whatever is in it', () => {
    const rows = [
      row('a', { title: '', address: '' }),
      row('b', { title: 'Two\nlines\tand\u2028more', tags: ['x\ny'] }),
    ];
    expect(idsOf(rows, 'lines and')).toEqual(['b']);
    expect(idsOf(rows, '')).toEqual(['b', 'a']);
  });
});
