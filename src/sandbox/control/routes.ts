/** The control API over HTTP: one route for each function of `Control`, with its input checked. */
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { cuts } from '../cuts.ts';
import { type FaultKind, faultKinds } from '../faults.ts';
import { colors, contentCapabilities } from '../model.ts';
import type { Control } from './control.ts';
import { NothingToControl } from './find.ts';

const count = z.int().check(z.nonnegative());

const faultRequest = z.strictObject({
  kind: z.enum(Object.keys(faultKinds) as [FaultKind, ...FaultKind[]]),
  method: z.optional(z.string()),
  path: z.optional(z.string()),
  bodyHas: z.optional(z.string()),
  times: z.optional(z.nullable(count)),
  delayMs: z.optional(count),
  retryAfter: z.optional(count),
  reason: z.optional(z.string()),
  namesWritten: z.optional(z.boolean()),
  cut: z.optional(z.enum(cuts)),
  lateMs: z.optional(count),
  message: z.optional(z.string()),
  code: z.optional(
    z.enum([
      'invalid_request',
      'invalid_grant',
      'invalid_client',
      'unauthorized_client',
      'unsupported_grant_type',
      'invalid_scope',
      'internal_server_error',
    ]),
  ),
});

const settingsChange = z.partial(
  z.strictObject({
    searchLagMs: count,
    sharedSearchLagMs: count,
    queryLagMs: count,
    queryLimit: count,
    rateLimit: count,
    rotateTokens: z.boolean(),
    oauthErrorShape: z.enum(['envelope', 'rfc6749']),
    extraFields: z.boolean(),
    refusedAddress: z.string(),
    namesRefused: z.boolean(),
    goneAnchor: z.literal([400, 404]),
    templateLagMs: z.nullable(count),
    templateLands: z.enum(['before', 'after', 'instead']),
    maxFileBytes: count,
    importLagMs: count,
  }),
);

const connectionChange = z.strictObject({
  capabilities: z.optional(z.array(z.enum(contentCapabilities))),
  userInformation: z.optional(z.enum(['none', 'without_email', 'with_email'])),
  redirectUris: z.optional(z.array(z.url())),
  offersTemplate: z.optional(z.boolean()),
});

const mintRequest = z.strictObject({
  share: z.optional(z.array(z.string())),
  workspace: z.optional(z.string()),
});
const authorizationAction = z.strictObject({
  action: z.enum(['expire', 'revoke', 'refuse-refresh', 'allow-refresh']),
});
const shareRequest = z.strictObject({ what: z.string(), shared: z.boolean(), botId: z.optional(z.string()) });
const writeRequest = z.strictObject({ pageId: z.string(), text: z.string(), at: z.optional(count) });
const removeBlockRequest = z.strictObject({ pageId: z.string(), blockId: z.string() });
const editBlockRequest = z.strictObject({ blockId: z.string(), text: z.string() });
const moveBlockRequest = z.strictObject({ blockId: z.string(), to: z.string(), at: z.optional(count) });
const hostFileRequest = z.strictObject({
  url: z.url(),
  contentType: z.optional(z.nullable(z.string())),
  length: z.optional(count),
  failure: z.optional(z.nullable(z.string())),
});
const trashRequest = z.strictObject({ what: z.string(), inTrash: z.boolean() });

const color = z.enum(colors);
const plainValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.array(z.record(z.string(), z.unknown())),
  z.record(z.string(), z.unknown()),
]);
const rowPlan = z.record(z.string(), plainValue);
const propertyPlan = z.strictObject({
  name: z.string(),
  type: z.string(),
  options: z.optional(
    z.array(
      z.union([
        z.string(),
        z.strictObject({ name: z.string(), color: z.optional(color), group: z.optional(z.string()) }),
      ]),
    ),
  ),
  settings: z.optional(z.record(z.string(), z.unknown())),
});
const databasePlan = z.strictObject({
  title: z.string(),
  icon: z.optional(z.string()),
  workspace: z.optional(z.string()),
  sources: z.array(
    z.strictObject({
      name: z.optional(z.string()),
      properties: z.array(propertyPlan),
      rows: z.optional(z.array(rowPlan)),
    }),
  ),
});
const propertyChange = z.strictObject({
  name: z.optional(z.string()),
  type: z.optional(z.string()),
  addOptions: z.optional(z.array(z.string())),
});
const optionChange = z.strictObject({ name: z.optional(z.string()), color: z.optional(color) });

export function createControlRoutes(control: Control): Hono {
  const routes = new Hono().basePath('/_sandbox/api');

  /** A body of the given shape goes to `act`; what `act` returns is the answer. */
  const taking =
    <Schema extends z.ZodMiniType>(
      schema: Schema,
      act: (body: z.infer<Schema>, param: (name: string) => string) => unknown,
    ) =>
    async (context: Context) => {
      const text = await context.req.text();
      const parsed = schema.safeParse(text === '' ? {} : parse(text));
      if (!parsed.success) return context.json({ error: z.prettifyError(parsed.error) }, 400);
      return answer(context, () => act(parsed.data, (name) => context.req.param(name) ?? ''));
    };
  const doing =
    (act: (param: (name: string) => string) => unknown) =>
    (context: Context): Response =>
      answer(context, () => act((name) => context.req.param(name) ?? ''));

  // Another site's page must not be able to work the sandbox: browsers add an Origin, other programs do not.
  routes.use(async (context, next) => {
    const origin = context.req.header('origin');
    const isForeign = origin !== undefined && origin !== new URL(context.req.url).origin;
    if (isForeign) return context.json({ error: 'Not from this page' }, 403);
    await next();
    return undefined;
  });

  routes.get(
    '/state',
    doing(() => control.state()),
  );
  routes.get(
    '/data-sources/:source',
    doing((param) => control.dataSource(param('source'))),
  );
  routes.get(
    '/requests',
    doing(() => control.requests()),
  );
  routes.delete(
    '/requests',
    doing(() => control.clearRequests()),
  );
  routes.get(
    '/faults',
    doing(() => control.faults()),
  );
  routes.post(
    '/faults',
    taking(faultRequest, (body) => control.addFault(body)),
  );
  routes.delete(
    '/faults',
    doing(() => control.clearFaults()),
  );
  routes.delete(
    '/faults/:fault',
    doing((param) => ({ removed: control.removeFault(param('fault')) })),
  );
  routes.get(
    '/settings',
    doing(() => control.settings()),
  );
  routes.patch(
    '/settings',
    taking(settingsChange, (body) => control.changeSettings(defined(body))),
  );
  routes.patch(
    '/connection',
    taking(connectionChange, (body) => control.changeConnection(body)),
  );
  routes.post(
    '/authorizations',
    taking(mintRequest, (body) => control.mint(body)),
  );
  routes.post(
    '/authorizations/:bot',
    taking(authorizationAction, ({ action }, param) => control.act(param('bot'), action)),
  );
  routes.post(
    '/sharing',
    taking(shareRequest, ({ what, shared, botId }) =>
      shared ? control.share(what, botId) : control.unshare(what, botId),
    ),
  );
  routes.post(
    '/trash',
    taking(trashRequest, ({ what, inTrash }) => control.trash(what, inTrash)),
  );
  routes.post(
    '/write',
    taking(writeRequest, ({ pageId, text, at }) => control.write(pageId, text, at)),
  );
  routes.post(
    '/remove-block',
    taking(removeBlockRequest, ({ pageId, blockId }) => control.removeBlock(pageId, blockId)),
  );
  routes.post(
    '/edit-block',
    taking(editBlockRequest, ({ blockId, text }) => control.editBlock(blockId, text)),
  );
  routes.post(
    '/move-block',
    taking(moveBlockRequest, ({ blockId, to, at }) => control.moveBlock(blockId, to, at)),
  );
  routes.get(
    '/content/:id',
    doing((param) => control.content(param('id'))),
  );
  routes.post(
    '/land-templates',
    doing(() => ({ landed: control.landTemplates() })),
  );
  routes.post('/land-late', async (context) => context.json({ landed: await control.landLate() }));
  routes.post(
    '/hosted-files',
    taking(hostFileRequest, ({ url, ...file }) => control.hostFile(url, defined(file))),
  );
  routes.get(
    '/file-uploads',
    doing(() => control.fileUploads()),
  );
  routes.post(
    '/databases',
    taking(databasePlan, ({ workspace, ...plan }) => control.createDatabase(plan, workspace)),
  );
  routes.post(
    '/data-sources/:source/rows',
    taking(rowPlan, (body, param) => control.addRow(param('source'), body)),
  );
  routes.post(
    '/data-sources/:source/properties',
    taking(propertyPlan, (body, param) => control.addProperty(param('source'), body)),
  );
  const propertyPath = '/data-sources/:source/properties/:property';
  routes.patch(
    propertyPath,
    taking(propertyChange, (body, param) => control.changeProperty(param('source'), param('property'), body)),
  );
  routes.delete(
    propertyPath,
    doing((param) => control.removeProperty(param('source'), param('property'))),
  );
  routes.patch(
    `${propertyPath}/options/:option`,
    taking(optionChange, (body, param) =>
      control.changeOption(param('source'), param('property'), param('option'), body),
    ),
  );
  routes.delete(
    `${propertyPath}/options/:option`,
    doing((param) => control.removeOption(param('source'), param('property'), param('option'))),
  );
  routes.post(
    '/reset',
    doing(() => control.reset()),
  );
  return routes;
}

function answer(context: Context, act: () => unknown): Response {
  try {
    return context.json(act() ?? { done: true });
  } catch (error) {
    if (error instanceof NothingToControl) return context.json({ error: error.message }, 404);
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without the keys whose value is undefined. */
const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
