/** The contract, read a second time: which requests must reach Notion. It shares no code with the app. */
import { bytesOf, type Entry, type Json, type Sent } from './sent-request.ts';

/** The redirect addresses that are on the endpoint's list. */
export const LISTED = ['https://abc.chromiumapp.org/', 'http://127.0.0.1/mozoauth2/x'];

export const JSON_TYPES = [
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
];
export const FORM_TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=UTF-8',
];
export const OTHER_TYPES = [
  'text/plain',
  'application/json; charset=latin1',
  'application/json, text/html',
  'application/jsonx',
  'multipart/form-data; boundary=b',
  '',
  ';',
];
export const FITTING_LENGTHS = ['0', '7', '4096'];
export const OTHER_LENGTHS = ['4097', '99999999999999999999', 'seven', '0x'];

const isOpaque = (value: Json | undefined) =>
  typeof value === 'string' && value.length >= 1 && value.length <= 1024 && !/[^ -~]/.test(value);

function fieldsFit(route: string, entries: readonly Entry[]): boolean {
  const names = entries.map(([name]) => name).sort();
  const value = (name: string) => entries.find(([other]) => other === name)?.[1];
  const are = (...wanted: string[]) => JSON.stringify(names) === JSON.stringify(wanted.sort());
  const opaque = (...wanted: string[]) => wanted.every((name) => isOpaque(value(name)));
  if (route === '/oauth/revoke') {
    return (
      (are('token') && opaque('token')) ||
      (are('token', 'token_type_hint') && opaque('token', 'token_type_hint'))
    );
  }
  if (value('grant_type') === 'authorization_code') {
    const redirect = value('redirect_uri');
    return (
      are('grant_type', 'code', 'redirect_uri') &&
      opaque('code') &&
      typeof redirect === 'string' &&
      LISTED.includes(redirect)
    );
  }
  return (
    value('grant_type') === 'refresh_token' && are('grant_type', 'refresh_token') && opaque('refresh_token')
  );
}

export function routeOf(url: string): string | undefined {
  const { pathname } = new URL(url);
  let path: string;
  try {
    path = decodeURI(pathname);
  } catch {
    return undefined;
  }
  return ['/oauth/token', '/oauth/revoke', '/healthz'].find((route) => route === path);
}

export function mustReachNotion(sent: Sent, request: Request): boolean {
  const route = routeOf(request.url);
  const { body, contentType, declaredLength } = sent;
  if (request.method !== 'POST' || (route !== '/oauth/token' && route !== '/oauth/revoke')) return false;
  if (request.url.includes('?') || contentType === undefined) return false;
  if (sent.headers.some(([name]) => name.toLowerCase() === 'content-encoding')) return false;
  if (declaredLength !== undefined && !FITTING_LENGTHS.includes(declaredLength)) return false;
  if ((bytesOf(body)?.length ?? 0) > 4096) return false;
  if (body.kind === 'json' && JSON_TYPES.includes(contentType)) return fieldsFit(route, body.entries);
  if (body.kind === 'form' && FORM_TYPES.includes(contentType)) {
    return fieldsFit(
      route,
      body.entries.map(([name, value]) => [name, String(value)]),
    );
  }
  return false;
}
