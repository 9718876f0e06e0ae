/** What of a copied page belongs to its article. */
import { Readability } from '@mozilla/readability';
import Defuddle from 'defuddle';
import { MARKED, type Shapes } from './plain-shapes.ts';

/** Chooses what belongs to the article. May take the document apart. */
export type Chooser = (copy: Document) => Element | null;

/** Mozilla's Readability, which browsers show their reading view by. */
export const readability: Chooser = (copy) => {
  try {
    const reader = new Readability<Element>(copy, {
      serializer: (chosen) => chosen as Element,
      // Frames and media that the copy kept are content; the library looks whether an attribute's value matches.
      allowedVideoRegex: MARKED,
      disableJSONLD: true,
    });
    return reader.parse()?.content ?? null;
  } catch {
    return null;
  }
};

/** Defuddle, which finds more of what is told in several parts. What it would rewrite is ours; nothing is asked of anybody. */
export const defuddle: Chooser = (copy) => {
  const options = {
    useAsync: false,
    standardize: false,
    // The copy holds what is seen alone, and says itself how large a picture is.
    removeHiddenElements: false,
    removeSmallImages: false,
  };
  try {
    const { content } = new Defuddle(copy, options).parse();
    return new DOMParser().parseFromString(content, 'text/html').body;
  } catch {
    return null;
  }
};

export type Choice = { kind: 'article' | 'main'; root: Element };

/** Fewer characters are a stub of an article, where the page has a main part with more. */
const STUB = 200;
/** So many times the words has to find whoever is asked second: then the first has taken one part of several. */
const MORE = 1.5;
/** Characters of a page. In longer ones, one choice has to do. */
const LONGEST = 400_000;

/** Where no library finds anything, the largest `article` or `main` is taken. */
export function chooseArticle(copy: Document, shapes: Shapes): Choice | null {
  dropTitle(copy);
  const whole = copy.cloneNode(true) as Document;
  const chosen = chosenOf(copy);
  const main = largestMain(whole);
  const length = chosen ? lengthOf(chosen) : 0;
  if (chosen && length > 0 && (length >= STUB || !main || lengthOf(main) < 2 * length)) {
    putBackMedia(chosen, whole, shapes);
    dropTitleWithSite(chosen, copy.title);
    return { kind: 'article', root: chosen };
  }
  return main && lengthOf(main) > 0 ? { kind: 'main', root: main } : null;
}

/**
 * Two opinions on what belongs to the article: Readability takes one column, one post or the longest of several parts now and then,
 * where Defuddle takes all of them; else Readability takes less of what stands around.
 */
function chosenOf(copy: Document): Element | null {
  const all = lengthOf(copy.body);
  const second = all <= LONGEST ? (copy.cloneNode(true) as Document) : null;
  const first = readability(copy);
  const length = first ? lengthOf(first) : 0;
  // There is no more to be found.
  if (!second || length * MORE > all) return first;
  const other = defuddle(second);
  return other && lengthOf(other) >= MORE * length ? other : first;
}

/** Characters: a shorter heading may be the name of a site. */
const SHORTEST_TITLE = 15;

/**
 * The row has the page's title already. The library knows it only in scripts that part words by spaces. An article with a main heading
 * of its own, beside the one that the page is called after, is what the page goes on with when the reader comes to its end.
 */
function dropTitle(copy: Document): void {
  const title = folded(copy.title);
  for (const heading of copy.querySelectorAll('h1, h2')) {
    const words = folded(heading.textContent ?? '');
    if (words === '' || words !== title) continue;
    const own = heading.closest('article');
    heading.remove();
    for (const other of own ? copy.querySelectorAll('article') : []) {
      const isApart = own && !own.contains(other) && !other.contains(own);
      if (isApart && other.querySelector('h1')) other.remove();
    }
  }
}

/** A first heading that says the title but for the name of the site. Before the choice, it shows the libraries where to look. */
function dropTitleWithSite(chosen: Element, title: string): void {
  const heading = chosen.querySelector('h1, h2');
  const words = folded(heading?.textContent ?? '');
  const rest = folded(title).slice(words.length);
  const isTitle = words.length >= SHORTEST_TITLE && folded(title).startsWith(words);
  if (isTitle && /^\s+[-–—|:·•»]\s/.test(rest)) heading?.remove();
}

const folded = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

const lengthOf = (element: Element): number => element.textContent?.trim().length ?? 0;

function largestMain(copy: Document): Element | null {
  let best: Element | null = null;
  for (const each of copy.querySelectorAll('article, main, [role="main"]')) {
    if (!best || lengthOf(each) > lengthOf(best)) best = each;
  }
  return best;
}

/** Puts media back that stood right between two pieces of text that were chosen. */
function putBackMedia(chosen: Element, whole: Document, shapes: Shapes): void {
  const kept = new Map<number, Element>();
  for (const element of chosen.querySelectorAll('[data-rowmark]'))
    kept.set(shapes.numberOf(element), element);
  const originals = new Map<number, Element>();
  for (const element of whole.querySelectorAll('[data-rowmark]'))
    originals.set(shapes.numberOf(element), element);
  let before: { number: number; element: Element } | undefined;
  let lost: Element[] = [];
  shapes.all.forEach((shape, number) => {
    const original = originals.get(number);
    const isInlined = !original || (shape.name === 'a' && !kept.has(number));
    if (isInlined) return;
    const here = kept.get(number);
    if (here) {
      if (before && lost.length > 0)
        before.element.after(...lost.map((each) => chosen.ownerDocument.importNode(each, true)));
      lost = [];
      before = { number, element: blockOf(here, chosen) };
    } else if (isMedia(shape.name, shape.attributes)) {
      lost.push(original);
    } else if (!lost.some((each) => each.contains(original))) {
      // A text that was left out stands between: what comes with it is not the article's.
      before = undefined;
      lost = [];
    }
  });
}

const isMedia = (name: string, attributes: Readonly<Record<string, string>>): boolean =>
  /^(?:img|iframe|video|audio)$/.test(name) || (name === 'blockquote' && attributes.cite !== undefined);

/** The piece of text that an element belongs to. */
function blockOf(element: Element, within: Element): Element {
  const block = element.closest('p, h1, h2, h3, h4, h5, h6, ul, ol, dl, table, figure, pre, blockquote');
  return block && within.contains(block) && block !== within ? block : element;
}
