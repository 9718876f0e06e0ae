/** Looking into what a file holds, of which nothing is certain. */

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** Those of a list that are text. */
export const stringsOf = (value: unknown): string[] => listOf(value).flatMap((one) => stringOf(one) ?? []);

/** Yes and no as services write them; null where neither is said. */
export function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = String(value ?? '')
    .trim()
    .toLowerCase();
  if (/^(?:1|yes|true|y)$/.test(word)) return true;
  return /^(?:0|no|false|n)$/.test(word) ? false : null;
}

/** Whether each of these is there. */
export const has = (fields: Fields, ...names: readonly string[]): boolean =>
  names.every((name) => Object.hasOwn(fields, name));

export const splitAt = (text: unknown, sign: string | RegExp): string[] => (stringOf(text) ?? '').split(sign);

/** What the user said in several places, as one text. */
export const joined = (...texts: readonly (string | null | undefined)[]): string =>
  [...new Set(texts.map((text) => text?.trim() ?? ''))].filter((text) => text !== '').join('\n\n');
