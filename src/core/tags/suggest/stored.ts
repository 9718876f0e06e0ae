/** What is learned, as it is stored: checked before it is used, as a damaged one would propose anything. */
import * as z from 'zod/mini';
import type { PackedRows } from './memory.ts';
import type { Learned } from './suggester.ts';
import { INPUTS, Weights } from './weights.ts';

/** Raised when other features are taken of rows: those that are stored are of no use then. */
const FORM = 1;

const Stored = z.object({
  form: z.literal(FORM),
  weights: Weights,
  rows: z.looseObject({ names: z.array(z.string()) }),
});

export const toStored = ({ rows, weights }: Learned): unknown => ({ form: FORM, rows, weights });

/** Null where nothing is stored, or nothing that can be read. */
export function readLearned(raw: unknown): Learned | null {
  const read = z.safeParse(Stored, raw);
  if (!read.success) return null;
  const { rows, weights } = read.data;
  const isComplete = weights.weights.length === INPUTS.length && weights.squares.length === INPUTS.length;
  return isComplete && isPacked(rows) ? { rows, weights } : null;
}

const NUMBERS = ['ids', 'minutes', 'features', 'featureStarts', 'tagStarts'] as const;

function isPacked(rows: Record<string, unknown> & { names: string[] }): rows is PackedRows {
  if (!NUMBERS.every((name) => rows[name] instanceof Uint32Array)) return false;
  const { ids, minutes, features, featureStarts, tags, tagStarts } = rows as PackedRows;
  if (!(tags instanceof Uint16Array)) return false;
  const count = minutes.length;
  return (
    ids.length === 2 * count &&
    featureStarts.length === count + 1 &&
    tagStarts.length === count + 1 &&
    featureStarts[count] === features.length &&
    tagStarts[count] === tags.length
  );
}
