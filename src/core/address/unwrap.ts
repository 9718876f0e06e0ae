/**
 * Addresses within which the address of the page itself stands in plain sight: reader views, page sources, viewers of
 * documents, caches, translations, and links that pass through somebody. A copy in an archive is a page of its own.
 */
import { parseUrl } from './parse-url.ts';

/** Pages of a browser or an extension that show another page or document, and the parameters that hold its address. */
const VIEWERS = /^(?:about:reader|chrome-distiller:|read:|resource:|(?:[a-z]+-)?extension:)/i;
const VIEWER_PARAMETERS = ['url', 'file', 'uri', 'src'];

/** What passes on: the host, the path, and the parameter that holds the address. */
const PASSING: readonly [host: RegExp, path: RegExp, parameters: readonly string[]][] = [
  [/^(?:www\.)?google\.[a-z.]+$/, /^\/url$/, ['q', 'url']],
  [/^translate\.google\.[a-z.]+$/, /^\/(?:translate|website)$/, ['u']],
  [/^lm?\.(?:facebook|instagram|threads)\.(?:com|net)$/, /^\/(?:l\.php)?$/, ['u']],
  [/^(?:www\.)?duckduckgo\.com$/, /^\/l\/$/, ['uddg']],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ['q']],
  [/^out\.reddit\.com$/, /^/, ['url']],
  [/^(?:www\.)?linkedin\.com$/, /^\/(?:redir\/redirect|safety\/go)$/, ['url']],
  [/^(?:www\.)?vk\.com$/, /^\/away\.php$/, ['to']],
  [/^steamcommunity\.com$/, /^\/linkfilter\/?$/, ['u', 'url']],
  [/^slack-redir\.net$/, /^\/link$/, ['url']],
  [/^t\.umblr\.com$/, /^\/redirect$/, ['z']],
  [/^[a-z0-9]+\.safelinks\.protection\.outlook\.com$/, /^\//, ['url']],
];

/** Caches of AMP (https://developers.google.com/amp/cache/overview) and Google's own viewer: `/c/s/example.org/story`. */
const AMP_CACHES: readonly [host: RegExp, path: RegExp][] = [
  [/\.(?:cdn\.ampproject\.org|bing-amp\.com)$/, /^\/[cv]\/(s\/)?(.+)$/],
  [/^(?:www\.)?google\.[a-z.]+$/, /^\/amp\/(s\/)?(.+)$/],
];

/** One within another within another. */
const DEEPEST = 5;

/** The address of the page itself; the given one where no other stands in it. */
export function unwrapped(url: string): string {
  let address = url;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inside = within(address);
    if (inside === null) return address;
    address = inside;
  }
  return address;
}

const isWeb = (address: string): boolean => /^https?:\/\//i.test(address) && parseUrl(address) !== null;

/** The address that stands in that one; it may be another that is wrapped. */
function within(url: string): string | null {
  const source = /^view-source:(.*)$/is.exec(url)?.[1];
  if (source !== undefined) return isWeb(source) || VIEWERS.test(source) ? source : null;
  const parsed = parseUrl(url);
  if (!parsed) return null;
  const found = VIEWERS.test(url) ? shownBy(parsed) : isWeb(url) ? passedBy(parsed) : null;
  return found !== null && isWeb(found) ? found : null;
}

function shownBy({ href, pathname, searchParams, hash }: URL): string | null {
  // Viewers of PDF: `chrome-extension://…/https://example.org/a.pdf`.
  if (/^\/https?:\/\//i.test(pathname)) return href.slice(href.indexOf(pathname) + 1);
  const inFragment = new URLSearchParams(hash.slice(1));
  for (const name of VIEWER_PARAMETERS) {
    const value = searchParams.get(name) ?? inFragment.get(name);
    if (value && isWeb(value)) return value;
  }
  return null;
}

function passedBy(parsed: URL): string | null {
  const { hostname, pathname, search, hash, searchParams } = parsed;
  for (const [host, path, names] of PASSING) {
    if (!host.test(hostname) || !path.test(pathname)) continue;
    const value = names.map((name) => searchParams.get(name)).find((one) => one && isWeb(one));
    if (value) return value;
  }
  for (const [host, path] of AMP_CACHES) {
    const [, secure, rest] = (host.test(hostname) && path.exec(pathname)) || [];
    if (rest) return `${secure ? 'https' : 'http'}://${rest}${search}${hash}`;
  }
  if (hostname === 'webcache.googleusercontent.com') return cachedIn(searchParams.get('q') ?? '');
  return translatedIn(parsed);
}

/** `cache:` and an id that may be missing, the address, and words that were looked for. */
function cachedIn(query: string): string | null {
  const [, address] = /^cache:(?:[\w-]{12}:)?(\S+)/.exec(query) ?? [];
  return address === undefined ? null : /^https?:/.test(address) ? address : `https://${address}`;
}

/** Google's translations: `example-org.translate.goog`, in which a dash is a dot and two are a dash. */
function translatedIn({ hostname, pathname, search, hash, searchParams }: URL): string | null {
  const label = /^([^.]+)\.translate\.goog$/.exec(hostname)?.[1];
  // Some names are written in another way, which then stands here.
  if (label === undefined || searchParams.has('_x_tr_enc')) return null;
  const host = label.replaceAll('--', '\0').replaceAll('-', '.').replaceAll('\0', '-');
  const own = search
    .slice(1)
    .split('&')
    .filter((piece) => piece !== '' && !piece.startsWith('_x_tr_'));
  const scheme = searchParams.get('_x_tr_sch') === 'http' ? 'http' : 'https';
  return `${scheme}://${host}${pathname}${own.length > 0 ? `?${own.join('&')}` : ''}${hash}`;
}
