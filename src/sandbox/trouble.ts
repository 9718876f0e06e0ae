/** Runs one request through the fault ordered for it, if any, and writes it down. */
import type { Context, MiddlewareHandler } from 'hono';
import { authenticate } from './api.ts';
import type { Cut } from './cuts.ts';
import { isRefusal } from './errors.ts';
import { type Fault, type Faults, happensAfter, happensInstead, happensLater, refusalOf } from './faults.ts';
import type { LateRequests } from './late-requests.ts';
import { shapeOAuthError } from './oauth/errors.ts';
import { edgeReply, jsonReply, refusalReply, strayPage } from './reply.ts';
import { loggable, type RequestLog } from './request-log.ts';
import type { World } from './state.ts';

/** What the process around the sandbox can do for it. */
export interface SandboxBindings {
  /** Such as `1.1` or `2.0`. */
  httpVersion?: string;
  /** Ends this request without an answer. Without it a dropped request is answered with status 444. */
  cut?: (how: Cut) => void;
}

export interface Trouble {
  world: World;
  faults: Faults;
  log: RequestLog;
  late: LateRequests;
  wait(ms: number): Promise<void>;
}

export function troubled({
  world,
  faults,
  log,
  late,
  wait,
}: Trouble): MiddlewareHandler<{ Bindings: SandboxBindings }> {
  return async (context, next) => {
    const { req } = context;
    const { pathname, search } = new URL(req.url);
    const bytes = req.method === 'GET' ? undefined : await req.arrayBuffer();
    const body = new TextDecoder().decode(bytes);
    const caller = authenticate(world.state, req.header('authorization'));
    const fault = faults.take(req.method, pathname, body);
    const at = world.now();
    if (fault?.delayMs) await wait(fault.delayMs);
    await late.landDue();
    if (fault && happensLater(fault)) late.add(copyOf(req.raw, bytes), fault.lateMs);
    else if (!fault || !happensInstead(fault)) await next();
    const dropped = fault && ['drop_before', 'drop_after', 'drop_late'].includes(fault.kind);
    if (dropped) {
      context.env?.cut?.(fault.cut ?? 'fin');
      context.res = new Response(null, { status: 444 });
    } else if (fault && (happensInstead(fault) || happensAfter(fault))) {
      context.res = await spoil(world, fault, context);
    }
    log.add({
      at,
      method: req.method,
      path: `${pathname}${search}`,
      status: dropped ? null : context.res.status,
      code: await codeOf(context.res),
      botId: isRefusal(caller) ? null : caller.authorization.botId,
      body: /^multipart\//.test(req.header('content-type') ?? '')
        ? `(${bytes?.byteLength} bytes)`
        : loggable(body),
      fault: fault?.kind ?? null,
      origin: req.header('origin') ?? null,
      httpVersion: context.env?.httpVersion ?? null,
    });
    world.changed();
  };
}

/** The same request once more, for its body has been read. */
const copyOf = ({ url, method, headers }: Request, body: ArrayBuffer | undefined): Request =>
  new Request(url, { method, headers, ...(body?.byteLength ? { body } : {}) });

async function spoil({ random, settings }: World, fault: Fault, context: Context): Promise<Response> {
  const { res } = context;
  // A request that was refused anyway keeps its answer: nothing was written.
  if (happensAfter(fault) && !res.ok) return res;
  switch (fault.kind) {
    case 'edge_forbidden':
    case 'edge_forbidden_saved':
      return edgeReply(random);
    case 'unreadable':
      return strayPage();
    case 'truncated': {
      const text = await res.text();
      const headers = new Headers(res.headers);
      headers.delete('content-length');
      return new Response(text.slice(0, Math.floor(text.length / 2)), { status: res.status, headers });
    }
    case 'oauth_error': {
      const refusal = refusalOf(fault);
      return jsonReply(random, refusal.status, shapeOAuthError(refusal, settings.oauthErrorShape));
    }
    default: {
      const written = happensAfter(fault) ? ((await res.json()) as Record<string, unknown>) : undefined;
      return refusalReply(random, refusalOf(fault, written));
    }
  }
}

async function codeOf(response: Response): Promise<string | null> {
  if (response.status < 400 || !response.headers.get('content-type')?.includes('json')) return null;
  const body = (await response.clone().json()) as { code?: string; error?: string };
  return body.code ?? body.error ?? null;
}
