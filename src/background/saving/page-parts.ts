/** What was read of pages, as blocks, stored in parts until they are in Notion, with the pictures that go along. */
import * as z from 'zod/mini';
import { withoutTextFragment, withTextFragment } from '../../core/address/text-fragment.ts';
import { blocksOf } from '../../core/content/blocks.ts';
import { countsOf } from '../../core/content/counts.ts';
import { bareArticle } from '../../core/content/earlier.ts';
import type { PageContent } from '../../core/content/page-content.ts';
import { partsOf } from '../../core/content/parts.ts';
import { filesIn, withoutLink, withUploads } from '../../core/content/picture-files.ts';
import { plainer } from '../../core/content/plain.ts';
import { type PreviewLine, previewOf } from '../../core/content/preview.ts';
import type { PictureFile, ReadContent } from '../../core/content/read-content.ts';
import { missingInWords } from '../../core/content/told.ts';
import { ok, type Result } from '../../core/failure.ts';
import type { Block } from '../../core/notion/block.ts';
import { fitsUrl } from '../../core/notion/content.ts';
import type { Save } from '../../core/save/record.ts';
import { within } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import type { Saves } from '../store/saves.ts';
import { storageFailure } from '../store/storage-failure.ts';

export type PageParts = {
  /**
   * Stores what was read of a page; null when there is nothing in it.
   * @param of its address, and its title, which is not said twice
   */
  store(read: ReadContent, of: { url: string; title: string }): Promise<Result<PageContent | null>>;
  /** The blocks of a part, with the uploads that there are; null when they are not there any more. */
  part(page: PageContent, part: number): Promise<readonly unknown[] | null>;
  /** What of it goes with the row of a save: the first part, unless pictures are to be brought before it. */
  first(save: Save): Promise<readonly unknown[]>;
  /** All of it in short lines. */
  preview(page: PageContent): Promise<PreviewLine[]>;
  /** A picture, and whether it has an address; null when it is not there any more. */
  picture(page: PageContent, file: number): Promise<StoredPicture | null>;
  /** Makes the part plainer that Notion has refused. @returns how many pictures went with that; null when there is no plainer form */
  makePlainer(save: Save, why: string): Promise<{ lost: number } | null>;
  /** Removes the parts of a save that is finished, unless another one has them too. */
  release(save: Save): Promise<void>;
  /** Removes what no save has come for, and what was left when the browser ended. */
  tidy(): Promise<void>;
};

const Blocks = z.array(z.unknown());

const StoredPicture = z.object({
  /** Its media type, one that Notion takes. */
  type: z.string(),
  data: z.string(),
  /** It can be seen under this address by those whom its host lets in; empty: it has none. */
  url: z.string(),
});
export type StoredPicture = z.infer<typeof StoredPicture>;

/** Where a picture is stored, beside the parts. */
const keyOf = (file: number): number => -1 - file;

/** So long what was read is kept for a save that is still to come, in milliseconds: a popup may be open for that long. */
const UNUSED = 60 * 60_000;

export function createPageParts({
  clock,
  parts,
  random,
  text,
  saves,
}: Pick<Ports, 'clock' | 'parts' | 'random' | 'text'> & { saves: Pick<Saves, 'open' | 'ended'> }): PageParts {
  /** A row does not depend on what its page says: storage that cannot be read has lost it. */
  async function stored<S extends z.ZodMiniType>(
    id: string,
    key: number,
    form: S,
  ): Promise<z.infer<S> | null> {
    const read = z.safeParse(form, await parts.get(id, key).catch(() => undefined));
    return read.success ? read.data : null;
  }

  const part: PageParts['part'] = async ({ id, files = [] }, number) => {
    const blocks = await stored(id, number, Blocks);
    return blocks && withUploads(blocks as Block[], files, text('content_picture_missing'));
  };

  const store: PageParts['store'] = async ({ nodes, kind, left, isCut, files, directive }, of) => {
    const built = blocksOf(nodes, of);
    if (built.blocks.length === 0) return ok(null);
    const allLeft = sum(left, built.left as Record<string, number>);
    const cutShort = isCut ? { isCut: true as const } : {};
    const missing = missingInWords({ left: allLeft, ...cutShort }, text);
    // Whoever reads the page in Notion is told as well.
    const place =
      directive === undefined
        ? []
        : leadTo(withTextFragment(withoutTextFragment(of.url), directive), text('content_place'));
    const note = missing === '' ? [] : [noteOf(missing)];
    const blocks = [...built.blocks, ...place, ...note];
    const cut = partsOf(blocks);
    const id = `${clock()}~${random.uuid()}`;
    const pictures = picturesOf(cut, files);
    const counts = countsOf(built.blocks);
    try {
      await parts.put(id, new Map<number, unknown>([...cut.entries(), ...pictures.stored]));
    } catch (error) {
      // Pictures are most of it: the words may fit without them.
      const isKept =
        pictures.stored.length > 0 &&
        (await parts.put(id, new Map(cut.entries())).then(
          () => true,
          () => false,
        ));
      if (!isKept) return { ok: false, failure: storageFailure(error) };
      pictures.files = pictures.files.map(({ part: of }) => ({ part: of, isLost: true }));
      const lost = withoutLink(blocks);
      if (lost > 0) allLeft.pictures = (allLeft.pictures ?? 0) + lost;
    }
    return ok({
      id,
      kind,
      parts: cut.map((blocks) => blocks.length),
      bare: bareArticle(cut.flat()),
      ...(pictures.files.length > 0 ? { files: pictures.files } : {}),
      ...(counts.pictures > pictures.stored.length ? { copies: {} } : {}),
      counts,
      left: allLeft,
      ...cutShort,
    });
  };

  return {
    part,
    store,
    first: async ({ page }) =>
      page && !page.files?.some((file) => file.part === 0) ? ((await part(page, 0)) ?? []) : [],
    async preview(page) {
      const all = await Promise.all(page.parts.map((_, number) => stored(page.id, number, Blocks)));
      return previewOf(all.flatMap((blocks) => (blocks ?? []) as Block[]));
    },
    picture: ({ id }, file) => stored(id, keyOf(file), StoredPicture),

    async makePlainer({ page, content, plainer: times = 0 }, why) {
      const number = content?.part;
      const blocks = page && number !== undefined ? await stored(page.id, number, Blocks) : null;
      const next = blocks && plainer(blocks, { times, why });
      if (!page || number === undefined || !next) return null;
      await parts.put(page.id, new Map([[number, next]]));
      return { lost: withoutLink(blocks as Block[]) - withoutLink(next) };
    },

    async release({ page }) {
      if (page && !idsOf(saves.open()).has(page.id)) await parts.erase([page.id]);
    },

    async tidy() {
      const [needed, done] = [idsOf(saves.open()), idsOf(saves.ended())];
      const isOver = (id: string) => done.has(id) || !within(Number.parseInt(id, 10), UNUSED, clock());
      const ids = (await parts.ids()).filter((id) => !needed.has(id) && isOver(id));
      if (ids.length > 0) await parts.erase(ids);
    },
  };
}

const idsOf = (all: Iterable<Save>): Set<string> =>
  new Set([...all].flatMap(({ page }) => (page ? [page.id] : [])));

/** Pictures that come along, by the first part that shows them. What no part shows is none. */
function picturesOf(
  parts: readonly (readonly Block[])[],
  files: readonly PictureFile[],
): { files: NonNullable<PageContent['files']>; stored: [number, StoredPicture][] } {
  const shown = parts.flatMap((blocks, part) => filesIn(blocks).map((one) => ({ ...one, part })));
  const stored = files.flatMap((file, number): [number, StoredPicture][] => {
    const one = shown.find((picture) => picture.file === number);
    return one ? [[keyOf(number), { ...file, url: one.url }]] : [];
  });
  if (shown.length === 0) return { files: [], stored };
  const count = Math.max(...shown.map(({ file }) => file)) + 1;
  const all = Array.from({ length: count }, (_, number) => shown.find(({ file }) => file === number));
  return { files: all.map((one) => (one ? { part: one.part } : { part: -1, isLost: true })), stored };
}

/** A link to where it stands in its page. */
function leadTo(url: string, words: string): Block[] {
  if (!fitsUrl(url)) return [];
  const link = { type: 'text', text: { content: words, link: { url } } } as const;
  return [{ type: 'paragraph', paragraph: { rich_text: [link] } }];
}

const noteOf = (words: string): Block => ({
  type: 'paragraph',
  paragraph: {
    rich_text: [{ type: 'text', text: { content: words }, annotations: { italic: true, color: 'gray' } }],
  },
});

function sum(...all: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const one of all)
    for (const [kind, count] of Object.entries(one)) total[kind] = (total[kind] ?? 0) + count;
  return total;
}
