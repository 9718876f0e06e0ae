/** What the sandbox knows: plain data, in its own shapes. `shape/` turns it into Notion's. */
import type { Instant } from './time.ts';

export const apiVersions = ['2025-09-03', '2026-03-11'] as const;
export type ApiVersion = (typeof apiVersions)[number];

export const colors = [
  'default',
  'gray',
  'brown',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'red',
] as const;
export type Color = (typeof colors)[number];

export interface Workspace {
  id: string;
  name: string;
  icon: string;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  avatarUrl: string | null;
  /** Ids of the workspaces this person is in. */
  workspaces: readonly string[];
}

export const contentCapabilities = ['read_content', 'update_content', 'insert_content'] as const;
export type Capability = (typeof contentCapabilities)[number];
export type UserInformation = 'none' | 'without_email' | 'with_email';

/** An app registered with Notion. */
export interface Connection {
  clientId: string;
  clientSecret: string;
  name: string;
  redirectUris: string[];
  capabilities: Set<Capability>;
  userInformation: UserInformation;
  /** A page the connection offers to copy into the user's workspace during consent. */
  offersTemplate: boolean;
}

/** One user's permission for one connection in one workspace, with its bot. */
export interface Authorization {
  botId: string;
  clientId: string;
  userId: string;
  workspaceId: string;
  createdAt: Instant;
  revoked: boolean;
  /** When set, a refresh is answered with `invalid_grant`. */
  refusesRefresh: boolean;
  /** Ids of pages and databases shared directly, and since when. What lies below them is shared too. */
  shared: Map<string, Instant>;
}

export interface Token {
  value: string;
  kind: 'access' | 'refresh';
  botId: string;
  state: 'active' | 'expired' | 'rotated' | 'revoked';
  issuedAt: Instant;
  /** Shared by an access token and the refresh token issued with it. */
  pair: string;
}

/** What a code from the consent page stands for until it is exchanged. */
export interface Grant {
  code: string;
  clientId: string;
  redirectUri: string;
  userId: string;
  workspaceId: string;
  shared: string[];
  duplicateTemplate: boolean;
  issuedAt: Instant;
  state: 'fresh' | 'used';
}

export type Parent =
  /** At the top of the workspace of that id. */
  | { type: 'workspace'; id: string }
  | { type: 'page_id'; id: string }
  | { type: 'database_id'; id: string }
  | { type: 'data_source_id'; id: string };

export interface Timestamps {
  createdAt: Instant;
  createdBy: string;
  editedAt: Instant;
  editedBy: string;
}

/** Icons and covers are kept in the shape Notion returns. */
export type Media = Record<string, unknown> | null;

export interface Database extends Timestamps {
  id: string;
  title: RichText[];
  description: RichText[];
  parent: Parent;
  icon: Media;
  cover: Media;
  isInline: boolean;
  isLocked: boolean;
  inTrash: boolean;
}

export interface DataSource extends Timestamps {
  id: string;
  databaseId: string;
  title: RichText[];
  icon: Media;
  inTrash: boolean;
  properties: Property[];
  templates: Template[];
  /** The next number for a `unique_id` property. */
  nextNumber: number;
}

export interface Template {
  id: string;
  name: string;
  isDefault: boolean;
  /** Its paragraphs. */
  words: readonly string[];
}

export interface Option {
  id: string;
  name: string;
  color: Color;
  description: string | null;
}

export interface StatusGroup {
  id: string;
  name: string;
  color: Color;
  optionIds: string[];
}

/** One column. `type` may be one this code has never heard of: Notion adds types without a new API version. */
export interface Property {
  /** As stored; responses carry it URL-encoded. The title's is always `title`. */
  id: string;
  name: string;
  type: string;
  description: string | null;
  /** For `select`, `multi_select` and `status`. */
  options: Option[];
  /** For `status`. */
  groups: StatusGroup[];
  /** The other types' settings, in Notion's shape (`{format}`, `{expression}`, `{prefix}` …). */
  settings: Record<string, unknown>;
}

/** A rich text item in the shape Notion returns. */
export interface RichText {
  type: 'text' | 'mention' | 'equation';
  annotations: Record<string, unknown>;
  plain_text: string;
  href: string | null;
  [content: string]: unknown;
}

export interface DateValue {
  start: string;
  end: string | null;
  time_zone: string | null;
}

/** The value of a property, by type: rich text, text, number, boolean, date, an option's id, a list of ids or of files … */
export type Value =
  | RichText[]
  | DateValue
  | string
  | number
  | boolean
  | string[]
  | Record<string, unknown>[]
  | Record<string, unknown>
  | null;

export interface Block extends Timestamps {
  id: string;
  type: string;
  /** In the shape that responses have, without children. Of an uploaded file only the unsigned address is kept. */
  content: Record<string, unknown>;
  /** Those in the trash included, at their places. */
  children: Block[];
  /** Moved to the trash by itself; what is below it is there as well, without being marked. */
  inTrash: boolean;
}

/** A file that a connection uploads, or has Notion fetch. */
export interface FileUpload {
  id: string;
  createdAt: Instant;
  editedAt: Instant;
  /** The bot; no other can use it. */
  createdBy: string;
  mode: 'single_part' | 'external_url';
  filename: string | null;
  contentType: string | null;
  /** In bytes; null until they are there. */
  contentLength: number | null;
  /** What Notion's own fetching comes to, and when. */
  import: { at: Instant; failure: string | null } | null;
  /** Whether something shows it; one that nothing shows lapses. */
  isAttached: boolean;
}

/** What is at an address of the web, for Notion to fetch. */
export interface HostedFile {
  /** null: the server does not say. */
  contentType: string | null;
  /** In bytes. */
  length: number;
  /** With what code fetching fails after it was taken on; null: it does not. */
  failure: string | null;
}

/** A page, or a row of a data source. */
export interface Page extends Timestamps {
  id: string;
  parent: Parent;
  icon: Media;
  cover: Media;
  inTrash: boolean;
  isArchived: boolean;
  isLocked: boolean;
  /** By property id. A page outside a data source has only `title`. */
  values: Map<string, Value>;
  /** For a `unique_id` property. */
  number: number;
  /** Those in the trash included, at their places. */
  blocks: Block[];
  /** Markdown given at creation, as it came. */
  markdown: string | null;
  /** The template asked for, to be applied later, as Notion does. */
  templateId: string | null;
  /** When it was asked for; null: none was, or its blocks are there. */
  templateAskedAt: Instant | null;
}
