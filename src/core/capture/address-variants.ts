/** The spellings under which a page may have been saved before. */
import { addressKey, parse } from './address-key.ts';
import { cleanAddress } from './clean-address.ts';
import { isLocal, registryOf } from './host.ts';

const MOST = 8;

/**
 * Up to 8 literal addresses of the same page, likeliest first and the given one always the first, for a query that can
 * only compare for equality. All have the same `addressKey`.
 */
export function sameAddressVariants(url: string): string[] {
  const parsed = parse(url);
  const key = addressKey(url);
  const clean = cleanAddress(url).url;
  if (parsed === null || parsed.username + parsed.password !== '') return [...new Set([url, clean])];

  const page = pageOf(clean, key);
  const spellings = [
    url,
    clean,
    page,
    otherSlash(page),
    otherWww(page),
    otherSlash(otherWww(page)),
    ...known(key),
    otherScheme(page),
    otherScheme(otherSlash(page)),
    otherScheme(otherWww(page)),
  ];
  return [...new Set(spellings)].filter((one) => addressKey(one) === key).slice(0, MOST);
}

/** Without an anchor; with the fragment where it is a route. */
function pageOf(url: string, key: string): string {
  const parsed = parse(url);
  if (!parsed) return url;
  if (!key.includes('#')) parsed.hash = '';
  return parsed.href;
}

/** `/a/` for `/a` and the other way; the root has only one. */
function otherSlash(url: string): string {
  const parsed = new URL(url);
  const { pathname } = parsed;
  if (pathname === '/' || (!pathname.endsWith('/') && /\.\w{1,5}$/.test(pathname))) return url;
  parsed.pathname = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`;
  return parsed.href;
}

/** With `www.` for without and the other way; only a name that stands directly under a registry has a `www.` beside it. */
function otherWww(url: string): string {
  const parsed = new URL(url);
  const { hostname } = parsed;
  if (isLocal(hostname)) return url;
  const bare = hostname.replace(/^www\./, '');
  const held = bare.slice(0, -registryOf(bare).length - 1);
  if (bare === hostname && held.includes('.')) return url;
  parsed.hostname = bare === hostname ? `www.${hostname}` : bare;
  return parsed.href;
}

function otherScheme(url: string): string {
  const other = url.startsWith('https:') ? url.replace('https:', 'http:') : url.replace('http:', 'https:');
  return new URL(other).href;
}

/** What the share button of a video gives, and what the address bar says. */
function known(key: string): string[] {
  const video = /^https:\/\/youtube\.com\/watch\?v=([\w-]{11})$/.exec(key)?.[1];
  return video ? [`https://www.youtube.com/watch?v=${video}`, `https://youtu.be/${video}`] : [];
}
