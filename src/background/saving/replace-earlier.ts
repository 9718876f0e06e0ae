/**
 * The earlier article of a row, once a new one is there: it goes to the trash, unless somebody has changed anything in it. Undo takes
 * it out again.
 */
import { articleHeadings, bareBlocks, holders, isOnlyBy } from '../../core/content/earlier.ts';
import type { Earlier } from '../../core/content/page-content.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { idOf } from '../../core/notion/content.ts';
import { certain } from '../../core/notion/judge.ts';
import { BlockList, BlockReply } from '../../core/notion/replies.ts';
import { deleteBlock, getBlock, getBlockChildren, restoreBlock } from '../../core/notion/requests.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import type { Ports } from '../../ports.ts';
import type { Attempt } from './attempt.ts';
import type { Deliver } from './deliver.ts';

/** A page of so many requests is looked through; longer ones keep what they have. */
const MOST_PAGES = 20;
/** So many blocks that hold others are looked into; where there are more, what is there stays. */
const MOST_WITHIN = 40;

export function createReplaceEarlier(
  { clock, notion, refused, refusedFor, unlessLater, botOf, botsOf }: Attempt,
  { text }: Pick<Ports, 'text'>,
): Pick<Deliver, 'replace-earlier' | 'put-back'> {
  const going = (earlier: Earlier): ClaimEvent => ({ type: 'replaced', at: clock(), earlier });
  const staying = (earlier: Earlier): ClaimEvent => going({ ...earlier, isKept: true, isDone: true });

  async function replaceEarlier(save: Save): Promise<ClaimEvent> {
    const { row, page } = save;
    if (!row || !page?.earlier) return refused(failure('unexpected'));
    return page.earlier.blocks
      ? takeNext(save, page.earlier, page.earlier.blocks)
      : find(save, page.earlier, row.id);
  }

  /** All that stands there; null where it is too long, a failure where it cannot be read. */
  async function read(save: Save, parent: string): Promise<{ blocks: unknown[] } | { why: Failure } | null> {
    const blocks: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const one = certain(await notion.send(await botOf(save), getBlockChildren(parent, cursor), BlockList));
      if (!one.ok) return { why: one.failure };
      blocks.push(...one.value.results);
      if (one.value.next_cursor === null) return { blocks };
      cursor = one.value.next_cursor;
    }
    return null;
  }

  async function find(save: Save, earlier: Earlier, rowId: string): Promise<ClaimEvent> {
    const here = await read(save, rowId);
    if (!here) return staying(earlier);
    if ('why' in here) return unlessLater(save, here.why, () => staying(earlier));
    const { added = [], page } = save;
    const [ours] = added;
    const under = ours === undefined ? null : await read(save, ours);
    if (under && 'why' in under) return unlessLater(save, under.why, () => staying(earlier));
    // Nothing goes before all of the new one is seen.
    const lost = page?.left.lost ?? 0;
    const wanted = (page?.parts ?? []).reduce((sum, count) => sum + count, 0) - lost;
    if (!under || lost > 0 || under.blocks.length < wanted) return staying(earlier);
    const botIds = await botsOf(save);
    const others = here.blocks.filter((raw) => !added.includes(idOf(raw)));
    const heading = text('content_heading', '\u0000').split('\u0000');
    const olds = [
      ...articleHeadings(others, { heading: [heading[0] ?? '', heading[1] ?? ''], botIds }),
      ...earlier.bare.flatMap((bare) => bareBlocks(others, bare)),
    ];
    const blocks = [...new Set(olds.map(idOf))];
    if (blocks.length === 0) return going({ ...earlier, isDone: true });
    const isOurs = await areOnlyOurs(save, olds, botIds);
    if (isOurs === true) return going({ ...earlier, blocks });
    return isOurs === false ? staying(earlier) : unlessLater(save, isOurs, () => staying(earlier));
  }

  /** Whether nobody else has touched these or anything in them, as far as that can be seen. */
  async function areOnlyOurs(
    save: Save,
    olds: readonly unknown[],
    botIds: ReadonlySet<string>,
  ): Promise<boolean | Failure> {
    let level = olds;
    for (let looked = 0; level.length > 0; ) {
      if (!level.every((raw) => isOnlyBy(raw, botIds))) return false;
      const next: unknown[] = [];
      for (const parent of holders(level)) {
        looked += 1;
        const within = looked > MOST_WITHIN ? null : await read(save, parent);
        if (!within) return false;
        if ('why' in within) return within.why;
        next.push(...within.blocks);
      }
      level = next;
    }
    return true;
  }

  async function takeNext(save: Save, earlier: Earlier, blocks: readonly string[]): Promise<ClaimEvent> {
    const [id, ...others] = blocks;
    if (id === undefined) return going({ ...earlier, isDone: true });
    const gone = certain(await notion.send(await botOf(save), deleteBlock(id), BlockReply));
    if (gone.ok) return going({ ...earlier, blocks: others, gone: [...(earlier.gone ?? []), id] });
    // An earlier request may have done it of which nothing was heard; or somebody was quicker, and wants it so.
    const block = certain(await notion.send(await botOf(save), getBlock(id), BlockReply));
    const isByUs = block.ok && block.value.in_trash === true && isOnlyBy(block.value, await botsOf(save));
    if (isByUs) return going({ ...earlier, blocks: others, gone: [...(earlier.gone ?? []), id] });
    return unlessLater(save, gone.failure, () => going({ ...earlier, blocks: others }));
  }

  async function putBack(save: Save): Promise<ClaimEvent> {
    // What went last comes back first, as it stood.
    const id = save.page?.earlier?.gone?.at(-1);
    if (id === undefined) return refused(failure('unexpected'));
    const back = certain(await notion.send(await botOf(save), restoreBlock(id), BlockReply));
    const done: ClaimEvent = { type: 'put-back', at: clock(), id };
    if (back.ok) return done;
    const block = certain(await notion.send(await botOf(save), getBlock(id), BlockReply));
    // Somebody has taken it out, or has thrown it away for good.
    const isOver = block.ok ? !block.value.in_trash : block.failure.code === 'not-shared';
    return isOver ? done : refusedFor(save, back.failure);
  }

  return { 'replace-earlier': replaceEarlier, 'put-back': putBack };
}
