/** What was read of pages, as blocks, stored in parts until they are in Notion. */
import * as z from 'zod/mini';
import { blocksOf } from '../../core/content/blocks.ts';
import { countsOf } from '../../core/content/counts.ts';
import type { PageContent } from '../../core/content/page-content.ts';
import { partsOf } from '../../core/content/parts.ts';
import { plainer } from '../../core/content/plain.ts';
import type { ReadContent } from '../../core/content/read-content.ts';
import { missingInWords } from '../../core/content/told.ts';
import { ok, type Result } from '../../core/failure.ts';
import type { Block } from '../../core/notion/block.ts';
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
  /** The blocks of a part; null when they are not there any more. */
  part(id: string, part: number): Promise<readonly unknown[] | null>;
  /** The blocks of the first part of what a save has read of its page; none where it has none. */
  first(save: Save): Promise<readonly unknown[]>;
  /** Makes the part plainer that Notion has refused. @returns whether there is a plainer form */
  makePlainer(save: Save, why: string): Promise<boolean>;
  /** Removes the parts of a save that is finished, unless another one has them too. */
  release(save: Save): Promise<void>;
  /** Removes what no save has come for, and what was left when the browser ended. */
  tidy(): Promise<void>;
};

const Blocks = z.array(z.unknown());

/** So long what was read is kept for a save that is still to come, in milliseconds: a popup may be open for that long. */
const UNUSED = 60 * 60_000;

export function createPageParts({
  clock,
  parts,
  random,
  text,
  saves,
}: Pick<Ports, 'clock' | 'parts' | 'random' | 'text'> & { saves: Pick<Saves, 'open' | 'ended'> }): PageParts {
  async function part(id: string, number: number): Promise<readonly unknown[] | null> {
    // A row does not depend on what its page says: storage that cannot be read has lost it.
    const read = z.safeParse(Blocks, await parts.get(id, number).catch(() => undefined));
    return read.success ? read.data : null;
  }

  return {
    part,
    first: async ({ page }) => (page && (await part(page.id, 0))) ?? [],

    async store({ nodes, kind, left, isCut }, of) {
      const built = blocksOf(nodes, of);
      if (built.blocks.length === 0) return ok(null);
      const allLeft = sum(left, built.left as Record<string, number>);
      const cutShort = isCut ? { isCut: true as const } : {};
      const missing = missingInWords({ left: allLeft, ...cutShort }, text);
      // Whoever reads the page in Notion is told as well.
      const blocks = missing === '' ? built.blocks : [...built.blocks, noteOf(missing)];
      const cut = partsOf(blocks);
      const id = `${clock()}~${random.uuid()}`;
      try {
        await parts.put(id, new Map(cut.map((blocks, at) => [at, blocks])));
      } catch (error) {
        return { ok: false, failure: storageFailure(error) };
      }
      return ok({
        id,
        kind,
        parts: cut.map((blocks) => blocks.length),
        counts: countsOf(built.blocks),
        left: allLeft,
        ...cutShort,
      });
    },

    async makePlainer({ page, content, plainer: times = 0 }, why) {
      const number = content?.part;
      const blocks = page && number !== undefined ? await part(page.id, number) : null;
      const next = blocks && plainer(blocks, { times, why });
      if (!page || number === undefined || !next) return false;
      await parts.put(page.id, new Map([[number, next]]));
      return true;
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
