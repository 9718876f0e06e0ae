/** A capture as a row: every part of it fitted to the database, and what has no property put into the page. */

import type { CreatePageParameters, UpdatePageParameters } from '@notionhq/client';
import type { Capture } from '../capture/capture.ts';
import { type Destination, type Property, tagsProperty } from '../database/destination.ts';
import type { Value } from '../database/value.ts';
import { isEmpty } from '../database/value.ts';
import { isSame } from '../same.ts';
import type { Block } from './block.ts';
import { addressBlocks, fitsUrl, sendable, text } from './content.ts';
import { clearedValue, encodeTags, encodeValue, plainValue } from './encode.ts';
import { fixedBy, givenRequest, givenValue, isSameValue, readGiven } from './given.ts';
import type { NotionRequest } from './request.ts';
import { wellFormed } from './rich-text.ts';

type Properties = NonNullable<CreatePageParameters['properties']>;
type Written = Properties[string];

/**
 * A request, what is left for the page once it is done, and what of the capture no property took, in words. `parts`: how many
 * parts of the page's own content it carries.
 */
export type RowRequest = { request: NotionRequest; content: Block[]; misfits: string[]; parts?: number };

/** Bytes that one request may have, with room for what is around them; Notion's limit is 500 KB ("Request limits"). */
const MAX_REQUEST = 450_000;

/**
 * The request that makes the row: one, unless the capture holds more than one may carry.
 * @param part the first part of the page's own content, which goes along where it fits
 */
export const createRow = (
  capture: Capture,
  destination: Destination,
  part: readonly unknown[] = [],
): RowRequest => createOf(capture, destination, partsOf(capture, destination, true), part);

/** The request that makes the row without an icon and a cover; the cover's address stands in the page instead. */
export function createPlainRow(
  { icon: _, cover, ...capture }: Capture,
  destination: Destination,
): RowRequest {
  const { properties, children, misfits } = partsOf(capture, destination, true);
  const rest = cover === undefined || cover === capture.url ? [] : [cover];
  return createOf(capture, destination, {
    properties,
    children: [...children, ...rest.flatMap(text)],
    misfits: [...misfits, ...rest],
  });
}

function createOf(
  capture: Capture,
  destination: Destination,
  { properties, children, misfits }: Omit<RowParts, 'fixed'>,
  part: readonly unknown[] = [],
): RowRequest {
  const template = templateOf(capture, destination);
  const icon = mediaOf(capture.icon);
  const cover = mediaOf(capture.cover);
  const bytes = MAX_REQUEST - new TextEncoder().encode(JSON.stringify(properties)).length;
  // Notion takes no children beside a template.
  const sent = template ? 0 : sendable(children, bytes);
  const all = [...children, ...part];
  const isAll = part.length > 0 && !template && sendable(all, bytes) === all.length;
  const carried = isAll ? all : children.slice(0, sent);
  const body: CreatePageParameters = {
    parent: { type: 'data_source_id', data_source_id: destination.id },
    properties,
    ...(icon ? { icon } : {}),
    ...(cover ? { cover } : {}),
    ...(template ? { template } : {}),
    ...(carried.length > 0 ? { children: carried as Block[] } : {}),
  };
  return {
    request: { method: 'POST', path: '/v1/pages', body, adds: true },
    content: isAll ? [] : children.slice(sent),
    misfits,
    ...(isAll ? { parts: 1 } : {}),
  };
}

/**
 * The request that makes a row which holds one capture hold another. Properties that are alike are left alone, for others
 * may have changed them; the page keeps what is in it and gets what is new.
 * @param change.told what the row may hold instead, its page's contents apart
 */
export function updateRow(
  rowId: string,
  { from, told = [], to }: { from: Capture; told?: readonly Capture[] | undefined; to: Capture },
  destination: Destination,
): RowRequest {
  const before = partsOf(from, destination);
  const after = partsOf(to, destination);
  const mayHold = [before, ...told.map((one) => partsOf(one, destination))].map((parts) => parts.properties);
  const properties: Properties = {};
  for (const [id, value] of Object.entries(after.properties))
    if (!before.fixed.has(id) && !mayHold.every((held) => isSame(value, held[id]))) properties[id] = value;
  for (const id of mayHold.flatMap(Object.keys)) {
    const property = destination.properties.find((one) => one.id === id);
    const isFixed = before.fixed.has(id) || after.fixed.has(id);
    if (property && !isFixed && !(id in after.properties)) properties[id] = clearedValue(property);
  }
  const body: Omit<UpdatePageParameters, 'page_id'> = { properties };
  return {
    request: { method: 'PATCH', path: `/v1/pages/${encodeURIComponent(rowId)}`, body },
    content: after.children.filter((block) => !before.children.some((one) => isSame(one, block))),
    misfits: after.misfits,
  };
}

/** `fixed` are ids of properties whose values cannot go back whole: they are left as they are. */
type RowParts = { properties: Properties; fixed: Set<string>; children: Block[]; misfits: string[] };

/** @param isNew whether there is no row yet: then what cannot go back whole is written as well as it can be in words */
function partsOf(capture: Capture, destination: Destination, isNew = false): RowParts {
  const { mapping } = destination;
  const { given = {} } = capture;
  const properties: Properties = {};
  const fixed = new Set<string>();
  const children: Block[] = [];

  const encode = (property: Property, value: Value): { written: Written | null; rest: string } => {
    const encoded = encodeValue(value, property, given[property.id]);
    if (!encoded.fixed) return encoded;
    if (isNew) return encodeValue(value, property);
    fixed.add(property.id);
    return encoded;
  };
  /** Text goes where there is a property for it; what is left over goes into the page. */
  const putText = (id: string, type: string, words: string): void => {
    const property = { name: '', ...destination.properties.find((one) => one.id === id), id, type };
    const { written, rest } = encode(property, { kind: 'text', text: words });
    if (written) properties[id] = written;
    children.push(...text(rest));
  };

  if (mapping.url !== null && fitsUrl(capture.url)) putText(mapping.url, 'url', wellFormed(capture.url));
  else children.push(...addressBlocks(capture.url));

  putText(mapping.title, 'title', titleFor(capture, destination));

  if (mapping.description !== null) putText(mapping.description, 'rich_text', capture.description);
  else children.push(...text(capture.description));

  const tagged = tagsProperty(destination);
  const tags = tagged
    ? encodeTags(capture.tags, tagged, isNew ? undefined : given[tagged.id])
    : { written: null, rest: capture.tags.filter((tag) => tag.trim() !== ''), fixed: false };
  if (tagged && tags.fixed) fixed.add(tagged.id);
  if (tagged && tags.written) properties[tagged.id] = tags.written;
  if (tags.rest.length > 0) children.push(...text(tags.rest.map((tag) => `#${tag}`).join(' ')));

  const left: string[] = [];
  for (const { id, name, value } of capture.values ?? []) {
    const property = destination.properties.find((one) => one.id === id);
    // What has become the place of something else, or is gone, does not take it.
    const isFree = property && !(id in properties) && !isMapped(id, destination);
    const { written, rest } = isFree
      ? encode(property, value)
      : { written: null, rest: isEmpty(value) ? '' : plainValue(value) };
    if (written) properties[id] = written;
    if (rest === '') continue;
    left.push(`${property?.name ?? name}: ${rest}`);
  }
  children.push(...text(left.join('\n')));

  if (mapping.savedOn !== null) properties[mapping.savedOn] = savedOnOf(capture, mapping.savedOn);

  // Values that are not among those above cannot be told from empty ones, but for these.
  for (const property of destination.properties) {
    const held = isNew ? null : readGiven(given[property.id], property);
    if (held && fixedBy(held, property)) fixed.add(property.id);
  }
  return { properties, fixed, children, misfits: left };
}

/** The title as it is written. Of a row that has one its white space stays, and so does that it has none. */
function titleFor(capture: Capture, { mapping }: Destination): string {
  const { title, given = {} } = capture;
  const property = { id: mapping.title, name: '', type: 'title' };
  const held = readGiven(given[mapping.title], property);
  const isHeld = held && isSameValue(givenValue(held, property), { kind: 'text', text: title });
  return isHeld || (held && title.trim() !== '') ? title : titleOf(capture);
}

/** When it was saved; of a row that has a date for it, that date. */
function savedOnOf({ at, given = {} }: Capture, id: string): Written {
  const property = { id, name: '', type: 'date' };
  const held = readGiven(given[id], property);
  const isHeld = held?.date && Date.parse(held.date.start) === at;
  return (isHeld && givenRequest(held, property)) || { date: { start: new Date(at).toISOString() } };
}

/** The template that is to be applied, unless it is gone. */
function templateOf(
  { template }: Capture,
  { templates = [] }: Destination,
): CreatePageParameters['template'] | null {
  if (template === undefined) return null;
  if (template === 'default')
    return templates.some(({ isDefault }) => isDefault) ? { type: 'default' } : null;
  return templates.some(({ id }) => id === template) ? { type: 'template_id', template_id: template } : null;
}

const mediaOf = (url: string | undefined) =>
  url !== undefined && fitsUrl(url) && /^https?:/i.test(url) && URL.canParse(url)
    ? ({ type: 'external', external: { url: wellFormed(url) } } as const)
    : null;

/** The title as it is written: the address stands in for a missing one, as a row without a title can't be found again. */
export function titleOf(capture: Capture): string {
  const title = capture.title.trim();
  return title === '' ? capture.url.replace(/^[a-z]+:\/\/(?:www\.)?/i, '').replace(/\/$/, '') : title;
}

const isMapped = (id: string, { mapping }: Destination): boolean =>
  Object.values(mapping).some((mapped) => mapped === id);
