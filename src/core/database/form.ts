/** The form of a database: what its properties hold, and which of them are in it. */

import type { Destination, Mapping, Property, StoredDestination } from './destination.ts';
import { type Beginning, defaultForm, type FormSettings } from './form-settings.ts';
import { isWritable, kindOf } from './kind.ts';
import { inferMapping } from './mapping.ts';
import type { PropertyValue, Value } from './value.ts';

/** The parts of a capture that can have a property, with the one type that each can go to. */
export const ROLES = {
  url: 'url',
  tags: 'multi_select',
  description: 'rich_text',
  savedOn: 'date',
} as const satisfies Partial<Record<keyof Mapping, string>>;
export type Role = keyof typeof ROLES;

/** Inferring compares each name with hundreds of others; the same schema is asked about again and again. */
const inferred = new WeakMap<readonly Property[], Mapping>();

function inferredMapping(properties: readonly Property[]): Mapping {
  const known = inferred.get(properties) ?? inferMapping(properties);
  inferred.set(properties, known);
  return known;
}

/** A destination as the user has set it; null: they have set nothing. */
export const asSet = (destination: StoredDestination, form: FormSettings | null): Destination => ({
  ...destination,
  mapping: mappingOf(destination.properties, form ?? defaultForm),
});

/** The mapping in force: the user's own where it still fits the schema, else what is inferred. */
function mappingOf(properties: readonly Property[], { mapping }: FormSettings): Mapping {
  const mapped = { ...inferredMapping(properties) };
  for (const role of Object.keys(ROLES) as Role[]) {
    const chosen = mapping[role];
    if (chosen === null || (chosen !== undefined && fitsRole(properties, chosen, role)))
      mapped[role] = chosen;
  }
  return mapped;
}

const fitsRole = (properties: readonly Property[], id: string, role: Role): boolean =>
  properties.some((property) => property.id === id && property.type === ROLES[role]);

/** Roles whose property, as the user chose it, is gone or of another type. */
export const lostRoles = (properties: readonly Property[], { mapping }: FormSettings): Role[] =>
  (Object.keys(ROLES) as Role[]).filter((role) => {
    const chosen = mapping[role];
    return typeof chosen === 'string' && !fitsRole(properties, chosen, role);
  });

/** Types that are in the form unasked: what a bookmark is mostly sorted by. */
const ASKED_FOR = ['status', 'select', 'multi_select', 'checkbox', 'date'];
const UNASKED = 3;

/**
 * The properties beside title, URL, tags and description that a user can write.
 * @returns `shown` in the form, in order; `others` that can be added to it
 */
export function formOf(
  { properties, mapping }: Destination,
  settings: Pick<Beginning, 'shown'>,
): { shown: Property[]; others: Property[] } {
  const mapped = new Set<string | null>(Object.values(mapping));
  const free = properties.filter((property) => isWritable(property) && !mapped.has(property.id));
  const shown = settings.shown
    ? settings.shown.flatMap((id) => free.find((property) => property.id === id) ?? [])
    : free
        .filter(({ type }) => ASKED_FOR.includes(type))
        .sort((a, b) => ASKED_FOR.indexOf(a.type) - ASKED_FOR.indexOf(b.type))
        .slice(0, UNASKED);
  return { shown, others: free.filter((property) => !shown.includes(property)) };
}

/** Values that are taken over to another database: where a property has the same name and a like type. */
export function carryOver(values: readonly PropertyValue[], to: Destination): PropertyValue[] {
  const { shown, others } = formOf(to, defaultForm);
  const free = [...shown, ...others];
  return values.flatMap(({ name, value }) => {
    const property = free.find((one) => one.name === name && kindOf(one) === value.kind);
    return property ? [{ id: property.id, name: property.name, value: forgetIds(value, property) }] : [];
  });
}

/** A related page or a person of another workspace means nothing here; an option is known by its name. */
const forgetIds = (value: Value, { type }: Property): Value =>
  value.kind === 'list' && type !== 'people' && type !== 'relation'
    ? { kind: 'list', items: value.items.map(({ name }) => ({ name })) }
    : value;
