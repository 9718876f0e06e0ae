/** What of a page, or of a row, is compared with what was saved: hashed features, and the runs of its words. */
import { hashOf } from './hash.ts';
import { siteOf } from './site.ts';
import { type Word, wordsOf } from './words.ts';

/** What is known of a page when tags are proposed. Of a row that was saved, title and address alone are kept. */
export type Subject = {
  url: string;
  title: string;
  /** The page's own. */
  description?: string | undefined;
};

/** Where a word stands, the better the greater. */
export type Place = 1 | 2 | 3;
export const [TEXT, ADDRESS, TITLE]: [Place, Place, Place] = [1, 2, 3];

export type PageWord = { word: string; hash: number; place: Place };

export type ReadPage = {
  /** Hashes; 0: there is none. */
  site: number;
  section: number;
  host: string;
  sectionName: string;
  words: PageWord[];
  /** Every run of one to four words, joined, and where it stands best. */
  grams: ReadonlyMap<string, Place>;
};

/** A page may write as much as it likes: what is looked at of it is bounded. */
const MAX_TITLE = 300;
const MAX_PATH = 200;
const MAX_DESCRIPTION = 1_000;
const MAX_WORDS = 40;
const MAX_WORDS_KEPT = 24;
const MAX_GRAMS = 400;
const LONGEST_RUN = 4;

/** Words so frequent that they say nothing; of addresses too. */
const EMPTY_WORDS = new Set(
  (
    'a an and are as at be by can do for from has have how i if in into is it its my no not of on or our so that the their this to ' +
    'up was we what when which who why will with you your de la le les des du un une et en pour dans sur el los las y del por con der ' +
    'die das und den von mit für ist ein eine il lo gli di che o os da html http https www com'
  ).split(' '),
);

const isTelling = (word: string): boolean => !EMPTY_WORDS.has(word);

function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname).slice(0, MAX_PATH);
  } catch {
    return '';
  }
}

/** Every run of words that stand beside each other, joined. */
function noteRuns(words: readonly Word[], place: Place, grams: Map<string, Place>): void {
  for (let from = 0; from < words.length; from++) {
    let run = '';
    for (let to = from; to < Math.min(words.length, from + LONGEST_RUN); to++) {
      run += words[to] ?? '';
      if ((grams.get(run) ?? 0) < place && (grams.size < MAX_GRAMS || grams.has(run))) grams.set(run, place);
    }
  }
}

const CAMEL = /(\p{Ll})(\p{Lu})/gu;

export function readPage({ url, title, description = '' }: Subject): ReadPage {
  const { host, section } = siteOf(url);
  const grams = new Map<string, Place>();
  const words = new Map<string, PageWord>();
  const texts: [string, Place][] = [
    [title.slice(0, MAX_TITLE), TITLE],
    [pathOf(url), ADDRESS],
    [description.slice(0, MAX_DESCRIPTION), TEXT],
  ];
  for (const [text, place] of texts) {
    const read = wordsOf(text);
    noteRuns(read, place, grams);
    const parted = text.replace(CAMEL, '$1 $2');
    if (parted !== text) noteRuns(wordsOf(parted), place, grams);
    for (const word of read) {
      if (words.size >= MAX_WORDS) break;
      if (isTelling(word) && !words.has(word)) words.set(word, { word, hash: hashOf(`w ${word}`), place });
    }
  }
  return {
    site: host === '' ? 0 : hashOf(`h ${host}`),
    section: host === '' || section === '' ? 0 : hashOf(`s ${host}/${section}`),
    host,
    sectionName: section,
    words: [...words.values()],
    grams,
  };
}

/** What is kept of a row: nothing of what its page said. */
export function featuresOf({ url, title }: Subject): number[] {
  const { site, section, words } = readPage({ url, title });
  const hashes = [site, section, ...words.slice(0, MAX_WORDS_KEPT).map(({ hash }) => hash)];
  return [...new Set(hashes)].filter((hash) => hash !== 0);
}
