import type {
  Authorization,
  Connection,
  Database,
  DataSource,
  FileUpload,
  Grant,
  HostedFile,
  Page,
  Person,
  Property,
  RichText,
  Token,
  Workspace,
} from './model.ts';
import type { Random } from './random.ts';
import type { Instant } from './time.ts';

/** Everything the sandbox remembers. It is emptied and seeded again by a reset. */
export interface State {
  workspaces: Map<string, Workspace>;
  people: Map<string, Person>;
  connections: Map<string, Connection>;
  authorizations: Map<string, Authorization>;
  tokens: Map<string, Token>;
  grants: Map<string, Grant>;
  databases: Map<string, Database>;
  dataSources: Map<string, DataSource>;
  pages: Map<string, Page>;
  /** Addresses of files that were uploaded, without their signatures. */
  uploads: Set<string>;
  /** Of connections, by their ids. */
  fileUploads: Map<string, FileUpload>;
  /** What is at addresses that Notion may be told to fetch; of others it is guessed by their names. */
  web: Map<string, HostedFile>;
}

export const emptyState = (): State => ({
  workspaces: new Map(),
  people: new Map(),
  connections: new Map(),
  authorizations: new Map(),
  tokens: new Map(),
  grants: new Map(),
  databases: new Map(),
  dataSources: new Map(),
  pages: new Map(),
  uploads: new Set(),
  fileUploads: new Map(),
  web: new Map(),
});

/** The switches of the sandbox. Times in milliseconds. */
export interface Settings {
  /** Until search finds what was created below a shared page, or below a page just shared. */
  searchLagMs: number;
  /** Until search finds the shared pages and databases themselves after consent. */
  sharedSearchLagMs: number;
  /** Until a query finds a new row. */
  queryLagMs: number;
  /** Rows a query gives at most for one filter and sort: 10,000 since April 2026. */
  queryLimit: number;
  /** Requests a connection may make in a window of 60 seconds; 0 means no limit. */
  rateLimit: number;
  /** Whether a refresh kills the pair it replaces, and a reused refresh token is refused. */
  rotateTokens: boolean;
  /** Shape of errors of the OAuth endpoints: Notion's envelope, or RFC 6749 §5.2. Both are documented. */
  oauthErrorShape: 'envelope' | 'rfc6749';
  /** Whether responses carry fields no client can know. */
  extraFields: boolean;
  /** Pictures, films and links whose address has this in it are refused; empty: none. Which ones Notion refuses is not said. */
  refusedAddress: string;
  /** Whether a refusal of an address says in which block it is. Older ones did not. */
  namesRefused: boolean;
  /** What is answered where blocks are to go behind one that is in the trash or was never there; Notion does not say. */
  goneAnchor: 400 | 404;
  /** Until the blocks of a template are in a page that asked for it; null: until `landTemplates`. */
  templateLagMs: number | null;
  /** Where they come if the page has others by then: Notion does not say whether it keeps those. */
  templateLands: 'before' | 'after' | 'instead';
  /** For an uploaded file, in bytes. 5 MiB is the limit of the Free plan. */
  maxFileBytes: number;
  /** Until Notion has fetched a file by its address. */
  importLagMs: number;
}

export const defaultSettings: Settings = {
  searchLagMs: 3000,
  sharedSearchLagMs: 0,
  queryLagMs: 0,
  queryLimit: 10_000,
  rateLimit: 180,
  rotateTokens: true,
  oauthErrorShape: 'envelope',
  extraFields: true,
  refusedAddress: '',
  namesRefused: true,
  goneAnchor: 400,
  templateLagMs: null,
  templateLands: 'before',
  maxFileBytes: 5 * 1024 * 1024,
  importLagMs: 2_000,
};

/** What every part of the sandbox works with. */
export interface World {
  state: State;
  settings: Settings;
  now(): Instant;
  random: Random;
  /** Tells whoever is watching (the sandbox's page) that something changed. */
  changed(): void;
}

export const plainText = (text: readonly RichText[]): string => text.map((item) => item.plain_text).join('');

export const titleOf = (page: Page): string => plainText((page.values.get('title') ?? []) as RichText[]);

export const dataSourcesOf = (state: State, databaseId: string): DataSource[] =>
  [...state.dataSources.values()].filter((source) => source.databaseId === databaseId);

export const rowsOf = (state: State, dataSourceId: string): Page[] =>
  [...state.pages.values()].filter(
    ({ parent }) => parent.type === 'data_source_id' && parent.id === dataSourceId,
  );

/** A property by its name, its id, or its id as responses write it. */
export function findProperty(source: DataSource, nameOrId: string): Property | undefined {
  return (
    source.properties.find(({ name }) => name === nameOrId) ??
    source.properties.find(({ id }) => id === nameOrId || encodeURIComponent(id) === nameOrId)
  );
}

export function databaseOf(state: State, source: DataSource): Database {
  const database = state.databases.get(source.databaseId);
  if (!database) throw new Error(`Data source ${source.id} has no database`);
  return database;
}
