/** Trouble to order: what can go wrong between a client and Notion, one kind each. */
import type { Cut } from './cuts.ts';
import { invalid, Refusal } from './errors.ts';
import { type OAuthErrorCode, oauthRefusal } from './oauth/errors.ts';

/**
 * `when` says whether the request is handled first (so that a write is there, and only its answer is spoilt), or never
 * reaches the handler, or is handled and answered as always,
 * or is handled at another time, when nobody waits for its answer any more.
 */
export const faultKinds = {
  rate_limited: { when: 'instead', label: '429 Too many requests' },
  internal_server_error: { when: 'instead', label: '500 Internal error' },
  bad_gateway: { when: 'instead', label: '502 Bad gateway' },
  service_unavailable: { when: 'instead', label: '503 Unavailable, nothing written' },
  service_unavailable_saved: { when: 'after', label: '503 Unavailable, but written' },
  gateway_timeout: { when: 'instead', label: '504 Time-out, nothing written' },
  gateway_timeout_saved: { when: 'after', label: '504 Time-out, but written' },
  service_overload: { when: 'instead', label: '529 Overloaded' },
  conflict: { when: 'instead', label: '409 Conflict' },
  unauthorized: { when: 'instead', label: '401 Token refused' },
  not_found: { when: 'instead', label: '404 Not shared' },
  validation_error: { when: 'instead', label: '400 Validation error' },
  restricted_resource: { when: 'instead', label: '403 Capability missing' },
  block_limit: { when: 'instead', label: '403 Workspace out of blocks' },
  edge_forbidden: { when: 'instead', label: '403 HTML from the edge' },
  edge_forbidden_saved: { when: 'after', label: '403 HTML for an answer held back, but written' },
  drop_before: { when: 'instead', label: 'Connection lost before handling' },
  drop_after: { when: 'after', label: 'Connection lost after handling' },
  drop_late: { when: 'later', label: 'Connection lost, handled later' },
  truncated: { when: 'after', label: 'Answer cut off half-way' },
  unreadable: { when: 'after', label: 'Answer is HTML with status 200' },
  oauth_error: { when: 'instead', label: 'OAuth error' },
  slow: { when: 'never', label: 'Only slow' },
} as const satisfies Record<string, { when: 'instead' | 'after' | 'never' | 'later'; label: string }>;

export type FaultKind = keyof typeof faultKinds;

export interface FaultRequest {
  kind: FaultKind;
  /** `*` (the default) or a method. */
  method?: string | undefined;
  /** A path of the API; `*` stands for anything within it. Default `/v1/*`. */
  path?: string | undefined;
  /** Only requests whose body has this text in it. */
  bodyHas?: string | undefined;
  /** How many requests it hits; left out or `null`: until removed. */
  times?: number | null | undefined;
  /** Wait this long before anything else happens. */
  delayMs?: number | undefined;
  /** Seconds, for 429 and 529. */
  retryAfter?: number | undefined;
  /** For 429: `additional_data.rate_limit_reason`. */
  reason?: string | undefined;
  /** For `service_unavailable_saved`: whether the answer names what was written. Default true. */
  namesWritten?: boolean | undefined;
  /** For `drop_before`, `drop_after` and `drop_late`; default `fin`. */
  cut?: Cut | undefined;
  /** For `drop_late`: after so many milliseconds, before the next request is looked at; left out: when `landLate` is called. */
  lateMs?: number | undefined;
  /** For `validation_error`: what it says, such as `body failed validation: body.children[3].image should be …`. */
  message?: string | undefined;
  /** For `oauth_error`; default `invalid_grant`. */
  code?: OAuthErrorCode | undefined;
}

export interface Fault extends FaultRequest {
  id: string;
  method: string;
  path: string;
  /** How often it may still happen; `null` for always. */
  left: number | null;
  hits: number;
}

export interface Faults {
  list(): Fault[];
  add(request: FaultRequest): Fault;
  /** Whether there was one with this id. */
  remove(id: string): boolean;
  clear(): void;
  /** The fault for this request, if any; taking it uses it up by one. */
  take(method: string, path: string, body: string): Fault | undefined;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let count = 0;
  return {
    list: () => faults.map((fault) => ({ ...fault })),
    add(request) {
      count += 1;
      const { method = '*', path = '/v1/*', times = null } = request;
      const fault: Fault = { ...request, id: `fault-${count}`, method, path, left: times, hits: 0 };
      faults.push(fault);
      return { ...fault };
    },
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    take(method, path, body) {
      const fault = faults.find(
        (each) =>
          each.left !== 0 &&
          (each.method === '*' || each.method.toUpperCase() === method) &&
          pathPattern(each.path).test(path) &&
          body.includes(each.bodyHas ?? ''),
      );
      if (!fault) return undefined;
      fault.hits += 1;
      if (fault.left !== null) fault.left -= 1;
      return fault;
    },
  };
}

const pathPattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

export const happensAfter = ({ kind }: Fault): boolean => faultKinds[kind].when === 'after';
export const happensLater = ({ kind }: Fault): boolean => faultKinds[kind].when === 'later';
export const happensInstead = ({ kind }: Fault): boolean => faultKinds[kind].when === 'instead';

/** What a fault of a JSON kind answers. `written` is the reply the request would have had, when it was handled. */
export function refusalOf(fault: Fault, written?: Record<string, unknown>): Refusal {
  const { kind, retryAfter = 1 } = fault;
  switch (kind) {
    case 'rate_limited':
      return rateLimited(retryAfter, fault.reason ?? 'public_api_request_rate_limit');
    case 'service_overload':
      return new Refusal(529, 'service_overload', 'Notion is overloaded. Please try again later.', {
        headers: { 'retry-after': String(retryAfter) },
        additionalData: { retry_after: String(retryAfter) },
      });
    case 'bad_gateway':
      return new Refusal(502, 'bad_gateway', 'Bad gateway.');
    case 'service_unavailable':
      return new Refusal(503, 'service_unavailable', 'Notion is unavailable. Please try again later.');
    case 'service_unavailable_saved':
      return savedButUnavailable(fault, written);
    case 'gateway_timeout':
    case 'gateway_timeout_saved':
      return new Refusal(504, 'gateway_timeout', 'The request timed out.');
    case 'conflict':
      return new Refusal(409, 'conflict_error', 'Conflict occurred while saving. Please try again.');
    case 'unauthorized':
      return new Refusal(401, 'unauthorized', 'API token is invalid.');
    case 'not_found':
      return new Refusal(
        404,
        'object_not_found',
        'Could not find the object. Make sure the relevant pages and databases are shared with your integration.',
      );
    case 'validation_error':
      return invalid(fault.message ?? 'body failed validation: body should be something else.');
    case 'restricted_resource':
      return new Refusal(403, 'restricted_resource', 'Insufficient permissions for this endpoint.');
    case 'block_limit':
      return new Refusal(
        403,
        'restricted_resource',
        'This workspace has used all of its free blocks. Upgrade the plan to create more.',
        { additionalData: { block_limit: 'block_creation' } },
      );
    case 'oauth_error':
      return oauthRefusal(fault.code ?? 'invalid_grant', 'Ordered by a fault.');
    default:
      return new Refusal(500, 'internal_server_error', 'Unexpected error occurred.');
  }
}

export const rateLimited = (retryAfter: number, reason: string): Refusal =>
  new Refusal(429, 'rate_limited', 'You have been rate limited. Please try again in a few minutes.', {
    headers: { 'retry-after': String(retryAfter) },
    additionalData: { rate_limit_reason: reason, retry_after: String(retryAfter) },
  });

function savedButUnavailable({ namesWritten = true }: Fault, written?: Record<string, unknown>): Refusal {
  return new Refusal(
    503,
    'service_unavailable',
    'The change was saved, but the response took too long. Do not repeat the request.',
    {
      additionalData: {
        retry_guidance: [
          'The change was saved.',
          'Read the resource again instead of repeating the request.',
        ],
        from: 'public_api',
        elapsed_ms: '55012',
        deadline_ms: '55000',
        ...(namesWritten ? committed(written) : {}),
      },
    },
  );
}

/** What was written, by its ids: a page or database, or blocks and what they were put into. */
function committed(written: Record<string, unknown> = {}): Record<string, string | string[]> {
  if (typeof written.id === 'string') return { committed_resource_id: written.id };
  const blocks = (written.results ?? []) as { id: string; parent?: Record<string, string> }[];
  const parent = blocks[0]?.parent;
  const parentId = parent?.[parent.type ?? ''];
  return parentId === undefined
    ? {}
    : { committed_resource_id: parentId, committed_child_ids: blocks.map(({ id }) => id) };
}
