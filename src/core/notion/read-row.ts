/** A row as Notion returns it, read back into what a save would have made it from. */

import * as z from 'zod/mini';
import type { Capture } from '../capture/capture.ts';
import type { Destination, Property } from '../database/destination.ts';
import { isWritable } from '../database/kind.ts';
import type { PropertyValue, Value } from '../database/value.ts';
import { isEmpty } from '../database/value.ts';
import { addTags } from '../tags/rules.ts';

import { givenValue, readGiven } from './given.ts';
import type { PageReply } from './replies.ts';

const WithId = z.looseObject({ id: z.string() });

/**
 * What a row holds, by the mapping of its database: in words, and as Notion gave it.
 * @param url the address it was found by, for databases that keep none in a property
 */
export function readRow(page: PageReply, { properties, mapping }: Destination, url: string): Capture {
  const given: Record<string, unknown> = {};
  for (const raw of Object.values(page.properties)) {
    const read = z.safeParse(WithId, raw);
    const property = read.success ? properties.find(({ id }) => id === read.data.id) : undefined;
    if (property && (property.id === mapping.title || isWritable(property))) given[property.id] = raw;
  }
  const heldIn = (property: Property): Value | null => {
    const read = readGiven(given[property.id], property);
    return read && givenValue(read, property);
  };
  const of = (id: string | null): Value | null => {
    const property = properties.find((one) => one.id === id);
    return property ? heldIn(property) : null;
  };
  const textOf = (id: string | null): string => {
    const value = of(id);
    return value?.kind === 'text' ? value.text : '';
  };
  const tags = of(mapping.tags);
  const savedOn = of(mapping.savedOn);
  const savedAt = Date.parse((savedOn?.kind === 'date' && savedOn.start) || (page.created_time ?? ''));
  const mapped = new Set<string | null>(Object.values(mapping));
  const values = properties.flatMap((property): PropertyValue[] => {
    const value = mapped.has(property.id) || !isWritable(property) ? null : heldIn(property);
    return value && !isEmpty(value) ? [{ id: property.id, name: property.name, value }] : [];
  });
  return {
    url: textOf(mapping.url) || url,
    title: textOf(mapping.title),
    description: textOf(mapping.description),
    tags: tags?.kind === 'list' ? tags.items.map(({ name }) => name) : [],
    values,
    given,
    at: Number.isNaN(savedAt) ? 0 : savedAt,
    origin: 'import',
  };
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
