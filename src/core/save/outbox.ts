import { isArrived, type OutboxSummary, type Save } from './record.ts';

/** So many saves of each kind are named in the summary. */
export const LISTED = 50;
/** So many of those that have ended. */
export const RECENT = 10;

/**
 * How things stand.
 * @param open saves in the order in which they were kept; those that have arrived are passed over
 * @param ended saves that have ended, the latest first
 * @param unread ids of saves that cannot be read by this version
 */
export function summarize(
  open: Iterable<Save>,
  ended: readonly Save[],
  unread: readonly string[] = [],
): OutboxSummary {
  const waiting: string[] = [];
  const needsYou: string[] = [];
  for (const save of open)
    if (!isArrived(save)) (save.state === 'needs-you' ? needsYou : waiting).push(save.id);
  return {
    waiting: { count: waiting.length, ids: waiting.slice(0, LISTED) },
    needsYou: { count: needsYou.length, ids: needsYou.slice(-LISTED) },
    recent: ended.slice(0, RECENT).map(({ id }) => id),
    ...(unread.length > 0 ? { unread: { count: unread.length, ids: unread.slice(0, LISTED) } } : {}),
  };
}
