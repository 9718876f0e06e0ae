/** Reads a page as it stands. A page may be broken, hostile or enormous: every part is read on its own, within a bound. */
import type { PageFacts } from '../core/capture/capture.ts';
import { publishedOf } from '../core/capture/published.ts';
import { oneLine, visible } from '../core/text/visible.ts';
import { jsonLdFacts } from './json-ld.ts';
import { nativeCall, nativeGet, nativeQuery } from './native.ts';
import { directiveOf } from './quoted.ts';

const MAX_TEXT = 100_000;
const MAX_HEADING = 1_000;
const MAX_METAS = 1_000;
const MAX_JSON_LD = { scripts: 20, length: 500_000 };
const MAX_FRAME_DEPTH = 8;
const MAX_IMAGES = 50;
/** Pixels. */
const LARGE_IMAGE = 200;
const MAX_TEXT_NODES = 5_000;
const MAX_COUNTED = 300_000;
/** `NodeFilter.SHOW_TEXT`. */
const SHOW_TEXT = 4;

type Meta = PageFacts['meta'];
type MetaText = Exclude<keyof Meta, 'authors' | 'published'>;

/** Names a meta element can go by, lower case, in the order in which they count. */
const META_NAMES: { [K in MetaText]-?: readonly string[] } = {
  ogTitle: ['og:title'],
  ogDescription: ['og:description'],
  ogUrl: ['og:url'],
  ogSiteName: ['og:site_name'],
  ogImage: ['og:image', 'og:image:url', 'og:image:secure_url'],
  twitterTitle: ['twitter:title'],
  twitterDescription: ['twitter:description'],
  description: ['description', 'dc.description', 'dcterms.description'],
  jsonLdTitle: [],
  jsonLdDescription: [],
};

/** Who made the page; each may stand several times, a person each. */
const AUTHOR_NAMES = [
  'author',
  'article:author',
  'citation_author',
  'dc.creator',
  'dcterms.creator',
  'parsely-author',
  'sailthru.author',
  'itemprop:author',
];
const MAX_AUTHORS = 100;

/** When it was published; in the second list also when the page was last changed or made, as some use them. */
const PUBLISHED_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'itemprop:datepublished',
  'citation_publication_date',
  'citation_online_date',
  'citation_date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'parsely-pub-date',
  'sailthru.date',
  'pubdate',
  'publish-date',
  'publish_date',
  'publication_date',
];
const DATE_NAMES = ['dc.date', 'dcterms.date', 'date'];

/**
 * What `page` says at this moment. Never throws; what cannot be read is left out.
 * @param wants words are counted only where they are wanted, as that takes longer than all else
 */
export function readPageFacts(
  page: Document,
  location: { readonly href: string },
  wants: { words: boolean; directive?: boolean } = { words: false },
): PageFacts {
  const facts: PageFacts = {
    url: attempt(() => location.href) ?? '',
    title: fold(attempt(() => nativeGet(page, 'title'))),
    selection: clean(attempt(() => selectionOf(page, 0))),
    meta: attempt(() => metaOf(page)) ?? {},
  };
  const optional = {
    canonical: attempt(() => canonicalOf(page, facts.url)),
    icon: attempt(() => iconOf(page, facts.url)),
    image: attempt(() => imageOf(page)),
    heading: attempt(() => headingOf(page)),
    language: attempt(() => languageOf(page)),
    contentType: attempt(() => nativeGet(page, 'contentType')),
  };
  const directive = wants.directive ? attempt(() => directiveOf(page, facts.selection)) : undefined;
  const words = wants.words ? (attempt(() => countWords(page)) ?? 0) : 0;
  return Object.assign(facts, filled(optional), directive ? { directive } : {}, words > 0 ? { words } : {});
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Only text, and only what of it is seen, bounded. */
const clean = (text: unknown, most = MAX_TEXT): string =>
  typeof text === 'string' ? visible(text.slice(0, most)) : '';

const fold = (text: unknown, most = MAX_TEXT): string =>
  typeof text === 'string' ? oneLine(text.slice(0, most)) : '';

const filled = <T extends object>(texts: T): { [K in keyof T]?: string } =>
  Object.fromEntries(
    Object.entries(texts)
      .map(([key, text]) => [key, fold(text)] as const)
      .filter(([, text]) => text !== ''),
  ) as { [K in keyof T]?: string };

/**
 * What is selected in the frame that has the focus, or else here. Chromium counts what is selected inside a form field
 * as the page's selection, Firefox does not; it is the user's typing (or a password) and not the page's text.
 */
function selectionOf(page: Document, depth: number): string {
  const focused = focusedIn(page);
  const inside = focused && depth < MAX_FRAME_DEPTH ? attempt(() => frameDocument(focused)) : undefined;
  const text = inside ? selectionOf(inside, depth + 1) : '';
  if (text.trim() !== '') return text;
  if (focused && /^(?:input|textarea)$/i.test(nativeGet(focused, 'localName') ?? '')) return '';
  return String(nativeCall(page, 'getSelection') ?? '').slice(0, MAX_TEXT);
}

/** The focused element, seen through open shadow roots. */
function focusedIn(page: Document): Element | null {
  let focused = nativeGet(page, 'activeElement') ?? null;
  for (let depth = 0; focused && depth < 32; depth++) {
    const root = nativeGet(focused, 'shadowRoot');
    const deeper = root ? nativeGet(root, 'activeElement') : null;
    if (!deeper) break;
    focused = deeper;
  }
  return focused;
}

/** The document of a frame element; none for other elements and for frames of another origin. */
function frameDocument(element: Element): Document | undefined {
  if (!/^i?frame$/i.test(nativeGet(element, 'localName') ?? '')) return undefined;
  return nativeGet(element as HTMLIFrameElement, 'contentDocument') ?? undefined;
}

function metaOf(page: Document): Meta {
  const all = metasOf(page);
  const linked = attempt(() => jsonLdFacts(jsonLdTexts(page)));
  const valuesOf = (names: readonly string[]) => names.flatMap((name) => all.get(name) ?? []);
  const named = Object.entries(META_NAMES).map(([key, names]) => [key, valuesOf(names)[0]] as const);
  const texts = filled({
    jsonLdTitle: linked?.title,
    jsonLdDescription: linked?.description,
    published: publishedOf([
      ...valuesOf(PUBLISHED_NAMES),
      ...(linked?.published ?? []),
      ...(attempt(() => timesOf(page)) ?? []),
      ...valuesOf(DATE_NAMES),
    ]),
    ...Object.fromEntries(named.filter(([, value]) => value !== undefined)),
  });
  const authors = authorsOf([...AUTHOR_NAMES.map((name) => all.get(name) ?? []), linked?.authors ?? []]);
  return { ...texts, ...(authors.length > 0 ? { authors } : {}) };
}

/** Of several lists of the same people: the first that names each by itself, as a comma may stand between two. */
function authorsOf(lists: readonly (readonly string[])[]): string[] {
  // Facebook's `article:author` is mostly an address of a profile.
  const named = lists
    .map((names) => names.map((name) => fold(name)).filter((name) => name !== '' && !/^https?:/i.test(name)))
    .filter((names) => names.length > 0);
  const best = named.find((names) => names.every((name) => !name.includes(','))) ?? named[0] ?? [];
  return [...new Set(best)].slice(0, MAX_AUTHORS);
}

/** What the page marks as the time of its publication in its text (HTML 5 drafts, microdata, hAtom). */
function timesOf(page: Document): string[] {
  const marked = nativeQuery(
    page,
    'querySelectorAll',
    'time[pubdate], time[itemprop~="datePublished" i], [itemprop~="datePublished" i][content], time.published, time.entry-date',
  );
  return Array.from({ length: Math.min(marked.length, 5) }, (_, index) => {
    const element = marked[index];
    const attribute = (name: string) => (element && nativeCall(element, 'getAttribute', name)) ?? '';
    return fold(attribute('datetime') || attribute('content'), MAX_HEADING);
  }).filter((text) => text !== '');
}

/** All that metas say, by name in lower case; those of an item within the page are marked as such. */
function metasOf(page: Document): Map<string, string[]> {
  const all = new Map<string, string[]>();
  const metas = attempt(() => nativeQuery(page, 'getElementsByTagName', 'meta'));
  for (let index = 0; metas && index < MAX_METAS; index++) {
    const meta = metas[index];
    if (!meta) break;
    const content = fold(nativeCall(meta, 'getAttribute', 'content'));
    if (content === '') continue;
    const said = new Set<string>();
    for (const attribute of ['property', 'name', 'itemprop']) {
      const names = clean(nativeCall(meta, 'getAttribute', attribute), MAX_HEADING).toLowerCase();
      for (const name of names.split(/\s+/))
        if (name !== '') said.add(attribute === 'itemprop' ? `itemprop:${name}` : name);
    }
    for (const name of said) all.set(name, [...(all.get(name) ?? []), content]);
  }
  return all;
}

function jsonLdTexts(page: Document): string[] {
  const scripts = nativeQuery(page, 'querySelectorAll', 'script[type^="application/ld+json" i]');
  return Array.from({ length: Math.min(scripts.length, MAX_JSON_LD.scripts) }, (_, index) => {
    const script = scripts[index];
    return (script && nativeGet(script, 'textContent')) ?? '';
  }).filter((text) => text.length <= MAX_JSON_LD.length);
}

/** Only a link in the head counts: further down it may come from what visitors wrote. */
function canonicalOf(page: Document, url: string): string | undefined {
  return linked(page, nativeQuery(page, 'querySelector', 'head link[rel~="canonical" i][href]'), url);
}

/** The address that a link names, as the page's base address resolves it. */
function linked(page: Document, link: Element | null, url: string): string | undefined {
  const written = link && nativeCall(link, 'getAttribute', 'href')?.trim();
  if (!written) return undefined;
  const resolved = new URL(written, nativeGet(page, 'baseURI') ?? url);
  return /^https?:$/.test(resolved.protocol) ? resolved.href : undefined;
}

/** The largest kind that there is: icons for home screens are shown well at any size. */
function iconOf(page: Document, url: string): string | undefined {
  for (const rel of ['apple-touch-icon', 'icon']) {
    const icon = linked(page, nativeQuery(page, 'querySelector', `link[rel~="${rel}" i][href]`), url);
    if (icon) return icon;
  }
  return undefined;
}

/** The first image that is larger than what decorates a page. */
function imageOf(page: Document): string | undefined {
  const images = nativeQuery(page, 'getElementsByTagName', 'img');
  for (let index = 0; index < MAX_IMAGES; index++) {
    const image = images[index] as HTMLImageElement | undefined;
    if (!image) break;
    const isLarge = Math.min(nativeGet(image, 'naturalWidth') ?? 0, nativeGet(image, 'naturalHeight') ?? 0);
    const address = nativeGet(image, 'currentSrc') || nativeGet(image, 'src') || '';
    if (isLarge >= LARGE_IMAGE && /^https?:/.test(address)) return address;
  }
  return undefined;
}

/** What most people would count as a word; in scripts without spaces, two signs make about one. */
const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]{1,2}|[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;

/** Words of the page's main text, up to a bound. */
function countWords(page: Document): number {
  const main =
    nativeQuery(page, 'querySelector', 'article') ??
    nativeQuery(page, 'querySelector', 'main, [role="main"]') ??
    nativeGet(page, 'body');
  if (!main) return 0;
  const walker = nativeCall(page, 'createTreeWalker', main, SHOW_TEXT);
  let words = 0;
  let length = 0;
  for (let nodes = 0; nodes < MAX_TEXT_NODES && length < MAX_COUNTED; nodes++) {
    const node = walker && nativeCall(walker, 'nextNode');
    if (!node) break;
    const parent = nativeGet(node, 'parentElement');
    if (parent && /^(?:script|style|noscript|template)$/i.test(nativeGet(parent, 'tagName') ?? '')) continue;
    const text = (nativeGet(node as Text, 'data') ?? '').slice(0, MAX_COUNTED);
    length += text.length;
    words += text.match(WORD)?.length ?? 0;
  }
  return words;
}

function headingOf(page: Document): string | undefined {
  for (const level of ['h1', 'h2']) {
    const headings = nativeQuery(page, 'getElementsByTagName', level);
    for (let index = 0; index < 5; index++) {
      const heading = headings[index];
      const text = heading && fold(nativeGet(heading, 'textContent'), MAX_HEADING);
      if (text) return text;
    }
  }
  return undefined;
}

function languageOf(page: Document): string | undefined {
  const root = nativeGet(page, 'documentElement');
  if (!root) return undefined;
  return (
    nativeCall(root, 'getAttribute', 'lang') ?? nativeCall(root, 'getAttribute', 'xml:lang') ?? undefined
  );
}
