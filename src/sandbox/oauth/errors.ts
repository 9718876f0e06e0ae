import { Refusal } from '../errors.ts';
import type { Settings } from '../state.ts';

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_grant'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'internal_server_error';

const statuses: Partial<Record<OAuthErrorCode, number>> = { invalid_client: 401, internal_server_error: 500 };

export const oauthRefusal = (code: OAuthErrorCode, message: string): Refusal =>
  new Refusal(statuses[code] ?? 400, code, message);

/** Notion's guide and its machine-readable description disagree about the body, so both can be had. */
export const shapeOAuthError = (
  { status, code, message }: Refusal,
  shape: Settings['oauthErrorShape'],
): Record<string, unknown> =>
  shape === 'rfc6749'
    ? { error: code, error_description: message }
    : { object: 'error', status, code, message };
