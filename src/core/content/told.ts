/** What was read of a page, in words for its user. */
import type { MessageKey } from '../text.ts';
import type { PageContent } from './page-content.ts';

export type Text = (key: MessageKey, ...parts: string[]) => string;

const KINDS = {
  article: 'content_article',
  selection: 'content_selection',
  main: 'content_main',
} as const satisfies Record<PageContent['kind'], MessageKey>;

const COUNTS = {
  words: 'content_words',
  pictures: 'content_pictures',
  code: 'content_code',
  tables: 'content_tables',
} as const satisfies Record<string, MessageKey>;

/** Of what could not be kept as it was: what is not there at all. */
const MISSING = ['pictures', 'frames', 'canvases', 'lost'];

/** What the page has and is not in the row's page, in words; empty when that is nothing. */
export function missingInWords({ left, isCut }: Pick<PageContent, 'left' | 'isCut'>, text: Text): string {
  const { pictures = 0, canvases = 0, frames = 0 } = left;
  const parts = [
    ...(pictures + canvases > 0
      ? [text('content_left_pictures', (pictures + canvases).toLocaleString())]
      : []),
    ...(frames > 0 ? [text('content_left_frames', frames.toLocaleString())] : []),
    ...(isCut ? [text('content_left_rest')] : []),
  ];
  return parts.length > 0 ? text('content_left_note', parts.join(', ')) : '';
}

/** What it is, how much of what, and how much of it had to be left out. */
export function contentInWords({ kind, counts, left }: PageContent, text: Text): string {
  const amounts = Object.entries(COUNTS).flatMap(([name, key]) => {
    const count = counts[name] ?? 0;
    return count > 0 ? [text(key, count.toLocaleString())] : [];
  });
  const missing = MISSING.reduce((sum, kind) => sum + (left[kind] ?? 0), 0);
  const without = missing > 0 ? [text('content_left', missing.toLocaleString())] : [];
  return text('content_found', text(KINDS[kind]), [...amounts, ...without].join(', '));
}
