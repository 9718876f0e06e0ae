import type { Caller } from '../access.ts';
import type { Authorization, Person, UserInformation, Workspace } from '../model.ts';
import type { State, World } from '../state.ts';
import { extraFields } from './extra.ts';

export const shapePartialUser = (id: string) => ({ object: 'user', id });

export function shapePerson(world: World, person: Person, seen: UserInformation): Record<string, unknown> {
  if (seen === 'none') return shapePartialUser(person.id);
  return {
    object: 'user',
    id: person.id,
    name: person.name,
    avatar_url: person.avatarUrl,
    type: 'person',
    person: seen === 'with_email' ? { email: person.email, email_verified: true } : {},
    ...extraFields(world, 'user'),
  };
}

export function shapeBot(
  world: World,
  authorization: Authorization,
  seen: UserInformation,
): Record<string, unknown> {
  const { state } = world;
  const workspace = workspaceOf(state, authorization);
  const person = personOf(state, authorization);
  return {
    object: 'user',
    id: authorization.botId,
    name: state.connections.get(authorization.clientId)?.name ?? null,
    avatar_url: null,
    type: 'bot',
    bot: {
      owner: { type: 'user', user: shapePerson(world, person, seen) },
      workspace_name: workspace.name,
      workspace_id: workspace.id,
      workspace_limits: { max_file_upload_size_in_bytes: world.settings.maxFileBytes },
    },
    ...extraFields(world, 'user'),
  };
}

/** A user as a value of a property: a person, or a connection's bot. */
export function shapeUser(world: World, caller: Caller, id: string): Record<string, unknown> {
  const seen = caller.connection.userInformation;
  const person = world.state.people.get(id);
  if (person) return shapePerson(world, person, seen);
  const authorization = world.state.authorizations.get(id);
  return authorization && seen !== 'none' ? shapeBot(world, authorization, seen) : shapePartialUser(id);
}

export function workspaceOf(state: State, { workspaceId }: Authorization): Workspace {
  const workspace = state.workspaces.get(workspaceId);
  if (!workspace) throw new Error(`No workspace ${workspaceId}`);
  return workspace;
}

export function personOf(state: State, { userId }: Authorization): Person {
  const person = state.people.get(userId);
  if (!person) throw new Error(`No person ${userId}`);
  return person;
}
