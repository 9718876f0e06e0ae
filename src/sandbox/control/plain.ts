/** What the control functions tell: everything in plain values, as a person would write it down. */
import { present } from '../block-tree.ts';
import { statusOf, type UploadStatus } from '../file-uploads.ts';
import type { Block, DataSource, FileUpload, Page, RichText } from '../model.ts';
import { tokensOf } from '../oauth/tokens.ts';
import { type PlainValue, toPlain } from '../plain-values.ts';
import { pageUrl } from '../shape/link.ts';
import { plainText, rowsOf, titleOf, type World } from '../state.ts';
import { workspaceHolding } from '../workspaces.ts';
import { found } from './find.ts';

export interface PlainRow {
  id: string;
  url: string;
  title: string;
  inTrash: boolean;
  isArchived: boolean;
  /** ISO, to the millisecond (the API shows minutes only). */
  createdAt: string;
  /** By property name. */
  values: Record<string, PlainValue>;
  icon: unknown;
  cover: unknown;
  /** Top-level blocks. */
  blocks: number;
  /** What is in its page. */
  content: PlainBlock[];
  markdown: string | null;
  templateId: string | null;
}

/** A block of a page. */
export interface PlainBlock {
  id: string;
  type: string;
  /** Its own words: text, or the cells of a row. */
  text: string;
  /** The same in pieces, with what marks each; a row's cells one after the other. */
  runs: PlainRun[];
  /** Of a medium, or of code. */
  caption: string;
  /** Where a picture, film or bookmark is. */
  url: string;
  /** What else it says in Notion's terms, such as `checked`, `language`, `is_toggleable`, `table_width`. */
  details: Record<string, unknown>;
  children: PlainBlock[];
}

/** A piece of text. */
export interface PlainRun {
  text: string;
  /** `bold`, `italic`, …; `equation` or `mention`; a colour that is not the default one. */
  marks: string[];
  /** Where it leads. */
  href: string | null;
}

/** A file that a connection has brought. */
export interface PlainUpload {
  id: string;
  filename: string | null;
  contentType: string | null;
  /** In bytes. */
  length: number | null;
  status: UploadStatus;
  isAttached: boolean;
}

export interface PlainDataSource {
  id: string;
  databaseId: string;
  /** The name of its workspace. */
  workspace: string;
  /** Of the database, and of the data source when it is called differently. */
  title: string;
  inTrash: boolean;
  properties: { id: string; name: string; type: string; options: string[] }[];
  /** Oldest first, the trash included. */
  rows: PlainRow[];
}

/** A page that is not a row. */
export interface PlainPage {
  id: string;
  /** The name of its workspace. */
  workspace: string;
  title: string;
  inTrash: boolean;
  parentId: string | null;
}

export interface PlainAuthorization {
  botId: string;
  /** The name of its workspace. */
  workspace: string;
  revoked: boolean;
  refusesRefresh: boolean;
  /** Ids shared directly. */
  shared: string[];
  /** Active ones. */
  accessTokens: number;
}

export interface SandboxState {
  workspaces: { id: string; name: string }[];
  dataSources: PlainDataSource[];
  pages: PlainPage[];
  authorizations: PlainAuthorization[];
}

export function plainState(world: World): SandboxState {
  const { state } = world;
  return {
    workspaces: [...state.workspaces.values()].map(({ id, name }) => ({ id, name })),
    dataSources: [...state.dataSources.values()].map((one) => plainDataSource(world, one)),
    pages: [...state.pages.values()]
      .filter(({ parent }) => parent.type !== 'data_source_id')
      .map((page) => ({
        id: page.id,
        workspace: workspaceHolding(state, page.id)?.name ?? '',
        title: titleOf(page),
        inTrash: page.inTrash,
        parentId: page.parent.type === 'workspace' ? null : page.parent.id,
      })),
    authorizations: [...state.authorizations.values()].map(
      ({ botId, workspaceId, revoked, refusesRefresh, shared }) => ({
        botId,
        workspace: state.workspaces.get(workspaceId)?.name ?? '',
        revoked,
        refusesRefresh,
        shared: [...shared.keys()],
        accessTokens: tokensOf(state, botId).filter(
          (each) => each.kind === 'access' && each.state === 'active',
        ).length,
      }),
    ),
  };
}

export function plainDataSource({ state }: World, source: DataSource): PlainDataSource {
  const database = found(state.databases.get(source.databaseId), 'database');
  const names = [plainText(database.title), plainText(source.title)];
  return {
    id: source.id,
    databaseId: source.databaseId,
    workspace: workspaceHolding(state, source.id)?.name ?? '',
    title: [...new Set(names)].filter((name) => name !== '').join(' · '),
    inTrash: source.inTrash || database.inTrash,
    properties: source.properties.map(({ id, name, type, options }) => ({
      id,
      name,
      type,
      options: options.map((option) => option.name),
    })),
    rows: rowsOf(state, source.id).map((row) => plainRow(source, row)),
  };
}

export function plainRow(source: DataSource, row: Page): PlainRow {
  const title = titleOf(row);
  return {
    id: row.id,
    url: pageUrl(row.id, title),
    title,
    inTrash: row.inTrash,
    isArchived: row.isArchived,
    createdAt: new Date(row.createdAt).toISOString(),
    values: Object.fromEntries(
      source.properties.map((property) => [property.name, toPlain(source, property, row)]),
    ),
    icon: row.icon,
    cover: row.cover,
    blocks: present(row.blocks).length,
    content: present(row.blocks).map(plainBlock),
    markdown: row.markdown,
    templateId: row.templateId,
  };
}

interface AnyContent {
  rich_text?: RichText[];
  caption?: RichText[];
  cells?: RichText[][];
  url?: string;
  external?: { url: string };
  file?: { url: string };
  expression?: string;
  /** Of a medium: which of the two it has. */
  type?: string;
  [detail: string]: unknown;
}

export function plainBlock({ id, type, content, children }: Block): PlainBlock {
  const {
    rich_text = [],
    caption = [],
    cells = [],
    url,
    external,
    file,
    expression = '',
    type: _,
    ...details
  } = content as AnyContent;
  const text = [plainText(rich_text), ...cells.map(plainText), expression].filter((words) => words !== '');
  return {
    id,
    type,
    text: text.join(' | '),
    runs: [...rich_text, ...cells.flat()].map(plainRun),
    caption: plainText(caption),
    url: url ?? external?.url ?? file?.url ?? '',
    details,
    children: present(children).map(plainBlock),
  };
}

function plainRun({ type, annotations, plain_text: words, href }: RichText): PlainRun {
  const { color, ...switches } = annotations;
  const marks = Object.keys(switches).filter((key) => switches[key] === true);
  if (type !== 'text') marks.push(type);
  if (color !== 'default') marks.push(String(color));
  return { text: words, marks, href };
}

export function plainUpload({ now }: World, upload: FileUpload): PlainUpload {
  const { id, filename, contentType, contentLength: length, isAttached } = upload;
  return { id, filename, contentType, length, status: statusOf(upload, now()), isAttached };
}
