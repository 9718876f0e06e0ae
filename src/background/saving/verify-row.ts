/** Looking for a row that the browser made a second time, and taking it away. */
import * as z from 'zod/mini';
import type { Capture } from '../../core/capture/capture.ts';
import type { Destination } from '../../core/database/destination.ts';
import type { Row } from '../../core/database/row.ts';
import { type Failure, failure, ok, type Result } from '../../core/failure.ts';
import { holdsBlocks } from '../../core/notion/content.ts';
import { sentContent } from '../../core/notion/holds.ts';
import { certain, type Verdict } from '../../core/notion/judge.ts';
import { areSought, holdsAddress, lookUpRows, rowOf, soughtAddress } from '../../core/notion/look-up.ts';
import { BlockList, isRowOf, PageReply, QueryReply } from '../../core/notion/replies.ts';
import { getBlockChildren, getPage } from '../../core/notion/requests.ts';
import { isOfTheTime, isUntouched, ONE_ATTEMPT } from '../../core/notion/traces.ts';
import { LEASE } from '../../core/save/claim.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import { isUnknown } from '../../core/save/standing.ts';
import { type Attempt, heldByAny, takenBy } from './attempt.ts';
import type { Deliver } from './deliver.ts';

/** So many pages of a hundred rows each are read to find doubles. */
const ROW_PAGES = 20;
/** So many saves at most are looked for in one query: each has a row of its own there, and all fit a page of it. */
const VERIFIED_AT_ONCE = 50;

export function createVerifyRow({
  clock,
  notion,
  schemas,
  saves,
  records,
  pageParts,
  refused,
  cannotLook,
  botOf,
  toTrash,
}: Attempt): Pick<Deliver, 'verify' | 'trash-double'> {
  /** What one query has found for several saves, by the save; it is used once, for the question that it was asked for. */
  const foundFor = new Map<
    string,
    { dueAt: number; at: number; asOf: number; pages: readonly PageReply[] }
  >();

  /** Looks for a row that the browser made a second time. */
  async function verify(save: Save): Promise<ClaimEvent> {
    const { row } = save;
    const look = save.repeats?.row;
    const destination = await schemas.get(save.destinationId);
    if (!destination.ok) return cannotLook(destination.failure);
    if (!row || !look) return refused(failure('unexpected'));
    const place = destination.value;
    const known = foundFor.get(save.id);
    foundFor.delete(save.id);
    if (known?.dueAt !== look.dueAt || clock() - known.at > LEASE) {
      const failed = await lookForDoubles(save, place);
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
      const isDouble = isUntouched(page, botIds) ? await isAsSent(page, save, place) : ok(false);
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
  async function lookForDoubles(save: Save, place: Destination): Promise<Failure | null> {
    for (const [id, { at }] of foundFor) if (clock() - at > LEASE) foundFor.delete(id);
    const asked: { id: string; sent: Capture; madeAt: number; dueAt: number; address: string | null }[] = [];
    const ask = ({ id, repeats }: Save) => {
      if (repeats?.row) asked.push({ id, ...repeats.row, address: soughtAddress(repeats.row.sent, place) });
    };
    ask(save);
    for (const other of asked[0]?.address === null ? [] : saves.open()) {
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
  async function isAsSent(page: PageReply, save: Save, destination: Destination): Promise<Result<boolean>> {
    const sent = save.repeats?.row?.sent;
    const content = sent ? sentContent(page, sent, destination) : null;
    if (!content?.children) return ok(content !== null);
    const { children } = content;
    const found = certain(await notion.send(destination.botId, getBlockChildren(page.id), BlockList));
    if (!found.ok) return found;
    const part = await pageParts.first(save);
    return ok([children, [...children, ...part]].some((blocks) => holdsBlocks(found.value.results, blocks)));
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

  return { verify, 'trash-double': trashDouble };
}
