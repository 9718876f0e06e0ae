/** A row as Notion returns it, read back into what a save would have made it from. */
import * as z from 'zod/mini';
import type { Capture } from '../capture/capture.ts';
import { lenient } from '../lenient.ts';
import { addTags } from '../tags/rules.ts';
import type { Destination, Property } from './destination.ts';
import { isEmpty, isWritable } from './encode.ts';
import { kindOf } from './form.ts';
import type { PageReply } from './replies.ts';
import type { PropertyValue, Value } from './value.ts';

const Text = lenient(z.array(z.looseObject({ plain_text: lenient(z.string(), '') })), []);
const Choice = lenient(z.nullable(z.looseObject({ name: z.string() })), null);
const Plain = lenient(z.nullable(z.string()), null);

/** A property's value ("Page property values" in Notion's reference): the field that is called after its type. */
const ValueReply = z.looseObject({
  id: z.string(),
  has_more: lenient(z.optional(z.boolean()), undefined),
  title: Text,
  rich_text: Text,
  number: lenient(z.nullable(z.number()), null),
  url: Plain,
  email: Plain,
  phone_number: Plain,
  select: Choice,
  status: Choice,
  multi_select: lenient(z.array(z.looseObject({ name: z.string() })), []),
  checkbox: lenient(z.boolean(), false),
  date: lenient(
    z.nullable(
      z.looseObject({
        start: z.string(),
        end: lenient(z.nullable(z.string()), null),
        time_zone: lenient(z.nullable(z.string()), null),
      }),
    ),
    null,
  ),
  people: lenient(
    z.array(z.looseObject({ id: z.string(), name: lenient(z.nullable(z.string()), null) })),
    [],
  ),
  relation: lenient(z.array(z.looseObject({ id: z.string() })), []),
  files: lenient(
    z.array(
      z.looseObject({
        external: lenient(z.optional(z.looseObject({ url: z.string() })), undefined),
        file: lenient(z.optional(z.looseObject({ url: z.string() })), undefined),
      }),
    ),
    [],
  ),
});
type ValueReply = z.infer<typeof ValueReply>;

/**
 * What a row holds, by the mapping of its database.
 * @param url the address it was found by, for databases that keep none in a property
 */
export function readRow(page: PageReply, { properties, mapping }: Destination, url: string): Capture {
  const byId = new Map<string, ValueReply>();
  for (const raw of Object.values(page.properties)) {
    const read = z.safeParse(ValueReply, raw);
    if (read.success) byId.set(read.data.id, read.data);
  }
  const of = (id: string | null): ValueReply | undefined => (id === null ? undefined : byId.get(id));
  const mapped = new Set<string | null>(Object.values(mapping));
  const savedOn = Date.parse(of(mapping.savedOn)?.date?.start ?? page.created_time ?? '');
  const values = properties.flatMap((property): PropertyValue[] => {
    const reply = byId.get(property.id);
    if (!reply || mapped.has(property.id) || !isWritable(property)) return [];
    // Of long lists, Notion returns only the beginning; what is not shown cannot be lost.
    if (reply.has_more) return [];
    const value = valueIn(reply, property);
    return isEmpty(value) ? [] : [{ id: property.id, name: property.name, value }];
  });
  return {
    url: of(mapping.url)?.url ?? url,
    title: plain(of(mapping.title)?.title),
    description: plain(of(mapping.description)?.rich_text),
    tags: of(mapping.tags)?.multi_select.map(({ name }) => name) ?? [],
    values,
    at: Number.isNaN(savedOn) ? 0 : savedOn,
    origin: 'import',
  };
}

const plain = (text: ValueReply['title'] = []): string => text.map((item) => item.plain_text).join('');

function valueIn(reply: ValueReply, property: Property): Value {
  switch (kindOf(property)) {
    case 'list':
      return { kind: 'list', items: itemsOf(reply, property) };
    case 'flag':
      return { kind: 'flag', on: reply.checkbox };
    case 'date': {
      const { start = '', end = null, time_zone = null } = reply.date ?? {};
      return { kind: 'date', start, end, timeZone: time_zone };
    }
    case 'text':
      return { kind: 'text', text: textOf(reply, property) };
  }
}

function itemsOf(reply: ValueReply, { type }: Property): { name: string; id?: string }[] {
  switch (type) {
    case 'select':
      return reply.select ? [{ name: reply.select.name }] : [];
    case 'multi_select':
      return reply.multi_select.map(({ name }) => ({ name }));
    case 'people':
      return reply.people.map(({ id, name }) => ({ id, name: name ?? id }));
    case 'relation':
      return reply.relation.map(({ id }) => ({ id, name: id }));
    default:
      return reply.files.flatMap(({ external, file }) => {
        const url = external?.url ?? file?.url;
        return url === undefined ? [] : [{ name: url }];
      });
  }
}

function textOf(reply: ValueReply, { type }: Property): string {
  switch (type) {
    case 'rich_text':
      return plain(reply.rich_text);
    case 'number':
      return reply.number === null ? '' : String(reply.number);
    case 'status':
      return reply.status?.name ?? '';
    case 'email':
      return reply.email ?? '';
    case 'phone_number':
      return reply.phone_number ?? '';
    default:
      return reply.url ?? '';
  }
}

/** What a row is to hold when a page that it is of is saved again: what it held, and what is new beside that. */
export function addTo(held: Capture, { title, description, tags, values = [] }: Capture): Capture {
  const before = held.values ?? [];
  return {
    ...held,
    title: held.title || title,
    description: held.description.includes(description)
      ? held.description
      : [held.description, description].filter((part) => part !== '').join('\n'),
    tags: addTags(held.tags, tags, []),
    values: [...before, ...values.filter(({ id }) => before.every((one) => one.id !== id))],
  };
}
