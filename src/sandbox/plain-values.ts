/** Values as a person would write them down: text, numbers, names of options. For the seed, the control API and tests. */

import type { DataSource, DateValue, Page, Property, RichText, Value } from './model.ts';
import type { Random } from './random.ts';
import { addOption, optionNamed } from './rules/options.ts';
import { text } from './rules/rich-text.ts';
import { evaluate } from './shape/value.ts';
import { plainText } from './state.ts';
import { toMinute } from './time.ts';

/** Rich text, dates and files may be given in the shape that responses have. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | string[]
  | Record<string, unknown>[]
  | Record<string, unknown>;

export function fromPlain(property: Property, plain: PlainValue, random: Random): Value {
  const option = (name: string) => (optionNamed(property, name) ?? addOption(property, name, random)).id;
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return Array.isArray(plain) ? (plain as RichText[]) : text(String(plain ?? ''));
    case 'select':
    case 'status':
      return plain === null ? null : option(String(plain));
    case 'multi_select':
      return (plain as string[]).map(option);
    case 'date':
      if (plain === null || typeof plain === 'object') return plain;
      return { start: String(plain), end: null, time_zone: null };
    default:
      return plain;
  }
}

export function toPlain(source: DataSource, property: Property, row: Page): PlainValue {
  const value = row.values.get(property.id) ?? null;
  const nameOf = (id: unknown) => property.options.find((option) => option.id === id)?.name ?? null;
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return plainText((value ?? []) as RichText[]);
    case 'select':
    case 'status':
      return nameOf(value);
    case 'multi_select':
      return ((value ?? []) as string[]).flatMap((id) => nameOf(id) ?? []);
    case 'date': {
      const date = value as DateValue | null;
      return date && (date.end === null ? date.start : `${date.start} → ${date.end}`);
    }
    case 'checkbox':
      return value === true;
    case 'created_time':
      return toMinute(row.createdAt);
    case 'last_edited_time':
      return toMinute(row.editedAt);
    case 'created_by':
      return row.createdBy;
    case 'last_edited_by':
      return row.editedBy;
    case 'unique_id':
      return [property.settings.prefix, row.number].filter((part) => part !== null).join('-');
    case 'formula':
      return (evaluate(source, row, String(property.settings.expression)).number ?? null) as PlainValue;
    default:
      return value as PlainValue;
  }
}
