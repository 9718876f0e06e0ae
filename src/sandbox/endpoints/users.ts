import { isRefusal, notFound, type Refusable, restricted } from '../errors.ts';
import { paginate, readPageQuery } from '../pagination.ts';
import { shapeBot, shapePerson } from '../shape/user.ts';
import { peopleOf } from '../workspaces.ts';
import { type Call, endpoint, idParam, shapeList } from './endpoint.ts';

const me = endpoint({
  method: 'GET',
  path: '/v1/users/me',
  handle: ({ world, caller }) => ({
    body: shapeBot(world, caller.authorization, caller.connection.userInformation),
  }),
});

const list = endpoint({
  method: 'GET',
  path: '/v1/users',
  handle(call) {
    const request = readPageQuery(call.query);
    if (isRefusal(request)) return request;
    const users = visibleUsers(call);
    if (isRefusal(users)) return users;
    const page = paginate(users, request, 'users');
    return isRefusal(page) ? page : shapeList(call.world, 'user', page);
  },
});

const read = endpoint({
  method: 'GET',
  path: '/v1/users/:user_id',
  handle(call) {
    const id = idParam(call, 'user_id');
    const users = visibleUsers(call);
    if (isRefusal(users)) return users;
    const user = users.find((each) => each.id === id);
    return user ? { body: user } : notFound('user', id, call.caller.connection);
  },
});

function visibleUsers({ world, caller }: Call): Refusable<Record<string, unknown>[]> {
  const seen = caller.connection.userInformation;
  if (seen === 'none') return restricted();
  const people = peopleOf(world.state, caller.authorization.workspaceId).map((person) =>
    shapePerson(world, person, seen),
  );
  return [...people, shapeBot(world, caller.authorization, seen)];
}

export const userEndpoints = [me, list, read];
