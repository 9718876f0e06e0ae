/** The requests Rowmark makes of Notion, but for those that carry a row or a new database. */
import type {
  CreateFileUploadParameters,
  QueryDataSourceParameters,
  SearchParameters,
  UpdateBlockParameters,
  UpdateDatabaseParameters,
  UpdatePageParameters,
} from '@notionhq/client';
import type { NotionRequest } from './request.ts';

const post = (path: string, body: unknown): NotionRequest => ({ method: 'POST', path, body });
const get = (path: string): NotionRequest => ({ method: 'GET', path });
const segment = encodeURIComponent;

const search = (kind: 'page' | 'data_source', query: string, cursor?: string): NotionRequest =>
  post('/v1/search', {
    ...(query === '' ? {} : { query }),
    filter: { property: 'object', value: kind },
    sort: { timestamp: 'last_edited_time', direction: 'descending' },
    page_size: 100,
    ...(cursor === undefined ? {} : { start_cursor: cursor }),
  } satisfies SearchParameters);

/**
 * A page of the data sources shared with the connection, the last edited first.
 * @param query words of their titles; empty: all
 */
export const searchDataSources = (query: string, cursor?: string): NotionRequest =>
  search('data_source', query, cursor);

/** The pages shared with the connection, the last edited first. */
export const searchPages = (): NotionRequest => search('page', '');

export const getDataSource = (id: string): NotionRequest => get(`/v1/data_sources/${segment(id)}`);
export const getDatabase = (id: string): NotionRequest => get(`/v1/databases/${segment(id)}`);
export const getPage = (id: string): NotionRequest => get(`/v1/pages/${segment(id)}`);
/** Whoever the token belongs to. */
export const getMe = (): NotionRequest => get('/v1/users/me');
/** Everybody of the workspace, a page of them. */
export const listUsers = (cursor?: string): NotionRequest =>
  get(`/v1/users?page_size=100${cursor === undefined ? '' : `&start_cursor=${segment(cursor)}`}`);
/** Pages of a data source whose title holds these words, the last edited first. The title's id is always `title`. */
export const findByTitle = (id: string, words: string): NotionRequest =>
  queryDataSource(id, {
    ...(words === '' ? {} : { filter: { property: 'title', title: { contains: words } } }),
    sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
    page_size: 20,
  });
/** Rows with one of these addresses, the oldest first. */
export const findByAddress = (id: string, propertyId: string, urls: readonly string[]): NotionRequest =>
  queryDataSource(id, {
    filter: { or: urls.map((url) => ({ property: propertyId, url: { equals: url } })) },
    sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
    page_size: 10,
  });
/** Adds a property of type `url`. */
export const addUrlProperty = (id: string, name: string): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/data_sources/${segment(id)}`,
  body: { properties: { [name]: { url: {} } } },
});
export const getBlockChildren = (id: string, cursor?: string): NotionRequest =>
  get(
    `/v1/blocks/${segment(id)}/children?page_size=100${cursor === undefined ? '' : `&start_cursor=${segment(cursor)}`}`,
  );
/** The page templates of a data source, a page of them. */
export const listTemplates = (id: string, cursor?: string): NotionRequest =>
  get(
    `/v1/data_sources/${segment(id)}/templates?page_size=100${cursor === undefined ? '' : `&start_cursor=${segment(cursor)}`}`,
  );

/**
 * Rows of a data source.
 * @param only ids of the properties to return, as Notion writes them (URL-encoded); none: all
 */
export const queryDataSource = (
  id: string,
  body: Omit<QueryDataSourceParameters, 'data_source_id'>,
  only: readonly string[] = [],
): NotionRequest => {
  const shown = only.map((property) => `filter_properties=${property}`).join('&');
  return post(`/v1/data_sources/${segment(id)}/query${shown === '' ? '' : `?${shown}`}`, body);
};

/** Announces a file, of at most 20 MiB. */
export const createFileUpload = (filename: string, contentType: string): NotionRequest =>
  post('/v1/file_uploads', {
    mode: 'single_part',
    filename,
    content_type: contentType,
  } satisfies CreateFileUploadParameters);

/** Has Notion fetch a file that anybody can fetch. */
export const importFile = (url: string): NotionRequest =>
  post('/v1/file_uploads', {
    mode: 'external_url',
    external_url: url,
  } satisfies CreateFileUploadParameters);

export const getFileUpload = (id: string): NotionRequest => get(`/v1/file_uploads/${segment(id)}`);

/** Has a picture's block show that upload in place of its link. Its caption stays. */
export const showUpload = (blockId: string, upload: string): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/blocks/${segment(blockId)}`,
  body: { image: { file_upload: { id: upload } } },
});

/** Sends the bytes of a file that was announced with this name and type. */
export const sendFileUpload = (id: string, file: NonNullable<NotionRequest['file']>): NotionRequest => ({
  method: 'POST',
  path: `/v1/file_uploads/${segment(id)}/send`,
  file,
});

export const getBlock = (id: string): NotionRequest => ({
  method: 'GET',
  path: `/v1/blocks/${segment(id)}`,
});

/** Moves a block to the trash. */
export const deleteBlock = (id: string): NotionRequest => ({
  method: 'DELETE',
  path: `/v1/blocks/${segment(id)}`,
});

/** Takes a block out of the trash. */
export const restoreBlock = (id: string): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/blocks/${segment(id)}`,
  body: { in_trash: false } satisfies Omit<UpdateBlockParameters, 'block_id'>,
});

/** Moves a page to the trash, where it stays for 30 days and can be restored. */
export const trashPage = (id: string): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/pages/${segment(id)}`,
  body: { in_trash: true } satisfies Omit<UpdatePageParameters, 'page_id'>,
});

/** Takes a page out of the trash; one that is not in it stays as it is. */
export const restorePage = (id: string): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/pages/${segment(id)}`,
  body: { in_trash: false } satisfies Omit<UpdatePageParameters, 'page_id'>,
});

/** Moves a database to the trash, with all that is in it. */
export const trashDatabase = (id: string): NotionRequest => ({
  method: 'PATCH',
  path: `/v1/databases/${segment(id)}`,
  body: { in_trash: true } satisfies Omit<UpdateDatabaseParameters, 'database_id'>,
});
