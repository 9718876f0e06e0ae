import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Option } from '../../../../src/core/database/destination.ts';
import { completeTags } from '../../../../src/core/tags/complete.ts';
import { startsWithTypo, typosBetween } from '../../../../src/core/tags/typos.ts';

const optionsOf = (...names: string[]): Option[] =>
  names.map((name, at) => ({ id: String(at), name, color: 'default' }));

/** What becomes of a name that is typed while another exists. */
function judge(typed: string, existing: string): 'same' | 'near' | 'new' {
  const { create, near } = completeTags(typed, optionsOf('unrelated', existing), []);
  if (create === null) return 'same';
  return near === null ? 'new' : 'near';
}

const SAME = [
  ['Javascript', 'JavaScript'],
  ['JAVASCRIPT', 'JavaScript'],
  [' c# ', 'C#'],
  ['CAFÉ', 'café'],
] as const;

const NEAR = [
  ['java script', 'JavaScript'],
  ['Java-Script', 'JavaScript'],
  ['java_script', 'JavaScript'],
  ['JavaScript', 'java script'],
  ['long-read', 'long read'],
  ['longreads', 'long read'],
  ['web 2', 'web2'],
  ['2024 11', '2024-11'],
  ['resume', 'résumé'],
  ['Zurich', 'Zürich'],
  ['nodejs', 'Node.js'],
  ['node js', 'Node.js'],
  ['cicd', 'CI/CD'],
  ["writer's block", 'writers block'],
  ['asp net', 'ASP.NET'],
  ['book', 'books'],
  ['Books', 'book'],
  ['libraries', 'library'],
  ['library', 'libraries'],
  ['movie', 'Movies'],
  ['box', 'boxes'],
  ['branches', 'branch'],
  ['APIs', 'API'],
  ['design patterns', 'design pattern'],
  ['databases design', 'database design'],
  ['javascirpt', 'JavaScript'],
  ['javascrpt', 'JavaScript'],
  ['javasccript', 'JavaScript'],
  ['javasxript', 'JavaScript'],
  ['ajvascript', 'JavaScript'],
  ['colour', 'color'],
  ['pyhon', 'Python'],
  ['machine lerning', 'machine learning'],
  ['acessiblity', 'accessibility'],
  ['программиование', 'программирование'],
] as const;

const NEW = [
  ['C', 'C#'],
  ['C#', 'C'],
  ['C', 'C++'],
  ['C++', 'C#'],
  ['C++', 'C'],
  ['C--', 'C'],
  ['C/C++', 'C++'],
  ['CS', 'C'],
  ['F#', 'F'],
  ['A-', 'A'],
  ['A+', 'A-'],
  ['net', '.net'],
  ['.net', 'net'],
  ['nets', '.net'],
  ['.net', '.NET Core'],
  ['visual c', 'visual c++'],
  ['programming c', 'programming c#'],
  ['javascript#', 'javascript'],
  ['python2', 'python3'],
  ['python 2', 'python 3'],
  ['python', 'python3'],
  ['1990s', '1990'],
  ['2024', '2025'],
  ['12', '1-2'],
  ['v1.2.0 release', 'v12.0 release'],
  ['java', 'JavaScript'],
  ['TypeScript', 'JavaScript'],
  ['React', 'Preact'],
  ['rust', 'rest'],
  ['cat', 'car'],
  ['spring', 'string'],
  ['JS', 'J'],
  ['cs', 'css'],
  ['new', 'news'],
  ['hacker new', 'Hacker News'],
  ['http', 'HTTPS'],
  ['microeconomics', 'macroeconomics'],
  ['hypertension', 'hypotension'],
  ['intranet', 'internet'],
  ['moral questions', 'immoral questions'],
  ['world war i', 'world war ii'],
  ['vitamin b', 'vitamin c'],
  ['machine lerning', 'maschine learning'],
  ['かぎ', 'かき'],
  ['कल', 'कुल'],
  ['東京都新宿区役所', '東京都渋谷区役所'],
] as const;

describe('near doubles', () => {
  it.each(SAME)('%s is %s', (typed, existing) => {
    expect(judge(typed, existing)).toBe('same');
    expect(completeTags(typed, optionsOf(existing), []).options[0]?.name).toBe(existing);
  });

  it.each(NEAR)('%s is probably meant to be %s', (typed, existing) => {
    expect(judge(typed, existing)).toBe('near');
    const { options, create } = completeTags(typed, optionsOf('unrelated', existing), []);
    expect(options[0]?.name).toBe(existing);
    expect(create).toBe(typed);
  });

  it.each(NEW)('%s is not %s', (typed, existing) => expect(judge(typed, existing)).toBe('new'));

  it('never lets Enter take what differs in signs', () => {
    for (const [typed, existing] of NEW) {
      const { options, likely } = completeTags(typed, optionsOf(existing), []);
      // What begins with what was typed may well be meant.
      if (!existing.toLowerCase().includes(typed.toLowerCase()))
        expect({ typed, options, likely }).toMatchObject({ likely: false });
    }
  });

  it('takes the one with the fewest slips, and of several the likeliest', () => {
    const options = optionsOf('photograph', 'photographing', 'photography');
    expect(completeTags('photogrpahy', options, []).near?.name).toBe('photography');
    const alike = optionsOf('testing', 'tasting');
    expect(completeTags('tsting', alike, []).near?.name).toBe('testing');
    expect(completeTags('tsting', alike, [], 8, new Map([['tasting', 0.5]])).near?.name).toBe('tasting');
  });

  it('names one that is chosen already, but does not offer it', () => {
    const completion = completeTags('java script', optionsOf('JavaScript'), ['JavaScript']);
    expect(completion.near?.name).toBe('JavaScript');
    expect(completion.options).toEqual([]);
  });

  it('is silent where nothing new is typed', () => {
    for (const typed of ['', '  ', 'book', 'Books']) {
      expect(completeTags(typed, optionsOf('book', 'books'), []).near).toBeNull();
    }
  });
});

describe('slips', () => {
  /** Every letter of both words against every other, without a band. */
  function typosInFull(a: string, b: string): number {
    const rows = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const at = (i: number, j: number) => rows[i]?.[j] ?? Number.NaN;
    for (let i = 1; i <= a.length; i++) {
      for (let j = 1; j <= b.length; j++) {
        const isSame = a[i - 1] === b[j - 1];
        let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          least = Math.min(least, at(i - 2, j - 2) + 1);
        }
        const row = rows[i];
        if (row) row[j] = least;
      }
    }
    return at(a.length, b.length);
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

  it('are counted as without a bound, up to it', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
        const all = typosInFull(a, b);
        expect(typosBetween(a, b, most)).toBe(all <= most ? all : Number.POSITIVE_INFINITY);
      }),
      { numRuns: 1_000 },
    );
  });

  it('at the start of a name are one at most', () => {
    fc.assert(
      fc.property(word, word, (name, typed) => {
        const starts = Array.from({ length: name.length + 1 }, (_, length) => name.slice(0, length));
        if (typed !== '' && startsWithTypo(name, typed)) {
          expect(Math.min(...starts.map((start) => typosInFull(start, typed)))).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
    for (const typed of ['javsc', 'jvasc', 'javva', 'jaxas', 'ajvas']) {
      expect(startsWithTypo('javascript', typed)).toBe(true);
    }
    for (const typed of ['xavas', 'vascr', 'jxxas']) expect(startsWithTypo('javascript', typed)).toBe(false);
  });
});
