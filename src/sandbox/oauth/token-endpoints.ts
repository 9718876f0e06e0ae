/** `POST /v1/oauth/token`, `/revoke` and `/introspect`: what a connection's server calls with its secret. */
import type { OauthTokenParameters } from '@notionhq/client';
import { checkShape } from '../contract/contract.ts';
import { isRefusal, type Refusable } from '../errors.ts';
import type { Authorization, Connection, Token } from '../model.ts';
import { personOf, shapePerson, workspaceOf } from '../shape/user.ts';
import type { World } from '../state.ts';
import { duplicateTemplate } from '../template-page.ts';
import { oauthRefusal } from './errors.ts';
import { authorize, issueTokens, isUsable, revoke, rotateTokens, type TokenPair } from './tokens.ts';

export interface OAuthRequest {
  world: World;
  /** The `Authorization` header. */
  credentials: string | undefined;
  /** Parsed from JSON or from a form; `undefined` when it could not be. */
  body: Record<string, unknown> | undefined;
  /** Where the sandbox answers, for addresses of its own pictures. */
  origin: string;
}

type OAuthReply = Refusable<Record<string, unknown>>;

export function exchangeToken(request: OAuthRequest): OAuthReply {
  const connection = authenticate(request);
  if (isRefusal(connection)) return connection;
  const { body, world } = request;
  if (body === undefined) return oauthRefusal('invalid_request', 'The request body could not be read.');
  const grantType = body.grant_type;
  if (grantType !== undefined && grantType !== 'authorization_code' && grantType !== 'refresh_token') {
    return oauthRefusal('unsupported_grant_type', `Unsupported grant type: ${String(grantType)}`);
  }
  const misshapen = checkShape('OauthTokenBodyParameters', '2026-03-11', body);
  if (misshapen) return oauthRefusal('invalid_request', misshapen.message);
  const parameters = body as OauthTokenParameters;
  return parameters.grant_type === 'authorization_code'
    ? exchangeCode(request, connection, parameters)
    : refresh(world, connection, parameters.refresh_token, request.origin);
}

function exchangeCode(
  { world, origin }: OAuthRequest,
  connection: Connection,
  parameters: Extract<OauthTokenParameters, { grant_type: 'authorization_code' }>,
): OAuthReply {
  const grant = world.state.grants.get(parameters.code);
  if (!grant || grant.clientId !== connection.clientId || !isUsable(grant, world.now())) {
    return oauthRefusal('invalid_grant', 'Invalid code: this code has been revoked.');
  }
  // The authorize URL always carries a redirect_uri here, so it has to be repeated.
  if (parameters.redirect_uri === undefined) {
    return oauthRefusal(
      'invalid_request',
      'redirect_uri is required, because the authorization URL contained it.',
    );
  }
  if (parameters.redirect_uri !== grant.redirectUri) {
    return oauthRefusal('invalid_grant', 'redirect_uri does not match the one of the authorization URL.');
  }
  grant.state = 'used';
  const authorization = authorize(world, grant);
  const templateId = grant.duplicateTemplate ? duplicateTemplate(world, authorization) : null;
  return shapeTokens(world, connection, authorization, issueTokens(world, authorization), origin, templateId);
}

function refresh(world: World, connection: Connection, value: string, origin: string): OAuthReply {
  const token = world.state.tokens.get(value);
  const authorization = token && world.state.authorizations.get(token.botId);
  const good =
    token?.kind === 'refresh' &&
    token.state === 'active' &&
    authorization?.clientId === connection.clientId &&
    !authorization.revoked &&
    !authorization.refusesRefresh;
  if (!token || !authorization || !good) {
    return oauthRefusal('invalid_grant', 'Invalid refresh token: this token has been revoked.');
  }
  return shapeTokens(
    world,
    connection,
    authorization,
    rotateTokens(world, authorization, token),
    origin,
    null,
  );
}

export function revokeToken(request: OAuthRequest): OAuthReply {
  const token = findToken(request, 'OauthRevokeBodyParameters');
  if (isRefusal(token)) return token;
  const authorization = token && request.world.state.authorizations.get(token.botId);
  // An unknown token is no error: RFC 7009 §2.2.
  if (authorization) revoke(request.world.state, authorization);
  return {};
}

export function introspectToken(request: OAuthRequest): OAuthReply {
  const token = findToken(request, 'OauthIntrospectBodyParameters');
  if (isRefusal(token)) return token;
  if (token?.state !== 'active') return { active: false };
  const { capabilities } = request.world.state.connections.get(clientIdOf(request) ?? '') ?? {
    capabilities: [],
  };
  return { active: true, scope: [...capabilities].join(' '), iat: Math.floor(token.issuedAt / 1000) };
}

function findToken(
  request: OAuthRequest,
  name: 'OauthRevokeBodyParameters' | 'OauthIntrospectBodyParameters',
): Refusable<Token | undefined> {
  const connection = authenticate(request);
  if (isRefusal(connection)) return connection;
  const misshapen = checkShape(name, '2026-03-11', request.body);
  if (misshapen) return oauthRefusal('invalid_request', misshapen.message);
  const { state } = request.world;
  const token = state.tokens.get(String(request.body?.token));
  const owner = token && state.authorizations.get(token.botId)?.clientId;
  return owner === connection.clientId ? token : undefined;
}

/** The client id and secret come as HTTP Basic credentials; a secret in the body does not count. */
function authenticate(request: OAuthRequest): Refusable<Connection> {
  const connection = request.world.state.connections.get(clientIdOf(request) ?? '');
  const secret = basicCredentials(request.credentials)?.[1];
  return connection && secret === connection.clientSecret
    ? connection
    : oauthRefusal('invalid_client', 'Client authentication failed.');
}

const clientIdOf = ({ credentials }: OAuthRequest): string | undefined => basicCredentials(credentials)?.[0];

function basicCredentials(header: string | undefined): [string, string] | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  let decoded: string;
  try {
    decoded = atob(encoded);
  } catch {
    return undefined;
  }
  const colon = decoded.indexOf(':');
  return colon === -1 ? undefined : [decoded.slice(0, colon), decoded.slice(colon + 1)];
}

function shapeTokens(
  world: World,
  connection: Connection,
  authorization: Authorization,
  { access, refresh: refreshing }: TokenPair,
  origin: string,
  duplicatedTemplateId: string | null,
): Record<string, unknown> {
  const workspace = workspaceOf(world.state, authorization);
  const person = personOf(world.state, authorization);
  return {
    access_token: access.value,
    token_type: 'bearer',
    refresh_token: refreshing.value,
    bot_id: authorization.botId,
    workspace_icon: new URL(workspace.icon, origin).href,
    workspace_name: workspace.name,
    workspace_id: workspace.id,
    owner: { type: 'user', user: shapePerson(world, person, connection.userInformation) },
    duplicated_template_id: duplicatedTemplateId,
  };
}
