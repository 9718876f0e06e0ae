import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, paragraphs, visible } from '../../../../src/core/text/visible.ts';

/** Signs that sites hide in texts, and leftovers. */
const HIDDEN = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u115f', '\u1160', '\u17b4'],
  ...['\u180e', '\u2061', '\u2062', '\u2063', '\u2064', '\u206a', '\u206f', '\ufe00', '\ufe0f', '\ufff9'],
  ...['\u200e', '\u200f', '\u061c', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067'],
  ...['\u2068', '\u2069', '\u{e0001}', '\u{e0041}', '\u{e007f}', '\u{e0100}', '\u{e01ef}', '\u{e0fff}'],
  ...['\u{1d173}', '\u{1bca0}', '\ufffe', '\u{1ffff}', '\ufdd0', '\ud83d'],
];
const hidden = fc
  .array(fc.constantFrom(...HIDDEN), { minLength: 1, maxLength: 12 })
  .map((all) => all.join(''));

/** Words as people write them, with what draws nothing but changes what is drawn. */
const WORDS = {
  Persian: 'می\u200cخواهم',
  'Persian, after letters of another script': 'PDF\u200cها',
  'Persian, an abbreviation': 'ه\u200d',
  'Arabic with points': 'مُحَمَّد',
  Urdu: 'بے\u200cشک',
  Hindi: 'क्\u200dष',
  'Hindi, parted': 'क्\u200cष',
  Marathi: 'दर्\u200dया',
  Bengali: 'র\u200d্যাব',
  'Kannada, at the end': 'ರಾಜ್\u200c',
  'Malayalam, an old chillu': 'അവന്\u200d',
  Sinhala: 'ක්\u200dෂ',
  Khmer: 'ភាសា\u200bខ្មែរ',
  Thai: 'ภาษา\u200bไทย',
  Mongolian: 'ᠮᠣᠩᠭᠣᠯ\u180e\u1820',
  'Mongolian, a variant': 'ᠠ\u180bᠨ',
  'Japanese, a variant': '葛\u{e0100}城',
  'Han, a variant': '芦\ufe00',
  'Mathematics, a variant': '≨\ufe00',
  'Old Hangul': 'ᄒ\u1160ᆫ',
  Vietnamese: 'Tiếng Việt'.normalize('NFD'),
  Hebrew: 'שָׁלוֹם',
  Thaana: 'ދިވެހި',
  Tibetan: 'བོད་སྐད།',
  Amharic: 'አማርኛ',
  Georgian: 'ქართული',
  Chinese: '苔蘚植物',
  Korean: '한국어',
  Braille: '⠓⠊\u2800⠞⠓⠑⠗⠑',
};

const EMOJI = [
  ...[
    '😀',
    '❤️',
    '❤︎',
    '☺️',
    '👍🏽',
    '👨‍👩‍👧‍👦',
    '👩🏿‍🤝‍👩🏻',
    '🏳️‍🌈',
    '🏴‍☠️',
    '🏳️‍⚧️',
    '🧑‍🚀',
    '🕵🏻‍♂️',
    '🐻‍❄️',
    '❤️‍🔥',
    '🙂‍↔️',
  ],
  ...[
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  ],
  ...['🇩🇪', '🇯🇵', '1️⃣', '#️⃣', '*️⃣', '⚕️', '👩‍⚕️', '⌚', '🀄', '©️', '™️', '⛓️‍💥', '🧑🏻‍❤️‍💋‍🧑🏾'],
];

describe('what is seen', () => {
  it.each(Object.entries(WORDS))('%s stays as it is', (_, word) => {
    expect(visible(word)).toBe(word);
    expect(oneLine(`${word} ${word}`)).toBe(`${word} ${word}`);
  });

  it.each(EMOJI)('%s stays whole', (emoji) => {
    expect(visible(emoji)).toBe(emoji);
    expect(visible(`a${emoji}b${emoji}${emoji}`)).toBe(`a${emoji}b${emoji}${emoji}`);
  });

  it('is nothing in text of hidden signs alone, whatever is around and between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(hidden, fc.constantFrom(' ', '\n', '\u00a0', '\u3164', '\uffa0', '\u2800', '\0'))),
        (all) => {
          expect(oneLine(all.join(''))).toBe('');
        },
      ),
    );
  });

  it('is a word without the marks that are hidden in it', () => {
    const word = fc.constantFrom(
      'Gezeiten',
      'water',
      'Ελλάδα',
      'вода',
      '水の都',
      '한국어',
      'ภาษา',
      'x2',
      '“q”',
    );
    fc.assert(
      fc.property(word, hidden, fc.nat({ max: 8 }), (some, marks, at) => {
        // A variant of a sign changes what is drawn, once.
        fc.pre(
          !/[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/u.test(marks) ||
            !/\p{Ideographic}|\p{sc=Hiragana}/u.test(some),
        );
        const signs = [...some];
        const marked = [...signs.slice(0, at), marks, ...signs.slice(at)].join('');
        expect(oneLine(marked).replaceAll('\u200b', '')).toBe(some);
      }),
      { numRuns: 2000 },
    );
  });

  it('is no more than one variation of a sign, so that no message can be hidden behind it', () => {
    expect(visible(`😀${'\ufe0f'.repeat(40)}`)).toBe('😀\ufe0f');
    expect(visible('😀\u{e0148}\u{e0155}\u{e0100}')).toBe('😀');
    expect(visible('葛\u{e0100}\u{e0101}\u{e0102}')).toBe('葛\u{e0100}');
    expect(visible('a\u{e0068}\u{e0069}')).toBe('a');
    expect(visible(`🏴${'\u{e0061}'.repeat(40)}\u{e007f}`)).toBe('🏴');
    expect(visible('می\u200c\u200d\u200c\u200cخواهم')).toBe('می\u200cخواهم');
  });

  it('keeps a joiner that has a hidden mark beside it', () => {
    expect(visible('می\u200b\u2060\u200c\ufeffخواهم')).toBe('می\u200cخواهم');
  });

  it('keeps what orders text of two directions, in pairs', () => {
    const isolated = 'שלום \u2066C++\u2069 עולם';
    expect(visible(isolated)).toBe(isolated);
    expect(visible('אנגלית: C++\u200e!')).toBe('אנגלית: C++\u200e!');
    expect(visible('שלום \u2066C++')).toBe('שלום C++');
    expect(visible('שלום\u2069\u202c')).toBe('שלום');
    expect(visible('שלום\u2066 \u2069')).toBe('שלום ');
    expect(visible('שלום \u202eabc\u202c')).toBe('שלום abc');
    expect(visible('שלום \u2067א\u2066ב\u2069')).toBe('שלום א\u2066ב\u2069');
    expect(visible('\u200eWhatsApp\u202e')).toBe('WhatsApp');
  });

  it('has white space for controls, and lines for what ends them', () => {
    expect(visible('a\u0000b\u0085c')).toBe('a b c');
    expect(visible('a\u2028b\u2029c')).toBe('a\nb\nc');
    expect(paragraphs('a\r\nb\u200b\u2029\n\n\n c')).toBe('a\nb\n\nc');
  });
});

describe('whatever the text', () => {
  const sign = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.constantFrom(...HIDDEN),
    fc.constantFrom(...EMOJI),
    fc.constantFrom(...Object.values(WORDS)),
    fc.constantFrom(' ', '\n', '0', 'a', '\u0301', '\u2028', '\u2800', '\u3164'),
  );
  const anyText = fc.array(sign, { maxLength: 30 }).map((all) => all.join(''));

  it('signs that come together when others are taken out fit beside each other', () => {
    expect(visible('അവന്\u200d\u202a\u200dمی')).toBe('അവന്\u200dمی');
    expect(visible('של\u200e\u200d\u200eום')).toBe('של\u200eום');
  });

  it('what was taken out once leaves nothing to be taken out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(visible(text))).toBe(visible(text));
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
        expect(paragraphs(paragraphs(text))).toBe(paragraphs(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('no sign that is drawn is lost, and none comes', () => {
    const drawn = (text: string) =>
      text.replace(
        /[\s\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cc}\p{Surrogate}\u2800\ufff9-\ufffb]/gu,
        '',
      );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(drawn(visible(text))).toBe(drawn(text));
        expect(visible(text).isWellFormed()).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('of a hundred thousand signs, it is found at once', () => {
    for (const one of [...HIDDEN, '\u200d😀', '\u2066a', 'שׁ\u2067', '\u2800', 'می\u200c'])
      expect(visible(one.repeat(100_000)).length).toBeLessThanOrEqual(one.length * 100_000);
    for (const [begin, end] of [
      ['\u2066', '\u2069'],
      ['\u202a', '\u202c'],
      ['\u202a', '\u2069'],
    ] as const)
      expect(visible(`ש${begin.repeat(50_000)}x${end.repeat(50_000)}`).length).toBeLessThanOrEqual(100_002);
  });
});
