/** How each of Notion's types takes a value ("Page property values" and "Request limits" in its reference). */

import type { CreatePageParameters } from '@notionhq/client';
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import type { Option, Property } from '../database/destination.ts';
import type { WritableType } from '../database/kind.ts';
import type { ListItem, Value } from '../database/value.ts';
import { isEmpty } from '../database/value.ts';
import { optionNameFor } from '../tags/option-name.ts';
import { optionKey, tagProblem } from '../tags/rules.ts';
import { editsBetween } from '../text/edits.ts';
import {
  fixedBy,
  type Given,
  givenRequest,
  givenValue,
  isSameValue,
  personRequest,
  readGiven,
} from './given.ts';
import { dateRequest } from './given-date.ts';
import { type FileRequest, fileName, givenFiles } from './given-files.ts';
import { editedRichText } from './given-text.ts';
import { MAX_LISTED, MAX_STRING, MAX_URL } from './limits.ts';
import { fitItems, textItems, wellFormed, wordsOfItem } from './rich-text.ts';

type Written = NonNullable<CreatePageParameters['properties']>[string];

/** What goes into the property, if anything, and what it does not take. */
export type Encoded = { written: Written | null; rest: string };

const fits = (written: Written): Encoded => ({ written, rest: '' });
const nothing: Encoded = { written: null, rest: '' };

/** How each type takes a value that is not empty, in place of what it held. */
const ENCODERS: Record<
  'title' | WritableType,
  (value: Value, property: Property, given: Given | null) => Encoded
> = {
  title(value, _, given) {
    const { items, rest } = editedText(value, given?.title);
    return { written: { title: items }, rest };
  },
  rich_text(value, _, given) {
    const { items, rest } = editedText(value, given?.rich_text);
    return { written: { rich_text: items }, rest };
  },
  number(value) {
    const number = readNumber(plainValue(value));
    return number === null ? rest(value) : fits({ number });
  },
  url: (value) => short(value, MAX_URL, (url) => ({ url })),
  email: (value) => short(value, MAX_STRING, (email) => ({ email })),
  phone_number: (value) => short(value, MAX_STRING, (phone_number) => ({ phone_number })),
  select(value, property, given) {
    const { fitting, rest: left } = fitOptions(itemsOf(value, given?.select), property, 1);
    return {
      written: fitting[0] === undefined ? null : { select: fitting[0] },
      rest: left.join(', '),
    };
  },
  multi_select(value, property, given) {
    const { fitting, rest: left } = fitOptions(itemsOf(value, ...(given?.multi_select ?? [])), property);
    const written = fitting.length === 0 ? null : { multi_select: fitting };
    return { written, rest: left.join(', ') };
  },
  status(value, property, given) {
    const [one = { name: '' }, ...others] = itemsOf(value, given?.status);
    // Unlike the other two, a status is never created by a write.
    const option = knownOption(one, property.options ?? []);
    if (!option && one.id === undefined) return rest(value);
    return {
      written: { status: { id: option?.id ?? one.id ?? '' } },
      rest: others.map(({ name }) => name).join(', '),
    };
  },
  date(value) {
    const { start, end, timeZone } =
      value.kind === 'date' ? value : { start: plainValue(value), end: null, timeZone: null };
    if (!isDate(start) || (end !== null && !isDate(end))) return rest(value);
    return fits({
      date: dateRequest({
        start: withSeconds(start),
        end: end === null ? null : withSeconds(end),
        time_zone: timeZone !== null && start.includes('T') ? timeZone : null,
      }),
    });
  },
  checkbox: (value) => (value.kind === 'flag' ? fits({ checkbox: value.on }) : rest(value)),
  people: (value, _, given) =>
    references(value, (people) => ({
      people: people.map(({ id }) => personRequest(given?.people.find((one) => one.id === id) ?? { id })),
    })),
  relation: (value) => references(value, (relation) => ({ relation })),
  files(value, _, given) {
    const known = given ? givenFiles(given.files) : [];
    const files: FileRequest[] = [];
    const left: string[] = [];
    for (const { name, id } of itemsIn(value)) {
      const file = known.find((one) => one.id === id)?.request ?? externalFile(name);
      if (file && files.length < MAX_LISTED) files.push(file);
      else left.push(name);
    }
    return { written: files.length === 0 ? null : { files }, rest: left.join(', ') };
  },
};

const externalFile = (url: string): FileRequest | null =>
  /^https?:\/\/\S+$/i.test(url) && url.length <= MAX_URL
    ? { name: fileName(url), type: 'external', external: { url } }
    : null;

/** The items that fit one property, and the words of those that are left over. */
function editedText(
  value: Value,
  given: readonly unknown[] | undefined,
): { items: RichTextItemRequest[]; rest: string } {
  const words = plainValue(value);
  const { items, rest } = fitItems<RichTextItemRequest>(
    given ? editedRichText(given, words) : textItems(words),
  );
  return { items, rest: rest.map(wordsOfItem).join('') };
}

const isKnownType = (type: string): type is keyof typeof ENCODERS => type in ENCODERS;

/**
 * A value as that property takes it now, whatever type it had when it was typed. What it does not take is text left over.
 * @param held what the property held when the row was read, as Notion gave it, if it was read. What nobody changed of it
 * goes back as it came; a value that could not go back whole is `fixed`, and then `rest` is what was typed beside it.
 */
export function encodeValue(value: Value, property: Property, held?: unknown): Encoded & { fixed?: true } {
  const given = held === undefined ? null : readGiven(held, property);
  if (given) {
    const before = givenValue(given, property);
    const isHeld = isSameValue(value, before);
    if (fixedBy(given, property))
      return { written: null, rest: isHeld ? '' : added(before, value), fixed: true };
    if (isHeld && !isOption(property)) return { written: givenRequest(given, property), rest: '' };
  }
  if (isEmpty(value)) return nothing;
  const encode = isKnownType(property.type) ? ENCODERS[property.type] : rest;
  return encode(value, property, given);
}

/** Options go by what there is of them now, also those that nobody changed. */
const isOption = ({ type }: Property): boolean => ['select', 'multi_select', 'status'].includes(type);

/** What is in a value that was not in the one before, in words. */
function added(before: Value, value: Value): string {
  if (before.kind === 'list' && value.kind === 'list') {
    const isNew = ({ id, name }: ListItem) =>
      before.items.every((one) => (id === undefined ? one.name !== name : one.id !== id));
    return plainValue({ kind: 'list', items: value.items.filter(isNew) });
  }
  const typed = editsBetween(plainValue(before), plainValue(value)).map(({ text }) => text.trim());
  return typed.filter((text) => text !== '').join(' ');
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

type OptionRequest = { id: string } | { name: string };

/** The option that is meant: by its id, by its very name, or by one that Notion takes for the same. */
const knownOption = ({ name, id }: ListItem, options: readonly Option[]): Option | undefined =>
  options.find((option) => option.id === id) ??
  options.find((option) => option.name === name) ??
  options.find((option) => optionKey(option.name) === optionKey(name));

/**
 * What Notion takes as options: those that there are by their id, whatever they are called, and names for new ones. And the
 * names that it does not take as they are. Of a name that no option can have, the nearest is taken that can.
 */
function fitOptions(
  items: readonly ListItem[],
  { options = [] }: Property,
  most = MAX_LISTED,
): { fitting: OptionRequest[]; rest: string[] } {
  const fitting: OptionRequest[] = [];
  const seen = new Set<string>();
  const left: string[] = [];
  for (const item of items) {
    const typed = wellFormed(item.name);
    const nearest = optionNameFor(typed);
    const option = knownOption(item, options) ?? knownOption({ name: nearest }, options);
    // One that was made since the options were read is known by its name; a name that none can get is there already.
    const id = option?.id ?? (tagProblem(typed.trim()) === null ? undefined : item.id);
    if (id === undefined && nearest === '') continue;
    const request: OptionRequest = id === undefined ? { name: nearest } : { id };
    const key = id ?? optionKey(nearest);
    const isTaken = seen.has(key);
    const isNew = !isTaken && (id !== undefined || tagProblem(nearest) === null) && fitting.length < most;
    if (isNew) {
      seen.add(key);
      fitting.push(request);
    }
    const name = option?.name ?? (id === undefined ? nearest : typed);
    const isChanged = tagProblem(typed) === 'comma' && tagProblem(name) !== 'comma';
    if (isChanged || !(isNew || isTaken)) left.push(typed);
  }
  return { fitting, rest: left };
}

/** Tags as the property that they go to takes them; see `encodeValue`. */
export function encodeTags(
  tags: readonly string[],
  property: Property,
  held?: unknown,
): { written: Written | null; rest: string[]; fixed: boolean } {
  const given = held === undefined ? null : readGiven(held, property);
  const before = given?.multi_select ?? [];
  if (given && fixedBy(given, property))
    return {
      written: null,
      rest: tags.filter((tag) => before.every(({ name }) => name !== tag)),
      fixed: true,
    };
  const items = itemsOf({ kind: 'list', items: tags.map((name) => ({ name })) }, ...before);
  const { fitting, rest: left } = fitOptions(items, property);
  return { written: fitting.length === 0 ? null : { multi_select: fitting }, rest: left, fixed: false };
}

export const optionNames = ({ options = [] }: Property): string[] => options.map(({ name }) => name);

const rest = (value: Value): Encoded => ({ written: null, rest: plainValue(value) });

/** What is no list is one thing: the commas in it may be those of an address or a name. */
const itemsIn = (value: Value): readonly ListItem[] =>
  value.kind === 'list' ? value.items : [{ name: plainValue(value).trim() }];

/** The options in a value, those that the row had with their ids. */
function itemsOf(value: Value, ...held: (ListItem | null | undefined)[]): ListItem[] {
  const items = value.kind === 'text' ? [{ name: value.text }] : itemsIn(value);
  return items.map(({ name, id }: ListItem) => ({
    name,
    id: id ?? held.find((one) => one?.name === name)?.id,
  }));
}

function short(value: Value, most: number, written: (text: string) => Written): Encoded {
  const text = plainValue(value).trim();
  return text.length <= most ? fits(written(text)) : rest(value);
}

function references(value: Value, written: (items: { id: string }[]) => Written): Encoded {
  const items = itemsIn(value);
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
