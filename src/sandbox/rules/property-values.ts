/** Values of page properties as clients write them: Notion's rules, then the sandbox's own form. */
import type { Caller } from '../access.ts';
import { findPage } from '../access.ts';
import type { PropertyValueRequest } from '../contract/requests.ts';
import {
  failedValidation,
  instead,
  invalid,
  isRefusal,
  type Refusable,
  Refusal,
  tooLong,
} from '../errors.ts';
import { isHosted, unsigned } from '../hosted-files.ts';
import { canonicalId } from '../ids.ts';
import type { DataSource, Property, Value } from '../model.ts';
import { findProperty, type World } from '../state.ts';
import { hasOffset, isIsoDate, isTimeZone } from '../time.ts';
import { brokenFileUrl } from './media.ts';
import { addOption, brokenOptionName, optionNamed, repeatedName } from './options.ts';
import { acceptRichText } from './rich-text.ts';

/** Of the API description: `textRequest` and `stringRequest`. */
const maxUrl = 2000;
const maxShortText = 100;
const maxItems = 100;

/** Gives the value to store. Called only when the whole request is found good, because it may create options. */
type Pending = () => Value;

interface Context {
  world: World;
  caller: Caller;
  property: Property;
  /** For messages: `body.properties.Name`. */
  path: string;
}

/**
 * Checks the values of a write against the schema of the data source. The returned function stores nothing, but adds the
 * options that the values name for the first time, and gives the values by property id.
 */
export function acceptValues(
  world: World,
  caller: Caller,
  source: DataSource,
  requests: Record<string, PropertyValueRequest>,
): Refusable<() => Map<string, Value>> {
  const misfits: string[] = [];
  const pending = new Map<string, Pending>();
  for (const [key, request] of Object.entries(requests)) {
    const property = findProperty(source, key);
    if (!property) {
      misfits.push(`${key} is not a property that exists.`);
      continue;
    }
    if (!(property.type in request)) {
      misfits.push(`${property.name} is expected to be ${property.type}.`);
      continue;
    }
    if (pending.has(property.id)) {
      return invalid(`${property.name} is given twice, by name and by id.`);
    }
    const accepted = acceptValue({ world, caller, property, path: `body.properties.${key}` }, request);
    if (isRefusal(accepted)) return accepted;
    pending.set(property.id, accepted);
  }
  if (misfits.length > 0) return invalid(misfits.join(' '));
  return () => new Map([...pending].map(([id, value]) => [id, value()]));
}

/** Outside a data source a page has a title and nothing else. */
export function acceptTitleOnly(
  requests: Record<string, PropertyValueRequest>,
): Refusable<Map<string, Value>> {
  const values = new Map<string, Value>();
  for (const [key, request] of Object.entries(requests)) {
    if (key !== 'title' || !('title' in request)) return invalid(`${key} is not a property that exists.`);
    const title = acceptRichText(request.title, 'body.properties.title.title');
    if (isRefusal(title)) return title;
    values.set('title', title);
  }
  return values;
}

function acceptValue(context: Context, request: PropertyValueRequest): Refusable<Pending> {
  const { path } = context;
  if ('title' in request) return ready(acceptRichText(request.title, `${path}.title`, context));
  if ('rich_text' in request) return ready(acceptRichText(request.rich_text, `${path}.rich_text`, context));
  if ('number' in request) return ready(request.number);
  if ('checkbox' in request) return ready(request.checkbox);
  if ('url' in request) return acceptText(request.url, `${path}.url`, maxUrl);
  if ('email' in request) return acceptText(request.email, `${path}.email`, maxShortText);
  if ('phone_number' in request)
    return acceptText(request.phone_number, `${path}.phone_number`, maxShortText);
  if ('date' in request) return acceptDate(request.date, `${path}.date`);
  if ('select' in request) {
    return request.select === null ? ready(null) : acceptOption(context, request.select, `${path}.select`);
  }
  if ('multi_select' in request) return acceptOptions(context, request.multi_select);
  if ('status' in request) return acceptStatus(context, request.status);
  if ('people' in request) return acceptPeople(context, request.people);
  if ('relation' in request) return acceptRelation(context, request.relation);
  if ('files' in request) return acceptFiles(context, request.files);
  if ('place' in request) return ready(request.place);
  return ready(request.verification);
}

const ready = (value: Refusable<Value>): Refusable<Pending> => (isRefusal(value) ? value : () => value);

function acceptText(value: string | null, path: string, limit: number): Refusable<Pending> {
  if (value === '') return failedValidation([`${path} should be populated or \`null\`, ${instead(value)}`]);
  if (value !== null && value.length > limit) return failedValidation([tooLong(path, limit, value.length)]);
  return () => value;
}

type DateRequest = Extract<PropertyValueRequest, { date: unknown }>['date'];

function acceptDate(date: DateRequest, path: string): Refusable<Pending> {
  if (date === null) return () => null;
  const { start, end = null, time_zone: timeZone = null } = date;
  for (const [key, value] of Object.entries({ start, end })) {
    if (value !== null && !isIsoDate(value)) {
      return failedValidation([`${path}.${key} should be a valid ISO 8601 date string, ${instead(value)}`]);
    }
    if (value !== null && timeZone !== null && hasOffset(value)) {
      return failedValidation([
        `${path}.${key} should be a date without an offset when \`time_zone\` is given, ${instead(value)}`,
      ]);
    }
  }
  if (timeZone !== null && !isTimeZone(timeZone)) {
    return failedValidation([`${path}.time_zone should be a valid IANA time zone, ${instead(timeZone)}`]);
  }
  return () => ({ start, end, time_zone: timeZone });
}

interface OptionRequest {
  id?: string;
  name?: string;
}

function acceptOption(context: Context, request: OptionRequest, path: string): Refusable<() => string> {
  const { property, world } = context;
  if (request.id !== undefined) {
    const known = property.options.find(({ id }) => id === request.id);
    return known
      ? () => known.id
      : invalid(`Option with ID "${request.id}" does not exist for property "${property.name}".`);
  }
  const name = request.name ?? '';
  const broken = brokenOptionName(name, path);
  if (broken) return broken;
  return () => (optionNamed(property, name) ?? addOption(property, name, world.random)).id;
}

function acceptOptions(context: Context, requests: readonly OptionRequest[]): Refusable<Pending> {
  const path = `${context.path}.multi_select`;
  if (requests.length > maxItems) return failedValidation([tooLong(path, maxItems, requests.length)]);
  const repeated = repeatedName(requests.flatMap(({ name }) => name ?? []));
  if (repeated !== undefined) return invalid(`Select option names must be unique: ${repeated}`);
  const options: (() => string)[] = [];
  for (const [index, request] of requests.entries()) {
    const accepted = acceptOption(context, request, `${path}[${index}]`);
    if (isRefusal(accepted)) return accepted;
    options.push(accepted);
  }
  return () => [...new Set(options.map((option) => option()))];
}

/** A status is never created by a write, and `null` gives the default one. */
function acceptStatus({ property }: Context, request: OptionRequest | null): Refusable<Pending> {
  if (request === null) return () => property.options[0]?.id ?? null;
  const known = property.options.find((option) =>
    request.id === undefined ? option.name === request.name : option.id === request.id,
  );
  if (known) return () => known.id;
  return invalid(
    `Invalid status option. Status option "${request.name ?? request.id}" does not exist for property "${property.name}".`,
  );
}

function acceptPeople({ world, path }: Context, people: readonly { id: string }[]): Refusable<Pending> {
  if (people.length > maxItems) return failedValidation([tooLong(`${path}.people`, maxItems, people.length)]);
  const ids = people.map(({ id }) => canonicalId(id));
  const { state } = world;
  const stranger = ids.find((id) => !state.people.has(id) && !state.authorizations.has(id));
  return stranger === undefined ? () => ids : invalid(`Could not find user with ID: ${stranger}.`);
}

function acceptRelation(
  { world, caller, property, path }: Context,
  related: readonly { id: string }[],
): Refusable<Pending> {
  if (related.length > maxItems) {
    return failedValidation([tooLong(`${path}.relation`, maxItems, related.length)]);
  }
  const ids = related.map(({ id }) => canonicalId(id));
  for (const id of ids) {
    const page = findPage(world.state, caller, id);
    if (isRefusal(page)) return page;
    if (page.parent.type !== 'data_source_id' || page.parent.id !== property.settings.data_source_id) {
      return invalid(`Page ${id} is not in the data source that ${property.name} relates to.`);
    }
  }
  return () => ids;
}

type FilesRequest = Extract<PropertyValueRequest, { files: unknown }>['files'];

function acceptFiles({ world, caller, path }: Context, files: FilesRequest): Refusable<Pending> {
  if (files.length > maxItems) return failedValidation([tooLong(`${path}.files`, maxItems, files.length)]);
  const accepted: Record<string, unknown>[] = [];
  for (const [index, file] of files.entries()) {
    const at = `${path}.files[${index}]`;
    if ('file_upload' in file) {
      return new Refusal(
        404,
        'object_not_found',
        `Could not find file_upload with ID: ${file.file_upload.id}.`,
        {
          additionalData: { integration_id: caller.connection.clientId },
        },
      );
    }
    if (file.name === '') return failedValidation([`${at}.name should be populated, ${instead('')}`]);
    if (file.name.length > maxShortText) {
      return failedValidation([tooLong(`${at}.name`, maxShortText, file.name.length)]);
    }
    const [type, url] = 'external' in file ? ['external', file.external.url] : ['file', file.file.url];
    const broken = brokenFileUrl(url, `${at}.${type}.url`);
    if (broken) return failedValidation([broken]);
    if (type === 'file' && !isHosted(world.state, url)) {
      return failedValidation([`${at}.file.url should be a file hosted by Notion, ${instead(url)}`]);
    }
    accepted.push({ name: file.name, type, [type]: { url: type === 'file' ? unsigned(url) : url } });
  }
  return () => accepted;
}
