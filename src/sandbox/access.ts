/** Who may see what: sharing is inherited from a page or database to everything below it. */
import { notFound, type Refusable } from './errors.ts';
import type { Authorization, Capability, Connection, Database, DataSource, Page, Parent } from './model.ts';
import type { State } from './state.ts';
import type { Instant } from './time.ts';

/** The caller of one request. */
export interface Caller {
  authorization: Authorization;
  connection: Connection;
}

export const allows = ({ connection }: Caller, capability: Capability): boolean =>
  connection.capabilities.has(capability);

/** The id itself and those of all that contains it, nearest first. */
export function lineage(state: State, id: string): string[] {
  const ids = [id];
  let parent = parentOf(state, id);
  while (parent && parent.type !== 'workspace' && !ids.includes(parent.id)) {
    ids.push(parent.id);
    parent = parentOf(state, parent.id);
  }
  return ids;
}

function parentOf(state: State, id: string): Parent | undefined {
  const source = state.dataSources.get(id);
  if (source) return { type: 'database_id', id: source.databaseId };
  return state.pages.get(id)?.parent ?? state.databases.get(id)?.parent;
}

/** Since when the authorization may see the thing, and whether it was picked itself; `undefined` when it may not. */
export function sharing(
  state: State,
  authorization: Authorization,
  id: string,
): { since: Instant; directly: boolean } | undefined {
  // A database and its data sources are one thing to the person who shares it.
  const selfIds = [id, state.dataSources.get(id)?.databaseId];
  for (const ancestor of lineage(state, id)) {
    const since = authorization.shared.get(ancestor);
    if (since !== undefined) return { since, directly: selfIds.includes(ancestor) };
  }
  return undefined;
}

export const mayAccess = (state: State, authorization: Authorization, id: string): boolean =>
  sharing(state, authorization, id) !== undefined;

/** Whether something above the thing, or the thing itself, is in the trash. */
export const isTrashed = (state: State, id: string): boolean =>
  lineage(state, id).some(
    (each) =>
      state.pages.get(each)?.inTrash ||
      state.databases.get(each)?.inTrash ||
      state.dataSources.get(each)?.inTrash,
  );

export function findPage(state: State, caller: Caller, id: string): Refusable<Page> {
  const page = state.pages.get(id);
  return page && mayAccess(state, caller.authorization, id) ? page : notFound('page', id, caller.connection);
}

export function findDatabase(state: State, caller: Caller, id: string): Refusable<Database> {
  const database = state.databases.get(id);
  return database && mayAccess(state, caller.authorization, id)
    ? database
    : notFound('database', id, caller.connection);
}

export function findDataSource(state: State, caller: Caller, id: string): Refusable<DataSource> {
  const source = state.dataSources.get(id);
  return source && mayAccess(state, caller.authorization, id)
    ? source
    : notFound('data_source', id, caller.connection);
}
