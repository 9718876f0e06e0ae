/** What a row is sorted by besides its tags: what `!` in a line sets, and S in the toast. */
import type { Destination, Property } from './destination.ts';
import { kindOf } from './kind.ts';
import type { PropertyValue, Value } from './value.ts';

/** The status, or else the first select, that is not taken for something else. */
export function choiceProperty({ properties, mapping }: Destination): Property | undefined {
  const mapped = new Set<string | null>(Object.values(mapping));
  const free = properties.filter(({ id }) => !mapped.has(id));
  return free.find(({ type }) => type === 'status') ?? free.find(({ type }) => type === 'select');
}

/** One option, as the value that the property holds. */
export const choiceValue = (property: Property, name: string): Value =>
  kindOf(property) === 'list' ? { kind: 'list', items: [{ name }] } : { kind: 'text', text: name };

/** The same with the property it is of. */
export const chosenOption = (property: Property, name: string): PropertyValue => ({
  id: property.id,
  name: property.name,
  value: choiceValue(property, name),
});
