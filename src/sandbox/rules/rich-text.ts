import { type Caller, mayAccess } from '../access.ts';
import type { RichTextItemRequest } from '../contract/requests.ts';
import { failedValidation, instead, invalid, type Refusable, type Refusal, tooLong } from '../errors.ts';
import { bare, canonicalId } from '../ids.ts';
import type { RichText } from '../model.ts';
import { plainText, titleOf, type World } from '../state.ts';

/** Notion: "Limits for property values" and the machine-readable API description. Lengths in UTF-16 units. */
const maxContent = 2000;
const maxUrl = 2000;
export const maxExpression = 1000;
export const maxItems = 100;

const plain = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

/** Where text is written: what it mentions has to be there, and visible to whoever writes it. */
export interface Place {
  world: World;
  caller: Caller;
}

/** A request's rich text, checked against Notion's limits and completed to the shape responses have. */
export function acceptRichText(
  items: readonly RichTextItemRequest[],
  path: string,
  place?: Place,
): Refusable<RichText[]> {
  if (items.length > maxItems) return failedValidation([tooLong(path, maxItems, items.length)]);
  const accepted: RichText[] = [];
  for (const [index, item] of items.entries()) {
    const broken = brokenRule(item, `${path}[${index}]`);
    if (broken) return failedValidation([broken]);
    if ('text' in item && item.text.link && !URL.canParse(item.text.link.url)) {
      return invalid('Invalid URL for link.');
    }
    const lost = place && 'mention' in item ? lostMention(item, place) : undefined;
    if (lost) return lost;
    accepted.push(complete(item, place));
  }
  return accepted;
}

function brokenRule(item: RichTextItemRequest, path: string): string | undefined {
  if ('text' in item) {
    const { content, link } = item.text;
    if (content.length > maxContent) return tooLong(`${path}.text.content`, maxContent, content.length);
    if (link && link.url === '') {
      return `${path}.text.link.url should be populated, ${instead('')}`;
    }
    if (link && link.url.length > maxUrl) return tooLong(`${path}.text.link.url`, maxUrl, link.url.length);
  }
  if ('equation' in item && item.equation.expression.length > maxExpression) {
    return tooLong(`${path}.equation.expression`, maxExpression, item.equation.expression.length);
  }
  return undefined;
}

type MentionItem = Extract<RichTextItemRequest, { mention: unknown }>;

function lostMention({ mention }: MentionItem, { world: { state }, caller }: Place): Refusal | undefined {
  if ('user' in mention) {
    const id = canonicalId(mention.user.id);
    const isKnown = state.people.has(id) || state.authorizations.has(id);
    return isKnown ? undefined : invalid(`Could not find user with ID: ${id}.`);
  }
  const [kind, id] =
    'page' in mention
      ? ['page', canonicalId(mention.page.id)]
      : 'database' in mention
        ? ['database', canonicalId(mention.database.id)]
        : ['', ''];
  return kind === '' || mayAccess(state, caller.authorization, id)
    ? undefined
    : invalid(`Could not find ${kind} with ID: ${id}.`);
}

/** A mention with what it reads as and leads to. */
function completeMention({ mention }: MentionItem, place: Place | undefined) {
  const state = place?.world.state;
  if ('user' in mention) {
    const id = canonicalId(mention.user.id);
    const name = state?.people.get(id)?.name ?? 'Anonymous';
    return { mention: { type: 'user', user: { object: 'user', id } }, plain_text: `@${name}`, href: null };
  }
  if ('page' in mention) {
    const id = canonicalId(mention.page.id);
    const page = state?.pages.get(id);
    const title = page ? titleOf(page) : '';
    return { mention: { type: 'page', page: { id } }, plain_text: title || 'Untitled', href: hrefOf(id) };
  }
  if ('database' in mention) {
    const id = canonicalId(mention.database.id);
    const title = plainText(state?.databases.get(id)?.title ?? []);
    return {
      mention: { type: 'database', database: { id } },
      plain_text: title || 'Untitled',
      href: hrefOf(id),
    };
  }
  if ('date' in mention) {
    const { start, end = null, time_zone = null } = mention.date;
    return {
      mention: { type: 'date', date: { start, end, time_zone } },
      plain_text: end === null ? start : `${start} → ${end}`,
      href: null,
    };
  }
  if ('template_mention' in mention) {
    const { template_mention: template } = mention;
    const [type, value] =
      'template_mention_date' in template
        ? ['template_mention_date', template.template_mention_date]
        : ['template_mention_user', template.template_mention_user];
    return {
      mention: { type: 'template_mention', template_mention: { type, [type]: value } },
      plain_text: `@${value}`,
      href: null,
    };
  }
  const { id, name = '', url = '' } = mention.custom_emoji;
  return {
    mention: { type: 'custom_emoji', custom_emoji: { id, name, url } },
    plain_text: `:${name}:`,
    href: null,
  };
}

const hrefOf = (id: string): string => `https://app.notion.com/p/${bare(id)}`;

function complete(item: RichTextItemRequest, place?: Place): RichText {
  const annotations = { ...plain, ...item.annotations };
  if ('text' in item) {
    const link = item.text.link ? { url: item.text.link.url } : null;
    const { content } = item.text;
    return {
      type: 'text',
      text: { content, link },
      annotations,
      plain_text: content,
      href: link?.url ?? null,
    };
  }
  if ('equation' in item) {
    const { expression } = item.equation;
    return { type: 'equation', equation: { expression }, annotations, plain_text: expression, href: null };
  }
  const { mention, ...read } = completeMention(item, place);
  return { type: 'mention', mention, annotations, ...read };
}

/** Rich text as the app itself would write it. */
export const text = (content: string): RichText[] =>
  content === '' ? [] : [complete({ text: { content } })];
