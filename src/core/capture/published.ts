/**
 * The day on which something was published, as the web writes it: ISO 8601 and what looks like it, RFC 2822, the forms of
 * Google Scholar's and Dublin Core's metadata (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), and
 * days written out. It is the day that is written there: no zone moves it. Nothing is guessed.
 */

/** The first and, where only a month or a year is told, the last day of it: `2019-12-01`, `2019-12-31`. */
export type Days = { start: string; end: string | null };

/** Languages whose months are known by name. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'pl', 'tr', 'ru'];

let months: Map<string, number> | null = null;

/** Months by their names and the beginnings of these; what means another month elsewhere is none. */
function monthsByName(): Map<string, number> {
  const all = new Map<string, number>([['sept', 9]]);
  for (const language of LANGUAGES)
    for (const form of [{ month: 'long' }, { month: 'short' }, { month: 'long', day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC', numberingSystem: 'latn' });
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(Date.UTC(2019, month - 1, 1));
        const name = nameOf(parts.find(({ type }) => type === 'month')?.value ?? '');
        if (name !== '' && !/\d/.test(name)) all.set(name, (all.get(name) ?? month) === month ? month : 0);
      }
    }
  return all;
}

const nameOf = (word: string): string =>
  word.toLowerCase().replace(/\.$/, '').normalize('NFD').replace(/\p{M}/gu, '');

function monthOf(word: string): number {
  months ??= monthsByName();
  return months.get(nameOf(word)) ?? 0;
}

/** A time of day, with whatever zone, or the zone alone. */
const TIME = String.raw`(?:(?:,?\s+(?:at\s+|um\s+|à\s+)?|[tT:])\d{1,2}[:.h]\d{2}.*|T\d{4,6}.*|Z|[+-]\d\d:?\d\d)?`;
const DAY_NAME = String.raw`(?:[\p{L}]{2,}\.?,?\s+)?`;
const MONTH_NAME = String.raw`(?<name>\p{L}[\p{L}\p{M}]+\.?)`;
const YEAR = String.raw`(?<year>[12]\d{3})`;
const OF = String.raw`(?:\s+(?:of|de|di|del))?`;

const form = (pattern: string): RegExp => new RegExp(`^${pattern}$`, 'u');

/** Every form that is read. `first` and `second` are day and month in the order in which they stand. */
const FORMS: readonly RegExp[] = [
  form(String.raw`${YEAR}(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})${TIME}`),
  form(String.raw`${YEAR}[-/.](?<month>\d{1,2})`),
  form(String.raw`${YEAR}(?<month>\d\d)(?<day>\d\d)(?:\d{6}|\d{4}|${TIME})`),
  form(YEAR),
  form(String.raw`(?<month>\d{1,2})[/-]${YEAR}`),
  form(String.raw`(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?${YEAR}${TIME}`),
  form(String.raw`(?<first>\d{1,2})(?<sign>[-/])(?<second>\d{1,2})\k<sign>${YEAR}${TIME}`),
  form(String.raw`${YEAR}\s?[年년]\s?(?<month>\d{1,2})\s?[月월](?:\s?(?<day>\d{1,2})\s?[日일])?${TIME}`),
  form(
    String.raw`${DAY_NAME}(?<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?${OF}[\s-]+${MONTH_NAME}${OF}[\s,-]+${YEAR}(?:\sг\.)?${TIME}`,
  ),
  form(String.raw`${DAY_NAME}${MONTH_NAME}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)${YEAR}${TIME}`),
  form(String.raw`${DAY_NAME}${MONTH_NAME}\s+(?<day>\d{1,2})\s+\d\d:\d\d:\d\d(?:\s[\p{L}\d+-]+)?\s${YEAR}`),
  form(String.raw`${YEAR}[\s-]${MONTH_NAME}(?:[\s-](?<day>\d{1,2}))?${TIME}`),
  form(String.raw`${MONTH_NAME}${OF}[\s,-]+${YEAR}`),
];

const LONGEST = 100;

/** The days that are meant; null for none, for one that there never was, and for `03/04/2019`, which may be two. */
export function daysOf(written: string): Days | null {
  const text = written.trim().replace(/\s+/g, ' ');
  if (text.length > LONGEST) return null;
  for (const one of FORMS) {
    const found = one.exec(text)?.groups;
    if (!found) continue;
    const { year = '', month, day, name, first, second } = found;
    const [a, b] = [Number(first), Number(second)];
    if (first !== undefined && a !== b && a <= 12 && b <= 12) return null;
    const inOrder = first === undefined ? null : b > 12 ? { month: a, day: b } : { month: b, day: a };
    const { month: m, day: d } = inOrder ?? {
      month: name === undefined ? month && Number(month) : monthOf(name),
      day: day && Number(day),
    };
    const days = daysIn(Number(year), m, d);
    if (days) return days;
  }
  return null;
}

type Told = number | string | undefined;

function daysIn(year: number, month: Told, day: Told): Days | null {
  const [from, to] = month === undefined ? [1, 12] : [Number(month), Number(month)];
  const last = new Date(Date.UTC(year, to, 0)).getUTCDate();
  if (!(from >= 1 && from <= 12)) return null;
  if (day === undefined) return { start: dayIn(year, from, 1), end: dayIn(year, to, last) };
  return Number(day) >= 1 && Number(day) <= last
    ? { start: dayIn(year, from, Number(day)), end: null }
    : null;
}

const dayIn = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Of what a page says of its date, in order: the first that tells a day, else a month or a year, else the first in words. */
export function publishedOf(written: readonly string[]): string | undefined {
  const days = written.map(daysOf);
  const whole = days.findIndex((one) => one?.end === null);
  return written[
    whole >= 0
      ? whole
      : Math.max(
          0,
          days.findIndex((one) => one !== null),
        )
  ];
}
