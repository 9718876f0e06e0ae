/** What each step of a save asks of Notion, and what comes of it. */
import { type Failure, failure } from '../core/failure.ts';
import { addedIds, appendBlocks } from '../core/notion/content.ts';
import type { Destination } from '../core/notion/destination.ts';
import { certain, type Verdict } from '../core/notion/judge.ts';
import { areAlike, lookUpRow, pickRow, rowOf } from '../core/notion/look-up.ts';
import { addTo } from '../core/notion/read-row.ts';
import { BlockList, BlockReply, PageReply, QueryReply } from '../core/notion/replies.ts';
import { deleteBlock, getBlock, getBlockChildren, getPage, trashPage } from '../core/notion/requests.ts';
import { createPlainRow, createRow, type RowRequest, updateRow } from '../core/notion/row.ts';
import { isSame } from '../core/same.ts';
import type { Save } from '../core/save/record.ts';
import { type Action, type Left, type SaveEvent, step } from '../core/save/save.ts';
import type { Ports } from '../ports.ts';
import type { Destinations } from './destinations.ts';
import { mayPass, type RowFinder } from './find-row.ts';
import type { Notion } from './notion.ts';
import type { Records } from './records.ts';

export type Deliver = Record<Action, (save: Save) => Promise<SaveEvent>>;

/** So many pages of a hundred blocks each are read to see whether one is there. */
const BLOCK_PAGES = 20;

export function createDeliver(
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  records: Records,
  notion: Notion,
  destinations: Destinations,
  rowFinder: Pick<RowFinder, 'find'>,
): Deliver {
  const refused = (why: Failure): SaveEvent & { type: 'refused' } => ({
    type: 'refused',
    at: clock(),
    failure: why,
    jitter: random.fraction(),
  });

  const unsure = (why: Failure): SaveEvent => ({
    type: 'unsure',
    at: clock(),
    failure: why,
    jitter: random.fraction(),
  });

  /** The authorization that a save goes by now; a new one may have come since it was kept. */
  async function botOf(save: Save): Promise<string> {
    const destination = await destinations.get(save.destinationId);
    return destination.ok ? destination.value.botId : save.botId;
  }

  /**
   * Sends a row; should Notion refuse a value, once more as it fits the schema of the moment.
   * @param lesserFor what is sent when that is refused as well, or is the same
   */
  async function send(
    destination: Destination,
    requestFor: (destination: Destination) => RowRequest,
    lesserFor?: (destination: Destination) => RowRequest,
  ): Promise<{ verdict: Verdict<PageReply>; left: Left }> {
    const { id, botId } = destination;
    const sent = async (left: RowRequest) => ({
      verdict: await notion.send(botId, left.request, PageReply),
      left,
    });
    const isRefused = ({ verdict }: { verdict: Verdict<PageReply> }) =>
      verdict.kind === 'refused' && verdict.failure.code === 'values-refused';
    const first = await sent(requestFor(destination));
    if (!isRefused(first)) return first;
    const fresh = await destinations.reread(id, botId);
    if (!fresh.ok) return { verdict: { kind: 'refused', failure: fresh.failure }, left: {} };
    const fitting = requestFor(fresh.value);
    if (!lesserFor) return sent(fitting);
    const second = isSame(fitting.request, first.left.request) ? first : await sent(fitting);
    return isRefused(second) ? sent(lesserFor(fresh.value)) : second;
  }

  const leftOf = ({ content = [], misfits = [] }: Left): Left => ({ content, misfits });

  async function create(save: Save): Promise<SaveEvent> {
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { capture } = save;
    // Which addresses Notion takes for icons and covers is not said anywhere; the row does not depend on them.
    const { verdict, left } = await send(
      destination.value,
      (fitting) => createRow(capture, fitting),
      (capture.icon ?? capture.cover) ? (fitting) => createPlainRow(capture, fitting) : undefined,
    );
    switch (verdict.kind) {
      case 'done':
        return { type: 'created', at: clock(), row: rowOf(verdict.value), ...leftOf(left) };
      case 'refused':
        return refused(verdict.failure);
      case 'unsure': {
        if (verdict.committedId === null) return unsure(verdict.failure);
        // Notion said that it saved the row though it answered with an error: fetch its address.
        const page = await notion.send(destination.value.botId, getPage(verdict.committedId), PageReply);
        return page.kind === 'done'
          ? { type: 'created', at: clock(), row: rowOf(page.value), ...leftOf(left) }
          : unsure(verdict.failure);
      }
    }
  }

  async function lookUp(save: Save): Promise<SaveEvent> {
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { botId } = destination.value;
    const sent = save.written ?? save.capture;
    const since = save.sentAt ?? sent.at;
    const verdict = await notion.send(botId, lookUpRow(sent, destination.value, since), QueryReply);
    if (verdict.kind !== 'done') return refused(verdict.failure);
    const asOf = verdict.asOf ?? clock();
    // Two saves of one page in one minute are two rows.
    const others = (await records.all('save')).filter((other) => other.id !== save.id);
    const { row, older } = pickRow(verdict.value.results, {
      since,
      botIds: new Set([botId, save.botId]),
      claimed: new Set(others.flatMap((other) => other.row?.id ?? [])),
    });
    const left = leftOf(createRow(sent, destination.value));
    if (row) return { type: 'found', at: clock(), row, asOf, ...left };
    const alike = others.filter((other) => other.row && areAlike(other.capture, sent));
    const taken = Math.max(0, ...alike.map((other) => other.lookedAt ?? 0));
    const absent: SaveEvent = { type: 'absent', at: clock(), asOf, since: taken, jitter: random.fraction() };
    return older && step(save, absent).state !== 'checking'
      ? { type: 'found', at: clock(), row: older, asOf, ...left }
      : absent;
  }

  async function update(save: Save): Promise<SaveEvent> {
    const { row, written, told, capture } = save;
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    if (!row || !written) return refused(failure('unexpected'));
    const change = { from: written, told: told?.slice(0, -1), to: capture };
    const { verdict, left } = await send(destination.value, (fitting) => updateRow(row.id, change, fitting));
    if (verdict.kind === 'done') return { type: 'updated', at: clock(), capture, ...leftOf(left) };
    // Setting the same values once more does no harm.
    return verdict.kind === 'refused' ? refused(verdict.failure) : unsure(verdict.failure);
  }

  async function append(save: Save): Promise<SaveEvent> {
    const { row, content } = save;
    if (!row || !content) return refused(failure('unexpected'));
    const blocks = content.blocks.slice(0, content.sent);
    const verdict = await notion.send(await botOf(save), appendBlocks(row.id, blocks), BlockList);
    if (verdict.kind === 'done')
      return { type: 'appended', at: clock(), ids: addedIds(verdict.value.results, blocks) };
    return verdict.kind === 'refused'
      ? { ...refused(verdict.failure), unsent: true }
      : unsure(verdict.failure);
  }

  /** Whether what was sent of the page's content is there. */
  async function lookInto(save: Save): Promise<SaveEvent> {
    const { row, content } = save;
    if (!row || !content) return refused(failure('unexpected'));
    const botId = await botOf(save);
    const found: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < BLOCK_PAGES; page++) {
      const verdict = await notion.send(botId, getBlockChildren(row.id, cursor), BlockList);
      if (verdict.kind !== 'done') return refused(verdict.failure);
      found.push(...verdict.value.results);
      cursor = verdict.value.next_cursor ?? undefined;
      if (!cursor) break;
    }
    const ids = addedIds(found, content.blocks.slice(0, content.sent));
    return ids.length > 0 ? { type: 'appended', at: clock(), ids } : { type: 'not-appended', at: clock() };
  }

  /** Takes a block out of a page that is to be as it was. */
  async function takeOut(save: Save): Promise<SaveEvent> {
    const id = save.added?.at(-1);
    if (id === undefined) return refused(failure('unexpected'));
    const verdict = await notion.send(await botOf(save), deleteBlock(id), BlockReply);
    const gone: SaveEvent = { type: 'taken-out', at: clock(), id };
    if (verdict.kind === 'done') return gone;
    if (!['not-shared', 'values-refused'].includes(verdict.failure.code)) return refused(verdict.failure);
    // Somebody else may have been quicker, or may have thrown away the whole page.
    const block = certain(await notion.send(await botOf(save), getBlock(id), BlockReply));
    const isThere = block.ok ? !block.value.in_trash : block.failure.code !== 'not-shared';
    return isThere ? refused(verdict.failure) : gone;
  }

  async function trash(save: Save): Promise<SaveEvent> {
    const { row } = save;
    if (!row) return refused(failure('unexpected'));
    const botId = await botOf(save);
    const verdict = await notion.send(botId, trashPage(row.id), PageReply);
    if (verdict.kind === 'done') return { type: 'trashed', at: clock() };
    if (verdict.failure.code === 'values-refused') {
      // A page that is in the trash already may refuse to be changed.
      const page = await notion.send(botId, getPage(row.id), PageReply);
      if (page.kind === 'done' && page.value.in_trash) return { type: 'trashed', at: clock() };
    }
    return refused(verdict.failure);
  }

  async function seek(save: Save): Promise<SaveEvent> {
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { capture } = save;
    const found = await rowFinder.find(destination.value, capture.url);
    if (!found.ok) {
      // A connection that may only insert cannot be asked, nor about a property that is gone: better twice than not at all.
      return mayPass(found.failure) ? refused(found.failure) : { type: 'not-seen', at: clock() };
    }
    if (!found.value) return { type: 'not-seen', at: clock() };
    const { row, held } = found.value;
    const wanted = save.seek === 'add' ? addTo(held, capture) : held;
    return { type: 'adopted', at: clock(), row, held, capture: wanted };
  }

  return {
    seek,
    create,
    'look-up': lookUp,
    update,
    append,
    'look-into': lookInto,
    'take-out': takeOut,
    trash,
  };
}
