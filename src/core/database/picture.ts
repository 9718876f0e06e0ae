/** Which pictures pages of the extension load: Notion's own. From anywhere else, loading one would tell a stranger of the user. */

/**
 * Where Notion keeps files, as sources of a content security policy: what an address begins with. The hosts are those of
 * recorded replies (signed addresses of uploads, which hold for an hour; public ones of workspaces and people; the icons that
 * Notion itself offers). In Amazon's shared hosts, only Notion's own buckets.
 */
export const NOTION_FILES = [
  'https://www.notion.so/icons/',
  'https://www.notion.so/images/',
  'https://app.notion.com/icons/',
  'https://app.notion.com/images/',
  'https://file.notion.so/',
  'https://file.notion.com/',
  'https://img.notionusercontent.com/',
  'https://prod-files-secure.s3.us-west-2.amazonaws.com/',
  'https://s3.us-west-2.amazonaws.com/secure.notion-static.com/',
  'https://s3.us-west-2.amazonaws.com/public.notion-static.com/',
  'https://s3-us-west-2.amazonaws.com/secure.notion-static.com/',
  'https://s3-us-west-2.amazonaws.com/public.notion-static.com/',
] as const;

/** Whether a page of the extension may load a picture from that address. */
export function isNotionFile(address: string): boolean {
  if (!URL.canParse(address)) return false;
  // As the browser will ask for it: without what only hides where it leads, such as `/../`.
  const { href } = new URL(address);
  return NOTION_FILES.some((source) => href.startsWith(source));
}

/** A workspace's icon as Notion's token reply has it, an address or an emoji; null for an address that is not Notion's own. */
export const ownIcon = (icon: string | null): string | null =>
  icon?.includes('/') && !isNotionFile(icon) ? null : icon;
