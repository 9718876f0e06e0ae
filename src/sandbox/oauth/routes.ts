import { type Context, Hono } from 'hono';
import { isRefusal, type Refusable } from '../errors.ts';
import { jsonReply } from '../reply.ts';
import type { World } from '../state.ts';
import { createConsent } from './consent.ts';
import { shapeOAuthError } from './errors.ts';
import { exchangeToken, introspectToken, type OAuthRequest, revokeToken } from './token-endpoints.ts';

export function createOAuth(world: World): Hono {
  const oauth = new Hono();
  const serve =
    (handle: (request: OAuthRequest) => Refusable<Record<string, unknown>>) => async (context: Context) => {
      const reply = handle({
        world,
        credentials: context.req.header('authorization'),
        body: await readBody(context),
        origin: new URL(context.req.url).origin,
      });
      if (isRefusal(reply)) {
        return jsonReply(world.random, reply.status, shapeOAuthError(reply, world.settings.oauthErrorShape));
      }
      world.changed();
      return jsonReply(world.random, 200, reply, { 'cache-control': 'no-store' });
    };
  oauth.post('/v1/oauth/token', serve(exchangeToken));
  oauth.post('/v1/oauth/revoke', serve(revokeToken));
  oauth.post('/v1/oauth/introspect', serve(introspectToken));
  oauth.route('/', createConsent(world));
  return oauth;
}

/** JSON by the documents; a form works too. */
async function readBody({ req }: Context): Promise<Record<string, unknown> | undefined> {
  const text = await req.text();
  const type = req.header('content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  if (!type.startsWith('application/json')) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
