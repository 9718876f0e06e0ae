/** Reading what a page itself says, for a save that is kept already: nobody waits for it to be told that. */
import { addressKey } from '../../core/address/address-key.ts';
import type { Earlier, PageContent } from '../../core/content/page-content.ts';
import type { ContentWanted } from '../../core/database/form-settings.ts';
import { failed, ok, type Result } from '../../core/failure.ts';
import type { Block } from '../../core/notion/block.ts';
import { textItems } from '../../core/notion/rich-text.ts';
import type { Ports } from '../../ports.ts';
import type { Lanes } from './lanes.ts';
import type { PageParts } from './page-parts.ts';
import type { Steps } from './steps.ts';

/** So long a row waits for what its page says, in milliseconds. What comes later is added behind it. */
export const LONGEST_READING = 4_000;

/** What is read, and in which tab. */
export type Reading = { tabId: number; wanted: ContentWanted };
/** The page that is meant, and the title of its row, which is not said twice. */
type OfPage = { url: string; title: string };

export type PageReading = {
  /** Reads it and stores what it says; null when there is nothing of the kind. */
  read(what: Reading, of: OfPage): Promise<Result<PageContent | null>>;
  /** The same for a save, whose row goes with it; what goes wrong is noted with the save. @returns whether there was anything */
  readFor(saveId: string, what: Reading, of: OfPage): Promise<boolean>;
  /**
   * The same for one whose row was there before: there it is added, under a heading of its own.
   * @param earlier what it takes the place of; left out: nothing
   */
  addFor(saveId: string, what: Reading, of: OfPage, earlier?: Earlier): Promise<boolean>;
};

export function createPageReading({
  clock,
  text,
  pages,
  pageParts,
  steps,
  lanes,
}: Pick<Ports, 'clock' | 'text' | 'pages'> & {
  pageParts: Pick<PageParts, 'store'>;
  steps: Pick<Steps, 'advance'>;
  lanes: Pick<Lanes, 'wake'>;
}): PageReading {
  const read: PageReading['read'] = async ({ tabId, wanted }, of) => {
    const found = await pages.readContent(tabId, wanted);
    if (!found) return ok(null);
    // The tab has gone to another page meanwhile.
    if (addressKey(found.url) !== addressKey(of.url)) return failed('page-not-savable');
    return pageParts.store(found, of);
  };

  async function give(
    saveId: string,
    what: Reading,
    of: OfPage,
    { heading, earlier }: { heading?: Block; earlier?: Earlier | undefined } = {},
  ): Promise<boolean> {
    const found = await read(what, of).catch((error): Result<null> => {
      console.error('Rowmark could not read what the page says.', error);
      return failed('unexpected');
    });
    const said = found.ok ? found.value : null;
    const page = said && earlier ? { ...said, earlier } : said;
    const within = heading ? { heading } : {};
    // Where nothing is selected, nothing was to be saved.
    const isNothing = found.ok && what.wanted === 'selection';
    await steps.advance(saveId, { type: 'page-read', at: clock(), page, isNothing, ...within });
    lanes.wake();
    return page !== null;
  }

  /** What is added can be folded, and be taken away in one piece. */
  function headingOf(): Block {
    const day = new Date(clock()).toLocaleDateString(undefined, { dateStyle: 'medium' });
    const rich_text = textItems(text('content_heading', day));
    return { type: 'heading_3', heading_3: { rich_text, is_toggleable: true } };
  }

  return {
    read,
    readFor: (saveId, what, of) => give(saveId, what, of),
    addFor: (saveId, what, of, earlier) => give(saveId, what, of, { heading: headingOf(), earlier }),
  };
}
