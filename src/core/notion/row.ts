/** A capture as a new row: every part of it fitted to the database, and what has no property put into the page. */
import type { BlockObjectRequest, CreatePageParameters } from '@notionhq/client';
import type { Capture } from '../capture/capture.ts';
import { matchOption, tagProblem } from '../tags/rules.ts';
import type { Destination } from './destination.ts';
import type { NotionRequest } from './request.ts';
import { MAX_ITEMS, richText, splitText, type TextItem, textItem, wellFormed } from './rich-text.ts';

/** "Any URL" in "Request limits"; longer ones go into the page as text. */
const MAX_URL = 2_000;
/** Options in one multi-select value. */
const MAX_OPTIONS = 100;

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
    children.push(...paragraphs(splitText(capture.description).map((piece) => textItem(piece))));
  }

  const tags = fitTags(capture.tags, mapping.tags === null ? null : optionNames(destination, mapping.tags));
  if (mapping.tags !== null && tags.fitting.length > 0) {
    properties[mapping.tags] = { multi_select: tags.fitting.map((name) => ({ name })) };
  }
  if (tags.rest.length > 0)
    children.push(
      ...paragraphs(splitText(tags.rest.map((tag) => `#${tag}`).join(' ')).map((piece) => textItem(piece))),
    );

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
  return fitsUrl(url)
    ? [{ type: 'bookmark', bookmark: { url: wellFormed(url) } }]
    : paragraphs(splitText(url).map((piece) => textItem(piece)));
}

function paragraphs(items: readonly TextItem[]): BlockObjectRequest[] {
  const blocks: BlockObjectRequest[] = [];
  for (let at = 0; at < items.length; at += MAX_ITEMS) {
    blocks.push({ type: 'paragraph', paragraph: { rich_text: items.slice(at, at + MAX_ITEMS) } });
  }
  return blocks;
}

const optionNames = (destination: Destination, id: string): string[] =>
  destination.properties.find((property) => property.id === id)?.options?.map((option) => option.name) ?? [];

/** Tags that Notion takes as options, in its own spelling; the others are kept as words in the page. */
function fitTags(
  tags: readonly string[],
  options: readonly string[] | null,
): { fitting: string[]; rest: string[] } {
  const fitting: string[] = [];
  const rest: string[] = [];
  for (const tag of tags.map(wellFormed)) {
    const name = options && (matchOption(tag, options) ?? tag.trim());
    if (!name) rest.push(tag);
    else if (matchOption(name, fitting) !== null) continue;
    else if (tagProblem(name) !== null || fitting.length === MAX_OPTIONS) rest.push(tag);
    else fitting.push(name);
  }
  return { fitting, rest: rest.filter((tag) => tag.trim() !== '') };
}
