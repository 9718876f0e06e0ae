/** The address by which two visits are known to be of one page. */
import { cleanAddress } from './clean-address.ts';
import { plainHost } from './host.ts';
import { type AddressParts, oneSpelling, routesByFragment } from './known-sites.ts';
import { parseUrl } from './parse-url.ts';
import { withoutTextFragment } from './text-fragment.ts';

/**
 * A normalised address: equal for two addresses only if they lead to one page. It is for comparing and need not open.
 * Alike are http and https, `www.` and `m.`, default ports, a slash at the end, `index.html`, the order of parameters of
 * different names, ways to percent-encode (RFC 3986, 6.2.2), tracking, session ids, credentials, and in-page anchors.
 * Fragments that can be routes or state are kept. What is no http(s) address is returned as it is.
 */
export function addressKey(url: string): string {
  const parsed = parse(url);
  if (!parsed) return url;
  const clean = parse(cleanAddress(parsed.href).url) ?? parsed;
  const parts = oneSpelling(partsOf(clean));
  const query = sorted(parts.query).map(([name, value]) => (value === null ? name : `${name}=${value}`));
  const port = clean.port === '80' || clean.port === '443' ? '' : clean.port;
  const key = [
    `https://${parts.host}${port && `:${port}`}${parts.path || '/'}`,
    query.length > 0 ? `?${query.join('&')}` : '',
    parts.fragment ? `#${parts.fragment}` : '',
  ].join('');
  // The host by which the site is known may have rules of its own.
  return parts.host === plainHost(clean.hostname) ? key : addressKey(key);
}

const keys = new WeakMap<object, string>();

/** The key of something that is never changed in place, worked out once: of many saves one is looked for often. */
export function keyOf(page: { readonly url: string }): string {
  const known = keys.get(page);
  if (known !== undefined) return known;
  const key = addressKey(page.url);
  keys.set(page, key);
  return key;
}

/** The address parsed, without its text fragment; null if it is not of the web. */
export function parse(url: string): URL | null {
  const whole = parseUrl(url);
  return whole && /^https?:$/.test(whole.protocol) ? new URL(withoutTextFragment(whole.href)) : null;
}

export function partsOf({ hostname, pathname, search, hash }: URL): AddressParts {
  const host = plainHost(hostname);
  const path = plainPath(evenly(pathname, IN_PATH));
  return { host, path, query: queryOf(search, path), fragment: routeIn(hash.slice(1), host, path) };
}

/** Characters that mean the same encoded or not: RFC 3986's unreserved ones, and those no server splits at. */
const IN_PATH = /[\w.~!'()*,:@-]/;
const IN_QUERY = /[\w.~!'()*,:@/?[\]-]/;

/** One way to percent-encode; a `%` that begins no escape is one too. */
const evenly = (text: string, plain: RegExp): string =>
  text.replace(/%(?:([0-9a-f]{2}))?/gi, (_, hex?: string) => {
    if (hex === undefined) return '%25';
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return plain.test(character) ? character : `%${hex.toUpperCase()}`;
  });

const ENDS = ['/', '/index.html', '/index.htm'];

/** Without a session (Java servlets write it here), `index.html` and slashes at the end. */
function plainPath(path: string): string {
  let plain = path.replace(/;jsessionid=[^/;]*/gi, '');
  for (let end = endOf(plain); end !== ''; end = endOf(plain)) plain = plain.slice(0, -end.length);
  return plain;
}

const endOf = (path: string): string => ENDS.find((end) => path.endsWith(end)) ?? '';

function queryOf(search: string, path: string): AddressParts['query'] {
  const pieces = search
    .slice(1)
    .split('&')
    .filter((piece) => piece !== '');
  const pairs = pieces.map((piece): [string, string | null] => {
    const [name = '', ...value] = evenly(piece, IN_QUERY).replaceAll('%20', '+').split('=');
    return [name, value.length === 0 ? null : value.join('=')];
  });
  const isForum = /\/(?:view(?:topic|forum|online)|memberlist|ucp|search)\.php$/.test(path);
  return pairs.filter(([name, value]) => !(isForum && name === 'sid' && /^[0-9a-f]{32}$/.test(value ?? '')));
}

/** By name, where all have one; values of one name stay in their order, which can mean something. */
const sorted = (query: AddressParts['query']): AddressParts['query'] =>
  query.every(([name, value]) => name !== '' && value !== null)
    ? query.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    : query;

/** More letters and digits in a row than a word has, or a UUID: state, or the key to what is shown. */
const STATE = /(?:^|[^A-Za-z0-9])(?=[A-Za-z]*\d)[A-Za-z0-9]{20}|[0-9a-f]{8}-[0-9a-f]{4}-/i;
const LONG = 150;

/** The fragment if it may choose what is shown; empty for an anchor within the page and for the first page of an app. */
function routeIn(fragment: string, host: string, path: string): string {
  // RFC 8118: the fragment of a PDF is a place or a way to view it.
  const route = evenly(fragment, IN_QUERY);
  if (/^[!/]*$/.test(route) || /\.pdf$/i.test(path)) return '';
  const isRoute =
    /[/=!]|%3D/.test(route) || routesByFragment(host) || route.length > LONG || STATE.test(route);
  return isRoute ? route : '';
}
