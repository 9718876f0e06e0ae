/** How each of Notion's types takes a value ("Page property values" and "Request limits" in its reference). */
import type { CreatePageParameters } from '@notionhq/client';
import { optionNameFor } from '../tags/option-name.ts';
import { matchOption, splitTags, tagProblem } from '../tags/rules.ts';
import type { Property } from './destination.ts';
import { richText, wellFormed } from './rich-text.ts';
import type { Value } from './value.ts';

/** Types that a user can write. */
export const WRITABLE = [
  'rich_text',
  'number',
  'url',
  'email',
  'phone_number',
  'select',
  'multi_select',
  'status',
  'date',
  'checkbox',
  'people',
  'relation',
  'files',
] as const;

/** Whether a user can write this property. Others are read-only, or of a type that nobody here has heard of. */
export const isWritable = ({ type }: Property): boolean => (WRITABLE as readonly string[]).includes(type);

export function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'text':
      return value.text.trim() === '';
    case 'list':
      return value.items.length === 0;
    case 'date':
      return value.start === '';
    case 'flag':
      return !value.on;
  }
}

type Written = NonNullable<CreatePageParameters['properties']>[string];

/** What goes into the property, if anything, and what it does not take. */
export type Encoded = { written: Written | null; rest: string };

/** "Any URL" in "Request limits". */
export const MAX_URL = 2_000;
/** Options, people and related pages in one value. */
const MAX_LISTED = 100;
/** E-mail addresses, phone numbers and names of files: `stringRequest` in the API's description. */
const MAX_STRING = 100;

const fits = (written: Written): Encoded => ({ written, rest: '' });
const nothing: Encoded = { written: null, rest: '' };

/** How each type takes a value that is not empty. */
const ENCODERS: Record<(typeof WRITABLE)[number], (value: Value, property: Property) => Encoded> = {
  rich_text(value) {
    const { items, rest } = richText(plainValue(value));
    return { written: { rich_text: items }, rest: rest.map((item) => item.text.content).join('') };
  },
  number(value) {
    const number = readNumber(plainValue(value));
    return number === null ? rest(value) : fits({ number });
  },
  url: (value) => short(value, MAX_URL, (url) => ({ url })),
  email: (value) => short(value, MAX_STRING, (email) => ({ email })),
  phone_number: (value) => short(value, MAX_STRING, (phone_number) => ({ phone_number })),
  select(value, property) {
    const { fitting, rest: left } = fitOptions(namesOf(value), optionNames(property), 1);
    return {
      written: fitting[0] === undefined ? null : { select: { name: fitting[0] } },
      rest: left.join(', '),
    };
  },
  multi_select(value, property) {
    const { fitting, rest: left } = fitOptions(namesOf(value), optionNames(property));
    const written = fitting.length === 0 ? null : { multi_select: fitting.map((name) => ({ name })) };
    return { written, rest: left.join(', ') };
  },
  status(value, property) {
    const names = namesOf(value);
    // Unlike the other two, a status is never created by a write.
    const name = matchOption(names[0] ?? '', optionNames(property));
    if (name === null) return rest(value);
    return { written: { status: { name } }, rest: names.slice(1).join(', ') };
  },
  date(value) {
    const { start, end, timeZone } =
      value.kind === 'date' ? value : { start: plainValue(value), end: null, timeZone: null };
    if (!isDate(start) || (end !== null && !isDate(end))) return rest(value);
    const zone = timeZone !== null && start.includes('T') ? { time_zone: timeZone } : {};
    return fits({
      date: { start: withSeconds(start), ...(end === null ? {} : { end: withSeconds(end) }), ...zone },
    });
  },
  checkbox: (value) => (value.kind === 'flag' ? fits({ checkbox: value.on }) : rest(value)),
  people: (value) => references(value, (people) => ({ people })),
  relation: (value) => references(value, (relation) => ({ relation })),
  files(value) {
    const { items } = listOf(value);
    const fitting = items
      .filter(({ name }) => /^https?:\/\/\S+$/i.test(name) && name.length <= MAX_URL)
      .slice(0, MAX_LISTED);
    const left = items.filter((item) => !fitting.includes(item)).map(({ name }) => name);
    const files = fitting.map(({ name: url }) => ({
      name: fileName(url),
      type: 'external' as const,
      external: { url },
    }));
    return { written: files.length === 0 ? null : { files }, rest: left.join(', ') };
  },
};

/** A value as that property takes it now, whatever type it had when it was typed. What it does not take is text left over. */
export function encodeValue(value: Value, property: Property): Encoded {
  if (isEmpty(value)) return nothing;
  const encode = isWritable(property) ? ENCODERS[property.type as keyof typeof ENCODERS] : rest;
  return encode(value, property);
}

/** What takes a value away ("Page property values": arrays and objects are emptied, not left out). */
export function clearedValue({ type }: Property): Written {
  switch (type) {
    case 'title':
    case 'rich_text':
    case 'multi_select':
    case 'people':
    case 'relation':
    case 'files':
      return { [type]: [] } as unknown as Written;
    case 'checkbox':
      return { checkbox: false };
    default:
      return { [type]: null } as unknown as Written;
  }
}

/** In words, for wherever it cannot be more than that. */
export function plainValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return wellFormed(value.text);
    case 'list':
      return wellFormed(value.items.map(({ name }) => name).join(', '));
    case 'date':
      return value.end === null ? value.start : `${value.start} – ${value.end}`;
    case 'flag':
      return value.on ? '✓' : '';
  }
}

/**
 * Names that Notion takes as options, in its own spelling, and those that it does not take as they are. Of a name that no
 * option can have, the nearest is taken that can.
 * @param known the names of the options that there are
 */
export function fitOptions(
  names: readonly string[],
  known: readonly string[],
  most = MAX_LISTED,
): { fitting: string[]; rest: string[] } {
  const fitting: string[] = [];
  const left: string[] = [];
  for (const typed of names.map(wellFormed)) {
    const nearest = optionNameFor(typed);
    const name = matchOption(typed, known) ?? matchOption(nearest, known) ?? nearest;
    if (name === '') continue;
    const isTaken = matchOption(name, fitting) !== null;
    const isNew = !isTaken && (known.includes(name) || tagProblem(name) === null) && fitting.length < most;
    if (isNew) fitting.push(name);
    const isChanged = tagProblem(typed) === 'comma' && tagProblem(name) !== 'comma';
    if (isChanged || !(isNew || isTaken)) left.push(typed);
  }
  return { fitting, rest: left };
}

export const optionNames = ({ options = [] }: Property): string[] => options.map(({ name }) => name);

const rest = (value: Value): Encoded => ({ written: null, rest: plainValue(value) });

const listOf = (value: Value) =>
  value.kind === 'list' ? value : { items: splitTags(plainValue(value)).map((name) => ({ name })) };

const namesOf = (value: Value): string[] =>
  value.kind === 'text' ? [value.text] : listOf(value).items.map(({ name }) => name);

function short(value: Value, most: number, written: (text: string) => Written): Encoded {
  const text = plainValue(value).trim();
  return text.length <= most ? fits(written(text)) : rest(value);
}

function references(value: Value, written: (items: { id: string }[]) => Written): Encoded {
  const items: readonly { name: string; id?: string | undefined }[] = listOf(value).items;
  const known = items.flatMap(({ id }) => (id === undefined ? [] : [{ id }]));
  const fitting = known.slice(0, MAX_LISTED);
  const left = items.filter(({ id }) => !fitting.some((one) => one.id === id)).map(({ name }) => name);
  return { written: fitting.length === 0 ? null : written(fitting), rest: left.join(', ') };
}

/** A decimal comma is a point; groups of digits may be apart. Null when it is no number. */
export function readNumber(typed: string): number | null {
  const digits = typed.trim().replace(/[\s\u00a0\u202f'_]/g, '');
  const pointed =
    /^[^.]*,[^,.]*$/.test(digits) && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(digits)
      ? digits.replace(',', '.')
      : digits;
  const plain = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(pointed) ? pointed.replaceAll(',', '') : pointed;
  const number = plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? number : null;
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text) &&
  !Number.isNaN(Date.parse(text));

/** ISO 8601 lets them be left out, but not every reader of it does. */
const withSeconds = (moment: string): string => (/T\d\d:\d\d$/.test(moment) ? `${moment}:00` : moment);

/** What a file is called by its address. */
function fileName(url: string): string {
  const path = /^[^?#]*/.exec(url)?.[0] ?? url;
  return (path.split('/').filter(Boolean).at(-1) ?? url).slice(0, MAX_STRING).toWellFormed();
}
