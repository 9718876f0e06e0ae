/** A capture as a new row: every part of it fitted to the database, and what has no property put into the page. */
import type { BlockObjectRequest, CreatePageParameters } from '@notionhq/client';
import type { Capture } from '../capture/capture.ts';
import type { Destination } from './destination.ts';
import { encodeValue, fitOptions, isEmpty, MAX_URL, optionNames, plainValue } from './encode.ts';
import type { NotionRequest } from './request.ts';
import { MAX_ITEMS, richText, splitText, type TextItem, textItem, wellFormed } from './rich-text.ts';

type Properties = NonNullable<CreatePageParameters['properties']>;

/** The request that makes the row: one, whatever the capture holds. */
export function createRow(capture: Capture, destination: Destination): NotionRequest {
  const { mapping } = destination;
  const properties: Properties = {};
  const children: BlockObjectRequest[] = [];

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

  const tagged = destination.properties.find(({ id }) => id === mapping.tags);
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
    if (rest !== '') left.push(`${property?.name ?? name}: ${rest}`);
  }
  children.push(...text(left.join('\n')));

  if (mapping.savedOn !== null)
    properties[mapping.savedOn] = { date: { start: new Date(capture.at).toISOString() } };

  const body: CreatePageParameters = {
    parent: { type: 'data_source_id', data_source_id: destination.id },
    properties,
    ...(children.length > 0 ? { children } : {}),
  };
  return { method: 'POST', path: '/v1/pages', body };
}

/** The title as it is written: the address stands in for a missing one, as a row without a title can't be found again. */
export function titleOf(capture: Capture): string {
  const title = capture.title.trim();
  return title === '' ? capture.url.replace(/^[a-z]+:\/\/(?:www\.)?/i, '').replace(/\/$/, '') : title;
}

export const fitsUrl = (url: string): boolean => url.length > 0 && url.length <= MAX_URL;

function addressBlocks(url: string): BlockObjectRequest[] {
  if (url === '') return [];
  return fitsUrl(url) ? [{ type: 'bookmark', bookmark: { url: wellFormed(url) } }] : text(url);
}

function paragraphs(items: readonly TextItem[]): BlockObjectRequest[] {
  const blocks: BlockObjectRequest[] = [];
  for (let at = 0; at < items.length; at += MAX_ITEMS) {
    blocks.push({ type: 'paragraph', paragraph: { rich_text: items.slice(at, at + MAX_ITEMS) } });
  }
  return blocks;
}

const text = (words: string): BlockObjectRequest[] =>
  paragraphs(splitText(words).map((piece) => textItem(piece)));

const isMapped = (id: string, { mapping }: Destination): boolean =>
  Object.values(mapping).some((mapped) => mapped === id);
