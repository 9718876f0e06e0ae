/** What becomes of a page's own content, in words; empty where there is nothing to be said of it. */
import { contentInWords, type Text } from '../content/told.ts';
import type { Save } from './record.ts';

export function contentTold({ page, content, isPageUnread }: Save, text: Text): string {
  if (isPageUnread) return text('content_unread');
  if (!page) return '';
  const { part } = content ?? {};
  if (part !== undefined) return text('content_part', String(part + 1), String(page.parts.length));
  const { links = [] } = page.copies ?? {};
  const linked = links.length > 0 ? [text('content_links', links.length.toLocaleString())] : [];
  const kept = page.earlier?.isKept ? [text('content_earlier_kept')] : [];
  return [contentInWords(page, text), ...linked, ...kept].join(' ');
}
