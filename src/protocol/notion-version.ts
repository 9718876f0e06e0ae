/** The one version of Notion's API that everything here speaks. */
export { NOTION_VERSION } from '../core/notion/request.ts';
