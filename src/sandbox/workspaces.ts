/** Which workspace something is in. What is in one can be seen from no other. */
import { lineage } from './access.ts';
import type { Person, Workspace } from './model.ts';
import type { State } from './state.ts';

/** The one that is meant where nothing else is said. */
export function firstWorkspace({ workspaces }: State): Workspace {
  const [workspace] = workspaces.values();
  if (!workspace) throw new Error('The sandbox has no workspace');
  return workspace;
}

export const findWorkspace = ({ workspaces }: State, nameOrId: string): Workspace | undefined =>
  workspaces.get(nameOrId) ?? [...workspaces.values()].find(({ name }) => name === nameOrId);

/** The workspace of a page, database or data source; undefined when there is no such thing. */
export function workspaceHolding(state: State, id: string): Workspace | undefined {
  const top = lineage(state, id).at(-1) ?? id;
  const parent = (state.pages.get(top) ?? state.databases.get(top))?.parent;
  return parent?.type === 'workspace' ? state.workspaces.get(parent.id) : undefined;
}

/** The people of a workspace; the first is the one who goes through the consent page. */
export const peopleOf = ({ people }: State, workspaceId: string): Person[] =>
  [...people.values()].filter(({ workspaces }) => workspaces.includes(workspaceId));

export const workspacesOf = ({ workspaces }: State, person: Person): Workspace[] =>
  [...workspaces.values()].filter(({ id }) => person.workspaces.includes(id));
