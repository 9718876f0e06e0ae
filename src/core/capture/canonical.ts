/** Whether to believe what a page says its own address is. */
import { addressKey, parse } from '../address/address-key.ts';
import { cleanAddress } from '../address/clean-address.ts';
import { unwrapped } from '../address/unwrap.ts';
import type { PageFacts } from './capture.ts';

/**
 * The address that a page gives for itself (`link rel=canonical`, else `og:url`; RFC 6596), without tracking and with
 * the fragment of the visit; null if none is believed. Believed is only what differs from the visited address in
 * spelling: scheme, `www.` and the like, tracking, a slash, case, AMP, or the title beside the same number. Single-page
 * apps leave the canonical of the page before, paged lists name their first page, shops leave out what was chosen:
 * none of these is the page that was visited. A page seen over https is never saved as http.
 */
export function canonicalFor(facts: PageFacts): string | null {
  const visited = parse(cleanAddress(facts.url).url);
  if (!visited) return null;
  for (const named of [facts.canonical, facts.meta.ogUrl]) {
    const candidate = named === undefined ? null : parse(named);
    if (candidate && isSamePage(visited, candidate)) return written(visited, candidate);
  }
  return null;
}

function isSamePage(visited: URL, candidate: URL): boolean {
  if (candidate.username !== '' || candidate.password !== '' || losesPlace(visited, candidate)) return false;
  const named = partsOf(candidate);
  return [visited, withoutAmp(visited)].some((address) => {
    const { path, rest } = partsOf(address);
    return rest === named.rest && (path === named.path || isRetitled(path, named.path));
  });
}

/** The key as a path, in which case does not count here, and all that must be equal. */
function partsOf(address: URL): { path: string; rest: string } {
  const { host, pathname, search, hash } = new URL(addressKey(address.href));
  return { path: pathname.toLowerCase(), rest: `${host}${search}${hash}` };
}

/** A time within a video is no other page, but whoever has it in the address wants it there. */
const losesPlace = (visited: URL, candidate: URL): boolean =>
  ['t', 'start', 'time_continue'].some(
    (name) => visited.searchParams.get(name) !== candidate.searchParams.get(name),
  );

/** Without what AMP adds, as its caches and publishers write it. */
function withoutAmp(visited: URL): URL {
  const address = new URL(unwrapped(visited.href));
  address.hostname = address.hostname.replace(/^(?:amp|mobile|touch)\./, '');
  address.pathname = address.pathname
    .replace(/^\/amp(?=\/.)|\/amp\/?$/i, '')
    .replace(/\.amp(?=\/?$|\.html?$)/i, '');
  const query = address.search.slice(1).split('&');
  const kept = query.filter((piece) => !/^(?:amp(?:=(?:1|true)?)?|outputType=amp)$/i.test(piece));
  if (kept.length < query.length) address.search = kept.join('&');
  if (/^(?:(?:amp_tf|amp_ct|aoh|csi|referrer|ampshare|amp_agsa)=[^&]*(?:&|$))+$/.test(address.hash.slice(1)))
    address.hash = '';
  return address;
}

/**
 * Whether one segment alone differs, and only in the words beside one long number (`/old-title-12345`, `/12345`), or
 * the words follow the number as a segment of their own (`/12345/the-title`).
 */
function isRetitled(visited: string, named: string): boolean {
  const [here, there] = [visited.split('/'), named.split('/')];
  if (there.length === here.length + 1)
    return named.startsWith(`${visited}/`) && isId(here.at(-1) ?? '') && isTitle(there.at(-1) ?? '');
  const differing = here.flatMap((segment, index) => (segment === there[index] ? [] : [index]));
  if (there.length !== here.length || differing.length !== 1) return false;
  const [mine, other] = [titled(here[differing[0] ?? 0]), titled(there[differing[0] ?? 0])];
  return (
    mine !== null &&
    other !== null &&
    mine.id === other.id &&
    (mine.where === other.where || mine.where === 'all')
  );
}

/** Five digits or more that are no date. */
const isId = (text: string): boolean => /^\d{5,}$/.test(text) && !/^(?:19|20)\d{6}$/.test(text);
/** Two words or more, none a number. */
const isTitle = (text: string): boolean => /^[^\d/]+-[^\d/]+$/.test(text);

function titled(segment = ''): { id: string; where: 'all' | 'first' | 'last' } | null {
  const parts = /^(?:(\d+)|(\d+)-(\D+)|(\D+)-(\d+))(\.html?)?$/.exec(segment);
  if (!parts) return null;
  const [, alone, first, after = '', before = '', last] = parts;
  const id = alone ?? first ?? last ?? '';
  const where = alone ? 'all' : first ? 'first' : 'last';
  return isId(id) && (where === 'all' || isTitle(after || before)) ? { id, where } : null;
}

function written(visited: URL, candidate: URL): string {
  const scheme = visited.protocol === 'https:' && candidate.port === '' ? 'https:' : candidate.protocol;
  const base = candidate.href.replace(/#.*$/s, '').replace(/^https?:/, scheme);
  return cleanAddress(base + withoutAmp(visited).hash).url;
}
