/** What is added to the page of a row, found there again, and taken out of it. */
import { failure, ok, type Result } from '../../core/failure.ts';
import { addedIds, appendBlocks, blocksMadeAt, doubleBlocks, maybeAdded } from '../../core/notion/content.ts';
import { certain } from '../../core/notion/judge.ts';
import { BlockList, BlockReply } from '../../core/notion/replies.ts';
import { deleteBlock, getBlock, getBlockChildren } from '../../core/notion/requests.ts';
import { isUntouched } from '../../core/notion/traces.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import { type Attempt, doubtOf } from './attempt.ts';
import type { Deliver } from './deliver.ts';

/** So many pages of a hundred blocks each are read in one claim; the next one goes on from there. */
const BLOCK_PAGES = 20;

export function createChangePage({
  clock,
  notion,
  records,
  refused,
  refusedFor,
  unsure,
  cannotLook,
  botOf,
  botsOf,
  repeatOf,
}: Attempt): Pick<Deliver, 'append' | 'look-into' | 'verify-blocks' | 'take-out'> {
  /** The blocks that are known to be those of some save. */
  const addedByAny = async (): Promise<ReadonlySet<string>> =>
    new Set((await records.all('save')).flatMap(({ added = [] }) => added));

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

  return { append, 'look-into': lookInto, 'verify-blocks': verifyBlocks, 'take-out': takeOut };
}
