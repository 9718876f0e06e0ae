import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textDirective } from '../../../../src/core/text/fragment.ts';

/** The directive of what is between two marks; blocks are parted by a bar. */
function directiveOf(marked: string): string | null {
  const blocks = marked.split('|');
  const from = blocks.findIndex((text) => text.includes('['));
  const start = { block: from, offset: blocks[from]?.indexOf('[') ?? 0 };
  const plain = blocks.map((text) => text.replace('[', ''));
  const to = plain.findIndex((text) => text.includes(']'));
  const end = { block: to, offset: plain[to]?.indexOf(']') ?? 0 };
  return textDirective(
    plain.map((text) => text.replace(']', '')),
    start,
    end,
  );
}

describe('the directive of a text', () => {
  it.each([
    ['One [two three] four', 'text=two%20three'],
    ['One t[wo thr]ee four', 'text=two%20three'],
    ['[An electro-magnetic disturbance, too]', 'text=An%20electro%2Dmagnetic%20disturbance%2C%20too'],
    ['[  One \n two ]', 'text=One%20two'],
    // Told by what stands before or behind it.
    ['a b c. d b [c] e', 'text=d%20b-,c'],
    ['b c x | [b] d', 'text=b,-d'],
    ['x y. a [b] c | a b d', 'text=b'],
    ['a b d | a [b] c', 'text=b,-c'],
    ['Moss grows | [Moss] grows', null],
    // Over blocks it is a range.
    ['The first line [of two|and the second] one', 'text=of%20two,and%20the%20second'],
    ['It [was dark|and|stormy] then', 'text=was%20dark,stormy'],
    ['[A b|c]|', 'text=A%20b,c'],
    ['|x [y|]z', 'text=y'],
    // The first end that fits counts.
    ['[a b|x|c d] | y', 'text=a%20b,c%20d'],
    ['q [a b|c d x|c d] y', 'text=a%20b,c%20d,-y'],
    // Compared without case and accents.
    ['Cafe | the [Café] here', 'text=the-,Caf%C3%A9'],
    ['[苔は植物です]。 苔', 'text=%E8%8B%94%E3%81%AF%E6%A4%8D%E7%89%A9%E3%81%A7%E3%81%99'],
    ['[ ]', null],
    ['[]', null],
    ['a [ | ] b', null],
  ])('in %j is %s', (marked, directive) => {
    expect(directiveOf(marked)).toBe(directive);
  });

  it('that is long is told by its first and last words', () => {
    const words = Array.from({ length: 120 }, (_, at) => `word${at}`).join(' ');
    expect(directiveOf(`Before [${words}] after`)).toBe(
      'text=word0%20word1%20word2%20word3,word116%20word117%20word118%20word119',
    );
  });

  it('of more text than is gone through is none', () => {
    expect(directiveOf(`[a b] ${'c '.repeat(600_000)}`)).toBeNull();
  });
});

/** What the specification says a browser does with a directive, in the plainest form. Words are letters between spaces. */
function firstMatch(blocks: readonly string[], directive: string): { from: number; to: number } | null {
  const parts = directive.replace('text=', '').split(',');
  const prefix = parts[0]?.endsWith('-') ? decodeURIComponent(parts.shift()?.slice(0, -1) ?? '') : '';
  const suffix = parts.at(-1)?.startsWith('-') ? decodeURIComponent(parts.pop()?.slice(1) ?? '') : '';
  const [start = '', end = ''] = parts.map(decodeURIComponent);
  const all = blocks.flatMap((text, block) => text.split(' ').map((word) => ({ word, block })));
  const isAt = (words: string, at: number): boolean => {
    if (words === '') return true;
    const list = words.split(' ');
    return list.every((word, step) => {
      const here = all[at + step];
      return here?.word === word && here.block === all[at]?.block;
    });
  };
  const count = (words: string) => (words === '' ? 0 : words.split(' ').length);
  for (let at = 0; at < all.length; at++) {
    if (!isAt(start, at) || (prefix !== '' && !isAt(prefix, at - count(prefix)))) continue;
    for (let other = at + count(start); other <= all.length; other++) {
      if (isAt(end, other) && isAt(suffix, other + count(end)))
        return { from: at, to: other + count(end) - 1 };
      if (end === '') break;
    }
    if (end !== '') return null;
  }
  return null;
}

it('leads a browser to the very words that were selected', () => {
  const block = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'moss'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(), (words, one, other) => {
      const blocks = words.map((some) => some.join(' '));
      const all = words.flatMap((some, at) => some.map((_, word) => ({ block: at, word })));
      const [from, to] = [one % all.length, other % all.length].sort((a, b) => a - b) as [number, number];
      const offset = ({ block: at, word }: { block: number; word: number }) =>
        (words[at] ?? []).slice(0, word).reduce((sum, text) => sum + text.length + 1, 0);
      const [first, last] = [all[from], all[to]] as [
        { block: number; word: number },
        { block: number; word: number },
      ];
      const end = offset(last) + (words[last.block]?.[last.word] ?? '').length;
      const directive = textDirective(
        blocks,
        { block: first.block, offset: offset(first) },
        { block: last.block, offset: end },
      );
      if (directive !== null) expect(firstMatch(blocks, directive), directive).toEqual({ from, to });
      // Where all the words of the page differ, it is always told.
      else expect(new Set(words.flat()).size).toBeLessThan(all.length);
    }),
    { numRuns: 3000 },
  );
});
