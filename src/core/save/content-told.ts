/** What becomes of a page's own content, in words; empty where there is nothing to be said of it. */
import { contentInWords, type Text } from '../content/told.ts';
import type { Save } from './record.ts';

export function contentTold({ page, content, isPageUnread }: Save, text: Text): string {
  if (isPageUnread) return text('content_unread');
  if (!page) return '';
  const { part } = content ?? {};
  return part === undefined
    ? contentInWords(page, text)
    : text('content_part', String(part + 1), String(page.parts.length));
}
