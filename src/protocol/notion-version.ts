/** The `Notion-Version` header of every request that Rowmark makes. 2026-03-11 is the newest published version. */
export const NOTION_VERSION = '2026-03-11';
