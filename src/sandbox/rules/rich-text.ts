import type { RichTextItemRequest } from '../contract/requests.ts';
import { failedValidation, instead, type Refusable, tooLong } from '../errors.ts';
import type { RichText } from '../model.ts';

/** Notion: "Limits for property values" and the machine-readable API description. Lengths in UTF-16 units. */
const maxContent = 2000;
const maxUrl = 2000;
const maxExpression = 1000;
export const maxItems = 100;

const plain = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

/** A request's rich text, checked against Notion's limits and completed to the shape responses have. */
export function acceptRichText(items: readonly RichTextItemRequest[], path: string): Refusable<RichText[]> {
  if (items.length > maxItems) return failedValidation([tooLong(path, maxItems, items.length)]);
  const accepted: RichText[] = [];
  for (const [index, item] of items.entries()) {
    const broken = brokenRule(item, `${path}[${index}]`);
    if (broken) return failedValidation([broken]);
    accepted.push(complete(item));
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

function complete(item: RichTextItemRequest): RichText {
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
  return { type: 'mention', mention: item.mention, annotations, plain_text: '@mention', href: null };
}

/** Rich text as the app itself would write it. */
export const text = (content: string): RichText[] =>
  content === '' ? [] : [complete({ text: { content } })];
