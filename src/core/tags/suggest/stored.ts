/** What is learned, as it is stored: checked before it is used, as a damaged one would propose anything. */
import * as z from 'zod/mini';
import type { PackedRows } from './memory.ts';
import type { Learned } from './suggester.ts';
import { INPUTS, Weights } from './weights.ts';

/** Raised when other features are taken of rows: those that are stored are of no use then. */
const FORM = 1;

const uint32 = z.instanceof(Uint32Array);
const Stored = z.object({
  form: z.literal(FORM),
  weights: Weights,
  rows: z.object({
    names: z.array(z.string()),
    ids: uint32,
    minutes: uint32,
    features: uint32,
    featureStarts: uint32,
    tags: z.instanceof(Uint16Array),
    tagStarts: uint32,
  }),
});

export const toStored = ({ rows, weights }: Learned): unknown => ({ form: FORM, rows, weights });

/** Null where nothing is stored, or nothing that can be read. */
export function readLearned(raw: unknown): Learned | null {
  const read = z.safeParse(Stored, raw);
  if (!read.success || !isWhole(read.data.rows)) return null;
  const { rows, weights } = read.data;
  const isComplete = weights.weights.length === INPUTS.length && weights.squares.length === INPUTS.length;
  return isComplete ? { rows: rows as PackedRows, weights } : null;
}

function isWhole({ ids, minutes, features, featureStarts, tags, tagStarts }: PackedRows): boolean {
  const count = minutes.length;
  return (
    ids.length === 2 * count &&
    featureStarts.length === count + 1 &&
    tagStarts.length === count + 1 &&
    featureStarts[count] === features.length &&
    tagStarts[count] === tags.length
  );
}
