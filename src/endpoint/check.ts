/** Asks Notion whether it knows this endpoint's credentials, without needing a user. */
import type { EndpointConfig } from './config.ts';
import { errorCodeOf, tokenRequest } from './notion-oauth.ts';
import type { Clock, Send } from './send.ts';

/** Notion's codes are random, so the all-zero UUID is never one of them. */
const IMPOSSIBLE_CODE = '00000000-0000-0000-0000-000000000000';

const FAILED = {
  timed_out: 'did not answer in time',
  unreachable: 'cannot be reached from here',
  redirected: 'answered with a redirect, which is never followed',
  too_large: 'answered with something far too long',
} as const;

/**
 * Tries to exchange a code that cannot exist. Notion looks at the credentials first, so `invalid_grant` says that they
 * are accepted and `invalid_client` that they are not.
 *
 * @returns the finding in words; `ok` only when the credentials are known to be accepted.
 */
export async function checkCredentials(
  config: EndpointConfig,
  send: Send,
  clock: Clock,
): Promise<{ ok: boolean; finding: string }> {
  const [redirectUri = ''] = config.redirectUris;
  const request = tokenRequest(config, {
    grant_type: 'authorization_code',
    code: IMPOSSIBLE_CODE,
    redirect_uri: redirectUri,
  });
  const reply = await send(request, config.notionTimeout, clock);
  if (reply.kind === 'failed') return { ok: false, finding: `${config.notionApiUrl} ${FAILED[reply.why]}.` };
  const code = errorCodeOf(reply.text);
  if (code === 'invalid_grant') {
    return { ok: true, finding: 'Notion accepts this client ID and secret.' };
  }
  if (code === 'invalid_client') {
    return {
      ok: false,
      finding:
        'Notion refuses this client ID and secret: compare both with the page of the connection in Notion.',
    };
  }
  // Any other code may have been given before the credentials were looked at.
  const told =
    code !== undefined && /^[a-z_]{1,40}$/.test(code) ? `${reply.status} ${code}` : `${reply.status}`;
  return {
    ok: false,
    finding: `Notion answered ${told}, which says nothing about the client ID and secret. Try again later.`,
  };
}
