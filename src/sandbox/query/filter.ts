/** Filters of a query: checked against the schema first, then run over rows. */
import type { Filter, PropertyFilter, TimestampFilter } from '../contract/requests.ts';
import { failedValidation, invalid, isRefusal, type Refusable, tooLong } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { DataSource, Page, Property, RichText } from '../model.ts';
import { evaluate } from '../shape/value.ts';
import { findProperty, plainText } from '../state.ts';
import { type Instant, toMinute } from '../time.ts';
import { matchesDate } from './date-condition.ts';

export type RowTest = (row: Page) => boolean;

type Condition = Record<string, unknown>;

const maxConditions = 100;
const textTypes = ['title', 'rich_text', 'url', 'email', 'phone_number'];

export interface FilterContext {
  source: DataSource;
  now: Instant;
  /** Whom `"me"` stands for. */
  userId: string;
}

export function compileFilter(context: FilterContext, filter: Filter, path: string): Refusable<RowTest> {
  if ('and' in filter) return compileGroup(context, filter.and, `${path}.and`, 'every');
  if ('or' in filter) return compileGroup(context, filter.or, `${path}.or`, 'some');
  if ('timestamp' in filter) return compileTimestamp(context, filter);
  return compileProperty(context, filter);
}

function compileGroup(
  context: FilterContext,
  filters: readonly Filter[],
  path: string,
  quantifier: 'every' | 'some',
): Refusable<RowTest> {
  if (filters.length > maxConditions) return failedValidation([tooLong(path, maxConditions, filters.length)]);
  const tests: RowTest[] = [];
  for (const [index, filter] of filters.entries()) {
    const test = compileFilter(context, filter, `${path}[${index}]`);
    if (isRefusal(test)) return test;
    tests.push(test);
  }
  return (row) => tests[quantifier]((test) => test(row));
}

function compileTimestamp({ now }: FilterContext, filter: TimestampFilter): RowTest {
  const condition = ('created_time' in filter ? filter.created_time : filter.last_edited_time) as Condition;
  return (row) =>
    matchesDate(condition, toMinute(filter.timestamp === 'created_time' ? row.createdAt : row.editedAt), now);
}

function compileProperty(context: FilterContext, filter: PropertyFilter): Refusable<RowTest> {
  const property = findProperty(context.source, filter.property);
  if (!property) return invalid(`Could not find property with name or id: ${filter.property}`);
  const type = Object.keys(filter).find((key) => key !== 'property' && key !== 'type') ?? '';
  // Notion lets any text condition be asked of any text-like property.
  const fits = type === property.type || (textTypes.includes(type) && textTypes.includes(property.type));
  if (!fits) return invalid(`database property ${property.type} does not match filter ${type}`);
  const condition = (filter as unknown as Record<string, Condition>)[type] ?? {};
  return (row) => matches(context, property, condition, row);
}

function matches(context: FilterContext, property: Property, condition: Condition, row: Page): boolean {
  const value = row.values.get(property.id) ?? null;
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return matchesText(condition, plainText((value ?? []) as RichText[]));
    case 'url':
    case 'email':
    case 'phone_number':
      return matchesText(condition, (value ?? '') as string);
    case 'number':
      return matchesNumber(condition, value as number | null);
    case 'unique_id':
      return matchesNumber(condition, row.number);
    case 'checkbox':
      return 'equals' in condition
        ? (value ?? false) === condition.equals
        : (value ?? false) !== condition.does_not_equal;
    case 'select':
    case 'status':
      return matchesOption(condition, optionNames(property, value === null ? [] : [value as string]));
    case 'multi_select':
      return matchesMembers(condition, optionNames(property, (value ?? []) as string[]));
    case 'people':
      return matchesMembers(personally(condition, context.userId), (value ?? []) as string[]);
    case 'created_by':
      return matchesMembers(personally(condition, context.userId), [row.createdBy]);
    case 'last_edited_by':
      return matchesMembers(personally(condition, context.userId), [row.editedBy]);
    case 'relation':
      return matchesMembers(personally(condition, context.userId), (value ?? []) as string[]);
    case 'files':
      return matchesMembers(condition, (value ?? []) as string[]);
    case 'date':
      return matchesDate(condition, (value as { start: string } | null)?.start ?? null, context.now);
    case 'created_time':
      return matchesDate(condition, toMinute(row.createdAt), context.now);
    case 'last_edited_time':
      return matchesDate(condition, toMinute(row.editedAt), context.now);
    case 'formula':
      return matchesFormula(condition, evaluate(context.source, row, String(property.settings.expression)));
    default:
      return false;
  }
}

/** Emptiness conditions are the same for every type; `undefined` when the condition is another. */
function emptiness(condition: Condition, isEmpty: boolean): boolean | undefined {
  if ('is_empty' in condition) return isEmpty;
  if ('is_not_empty' in condition) return !isEmpty;
  return undefined;
}

/** Equality is of the exact text, containing ignores case. */
function matchesText(condition: Condition, value: string): boolean {
  const empty = emptiness(condition, value === '');
  if (empty !== undefined) return empty;
  const [[operator, wanted] = ['', '']] = Object.entries(condition) as [string, string][];
  const folded = value.toLowerCase();
  const part = wanted.toLowerCase();
  switch (operator) {
    case 'equals':
      return value === wanted;
    case 'does_not_equal':
      return value !== wanted;
    case 'contains':
      return folded.includes(part);
    case 'does_not_contain':
      return !folded.includes(part);
    case 'starts_with':
      return folded.startsWith(part);
    default:
      return folded.endsWith(part);
  }
}

function matchesNumber(condition: Condition, value: number | null): boolean {
  const empty = emptiness(condition, value === null);
  if (empty !== undefined) return empty;
  const [[operator, wanted] = ['', 0]] = Object.entries(condition) as [string, number][];
  if (value === null) return operator === 'does_not_equal';
  switch (operator) {
    case 'equals':
      return value === wanted;
    case 'does_not_equal':
      return value !== wanted;
    case 'greater_than':
      return value > wanted;
    case 'less_than':
      return value < wanted;
    case 'greater_than_or_equal_to':
      return value >= wanted;
    default:
      return value <= wanted;
  }
}

const optionNames = ({ options }: Property, ids: readonly string[]): string[] =>
  ids.flatMap((id) => options.find((option) => option.id === id)?.name ?? []);

/** One name, or any of several. */
function matchesOption(condition: Condition, names: readonly string[]): boolean {
  const empty = emptiness(condition, names.length === 0);
  if (empty !== undefined) return empty;
  if ('equals' in condition) return namesOf(condition.equals).some((name) => names.includes(name));
  return !namesOf(condition.does_not_equal).some((name) => names.includes(name));
}

function matchesMembers(condition: Condition, members: readonly string[]): boolean {
  const empty = emptiness(condition, members.length === 0);
  if (empty !== undefined) return empty;
  if ('contains' in condition) return namesOf(condition.contains).some((name) => members.includes(name));
  return !namesOf(condition.does_not_contain).some((name) => members.includes(name));
}

const namesOf = (wanted: unknown): string[] => [wanted].flat() as string[];

/** Ids in their canonical form, and `"me"` as the user who authorized the connection. */
const personally = (condition: Condition, userId: string): Condition =>
  Object.fromEntries(
    Object.entries(condition).map(([operator, wanted]) => [
      operator,
      typeof wanted === 'string' ? (wanted === 'me' ? userId : canonicalId(wanted)) : wanted,
    ]),
  );

function matchesFormula(condition: Condition, result: Record<string, unknown>): boolean {
  const wanted = condition.number as Condition | undefined;
  return wanted !== undefined && result.type === 'number' && matchesNumber(wanted, result.number as number);
}
