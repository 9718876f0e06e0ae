/** The REST API: authenticates, checks version and shape, and hands over to the endpoint, in the order Notion does. */
import { type Context, Hono } from 'hono';
import type { Caller } from './access.ts';
import { checkShape } from './contract/contract.ts';
import type { Endpoint, Reply } from './endpoints/endpoint.ts';
import { endpoints } from './endpoints/index.ts';
import {
  failedValidation,
  instead,
  isRefusal,
  type Refusable,
  Refusal,
  restricted,
  unauthorized,
} from './errors.ts';
import { isUuid } from './ids.ts';
import { type ApiVersion, apiVersions } from './model.ts';
import type { RateLimiter } from './rate-limit.ts';
import { jsonReply, refusalReply } from './reply.ts';
import type { State, World } from './state.ts';
import { landDueTemplates } from './templates.ts';

/** "Request limits": 500 KB for the whole body, which may be the smaller kind of KB. */
const maxBodyBytes = 500_000;

export function createApi(world: World, limiter: RateLimiter): Hono {
  const api = new Hono();
  for (const endpoint of endpoints) {
    api.on(endpoint.method, endpoint.path, async (context) => {
      const reply = await serve(world, limiter, endpoint, context);
      if (isRefusal(reply)) return refusalReply(world.random, reply);
      if (endpoint.method !== 'GET') world.changed();
      return jsonReply(world.random, 200, reply.body, {}, !reply.withoutRequestId);
    });
  }
  // The route is looked at before the token: an unknown path with a bad token gets this too.
  api.all('/v1/*', () =>
    refusalReply(world.random, new Refusal(400, 'invalid_request_url', 'Invalid request URL.')),
  );
  return api;
}

async function serve(
  world: World,
  limiter: RateLimiter,
  endpoint: Endpoint,
  context: Context,
): Promise<Refusable<Reply>> {
  landDueTemplates(world);
  const caller = authenticate(world.state, context.req.header('authorization'));
  if (isRefusal(caller)) return caller;
  const limited = limiter.count(caller.authorization.botId, world.settings.rateLimit, world.now());
  if (limited) return limited;
  const version = readVersion(context.req.header('notion-version'));
  if (isRefusal(version)) return version;
  const params = context.req.param() as Record<string, string>;
  const badParam = brokenParam(params);
  if (badParam) return badParam;
  const body = await readWanted(endpoint, context);
  if (isRefusal(body)) return body;
  const misshapen = endpoint.bodyName && checkShape(endpoint.bodyName, version, body);
  if (misshapen) return misshapen;
  if (endpoint.needs && !caller.connection.capabilities.has(endpoint.needs)) return restricted();
  const query = new URL(context.req.url).searchParams;
  return endpoint.handle({ world, caller, version, params, query }, body);
}

/** Who carries this `Authorization` header. */
export function authenticate(state: State, header: string | undefined): Refusable<Caller> {
  const value = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  const token = state.tokens.get(value ?? '');
  const authorization = state.authorizations.get(token?.botId ?? '');
  const connection = state.connections.get(authorization?.clientId ?? '');
  const isGood = token?.kind === 'access' && token.state === 'active';
  return isGood && authorization && connection ? { authorization, connection } : unauthorized();
}

function readVersion(header: string | undefined): Refusable<ApiVersion> {
  const name = 'Notion-Version header';
  if (header === undefined) {
    const message = `${name} failed validation: ${name} should be defined, ${instead(undefined)}.`;
    return new Refusal(400, 'missing_version', message);
  }
  const known = apiVersions.find((version) => version === header);
  if (known) return known;
  const wanted = apiVersions.map((version) => `\`"${version}"\``).join(' or ');
  return failedValidation([`${name} should be ${wanted}, ${instead(header)}`], name);
}

function brokenParam(params: Record<string, string>): Refusal | undefined {
  const broken = Object.entries(params).find(([name, value]) => name !== 'property_id' && !isUuid(value));
  if (!broken) return undefined;
  const [name, value] = broken;
  return failedValidation([`path.${name} should be a valid uuid, ${instead(value)}`], 'path');
}

async function readWanted(endpoint: Endpoint, context: Context): Promise<Refusable<unknown>> {
  if (endpoint.takesForm) return readForm(context);
  return endpoint.bodyName ? readBody(context) : undefined;
}

async function readForm({ req }: Context): Promise<Refusable<FormData>> {
  const type = req.header('content-type') ?? '';
  const headers = { 'content-type': type };
  try {
    return await new Response(await req.arrayBuffer(), { headers }).formData();
  } catch {
    return failedValidation([`body should be \`multipart/form-data\`, ${instead(type)}`]);
  }
}

async function readBody({ req }: Context): Promise<Refusable<unknown>> {
  const text = await req.text();
  if (new TextEncoder().encode(text).length > maxBodyBytes) {
    return new Refusal(413, 'validation_error', 'The request body is larger than 500 KB.');
  }
  if (text === '') return {};
  const unreadable = new Refusal(400, 'invalid_json', 'Error parsing JSON body.');
  if (!req.header('content-type')?.toLowerCase().startsWith('application/json')) return unreadable;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}
