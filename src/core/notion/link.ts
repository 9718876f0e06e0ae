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

/** Parameters that name a page; the official SDK's `extractNotionId` reads the same. */
const PAGE_PARAMETERS = ['p', 'page_id', 'database_id'];

/**
 * The ids a pasted text may mean, the likeliest first: the one in the path, then a page opened on top of it (`p`).
 * `v` names a view and is never taken for a database. Null when there is none.
 */
export function readNotionLink(text: string): { ids: string[] } | null {
  const url = parse(addressIn(text.trim()));
  if (!url || !NOTION_HOSTS.test(url.hostname)) return null;
  const inParameters = PAGE_PARAMETERS.flatMap((name) => lastId(url.searchParams.get(name) ?? ''));
  const ids = [...lastId(url.pathname), ...inParameters];
  return ids.length > 0 ? { ids: [...new Set(ids)] } : null;
}

/** The first address in the text; a text without one is taken for the end of a link, be it an id alone. */
function addressIn(text: string): string {
  const whole = /(?:https?|notion):\/\/\S+/i.exec(text)?.[0];
  if (whole !== undefined) return whole.replace(/^notion:/i, 'https:');
  if (/^[\w.-]*notion\.\w+\//i.test(text)) return `https://${text}`;
  return text.includes('/') ? '' : `https://www.notion.so/${text}`;
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
