/**
 * What of a text is seen. Sites hide marks in their words to follow copies of them, and texts come with leftovers that no
 * reader sees. Signs that draw nothing by themselves pass only where they change what is drawn: joiners within words of
 * scripts that join or stack their letters, emoji made of several signs, one variation of the sign before it, and marks
 * of direction in text that has two (Unicode 17, 5.21 "Ignoring Characters in Processing"; UTS #51; UAX #9).
 */

/** All that this may change; most texts have none of it. */
const UNUSUAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Surrogate}\u2028\u2029\u2800\ufff9-\ufffb\0-\x08\x0e-\x1f\x7f-\x9f]/u;

/** Controls, and signs that are drawn as nothing but a gap. A blank of Braille is a letter among others of Braille. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const GAPS = /[\0-\x08\x0e-\x1f\x7f-\x9f\u3164\uffa0]|(?<![\u2801-\u28ff])\u2800+(?![\u2801-\u28ff])/gu;

/** Never of use: fillers, operators and annotations without a sign, soft hyphens, zero-width spaces but those below. */
const NEVER =
  /[[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Surrogate}\ufff9-\ufffb]--[\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]]/gv;

/** Letters and marks of scripts in which a joiner can change their form. Marks of Arabic and its long stroke are of no script. */
const JOINING = String.raw`[[[\p{L}\p{M}]--[\p{Default_Ignorable_Code_Point}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Georgian}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Yi}\p{sc=Thai}\p{sc=Lao}\p{sc=Ethiopic}\p{sc=Cherokee}\p{sc=Canadian_Aboriginal}\p{sc=Common}\p{sc=Inherited}]]\u0640\u064b-\u0655\u0670]`;

/** Scripts that write no spaces: there, a zero-width space parts words. */
const SPACELESS = String.raw`[[[\p{L}\p{M}]--\p{Default_Ignorable_Code_Point}]&&[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tai_Tham}\p{sc=Balinese}\p{sc=Javanese}]]`;

/** UTS #51, ED-17, but that a keycap is the only emoji of a digit, and only flags are made of tags. */
const PICTURE = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f\u20e3?|\ufe0e)?`;
const EMOJI = [
  String.raw`[0-9#*]\ufe0f\u20e3`,
  String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}`,
  String.raw`${PICTURE}(?:\u200d${PICTURE})*`,
];

/** Where other signs may stand that draw nothing by themselves. */
const FITTING = [
  ...EMOJI,
  String.raw`(?<=${SPACELESS})\u200b(?=${SPACELESS})`,
  // Standardized variants: of mathematical signs, of a slashed zero, of punctuation and of some scripts.
  String.raw`(?<=[[0\p{Sm}\p{sc=Han}\p{sc=Myanmar}\p{sc=Phags_Pa}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]--\uffa0])[\ufe00-\ufe02]`,
  String.raw`(?<=\p{Ideographic})[\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=[\p{sc=Mongolian}--[\u180b-\u180f]])[\u180b-\u180d\u180f]`,
  String.raw`(?<=[\p{sc=Mongolian}--[\u180b-\u180f]])\u180e(?=[\p{sc=Mongolian}--[\u180b-\u180f]])`,
  String.raw`(?<=[[\p{L}\p{M}]--\p{Default_Ignorable_Code_Point}])\u034f(?=[\p{M}--\p{Default_Ignorable_Code_Point}])`,
  // Old Hangul: a filler in the place of a letter of a syllable that has others.
  String.raw`\u115f(?=[\u1161-\u11a7\ud7b0-\ud7c6]|\u1160[\u11a8-\u11ff\ud7cb-\ud7fb])`,
  String.raw`(?<=[\u1100-\u115e\ua960-\ua97c])\u1160|(?<=\u115f)\u1160(?=[\u11a8-\u11ff\ud7cb-\ud7fb])`,
];
const FITTING_OR_NOT = new RegExp(
  String.raw`(${FITTING.join('|')})|[\u034f\u115f\u1160\u180b-\u180f\u200b\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]`,
  'gv',
);

/** Where a joiner may stand; it is looked for last, as it has to be beside a letter. */
const JOINED = [
  ...EMOJI,
  String.raw`(?<=${JOINING})[\u200c\u200d]`,
  String.raw`(?<=[\p{L}\p{M}\p{N}\p{P}\p{S}])\u200c(?=${JOINING})`,
  String.raw`(?<![\u200c\u200d])\u200d(?=${JOINING})`,
];
const JOINED_OR_NOT = new RegExp(String.raw`(${JOINED.join('|')})|[\u200c\u200d]`, 'gv');

/** Blocks of scripts that are written from right to left (UAX #9, "DerivedBidiClass"). */
const RIGHT_TO_LEFT =
  /[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const EMBEDDING = '\u202a\u202b';
const OVERRIDE = '\u202d\u202e';
const [POP, ISOLATES, POP_ISOLATE] = ['\u202c', '\u2066\u2067\u2068', '\u2069'];
const DRAWN = /[^\s\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

/** A line in which what begins a direction is paired with what ends it, around something, and nothing is turned round. */
function paired(line: string): string {
  const signs = [...line];
  /** What has begun and not ended, with how much was drawn before it. */
  const open: { at: number; sign: string; drawn: number }[] = [];
  let [drawn, isolates] = [0, 0];
  const kept = new Set<number>();
  for (const [at, sign] of signs.entries()) {
    if (DRAWN.test(sign)) drawn++;
    else if ((EMBEDDING + OVERRIDE + ISOLATES).includes(sign)) {
      open.push({ at, sign, drawn });
      if (ISOLATES.includes(sign)) isolates++;
    } else if (sign === POP || sign === POP_ISOLATE) {
      const ends = sign === POP ? EMBEDDING + OVERRIDE : ISOLATES;
      // With an isolate, what was not ended within it ends.
      if (sign === POP_ISOLATE && isolates > 0) while (!ends.includes(open.at(-1)?.sign ?? ends)) open.pop();
      const begun = open.at(-1);
      if (!begun || !ends.includes(begun.sign)) continue;
      open.pop();
      if (sign === POP_ISOLATE) isolates--;
      if (drawn > begun.drawn && !OVERRIDE.includes(begun.sign)) kept.add(begun.at).add(at);
    }
  }
  return signs
    .filter((sign, at) => kept.has(at) || !/[\u202a-\u202e\u2066-\u2069]/.test(sign))
    .join('')
    .replace(/([\u061c\u200e\u200f])[\u061c\u200e\u200f]+/g, '$1');
}

/**
 * The text without what nobody sees; white space stays as it is, and what ends a line or a paragraph is a line break.
 * Empty or white space alone when there is nothing to be seen. What is taken out can bring signs together that no longer
 * fit beside each other, so it is done again until nothing is taken out: the result is the same when asked for twice.
 */
export function visible(text: string): string {
  let [left, seen] = [text, withoutUnseen(text)];
  while (seen.length < left.length) [left, seen] = [seen, withoutUnseen(seen)];
  return seen;
}

function withoutUnseen(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  const seen = text
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(GAPS, ' ')
    .replace(NEVER, '')
    .replace(FITTING_OR_NOT, (_, fitting: string | undefined) => fitting ?? '')
    .replace(JOINED_OR_NOT, (_, fitting: string | undefined) => fitting ?? '');
  const directed = RIGHT_TO_LEFT.test(seen)
    ? seen.split('\n').map(paired).join('\n')
    : seen.replace(DIRECTION, '');
  // Nothing but signs that change others.
  return /^[\s\u061c\u200b-\u200f]*$/.test(directed)
    ? directed.replace(/[\u061c\u200b-\u200f]/g, '')
    : directed;
}

/** What is seen, on one line; empty when nothing is. */
export const oneLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** What is seen, with its paragraphs apart. */
export const paragraphs = (text: string): string =>
  visible(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
