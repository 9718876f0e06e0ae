/** How much each kind of evidence counts: shipped ready, and corrected a little by each save. */
import * as z from 'zod/mini';

/** In the order of the weights. */
export const INPUTS = [
  'always',
  'lately',
  'just-now',
  'in-title',
  'in-address',
  'in-text',
  'trust',
  'words',
  'site',
  'section',
  'together',
] as const;
export type Input = (typeof INPUTS)[number];

/** One number for each of `INPUTS`. */
export type Inputs = readonly number[];

export const Weights = z.object({
  weights: z.array(z.number()),
  /** Of each the sum of the squares by which it was corrected. */
  squares: z.array(z.number()),
});
export type Weights = z.infer<typeof Weights>;

/** Learned from published collections of several people. */
export const SHIPPED: Weights = {
  weights: [-5.6, 0.03, 0.31, 2.6, 1.0, 1.9, 1.6, 0.6, 0.09, 0.09, 0.27],
  squares: INPUTS.map(() => 50),
};

/** How far one save moves them at most. */
const STEP = 0.1;

export const scoreOf = ({ weights }: Weights, inputs: Inputs): number =>
  inputs.reduce((sum, input, at) => sum + input * (weights[at] ?? 0), 0);

export const confidenceOf = (score: number): number => 1 / (1 + Math.exp(-score));

/** The weights after a save: by how much they were wrong, each the less the more often it was corrected (AdaGrad). */
export function corrected(
  before: Weights,
  shown: readonly { confidence: number; inputs: Inputs; isChosen: boolean }[],
): Weights {
  const gradient = INPUTS.map((_, at) =>
    shown.reduce(
      (sum, { confidence, inputs, isChosen }) => sum + (confidence - (isChosen ? 1 : 0)) * (inputs[at] ?? 0),
      0,
    ),
  );
  const squares = before.squares.map((square, at) => square + (gradient[at] ?? 0) ** 2);
  const weights = before.weights.map(
    (weight, at) => weight - (STEP * (gradient[at] ?? 0)) / Math.sqrt(squares[at] ?? 1),
  );
  return { weights, squares };
}
