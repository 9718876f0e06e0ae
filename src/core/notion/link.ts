/** Reading a link to a Notion database, in whatever form it was copied. */

const ID = '[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}';
const LAST_ID = new RegExp(`(${ID})(?![0-9a-z])`, 'gi');

const NOTION_HOSTS = /(?:^|\.)notion\.(?:so|com|site)$/;

/** With dashes, as Notion returns ids. */
const dashed = (id: string): string =>
  id
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const lastId = (text: string): string[] =>
  [...text.matchAll(LAST_ID)].slice(-1).map((match) => dashed(match[1] ?? ''));

/**
 * The ids a pasted text may mean, the likeliest first: the one in the path, then a page opened on top of it (`p`).
 * `v` names a view and is never taken for a database. Null when there is none.
 */
export function readNotionLink(text: string): { ids: string[] } | null {
  const trimmed = text.trim();
  const bare = new RegExp(`^${ID}$`, 'i').test(trimmed);
  const ids = bare ? [dashed(trimmed)] : idsInLink(trimmed);
  return ids.length > 0 ? { ids: [...new Set(ids)] } : null;
}

function idsInLink(text: string): string[] {
  const address =
    /(?:https?|notion):\/\/\S+/i.exec(text)?.[0] ??
    (/^[\w.-]*notion\.\w+\//i.test(text) ? `https://${text}` : '');
  let url: URL;
  try {
    url = new URL(address.replace(/^notion:\/\//i, 'https://'));
  } catch {
    return [];
  }
  if (!NOTION_HOSTS.test(url.hostname)) return [];
  return [...lastId(url.pathname), ...lastId(url.searchParams.get('p') ?? '')];
}
