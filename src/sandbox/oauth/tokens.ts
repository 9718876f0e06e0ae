/** Codes, tokens and authorizations: what OAuth hands out and takes back. */
import { accessToken, refreshToken, uuid } from '../ids.ts';
import type { Authorization, Grant, Token } from '../model.ts';
import { characters } from '../random.ts';
import type { State, World } from '../state.ts';
import { type Instant, minute } from '../time.ts';

/** Notion does not say how long a code lives; RFC 6749 §4.1.2 recommends at most ten minutes. */
const codeLifetime = 10 * minute;

export interface TokenPair {
  access: Token;
  refresh: Token;
}

export function issueCode(world: World, grant: Omit<Grant, 'code' | 'issuedAt' | 'state'>): Grant {
  const code = `03${characters(world.random, 60, '0123456789abcdef')}`;
  const issued: Grant = { ...grant, code, issuedAt: world.now(), state: 'fresh' };
  world.state.grants.set(code, issued);
  return issued;
}

export const isUsable = (grant: Grant, now: Instant): boolean =>
  grant.state === 'fresh' && now < grant.issuedAt + codeLifetime;

/** The bot of a user, workspace and connection: the one there is, with the new choice of pages, or a new one. */
export function authorize(world: World, grant: Grant): Authorization {
  const { state } = world;
  const now = world.now();
  const shared = new Map(grant.shared.map((id): [string, Instant] => [id, now]));
  const known = [...state.authorizations.values()].find(
    ({ clientId, userId, workspaceId, revoked }) =>
      !revoked && clientId === grant.clientId && userId === grant.userId && workspaceId === grant.workspaceId,
  );
  if (known) {
    known.shared = new Map([...shared].map(([id, since]) => [id, known.shared.get(id) ?? since]));
    return known;
  }
  return addAuthorization(world, { ...grant, shared });
}

export function addAuthorization(
  { state, random, now }: World,
  {
    clientId,
    userId,
    workspaceId,
    shared,
  }: Pick<Authorization, 'clientId' | 'userId' | 'workspaceId' | 'shared'>,
): Authorization {
  const authorization: Authorization = {
    botId: uuid(random),
    clientId,
    userId,
    workspaceId,
    shared,
    createdAt: now(),
    revoked: false,
    refusesRefresh: false,
  };
  state.authorizations.set(authorization.botId, authorization);
  return authorization;
}

export function issueTokens({ state, random, now }: World, { botId }: Authorization): TokenPair {
  const common = { botId, state: 'active', issuedAt: now(), pair: uuid(random) } as const;
  const access: Token = { ...common, kind: 'access', value: accessToken(random) };
  const refresh: Token = { ...common, kind: 'refresh', value: refreshToken(random) };
  state.tokens.set(access.value, access);
  state.tokens.set(refresh.value, refresh);
  return { access, refresh };
}

/** A refresh: a new pair, and (unless switched off) the end of the old one. */
export function rotateTokens(world: World, authorization: Authorization, used: Token): TokenPair {
  if (world.settings.rotateTokens) {
    for (const token of tokensOf(world.state, authorization.botId)) {
      if (token.pair === used.pair) token.state = 'rotated';
    }
  }
  return issueTokens(world, authorization);
}

export function revoke(state: State, authorization: Authorization): void {
  authorization.revoked = true;
  authorization.shared.clear();
  for (const token of tokensOf(state, authorization.botId)) token.state = 'revoked';
}

export const tokensOf = (state: State, botId: string): Token[] =>
  [...state.tokens.values()].filter((token) => token.botId === botId);
