import type { Save } from './record.ts';

/** To the minute, UTC. */
const at = (time: number): string => `${new Date(time).toISOString().slice(0, 16)}Z`;

/**
 * A save in a few lines for whoever helps with it: what happened when, and what Notion said by its codes. Nothing of what was
 * saved or where: no address, title, text, tag or id, and none of Notion's own words, which may quote them.
 */
export function reportOf(save: Save): string {
  const { capture, failure } = save;
  const lines = [
    `Rowmark, a save of the form ${save.version}: ${save.state}${save.wanted === 'nothing' ? ', to be undone' : ''}`,
    `asked for by: ${capture.origin}, ${at(capture.at)}`,
    `first sent: ${save.sentAt === null ? 'not yet' : at(save.sentAt)}; tries: ${save.tries}; next: ${at(save.dueAt)}`,
    `row: ${save.row ? 'known' : 'not known'}; last change: ${at(save.changedAt)}`,
    `characters: address ${capture.url.length}, title ${capture.title.length}, description ${capture.description.length}; tags: ${capture.tags.length}`,
  ];
  if (save.page) {
    const { kind, parts, left, isCut } = save.page;
    const amounts = Object.entries(left).map(([what, count]) => `${what} ${count}`);
    const next = save.content?.part === undefined ? 'all sent' : `next ${save.content.part + 1}`;
    lines.push(
      `content: ${kind}, ${parts.length} parts, ${next}${isCut ? ', cut' : ''}; not kept: ${amounts.join(', ') || 'nothing'}`,
    );
  }
  if (save.isPageUnread) lines.push('content: not read');
  if (save.repeats) {
    const { row, blocks, doubles = [], removed = [], suspects = [] } = save.repeats;
    const open = row || blocks ? ', still looked for' : '';
    lines.push(
      `second rows: ${removed.length} in the trash, ${doubles.length} on the way there, ${suspects.length} left to the user${open}`,
    );
  }
  if (failure) {
    const wait = failure.retryAfter === undefined ? '' : `, wait ${failure.retryAfter} s`;
    const request = failure.requestId === undefined ? '' : `, Notion's request ${failure.requestId}`;
    lines.push(`why: ${failure.code}${wait}${request}`);
  }
  return lines.join('\n');
}
