import type { Instant } from './time.ts';

export interface LoggedRequest {
  at: Instant;
  method: string;
  /** With its query string. */
  path: string;
  /** The status answered; `null` when the connection was cut instead. */
  status: number | null;
  /** The `code` of an error. */
  code: string | null;
  /** Whose token it carried. */
  botId: string | null;
  /** Parsed JSON, or text. OAuth requests are logged without their secrets. */
  body: unknown;
  /** The kind of fault that hit it. */
  fault: string | null;
  /** The request's `Origin`, which browsers add. */
  origin: string | null;
  /** Such as `1.1` or `2.0`; `null` where there was no connection. */
  httpVersion: string | null;
}

export interface RequestLog {
  /** Oldest first. */
  list(): LoggedRequest[];
  add(entry: LoggedRequest): void;
  clear(): void;
}

const kept = 1000;

export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    list: () => [...entries],
    add(entry) {
      entries = [...entries.slice(1 - kept), entry];
    },
    clear() {
      entries = [];
    },
  };
}

const secrets = new Set(['code', 'token', 'refresh_token', 'access_token', 'client_secret']);

/** What of a body may be kept: everything but tokens and codes. */
export function loggable(body: string): unknown {
  if (body === '') return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body.length > 2000 || /token|code/.test(body) ? `(${body.length} characters)` : body;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return parsed;
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [key, secrets.has(key) ? '…' : value]),
  );
}
