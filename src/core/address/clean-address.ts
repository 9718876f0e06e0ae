/** Addresses without what was added to follow their readers. */
import { plainHost, registryOf } from './host.ts';
import { parseUrl } from './parse-url.ts';
import { EVERYWHERE, ON_SITES, PREFIXES } from './tracking-rules.ts';

const everywhere = new Set(EVERYWHERE.split(' '));
const onSites = new Map<string, Set<string>>();

/** An address inside another's path, as web archives have it: taking something away would name another copy. */
const CARRIES_ADDRESS = /\/(?:https?|ftp):(?=\/|$)/i;
/** Signed requests (Amazon S3, Google Cloud Storage, CloudFront, Azure) cover all of their parameters. */
const SIGNED = /[?&](?:x-(?:amz|goog)-signature|signature|sig)=/i;

/**
 * The address without tracking parameters, byte for byte the same otherwise, and the names of those removed in their
 * order. A fragment goes when it holds nothing but tracking (`#utm_source=feed`). What is no http(s) address is returned
 * as it is.
 */
export function cleanAddress(url: string): { url: string; removed: string[] } {
  const site = siteOf(url);
  const removed: string[] = [];
  if (site === null) return { url, removed };

  const [beforeFragment, fragment] = cut(url, '#');
  const [path, query] = cut(beforeFragment, '?');
  if (CARRIES_ADDRESS.test(path) || SIGNED.test(beforeFragment)) return { url, removed };
  const isTracking = trackingOn(site);
  const kept = query?.split('&').filter((piece) => {
    const name = nameOf(piece);
    const tracks = name !== '' && isTracking(name);
    if (tracks) removed.push(name);
    return !tracks;
  });
  const emptied = removed.length > 0 && kept?.every((piece) => piece === '');
  const cleanQuery = kept === undefined || emptied ? '' : `?${kept.join('&')}`;

  const inFragment = fragment?.includes(':~:')
    ? []
    : (fragment?.replace(/^\?/, '').split('&').map(nameOf) ?? []);
  const tracked = inFragment.length > 0 && inFragment.every(isTrackingEverywhere);
  if (tracked) removed.push(...inFragment);
  const cleanFragment = fragment === undefined || tracked ? '' : `#${fragment}`;
  return removed.length === 0 ? { url, removed } : { url: path + cleanQuery + cleanFragment, removed };
}

function siteOf(url: string): string | null {
  // No browser's address has any of these; the parser drops some of them, which would make other names.
  if (/[\s\p{Cc}]/u.test(url) || !/[?#]/.test(url)) return null;
  const parsed = parseUrl(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? plainHost(parsed.hostname) : null;
}

function cut(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

/** A parameter's name as a server reads it; `&amp;` that was copied from a page's source counts as `&`. */
function nameOf(piece: string): string {
  const name = (cut(piece, '=')[0] ?? '').replace(/^(?:amp;)+/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isTrackingEverywhere(name: string): boolean {
  const lower = name.toLowerCase();
  return everywhere.has(lower) || PREFIXES.some((prefix) => lower.startsWith(prefix));
}

function trackingOn(site: string): (name: string) => boolean {
  const rules = [`=${site}`, ...domainsOf(site)].flatMap((host) => [
    namesOn(host),
    namesOn(withAnyEnd(host)),
  ]);
  return (name) => isTrackingEverywhere(name) || rules.some((names) => names?.has(name));
}

/** `a.b.example.org`, `b.example.org`, `example.org`, `org`. */
const domainsOf = (site: string): string[] => {
  const labels = site.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
};

/** `example.co.uk` as `example.*`. */
const withAnyEnd = (host: string): string => `${host.slice(0, -registryOf(host).length)}*`;

function namesOn(host: string): Set<string> | undefined {
  const names = onSites.get(host);
  if (names || !Object.hasOwn(ON_SITES, host)) return names;
  const read = new Set(ON_SITES[host]?.split(' '));
  onSites.set(host, read);
  return read;
}
