/**
 * What a property of a row held, as Notion gave it: in words, and as it goes back. Words are for showing and for changing;
 * what nobody changed never goes through them.
 */
import type { CreatePageParameters } from '@notionhq/client';
import * as z from 'zod/mini';
import type { Property } from '../database/destination.ts';
import { kindOf } from '../database/kind.ts';
import type { ListItem, Value } from '../database/value.ts';
import { lenient } from '../lenient.ts';
import { dateRequest } from './given-date.ts';
import { givenFiles } from './given-files.ts';
import { isWholeText, plainText, textRequest } from './given-text.ts';
import { MAX_LISTED } from './limits.ts';

type Written = NonNullable<CreatePageParameters['properties']>[string];

const List = lenient(z.array(z.unknown()), []);
const Plain = lenient(z.nullable(z.string()), null);
const Choice = z.looseObject({ id: lenient(z.optional(z.string()), undefined), name: z.string() });
const Reference = z.looseObject({
  id: z.string(),
  object: lenient(z.optional(z.string()), undefined),
  name: lenient(z.nullable(z.string()), null),
});

/** A property's value ("Page property values" in Notion's reference): the field that is called after its type. */
const Given = z.looseObject({
  id: z.string(),
  has_more: lenient(z.boolean(), false),
  title: List,
  rich_text: List,
  number: lenient(z.nullable(z.number()), null),
  url: Plain,
  email: Plain,
  phone_number: Plain,
  select: lenient(z.nullable(Choice), null),
  status: lenient(z.nullable(Choice), null),
  multi_select: lenient(z.array(Choice), []),
  checkbox: lenient(z.boolean(), false),
  date: lenient(z.nullable(z.looseObject({ start: z.string(), end: Plain, time_zone: Plain })), null),
  people: lenient(z.array(Reference), []),
  relation: lenient(z.array(Reference), []),
  files: List,
});
export type Given = z.infer<typeof Given>;

/** Null for what is no value of this property: it was of another type when the row was read, or it cannot be read. */
export function readGiven(raw: unknown, { type }: Pick<Property, 'type'>): Given | null {
  const read = z.safeParse(Given, raw);
  const seen = (raw as Record<string, unknown> | null)?.[type];
  if (!read.success || seen === undefined) return null;
  const known = read.data[type];
  const isWhole = Array.isArray(seen)
    ? seen.length === (known as unknown[]).length
    : (seen === null) === (known === null);
  // What is of no known shape is not to be lost.
  return isWhole ? read.data : { ...read.data, has_more: true };
}

/** Of people, a page shows so many at most, and does not say whether there are more ("Retrieve a page"). */
const MOST_PEOPLE = 25;

/**
 * Why a value can be shown, but neither be changed nor go back: only its beginning is known, or Notion takes no such thing
 * from a connection. Null when it can.
 */
export function fixedBy(given: Given, { type }: Property): 'partial' | 'not-taken' | null {
  const items: readonly unknown[] = listOf(given, type);
  if (given.has_more || items.length > MAX_LISTED) return 'partial';
  switch (type) {
    case 'title':
    case 'rich_text':
      return isWholeText(items) ? null : 'not-taken';
    case 'people':
      return items.length < MOST_PEOPLE ? null : 'partial';
    case 'files':
      return givenFiles(items).every(({ request }) => request) ? null : 'not-taken';
    default:
      return null;
  }
}

/** The same of what a row held, if it was read. */
export function isFixed(held: unknown, property: Property): boolean {
  const given = held === undefined ? null : readGiven(held, property);
  return given !== null && fixedBy(given, property) !== null;
}

function listOf(given: Given, type: string): readonly unknown[] {
  const value = given[type];
  return Array.isArray(value) ? value : [];
}

/** In words, as it is shown and changed. */
export function givenValue(given: Given, property: Property): Value {
  const { type } = property;
  if (type === 'title') return { kind: 'text', text: plainText(given.title) };
  switch (kindOf(property)) {
    case 'list':
      return { kind: 'list', items: itemsOf(given, type) };
    case 'flag':
      return { kind: 'flag', on: given.checkbox };
    case 'date': {
      const { start = '', end = null, time_zone = null } = given.date ?? {};
      return { kind: 'date', start, end, timeZone: time_zone };
    }
    case 'text':
      return { kind: 'text', text: textOf(given, type) };
  }
}

function itemsOf(given: Given, type: string): ListItem[] {
  const named = ({ id, name }: { id?: string | undefined; name: string | null }) => ({
    name: name ?? '',
    ...(id === undefined ? {} : { id }),
  });
  switch (type) {
    case 'select':
      return given.select ? [named(given.select)] : [];
    case 'multi_select':
      return given.multi_select.map(named);
    case 'people':
      return given.people.map(named);
    case 'relation':
      return given.relation.map(named);
    default:
      return givenFiles(given.files).map(named);
  }
}

function textOf(given: Given, type: string): string {
  switch (type) {
    case 'rich_text':
      return plainText(given.rich_text);
    case 'number':
      return given.number === null ? '' : String(given.number);
    case 'status':
      return given.status?.name ?? '';
    case 'email':
      return given.email ?? '';
    case 'phone_number':
      return given.phone_number ?? '';
    default:
      return given.url ?? '';
  }
}

/** Whether two values are the same; what has an id in Notion is told by it. */
export function isSameValue(a: Value, b: Value): boolean {
  if (a.kind === 'list' && b.kind === 'list')
    return (
      a.items.length === b.items.length && a.items.every((item, index) => isSameItem(item, b.items[index]))
    );
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'flag' && b.kind === 'flag') return a.on === b.on;
  return (
    a.kind === 'date' &&
    b.kind === 'date' &&
    a.start === b.start &&
    a.end === b.end &&
    a.timeZone === b.timeZone
  );
}

const isSameItem = (a: ListItem, b: ListItem | undefined): boolean =>
  a.id !== undefined && b?.id !== undefined ? a.id === b.id : a.name === b?.name;

/** As it goes back to Notion, whatever today's rules for what is typed say. Null when it is empty. */
export function givenRequest(given: Given, { type }: Property): Written | null {
  const filled = <T>(items: readonly T[], request: (items: T[]) => Written): Written | null =>
    items.length === 0 ? null : request([...items]);
  switch (type) {
    case 'title':
      return filled(textRequest(given.title), (title) => ({ title }));
    case 'rich_text':
      return filled(textRequest(given.rich_text), (rich_text) => ({ rich_text }));
    case 'number':
      return given.number === null ? null : { number: given.number };
    case 'url':
      return given.url ? { url: given.url } : null;
    case 'email':
      return given.email ? { email: given.email } : null;
    case 'phone_number':
      return given.phone_number ? { phone_number: given.phone_number } : null;
    case 'date':
      return given.date && { date: dateRequest(given.date) };
    case 'checkbox':
      return given.checkbox ? { checkbox: true } : null;
    case 'people':
      return filled(given.people.map(personRequest), (people) => ({ people }));
    case 'relation':
      return filled(given.relation, (relation) => ({ relation: relation.map(({ id }) => ({ id })) }));
    case 'files':
      return filled(
        givenFiles(given.files).flatMap(({ request }) => request ?? []),
        (files) => ({ files }),
      );
    default:
      return null;
  }
}

/** People and groups are told apart by what they are. */
export const personRequest = ({ id, object }: { id: string; object?: string | undefined }) =>
  object === 'group' ? { object: 'group' as const, id } : { id };
