/** What a test, or a person at the sandbox's page, may do behind Notion's back. Plain data in, plain data out. */

import {
  type DatabasePlan,
  makeDatabase,
  makeProperty,
  makeRow,
  type PropertyPlan,
  type RowPlan,
} from '../content.ts';
import type { createFaults, Fault, FaultRequest } from '../faults.ts';
import { canonicalId } from '../ids.ts';
import type { Capability, Color, DataSource, Option, Page, Property, UserInformation } from '../model.ts';
import { addAuthorization, issueTokens, revoke, tokensOf } from '../oauth/tokens.ts';
import { type PlainValue, toPlain } from '../plain-values.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { LoggedRequest, RequestLog } from '../request-log.ts';
import { forgetLostValues } from '../rules/schema.ts';
import { SANDBOX_CLIENT_ID } from '../seed.ts';
import { pageUrl } from '../shape/link.ts';
import {
  dataSourcesOf,
  findProperty,
  plainText,
  rowsOf,
  type Settings,
  titleOf,
  type World,
} from '../state.ts';

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
  markdown: string | null;
  templateId: string | null;
}

export interface PlainDataSource {
  id: string;
  databaseId: string;
  /** Of the database, and of the data source when it is called differently. */
  title: string;
  inTrash: boolean;
  properties: { id: string; name: string; type: string; options: string[] }[];
  /** Oldest first, the trash included. */
  rows: PlainRow[];
}

export interface PlainAuthorization {
  botId: string;
  revoked: boolean;
  refusesRefresh: boolean;
  /** Ids shared directly. */
  shared: string[];
  /** Active ones. */
  accessTokens: number;
}

export interface SandboxState {
  dataSources: PlainDataSource[];
  /** Pages that are not rows. */
  pages: { id: string; title: string; inTrash: boolean; parentId: string | null }[];
  authorizations: PlainAuthorization[];
}

export interface MintRequest {
  /** Titles or ids of databases and pages to share. Default: everything at the top of the workspace. */
  share?: readonly string[] | undefined;
}

export interface MintedTokens {
  accessToken: string;
  refreshToken: string;
  botId: string;
  workspaceId: string;
  workspaceName: string;
}

export interface ConnectionChange {
  capabilities?: readonly Capability[] | undefined;
  userInformation?: UserInformation | undefined;
  redirectUris?: readonly string[] | undefined;
  offersTemplate?: boolean | undefined;
}

export interface PropertyChange {
  name?: string | undefined;
  /** A new type empties the column, unless it was a text and stays one, or a select that becomes a multi-select. */
  type?: string | undefined;
  addOptions?: readonly string[] | undefined;
}

export interface OptionChange {
  name?: string | undefined;
  color?: Color | undefined;
}

export type AuthorizationAction = 'expire' | 'revoke' | 'refuse-refresh' | 'allow-refresh';

/** Raised by the control functions when what they are told to change is not there: a mistake in the test. */
export class NothingToControl extends Error {}

export interface Control {
  state(): SandboxState;
  /** A data source by its id, its title or its database's title. */
  dataSource(nameOrId: string): PlainDataSource;
  requests(): LoggedRequest[];
  clearRequests(): void;
  faults(): Fault[];
  addFault(fault: FaultRequest): Fault;
  removeFault(id: string): boolean;
  clearFaults(): void;
  settings(): Settings;
  changeSettings(change: Partial<Settings>): Settings;
  changeConnection(change: ConnectionChange): void;
  /** An authorization with its tokens, as if someone had gone through the consent page. */
  mint(request?: MintRequest): MintedTokens;
  /** `botId` may be `all`. */
  act(botId: string, action: AuthorizationAction): void;
  share(nameOrId: string, botId?: string): void;
  unshare(nameOrId: string, botId?: string): void;
  /** The ids of the new database and of its data sources. */
  createDatabase(plan: DatabasePlan): { databaseId: string; dataSourceIds: string[] };
  addRow(dataSource: string, row: RowPlan): PlainRow;
  addProperty(dataSource: string, plan: PropertyPlan): void;
  changeProperty(dataSource: string, property: string, change: PropertyChange): void;
  removeProperty(dataSource: string, property: string): void;
  changeOption(dataSource: string, property: string, option: string, change: OptionChange): void;
  removeOption(dataSource: string, property: string, option: string): void;
  /** Moves a database, page or row to the trash, or back. */
  trash(nameOrId: string, inTrash: boolean): void;
  /** Back to the seed: rows, tokens, faults, settings, log. */
  reset(): void;
}

export interface ControlParts {
  world: World;
  faults: ReturnType<typeof createFaults>;
  log: RequestLog;
  limiter: RateLimiter;
  reset(): void;
}

const textTypes = ['rich_text', 'url', 'email', 'phone_number'];

export function createControl({ world, faults, log, limiter, reset }: ControlParts): Control {
  const { state, settings } = world;

  const source = (nameOrId: string): DataSource =>
    found(findSource(world, nameOrId), `data source ${nameOrId}`);

  const propertyOf = (nameOrId: string, property: string): [DataSource, Property] => {
    const one = source(nameOrId);
    return [one, found(findProperty(one, property), `property ${property}`)];
  };

  const optionOf = (nameOrId: string, property: string, name: string): [DataSource, Property, Option] => {
    const [one, column] = propertyOf(nameOrId, property);
    const option = column.options.find(({ id, name: each }) => id === name || each === name);
    return [one, column, found(option, `option ${name}`)];
  };

  const bots = (botId = 'all') =>
    botId === 'all'
      ? [...state.authorizations.values()].filter(({ revoked }) => !revoked)
      : [found(state.authorizations.get(canonicalId(botId)), `authorization ${botId}`)];

  /** Runs a change and tells the watchers. */
  const changing = <T>(change: () => T): T => {
    const result = change();
    world.changed();
    return result;
  };

  return {
    state: () => ({
      dataSources: [...state.dataSources.values()].map((one) => plainDataSource(world, one)),
      pages: [...state.pages.values()]
        .filter(({ parent }) => parent.type !== 'data_source_id')
        .map((page) => ({
          id: page.id,
          title: titleOf(page),
          inTrash: page.inTrash,
          parentId: page.parent.type === 'workspace' ? null : page.parent.id,
        })),
      authorizations: [...state.authorizations.values()].map(
        ({ botId, revoked, refusesRefresh, shared }) => ({
          botId,
          revoked,
          refusesRefresh,
          shared: [...shared.keys()],
          accessTokens: tokensOf(state, botId).filter(
            (each) => each.kind === 'access' && each.state === 'active',
          ).length,
        }),
      ),
    }),
    dataSource: (nameOrId) => plainDataSource(world, source(nameOrId)),
    requests: () => log.list(),
    clearRequests: () => changing(() => log.clear()),
    faults: () => faults.list(),
    addFault: (fault) => changing(() => faults.add(fault)),
    removeFault: (id) => changing(() => faults.remove(id)),
    clearFaults: () => changing(() => faults.clear()),
    settings: () => ({ ...settings }),
    changeSettings: (change) =>
      changing(() => {
        if (change.rateLimit !== undefined) limiter.forget();
        return { ...Object.assign(settings, change) };
      }),
    changeConnection: (change) =>
      changing(() => {
        const connection = found(state.connections.get(SANDBOX_CLIENT_ID), 'connection');
        if (change.capabilities) connection.capabilities = new Set(change.capabilities);
        if (change.redirectUris) connection.redirectUris = [...change.redirectUris];
        connection.userInformation = change.userInformation ?? connection.userInformation;
        connection.offersTemplate = change.offersTemplate ?? connection.offersTemplate;
      }),
    mint: ({ share } = {}) =>
      changing(() => {
        const [person] = state.people.values();
        const [workspace] = state.workspaces.values();
        if (!person || !workspace) throw new Error('The sandbox has no workspace');
        const ids = share?.map((each) => shareableId(world, each)) ?? topLevelIds(world);
        const authorization = addAuthorization(world, {
          clientId: SANDBOX_CLIENT_ID,
          userId: person.id,
          workspaceId: workspace.id,
          shared: new Map(ids.map((id) => [id, world.now()])),
        });
        const { access, refresh } = issueTokens(world, authorization);
        return {
          accessToken: access.value,
          refreshToken: refresh.value,
          botId: authorization.botId,
          workspaceId: workspace.id,
          workspaceName: workspace.name,
        };
      }),
    act: (botId, action) =>
      changing(() => {
        for (const authorization of bots(botId)) {
          if (action === 'revoke') revoke(state, authorization);
          if (action === 'refuse-refresh') authorization.refusesRefresh = true;
          if (action === 'allow-refresh') authorization.refusesRefresh = false;
          if (action !== 'expire') continue;
          for (const token of tokensOf(state, authorization.botId)) {
            if (token.kind === 'access' && token.state === 'active') token.state = 'expired';
          }
        }
      }),
    share: (nameOrId, botId) =>
      changing(() => {
        for (const { shared } of bots(botId)) shared.set(shareableId(world, nameOrId), world.now());
      }),
    unshare: (nameOrId, botId) =>
      changing(() => {
        for (const { shared } of bots(botId)) shared.delete(shareableId(world, nameOrId));
      }),
    createDatabase: (plan) =>
      changing(() => {
        const [person] = state.people.values();
        const database = makeDatabase(world, found(person, 'person').id, plan);
        return {
          databaseId: database.id,
          dataSourceIds: dataSourcesOf(state, database.id).map(({ id }) => id),
        };
      }),
    addRow: (nameOrId, row) =>
      changing(() => {
        const one = source(nameOrId);
        return plainRow(one, makeRow(world, one.createdBy, one, row));
      }),
    addProperty: (nameOrId, plan) =>
      changing(() => {
        source(nameOrId).properties.push(makeProperty(world, plan));
      }),
    changeProperty: (nameOrId, name, change) =>
      changing(() => {
        const [one, property] = propertyOf(nameOrId, name);
        property.name = change.name ?? property.name;
        if (change.type !== undefined && change.type !== property.type) {
          retype(world, one, property, change.type);
        }
        for (const option of change.addOptions ?? []) {
          property.options.push(
            ...makeProperty(world, { name: '', type: 'select', options: [option] }).options,
          );
        }
      }),
    removeProperty: (nameOrId, name) =>
      changing(() => {
        const [one, property] = propertyOf(nameOrId, name);
        one.properties = one.properties.filter((each) => each !== property);
        forgetLostValues(world, one, [property.id]);
      }),
    changeOption: (nameOrId, property, name, change) =>
      changing(() => {
        const [, , option] = optionOf(nameOrId, property, name);
        option.name = change.name ?? option.name;
        option.color = change.color ?? option.color;
      }),
    removeOption: (nameOrId, property, name) =>
      changing(() => {
        const [one, column, option] = optionOf(nameOrId, property, name);
        column.options = column.options.filter((each) => each !== option);
        forgetLostValues(world, one, []);
      }),
    trash: (nameOrId, inTrash) =>
      changing(() => {
        const id = canonicalId(nameOrId);
        const page = state.pages.get(id);
        const target = page ?? state.databases.get(shareableId(world, nameOrId));
        found(target, nameOrId).inTrash = inTrash;
      }),
    reset: () => changing(reset),
  };
}

/** Everything a person could tick on the consent page without opening anything. */
function topLevelIds({ state }: World): string[] {
  return [...state.databases.values(), ...state.pages.values()]
    .filter(({ parent }) => parent.type === 'workspace')
    .map(({ id }) => id);
}

function shareableId({ state }: World, nameOrId: string): string {
  const id = canonicalId(nameOrId);
  if (state.databases.has(id) || state.pages.has(id)) return id;
  const ofSource = state.dataSources.get(id)?.databaseId;
  const named =
    [...state.databases.values()].find(({ title }) => plainText(title) === nameOrId) ??
    [...state.pages.values()].find((page) => titleOf(page) === nameOrId);
  return found(ofSource ?? named?.id, nameOrId);
}

function findSource({ state }: World, nameOrId: string): DataSource | undefined {
  const id = canonicalId(nameOrId);
  const sources = [...state.dataSources.values()];
  return (
    state.dataSources.get(id) ??
    sources.find(({ databaseId }) => databaseId === id) ??
    sources.find(({ title }) => plainText(title) === nameOrId) ??
    sources.find(({ databaseId }) => plainText(state.databases.get(databaseId)?.title ?? []) === nameOrId)
  );
}

function retype(world: World, source: DataSource, property: Property, type: string): void {
  const keepsText =
    textTypes.includes(property.type) &&
    textTypes.includes(type) &&
    property.type !== 'rich_text' &&
    type !== 'rich_text';
  const becomesMulti = property.type === 'select' && type === 'multi_select';
  const fresh = makeProperty(world, { name: property.name, type });
  const isChoice = (each: string) => ['select', 'multi_select'].includes(each);
  if (becomesMulti) {
    for (const row of rowsOf(world.state, source.id)) {
      const value = row.values.get(property.id);
      row.values.set(property.id, typeof value === 'string' ? [value] : []);
    }
  }
  const options = isChoice(property.type) && isChoice(type) ? property.options : fresh.options;
  Object.assign(property, { type, options, groups: fresh.groups, settings: fresh.settings });
  forgetLostValues(world, source, keepsText || becomesMulti ? [] : [property.id]);
}

function plainDataSource({ state }: World, source: DataSource): PlainDataSource {
  const database = found(state.databases.get(source.databaseId), 'database');
  const names = [plainText(database.title), plainText(source.title)];
  return {
    id: source.id,
    databaseId: source.databaseId,
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

function plainRow(source: DataSource, row: Page): PlainRow {
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
    blocks: row.blocks.length,
    markdown: row.markdown,
    templateId: row.templateId,
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NothingToControl(`There is no ${what}`);
  return value;
}
