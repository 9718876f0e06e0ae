/** Columns as clients write them: creating, changing, renaming and removing properties of a data source. */
import { type Caller, findDataSource } from '../access.ts';
import type { PropertyConfigurationRequest, PropertyUpdateRequest } from '../contract/requests.ts';
import { failedValidation, invalid, isRefusal, type Refusable, type Refusal, tooLong } from '../errors.ts';
import { canonicalId, propertyId, uuid } from '../ids.ts';
import {
  type Color,
  colors,
  type DataSource,
  type Option,
  type Property,
  type StatusGroup,
} from '../model.ts';
import { pick, type Random } from '../random.ts';
import { findProperty, rowsOf, type World } from '../state.ts';
import { brokenOptionName, repeatedName } from './options.ts';

const maxOptions = 100;
const maxDescription = 280;

export function newProperty(
  random: Random,
  name: string,
  type: string,
  settings: Record<string, unknown> = {},
): Property {
  const property: Property = {
    id: type === 'title' ? 'title' : propertyId(random),
    name,
    type,
    description: null,
    options: [],
    groups: [],
    settings,
  };
  if (type === 'status') setDefaultStatuses(property, random);
  return property;
}

export interface OptionRequest {
  id?: string;
  name?: string;
  color?: Color;
  description?: string | null;
}

type TypedRequest = PropertyConfigurationRequest | Exclude<PropertyUpdateRequest, null | { name: string }>;

/** The columns of a new data source. With no properties given it has one, `Name`. */
export function acceptNewSchema(
  world: World,
  caller: Caller,
  requests: Record<string, PropertyConfigurationRequest> | undefined,
  path: string,
): Refusable<Property[]> {
  if (requests === undefined) return [newProperty(world.random, 'Name', 'title')];
  const properties: Property[] = [];
  for (const [name, request] of Object.entries(requests)) {
    const property = acceptProperty(world, caller, name, request, `${path}.${name}`);
    if (isRefusal(property)) return property;
    properties.push(property);
  }
  const titles = properties.filter(({ type }) => type === 'title').length;
  if (titles === 0) return invalid('Title is not provided');
  if (titles > 1) return invalid('A data source has exactly one title property.');
  return properties;
}

/** Applies a schema change, all of it or none. */
export function updateSchema(
  world: World,
  caller: Caller,
  source: DataSource,
  requests: Record<string, PropertyUpdateRequest>,
): Refusal | undefined {
  const next = source.properties.map((property) => ({ ...property, options: [...property.options] }));
  const removed: string[] = [];
  const retyped: string[] = [];
  for (const [key, request] of Object.entries(requests)) {
    const path = `body.properties.${key}`;
    const known = findProperty({ ...source, properties: next }, key);
    if (request === null) {
      if (!known) return invalid(`Could not find property with name or id: ${key}`);
      if (known.type === 'title') return invalid('Cannot delete the title property.');
      next.splice(next.indexOf(known), 1);
      removed.push(known.id);
      continue;
    }
    const type = typeOf(request);
    if (!known) {
      if (type === undefined) return invalid(`Could not find property with name or id: ${key}`);
      if (type === 'title') return invalid('Cannot create a second title property.');
      const created = acceptProperty(world, caller, request.name ?? key, request as TypedRequest, path);
      if (isRefusal(created)) return created;
      next.push(created);
      continue;
    }
    if (request.name !== undefined && request.name !== known.name) {
      if (request.name === '')
        return failedValidation([`${path}.name should be populated, instead was \`""\``]);
      if (next.some(({ name }) => name === request.name)) {
        return invalid(`A property named ${request.name} exists already.`);
      }
      known.name = request.name;
    }
    if ('description' in request && request.description !== undefined) {
      known.description = request.description;
    }
    if (type === undefined) continue;
    if (type !== known.type && (type === 'title' || known.type === 'title')) {
      return invalid('The title property cannot change its type.');
    }
    const changed = acceptProperty(world, caller, known.name, request as TypedRequest, path, known);
    if (isRefusal(changed)) return changed;
    if (changed.type !== known.type) retyped.push(known.id);
    next[next.indexOf(known)] = { ...changed, id: known.id, description: known.description };
  }
  source.properties = next;
  forgetLostValues(world, source, [...removed, ...retyped]);
  return undefined;
}

const common = new Set(['name', 'description', 'type']);

const typeOf = (request: object): string | undefined => Object.keys(request).find((key) => !common.has(key));

function acceptProperty(
  world: World,
  caller: Caller,
  name: string,
  request: TypedRequest,
  path: string,
  before?: Property,
): Refusable<Property> {
  const type = typeOf(request) ?? '';
  const settings = (request as Record<string, unknown>)[type] as Record<string, unknown>;
  if (name === '') return failedValidation([`${path} should have a name`]);
  const description = request.description ?? null;
  if (description !== null && description.length > maxDescription) {
    return failedValidation([tooLong(`${path}.description`, maxDescription, description.length)]);
  }
  const property = { ...newProperty(world.random, name, type), description };
  switch (type) {
    case 'select':
    case 'multi_select':
    case 'status': {
      const options = settings.options as OptionRequest[] | undefined;
      if (options === undefined) {
        return before?.type === type
          ? { ...property, options: before.options, groups: before.groups }
          : property;
      }
      const accepted = acceptOptionList(
        world.random,
        options,
        before?.options ?? [],
        `${path}.${type}.options`,
      );
      if (isRefusal(accepted)) return accepted;
      property.options = accepted;
      if (type === 'status') property.groups = regroup(property.groups, before?.groups, accepted);
      return property;
    }
    case 'number':
      return { ...property, settings: { format: settings.format ?? before?.settings.format ?? 'number' } };
    case 'formula':
      return { ...property, settings: { expression: settings.expression ?? '' } };
    case 'unique_id':
      return { ...property, settings: { prefix: settings.prefix ?? null } };
    case 'relation': {
      const source = findDataSource(world.state, caller, canonicalId(String(settings.data_source_id)));
      if (isRefusal(source)) return source;
      const relation = { database_id: source.databaseId, data_source_id: source.id };
      return { ...property, settings: { ...relation, type: 'single_property', single_property: {} } };
    }
    default:
      return { ...property, settings };
  }
}

/** Keeps the options that are named again, by id or by name, and adds the others. Options left out are dropped. */
function acceptOptionList(
  random: Random,
  requests: readonly OptionRequest[],
  before: readonly Option[],
  path: string,
): Refusable<Option[]> {
  if (requests.length > maxOptions) return failedValidation([tooLong(path, maxOptions, requests.length)]);
  const options: Option[] = [];
  for (const [index, request] of requests.entries()) {
    const known = before.find(({ id, name }) =>
      request.id === undefined ? name.toLowerCase() === request.name?.toLowerCase() : id === request.id,
    );
    const name = request.name ?? known?.name;
    if (name === undefined) return invalid(`Option with ID "${request.id}" does not exist.`);
    const broken = brokenOptionName(name, `${path}[${index}]`);
    if (broken) return broken;
    options.push({
      id: known?.id ?? uuid(random),
      name,
      color: known?.color ?? request.color ?? pick(random, colors),
      description: request.description ?? known?.description ?? null,
    });
  }
  const repeated = repeatedName(options.map(({ name }) => name));
  return repeated === undefined ? options : invalid(`Select option names must be unique: ${repeated}`);
}

function setDefaultStatuses(property: Property, random: Random): void {
  const groups: [string, Color, string][] = [
    ['To-do', 'gray', 'Not started'],
    ['In progress', 'blue', 'In progress'],
    ['Complete', 'green', 'Done'],
  ];
  for (const [groupName, color, optionName] of groups) {
    const option: Option = {
      id: uuid(random),
      name: optionName,
      color: color === 'gray' ? 'default' : color,
      description: null,
    };
    property.options.push(option);
    property.groups.push({ id: uuid(random), name: groupName, color, optionIds: [option.id] });
  }
}

/** Options keep their group; new ones go to To-do. */
function regroup(
  defaults: StatusGroup[],
  before: readonly StatusGroup[] | undefined,
  options: readonly Option[],
): StatusGroup[] {
  const groups = before && before.length > 0 ? before : defaults;
  return groups.map((group, index) => ({
    ...group,
    optionIds: options
      .filter(({ id }) => {
        const own = groups.findIndex(({ optionIds }) => optionIds.includes(id));
        return own === index || (own === -1 && index === 0);
      })
      .map(({ id }) => id),
  }));
}

/** Rows lose values of removed and retyped columns, and options that are gone. */
export function forgetLostValues(world: World, source: DataSource, lost: readonly string[]): void {
  for (const row of rowsOf(world.state, source.id)) {
    for (const id of lost) row.values.delete(id);
    for (const { id, type, options } of source.properties) {
      const value = row.values.get(id);
      const exists = (optionId: unknown) => options.some((option) => option.id === optionId);
      if (type === 'multi_select' && Array.isArray(value)) {
        row.values.set(id, (value as string[]).filter(exists));
      } else if ((type === 'select' || type === 'status') && value && !exists(value)) {
        row.values.set(id, null);
      }
    }
  }
}
