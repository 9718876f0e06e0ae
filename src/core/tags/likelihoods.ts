/** How likely tags are to be chosen next, from 0 to 1, by `optionKey`; those of which nothing is known are not in it. */
export type Likelihoods = ReadonlyMap<string, number>;

export const NO_LIKELIHOODS: Likelihoods = new Map();
