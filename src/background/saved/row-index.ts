/**
 * The rows of databases as kept on this device, so that Rowmark knows at once that a page is saved, and finds saved rows
 * while something is typed. Off until switched on for a database. Nothing of it is ever sent anywhere, and nothing is read
 * from Notion but when somebody asks for it.
 */

import * as z from 'zod/mini';
import type { Destination } from '../../core/database/destination.ts';
import type { Row } from '../../core/database/row.ts';
import { type Failure, failed, ok, type Result } from '../../core/failure.ts';
import { fitsUrl } from '../../core/notion/content.ts';
import { QueryReply } from '../../core/notion/replies.ts';
import { titleOf } from '../../core/notion/row.ts';
import { isSame } from '../../core/same.ts';
import type { Save } from '../../core/save/record.ts';
import { type Entry, gone, isLoose, lineOf, Pack, packOf, repack } from '../../core/saved-rows/pack.ts';
import {
  basisOf,
  beginRebuild,
  endWalk,
  FillProgress,
  isFresh,
  nextWalk,
  noProgress,
  type WalkKind,
  withWalk,
} from '../../core/saved-rows/progress.ts';
import { readSavedRow } from '../../core/saved-rows/read.ts';
import { MAX_TITLE, SavedRow, type StoredRow } from '../../core/saved-rows/record.ts';
import { createRowSearch, type RowSearch } from '../../core/saved-rows/search.ts';
import { isKept, type RowIndexStatus, statusOf } from '../../core/saved-rows/status.ts';
import { cursorRefused, noteUnreadable, type Walk, walkOn, walkQuery } from '../../core/saved-rows/walk.ts';
import { type Wait, waitBy, within } from '../../core/time.ts';
import type { Ports, RowChange } from '../../ports.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import { createSerial } from '../store/serial.ts';
import { storageFailure } from '../store/storage-failure.ts';
import type { Learning } from '../tags/learning.ts';

/** Requests that reading rows may send in a minute: half of what Notion allows, as saves must never wait for them. */
const REQUESTS = 90;
const MINUTE = 60_000;

/** What was read so long ago is read anew for an import, in milliseconds: rows may be gone by now. */
const READ_ANEW = 10 * MINUTE;

/** How long rows are kept for an import that may begin, in milliseconds. */
const BORROWED = 60 * MINUTE;

/** Rows that are handed out at once. */
const PAGE = 1_000;

export type RowIndex = ReturnType<typeof createRowIndex>;

/** `paused`: there is more to read, but enough has been asked of Notion for this minute. */
export type Refreshed = { status: RowIndexStatus; paused: boolean };

/** @param keyOf the form in which addresses are compared */
export function createRowIndex(
  { clock, rows: store }: Pick<Ports, 'clock' | 'rows'>,
  records: Records,
  notion: Pick<Notion, 'send'>,
  keyOf: (url: string) => string,
  learning: Pick<Learning, 'rows' | 'erase'>,
) {
  /** Every change is decided upon and stored in turn. */
  const inTurn = createSerial();
  /** Caches of what is stored. */
  const progresses = new Map<string, FillProgress | null>();
  const searches = new Map<string, RowSearch>();
  /** Refreshes under way. */
  const running = new Map<string, Promise<Result<Refreshed>>>();
  /** Rows removed here, each of which a reply on its way may still hold. Emptied when nothing is under way. */
  const removed = new Map<string, Set<string>>();
  /** Raised by erasing: what was asked before is not stored after. */
  const eras = new Map<string, number>();
  const sent: number[] = [];
  /** Data sources that Notion has asked to leave alone. */
  const held = new Map<string, Wait>();

  const eraOf = (id: string): number => eras.get(id) ?? 0;

  const isOn = async (id: string): Promise<boolean> => (await records.get('rowIndexes'))?.[id]?.on === true;

  /** What somebody searches in. */
  async function idsKept(): Promise<string[]> {
    const all = Object.entries((await records.get('rowIndexes')) ?? {});
    return all.flatMap(([id, status]) => (isKept(status) ? [id] : []));
  }

  /** What is shown of it, as stored for pages to see. */
  async function show(id: string, status: RowIndexStatus): Promise<RowIndexStatus> {
    await records.update('rowIndexes', (all) => {
      const { dueAt, until } = all?.[id] ?? {};
      const next = {
        ...status,
        ...(status.on && dueAt !== undefined ? { dueAt } : {}),
        ...(status.on && until !== undefined ? { until } : {}),
      };
      return isSame(all?.[id], next) ? all : { ...all, [id]: next };
    });
    return status;
  }

  /** How far the rows are read by this mapping; null when nothing is, or what there is cannot be gone on with. */
  async function progressOf(id: string, basis: string): Promise<FillProgress | null> {
    let progress = progresses.get(id);
    if (progress === undefined) {
      const read = z.safeParse(FillProgress, await store.progress(id));
      progress = read.success ? read.data : null;
      progresses.set(id, progress);
    }
    return progress?.basis === basis ? progress : null;
  }

  async function change(id: string, what: RowChange, entries: readonly Entry[] = []): Promise<void> {
    const pack = entries.length > 0 ? packOf(entries) : null;
    try {
      await store.change(id, pack ? { ...what, pack } : what);
    } catch (error) {
      progresses.delete(id);
      throw error;
    }
    if (what.progress) progresses.set(id, what.progress);
    const { put = [], remove = [] } = what;
    const isLearned = put.length + remove.length > 0 && (await idsKept()).includes(id);
    if (isLearned) learning.rows(id, put, remove);
    if (pack) searches.get(id)?.add(pack);
  }

  async function wipe(id: string): Promise<void> {
    eras.set(id, eraOf(id) + 1);
    progresses.delete(id);
    searches.delete(id);
    await store.erase(id);
  }

  /** What there is to go on with; what was read by another mapping is given up. */
  async function startingPoint(id: string, basis: string): Promise<FillProgress> {
    const known = await progressOf(id, basis);
    if (known) return known;
    await wipe(id);
    return noProgress(basis);
  }

  const storedRow = ({ dataSourceId: _, ...row }: SavedRow, walk: number): StoredRow => ({
    ...row,
    ...(row.address === '' ? {} : { key: keyOf(row.address) }),
    walk,
  });

  const readStored = (id: string, raw: unknown): SavedRow[] => {
    if (raw === undefined) return [];
    const read = z.safeParse(SavedRow, { ...(raw as object), dataSourceId: id });
    return read.success ? [read.data] : [];
  };

  /** How these rows change what is kept. What has not changed is only noted as seen. */
  async function changeFor(
    id: string,
    before: FillProgress,
    seen: readonly SavedRow[],
    goneIds: readonly string[],
  ): Promise<{ put: StoredRow[]; remove: string[]; entries: Entry[]; progress: FillProgress }> {
    const known = await store.get(id, [...seen.map((row) => row.id), ...goneIds]);
    const entries: Entry[] = [];
    const put: StoredRow[] = [];
    let { rows } = before;
    for (const [index, row] of seen.entries()) {
      const [old] = readStored(id, known[index]);
      if (!old) rows += known[index] === undefined ? 1 : 0;
      const isOld = old !== undefined && isSame(old, row);
      if (isOld && (known[index] as StoredRow).walk === before.number) continue;
      put.push(storedRow(row, before.number));
      if (!isOld) entries.push({ id: row.id, line: lineOf(row) });
    }
    const remove = goneIds.filter((_, index) => known[seen.length + index] !== undefined);
    entries.push(...remove.map(gone));
    const readable = new Set(seen.map((row) => row.id));
    const progress = {
      ...before,
      rows: rows - remove.length,
      packed: before.packed + entries.length,
      packs: before.packs + (entries.length > 0 ? 1 : 0),
      unreadable: before.unreadable.filter((one) => !readable.has(one)),
    };
    return { put, remove, entries, progress };
  }

  /** Asks for one page of rows and stores it. @returns whether there is more to read */
  async function step(destination: Destination): Promise<Result<{ more: boolean }>> {
    const { id, botId, mapping } = destination;
    const basis = basisOf(mapping);
    const next = nextWalk(await inTurn(() => startingPoint(id, basis)), clock());
    if (!next) return ok({ more: false });
    const era = eraOf(id);
    removed.set(id, new Set());
    sent.push(clock());
    const verdict = await notion.send(botId, walkQuery(next.walk, destination), QueryReply);
    return inTurn(async () => {
      if (era !== eraOf(id) || !(await isOn(id))) return ok({ more: false });
      // Saves may have come in between; the walks are only ever moved here.
      const latest = (await progressOf(id, basis)) ?? noProgress(basis);
      const { refresh, rebuild, number } = next.progress;
      // Everything is to be read anew by now.
      if (latest.number > number) return ok({ more: true });
      const before = { ...latest, refresh, rebuild, number };
      if (verdict.kind !== 'done') {
        const hadCursor = (next.walk.created ?? next.walk.edited).cursor !== null;
        if (!hadCursor || verdict.failure.code !== 'values-refused')
          return { ok: false, failure: verdict.failure };
        await finishStep(id, before, next.kind, cursorRefused(next.walk), [], []);
        return ok({ more: true });
      }
      const { value, asOf } = verdict;
      const readings = value.results.map((result) => readSavedRow(result, destination));
      const isRemoved = removed.get(id) ?? new Set();
      const rows = readings.flatMap((one) =>
        one.kind === 'row' && !isRemoved.has(one.row.id) ? [one.row] : [],
      );
      const goneIds = readings.flatMap((one) => (one.kind === 'gone' ? [one.id] : []));
      const unreadable = readings.flatMap((one) => (one.kind === 'unreadable' ? [one.id] : []));
      const cut = value.next_cursor === null;
      const on = walkOn(noteUnreadable(next.walk, unreadable), {
        rows: readings.flatMap((one) => (one.kind === 'row' ? [one.row] : [])),
        next: value.has_more ? value.next_cursor : null,
        isCut: cut && (value.has_more || value.request_status?.type === 'incomplete'),
        asOf,
      });
      await finishStep(id, before, next.kind, on, rows, goneIds);
      return ok({ more: true });
    });
  }

  /** Stores what a step has brought, together with how far it has come. */
  async function finishStep(
    id: string,
    before: FillProgress,
    kind: WalkKind,
    { walk, ended }: { walk: Walk; ended: boolean },
    seen: readonly SavedRow[],
    goneIds: readonly string[],
  ): Promise<void> {
    const { entries, progress, ...what } = await changeFor(id, before, seen, goneIds);
    if (!ended) return change(id, { ...what, progress: withWalk(progress, kind, walk) }, entries);
    // Stored first as if there were still a page to read: a death in between reads the last one again.
    await change(id, { ...what, progress: withWalk(progress, kind, walk) }, entries);
    const ending = endWalk(progress, kind, walk, clock());
    // What Notion would not list may still be there.
    const unseen = kind === 'rebuild' && walk.gaps === 0 ? await store.unseen(id, progress.number) : [];
    await change(
      id,
      {
        remove: unseen,
        progress: {
          ...ending,
          rows: (await store.count(id)) - unseen.length,
          packed: ending.packed + unseen.length,
          packs: ending.packs + (unseen.length > 0 ? 1 : 0),
        },
      },
      unseen.map(gone),
    );
    await packAnew(id);
  }

  async function packAnew(id: string): Promise<void> {
    const progress = progresses.get(id);
    if (!progress || !isLoose(progress.packed, progress.packs, progress.rows)) return;
    const { packs, entries } = repack(await readPacks(id));
    await change(id, { packs, progress: { ...progress, packed: entries, packs: packs.length } });
  }

  const readPacks = async (id: string): Promise<Pack[]> =>
    (await store.packs(id)).flatMap((raw) => {
      const read = z.safeParse(Pack, raw);
      return read.success ? [read.data] : [];
    });

  /** Whether a minute's requests are used up. */
  function isSpent(): boolean {
    const now = clock();
    // After the clock was set back no time lies ahead.
    while (sent[0] !== undefined && (now - sent[0] >= MINUTE || sent[0] > now)) sent.shift();
    return sent.length >= REQUESTS;
  }

  async function showProgress({ id, mapping }: Destination, why: Failure | null): Promise<RowIndexStatus> {
    return inTurn(async () => {
      const shown = (await records.get('rowIndexes'))?.[id];
      // It may have been erased in the meantime.
      if (!shown) return statusOf(false, null);
      return show(id, statusOf(shown.on, await progressOf(id, basisOf(mapping)), why));
    });
  }

  async function refreshNow(id: string): Promise<Result<Refreshed>> {
    if (!(await isOn(id))) return ok({ status: statusOf(false, null), paused: false });
    const wait = held.get(id) ? waitBy(held.get(id) as Wait, clock()) : null;
    if (wait) held.set(id, wait);
    if (wait && wait.until > clock())
      return failed('rate-limited', { retryAfter: Math.ceil((wait.until - clock()) / 1000) });
    for (;;) {
      // Read each time, as the user may map it anew in between.
      const destination = await knownDestination(records, id);
      if (!destination) return failed('no-destination');
      if (isSpent()) return ok({ status: await showProgress(destination, null), paused: true });
      const done = await caught(() => step(destination));
      if (!done.ok) {
        const { code, retryAfter } = done.failure;
        if (code === 'rate-limited')
          held.set(id, { from: clock(), until: clock() + (retryAfter ?? 60) * 1000 });
        await caught(async () => ok(await showProgress(destination, done.failure)));
        return done;
      }
      const status = await caught(async () => ok(await showProgress(destination, null)));
      if (!status.ok) return status;
      if (!done.value.more) return ok({ status: status.value, paused: false });
    }
  }

  /** Storage that is full or broken, as a value. */
  async function caught<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work();
    } catch (error) {
      return { ok: false, failure: storageFailure(error) };
    }
  }

  async function search(id: string): Promise<RowSearch> {
    return inTurn(async () => {
      const known = searches.get(id);
      if (known) return known;
      const made = createRowSearch(await readPacks(id));
      searches.set(id, made);
      return made;
    });
  }

  async function searchIn(id: string, typed: string, limit: number) {
    const found = (await search(id)).search(typed, limit);
    const raw = await store.get(
      id,
      found.map((one) => one.id),
    );
    return found.flatMap(({ rank }, index) => readStored(id, raw[index]).map((row) => ({ row, rank })));
  }

  async function removeRow(id: string, rowId: string): Promise<Result<null>> {
    removed.get(id)?.add(rowId);
    return caught(() =>
      inTurn(async () => {
        const destination = await knownDestination(records, id);
        const progress = destination && (await progressOf(id, basisOf(destination.mapping)));
        if (!progress) return ok(null);
        const { entries, ...what } = await changeFor(id, progress, [], [rowId]);
        if (entries.length === 0) return ok(null);
        await change(id, what, entries);
        await show(id, statusOf(await isOn(id), what.progress));
        return ok(null);
      }),
    );
  }

  const find = (id: string, url: string): Promise<Result<SavedRow | null>> =>
    caught(async () => {
      if (!(await isOn(id))) return ok(null);
      const found = (await store.find(id, keyOf(url))).flatMap((raw) => readStored(id, raw));
      return ok(found.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0] ?? null);
    });

  /** Whether an address that `find` does not find is certainly not saved, but by others within the last minutes. */
  async function knowsAll(id: string): Promise<boolean> {
    const destination = await knownDestination(records, id);
    if (!destination || destination.mapping.url === null || !(await isOn(id))) return false;
    const progress = await progressOf(id, basisOf(destination.mapping)).catch(() => null);
    return progress !== null && isFresh(progress, clock());
  }

  /** @param until see `RowIndexStatus` */
  const switchOn = (id: string, until?: number): Promise<Result<RowIndexStatus>> =>
    caught(async () => {
      const destination = await knownDestination(records, id);
      if (!destination) return failed('no-destination');
      return inTurn(async () => {
        const status = statusOf(true, await progressOf(id, basisOf(destination.mapping)));
        await records.update('rowIndexes', (all) => {
          const before = all?.[id];
          if (until !== undefined && before && isKept(before)) return all;
          const due = before?.on && before.dueAt !== undefined ? { dueAt: before.dueAt } : {};
          return { ...all, [id]: { ...status, ...due, ...(until === undefined ? {} : { until }) } };
        });
        return ok(status);
      });
    });

  /** Switches it off and removes all that is kept of it. */
  const erase = (id: string): Promise<Result<null>> =>
    caught(() =>
      inTurn(async () => {
        if ((await idsKept()).includes(id)) await learning.erase(id);
        // Off first: a death in between leaves rows that nobody is told of, and that erasing again removes.
        await show(id, statusOf(false, null));
        await wipe(id);
        await records.update('rowIndexes', (all) => {
          const { [id]: _, ...others } = all ?? {};
          return others;
        });
        return ok(null);
      }),
    );

  return {
    /** Rows of this database are to be kept from now on; they are read by `refresh`. */
    on: (id: string): Promise<Result<RowIndexStatus>> => switchOn(id),

    /**
     * They are kept for an import, for an hour at least, and read by `refresh`; where the user has them kept, that stays as it is.
     * What is gone is gone here as well once all that was read is not `underWay` any more.
     */
    async borrow(id: string): Promise<Result<RowIndexStatus>> {
      const status = await switchOn(id, clock() + BORROWED);
      if (!status.ok) return status;
      const begun = await caught(() =>
        inTurn(async () => {
          const destination = await knownDestination(records, id);
          const progress = destination && (await progressOf(id, basisOf(destination.mapping)));
          const isOld = progress && !progress.rebuild && !within(progress.rebuiltAt, READ_ANEW, clock());
          if (isOld) await change(id, { progress: beginRebuild(progress) });
          return ok(null);
        }),
      );
      return begun.ok ? status : begun;
    },

    /** Removes what is kept for imports, and is over: but for these. */
    async giveBack(used: ReadonlySet<string>): Promise<void> {
      const all = Object.entries((await records.get('rowIndexes')) ?? {});
      const over = all.filter(([id, { until }]) => until !== undefined && until <= clock() && !used.has(id));
      for (const [id] of over) await erase(id);
    },

    /** Nothing is read or told any more; what is kept stays, for when it is switched on again. */
    off: (id: string): Promise<Result<null>> =>
      caught(() =>
        inTurn(async () => {
          const status = (await records.get('rowIndexes'))?.[id];
          if (status) await show(id, { ...status, on: false });
          searches.delete(id);
          return ok(null);
        }),
      ),

    erase,

    /**
     * Reads what is new, and what has not been read yet, until there is no more or the share of Notion's limit is used up;
     * at once when it was done within the last minute. What fails leaves what there is, and the next call goes on.
     */
    refresh(id: string): Promise<Result<Refreshed>> {
      const under = running.get(id);
      if (under) return under;
      const run = refreshNow(id).finally(() => running.delete(id));
      running.set(id, run);
      return run;
    },

    /** Has the next refreshes read everything anew, after which rows that are gone are gone here as well. */
    rebuild: (id: string): Promise<Result<null>> =>
      caught(() =>
        inTurn(async () => {
          const destination = await knownDestination(records, id);
          const progress = destination && (await progressOf(id, basisOf(destination.mapping)));
          if (progress && (await isOn(id))) await change(id, { progress: beginRebuild(progress) });
          return ok(null);
        }),
      ),

    /** A save has become a row: it is known at once. */
    noteSaved: ({ capture, destinationId: id, adopted }: Save, row: Row): Promise<Result<null>> =>
      caught(() =>
        inTurn(async () => {
          const destination = await knownDestination(records, id);
          if (!destination || !(await isOn(id))) return ok(null);
          const { mapping } = destination;
          // When one was made that was there before is known from Notion alone.
          const [raw] = adopted ? await store.get(id, [row.id]) : [];
          const [before] = raw === undefined ? [] : readStored(id, raw);
          const saved: SavedRow = {
            ...row,
            dataSourceId: id,
            address: mapping.url !== null && fitsUrl(capture.url) ? capture.url : '',
            title: titleOf(capture).slice(0, MAX_TITLE),
            tags: mapping.tags === null ? [] : capture.tags,
            editedAt: clock(),
            createdAt: adopted ? (before?.createdAt ?? null) : clock(),
          };
          const start = await startingPoint(id, basisOf(mapping));
          const { entries, ...what } = await changeFor(id, start, [saved], []);
          await change(id, what, entries);
          await show(id, statusOf(true, what.progress));
          return ok(null);
        }),
      ),

    /** A row as Notion has just told it. */
    noteRead: (destination: Destination, page: unknown): Promise<Result<null>> =>
      caught(() =>
        inTurn(async () => {
          const { id, mapping } = destination;
          const read = readSavedRow(page, destination);
          const progress = (await isOn(id)) ? await progressOf(id, basisOf(mapping)) : null;
          if (!progress || read.kind !== 'row') return ok(null);
          const { entries, ...what } = await changeFor(id, progress, [read.row], []);
          if (what.put.length > 0) await change(id, what, entries);
          return ok(null);
        }),
      ),

    /** A row is gone: undone, or found not to be there any more. */
    noteGone: removeRow,

    /**
     * The row with that address, of several the one made last; null when none is known, which means that there is none
     * only where `isFresh`, and only for an address that fits a property (`fitsUrl`).
     */
    find,

    isFresh: knowsAll,

    /** Whether a page is certainly not saved, but by others within the last minutes, so that nobody has to be asked. */
    async isAbsent(id: string, url: string): Promise<boolean> {
      if (!fitsUrl(url) || !(await knowsAll(id))) return false;
      const found = await find(id, url);
      return found.ok && found.value === null;
    },

    /** Somebody is about to search: what is searched is loaded. */
    prepare: (): Promise<Result<null>> =>
      caught(async () => {
        await Promise.all((await idsKept()).map(search));
        return ok(null);
      }),

    /** Rows of all databases that are switched on which hold every word typed, the best first; see `createRowSearch`. */
    search: (typed: string, limit: number): Promise<Result<SavedRow[]>> =>
      caught(async () => {
        const ids = await idsKept();
        const found = (await Promise.all(ids.map((id) => searchIn(id, typed, limit)))).flat();
        if (ids.length > 1)
          found.sort((a, b) => a.rank - b.rank || (b.row.editedAt ?? 0) - (a.row.editedAt ?? 0));
        return ok(found.slice(0, limit).map(({ row }) => row));
      }),

    /** Some of the rows that are kept of a database, in the order of their ids; `last` null: there are no more. */
    page: (id: string, after: string | null): Promise<Result<{ rows: SavedRow[]; last: string | null }>> =>
      caught(async () => {
        const raw = await store.page(id, after, PAGE);
        const last = raw.length < PAGE ? undefined : (raw.at(-1) as { id?: unknown }).id;
        return ok({
          rows: raw.flatMap((one) => readStored(id, one)),
          last: typeof last === 'string' ? last : null,
        });
      }),

    /** What all that is kept takes on this device, in bytes; null where the browser does not say. */
    bytes: (): Promise<Result<number | null>> => caught(async () => ok(await store.bytes())),
  };
}
