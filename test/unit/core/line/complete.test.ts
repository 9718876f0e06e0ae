import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, completionAt } from '../../../../src/core/line/complete.ts';
import { parseLine } from '../../../../src/core/line/parse.ts';
import { asName, text } from './random-lines.ts';

/** `|` is the caret; what is to be replaced is compared as text. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const typed = marked.replace('|', '');
  const found = completionAt(typed, caret);
  return found && [found.kind, found.typed, typed.slice(found.start, found.end)];
}

const COMPLETIONS: [string, [kind: string, typed: string, replaced: string] | null][] = [
  ['|', null],
  ['word|', null],
  ['#|', ['tag', '', '']],
  ['a #|', ['tag', '', '']],
  ['＠|', ['database', '', '']],
  ['@w|', ['database', 'w', 'w']],
  ['!in|', ['status', 'in', 'in']],
  ['>e|', ['preset', 'e', 'e']],
  ['#ja|va x', ['tag', 'ja', 'java']],
  ['#|java', ['tag', '', 'java']],
  ['|#java', null],
  ['#java |', null],
  ['#java x|', null],
  ['C#|', null],
  ['a@b|', null],
  ['\\#ja|', null],
  ['##|', null],
  ['->|', null],
  ['>=|', null],
  ['#1|', ['tag', '1', '1']],
  ['@20|24 x', ['database', '20', '2024']],
  ['#node.|', ['tag', 'node.', 'node.']],
  ['#cs|s.', ['tag', 'cs', 'css']],
  ['(see #cs|)', ['tag', 'cs', 'cs']],
  ['#c++|', ['tag', 'c++', 'c++']],
  ['#"|', ['tag', '', '"']],
  ['#"two w|', ['tag', 'two w', '"two w']],
  ['#"two |', ['tag', 'two', '"two ']],
  ['#"two w|ords" x', ['tag', 'two w', '"two words"']],
  ['#"two words"|', null],
  ['#""|', null],
  ['#"a"#b|', null],
  ['#"a"!"|', null],
  ['#"two w| @"My database"', ['tag', 'two w', '"two w']],
  ['#"two w| then words', ['tag', 'two w', '"two w']],
  ['!“In pr|', ['status', 'In pr', '“In pr']],
  ['#a,|', ['tag', '', '']],
  ['#a,b|', ['tag', 'b', 'b']],
  ['#a|,b', ['tag', 'a', 'a']],
  ['#a,"b c|', ['tag', 'b c', '"b c']],
  ['#a, |', null],
  ['#a,#,|', null],
  ['@a,|', ['database', 'a,', 'a,']],
  ['\u200f#ת|', ['tag', 'ת', 'ת']],
];

const CHOICES: [marked: string, name: string, result: string][] = [
  ['#ja|', 'JavaScript', '#JavaScript |'],
  ['#|', 'long read', '#"long read" |'],
  ['＃|', '長い', '＃長い |'],
  ['a #ja|va b', 'Java', 'a #Java |b'],
  ['#ja|vascript', 'Java', '#Java |'],
  ['!"In pr|', 'In progress', '!"In progress" |'],
  ['!"Do|ne"', 'Done', '!Done |'],
  ['@20|', '2024', '@"2024" |'],
  ['#a,b|', 'b c', '#a,"b c" |'],
  ['#a|,b', 'A', '#A|,b'],
  ['(see #cs|)', 'CSS', '(see #CSS|)'],
  ['see #cs|.', 'CSS', 'see #CSS|.'],
  ['#"two w| @"My database"', 'two words', '#"two words" |@"My database"'],
  ['#q|', 'say "hi"', '#"say \\"hi\\"" |'],
  ['>w|\nmore', 'Work', '>Work\n|more'],
];

describe('completing in a line', () => {
  it.each(COMPLETIONS)('at %j', (marked, expected) => expect(at(marked)).toEqual(expected));

  it.each(CHOICES)('%j with %j', (marked, name, result) => {
    const typed = marked.replace('|', '');
    const found = completionAt(typed, marked.indexOf('|'));
    if (!found) throw new Error('Nothing to complete');
    const done = complete(typed, found, name);
    expect(`${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`).toBe(result);
  });

  it('puts in a name that is read as it is called, and leaves the rest as it was', () => {
    const name = text.map(asName).filter((one) => one !== '');
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(' #', ' @"', '!', '>b', ''),
        text,
        name,
        (before, sign, after, chosen) => {
          const typed = before + sign + after;
          const caret = before.length + sign.length;
          const found = completionAt(typed, caret);
          fc.pre(found !== null);
          expect(found.start).toBeLessThanOrEqual(caret);
          expect(found.end).toBeGreaterThanOrEqual(caret);
          const done = complete(typed, found, chosen);
          const { parts } = parseLine(done.text);
          const part = parts.find(({ start, end }) => start <= found.start && found.start < end);
          expect(part).toMatchObject({ kind: found.kind, value: chosen });
          expect(done.text.startsWith(typed.slice(0, found.start))).toBe(true);
          expect(done.text.endsWith(typed.slice(found.end))).toBe(true);
          expect(done.caret).toBeLessThanOrEqual(done.text.length);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('takes any text and any caret', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: -2, max: 40 }), (typed, caret) => {
        const found = completionAt(typed, caret);
        if (found) expect(found.end).toBeLessThanOrEqual(typed.length);
        else expect(found).toBeNull();
      }),
      { numRuns: 3_000 },
    );
  });
});
