/** What is added to the page of a row, found there again, and taken out of it. */
import { isPictureType, pictureName } from '../../core/content/picture-type.ts';
import { type Failure, failure, ok, type Result } from '../../core/failure.ts';
import {
  addedIds,
  appendBlocks,
  blocksMadeAt,
  doubleBlocks,
  idOf,
  maybeAdded,
} from '../../core/notion/content.ts';
import { certain } from '../../core/notion/judge.ts';
import { BlockList, BlockReply, FileUploadReply } from '../../core/notion/replies.ts';
import {
  createFileUpload,
  deleteBlock,
  getBlock,
  getBlockChildren,
  sendFileUpload,
} from '../../core/notion/requests.ts';
import { isUntouched } from '../../core/notion/traces.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import { isOfPart } from '../../core/save/page-content.ts';
import { nextPicture } from '../../core/save/picture-uploads.ts';
import type { Save } from '../../core/save/record.ts';
import { within } from '../../core/time.ts';
import { type Attempt, doubtOf } from './attempt.ts';
import type { Deliver } from './deliver.ts';

/** So many pages of a hundred blocks each are read in one claim; the next one goes on from there. */
const BLOCK_PAGES = 20;

/** What one request has added, of which it is asked whether it is there twice. */
type BlocksLook = {
  madeAt: number;
  ids: readonly string[];
  blocks: readonly unknown[];
  /** The block within which, and the one behind which they were sent. */
  under?: string | undefined;
  after?: string | undefined;
};

/** Milliseconds for which an upload is believed to be there. Notion throws it away when nothing shows it for an hour. */
const UPLOAD_LASTS = 50 * 60_000;
/** So often a picture is tried before the words go without it. */
const UPLOAD_TRIES = 5;

export function createChangePage({
  clock,
  notion,
  records,
  pageParts,
  refused,
  refusedFor,
  unsure,
  cannotLook,
  botOf,
  botsOf,
  repeatOf,
}: Attempt): Pick<Deliver, 'upload' | 'append' | 'look-into' | 'verify-blocks' | 'take-out'> {
  /** The blocks that are known to be those of some save. */
  const addedByAny = async (): Promise<ReadonlySet<string>> =>
    new Set((await records.all('save')).flatMap(({ added = [] }) => added));

  async function append(save: Save): Promise<ClaimEvent> {
    const { row, content } = save;
    if (!row || !content) return refused(failure('unexpected'));
    const blocks = await sentBlocks(save);
    if (!blocks) return { type: 'part-lost', at: clock() };
    if (haveLapsed(save)) return { type: 'uploads-lapsed', at: clock() };
    const botId = await botOf(save);
    const { parent, after } = placeOf(save);
    let verdict = await notion.send(botId, appendBlocks(parent, blocks, after), BlockList);
    const isPlaceLost =
      verdict.kind === 'refused' && ['not-shared', 'values-refused'].includes(verdict.failure.code);
    // Somebody may have taken away the block behind which they were to go.
    if (after !== undefined && isPlaceLost)
      verdict = await notion.send(botId, appendBlocks(parent, blocks), BlockList);
    if (verdict.kind === 'done') {
      const { results } = verdict.value;
      // What was made is what is answered, however it is written there.
      const ids = results.length === blocks.length ? results.map(idOf) : addedIds(results, blocks);
      const doubt = repeatOf(verdict, blocksMadeAt(results, ids));
      return { type: 'appended', at: clock(), ids, ...doubt };
    }
    if (verdict.kind !== 'refused') return unsure(verdict.failure);
    if (await isPlaceGone(save, verdict.failure)) return { type: 'part-lost', at: clock() };
    const why = await refusedFor(save, verdict.failure, { hasValues: true });
    const isOfBlocks = isOfPart(save) && why.failure.code === 'values-refused';
    const plainer = isOfBlocks ? await pageParts.makePlainer(save, verdict.failure.detail ?? '') : null;
    if (plainer) return { type: 'made-plainer', at: clock(), ...plainer };
    return { ...why, of: 'append' };
  }

  /** The blocks that are on their way, or may be there; null when they are not on this device any more. */
  async function sentBlocks(save: Save): Promise<readonly unknown[] | null> {
    const { content, page } = save;
    if (!content || !page || !isOfPart(save)) return content ? content.blocks.slice(0, content.sent) : null;
    return pageParts.part(page, content.part ?? 0);
  }

  /** Whether pictures of the part that is sent next may not be with Notion any more. */
  const haveLapsed = ({ page, content }: Save): boolean =>
    page?.files?.some(
      ({ part, upload }) => part === content?.part && upload && !within(upload.at, UPLOAD_LASTS, clock()),
    ) ?? false;

  /** Brings the next picture to Notion. A second time does no harm: what no block shows lapses. */
  async function upload(save: Save): Promise<ClaimEvent> {
    const { page } = save;
    const file = nextPicture(save);
    if (!page || file === null) return refused(failure('unexpected'));
    const picture = await pageParts.picture(page, file);
    const isNot = {
      type: 'not-uploaded',
      at: clock(),
      file,
      hasLink: picture ? picture.url !== '' : false,
    } as const;
    if (!picture || !isPictureType(picture.type)) return isNot;
    const bytes = Uint8Array.from(atob(picture.data), (sign) => sign.charCodeAt(0));
    const form = { name: pictureName(file, picture.type), type: picture.type, bytes };
    const botId = await botOf(save);
    const made = certain(await notion.send(botId, createFileUpload(form.name, form.type), FileUploadReply));
    const sent = made.ok
      ? certain(await notion.send(botId, sendFileUpload(made.value.id, form), FileUploadReply))
      : made;
    if (sent.ok) return { type: 'uploaded', at: clock(), file, upload: sent.value.id };
    // What it says of this one picture does not hold up the others, nor the words around it.
    const isOfPicture = ['values-refused', 'not-shared', 'block-limit'].includes(sent.failure.code);
    return isOfPicture || save.tries >= UPLOAD_TRIES ? isNot : refusedFor(save, sent.failure);
  }

  /** Whether somebody has taken away the block of ours within which they were to go: then they are not wanted. */
  async function isPlaceGone(save: Save, why: Failure): Promise<boolean> {
    const under = isOfPart(save) ? save.content?.under : null;
    if (!under || !['not-shared', 'values-refused'].includes(why.code)) return false;
    const block = certain(await notion.send(await botOf(save), getBlock(under), BlockReply));
    return block.ok ? block.value.in_trash === true : block.failure.code === 'not-shared';
  }

  /** Where they go: within which block or page, and behind which of its blocks. */
  const placeOf = ({ row, content, ...save }: Save): { parent: string; after: string | undefined } =>
    isOfPart({ row, content, ...save })
      ? { parent: content?.under ?? row?.id ?? '', after: content?.last }
      : { parent: row?.id ?? '', after: undefined };

  /**
   * The next blocks of a page, from that place on; `next` is where to go on, with the last of these once more, as what is looked
   * for may begin in one part of the page and end in the next.
   */
  async function readBlocks(
    save: Save,
    parent: string,
    from: string | undefined,
  ): Promise<Result<{ blocks: unknown[]; next: string | null; asOf: number }>> {
    const botId = await botOf(save);
    const blocks: unknown[] = [];
    let cursor = from;
    let asOf: number | null = null;
    for (let page = 1; ; page++) {
      const verdict = await notion.send(botId, getBlockChildren(parent, cursor), BlockList);
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
    const sent = await sentBlocks(save);
    if (!sent) return { type: 'part-lost', at: clock() };
    const { parent, after } = placeOf(save);
    const read = await readBlocks(save, parent, content.seen?.cursor);
    if (!read.ok) {
      if (await isPlaceGone(save, read.failure)) return { type: 'part-lost', at: clock() };
      // A place in the page that Notion has forgotten.
      const isLost = content.seen && read.failure.code === 'values-refused';
      return isLost ? { type: 'look-anew', at: clock() } : refusedFor(save, read.failure);
    }
    const { blocks, next, asOf } = read.value;
    const before = parent === row.id ? (content.before ?? 0) : 0;
    // What came with the row, or was added before, may begin with the same words.
    const behind = after === undefined ? -1 : blocks.findIndex((block) => idOf(block) === after);
    const added = content.seen === undefined ? blocks.slice(Math.max(before, behind + 1)) : blocks;
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
        : doublesIn(added, [{ blocks: sent, madeAt: made }], { ours: new Set([...ours, ...ids]), botIds });
    return {
      type: 'appended',
      at: clock(),
      ids,
      surplus,
      ...doubtOf(made, isWhole && surplus.length === 0 ? asOf : null),
    };
  }

  /** Which of these blocks are those that were sent, a second time. */
  function doublesIn(
    found: readonly unknown[],
    looks: readonly Pick<BlocksLook, 'blocks' | 'madeAt'>[],
    known: { ours: ReadonlySet<string>; botIds: ReadonlySet<string> },
  ): string[] {
    return [
      ...new Set(looks.flatMap(({ blocks, madeAt }) => doubleBlocks(found, blocks, { ...known, madeAt }))),
    ];
  }

  /** The blocks of which it is asked whether they are there twice, each request's apart; without those that nobody knows any more. */
  async function looksOf({ page, repeats }: Save): Promise<BlocksLook[]> {
    const { blocks: look } = repeats ?? {};
    if (!look) return [];
    const partOf = async (part: number) => (page && (await pageParts.part(page, part))) ?? [];
    const first = { ...look, blocks: look.part === undefined ? look.blocks : await partOf(look.part) };
    const more = (look.more ?? []).map(async ({ part, ...one }) => ({ ...one, blocks: await partOf(part) }));
    return [first, ...(await Promise.all(more))].filter(({ blocks }) => blocks.length > 0);
  }

  /** Looks for blocks that the browser added a second time. */
  async function verifyBlocks(save: Save): Promise<ClaimEvent> {
    const look = save.repeats?.blocks;
    if (!save.row || !look) return refused(failure('unexpected'));
    const [looks, theirs, botIds] = await Promise.all([looksOf(save), addedByAny(), botsOf(save)]);
    const ours = new Set([...theirs, ...(look.known ?? []), ...looks.flatMap(({ ids }) => ids)]);
    const here = looks.filter(({ under }) => under === undefined);
    const read = await readBlocks(save, save.row.id, look.cursor);
    if (!read.ok) {
      const isLost = look.cursor !== undefined && read.failure.code === 'values-refused';
      return isLost
        ? { type: 'blocks-verified', at: clock(), asOf: look.lookedAt ?? clock(), surplus: [] }
        : cannotLook(read.failure);
    }
    const { blocks, next, asOf } = read.value;
    // Parts that are alike cannot be told apart but by where they stand.
    const after = look.isPast ? undefined : here[0]?.after;
    const at = after === undefined ? -1 : blocks.findIndex((one) => idOf(one) === after);
    const isPast = after === undefined || at !== -1;
    const before = look.cursor === undefined ? look.before : 0;
    const behind = isPast ? blocks.slice(Math.max(before, at + 1)) : [];
    const surplus = doublesIn(behind, here, { ours, botIds });
    const within = await doublesWithin(save, looks, { ours, botIds });
    if (!within.ok) return cannotLook(within.failure);
    return {
      type: 'blocks-verified',
      at: clock(),
      asOf,
      surplus: [...surplus, ...within.value],
      ...(next === null ? {} : { cursor: next, isPast }),
    };
  }

  /** The same within blocks of ours. */
  async function doublesWithin(
    save: Save,
    looks: readonly BlocksLook[],
    known: { ours: ReadonlySet<string>; botIds: ReadonlySet<string> },
  ): Promise<Result<string[]>> {
    const surplus: string[] = [];
    for (const parent of new Set(looks.flatMap(({ under = [] }) => under))) {
      const own = looks.filter(({ under }) => under === parent);
      const read = await readBlocks(save, parent, undefined);
      // Somebody has taken it away.
      if (!read.ok && read.failure.code === 'not-shared') continue;
      if (!read.ok) return read;
      const { blocks } = read.value;
      const at = blocks.findIndex((one) => idOf(one) === own[0]?.after);
      const isPast = own[0]?.after === undefined || at !== -1;
      if (isPast) surplus.push(...doublesIn(blocks.slice(at + 1), own, known));
    }
    return ok(surplus);
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

  return { upload, append, 'look-into': lookInto, 'verify-blocks': verifyBlocks, 'take-out': takeOut };
}
