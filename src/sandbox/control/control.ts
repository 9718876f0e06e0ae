/** What a test, or a person at the sandbox's page, may do behind Notion's back. Plain data in, plain data out. */

import { blockAt, childrenOf, findPlace, newBlock, type Place, present } from '../block-tree.ts';
import {
  type DatabasePlan,
  makeDatabase,
  makeProperty,
  makeRow,
  type PropertyPlan,
  type RowPlan,
} from '../content.ts';
import type { createFaults, Fault, FaultRequest } from '../faults.ts';
import { canonicalId, uuid } from '../ids.ts';
import type { LateRequests } from '../late-requests.ts';
import type {
  Block,
  Capability,
  Color,
  DataSource,
  HostedFile,
  Option,
  Property,
  UserInformation,
} from '../model.ts';
import { addAuthorization, issueTokens, revoke, tokensOf } from '../oauth/tokens.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { LoggedRequest, RequestLog } from '../request-log.ts';
import { completeContent } from '../rules/block-content.ts';
import { text } from '../rules/rich-text.ts';
import { forgetLostValues } from '../rules/schema.ts';
import { SANDBOX_CLIENT_ID } from '../seed.ts';
import { dataSourcesOf, findProperty, rowsOf, type Settings, type World } from '../state.ts';
import { landTemplates } from '../templates.ts';
import { findWorkspace, firstWorkspace, peopleOf, workspaceHolding } from '../workspaces.ts';
import { findSource, found, NothingToControl, shareableId, topLevelIds } from './find.ts';
import {
  type PlainBlock,
  type PlainDataSource,
  type PlainRow,
  type PlainUpload,
  plainBlock,
  plainDataSource,
  plainRow,
  plainState,
  plainUpload,
  type SandboxState,
} from './plain.ts';

export interface MintRequest {
  /** Titles or ids of databases and pages to share. Default: everything at the top of the workspace. */
  share?: readonly string[] | undefined;
  /** By its name or id. Default: the first. */
  workspace?: string | undefined;
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
  /** The ids of the new database and of its data sources. `workspace` goes by name or id; the first when left out. */
  createDatabase(plan: DatabasePlan, workspace?: string): { databaseId: string; dataSourceIds: string[] };
  /** A person of the workspace. @returns the id */
  addPerson(name: string, workspace?: string): string;
  addRow(dataSource: string, row: RowPlan): PlainRow;
  addProperty(dataSource: string, plan: PropertyPlan): void;
  changeProperty(dataSource: string, property: string, change: PropertyChange): void;
  removeProperty(dataSource: string, property: string): void;
  changeOption(dataSource: string, property: string, option: string, change: OptionChange): void;
  removeOption(dataSource: string, property: string, option: string): void;
  /** Moves a database, page, row or block to the trash, or back. */
  trash(nameOrId: string, inTrash: boolean): void;
  /** Somebody writes a paragraph into a page, or below a block. @param at its place among the blocks; left out: at the end */
  write(pageOrBlockId: string, text: string, at?: number): void;
  /** Somebody takes a block of a page away, with what is below it; `trash` brings it back. */
  removeBlock(pageId: string, blockId: string): void;
  /** Somebody writes something else into a block that has text. */
  editBlock(blockId: string, text: string): void;
  /** Somebody moves a block. @param to a page, or a block. @param at its place there; left out: at the end */
  moveBlock(blockId: string, to: string, at?: number): void;
  /** What is in a page, or below a block. */
  content(pageOrBlockId: string): PlainBlock[];
  /** The blocks of templates that pages wait for arrive now. @returns in how many pages */
  landTemplates(): number;
  /** Requests that `drop_late` has held back are done now. @returns how many */
  landLate(): Promise<number>;
  /** What Notion finds when it is told to fetch that address. Left out: a picture of 1 kB, as a server tells it that is well. */
  hostFile(url: string, file: Partial<HostedFile>): void;
  /** The files that connections have brought, oldest first. */
  fileUploads(): PlainUpload[];
  /** Back to the seed: rows, tokens, faults, settings, log. */
  reset(): void;
}

export interface ControlParts {
  world: World;
  faults: ReturnType<typeof createFaults>;
  log: RequestLog;
  limiter: RateLimiter;
  late: LateRequests;
  reset(): void;
}

const textTypes = ['rich_text', 'url', 'email', 'phone_number'];

export function createControl({ world, faults, log, limiter, late, reset }: ControlParts): Control {
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

  const workspaceOr = (nameOrId: string | undefined) =>
    nameOrId === undefined
      ? firstWorkspace(state)
      : found(findWorkspace(state, nameOrId), `workspace ${nameOrId}`);

  const bots = (botId = 'all') =>
    botId === 'all'
      ? [...state.authorizations.values()].filter(({ revoked }) => !revoked)
      : [found(state.authorizations.get(canonicalId(botId)), `authorization ${botId}`)];

  const findBlock = (id: string): Block | undefined => {
    const place = findPlace(state, id, () => true);
    return place && blockAt(place);
  };

  const placeOf = (pageOrBlockId: string): Place =>
    found(
      findPlace(state, canonicalId(pageOrBlockId), () => true),
      `page or block ${pageOrBlockId}`,
    );

  /** Runs a change and tells the watchers. */
  const changing = <T>(change: () => T): T => {
    const result = change();
    world.changed();
    return result;
  };

  return {
    state: () => plainState(world),
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
    mint: ({ share, workspace: named } = {}) =>
      changing(() => {
        const workspace = workspaceOr(named);
        const [person] = peopleOf(state, workspace.id);
        const ids =
          share?.map((each) => shareableId(world, each, workspace)) ?? topLevelIds(world, workspace);
        const authorization = addAuthorization(world, {
          clientId: SANDBOX_CLIENT_ID,
          userId: found(person, 'person').id,
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
        const id = shareableId(world, nameOrId);
        const place = workspaceHolding(state, id)?.id;
        // No bot can be given what is in another workspace.
        for (const { shared, workspaceId } of bots(botId))
          if (workspaceId === place) shared.set(id, world.now());
      }),
    unshare: (nameOrId, botId) =>
      changing(() => {
        for (const { shared } of bots(botId)) shared.delete(shareableId(world, nameOrId));
      }),
    createDatabase: (plan, workspace) =>
      changing(() => {
        const place = workspaceOr(workspace);
        const [person] = peopleOf(state, place.id);
        const parent = plan.parent ?? { type: 'workspace', id: place.id };
        const database = makeDatabase(world, found(person, 'person').id, { ...plan, parent });
        return {
          databaseId: database.id,
          dataSourceIds: dataSourcesOf(state, database.id).map(({ id }) => id),
        };
      }),
    addPerson: (name, workspace) =>
      changing(() => {
        const id = uuid(world.random);
        const workspaces = [workspaceOr(workspace).id];
        state.people.set(id, { id, name, email: `${id}@example.org`, avatarUrl: null, workspaces });
        return id;
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
        const page = state.pages.get(id) ?? findBlock(id);
        const target = page ?? state.databases.get(shareableId(world, nameOrId));
        found(target, nameOrId).inTrash = inTrash;
      }),
    write: (pageOrBlockId, words, at) =>
      changing(() => putAt(childrenOf(placeOf(pageOrBlockId)), writtenBy(world, words), at)),
    removeBlock: (pageId, blockId) =>
      changing(() => {
        const { page, path } = placeOf(blockId);
        found(page.id === canonicalId(pageId) ? page : undefined, `block ${blockId} on page ${pageId}`);
        found(path.at(-1), `block ${blockId}`).inTrash = true;
      }),
    editBlock: (blockId, words) =>
      changing(() => {
        const block = found(findBlock(canonicalId(blockId)), `block ${blockId}`);
        found(block.content.rich_text, `text in block ${blockId}`);
        block.content = { ...block.content, rich_text: text(words) };
        block.editedAt = world.now();
        block.editedBy = somebody(world);
      }),
    moveBlock: (blockId, to, at) =>
      changing(() => {
        const { page, path } = placeOf(blockId);
        const block = found(path.at(-1), `block ${blockId}`);
        const target = placeOf(to);
        if (target.path.includes(block)) throw new NothingToControl(`${to} is in block ${blockId}`);
        const siblings = childrenOf({ page, path: path.slice(0, -1) });
        siblings.splice(siblings.indexOf(block), 1);
        putAt(childrenOf(target), block, at);
      }),
    content: (pageOrBlockId) => present(childrenOf(placeOf(pageOrBlockId))).map(plainBlock),
    landTemplates: () => changing(() => landTemplates(world)),
    landLate: () => late.land(),
    hostFile: (url, file) =>
      changing(() => {
        state.web.set(url, { contentType: 'image/png', length: 1024, failure: null, ...file });
      }),
    fileUploads: () => [...state.fileUploads.values()].map((upload) => plainUpload(world, upload)),
    reset: () => changing(reset),
  };
}

/** A paragraph of somebody of the workspace. */
function writtenBy(world: World, words: string): Block {
  const content = completeContent('paragraph', { rich_text: text(words) });
  return newBlock(world, somebody(world), { type: 'paragraph', content });
}

/** The id of a person of the workspace. */
const somebody = (world: World): string =>
  peopleOf(world.state, firstWorkspace(world.state).id)[0]?.id ?? uuid(world.random);

/** @param at counted without those in the trash */
function putAt(siblings: Block[], block: Block, at?: number): void {
  const next = at === undefined ? undefined : present(siblings)[at];
  siblings.splice(next ? siblings.indexOf(next) : siblings.length, 0, block);
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
