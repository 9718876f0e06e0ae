import { day, hasTime, type Instant } from '../time.ts';

/** Days from today that Notion's names for relative dates stand for. */
const relativeDates: Record<string, (today: Date) => Date> = {
  today: (today) => today,
  tomorrow: (today) => shifted(today, { days: 1 }),
  yesterday: (today) => shifted(today, { days: -1 }),
  one_week_ago: (today) => shifted(today, { days: -7 }),
  one_week_from_now: (today) => shifted(today, { days: 7 }),
  one_month_ago: (today) => shifted(today, { months: -1 }),
  one_month_from_now: (today) => shifted(today, { months: 1 }),
};

/** From and to, both included, as shifts from today. */
const spans: Record<string, [Shift, Shift]> = {
  past_week: [{ days: -7 }, {}],
  past_month: [{ months: -1 }, {}],
  past_year: [{ months: -12 }, {}],
  next_week: [{}, { days: 7 }],
  next_month: [{}, { months: 1 }],
  next_year: [{}, { months: 12 }],
};

interface Shift {
  days?: number;
  months?: number;
}

/**
 * Whether a date (ISO, with or without time) meets one condition of a date filter. A condition with no time of day, or a
 * relative one, compares days (UTC); one with a time compares instants.
 */
export function matchesDate(condition: Record<string, unknown>, value: string | null, now: Instant): boolean {
  const [[operator, wanted] = ['', '']] = Object.entries(condition);
  if (operator === 'is_empty') return value === null;
  if (operator === 'is_not_empty') return value !== null;
  if (value === null) return false;
  const today = new Date(now - (now % day));
  const span = operator === 'this_week' ? thisWeek(today) : spans[operator];
  if (span) {
    const [from, to] = span.map((shift) => shifted(today, shift).getTime()) as [number, number];
    const at = startOfDay(value);
    return at >= from && at <= to;
  }
  const relative = relativeDates[String(wanted)];
  const limit = relative ? relative(today).toISOString().slice(0, 10) : String(wanted);
  const [left, right] = hasTime(limit)
    ? [Date.parse(value), Date.parse(limit)]
    : [startOfDay(value), startOfDay(limit)];
  switch (operator) {
    case 'equals':
      return left === right;
    case 'before':
      return left < right;
    case 'after':
      return left > right;
    case 'on_or_before':
      return left <= right;
    default:
      return left >= right;
  }
}

/** Monday to Sunday. */
function thisWeek(today: Date): [Shift, Shift] {
  const sinceMonday = (today.getUTCDay() + 6) % 7;
  return [{ days: -sinceMonday }, { days: 6 - sinceMonday }];
}

const startOfDay = (iso: string): number => {
  const at = Date.parse(iso);
  return at - (((at % day) + day) % day);
};

function shifted(from: Date, { days = 0, months = 0 }: Shift): Date {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate() + days));
}
