/**
 * A page whose matter is a film: whose it is, the film, the moment at which it was, what is said of it, and its words where the page
 * holds them already. Nothing is asked of any network.
 */
import type { ContentElement, ContentNode } from '../../core/content/node.ts';
import { jsonLdVideo } from '../json-ld.ts';
import { nativeCall, nativeGet } from '../native.ts';
import { attributeOf, childrenOf, isElement, isText, nameOf, wordsOf } from './live-node.ts';
import { addressOf } from './picture.ts';

/** Seconds of words in one paragraph. */
const PIECE = 60;
/** Seconds: before that nobody has seen anything, and as long before the end everybody has seen all. */
const EDGE = 5;
/** Characters of a description, and cues of a film. */
const MOST = { description: 20_000, cues: 5_000 };

const TIME = /^(?:\d{1,2}:)?\d{1,2}:\d{2}$/;

type Said = { at: number; words: string };

const element = (
  name: string,
  attributes: Record<string, string>,
  children: readonly ContentNode[],
): ContentElement => ({ name, attributes, children });

/**
 * Null where the page says of itself nothing of the kind.
 * @param transcript what the words of a film are called, for their reader
 */
export function videoPage(page: Document, transcript: string): ContentElement | null {
  const view = nativeGet(page, 'defaultView') as Window | null;
  const address = view?.location.href ?? '';
  if (!URL.canParse(address)) return null;
  const site = siteOf(new URL(address));
  const isTold = /^video\b/i.test(meta(page, 'og:type')) && isOfThisPage(page, address);
  const film = largestFilm(page);
  if (!site && !(isTold && (film || meta(page, 'og:video:url') || meta(page, 'og:video')))) return null;
  const facts = isOfThisPage(page, address) ? jsonLdVideo(scriptsOf(page)) : null;
  const shown = site?.shown ?? filmAddress(page, film, address);
  const author = facts?.author ?? authorOf(page, address);
  const at = film ? Math.floor(nativeGet(film, 'currentTime') ?? 0) : 0;
  const isWithin = at > EDGE && at < (film ? (nativeGet(film, 'duration') ?? 0) : 0) - EDGE;
  const momentAt = (seconds: number) => site?.at(seconds) ?? `${address.split('#')[0]}#t=${seconds}`;
  const timeLink = (seconds: number) => element('a', { href: momentAt(seconds) }, [clock(seconds)]);
  const said = saidIn(page, film);
  const children: ContentNode[] = [
    ...(author
      ? [element('p', {}, [author.url ? element('a', { href: author.url }, [author.name]) : author.name])]
      : []),
    ...(shown ? [shown] : []),
    ...(isWithin ? [element('p', {}, ['▶ ', timeLink(at)])] : []),
    ...paragraphsOf(descriptionOf(page, facts?.description, isTold)),
    ...(said.length > 0
      ? [
          element('details', {}, [
            element('summary', {}, [transcript]),
            ...said.map(({ at: seconds, words }) => element('p', {}, [timeLink(seconds), ` ${words}`])),
          ]),
        ]
      : []),
  ];
  return children.length > 0 ? element('div', {}, children) : null;
}

const meta = (page: Document, name: string): string => {
  const found = nativeCall(
    page,
    'querySelector',
    `meta[property="${name}" i], meta[name="${name}" i]`,
  ) as Element | null;
  return found ? attributeOf(found, 'content').trim() : '';
};

/** An app may show another page by now than the one that its head was written for. */
function isOfThisPage(page: Document, address: string): boolean {
  const link = nativeCall(page, 'querySelector', 'link[rel="canonical" i]') as Element | null;
  const told = (link && attributeOf(link, 'href')) || meta(page, 'og:url');
  if (!told || !URL.canParse(told, address)) return true;
  const [one, here] = [new URL(told, address), new URL(address)];
  return (
    one.pathname === here.pathname && (one.searchParams.get('v') ?? '') === (here.searchParams.get('v') ?? '')
  );
}

/** Sites whose films Notion plays, and how an address of theirs leads to a moment. */
function siteOf({
  hostname,
  pathname,
  searchParams,
}: URL): { shown: ContentElement; at(seconds: number): string } | null {
  const host = hostname.replace(/^(?:www|m|music)\./, '');
  const frame = (src: string) => element('iframe', { src }, []);
  if (host === 'youtube.com') {
    const id =
      pathname === '/watch' ? searchParams.get('v') : /^\/(?:shorts|live)\/([\w-]+)/.exec(pathname)?.[1];
    if (!id || !/^[\w-]{6,20}$/.test(id)) return null;
    return {
      shown: frame(`https://www.youtube.com/embed/${id}`),
      at: (seconds) => `https://www.youtube.com/watch?v=${id}&t=${seconds}s`,
    };
  }
  const [, id] = host === 'vimeo.com' ? (/^\/(?:channels\/[\w-]+\/)?(\d+)/.exec(pathname) ?? []) : [];
  return id
    ? {
        shown: frame(`https://player.vimeo.com/video/${id}`),
        at: (seconds) => `https://vimeo.com/${id}#t=${seconds}s`,
      }
    : null;
}

function largestFilm(page: Document): HTMLVideoElement | null {
  let [best, size] = [null as HTMLVideoElement | null, 0];
  for (const film of Array.from(
    nativeCall(page, 'querySelectorAll', 'video') as NodeListOf<HTMLVideoElement>,
  )) {
    const { width, height } = nativeCall(film, 'getBoundingClientRect') as DOMRect;
    if (width * height > size) [best, size] = [film, width * height];
  }
  return best;
}

function filmAddress(page: Document, film: HTMLVideoElement | null, base: string): ContentElement | null {
  const told = addressOf(
    meta(page, 'og:video:secure_url') || meta(page, 'og:video:url') || meta(page, 'og:video'),
    base,
    /^https?:$/,
  );
  const type = meta(page, 'og:video:type');
  if (told) return element(/^text\/html/i.test(type) ? 'iframe' : 'video', { src: told }, []);
  const src = film && addressOf(nativeGet(film, 'currentSrc') ?? '', base, /^https?:$/);
  return src ? element('video', { src }, []) : null;
}

function authorOf(page: Document, base: string): { name: string; url?: string } | null {
  const marked = nativeCall(
    page,
    'querySelector',
    '[itemprop="author"] [itemprop="name"], [itemprop="author"][content]',
  ) as Element | null;
  const name = (marked && (attributeOf(marked, 'content') || wordsOf(marked)).trim()) || meta(page, 'author');
  if (!name) return null;
  const link = nativeCall(page, 'querySelector', '[itemprop="author"] [itemprop="url"]') as Element | null;
  const url = link && addressOf(attributeOf(link, 'href'), base, /^https?:$/);
  return { name, ...(url ? { url } : {}) };
}

const scriptsOf = (page: Document): string[] =>
  Array.from(
    nativeCall(page, 'querySelectorAll', 'script[type="application/ld+json" i]') as ArrayLike<Element>,
    (script) => wordsOf(script).slice(0, 500_000),
  );

/** The longest of what says it: heads of pages have but its beginning. */
function descriptionOf(page: Document, told: string | undefined, isTold: boolean): string {
  const short = isTold ? meta(page, 'og:description') || meta(page, 'description') : '';
  const best = (told ?? '').length >= short.length ? (told ?? '') : short;
  const begins = squeezed(best.replace(/(?:\.\.\.|…)$/, '')).slice(0, 40);
  const places = '[itemprop="description"], [id*="description" i], [class*="description" i]';
  let longest = best;
  for (const place of Array.from(nativeCall(page, 'querySelectorAll', places) as ArrayLike<Element>).slice(
    0,
    200,
  )) {
    const words = linesOf(place).trim();
    const isIt =
      begins === '' ? attributeOf(place, 'itemprop') === 'description' : squeezed(words).startsWith(begins);
    if (isIt && words.length > longest.length && words.length < MOST.description) longest = words;
  }
  return longest.slice(0, MOST.description);
}

const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** The text of an element, with its breaks. */
function linesOf(parent: Node): string {
  return childrenOf(parent)
    .map((node) => {
      if (isText(node)) return nativeGet(node, 'data') ?? '';
      if (!isElement(node)) return '';
      if (/^(?:script|style|template|button)$/.test(nameOf(node))) return '';
      if (nameOf(node) === 'br') return '\n';
      return /^(?:p|div|li)$/.test(nameOf(node)) ? `${linesOf(node)}\n` : linesOf(node);
    })
    .join('');
}

const paragraphsOf = (text: string): ContentElement[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) =>
      element(
        'p',
        {},
        paragraph
          .split('\n')
          .flatMap((line, at): ContentNode[] =>
            at === 0 ? [line.trim()] : [element('br', {}, []), line.trim()],
          ),
      ),
    );

/** The words of the film that the browser has loaded, or that the page shows beside it. */
function saidIn(page: Document, film: HTMLVideoElement | null): Said[] {
  const cues = film ? cuesOf(film) : [];
  const all = cues.length > 0 ? cues : shownIn(page);
  const pieces: Said[] = [];
  for (const { at, words } of all.slice(0, MOST.cues)) {
    const last = pieces.at(-1);
    if (last?.words.endsWith(words)) continue;
    if (last && at - last.at < PIECE) last.words += ` ${words}`;
    else pieces.push({ at, words });
  }
  return pieces;
}

function cuesOf(film: HTMLVideoElement): Said[] {
  for (const track of Array.from(nativeGet(film, 'textTracks') ?? [])) {
    if (!/^(?:captions|subtitles)$/.test(track.kind) || !track.cues || track.cues.length === 0) continue;
    return Array.from(track.cues, (cue) => ({
      at: Math.floor(cue.startTime),
      words: ((cue as VTTCue).text ?? '')
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    })).filter(({ words }) => words !== '');
  }
  return [];
}

/** A list of times, each with words behind it. */
function shownIn(page: Document): Said[] {
  const places = '[id*="transcript" i], [class*="transcript" i]';
  let best: Said[] = [];
  for (const place of Array.from(nativeCall(page, 'querySelectorAll', places) as ArrayLike<Element>).slice(
    0,
    50,
  )) {
    const said: Said[] = [];
    for (const words of textsIn(place)) {
      if (TIME.test(words)) said.push({ at: secondsOf(words), words: '' });
      else if (said.length > 0) {
        const last = said[said.length - 1] as Said;
        last.words = `${last.words} ${words}`.trim();
      }
    }
    const told = said.filter(({ words }) => words !== '');
    if (told.length > best.length) best = told;
  }
  return best.length >= 3 ? best : [];
}

function textsIn(node: Node): string[] {
  if (isText(node)) {
    const words = (nativeGet(node, 'data') ?? '').replace(/\s+/g, ' ').trim();
    return words === '' ? [] : [words];
  }
  if (!isElement(node) || /^(?:script|style|template)$/.test(nameOf(node))) return [];
  return childrenOf(node).flatMap(textsIn);
}

const secondsOf = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
