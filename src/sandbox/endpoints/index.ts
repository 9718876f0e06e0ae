import { blockEndpoints } from './blocks.ts';
import { dataSourceEndpoints } from './data-sources.ts';
import { databaseEndpoints } from './databases.ts';
import type { Endpoint } from './endpoint.ts';
import { fileUploadEndpoints } from './file-uploads.ts';
import { pageEndpoints } from './pages.ts';
import { query } from './query.ts';
import { search } from './search.ts';
import { userEndpoints } from './users.ts';

/** What the sandbox serves. In order: a fixed path comes before one with a parameter. */
export const endpoints: readonly Endpoint[] = [
  search,
  ...userEndpoints,
  ...databaseEndpoints,
  query,
  ...dataSourceEndpoints,
  ...pageEndpoints,
  ...blockEndpoints,
  ...fileUploadEndpoints,
];
