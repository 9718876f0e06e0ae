/** Dates as other services write them. What cannot be read is null: a wrong date is worse than none. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Milliseconds between 1601, from which Windows and Chromium count, and 1970. */
const FROM_1601 = 11_644_473_600_000;
/** Nobody has kept a page later than this, in milliseconds since 1970: the year 3000. */
const LATEST = 32_503_680_000_000;

const plausible = (at: number): number | null => (at > 0 && at < LATEST ? Math.floor(at) : null);

/** @param value seconds since 1970; with 12 to 14 digits milliseconds, with more microseconds */
export function unixDate(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const digits = /^(\d{1,17})(?:\.\d+)?$/.exec(text)?.[1];
  if (digits === undefined) return null;
  const scale = digits.length > 14 ? 1e-3 : digits.length > 11 ? 1 : 1e3;
  return plausible(Number(text) * scale);
}

/** @param value microseconds since 1601, as Chromium has them */
export function windowsDate(value: unknown): number | null {
  const text = String(value ?? '');
  return /^\d{1,18}$/.test(text) && text !== '0' ? plausible(Number(text) / 1e3 - FROM_1601) : null;
}

type Parts = { year: number; month: number; day: number; hour?: number; minute?: number; second?: number };

/** @param zone `Z`, or hours and minutes from UTC; left out: UTC */
function dateOf(
  { year, month, day, hour = 0, minute = 0, second = 0 }: Parts,
  ms = 0,
  zone = 'Z',
): number | null {
  const at = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const made = new Date(at);
  const isReal =
    made.getUTCMonth() === month - 1 && made.getUTCDate() === day && hour < 24 && minute < 60 && second < 61;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
  return isReal ? plausible(at - offset * 60_000) : null;
}

const ISO =
  /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?:(?:T|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?$/i;
/** As in the logs of Apache: `10/Oct/2000:13:55:36 +0300`. */
const LOG = /^(\d\d?)\/([a-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)\s*([+-]\d{4})?$/i;
/** As in mails: `Mon, 17 Jul 2023 14:31:25 +0200`. */
const MAIL =
  /^(?:[a-z]{3},\s*)?(\d\d?)\s+([a-z]{3})[a-z]*\s+(\d{4})(?:\s+(\d\d?):(\d\d)(?::(\d\d))?)?\s*(Z|UTC|GMT|[+-]\d{4})?$/i;
/** As Notion writes them into its files: `March 4, 2024 9:41 AM`. */
const WORDS = /^([a-z]{3})[a-z]*\.?\s+(\d\d?),?\s+(\d{4})(?:,?\s+(\d\d?):(\d\d)(?::(\d\d))?\s*([ap]m)?)?$/i;

const monthOf = (name = ''): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const zoneOf = (zone = 'Z'): string => (/^(?:z|utc|gmt)$/i.test(zone) ? 'Z' : zone);
const clock = (hour = '0', minute = '0', second = '0', half = '') => {
  const at = Number(hour);
  const turned = half === '' ? at : (at % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return { hour: turned, minute: Number(minute), second: Number(second) };
};

/** @param value a date in one of the forms that services write, with or without the time; without a zone it is UTC */
export function writtenDate(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction = '', zone] = iso;
    const parts = {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      ...clock(hour, minute, second),
    };
    return dateOf(parts, Number(fraction.slice(0, 3).padEnd(3, '0')), zoneOf(zone));
  }
  const other = LOG.exec(text) ?? MAIL.exec(text);
  if (other) {
    const [, day, month, year, hour, minute, second, zone] = other;
    const parts = {
      year: Number(year),
      month: monthOf(month),
      day: Number(day),
      ...clock(hour, minute, second),
    };
    return dateOf(parts, 0, zoneOf(zone));
  }
  const words = WORDS.exec(text);
  if (!words) return null;
  const [, month, day, year, hour, minute, second, half] = words;
  return dateOf({
    year: Number(year),
    month: monthOf(month),
    day: Number(day),
    ...clock(hour, minute, second, half),
  });
}

/** @param value a date in any of these forms */
export const anyDate = (value: unknown): number | null => unixDate(value) ?? writtenDate(value);

/** @param value `4/3/2024 09:41:00`, the day first: of a clock of twelve hours that does not say which half, so only the day counts */
export function dayFirstDate(value: unknown): number | null {
  const [, day, month, year] = /^(\d\d?)\/(\d\d?)\/(\d{4})\b/.exec(String(value ?? '').trim()) ?? [];
  return year === undefined ? null : dateOf({ year: Number(year), month: Number(month), day: Number(day) });
}
