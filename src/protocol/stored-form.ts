/** In what form records are stored: each with the number of its version. */
import * as z from 'zod/mini';

/**
 * A record's form of today. As it is stored it is an object with its version in `version`; a map is stored in `entries`
 * beside that. Without a number it is the first version.
 */
export type Form<V extends number, S extends z.ZodMiniType> = { version: V; schema: S; isMap: boolean };

export const record = <const V extends number, S extends z.ZodMiniType>(
  version: V,
  schema: S,
): Form<V, S> => ({ version, schema, isMap: false });

export const map = <const V extends number, S extends z.ZodMiniType>(version: V, schema: S): Form<V, S> => ({
  version,
  schema,
  isMap: true,
});

/**
 * A stored value read back. "Unreadable" is never treated as "absent". Why it is:
 * - `damaged`: it is in no form that was ever stored under that name;
 * - `newer`: a later version of Rowmark has written it;
 * - `stuck`: it could not be brought from its older form to today's.
 *
 * What is damaged is put aside when something else is stored in its place; the others stay as they are, for the version of
 * Rowmark that can read them. `isOld`: it was stored in an older form.
 */
export type Reading<T> =
  | { kind: 'absent' }
  | { kind: 'unreadable'; raw: unknown; why: 'damaged' | 'newer' | 'stuck' }
  | { kind: 'read'; value: T; isOld?: true };

/** What was read; null where there is nothing that can be. */
export const readable = <T>(reading: Reading<T>): T | null =>
  reading.kind === 'read' ? reading.value : null;

/** Reads a value in the form of today; null when it is in any other. */
export function readForm<S extends z.ZodMiniType>(
  { version, schema, isMap }: Form<number, S>,
  raw: unknown,
): Reading<z.infer<S>> | null {
  if (raw === undefined) return { kind: 'absent' };
  const stored = raw as { version?: unknown; entries?: unknown } | null;
  if (stored?.version !== version) return null;
  const { success, data } = z.safeParse(schema, isMap ? stored.entries : raw);
  return success ? { kind: 'read', value: data } : null;
}

export const familyKey = (family: string, id: string): string => `${family}:${id}`;

/** What is damaged is moved here, untouched, so that nothing is overwritten that might still be rescued. */
export const QUARANTINE = 'quarantine:';
