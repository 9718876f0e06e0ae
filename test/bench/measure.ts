/**
 * How every bench measures and prints: what is compared is run in turn, round after round, so that what slows the machine slows
 * all of them; a ratio or a difference is taken within each round, and what is told is the middle one with its spread. A
 * difference of two middles, each from other rounds, says nothing and has no function here.
 */

/** What was measured in the same rounds, by the names of the things: one sample for each round. */
export type Samples<Name extends string, Sample> = Readonly<Record<Name, readonly Sample[]>>;

/** The middle of many samples, and between what the middle half of them lies. */
export interface Figure {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The value below which that share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low = Number.NaN, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export const figureOf = (samples: readonly number[]): Figure => ({
  middle: median(samples),
  low: quantile(samples, 0.25),
  high: quantile(samples, 0.75),
  count: samples.length,
});

const paired =
  (combine: (own: number, other: number) => number) =>
  (own: readonly number[], other: readonly number[]): Figure => {
    if (own.length !== other.length)
      throw new Error('Only what was measured in the same rounds is compared.');
    return figureOf(own.map((value, round) => combine(value, other[round] ?? Number.NaN)));
  };

/** How many times the other's each round's value was. */
export const ratioOf = paired((own, other) => own / other);

/** By how much each round's value was more than the other's. */
export const differenceOf = paired((own, other) => own - other);

/**
 * Measures several things by turns: each once a round, beginning with another one in each, so that none is always the one after
 * the costliest.
 * @param warmUps rounds before those that count: code is compiled, caches are filled
 */
export async function inTurn<Name extends string, Sample>(
  { warmUps, rounds }: { warmUps: number; rounds: number },
  things: Readonly<Record<Name, (round: number) => Sample | Promise<Sample>>>,
): Promise<Samples<Name, Sample>> {
  const names = Object.keys(things) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  for (let round = -warmUps; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + warmUps + turn) % names.length] as Name;
      const value = await things[name](round);
      if (round >= 0) samples[name].push(value);
    }
  }
  return samples;
}

// --- Printing -------------------------------------------------------------------------------------------------------

/** A figure in words: `12.3 ms (11.9 to 13.0)`. The spread is that of the middle half. */
export function inWords({ middle, low, high }: Figure, unit = '', digits = 1): string {
  const number = (value: number) => value.toFixed(digits);
  return `${number(middle)}${unit && ` ${unit}`} (${number(low)} to ${number(high)})`;
}

export const ratioInWords = (figure: Figure): string => inWords(figure, '', 2);

/** What is aimed at, and whether it was reached: by the middle one. */
export function verdict(
  value: number,
  aim: { readonly atMost: number } | { readonly atLeast: number },
): string {
  const [words, isMet] =
    'atMost' in aim
      ? [`at most ${aim.atMost}`, value <= aim.atMost]
      : [`at least ${aim.atLeast}`, value >= aim.atLeast];
  return `aim: ${words}: ${isMet ? 'met' : 'MISSED'}`;
}

/** A difference in words; one that its rounds do not agree on is said to be none that can be seen. */
export function differenceInWords(figure: Figure, unit: string, digits = 1): string {
  const isSeen = Math.sign(figure.low) === Math.sign(figure.high) && figure.low !== 0;
  return `${inWords(figure, unit, digits)}${isSeen ? '' : ', not to be told from none'}`;
}

export const line = (name: string, ...words: readonly string[]): void =>
  console.log(`${`${name}:`.padEnd(27)} ${words.filter((word) => word !== '').join('; ')}`);
