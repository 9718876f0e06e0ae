/** Rows as Notion's queries return them. */
import * as z from 'zod/mini';
import { type Destination, Option } from '../database/destination.ts';
import { lenient } from '../lenient.ts';
import { rowOf } from '../notion/look-up.ts';
import { PageReply, titleOfPage } from '../notion/replies.ts';
import { MAX_TITLE, type SavedRow } from './record.ts';

const Address = z.looseObject({ type: z.literal('url'), url: z.nullable(z.string()) });
const Tags = z.looseObject({ multi_select: lenient(z.array(z.unknown()), []) });
const Name = z.pick(Option, { name: true });
const Known = z.looseObject({ id: z.string() });
const Other = z.looseObject({ object: z.literal('data_source') });

/**
 * What one result of a query is: a row, one that is in the trash by now, one whose address cannot be read (its id, or a
 * word in its place), or no row at all, as a wiki lists databases among its pages.
 */
export type Reading =
  | { kind: 'row'; row: SavedRow }
  | { kind: 'gone'; id: string }
  | { kind: 'unreadable'; id: string }
  | { kind: 'other' };

/** Reads one result of a query of that destination, by its mapping. A title or tags that cannot be read are left out. */
export function readSavedRow(result: unknown, { id: dataSourceId, mapping }: Destination): Reading {
  if (z.safeParse(Other, result).success) return { kind: 'other' };
  const read = z.safeParse(PageReply, result);
  if (!read.success) {
    const known = z.safeParse(Known, result);
    return { kind: 'unreadable', id: known.success ? known.data.id : 'unknown' };
  }
  const page = read.data;
  if (page.in_trash) return { kind: 'gone', id: page.id };
  const address = mapping.url === null ? '' : addressOf(propertyValue(page, mapping.url));
  if (address === null) return { kind: 'unreadable', id: page.id };
  const row: SavedRow = {
    ...rowOf(page),
    dataSourceId,
    address,
    title: titleOfPage(page).slice(0, MAX_TITLE),
    tags: mapping.tags === null ? [] : tagsOf(propertyValue(page, mapping.tags)),
    editedAt: minuteOf(page.last_edited_time),
    createdAt: minuteOf(page.created_time),
  };
  return { kind: 'row', row };
}

const propertyValue = ({ properties }: PageReply, id: string): unknown =>
  Object.values(properties).find((value) => (value as { id?: unknown } | null)?.id === id);

function addressOf(value: unknown): string | null {
  const read = z.safeParse(Address, value);
  return read.success ? (read.data.url ?? '') : null;
}

function tagsOf(value: unknown): string[] {
  const read = z.safeParse(Tags, value);
  if (!read.success) return [];
  return read.data.multi_select.flatMap((raw) => {
    const option = z.safeParse(Name, raw);
    return option.success ? [option.data.name] : [];
  });
}

const MINUTE = 60_000;

/** Notion tells these times in whole minutes; should it ever tell more, a minute is still what they are compared by. */
function minuteOf(time: string | undefined): number | null {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? null : Math.floor(at / MINUTE) * MINUTE;
}
