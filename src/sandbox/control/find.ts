/** Finding what a control function is told to change, by its name or id. */
import { canonicalId } from '../ids.ts';
import type { DataSource, Workspace } from '../model.ts';
import { plainText, titleOf, type World } from '../state.ts';
import { workspaceHolding } from '../workspaces.ts';

/** Raised by the control functions when what they are told to change is not there: a mistake in the test. */
export class NothingToControl extends Error {}

/** Everything a person could tick on the consent page of that workspace without opening anything. */
export function topLevelIds({ state }: World, workspace: Workspace): string[] {
  return [...state.databases.values(), ...state.pages.values()]
    .filter(({ parent }) => parent.type === 'workspace' && parent.id === workspace.id)
    .map(({ id }) => id);
}

/** The database or page of that name or id; by its name in that workspace, if one is given, and else in the first that has it. */
export function shareableId({ state }: World, nameOrId: string, workspace?: Workspace): string {
  const id = canonicalId(nameOrId);
  if (state.databases.has(id) || state.pages.has(id)) return id;
  const ofSource = state.dataSources.get(id)?.databaseId;
  const isHere = (each: { id: string }) =>
    workspace === undefined || workspaceHolding(state, each.id) === workspace;
  const named =
    [...state.databases.values()].find((one) => plainText(one.title) === nameOrId && isHere(one)) ??
    [...state.pages.values()].find((page) => titleOf(page) === nameOrId && isHere(page));
  return found(ofSource ?? named?.id, nameOrId);
}

export function findSource({ state }: World, nameOrId: string): DataSource | undefined {
  const id = canonicalId(nameOrId);
  const sources = [...state.dataSources.values()];
  return (
    state.dataSources.get(id) ??
    sources.find(({ databaseId }) => databaseId === id) ??
    sources.find(({ title }) => plainText(title) === nameOrId) ??
    sources.find(({ databaseId }) => plainText(state.databases.get(databaseId)?.title ?? []) === nameOrId)
  );
}

export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NothingToControl(`There is no ${what}`);
  return value;
}
