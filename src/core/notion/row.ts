/** A capture as a row: every part of it fitted to the database, and what has no property put into the page. */
import type { CreatePageParameters, UpdatePageParameters } from '@notionhq/client';
import type { Capture } from '../capture/capture.ts';
import { isSame } from '../same.ts';
import { addressBlocks, type Block, fitsUrl, paragraphs, sendable, text } from './content.ts';
import { type Destination, tagsProperty } from './destination.ts';
import { clearedValue, encodeValue, fitOptions, isEmpty, optionNames, plainValue } from './encode.ts';
import type { NotionRequest } from './request.ts';
import { richText, wellFormed } from './rich-text.ts';

type Properties = NonNullable<CreatePageParameters['properties']>;

/** A request, what is left for the page once it is done, and what of the capture no property took, in words. */
export type RowRequest = { request: NotionRequest; content: Block[]; misfits: string[] };

/** Bytes that one request may have, with room for what is around them; Notion's limit is 500 KB ("Request limits"). */
const MAX_REQUEST = 450_000;

/** The request that makes the row: one, unless the capture holds more than one may carry. */
export const createRow = (capture: Capture, destination: Destination): RowRequest =>
  createOf(capture, destination, partsOf(capture, destination));

/** The request that makes the row without an icon and a cover; the cover's address stands in the page instead. */
export function createPlainRow(
  { icon: _, cover, ...capture }: Capture,
  destination: Destination,
): RowRequest {
  const { properties, children, misfits } = partsOf(capture, destination);
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
  { properties, children, misfits }: RowParts,
): RowRequest {
  const template = templateOf(capture, destination);
  const icon = mediaOf(capture.icon);
  const cover = mediaOf(capture.cover);
  // Notion takes no children beside a template.
  const sent = template ? 0 : sendable(children, MAX_REQUEST - JSON.stringify(properties).length);
  const body: CreatePageParameters = {
    parent: { type: 'data_source_id', data_source_id: destination.id },
    properties,
    ...(icon ? { icon } : {}),
    ...(cover ? { cover } : {}),
    ...(template ? { template } : {}),
    ...(sent > 0 ? { children: children.slice(0, sent) } : {}),
  };
  return {
    request: { method: 'POST', path: '/v1/pages', body, adds: true },
    content: children.slice(sent),
    misfits,
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
    if (!mayHold.every((held) => isSame(value, held[id]))) properties[id] = value;
  for (const id of mayHold.flatMap(Object.keys)) {
    const property = destination.properties.find((one) => one.id === id);
    if (property && !(id in after.properties)) properties[id] = clearedValue(property);
  }
  const body: Omit<UpdatePageParameters, 'page_id'> = { properties };
  return {
    request: { method: 'PATCH', path: `/v1/pages/${encodeURIComponent(rowId)}`, body },
    content: after.children.filter((block) => !before.children.some((one) => isSame(one, block))),
    misfits: after.misfits,
  };
}

type RowParts = { properties: Properties; children: Block[]; misfits: string[] };

function partsOf(capture: Capture, destination: Destination): RowParts {
  const { mapping } = destination;
  const properties: Properties = {};
  const children: Block[] = [];

  if (mapping.url !== null && fitsUrl(capture.url))
    properties[mapping.url] = { url: wellFormed(capture.url) };
  else children.push(...addressBlocks(capture.url));

  const title = richText(titleOf(capture));
  properties[mapping.title] = { title: title.items };
  children.push(...paragraphs(title.rest));

  if (mapping.description !== null) {
    const description = richText(capture.description);
    if (description.items.length > 0) properties[mapping.description] = { rich_text: description.items };
    children.push(...paragraphs(description.rest));
  } else {
    children.push(...text(capture.description));
  }

  const tagged = tagsProperty(destination);
  const tags = tagged
    ? fitOptions(capture.tags, optionNames(tagged))
    : { fitting: [], rest: capture.tags.filter((tag) => tag.trim() !== '') };
  if (tagged && tags.fitting.length > 0)
    properties[tagged.id] = { multi_select: tags.fitting.map((name) => ({ name })) };
  if (tags.rest.length > 0) children.push(...text(tags.rest.map((tag) => `#${tag}`).join(' ')));

  const left: string[] = [];
  for (const { id, name, value } of capture.values ?? []) {
    const property = destination.properties.find((one) => one.id === id);
    // What has become the place of something else, or is gone, does not take it.
    const isFree = property && !(id in properties) && !isMapped(id, destination);
    const { written, rest } = isFree
      ? encodeValue(value, property)
      : { written: null, rest: isEmpty(value) ? '' : plainValue(value) };
    if (written) properties[id] = written;
    if (rest === '') continue;
    left.push(`${property?.name ?? name}: ${rest}`);
  }
  children.push(...text(left.join('\n')));

  if (mapping.savedOn !== null)
    properties[mapping.savedOn] = { date: { start: new Date(capture.at).toISOString() } };

  return { properties, children, misfits: left };
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
