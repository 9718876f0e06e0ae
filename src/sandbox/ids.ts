import { characters, type Random } from './random.ts';

const hex = '0123456789abcdef';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A version-4-like UUID with dashes, the form Notion returns. */
export function uuid(random: Random): string {
  const raw = characters(random, 32, hex);
  const digits = `${raw.slice(0, 12)}4${raw.slice(13, 16)}${'89ab'.charAt(Number.parseInt(raw.charAt(16), 16) % 4)}${raw.slice(17)}`;
  return dashed(digits);
}

/** Property ids are short and need encoding in a URL; responses carry them encoded. */
export function propertyId(random: Random): string {
  return characters(random, 1, ':;<>@[]^`{|}~\\=?') + characters(random, 3, letters);
}

export const accessToken = (random: Random): string => `ntn_${characters(random, 46, letters)}`;
export const refreshToken = (random: Random): string => `nrt_${characters(random, 46, letters)}`;

const withDashes = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const withoutDashes = /^[0-9a-f]{32}$/i;

/** Notion takes ids with or without dashes. */
export const isUuid = (text: string): boolean => withDashes.test(text) || withoutDashes.test(text);

/** The canonical form of an id that passed `isUuid`; any other text is returned as it is, and will not be found. */
export const canonicalId = (text: string): string =>
  isUuid(text) ? dashed(text.replaceAll('-', '').toLowerCase()) : text;

export const bare = (id: string): string => id.replaceAll('-', '');

function dashed(digits: string): string {
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
