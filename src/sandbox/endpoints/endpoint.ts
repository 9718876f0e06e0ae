import type { Caller } from '../access.ts';
import type { BodyName } from '../contract/contract.ts';
import type { Refusable } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { ApiVersion, Capability } from '../model.ts';
import type { Listing } from '../pagination.ts';
import { extraFields, type ObjectKind } from '../shape/extra.ts';
import type { World } from '../state.ts';

/** One request that is authenticated, of a known version, and whose body fits the contract. */
export interface Call {
  world: World;
  caller: Caller;
  version: ApiVersion;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

export interface Reply {
  body: Record<string, unknown>;
  /** Most replies carry a `request_id`; the list of templates does not. */
  withoutRequestId?: boolean;
}

export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As Hono writes it: `/v1/pages/:page_id`. */
  path: string;
  bodyName?: BodyName;
  /** The body is `multipart/form-data`, and comes as `FormData`. */
  takesForm?: boolean;
  needs?: Capability;
  handle(call: Call, body: unknown): Refusable<Reply>;
}

/** An endpoint whose body has the SDK's type, which the contract check has made true before `handle` runs. */
export function endpoint<Body = undefined>(
  definition: Omit<Endpoint, 'handle'> & { handle(call: Call, body: Body): Refusable<Reply> },
): Endpoint {
  return { ...definition, handle: (call, body) => definition.handle(call, body as Body) };
}

/** The id in the path, in its canonical form. */
export const idParam = (call: Call, name: string): string => canonicalId(call.params[name] ?? '');

/** `filter_properties` of the query string: the SDK repeats the name, the docs write `filter_properties[]`. */
export function shownProperties({ query }: Call): { only: string[] } | Record<string, never> {
  const only = [...query.getAll('filter_properties'), ...query.getAll('filter_properties[]')];
  return only.length > 0 ? { only } : {};
}

/** Notion's list object. */
export function shapeList<T>(
  world: World,
  type: string,
  { results, next_cursor, has_more }: Listing<T>,
  more: Record<string, unknown> = {},
): Reply {
  const kind: ObjectKind = 'list';
  return {
    body: {
      object: 'list',
      results,
      next_cursor,
      has_more,
      type,
      [type]: {},
      ...more,
      ...extraFields(world, kind),
    },
  };
}
