/** Milliseconds since 1970. */
export type Instant = number;

export const second = 1000;
export const minute = 60 * second;
export const day = 24 * 60 * minute;

/** Pages, blocks and data sources: rounded down to the minute, so two saves in one minute cannot be ordered by it. */
export const toMinute = (at: Instant): string => new Date(Math.floor(at / minute) * minute).toISOString();

/** Databases are shown to the millisecond and with an offset instead of `Z`. */
export const toMillisecond = (at: Instant): string => new Date(at).toISOString().replace('Z', '+00:00');

const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO 8601 date, or date and time with or without an offset, that names a real day. */
export function isIsoDate(text: string): boolean {
  if (!isoDate.test(text) || Number.isNaN(Date.parse(text))) return false;
  const [year, month, dayOfMonth] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, dayOfMonth)).getUTCDate() === dayOfMonth;
}

export const hasTime = (text: string): boolean => text.includes('T');
export const hasOffset = (text: string): boolean => hasTime(text) && /(Z|[+-]\d{2}:?\d{2})$/.test(text);

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
