/** Texts for property-based tests, with much of what means something in a line. */
import fc from 'fast-check';
import type { Line } from '../../../../src/core/line/line.ts';
import { optionKey } from '../../../../src/core/tags/rules.ts';

const MEANINGFUL = [
  ...'#@!>＃＠！＞"\'“”„＂\\,，、.:;!?…()[]（）」「-_+$/*=<',
  ...' \t\n\r\u00a0\u2028\u3000',
  '\u200e',
  '\u200f',
  '\u202e',
  '\u2067',
  '\u2069',
  '\u200d',
  '\u0301',
  '\ufe0f',
  '\u20e3',
  '\ud83d',
  ...'abcABéßİﬁ19٣かが東שלוםعمر',
  '🎉',
  '👩‍👩‍👧',
  '🇫🇷',
  '#️⃣',
  ' #',
  ' @"',
  '" ',
  ' !a',
  '\\#',
];

export const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...MEANINGFUL), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const EDGE =
  /^[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+|[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/g;

/** A name as a line promises to hold it. */
export const asName = (name: string): string => name.replace(/\s+/g, ' ').replace(EDGE, '');

const name = text.map(asName).filter((one) => one !== '');

/** Any line there can be. */
export const line: fc.Arbitrary<Line> = fc.record({
  tags: fc.uniqueArray(name, { maxLength: 4, selector: optionKey }),
  database: fc.option(name),
  status: fc.option(name),
  preset: fc.option(name),
  note: text.map((note) => note.replace(/\s+/g, ' ').trim()),
});
