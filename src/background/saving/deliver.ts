/** What each step of a save asks of Notion, and what comes of it. */

import * as z from 'zod/mini';
import { addressKey, keyOf } from '../../core/address/address-key.ts';
import type { Capture } from '../../core/capture/capture.ts';
import { type Destination, singleChoices } from '../../core/database/destination.ts';
import type { Row } from '../../core/database/row.ts';
import { type Failure, failure, ok, type Result } from '../../core/failure.ts';
import {
  addedIds,
  appendBlocks,
  blocksMadeAt,
  doubleBlocks,
  holdsBlocks,
  maybeAdded,
} from '../../core/notion/content.ts';
import { sentContent } from '../../core/notion/holds.ts';
import { certain, type Verdict } from '../../core/notion/judge.ts';
import {
  areAlike,
  areSought,
  holdsAddress,
  lookUpRow,
  lookUpRows,
  type PickedRow,
  pickRow,
  rowOf,
  soughtAddress,
} from '../../core/notion/look-up.ts';
import { BlockList, BlockReply, isRowOf, PageReply, QueryReply } from '../../core/notion/replies.ts';
import type { NotionRequest } from '../../core/notion/request.ts';
import {
  deleteBlock,
  getBlock,
  getBlockChildren,
  getPage,
  restorePage,
  trashPage,
} from '../../core/notion/requests.ts';
import { createPlainRow, createRow, type RowRequest, updateRow } from '../../core/notion/row.ts';
import { firstLook } from '../../core/notion/settle.ts';
import { isOfTheTime, isUntouched, madeAt, ONE_ATTEMPT } from '../../core/notion/traces.ts';
import { isSame } from '../../core/same.ts';
import { isArrived, isUnknown, type Save, sentUnseen } from '../../core/save/record.ts';
import { type Action, type ClaimEvent, type Doubt, LEASE, type Left, step } from '../../core/save/save.ts';
import type { Ports } from '../../ports.ts';
import type { Destinations } from '../databases/destinations.ts';
import type { Notion } from '../notion/client.ts';
import { mayPass, type RowFinder } from '../saved/find-row.ts';
import type { Records } from '../store/records.ts';
import type { WhyRefused } from './why-refused.ts';

/** @param open all saves that are not finished */
export type Deliver = Record<Action, (save: Save, open: Iterable<Save>) => Promise<ClaimEvent>>;

/** So many pages of a hundred blocks each are read in one claim; the next one goes on from there. */
const BLOCK_PAGES = 20;
/** So many pages of a hundred rows each are read to find doubles. */
const ROW_PAGES = 20;
/** So many saves at most are looked for in one query: each has a row of its own there, and all fit a page of it. */
const VERIFIED_AT_ONCE = 50;

export function createDeliver(
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  records: Records,
  notion: Notion,
  destinations: Destinations,
  rowFinder: Pick<RowFinder, 'find'>,
  whyRefused: WhyRefused,
): Deliver {
  const refused = (why: Failure): ClaimEvent & { type: 'refused' } => ({
    type: 'refused',
    at: clock(),
    failure: why,
    jitter: random.fraction(),
  });

  /** The same, by what it is about. */
  async function refusedFor(
    save: Save,
    why: Failure,
    { hasValues = false } = {},
  ): Promise<ClaimEvent & { type: 'refused' }> {
    const { destinationId, row } = save;
    const about = { destinationId, botId: await botOf(save), rowId: row?.id ?? null, hasValues };
    return refused(await whyRefused(why, about));
  }

  const unsure = (why: Failure): ClaimEvent => ({
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

  /** By whom what a save has made was made: that authorization, or the one that it was kept for. */
  const botsOf = async (save: Save): Promise<ReadonlySet<string>> => new Set([await botOf(save), save.botId]);

  /** The blocks that are known to be those of some save. */
  const addedByAny = async (): Promise<ReadonlySet<string>> =>
    new Set((await records.all('save')).flatMap(({ added = [] }) => added));

  /**
   * Sends a row; should Notion refuse a value, once more as it fits the schema of the moment.
   * @param lesserFor what is sent when that is refused as well, or is the same
   * @returns `hadNoEffect`: nothing that was sent can have been done
   */
  async function send(
    destination: Destination,
    requestFor: (destination: Destination) => RowRequest,
    lesserFor?: (destination: Destination) => RowRequest,
  ): Promise<{
    verdict: Verdict<PageReply>;
    left: Left & { request?: NotionRequest };
    hadNoEffect: boolean;
  }> {
    let hadNoEffect = true;
    const { id, botId } = destination;
    const sent = async (left: RowRequest) => {
      const verdict = await notion.send(botId, left.request, PageReply);
      if (verdict.kind !== 'refused' || verdict.mayBeSecond) hadNoEffect = false;
      return { verdict, left, hadNoEffect };
    };
    const isRefused = ({ verdict }: { verdict: Verdict<PageReply> }) =>
      verdict.kind === 'refused' && verdict.failure.code === 'values-refused';
    const first = await sent(requestFor(destination));
    if (!isRefused(first)) return first;
    const fresh = await destinations.reread(id, botId);
    if (!fresh.ok) return { verdict: { kind: 'refused', failure: fresh.failure }, left: {}, hadNoEffect };
    const fitting = requestFor(fresh.value);
    if (!lesserFor) return sent(fitting);
    const second = isSame(fitting.request, first.left.request) ? first : await sent(fitting);
    return isRefused(second) ? sent(lesserFor(fresh.value)) : second;
  }

  /** What a request to make a row leaves for later, and with how many blocks it was sent. */
  const leftOf = ({ content = [], misfits = [], request }: Left & { request?: NotionRequest }): Left => {
    const { children = [] } = (request?.body ?? {}) as { children?: unknown[] };
    return { content, misfits, ...(content.length > 0 ? { before: children.length } : {}) };
  };

  /** Where Notion shows nothing of a row but its id, the connection may not read, and nobody can look for another. */
  const doubtOf = (at: number | null, lookedAt: number | null = null): { doubt?: Doubt } =>
    at === null ? {} : { doubt: { madeAt: at, lookedAt } };

  const repeatOf = (verdict: Verdict<unknown> & { kind: 'done' }, at: number | null): { doubt?: Doubt } => {
    const look = firstLook(verdict, clock());
    return look ? doubtOf(at, look.lookedAt) : {};
  };

  async function create(save: Save): Promise<ClaimEvent> {
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { capture } = save;
    // Which addresses Notion takes for icons and covers is not said anywhere; the row does not depend on them.
    const { verdict, left } = await send(
      destination.value,
      (fitting) => createRow(capture, fitting),
      (capture.icon ?? capture.cover) ? (fitting) => createPlainRow(capture, fitting) : undefined,
    );
    const created = (page: PageReply, doubt: { doubt?: Doubt }): ClaimEvent => ({
      type: 'created',
      at: clock(),
      row: rowOf(page),
      sent: capture,
      ...doubt,
      ...leftOf(left),
    });
    switch (verdict.kind) {
      case 'done':
        return created(verdict.value, repeatOf(verdict, madeAt(verdict.value)));
      case 'refused':
        return refusedFor(save, verdict.failure, { hasValues: true });
      case 'unsure': {
        if (verdict.committedId === null) return unsure(verdict.failure);
        // Notion said that it saved the row though it answered with an error: fetch its address.
        const page = await notion.send(destination.value.botId, getPage(verdict.committedId), PageReply);
        return page.kind === 'done'
          ? created(page.value, doubtOf(madeAt(page.value)))
          : unsure(verdict.failure);
      }
    }
  }

  async function lookUp(save: Save): Promise<ClaimEvent> {
    let destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { botId } = destination.value;
    const sent = save.written ?? save.capture;
    const since = save.sentAt ?? sent.at;
    const ask = (by: Destination) => notion.send(botId, lookUpRow(sent, by, since), QueryReply);
    let verdict = await ask(destination.value);
    if (verdict.kind !== 'done' && verdict.failure.code === 'values-refused') {
      // The property that it was looked for by may be gone.
      destination = await destinations.reread(save.destinationId, botId);
      if (!destination.ok) return refused(destination.failure);
      verdict = await ask(destination.value);
    }
    if (verdict.kind !== 'done') return refusedFor(save, verdict.failure);
    const place = destination.value;
    const asOf = verdict.asOf ?? clock();
    // Two saves of one page in one minute are two rows.
    const others = (await records.all('save')).filter((other) => other.id !== save.id);
    const isAsSent = (page: PageReply) => sentContent(page, sent, place) !== null;
    const picked = pickRow(verdict.value.results, {
      since,
      botIds: new Set([botId, save.botId]),
      claimed: takenBy(others),
      isAsSent,
      // Another save of this page may look for its row as well, or have been made twice.
      isOthers: heldByAny(others, place),
    });
    const { row, more } = picked;
    // Nothing is put in the trash that does not hold what was sent.
    const other = save.wanted === 'row' || picked.isOtherAsSent ? picked.other : null;
    const found = ({ madeAt: at, ...one }: PickedRow): ClaimEvent => ({
      type: 'found',
      at: clock(),
      row: one,
      asOf,
      // The browser may have sent it twice before all was lost; of others that are there, it is to be said at once.
      ...doubtOf(at, more > 0 ? null : asOf),
      ...leftOf(createRow(sent, place)),
    });
    if (row) return found(row);
    const alike = others.filter((other) => other.row && areAlike(other.capture, sent));
    const taken = Math.max(0, ...alike.map((other) => other.lookedAt ?? 0));
    const absent: ClaimEvent = { type: 'absent', at: clock(), asOf, since: taken, jitter: random.fraction() };
    return other && step(save, absent).state !== 'checking' ? found(other) : absent;
  }

  /** Rows that are known to be those of these saves, or that a query that lags behind may show though they are gone. */
  const takenBy = (saves: readonly Save[]): Set<string> =>
    new Set(
      saves.flatMap(({ row, repeats: { doubles = [], removed = [] } = {} }) => [
        ...(row ? [row.id] : []),
        ...doubles.map(({ id }) => id),
        ...removed,
      ]),
    );

  /** Whether a row holds what one of these saves has sent and does not know. */
  function heldByAny(saves: readonly Save[], place: Destination): (page: PageReply) => boolean {
    const theirs = saves.flatMap((save) => (save.destinationId === place.id ? (sentUnseen(save) ?? []) : []));
    return (page) => theirs.some((their) => sentContent(page, their, place) !== null);
  }

  /** A question that is only ours is not put to a user who has disconnected the workspace. */
  const cannotLook = (why: Failure): ClaimEvent =>
    ['not-connected', 'no-destination', 'database-unknown'].includes(why.code)
      ? { type: 'given-up', at: clock() }
      : refused(why);

  /** What one query has found for several saves, by the save; it is used once, for the question that it was asked for. */
  const foundFor = new Map<
    string,
    { dueAt: number; at: number; asOf: number; pages: readonly PageReply[] }
  >();

  /** Looks for a row that the browser made a second time. */
  async function verify(save: Save, open: Iterable<Save>): Promise<ClaimEvent> {
    const { row } = save;
    const look = save.repeats?.row;
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return cannotLook(destination.failure);
    if (!row || !look) return refused(failure('unexpected'));
    const place = destination.value;
    const known = foundFor.get(save.id);
    foundFor.delete(save.id);
    if (known?.dueAt !== look.dueAt || clock() - known.at > LEASE) {
      const failed = await lookForDoubles(save, place, open);
      if (failed) return cannotLook(failed);
    }
    const found = foundFor.get(save.id) ?? known;
    foundFor.delete(save.id);
    if (!found) return refused(failure('unexpected'));
    const { asOf } = found;
    const botIds = new Set([place.botId, save.botId]);
    const isCandidate = (taken: ReadonlySet<string>) => (page: PageReply) =>
      isRowOf(page, save.destinationId) &&
      !taken.has(page.id) &&
      botIds.has(page.created_by?.id ?? '') &&
      isOfTheTime(page, look.madeAt);
    let rows = found.pages.filter(isCandidate(takenBy([save])));
    if (rows.length > 0) {
      const others = (await records.all('save')).filter((other) => other.id !== save.id);
      const isOthers = heldByAny(others, place);
      // What another save may have made twice, it finds itself.
      rows = rows
        .filter(isCandidate(takenBy(others)))
        .filter((page) => sentContent(page, look.sent, place) !== null || !isOthers(page));
      // It looks for its own row among the same, and knows of none; once it has found it, the others are told apart.
      const seeker = others.find(
        (other) =>
          other.destinationId === save.destinationId &&
          isUnknown(other) &&
          areSought(other.written ?? other.capture, look.sent, place),
      );
      if (rows.length > 0 && seeker) return { type: 'undecided', at: clock(), other: seeker.id };
    }
    const doubles: Row[] = [];
    const suspects: Row[] = [];
    for (const page of rows) {
      const isDouble = isUntouched(page, botIds) ? await isAsSent(page, look.sent, place) : ok(false);
      // One that is gone by now is not found again.
      if (!isDouble.ok)
        return refused(isDouble.failure.code === 'not-shared' ? failure('conflict') : isDouble.failure);
      (isDouble.value ? doubles : suspects).push(rowOf(page));
    }
    return { type: 'verified', at: clock(), asOf, doubles, suspects };
  }

  /**
   * Looks for the rows of a save, and of all others in its database of which the same question is open and due: a burst of saves
   * costs one query. What is looked for by its title is looked for alone.
   */
  async function lookForDoubles(
    save: Save,
    place: Destination,
    open: Iterable<Save>,
  ): Promise<Failure | null> {
    for (const [id, { at }] of foundFor) if (clock() - at > LEASE) foundFor.delete(id);
    const asked: { id: string; sent: Capture; madeAt: number; dueAt: number; address: string | null }[] = [];
    const ask = ({ id, repeats }: Save) => {
      if (repeats?.row) asked.push({ id, ...repeats.row, address: soughtAddress(repeats.row.sent, place) });
    };
    ask(save);
    for (const other of asked[0]?.address === null ? [] : open) {
      if (asked.length === VERIFIED_AT_ONCE) break;
      const look = other.id !== save.id && other.destinationId === place.id ? other.repeats?.row : undefined;
      const isDue = look && look.waitsFor === undefined && look.dueAt <= clock();
      if (isDue && soughtAddress(look.sent, place) !== null) ask(other);
    }
    const from = Math.min(...asked.map(({ madeAt }) => madeAt)) - ONE_ATTEMPT;
    const request = lookUpRows(
      asked.map(({ sent }) => sent),
      place,
      from,
    );
    const pages: PageReply[] = [];
    let asOf: number | null = null;
    for (let page = 0, cursor: string | null = null; page < ROW_PAGES; page++) {
      const body: object = { ...(request.body as object), ...(cursor ? { start_cursor: cursor } : {}) };
      const verdict: Verdict<z.infer<typeof QueryReply>> = await notion.send(
        place.botId,
        { ...request, body },
        QueryReply,
      );
      if (verdict.kind !== 'done') return verdict.failure;
      for (const result of verdict.value.results) {
        const read = z.safeParse(PageReply, result);
        if (read.success) pages.push(read.data);
      }
      asOf ??= verdict.asOf ?? clock();
      cursor = verdict.value.next_cursor;
      if (!cursor) break;
    }
    const at = clock();
    for (const { id, dueAt, address } of asked) {
      const own = address === null ? pages : pages.filter((page) => holdsAddress(page, address, place));
      foundFor.set(id, { dueAt, at, asOf: asOf ?? at, pages: own });
    }
    return null;
  }

  /** Whether a row, and its page as far as it can be seen, holds what that was sent as. */
  async function isAsSent(
    page: PageReply,
    sent: Capture,
    destination: Destination,
  ): Promise<Result<boolean>> {
    const content = sentContent(page, sent, destination);
    if (!content?.children) return ok(content !== null);
    const found = certain(await notion.send(destination.botId, getBlockChildren(page.id), BlockList));
    return found.ok ? ok(holdsBlocks(found.value.results, content.children)) : found;
  }

  /** Puts a double into the trash, unless somebody has touched it since it was found. */
  async function trashDouble(save: Save): Promise<ClaimEvent> {
    const [double] = save.repeats?.doubles ?? [];
    if (!double) return refused(failure('unexpected'));
    const { id, isAsked = false } = double;
    const botId = await botOf(save);
    if (!isAsked) {
      const page = certain(await notion.send(botId, getPage(id), PageReply));
      if (page.ok && page.value.in_trash) return { type: 'double-gone', at: clock(), id };
      if (page.ok && !isUntouched(page.value, new Set([botId, save.botId])))
        return { type: 'double-touched', at: clock(), id };
      if (!page.ok && page.failure.code !== 'not-shared') return cannotLook(page.failure);
    }
    const gone = await toTrash(botId, id);
    if (gone.ok) return { type: 'double-gone', at: clock(), id };
    if (gone.failure.code !== 'not-shared') return cannotLook(gone.failure);
    // Thrown away for good meanwhile, or moved to where we may not be; where it is there after all, it is tried again.
    const page = certain(await notion.send(botId, getPage(id), PageReply));
    if (page.ok) return refused(failure('conflict'));
    return page.failure.code === 'not-shared'
      ? { type: 'double-gone', at: clock(), id }
      : cannotLook(page.failure);
  }

  async function update(save: Save): Promise<ClaimEvent> {
    const { row, written, told, capture } = save;
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return { ...refused(destination.failure), of: 'update' };
    if (!row || !written) return refused(failure('unexpected'));
    const change = { from: written, told: told?.slice(0, -1), to: capture };
    const { verdict, left, hadNoEffect } = await send(destination.value, (fitting) =>
      updateRow(row.id, change, fitting),
    );
    if (verdict.kind === 'done') return { type: 'updated', at: clock(), capture, ...leftOf(left) };
    // Setting the same values once more does no harm, whether we do it or the browser has done it.
    if (verdict.kind !== 'refused') return unsure(verdict.failure);
    const refusal = await refusedFor(save, verdict.failure, { hasValues: true });
    return { ...refusal, ...(hadNoEffect ? { of: 'update' } : {}) };
  }

  async function append(save: Save): Promise<ClaimEvent> {
    const { row, content } = save;
    if (!row || !content) return refused(failure('unexpected'));
    const blocks = content.blocks.slice(0, content.sent);
    const verdict = await notion.send(await botOf(save), appendBlocks(row.id, blocks), BlockList);
    if (verdict.kind === 'done') {
      const { results } = verdict.value;
      const ids = addedIds(results, blocks);
      const doubt = repeatOf(verdict, blocksMadeAt(results, ids));
      return { type: 'appended', at: clock(), ids, ...doubt };
    }
    return verdict.kind === 'refused'
      ? { ...(await refusedFor(save, verdict.failure, { hasValues: true })), of: 'append' }
      : unsure(verdict.failure);
  }

  /**
   * The next blocks of a page, from that place on; `next` is where to go on, with the last of these once more, as what is looked
   * for may begin in one part of the page and end in the next.
   */
  async function readBlocks(
    save: Save,
    from: string | undefined,
  ): Promise<Result<{ blocks: unknown[]; next: string | null; asOf: number }>> {
    const botId = await botOf(save);
    const blocks: unknown[] = [];
    let cursor = from;
    let asOf: number | null = null;
    for (let page = 1; ; page++) {
      const verdict = await notion.send(botId, getBlockChildren(save.row?.id ?? '', cursor), BlockList);
      if (verdict.kind !== 'done') return { ok: false, failure: verdict.failure };
      blocks.push(...verdict.value.results);
      asOf ??= verdict.asOf ?? clock();
      const { next_cursor: next } = verdict.value;
      if (next === null) return ok({ blocks, next: null, asOf });
      if (page === BLOCK_PAGES) return ok({ blocks, next: cursor ?? null, asOf });
      cursor = next;
    }
  }

  /** Whether what was sent of the page's content is there. */
  async function lookInto(save: Save): Promise<ClaimEvent> {
    const { row, content } = save;
    if (!row || !content) return refused(failure('unexpected'));
    const read = await readBlocks(save, content.seen?.cursor);
    if (!read.ok) {
      // A place in the page that Notion has forgotten.
      const isLost = content.seen && read.failure.code === 'values-refused';
      return isLost ? { type: 'look-anew', at: clock() } : refusedFor(save, read.failure);
    }
    const { blocks, next, asOf } = read.value;
    const sent = content.blocks.slice(0, content.sent);
    const { before = 0 } = content;
    // What came with the row, or was added before, may begin with the same words.
    const added = content.seen === undefined ? blocks.slice(before) : blocks;
    const [ours, botIds] = await Promise.all([addedByAny(), botsOf(save)]);
    const here = addedIds(maybeAdded(added, { ours, botIds }), sent);
    // What is added goes to the end.
    const ids = here.length > 0 ? here : (content.seen?.ids ?? []);
    if (next !== null) return { type: 'looked-on', at: clock(), cursor: next, ids };
    if (ids.length === 0) return { type: 'not-appended', at: clock(), asOf };
    // The browser may have sent it twice before all was lost. What was seen of the page whole need not be looked at again now.
    const made = blocksMadeAt(blocks, ids);
    const isWhole = content.seen === undefined;
    const surplus =
      made === null || !isWhole
        ? []
        : doublesIn(blocks, { blocks: sent, ids, before, madeAt: made }, { ours, botIds });
    return {
      type: 'appended',
      at: clock(),
      ids,
      surplus,
      ...doubtOf(made, isWhole && surplus.length === 0 ? asOf : null),
    };
  }

  /** Which of these blocks are those that were sent, a second time. */
  const doublesIn = (
    found: readonly unknown[],
    look: { blocks: readonly unknown[]; ids: readonly string[]; before: number; madeAt: number },
    { ours, botIds }: { ours: ReadonlySet<string>; botIds: ReadonlySet<string> },
  ): string[] =>
    doubleBlocks(found.slice(look.before), look.blocks, {
      ours: new Set([...look.ids, ...ours]),
      madeAt: look.madeAt,
      botIds,
    });

  /** Looks for blocks that the browser added a second time. */
  async function verifyBlocks(save: Save): Promise<ClaimEvent> {
    const look = save.repeats?.blocks;
    if (!save.row || !look) return refused(failure('unexpected'));
    const read = await readBlocks(save, look.cursor);
    if (!read.ok) {
      const isLost = look.cursor !== undefined && read.failure.code === 'values-refused';
      return isLost
        ? { type: 'blocks-verified', at: clock(), asOf: look.lookedAt ?? clock(), surplus: [] }
        : cannotLook(read.failure);
    }
    const { blocks, next, asOf } = read.value;
    const before = look.cursor === undefined ? look.before : 0;
    const [ours, botIds] = await Promise.all([addedByAny(), botsOf(save)]);
    const surplus = doublesIn(blocks, { ...look, before }, { ours, botIds });
    return {
      type: 'blocks-verified',
      at: clock(),
      asOf,
      surplus,
      ...(next === null ? {} : { cursor: next }),
    };
  }

  /** Takes a block out of a page that is there twice, or of a page that is to be as it was. */
  async function takeOut(save: Save): Promise<ClaimEvent> {
    const [double] = save.repeats?.surplus ?? [];
    const id = double ?? save.added?.at(-1);
    if (id === undefined) return refused(failure('unexpected'));
    const botId = await botOf(save);
    if (double !== undefined) {
      const block = certain(await notion.send(botId, getBlock(double), BlockReply));
      // Somebody has made it theirs since it was found.
      if (block.ok && !isUntouched(block.value, await botsOf(save)))
        return { type: 'taken-out', at: clock(), id };
    }
    const verdict = await notion.send(botId, deleteBlock(id), BlockReply);
    const gone: ClaimEvent = { type: 'taken-out', at: clock(), id };
    if (verdict.kind === 'done') return gone;
    if (!['not-shared', 'values-refused'].includes(verdict.failure.code)) return refused(verdict.failure);
    // Somebody else may have been quicker, or may have thrown away the whole page.
    const block = certain(await notion.send(botId, getBlock(id), BlockReply));
    const isThere = block.ok ? !block.value.in_trash : block.failure.code !== 'not-shared';
    return isThere ? refusedFor(save, verdict.failure) : gone;
  }

  async function trash(save: Save): Promise<ClaimEvent> {
    if (!save.row) return refused(failure('unexpected'));
    const gone = await toTrash(await botOf(save), save.row.id);
    return gone.ok ? { type: 'trashed', at: clock() } : refusedFor(save, gone.failure);
  }

  async function restore(save: Save): Promise<ClaimEvent> {
    if (!save.row) return refused(failure('unexpected'));
    const restored = certain(await notion.send(await botOf(save), restorePage(save.row.id), PageReply));
    return restored.ok ? { type: 'restored', at: clock() } : refusedFor(save, restored.failure);
  }

  async function toTrash(botId: string, rowId: string): Promise<Result<null>> {
    const verdict = certain(await notion.send(botId, trashPage(rowId), PageReply));
    if (verdict.ok) return ok(null);
    if (verdict.failure.code === 'values-refused') {
      // A page that is in the trash already may refuse to be changed.
      const page = certain(await notion.send(botId, getPage(rowId), PageReply));
      if (page.ok && page.value.in_trash) return ok(null);
    }
    return verdict;
  }

  async function seek(save: Save, open: Iterable<Save>): Promise<ClaimEvent> {
    const destination = await destinations.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { capture } = save;
    const key = addressKey(capture.url);
    // What row another save of this page comes to, and what that is to hold, is known once it has arrived.
    for (const other of open) {
      const isUnderWay = (isUnknown(other) || other.row !== null) && !isArrived(other);
      const isOfPage = other.destinationId === save.destinationId && keyOf(other.capture) === key;
      if (isOfPage && isUnderWay && other.state !== 'needs-you') return refused(failure('conflict'));
    }
    let place = destination.value;
    let found = await rowFinder.find(place, capture.url);
    if (!found.ok && found.failure.code === 'values-refused') {
      // The property that it was looked for by may be gone.
      const fresh = await destinations.reread(save.destinationId, place.botId);
      if (fresh.ok) {
        place = fresh.value;
        found = await rowFinder.find(place, capture.url);
      }
    }
    if (!found.ok) {
      // A connection that may only insert cannot be asked, nor about a property that is gone: better twice than not at all.
      return mayPass(found.failure) ? refused(found.failure) : { type: 'not-seen', at: clock() };
    }
    if (!found.value) return { type: 'not-seen', at: clock() };
    const { row, held } = found.value;
    // What it is to hold, the save knows by then.
    return { type: 'adopted', at: clock(), row, held, single: singleChoices(place) };
  }

  return {
    seek,
    create,
    'look-up': lookUp,
    verify,
    'trash-double': trashDouble,
    update,
    append,
    'look-into': lookInto,
    'verify-blocks': verifyBlocks,
    'take-out': takeOut,
    restore,
    trash,
  };
}
