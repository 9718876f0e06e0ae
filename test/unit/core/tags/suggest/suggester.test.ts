/** Proposing tags: what is learned and forgotten, and what is proposed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_ROWS, type TaggedRow, TagMemory } from '../../../../../src/core/tags/suggest/memory.ts';
import { Suggester } from '../../../../../src/core/tags/suggest/suggester.ts';
import { SHIPPED } from '../../../../../src/core/tags/suggest/weights.ts';

const HOUR = 3_600_000;
const options = (...names: string[]) => names.map((name) => ({ name }));
const page = (title: string, url = 'https://example.org/', description = '') => ({ url, title, description });

const row: fc.Arbitrary<TaggedRow> = fc.record({
  id: fc.uuid(),
  at: fc.nat({ max: 40 }).map((hours) => 1_700_000_000_000 + hours * HOUR),
  url: fc.constantFrom(
    'https://github.com/denoland/deno',
    'https://github.com/tokio-rs/tokio',
    'https://example.org/a-tide',
  ),
  title: fc.constantFrom('Async Rust with Tokio', '潮の満ち引きを予測する', 'How tides are predicted', ''),
  tags: fc.subarray(['rust', 'async', 'Physics', 'sea', '読む']),
});
const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 12 });

function packedOf(all: readonly TaggedRow[]) {
  const memory = new TagMemory();
  for (const one of all) memory.learn(one);
  return memory.pack();
}

describe('what is learned of rows', () => {
  it('is undone by forgetting, to the last bit', () => {
    fc.assert(
      fc.property(rows, rows, (kept, gone) => {
        const others = gone.filter(({ id }) => !kept.some((one) => one.id === id));
        const memory = new TagMemory(packedOf([...kept, ...others]));
        for (const { id } of others) memory.forget(id);
        expect(memory.pack()).toEqual(packedOf(kept));
      }),
    );
  });

  it('is the same in whatever order it comes, and however often', () => {
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.nat(12),
        ([all, other], cut) => {
          const memory = new TagMemory(packedOf(other.slice(0, cut)));
          for (const one of [...other.slice(cut), ...other.slice(0, 3)]) memory.learn(one);
          expect(memory.pack()).toEqual(packedOf(all));
        },
      ),
    );
  });

  it('is of a row as it is now: changed tags take the place of the earlier ones, and without tags nothing is left', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const memory = new TagMemory(packedOf(all));
        for (const one of all) memory.learn({ ...one, title: 'Another', tags: ['changed'] });
        expect(memory.pack()).toEqual(
          packedOf(all.map((one) => ({ ...one, title: 'Another', tags: ['changed'] }))),
        );
        for (const one of all) memory.learn({ ...one, tags: [] });
        expect(memory.pack()).toEqual(NO_ROWS);
      }),
    );
  });

  it('names each option once, whatever its case, and holds nothing but numbers beside the names', () => {
    const packed = packedOf([
      {
        id: 'a',
        at: 0,
        url: 'https://example.org/secret',
        title: 'Secret words',
        tags: ['Rust', 'rust', ' RUST '],
      },
    ]);
    expect(packed.names).toEqual(['rust']);
    const { names: _, ...numbers } = packed;
    for (const one of Object.values(numbers)) expect(ArrayBuffer.isView(one)).toBe(true);
  });
});

describe('what is proposed', () => {
  it('is an option of the database and nothing else, not chosen yet, five at most, each once', () => {
    fc.assert(
      fc.property(
        rows,
        fc.subarray(['rust', 'sea', 'other']),
        fc.subarray(['rust', 'sea']),
        (all, names, chosen) => {
          const suggester = new Suggester({ rows: packedOf(all), weights: SHIPPED });
          const about = page('Rust, the sea, and the other', 'https://github.com/denoland/deno');
          const proposed = suggester.propose(about, chosen, options(...names)).map(({ name }) => name);
          expect(proposed.every((name) => names.includes(name) && !chosen.includes(name))).toBe(true);
          expect(new Set(proposed).size).toBe(proposed.length);
          expect(proposed.length).toBeLessThanOrEqual(5);
        },
      ),
    );
  });

  it('is nothing where nothing is known', () => {
    const suggester = new Suggester();
    expect(suggester.propose(page(''), [], [])).toEqual([]);
    expect(suggester.propose(page('How tides are predicted'), [], options('rust', 'async'))).toEqual([]);
  });

  it.each([
    ['Async Rust in practice', 'rust'],
    ['A tour of C++ for beginners', 'C++'],
    ['What is new in C# and .NET', 'C#'],
    ['What is new in C# and .NET', '.net'],
    ['Node.js streams', 'Node.js'],
    ['Plotting with R', 'R'],
    ['Machine learning for all', 'machine-learning'],
    ['MachineLearning for all', 'Machine Learning'],
    ['On databases', 'Database'],
    ['潮の満ち引きを予測する', '予測'],
    ['机器学习入门', '机器学习'],
    ['การเรียนรู้ของเครื่อง', 'การเรียนรู้'],
    ['한국어 맞춤법 검사기', '맞춤법'],
    ['Прогноз приливов', 'прогноз'],
    ['L’été à la plage', 'Été'],
  ])('is likelier when it is named in the title: %s, %s', (title, name) => {
    const found = new Suggester().candidates(page(title), [], options('other', name));
    expect(found).toMatchObject([{ name, reasons: [{ kind: 'in-title' }] }]);
  });

  it('is no option of which only a part of a word is there', () => {
    const all = options('art', 'go', 'c', 'net');
    expect(new Suggester().candidates(page('Starting to google electronics'), [], all)).toEqual([]);
  });

  it('is learned: words, sites, what goes together, and says why', () => {
    const suggester = new Suggester();
    const titles = [
      'Borrowing explained',
      'The borrow checker',
      'Lifetimes and borrowing',
      'Fighting the borrow checker',
    ];
    for (let at = 0; at < 40; at++) {
      const title = titles[at % 4] ?? '';
      const isRust = at % 2 === 0;
      suggester.learn({
        ...{ id: `row ${at}`, at: at * HOUR },
        ...(isRust
          ? { url: `https://rust.example/book/${at}`, title, tags: ['rust', 'memory'] }
          : { url: `https://sea.example/${at}`, title: 'How the water rises', tags: ['tides'] }),
      });
    }
    const all = options('rust', 'memory', 'tides', 'other');
    const likeliest = (about: ReturnType<typeof page>, chosen: string[] = []) =>
      suggester.candidates(about, chosen, all);
    const byWords = likeliest(page('Borrowing', 'https://new.example/'));
    expect(byWords.map(({ name }) => name)).toEqual(['rust', 'memory', 'tides']);
    expect(suggester.propose(page('Borrowing', 'https://new.example/'), [], all)).toHaveLength(2);
    expect(byWords[0]?.reasons).toContainEqual({ kind: 'words', words: ['borrowing'] });
    const bySite = likeliest(page('Untold', 'https://sea.example/new'));
    expect(bySite[0]).toMatchObject({ name: 'tides' });
    expect(bySite[0]?.reasons).toContainEqual({ kind: 'site', place: 'sea.example' });
    const together = likeliest(page('Untold', 'https://new.example/'), ['rust']);
    expect(together[0]).toMatchObject({ name: 'memory' });
    expect(together[0]?.reasons).toContainEqual({ kind: 'together', tag: 'rust' });
  });

  it('is corrected by what is chosen: a name that stands in titles and is never meant counts for less', () => {
    const suggester = new Suggester();
    const all = options('news', 'tides');
    const about = page('Daily news: tides');
    const confidence = () =>
      suggester.candidates(about, [], all).find(({ name }) => name === 'news')?.confidence ?? 0;
    const before = confidence();
    for (let at = 0; at < 30; at++) {
      suggester.teach(about, ['tides'], all);
      suggester.learn({ id: String(at), at: at * HOUR, ...about, tags: ['tides'] });
    }
    expect(confidence()).toBeLessThan(before / 2);
  });

  it('is found in a page that writes more than anybody reads', () => {
    const names = Array.from({ length: 500 }, (_, at) => `option${at}`);
    const suggester = new Suggester();
    const long = page(names.join(' ').repeat(40), 'https://example.org/', names.join(' ').repeat(40));
    expect(suggester.candidates(long, [], options(...names))).toHaveLength(40);
    expect(suggester.candidates(page('x'.repeat(100_000)), [], options(...names))).toEqual([]);
  });
});
