/** Host names, seen as the site they stand for. */

/** Labels under which countries give out names: `co.uk`, `com.au`, `ac.jp`. */
const SECOND_LEVEL = /^(?:co|com|net|org|gov|edu|ac|gob|or|ne)$/;

/** Wikimedia's sites for telephones: `en.m.wikipedia.org`. */
const WIKIMEDIA = /^(.+\.)m\.(wik[a-z]+\.org|mediawiki\.org)$/;

/** Hosts under which anyone can have a name, so that `m.` is someone's. */
const SHARED =
  /^(?:github\.io|gitlab\.io|blogspot\.[a-z.]+|wordpress\.com|tumblr\.com|substack\.com|medium\.com|netlify\.app|vercel\.app|pages\.dev|workers\.dev|web\.app|herokuapp\.com|neocities\.org)$/;

/** The part of a host that a registry gives out names under: `de`, `co.uk`. An estimate, without a list of suffixes. */
export function registryOf(host: string): string {
  const [top = '', second = ''] = host.split('.').reverse();
  return top.length === 2 && SECOND_LEVEL.test(second) ? `${second}.${top}` : top;
}

/** Whether a host of a parsed address is a number or a name of the local network, which has no `www.` beside it. */
const isLocal = (host: string): boolean =>
  host.startsWith('[') || /^(?:[\d.]+|[^.]*|.*\.local(?:host)?)$/.test(host);

/**
 * The hosts under which the pages of a plain host are found too, the likeliest first: only a name that stands directly under
 * a registry has a `www.` or an `m.` beside it.
 */
export function otherHosts(plain: string): string[] {
  const wiki = /^(.+)\.(wik[a-z]+\.org|mediawiki\.org)$/.exec(plain);
  if (wiki) return [`${wiki[1]}.m.${wiki[2]}`];
  if (isLocal(plain) || plain.slice(0, -registryOf(plain).length - 1).includes('.')) return [];
  return [`www.${plain}`, `m.${plain}`];
}

const isHeldByNoOne = (host: string): boolean => registryOf(host) === host;

/**
 * A host of a parsed address without what only says on which device it is read: `www.`, `m.`, the dot at its end, and
 * Wikimedia's `.m.`. What remains is a name that someone can hold: `m.co.uk` and `www.com` stay as they are.
 */
export function plainHost(host: string): string {
  const undotted = host.replace(/\.$/, '').replace(WIKIMEDIA, '$1$2');
  const shorter = undotted.replace(/^(?:www|m)\./, '');
  if (undotted.startsWith('m.') && SHARED.test(shorter)) return undotted;
  if (shorter === undotted || isLocal(undotted) || isHeldByNoOne(shorter)) return undotted;
  return plainHost(shorter);
}
