/** A date as Notion gave it, and as it goes back. */

/** A date as a response has it: `start` and `end` are days, or moments with an offset or, by `time_zone`, without. */
export type GivenDate = { start: string; end: string | null; time_zone: string | null };

const OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/;

/** Notion takes no offset beside a time zone: then both are times of day in that zone. */
export function dateRequest({ start, end, time_zone }: GivenDate): {
  start: string;
  end?: string;
  time_zone?: string;
} {
  const fitted = (moment: string) => (time_zone === null ? moment : inZone(moment, time_zone));
  return {
    start: fitted(start),
    ...(end === null ? {} : { end: fitted(end) }),
    ...(time_zone === null || !start.includes('T') ? {} : { time_zone }),
  } as ReturnType<typeof dateRequest>;
}

/** A moment with an offset, as the time of day in a zone; any other as it is. */
function inZone(moment: string, timeZone: string): string {
  const at = Date.parse(moment);
  if (!moment.includes('T') || !OFFSET.test(moment) || Number.isNaN(at)) return moment;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00';
  const fraction = /\.\d+/.exec(moment)?.[0] ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}${fraction}`;
}

/** What a moment says beside its day and time: an offset from UTC, or nothing. */
export const offsetOf = (moment: string): string =>
  moment.includes('T') ? (OFFSET.exec(moment)?.[0] ?? '') : '';
