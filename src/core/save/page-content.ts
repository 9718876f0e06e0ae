/** What is appended to the page of a row: what is still to be sent, what is there, what is to be taken out again. */

import { sendable } from '../notion/content.ts';
import { untilSettled } from '../notion/settle.ts';
import { atRest } from './at-rest.ts';
import type { Doubt, EventOf, Remainder } from './events.ts';
import { lookFor, withRepeats } from './looks.ts';
import type { Save } from './record.ts';
import type { Repeats } from './repeats.ts';
import { undoneIfReverted } from './undone.ts';

type Content = NonNullable<Save['content']>;

/** Whether what is sent next, or was sent, is the next part of the page's own content. */
export function isOfPart({ content, page }: Save): boolean {
  if (!content || content.part === undefined || content.part >= (page?.parts.length ?? 0)) return false;
  if (content.sent > 0) return content.isPart === true;
  const hasBegun = content.part > 0 || content.last !== undefined;
  return content.blocks.length === 0 || (hasBegun && content.under !== null);
}

/** It is noted what is about to be sent. */
export function sending(save: Save): Save {
  const { content, page } = save;
  if (!content) return save;
  const isPart = isOfPart(save);
  const sent = isPart ? (page?.parts[content.part ?? 0] ?? 0) : sendable(content.blocks);
  const { isPart: _, ...rest } = content;
  return { ...save, content: { ...rest, sent, ...(isPart ? { isPart } : {}) } };
}

/** The page is to get these blocks as well. */
export function withRemainder(save: Save, { content = [], before = 0, misfits = [] }: Remainder): Save {
  const { misfits: _, content: there = { blocks: [], sent: 0, before }, ...rest } = save;
  const blocks = [...there.blocks, ...content];
  return {
    ...rest,
    ...(misfits.length === 0 ? {} : { misfits: [...misfits] }),
    ...(blocks.length === 0 && there.part === undefined ? {} : { content: { ...there, blocks } }),
  };
}

/** The page of a row that was made is to get what did not come with the row of the page's own content. */
export function withParts(save: Save, { parts: came = 0, before = 0 }: Remainder): Save {
  const { page, content = { blocks: [], sent: 0, before } } = save;
  const [first, ...others] = page?.parts ?? [];
  if (first === undefined || save.wanted === 'nothing') return save;
  // Looking shows whether it is there.
  if (came === 'perhaps-one') return { ...save, content: { ...content, part: 0, sent: first, isPart: true } };
  return came <= others.length ? { ...save, content: { ...content, part: came } } : save;
}

export function appended(save: Save, { at, ids, surplus = [], doubt }: EventOf<'appended'>): Save {
  const { content, plainer: _, ...rest } = atRest(save);
  if (!content) return save;
  const isPart = isOfPart(save);
  const repeats = {
    ...save.repeats,
    ...withLook(save, { at, ids, doubt, isPart }),
    ...(surplus.length > 0 ? { surplus: [...(save.repeats?.surplus ?? []), ...surplus] } : {}),
  };
  return undoneIfReverted(
    withRepeats(
      {
        ...rest,
        dueAt: at,
        ...remaining(save, isPart ? behindPart(content, ids) : behindBlocks(content, ids)),
        // What is within a block of ours goes with it, and a row of ours with all of it.
        ...(isPart && (content.under || !save.adopted) ? {} : { added: [...(save.added ?? []), ...ids] }),
      },
      repeats,
    ),
  );
}

function behindPart(
  { isPart: _, lookedAt: __, seen: ___, ...content }: Content,
  ids: readonly string[],
): Content {
  const last = ids.at(-1) ?? content.last;
  return { ...content, sent: 0, part: (content.part ?? 0) + 1, ...(last === undefined ? {} : { last }) };
}

function behindBlocks({ lookedAt: _, seen: __, ...content }: Content, ids: readonly string[]): Content {
  const blocks = content.blocks.slice(content.sent);
  const isHeading = content.under === null && blocks.length === 0;
  const under = isHeading ? { under: ids.at(-1) ?? null } : {};
  return { ...content, blocks, sent: 0, ...under };
}

/** The look for what was added twice; what is added before it has been taken is looked for along with it. */
function withLook(
  { content, repeats = {} }: Save,
  {
    at,
    ids,
    doubt,
    isPart,
  }: { at: number; ids: readonly string[]; doubt: Doubt | undefined; isPart: boolean },
): Pick<Repeats, 'blocks'> {
  const { blocks = [], sent = 0, before = 0, part = 0, under, last } = content ?? {};
  const open = repeats.blocks;
  const place = { ...(under ? { under } : {}), ...(last === undefined ? {} : { after: last }) };
  if (open && isPart) {
    if (!doubt) return { blocks: { ...open, known: [...(open.known ?? []), ...ids] } };
    const look = lookFor(doubt, at);
    const isToldYet = open.lookedAt !== null && look.lookedAt !== null;
    const lookedAt = isToldYet ? Math.max(open.lookedAt ?? 0, look.lookedAt ?? 0) : null;
    const more = [...(open.more ?? []), { madeAt: look.madeAt, ids: [...ids], part, ...place }];
    return { blocks: { ...open, lookedAt, dueAt: isToldYet ? look.dueAt : at, more } };
  }
  if (!doubt) return {};
  const which = isPart ? { blocks: [], part, ...place } : { blocks: blocks.slice(0, sent) };
  return { blocks: { ...lookFor(doubt, at), ids: [...ids], before, ...which } };
}

/** What of its content a page is still to get. */
function remaining({ wanted, page }: Save, content: Content): Pick<Save, 'content'> {
  if (wanted === 'nothing') return {};
  const isPartLeft = content.part !== undefined && content.part < (page?.parts.length ?? 0);
  if (isPartLeft) return { content };
  const { part: _, under: __, last: ___, isPart: ____, ...blocks } = content;
  return blocks.blocks.length > 0 ? { content: blocks } : {};
}

/** Like a row, blocks are believed absent when two looks, far enough apart, have not found them: the request may be late. */
export function notAppended(save: Save, { at, asOf }: EventOf<'not-appended'>): Save {
  const { content, ...rest } = atRest(save);
  if (!content) return save;
  const { lookedAt = asOf, seen: _, ...sent } = content;
  const left = untilSettled(lookedAt, asOf);
  if (left > 0) return { ...rest, content: { ...sent, lookedAt }, dueAt: at + left };
  return unappended(save, at);
}

/** What was sent of its content is certainly not there. */
export function unappended(save: Save, at: number): Save {
  const { content, ...rest } = atRest(save);
  if (!content) return save;
  return undoneIfReverted({ ...rest, dueAt: at, ...remaining(save, noneSent(content)) });
}

/** None of it is on its way. */
export const noneSent = ({ isPart: _, lookedAt: __, seen: ___, ...content }: Content): Content => ({
  ...content,
  sent: 0,
});

/** The same part again, in its plainer form. */
export function madePlainer(save: Save, { at, lost }: EventOf<'made-plainer'>): Save {
  const next = unappended(save, at);
  if (!next.content) return next;
  const plainer = (save.plainer ?? 0) + 1;
  if (!next.page) return { ...next, plainer };
  // What is there now is not what was read.
  const { bare: _, ...page } = next.page;
  const left = lost > 0 ? { ...page.left, pictures: (page.left.pictures ?? 0) + lost } : page.left;
  return { ...next, plainer, page: { ...page, left } };
}

/** It is told how much of the page is missing. */
export function partLost(save: Save, at: number): Save {
  const { content, page } = save;
  if (!content || !page || !isOfPart(save)) return save;
  const missing = page.parts[content.part ?? 0] ?? 0;
  const left = { ...page.left, lost: (page.left.lost ?? 0) + missing };
  const { content: _, ...rest } = atRest(save);
  return undoneIfReverted({
    ...rest,
    page: { ...page, left },
    dueAt: at,
    ...remaining(save, behindPart(content, [])),
  });
}

export function lookedOn(save: Save, event: EventOf<'looked-on' | 'look-anew'>): Save {
  if (!save.content) return save;
  const { seen: _, ...content } = save.content;
  const seen = event.type === 'looked-on' ? { seen: { cursor: event.cursor, ids: [...event.ids] } } : {};
  return { ...atRest(save), content: { ...content, ...seen }, dueAt: event.at };
}

export function takenOut(save: Save, { at, id }: EventOf<'taken-out'>): Save {
  const added = save.added?.filter((one) => one !== id);
  const surplus = save.repeats?.surplus?.filter((one) => one !== id);
  const next: Save = { ...atRest(save), dueAt: at, ...(added ? { added } : {}) };
  return undoneIfReverted(surplus ? withRepeats(next, { ...save.repeats, surplus }) : next);
}

/** What the page itself says goes with a row that is still to be made, and behind all else in one that is there. */
export function pageRead(save: Save, { at, page, isNothing = false, heading }: EventOf<'page-read'>): Save {
  const { readingUntil, ...rest } = save;
  const isWaiting = readingUntil !== undefined;
  const unchanged = isWaiting ? rest : save;
  const isHere = save.row === null ? save.state !== 'undone' : save.state === 'in-notion';
  const isAsked = !save.adopted || heading !== undefined;
  if (save.wanted === 'nothing' || save.page || !isHere || !isAsked) return unchanged;
  if (!page) return isWaiting && !isNothing ? { ...rest, isPageUnread: true } : unchanged;
  const { isPageUnread: _, ...known } = rest;
  const read: Save = { ...known, page };
  if (save.row === null) return read;
  const there: Content = save.content ?? { blocks: [], sent: 0 };
  const within = heading === undefined ? {} : { blocks: [...there.blocks, heading], under: null };
  return { ...read, content: { ...there, ...within, part: 0 }, dueAt: at, tries: 0 };
}
