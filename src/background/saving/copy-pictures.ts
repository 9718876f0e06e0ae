/**
 * Copies of the pictures of a page that has arrived: Notion fetches each by itself, and shows its copy in place of the link. What it
 * cannot fetch stays a link.
 */
import * as z from 'zod/mini';
import type { PictureCopies } from '../../core/content/page-content.ts';
import { certain } from '../../core/notion/judge.ts';
import { BlockList, BlockReply, FileUploadReply } from '../../core/notion/replies.ts';
import { getBlockChildren, getFileUpload, importFile, showUpload } from '../../core/notion/requests.ts';
import { Traces } from '../../core/notion/traces.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import type { Attempt } from './attempt.ts';
import type { Deliver } from './deliver.ts';

/** So often Notion is asked whether it has a picture, and the rest before each time, in milliseconds. */
const MOST_ASKED = 8;
const REST = 2_000;

const LinkedPicture = z.looseObject({
  id: z.string(),
  ...Traces,
  image: z.looseObject({ external: z.looseObject({ url: z.string() }) }),
});
const Parent = z.looseObject({ id: z.string(), type: z.string(), has_children: z.literal(true) });

export function createCopyPictures({
  clock,
  notion,
  records,
  unlessLater,
  botOf,
  botsOf,
}: Attempt): Pick<Deliver, 'copy-picture'> {
  const going = (copies: PictureCopies, wait = 0): ClaimEvent => ({
    type: 'copied',
    at: clock(),
    copies,
    wait,
  });

  async function copyPicture(save: Save): Promise<ClaimEvent> {
    const { page, row, destinationId } = save;
    const form = await records.getOne('form', destinationId);
    if (!page?.copies || !row || !form?.copies) return { type: 'copied', at: clock(), copies: null };
    return page.copies.pending
      ? settle(save, page.copies, page.copies.pending)
      : beginNext(save, page.copies, page.copies.parents ?? [row.id]);
  }

  /** The next picture that is a link, or the next place to look for one. */
  async function beginNext(
    save: Save,
    copies: PictureCopies,
    parents: readonly string[],
  ): Promise<ClaimEvent> {
    const [parent, ...others] = parents;
    const { cursor, links = [], ...rest } = copies;
    if (parent === undefined)
      return going({ ...(links.length > 0 ? { links: [...links] } : {}), isDone: true });
    const botId = await botOf(save);
    const read = certain(await notion.send(botId, getBlockChildren(parent, cursor), BlockList));
    // Somebody has taken it away.
    if (!read.ok) return unlessLater(save, read.failure, () => going({ ...rest, links, parents: others }));
    const { results, next_cursor: next } = read.value;
    const picture = await firstLink(save, results, links);
    if (picture) {
      const made = certain(await notion.send(botId, importFile(picture.url), FileUploadReply));
      const here = { ...copies, parents: [...parents] };
      if (made.ok)
        return going({ ...here, pending: { block: picture.id, upload: made.value.id, asked: 0 } }, REST);
      return unlessLater(save, made.failure, () => going({ ...here, links: [...links, picture.id] }));
    }
    const within = results.flatMap((raw) => {
      const block = z.safeParse(Parent, raw);
      return block.success && block.data.type !== 'table' ? [block.data.id] : [];
    });
    return next === null
      ? going({ ...rest, links, parents: [...others, ...within] })
      : going({ ...rest, links, cursor: next, parents: [parent, ...others, ...within] });
  }

  /** The first picture of ours that is a link and may become a copy. */
  async function firstLink(
    save: Save,
    blocks: readonly unknown[],
    links: readonly string[],
  ): Promise<{ id: string; url: string } | null> {
    const botIds = await botsOf(save);
    for (const raw of blocks) {
      const picture = z.safeParse(LinkedPicture, raw);
      if (!picture.success || links.includes(picture.data.id)) continue;
      const { id, image } = picture.data;
      const { created_by: maker } = picture.data;
      if (maker === undefined || botIds.has(maker.id)) return { id, url: image.external.url };
    }
    return null;
  }

  /** Whether Notion has the picture by now. */
  async function settle(
    save: Save,
    { pending: _, ...copies }: PictureCopies,
    { block, upload, asked }: NonNullable<PictureCopies['pending']>,
  ): Promise<ClaimEvent> {
    const botId = await botOf(save);
    const staysLink = () => going({ ...copies, links: [...(copies.links ?? []), block] });
    const read = certain(await notion.send(botId, getFileUpload(upload), FileUploadReply));
    if (!read.ok) return unlessLater(save, read.failure, staysLink);
    const { status } = read.value;
    if (status === 'pending' && asked < MOST_ASKED)
      return going({ ...copies, pending: { block, upload, asked: asked + 1 } }, REST);
    if (status !== 'uploaded') return staysLink();
    const shown = certain(await notion.send(botId, showUpload(block, upload), BlockReply));
    return shown.ok ? going(copies) : unlessLater(save, shown.failure, staysLink);
  }

  return { 'copy-picture': copyPicture };
}
