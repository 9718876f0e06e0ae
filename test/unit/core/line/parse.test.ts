import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../../src/core/line/line.ts';
import { parseLine } from '../../../../src/core/line/parse.ts';
import { printLine } from '../../../../src/core/line/print.ts';
import { line, text } from './random-lines.ts';

const lineOf = ({ tags, database, status, preset, note }: Line): Line => ({
  tags,
  database,
  status,
  preset,
  note,
});
const EMPTY: Line = { tags: [], database: null, status: null, preset: null, note: '' };

/** What is typed, what of it is not empty, and where it differs how it is printed. */
const LINES: [typed: string, meaning: Partial<Line>, printed?: string][] = [
  // Nothing, and words.
  ['', {}],
  [' \n\t ', {}, ''],
  ['just words', { note: 'just words' }],
  ['  two\n lines \t', { note: 'two lines' }, 'two lines'],
  // Each sign.
  ['#css', { tags: ['css'] }],
  ['@work', { database: 'work' }],
  ['!done', { status: 'done' }],
  ['>evening', { preset: 'evening' }],
  [
    'read this #css @work !done >evening',
    { note: 'read this', tags: ['css'], database: 'work', status: 'done', preset: 'evening' },
  ],
  [
    '>evening !done @work #css read this',
    { note: 'read this', tags: ['css'], database: 'work', status: 'done', preset: 'evening' },
    'read this #css @work !done >evening',
  ],
  ['read #css this', { note: 'read this', tags: ['css'] }, 'read this #css'],
  ['#a #b #a #B', { tags: ['a', 'b'] }, '#a #b'],
  ['#café #CAFÉ #cafe\u0301', { tags: ['café'] }, '#café'],
  // Full-width signs and spaces.
  [
    '＃タグ　＠仕事　！完了　＞夜 読む',
    { note: '読む', tags: ['タグ'], database: '仕事', status: '完了', preset: '夜' },
    '読む #タグ @仕事 !完了 >夜',
  ],
  ['＃１', { note: '＃１' }],
  ['＃＂長い 名前＂', { tags: ['長い 名前'] }, '#"長い 名前"'],
  // Quotation marks.
  ['#"two words"', { tags: ['two words'] }],
  ['@"My database" note', { database: 'My database', note: 'note' }, 'note @"My database"'],
  ['!"In progress"', { status: 'In progress' }],
  ['>"For work"', { preset: 'For work' }],
  ['#“two words”', { tags: ['two words'] }, '#"two words"'],
  ['#„zwei Wörter“', { tags: ['zwei Wörter'] }, '#"zwei Wörter"'],
  ['#"css"', { tags: ['css'] }, '#css'],
  ['@"2024"', { database: '2024' }],
  ['#"a \\"b\\" c\\\\d"', { tags: ['a "b" c\\d'] }],
  ['#"C:\\temp"', { tags: ['C:\\temp'] }, '#C:\\temp'],
  ['#"  spaced \n out "', { tags: ['spaced out'] }, '#"spaced out"'],
  ['#"not closed @work', { tags: ['not closed @work'] }, '#"not closed @work"'],
  ['#""', { note: '#""' }, '\\#""'],
  ['#"', { note: '#"' }, '\\#"'],
  ['#" "', { note: '#" "' }, '\\#" "'],
  ['#"one"two', { tags: ['one'], note: 'two' }, 'two #one'],
  ['#"one"#two', { tags: ['one'], note: '#two' }, '\\#two #one'],
  ['#"one"\\#two', { tags: ['one'], note: '\\#two' }, '\\\\#two #one'],
  ['she said "#css"', { note: 'she said "#css"' }],
  // Signs within words.
  ['C# or F#', { note: 'C# or F#' }],
  [
    '#C# #c++ #node.js #.net #f(x)',
    { tags: ['C#', 'c++', 'node.js', '.net', 'f(x)'] },
    '#C# #c++ #node.js #.net #"f(x)"',
  ],
  ['mail a@b.c', { note: 'mail a@b.c' }],
  ['wow! 5>3 a->b x!=y', { note: 'wow! 5>3 a->b x!=y' }],
  ['#a#b', { tags: ['a#b'] }],
  ['https://example.org/#top', { note: 'https://example.org/#top' }],
  ['(#css)', { note: '(#css)' }],
  ['标签#不算', { note: '标签#不算' }],
  // Signs that are words.
  ['# @ ! >', { note: '# @ ! >' }],
  ['## Heading', { note: '## Heading' }],
  ['-> => >= > 5', { note: '-> => >= > 5' }],
  ['#1 #123, #4. #5)', { note: '#1 #123, #4. #5)' }],
  ['Fix crash · Issue #4521', { note: 'Fix crash · Issue #4521' }],
  ['@10:30 >5 !1 >3.5', { note: '@10:30 >5 !1 >3.5' }],
  ['really !? !!! >:( >_<', { note: 'really !? !!! >:( >_<' }],
  ['!= !== !(a) @(b) #[c] #!/bin/sh', { note: '!= !== !(a) @(b) #[c] #!/bin/sh' }],
  ['##css !!done @@work >>log', { note: '##css !!done @@work >>log' }],
  ['press #️⃣ now', { note: 'press #️⃣ now' }],
  ['Bonjour\u00a0! Ça va\u202f?', { note: 'Bonjour ! Ça va ?' }, 'Bonjour ! Ça va ?'],
  // Letters and digits.
  ['#2nd #3d #90s', { tags: ['2nd', '3d', '90s'] }],
  ['#🎉 !✅ @📚Books', { tags: ['🎉'], status: '✅', database: '📚Books' }, '#🎉 @📚Books !✅'],
  ['#🇫🇷 #हिन्दी #ภาษาไทย', { tags: ['🇫🇷', 'हिन्दी', 'ภาษาไทย'] }],
  ['#$AAPL #+ideas #_todo', { tags: ['$AAPL', '+ideas', '_todo'] }],
  // Right to left.
  ['לקרוא #תג @עבודה', { note: 'לקרוא', tags: ['תג'], database: 'עבודה' }],
  ['\u200f#תג\u200f \u202b@עבודה\u202c', { tags: ['תג'], database: 'עבודה' }, '#תג @עבודה'],
  ['كتاب #قراءة، جميل', { note: 'كتاب جميل', tags: ['قراءة'] }, 'كتاب جميل #قراءة'],
  // Commas.
  ['#a,b, #c', { tags: ['a', 'b', 'c'] }, '#a #b #c'],
  ['#a，b、c', { tags: ['a', 'b', 'c'] }, '#a #b #c'],
  ['#books,2024', { tags: ['books', '2024'] }, '#books #"2024"'],
  ['#a,"b c",d', { tags: ['a', 'b c', 'd'] }, '#a #"b c" #d'],
  ['#"a,b"', { tags: ['a,b'] }],
  ['#,a', { note: '#,a' }],
  ['#css, which I like', { tags: ['css'], note: 'which I like' }, 'which I like #css'],
  ['@a,b', { database: 'a,b' }],
  // Punctuation behind names.
  ['see #css.', { note: 'see.', tags: ['css'] }, 'see. #css'],
  ['(see #css)', { note: '(see)', tags: ['css'] }, '(see) #css'],
  ['“see #css”!', { note: '“see”!', tags: ['css'] }, '“see”! #css'],
  ['@work: call Ann', { database: 'work', note: 'call Ann' }, 'call Ann @work'],
  ['好 ＃标签。', { note: '好。', tags: ['标签'] }, '好。 #标签'],
  ['#"Yahoo!" #Yahoo!', { tags: ['Yahoo!', 'Yahoo'] }, '#"Yahoo!" #Yahoo'],
  // Backslashes.
  ['\\#1 \\#css \\@work \\!done \\>x', { note: '#1 #css @work !done >x' }, '#1 \\#css \\@work \\!done \\>x'],
  ['\\\\#css', { note: '\\#css' }],
  ['C:\\temp \\\\server\\share \\o/ \\ \\\\', { note: 'C:\\temp \\\\server\\share \\o/ \\ \\\\' }],
  ['\\#"two words"', { note: '#"two words"' }],
  ['a\\#b', { note: 'a\\#b' }],
  ['\\＃タグ', { note: '＃タグ' }],
  // Doubles.
  ['@a x @b', { database: 'b', note: '@a x' }, '\\@a x @b'],
  ['!a !"b c" !d', { status: 'd', note: '!a !"b c"' }, '\\!a \\!"b c" !d'],
  ['ask @ann, then >x >y', { database: 'ann', preset: 'y', note: 'ask then >x' }, 'ask then \\>x @ann >y'],
  ['ask @ann, or @bob.', { database: 'bob', note: 'ask @ann, or.' }, 'ask \\@ann, or. @bob'],
];

describe('a line', () => {
  it.each(LINES)('%j', (typed, meaning, printed) => {
    const read = parseLine(typed);
    expect(lineOf(read)).toEqual({ ...EMPTY, ...meaning });
    expect(printLine(read)).toBe(printed ?? typed);
  });

  it('says where each part stands', () => {
    expect(parseLine('a  #"b c", \\@d ＠e.').parts).toEqual([
      { kind: 'note', start: 0, end: 1, value: 'a' },
      { kind: 'tag', start: 3, end: 9, value: 'b c' },
      { kind: 'note', start: 9, end: 10, value: ',' },
      { kind: 'note', start: 11, end: 14, value: '@d' },
      { kind: 'database', start: 15, end: 17, value: 'e' },
      { kind: 'note', start: 17, end: 18, value: '.' },
    ]);
  });

  it('may be of any length', () => {
    expect(parseLine(`#${'a,'.repeat(200_000)}`)).toMatchObject({ tags: ['a'], note: '' });
    expect(parseLine('@a '.repeat(20_000)).note).toHaveLength(19_999 * 3 - 1);
  });

  it('has every character in one part, but for white space', () => {
    fc.assert(
      fc.property(text, (typed) => {
        let rest = '';
        let at = 0;
        for (const { start, end } of parseLine(typed).parts) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          rest += typed.slice(at, start);
          at = end;
        }
        expect((rest + typed.slice(at)).trim()).toBe('');
      }),
      { numRuns: 3_000 },
    );
  });

  it('loses no letter and no digit, but those of a tag named twice', () => {
    const lettersOf = (some: string) => (some.match(/[\p{L}\p{N}]/gu) ?? []).sort().join('');
    fc.assert(
      fc.property(text, (typed) => {
        const { parts, ...read } = parseLine(typed);
        const tags = parts.filter(({ kind }) => kind === 'tag').map(({ value }) => value);
        fc.pre(tags.length === read.tags.length);
        const kept = [...read.tags, read.database, read.status, read.preset, read.note].join(' ');
        expect(lettersOf(kept)).toBe(lettersOf(typed));
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads full-width signs as it does the others', () => {
    const narrow = (some: string) =>
      some.replace(/[＃＠！＞]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
    const shape = (some: string) => parseLine(some).parts.map(({ kind, start, end }) => [kind, start, end]);
    fc.assert(
      fc.property(text, (typed) => {
        expect(shape(typed)).toEqual(shape(narrow(typed)));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a printed line', () => {
  it('is read as what it was', () => {
    fc.assert(
      fc.property(line, (any) => {
        expect(lineOf(parseLine(printLine(any)))).toEqual(any);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is printed as itself', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const printed = printLine(parseLine(typed));
        expect(printLine(parseLine(printed))).toBe(printed);
        expect(lineOf(parseLine(printed))).toEqual(lineOf(parseLine(typed)));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is one line, whatever it is printed of', () => {
    const loose = fc.record({
      tags: fc.array(text, { maxLength: 3 }),
      database: fc.option(text),
      status: fc.option(text),
      preset: fc.option(text),
      note: text,
    });
    fc.assert(
      fc.property(loose, (any) => {
        expect(printLine(any)).not.toMatch(/[\n\r\t\u2028]|\s\s|^\s|\s$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves out names that are nothing but space', () => {
    expect(printLine({ tags: [' ', '\u200f'], database: '', status: '\n', preset: null, note: ' a ' })).toBe(
      'a',
    );
  });
});
