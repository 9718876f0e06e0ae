/** Which preset the pages of a site are saved by. */
import type { Preset } from './presets.ts';

/**
 * Whether an address is of a site, as a preset names it. Without a path, every page of the host and its subdomains; with one,
 * pages whose path begins with it. A star stands for anything.
 */
export function isOfSite(url: string, site: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  const [host = '', ...path] = site
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .split('/');
  const named = asHost(host.replace(/^(?:\*\.|www\.)/, ''));
  if (named === '') return false;
  const isHost = new RegExp(`^(?:.+\\.)?${pattern(named)}$`);
  const isPath = new RegExp(`^${pattern(path.join('/').replace(/\*+$/, ''))}`);
  return isHost.test(hostname) && isPath.test(pathname.slice(1).toLowerCase());
}

/** A star as part of a host's name, which browsers write in ASCII. */
const STAR = 'rowmark-star';

/** A host as addresses have it. */
function asHost(typed: string): string {
  const url = `http://${typed.replaceAll('*', STAR)}`;
  return typed !== '' && URL.canParse(url) ? new URL(url).hostname.replaceAll(STAR, '*') : '';
}

/** A star stands for anything; nothing else means anything but itself. */
const pattern = (words: string): string =>
  words
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

/** The first preset whose sites the address is of. */
export const presetFor = (url: string, presets: readonly Preset[]): Preset | null =>
  presets.find(({ sites }) => sites.some((site) => isOfSite(url, site))) ?? null;
