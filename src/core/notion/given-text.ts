/** Rich text as Notion gave it: in words, as it goes back, and with what somebody changed of its words. */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';
import { isSame } from '../same.ts';
import { type Edit, editsBetween } from '../text/edits.ts';
import { dateRequest } from './given-date.ts';
import { MAX_TEXT, splitText } from './rich-text.ts';

const Text = lenient(z.optional(z.string()), undefined);
const Id = z.looseObject({ id: z.string() });
const When = z.looseObject({
  start: z.string(),
  end: lenient(z.nullable(z.string()), null),
  time_zone: lenient(z.nullable(z.string()), null),
});
const unlessOther = <T extends z.ZodMiniType>(shape: T) => lenient(z.optional(shape), undefined);

/** An item of a response. Of mentions, the kinds that a request can hold too. */
const Item = z.looseObject({
  plain_text: Text,
  annotations: lenient(z.record(z.string(), z.unknown()), {}),
  text: unlessOther(
    z.looseObject({
      content: z.string(),
      link: lenient(z.nullable(z.looseObject({ url: z.string() })), null),
    }),
  ),
  equation: unlessOther(z.looseObject({ expression: z.string() })),
  mention: unlessOther(
    z.looseObject({
      user: unlessOther(Id),
      page: unlessOther(Id),
      database: unlessOther(Id),
      date: unlessOther(When),
      template_mention: unlessOther(
        z.looseObject({ template_mention_date: Text, template_mention_user: Text }),
      ),
      custom_emoji: unlessOther(z.looseObject({ id: z.string(), name: Text, url: Text })),
    }),
  ),
});
type Item = z.infer<typeof Item>;

/** Mentions of somebody or of a page that one property of a page shows ("Retrieve a page"): there may be more. */
const MOST_MENTIONS = 25;

type TextStyle = {
  annotations?: NonNullable<RichTextItemRequest['annotations']>;
  link?: { url: string };
};

/** Something of no shape that is known; it reads as nothing and cannot go back. */
const UNKNOWN: Item = {
  plain_text: undefined,
  annotations: {},
  text: undefined,
  equation: undefined,
  mention: undefined,
};

const itemOf = (raw: unknown): Item => {
  const read = z.safeParse(Item, raw);
  return read.success ? read.data : UNKNOWN;
};

/** Text is what it holds; a mention or an equation is what Notion says that it reads. */
const wordsOf = ({ text, plain_text = '' }: Item): string => text?.content ?? plain_text;

/** In words. */
export const plainText = (items: readonly unknown[]): string =>
  items.map((raw) => wordsOf(itemOf(raw))).join('');

/** Whether all of it can go back as it is, and is all that there is. */
export function isWholeText(items: readonly unknown[]): boolean {
  const read = items.map(itemOf);
  const mentions = read.filter(({ mention }) => mention?.user ?? mention?.page ?? mention?.database);
  return mentions.length < MOST_MENTIONS && read.every((item) => requestOf(item) !== null);
}

/** As it goes back to Notion. What a request cannot hold is left out: see `isWholeText`. */
export const textRequest = (items: readonly unknown[]): RichTextItemRequest[] =>
  items.flatMap((raw) => requestOf(itemOf(raw)) ?? []);

function requestOf(item: Item): RichTextItemRequest | null {
  const { annotations } = styleOf(item);
  const common = annotations ? { annotations } : {};
  const { text, equation, mention } = item;
  if (text) {
    const { content, link } = text;
    return { type: 'text', text: { content, ...(link ? { link: linkRequest(link) } : {}) }, ...common };
  }
  if (equation) return { type: 'equation', equation: { expression: equation.expression }, ...common };
  const mentioned = mention && mentionRequest(mention);
  return mentioned ? { type: 'mention', mention: mentioned, ...common } : null;
}

/** A link to a page of Notion may come as a path, which no request may hold. */
const linkRequest = ({ url }: { url: string }) => ({
  url: url.startsWith('/') ? `https://www.notion.so${url}` : url,
});

type MentionRequest = Extract<RichTextItemRequest, { mention: unknown }>['mention'];

function mentionRequest(mention: NonNullable<Item['mention']>): MentionRequest | null {
  const { user, page, database, date, template_mention: template, custom_emoji: emoji } = mention;
  if (user) return { type: 'user', user: { object: 'user', id: user.id } };
  if (page) return { type: 'page', page: { id: page.id } };
  if (database) return { type: 'database', database: { id: database.id } };
  if (date) return { type: 'date', date: dateRequest(date) };
  if (template?.template_mention_date === 'today' || template?.template_mention_date === 'now') {
    const { template_mention_date } = template;
    return {
      type: 'template_mention',
      template_mention: { type: 'template_mention_date', template_mention_date },
    };
  }
  if (template?.template_mention_user === 'me')
    return {
      type: 'template_mention',
      template_mention: { type: 'template_mention_user', template_mention_user: 'me' },
    };
  if (!emoji) return null;
  const { id, name, url } = emoji;
  return {
    type: 'custom_emoji',
    custom_emoji: { id, ...(name === undefined ? {} : { name }), ...(url === undefined ? {} : { url }) },
  };
}

const STYLES = ['bold', 'italic', 'strikethrough', 'underline', 'code'] as const;

function styleOf({ annotations: given, text }: Item): TextStyle {
  const annotations: Record<string, unknown> = {};
  for (const style of STYLES) if (typeof given[style] === 'boolean') annotations[style] = given[style];
  if (typeof given.color === 'string') annotations.color = given.color;
  return {
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(text?.link ? { link: linkRequest(text.link) } : {}),
  };
}

/** An item and where it stands in the words of the whole. */
type Placed = { item: Item; start: number; end: number };

/** Part of the text as it will be. What was one item is not joined with another. */
type Piece = { request: RichTextItemRequest; isWhole: boolean };

/**
 * Text with these words: what nobody changed of it stays as it was given, and what was typed looks like what it was typed
 * into or behind.
 */
export function editedRichText(items: readonly unknown[], words: string): RichTextItemRequest[] {
  const placed: Placed[] = [];
  let length = 0;
  for (const item of items.map(itemOf)) {
    const start = length;
    length += wordsOf(item).length;
    placed.push({ item, start, end: length });
  }
  const pieces: Piece[] = [];
  let done = 0;
  for (const edit of editsBetween(plainText(items), words)) {
    pieces.push(...cut(placed, done, edit.from), ...textPieces(edit.text, styleAt(placed, edit)));
    // What reads as nothing was not taken out by anybody.
    const unseen = placed.filter(({ start, end }) => start === end && edit.from <= start && end < edit.to);
    pieces.push(...cut(unseen, edit.from, edit.to));
    done = edit.to;
  }
  pieces.push(...cut(placed, done, length + 1));
  return joined(pieces).map(({ request }) => request);
}

/** What stands from there up to there. Of a mention or an equation that is cut, only words are left. */
function cut(placed: readonly Placed[], from: number, to: number): Piece[] {
  return placed.flatMap(({ item, start, end }): Piece[] => {
    const isWhole = from <= start && end <= to && start < to;
    if (isWhole) {
      const request = requestOf(item);
      return request ? [{ request, isWhole }] : [];
    }
    const words = wordsOf(item).slice(Math.max(0, from - start), Math.max(0, to - start));
    return textPieces(words, styleOf(item));
  });
}

const textPieces = (words: string, { link, annotations }: TextStyle): Piece[] =>
  splitText(words).map((content) => ({
    request: {
      type: 'text',
      text: { content, ...(link ? { link } : {}) },
      ...(annotations ? { annotations } : {}),
    },
    isWhole: false,
  }));

/**
 * Like the text that it is within; else like what is before it on its line, though no link grows by what is typed behind it.
 */
function styleAt(placed: readonly Placed[], { from, to, text }: Edit): TextStyle {
  const within = placed.find(
    ({ item, start, end }) =>
      item.text &&
      start <= from &&
      to <= end &&
      (to > from ? end - start > to - from : start < from && from < end),
  );
  if (within) return styleOf(within.item);
  if (/^\s*\n/.test(text)) return {};
  const before = placed.findLast(({ start, end }) => start < from && end > start);
  const { annotations } = before ? styleOf(before.item) : {};
  return annotations ? { annotations } : {};
}

/** Pieces of text that look alike, as one, where that was not two items before. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const both = last && !(last.isWhole && piece.isWhole) && joinedText(last.request, piece.request);
    if (both) result.splice(-1, 1, { request: both, isWhole: last.isWhole || piece.isWhole });
    else result.push(piece);
  }
  return result;
}

function joinedText(a: RichTextItemRequest, b: RichTextItemRequest): RichTextItemRequest | null {
  if (!('text' in a) || !('text' in b)) return null;
  const isAlike =
    (a.text.link?.url ?? '') === (b.text.link?.url ?? '') && isSame(a.annotations ?? {}, b.annotations ?? {});
  const content = a.text.content + b.text.content;
  return isAlike && content.length <= MAX_TEXT ? { ...a, text: { ...a.text, content } } : null;
}
