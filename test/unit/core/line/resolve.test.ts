import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../../src/core/line/parse.ts';
import { type KnownNames, resolveLine } from '../../../../src/core/line/resolve.ts';
import { text } from './random-lines.ts';

const databases = [
  'Work',
  'Workshop',
  '📚 Reading list',
  'Rezepte für Gäste',
  'Bookmarks',
  'bookmarks',
  '2024',
].map((title, at) => ({ id: `d${at}`, title }));
const presets = ['Evening', 'For work'].map((name, at) => ({ id: `p${at}`, name }));
const known: KnownNames = {
  databases,
  presets,
  tagOptions: ['JavaScript', 'long read', 'Résumé', 'Node.js', 'C#', 'Google', '猫、犬'],
  statusOptions: ['Not started', 'In progress', '✅ Done'],
};

const resolve = (typed: string) => resolveLine(parseLine(typed), known);
const databaseOf = (typed: string) => resolve(`@"${typed}"`).database?.title ?? null;
const statusOf = (typed: string) => resolve(`!"${typed}"`).status;
const problemsOf = (typed: string) =>
  resolve(typed).problems.map(({ kind, typed: name, reason }) => [kind, name, reason]);

describe('the names of a line', () => {
  it('are those that exist', () => {
    expect(resolve('read it #javascript @work !"not started" >evening')).toEqual({
      tags: ['JavaScript'],
      database: { id: 'd0', title: 'Work' },
      status: 'Not started',
      preset: { id: 'p0', name: 'Evening' },
      note: 'read it',
      problems: [],
    });
  });

  it.each([
    ['WORK', 'Work'],
    ['works', 'Workshop'],
    ['wor', null],
    ['reading', '📚 Reading list'],
    ['reading-list', '📚 Reading list'],
    ['readingl', '📚 Reading list'],
    ['📚 Reading list', '📚 Reading list'],
    ['list', null],
    ['rezepte fur gaste', 'Rezepte für Gäste'],
    ['rez', 'Rezepte für Gäste'],
    ['2024', '2024'],
    ['2023', null],
    ['bookmarks', null],
    ['nowhere', null],
  ])('database %j is %j', (typed, title) => expect(databaseOf(typed)).toBe(title));

  it.each([
    ['in-progress', 'In progress'],
    ['inprogress', 'In progress'],
    ['n', 'Not started'],
    ['done', '✅ Done'],
    ['d', '✅ Done'],
    ['✅', '✅ Done'],
    ['started', null],
    ['\u0301', null],
  ])('status %j is %j', (typed, status) => expect(statusOf(typed)).toBe(status));

  it.each([
    ['javaSCRIPT', ['JavaScript']],
    ['long-read', ['long read']],
    ['"long  read"', ['long read']],
    ['resume', ['Résumé']],
    ['nodejs', ['Node.js']],
    ['java', ['java']],
    ['go', ['go']],
    ['c', ['c']],
    ['c#', ['C#']],
    ['C++', ['C++']],
    ['"猫、犬"', ['猫、犬']],
    ['"cats, JAVASCRIPT"', ['cats', 'JavaScript']],
    ['javascript #JAVA-SCRIPT #New #new', ['JavaScript', 'New']],
  ])('tags #%s are %j', (typed, tags) => {
    expect(resolve(`#${typed}`)).toMatchObject({ tags, note: '', problems: [] });
  });

  it('stay in the note where they cannot be taken, and are told', () => {
    expect(resolve('ask @bob, !important > all about #css.')).toEqual({
      tags: ['css'],
      database: null,
      status: null,
      preset: null,
      note: 'ask @bob, !important > all about.',
      problems: [
        { kind: 'database', typed: 'bob', reason: 'unknown', start: 4, end: 8 },
        { kind: 'status', typed: 'important', reason: 'unknown', start: 10, end: 20 },
      ],
    });
    expect(resolve('＠"My  other" >x').note).toBe('＠"My other" >x');
  });

  it('are told apart from those that several could mean', () => {
    expect(problemsOf('@wor @bookmarks >x')).toEqual([
      ['database', 'wor', 'ambiguous'],
      ['database', 'bookmarks', 'ambiguous'],
      ['preset', 'x', 'unknown'],
    ]);
  });

  it('count in the place of earlier ones when they are known', () => {
    expect(resolve('@work @rez')).toMatchObject({ database: { title: 'Rezepte für Gäste' }, note: '@work' });
    expect(problemsOf('@work @rez')).toEqual([['database', 'work', 'double']]);
    expect(resolve('@work ask @bob')).toMatchObject({ database: { title: 'Work' }, note: 'ask @bob' });
    expect(problemsOf('@work ask @bob')).toEqual([['database', 'bob', 'unknown']]);
  });

  it('are no tags where Notion would refuse them', () => {
    const long = 'x'.repeat(101);
    expect(resolve(`a #${long} #"、"`)).toMatchObject({ tags: [], note: `a #${long} #"、"` });
    expect(problemsOf(`#${long} #"、"`)).toEqual([
      ['tag', long, 'refused'],
      ['tag', '、', 'refused'],
    ]);
  });

  it('lose no letter and no digit where nothing is known', () => {
    const nothing: KnownNames = { databases: [], presets: [], tagOptions: [], statusOptions: [] };
    const lettersOf = (some: string) => (some.match(/[\p{L}\p{N}]/gu) ?? []).sort().join('');
    fc.assert(
      fc.property(text, (typed) => {
        const line = parseLine(typed);
        const { tags, database, status, preset, note, problems } = resolveLine(line, nothing);
        const typedTags = line.parts.filter(({ kind }) => kind === 'tag');
        const refused = problems.filter(({ kind }) => kind === 'tag').length;
        expect([database, status, preset]).toEqual([null, null, null]);
        expect(problems.length - refused).toBe(
          line.parts.filter(({ kind }) => kind !== 'tag' && kind !== 'note').length,
        );
        // A tag with a comma in its quotation marks is several, of which some may be doubles.
        fc.pre(!typedTags.some(({ value }) => /[,，、]/.test(value)));
        fc.pre(tags.length === typedTags.length - refused);
        expect(lettersOf([...tags, note].join(' '))).toBe(lettersOf(typed));
      }),
      { numRuns: 3_000 },
    );
  });

  it('are found when they are typed in full', () => {
    const name = fc.constantFrom('Rezepte für Gäste', 'Workshop', 'Work');
    const spelling = fc.constantFrom<(some: string) => string>(
      (some) => some.toUpperCase(),
      (some) => some.replaceAll(' ', '-'),
      (some) => some.replaceAll(' ', '  '),
      (some) => some.normalize('NFD'),
    );
    fc.assert(
      fc.property(name, spelling, (one, spell) => {
        expect(databaseOf(spell(one))).toBe(one);
      }),
    );
  });
});
