/** Notion's authorization in the browser: the address that begins it, and what the way back says. */
import { failed, ok, type Result } from '../failure.ts';
import { waitBy } from '../time.ts';

/** How long a sign-in may take, in milliseconds. */
const SIGN_IN_LIFE = 10 * 60_000;

/** The consent page. Notion has no scopes and no PKCE; rights come from the connection's capabilities and the picker. */
export function authorizeUrl({
  apiUrl,
  clientId,
  redirectUri,
  state,
}: {
  apiUrl: string;
  clientId: string;
  redirectUri: string;
  state: string;
}): string {
  const url = new URL(`${apiUrl}/v1/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    owner: 'user',
    redirect_uri: redirectUri,
    state,
  }).toString();
  return url.href;
}

/**
 * Reads the address the browser was sent back to. Only one that goes exactly to `redirectUri` and carries the `state`
 * of a sign-in begun here, not too long ago, is believed, be it a code or an error.
 */
export function readRedirect(
  redirectedTo: string,
  expected: { redirectUri: string; state: string; startedAt: number; now: number },
): Result<{ code: string }> {
  const url = parse(redirectedTo);
  const target = parse(expected.redirectUri);
  if (!url || !target || url.origin !== target.origin || url.pathname !== target.pathname) {
    return failed('sign-in-mismatch');
  }
  const parameter = (name: string): string | null => {
    const values = url.searchParams.getAll(name);
    return values.length === 1 ? (values[0] ?? null) : null;
  };
  if (!isSame(parameter('state') ?? '', expected.state)) return failed('sign-in-mismatch');
  const { startedAt, now } = expected;
  if (waitBy({ from: startedAt, until: startedAt + SIGN_IN_LIFE }, now).until < now)
    return failed('sign-in-mismatch');
  if (url.searchParams.has('error')) return refusal(parameter('error') ?? '');
  const code = parameter('code');
  return code ? ok({ code }) : failed('sign-in-mismatch');
}

/** `access_denied` is RFC 6749 section 4.1.2.1; `canceled` has been seen in the wild. */
const refusal = (error: string): Result<never> =>
  /^(?:access_denied|cancell?ed)$/.test(error)
    ? failed('sign-in-denied')
    : failed('sign-in-refused', { detail: error.replaceAll(/[^\w.-]/g, '').slice(0, 60) });

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Compares without ending early, so that the time taken says nothing of how much was right. */
function isSame(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < expected.length; i++) difference |= (given.charCodeAt(i) || 0) ^ expected.charCodeAt(i);
  return difference === 0 && expected !== '';
}
