import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editedText, editsBetween } from '../../../../src/core/text/edits.ts';

const words = fc
  .array(fc.constantFrom('a', 'bc', ' ', '  ', '\n', '\u00a0', '日', '本', '👩‍👧', '.', '\r\n'), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

function applied(before: string, after: string): string {
  let result = '';
  let done = 0;
  for (const { from, to, text } of editsBetween(before, after)) {
    expect(from).toBeGreaterThanOrEqual(done);
    result += before.slice(done, from) + text;
    done = to;
  }
  return result + before.slice(done);
}

describe('the edits between two texts', () => {
  it('make one of the other, whatever they are', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(applied(before, after)).toBe(after);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        expect(applied(before, after)).toBe(after);
      }),
    );
  });

  it('are apart where what is between them stayed', () => {
    expect(editsBetween('one two three four', 'won two three for')).toEqual([
      { from: 0, to: 3, text: 'won' },
      { from: 14, to: 18, text: 'for' },
    ]);
    expect(editsBetween('the same', 'the same')).toEqual([]);
  });

  it('are one where there is too much to compare', () => {
    const text = (seed: number) => Array.from({ length: 1_500 }, (_, at) => `w${at * seed}`).join(' ');
    const edits = editsBetween(text(3), text(7));
    expect(edits).toHaveLength(1);
    expect(applied(text(3), text(7))).toBe(text(7));
  });
});

describe('a text that was edited where it stood with other white space', () => {
  const folded = (text: string) => text.replace(/\s+/g, ' ').trim();

  it('is as it was where nobody has typed', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(editedText(text, folded(text), folded(text))).toBe(text);
        expect(editedText(text, folded(text), text)).toBe(text);
      }),
    );
  });

  it('says what was typed, and keeps the white space beside it', () => {
    fc.assert(
      fc.property(words, words, (text, typed) => {
        expect(folded(editedText(text, folded(text), folded(typed)))).toBe(folded(typed));
      }),
    );
    expect(editedText('One.\n\nTwo\u00a0 three. ', 'One. Two three.', 'One. Two or three.')).toBe(
      'One.\n\nTwo\u00a0 or three. ',
    );
    expect(editedText('a\r\nb', 'a\nb', 'a\nb\nc')).toBe('a\r\nb\nc');
  });
});
