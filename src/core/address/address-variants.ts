/** The spellings under which a page may have been saved before. */
import { addressKey, parse, partsOf } from './address-key.ts';
import { cleanAddress } from './clean-address.ts';
import { otherHosts, plainHost } from './host.ts';
import { type AddressParts, otherSpellings } from './known-sites.ts';
import { hostInLetters } from './punycode.ts';

/** Notion takes as many conditions in one filter ("Request limits": 100 elements of an array). Most addresses have a dozen spellings. */
const MOST = 100;

/** Something that can be written in several ways, the likeliest first. */
type Ways = readonly string[];

/**
 * Up to 100 literal addresses of the same page, likeliest first and the given one always the first, for a query that can
 * only compare for equality. All have the same `addressKey`. Not among them are those that hold what cannot be told from
 * the address: other tracking, another anchor, parameters in another order.
 */
export function sameAddressVariants(url: string): string[] {
  const parsed = parse(url);
  const key = addressKey(url);
  const clean = cleanAddress(url).url;
  if (parsed === null || parsed.username + parsed.password !== '') return [...new Set([url, clean])];

  const page = new URL(pageOf(clean, key));
  const places: AddressPlace[] = [
    { hosts: hostsOf(page.host), after: page.pathname + page.search + page.hash },
    ...knownPlaces(key),
  ];
  const spellings = places.flatMap((place, rank) =>
    spellingsOf(page.protocol, place).map(({ address, odd }) => ({
      address,
      odd: odd + 0.5 * Math.min(rank, 1),
    })),
  );
  const likely = spellings.sort((a, b) => a.odd - b.odd).map(({ address }) => address);
  const all = new Set([url, clean, page.href, ...likely, ...rareOf(page)]);
  return [...all].filter((one) => addressKey(one) === key).slice(0, MOST);
}

/** Without an anchor; with the fragment where it is a route. */
function pageOf(url: string, key: string): string {
  const parsed = parse(url);
  if (!parsed) return url;
  if (!key.includes('#')) parsed.hash = '';
  return parsed.href;
}

/** Hosts with their port under which a page is found, and what follows them. */
type AddressPlace = { hosts: Ways; after: string };

/** Where else a page of a known site is found. */
function knownPlaces(key: string): AddressPlace[] {
  const one = partsOf(new URL(key));
  const others = otherSpellings(one).map((other) => ({ hosts: [other.host], after: afterHost(other) }));
  return [{ hosts: hostsOf(one.host), after: afterHost(one) }, ...others];
}

function afterHost({ path, query, fragment }: AddressParts): string {
  const search = query.map(([name, value]) => (value === null ? name : `${name}=${value}`)).join('&');
  return `${path || '/'}${search && `?${search}`}${fragment && `#${fragment}`}`;
}

/** Each way of each part with each of the others; `odd` is how little likely it is. */
function spellingsOf(scheme: string, { hosts, after }: AddressPlace): { address: string; odd: number }[] {
  const paths = slashesOf(after);
  return [scheme, scheme === 'https:' ? 'http:' : 'https:'].flatMap((protocol, otherScheme) =>
    hosts.flatMap((one, otherHost) =>
      [...new Set([one, hostInLetters(one)])].flatMap((name, inLetters) =>
        paths.flatMap((path, otherSlash) =>
          encodingsOf(path).map((encoded, otherCode) => ({
            address: `${protocol}//${name}${encoded}`,
            odd: 1.5 * otherScheme + otherHost + otherSlash + otherCode + inLetters,
          })),
        ),
      ),
    ),
  );
}

/** The given host, with `www.` and without, for telephones. */
function hostsOf(host: string): Ways {
  const [, name = host, port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  const plain = plainHost(name);
  return [...new Set([name, plain, ...otherHosts(plain)])].map((one) => one + port);
}

/** `/a/` for `/a` and the other way; the root has only one, and a file's name mostly has none. */
function slashesOf(after: string): Ways {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(after) ?? [];
  if (path === '/' || path === '') return [after];
  if (path.endsWith('/')) return [after, path.slice(0, -1) + rest];
  return isFile(path) ? [after] : [after, `${path}/${rest}`];
}

/** As it is; as browsers have it; in letters, as people read and paste it; and as programs write it. */
function encodingsOf(text: string): Ways {
  const letters = inLetters(text);
  const encoded = letters.replace(/[^\x21-\x7e]+/gu, (run) => encodeURIComponent(run.toWellFormed()));
  const strict = encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [...new Set([text, encoded, letters, strict, lower])];
}

/** With all in plain sight that can stand there: letters of all scripts, and signs that part nothing. */
const inLetters = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return [...decodeURIComponent(run)]
        .map((sign) =>
          /^(?:[\p{L}\p{M}\p{N}!'()*~._,:@-]|[^\0-\x7f\s\p{C}\p{Z}])$/u.test(sign)
            ? sign
            : encodeURIComponent(sign),
        )
        .join('');
    } catch {
      return run;
    }
  });

/** With a port that goes without saying, and with the name of the file that a folder shows. */
function rareOf({ protocol, hostname, port, pathname, search, hash }: URL): string[] {
  const after = search + hash;
  const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const usual = protocol === 'https:' ? ':443' : ':80';
  return [
    ...(port === '' ? [`${protocol}//${hostname}${usual}${pathname}${after}`] : []),
    ...(isFile(pathname) ? [] : [`${protocol}//${hostname}${port && `:${port}`}${folder}index.html${after}`]),
  ];
}

const isFile = (path: string): boolean => /\.\w{1,5}$/.test(path);
