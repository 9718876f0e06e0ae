import { bare } from '../ids.ts';

/** Addresses as Notion has written them since June 2026. Clients must not parse them. */
export const databaseUrl = (id: string): string => `https://app.notion.com/p/${bare(id)}`;

export function pageUrl(id: string, title: string): string {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return `https://app.notion.com/p/${slug === '' ? '' : `${slug}-`}${bare(id)}`;
}
