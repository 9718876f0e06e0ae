/** The SDK's names for parts of request bodies, so that handlers are typed by the contract they are checked against. */
import type {
  AppendBlockChildrenParameters,
  CreateDatabaseParameters,
  CreateDataSourceParameters,
  CreateFileUploadParameters,
  CreatePageParameters,
  QueryDataSourceParameters,
  SearchParameters,
  UpdateBlockParameters,
  UpdateDatabaseParameters,
  UpdateDataSourceParameters,
  UpdatePageParameters,
} from '@notionhq/client';

export type {
  BlockObjectRequest,
  PageCoverRequest,
  PageIconRequest,
  PropertyConfigurationRequest,
  PropertyFilter,
  RichTextItemRequest,
  TimestampFilter,
} from '@notionhq/client/build/src/api-endpoints/common.js';

export type SearchBody = SearchParameters;
export type CreatePageBody = Omit<CreatePageParameters, 'filter_properties'>;
export type UpdatePageBody = Omit<UpdatePageParameters, 'filter_properties' | 'page_id'>;
export type CreateDatabaseBody = CreateDatabaseParameters;
export type UpdateDatabaseBody = Omit<UpdateDatabaseParameters, 'database_id'>;
export type CreateDataSourceBody = CreateDataSourceParameters;
export type UpdateDataSourceBody = Omit<UpdateDataSourceParameters, 'data_source_id'>;
export type QueryBody = Omit<QueryDataSourceParameters, 'filter_properties' | 'data_source_id'> & {
  is_archived?: boolean;
};
export type AppendBody = Omit<AppendBlockChildrenParameters, 'block_id'>;

export type UpdateBlockBody = Omit<UpdateBlockParameters, 'block_id'>;
export type CreateFileUploadBody = CreateFileUploadParameters;

export type PropertyValueRequest = NonNullable<CreatePageParameters['properties']>[string];
export type PropertyUpdateRequest = NonNullable<UpdateDataSourceParameters['properties']>[string];
export type Filter = NonNullable<QueryDataSourceParameters['filter']>;
export type Sort = NonNullable<QueryDataSourceParameters['sorts']>[number];
