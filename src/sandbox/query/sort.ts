import type { Sort } from '../contract/requests.ts';
import { invalid, type Refusable } from '../errors.ts';
import type { DataSource, Page, Property, RichText } from '../model.ts';
import { findProperty, plainText } from '../state.ts';
import { minute } from '../time.ts';

type Key = string | number;
type KeyOf = (row: Page) => Key | null;

/** An order of rows; rows with no value come last, and equal rows keep their place. */
export function compileSorts(
  source: DataSource,
  sorts: readonly Sort[],
): Refusable<(a: Page, b: Page) => number> {
  const steps: { key: KeyOf; sign: 1 | -1 }[] = [];
  for (const sort of sorts) {
    const sign = sort.direction === 'ascending' ? 1 : -1;
    if ('timestamp' in sort) {
      // Seconds are not kept, so rows of one minute have no order among themselves.
      steps.push({
        key: (row) => toMinutes(sort.timestamp === 'created_time' ? row.createdAt : row.editedAt),
        sign,
      });
      continue;
    }
    const property = findProperty(source, sort.property);
    if (!property) return invalid(`Could not find sort property with name or id: ${sort.property}`);
    steps.push({ key: keyOf(property), sign });
  }
  return (a, b) => {
    for (const { key, sign } of steps) {
      const order = compare(key(a), key(b), sign);
      if (order !== 0) return order;
    }
    return 0;
  };
}

const toMinutes = (at: number): number => Math.floor(at / minute);

function compare(a: Key | null, b: Key | null, sign: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return sign * a.localeCompare(b, 'en');
  return sign * (Number(a) - Number(b));
}

function keyOf(property: Property): KeyOf {
  const { id, type, options } = property;
  const stored = (row: Page) => row.values.get(id) ?? null;
  switch (type) {
    case 'title':
    case 'rich_text':
      return (row) => plainText((stored(row) ?? []) as RichText[]) || null;
    case 'select':
    case 'status':
      return (row) => indexOf(options, stored(row));
    case 'multi_select':
      return (row) => indexOf(options, (stored(row) as string[] | null)?.[0]);
    case 'date':
      return (row) => (stored(row) as { start: string } | null)?.start ?? null;
    case 'checkbox':
      return (row) => Number(stored(row) ?? false);
    case 'created_time':
      return (row) => toMinutes(row.createdAt);
    case 'last_edited_time':
      return (row) => toMinutes(row.editedAt);
    case 'unique_id':
      return (row) => row.number;
    default:
      return (row) => {
        const value = stored(row);
        return typeof value === 'string' || typeof value === 'number' ? value : null;
      };
  }
}

/** Options sort in the order of the schema. */
function indexOf(options: Property['options'], optionId: unknown): number | null {
  const index = options.findIndex(({ id }) => id === optionId);
  return index === -1 ? null : index;
}
