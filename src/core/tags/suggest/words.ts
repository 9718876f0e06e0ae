/** The words of a text, in whatever script it is. */
import { fold } from '../../text/fold.ts';

export type Word = string;

/** Scripts that put no gaps between words. */
const GAPLESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/** Letters and digits, with the signs that make names: `c++`, `c#`, `node.js`, `.net`. */
const RUN =
  /(?<![\p{L}\p{N}])\.?[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:\.[\p{L}\p{N}]{1,4}(?![\p{L}\p{N}]))*(?:\+\+|#)?/gu;

/** Names of one letter that are tags of many people. */
const SINGLE = new Set(['c', 'r']);

let segmenter: Intl.Segmenter | null = null;

function* segments(text: string): Iterable<Word> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  for (const { segment, isWordLike } of segmenter.segment(text)) if (isWordLike) yield segment;
}

function* runs(text: string): Iterable<Word> {
  for (const [run] of text.matchAll(RUN)) if (run.length > 1 || SINGLE.has(run)) yield run;
}

/** In their order, folded; those of one letter are left out, but for two. */
export function wordsOf(text: string): Word[] {
  const folded = fold(text);
  const words: Word[] = [];
  let from = 0;
  for (const { 0: gapless, index } of folded.matchAll(GAPLESS)) {
    words.push(...runs(folded.slice(from, index)), ...segments(gapless));
    from = index + gapless.length;
  }
  words.push(...runs(folded.slice(from)));
  return words;
}
