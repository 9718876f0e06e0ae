/** Talking to Notion for one connection: the token, its renewal, and the judgement of what came back. */
import type * as z from 'zod/mini';
import type { Credentials } from '../../core/connection.ts';
import { failed, failure, ok, type Result } from '../../core/failure.ts';
import { judge, type Verdict } from '../../core/notion/judge.ts';
import { type NotionRequest, toHttp } from '../../core/notion/request.ts';
import type { BuildConfig, Ports } from '../../ports.ts';
import { judgeToken, refreshRequest } from '../../protocol/token-client.ts';
import type { Records } from '../store/records.ts';
import type { Pace } from './pace.ts';

/** Milliseconds for one request to Notion, reply included; see the lease of a save. */
export const NOTION_TIMEOUT = 20_000;
/** The endpoint itself gives up on Notion after 10 s. */
export const ENDPOINT_TIMEOUT = 15_000;

export type Notion = ReturnType<typeof createNotion>;

export function createNotion(
  { http }: Pick<Ports, 'http'>,
  records: Records,
  config: BuildConfig,
  pace: Pace,
) {
  const renewals = new Map<string, Promise<Result<Credentials>>>();

  /**
   * Sends one request; when the token is refused, renews it and sends once more. A 401 has had no effect, so
   * this is safe for creates as well. One that may be the browser's second try is no refusal: see `judge`.
   */
  async function send<S extends z.ZodMiniType>(
    botId: string,
    request: NotionRequest,
    schema: S,
  ): Promise<Verdict<z.infer<S>>> {
    const credentials = await records.getOne('credentials', botId);
    const connections = (await records.get('connections')) ?? {};
    const connection = connections[botId];
    if (!credentials || !connection) {
      const isOther = Object.keys(connections).length > 0;
      return { kind: 'refused', failure: failure(isOther ? 'database-unknown' : 'not-connected') };
    }
    if (connection.status === 'refused') return { kind: 'refused', failure: failure('reconnect-needed') };
    const first = await once(credentials, request, schema);
    if (!isTokenRefused(first)) return first;
    const renewed = await renew(credentials);
    if (!renewed.ok) return { kind: 'refused', failure: renewed.failure };
    const second = await once(renewed.value, request, schema);
    if (isTokenRefused(second)) await markRefused(botId);
    return second;
  }

  async function once<S extends z.ZodMiniType>(
    credentials: Credentials,
    request: NotionRequest,
    schema: S,
  ): Promise<Verdict<z.infer<S>>> {
    const { botId, accessToken } = credentials;
    const held = pace.refusal(botId);
    // Notion would only say so again, and may ask for a longer wait.
    if (held) return { kind: 'refused', failure: held };
    pace.count(botId);
    const verdict = judge(
      await http({
        ...toHttp(request, { apiUrl: config.notionApiUrl, accessToken }),
        timeout: NOTION_TIMEOUT,
      }),
      schema,
      request.adds,
    );
    const why = verdict.kind === 'refused' ? verdict.failure : null;
    pace.answered(botId, why?.code === 'rate-limited', why?.retryAfter);
    return verdict;
  }

  /**
   * A new token pair in place of `refused`. Notion replaces both tokens at each renewal and takes only the first of
   * several that come at once, so there is never more than one under way for a connection.
   */
  function renew(refused: Credentials): Promise<Result<Credentials>> {
    const running = renewals.get(refused.botId);
    if (running) return running;
    const renewal = renewOnce(refused).finally(() => renewals.delete(refused.botId));
    renewals.set(refused.botId, renewal);
    return renewal;
  }

  async function renewOnce(refused: Credentials): Promise<Result<Credentials>> {
    const stored = await records.getOne('credentials', refused.botId);
    if (!stored) return failed('not-connected');
    if (stored.accessToken !== refused.accessToken) return ok(stored);
    if (!stored.refreshToken) return giveUp(stored.botId);
    const request = refreshRequest(config.tokenEndpointUrl, stored.refreshToken);
    const verdict = judgeToken(await http({ ...request, timeout: ENDPOINT_TIMEOUT }));
    if (verdict.kind !== 'done') {
      return verdict.failure.code === 'reconnect-needed'
        ? giveUp(stored.botId)
        : { ok: false, failure: verdict.failure };
    }
    const pair: Credentials = {
      botId: stored.botId,
      accessToken: verdict.value.access_token,
      refreshToken: verdict.value.refresh_token ?? null,
    };
    // Disconnected meanwhile: no token is left behind. Connected anew: that pair is the younger one.
    await records.updateOne('credentials', stored.botId, (latest) =>
      latest?.accessToken === stored.accessToken ? pair : latest,
    );
    const latest = await records.getOne('credentials', stored.botId);
    return latest ? ok(latest) : failed('not-connected');
  }

  async function giveUp(botId: string): Promise<Result<never>> {
    await markRefused(botId);
    return failed('reconnect-needed');
  }

  async function markRefused(botId: string): Promise<void> {
    await records.update('connections', (connections) => {
      const connection = connections?.[botId];
      return connections && connection
        ? { ...connections, [botId]: { ...connection, status: 'refused' } }
        : connections;
    });
  }

  return { send };
}

const isTokenRefused = (verdict: Verdict<unknown>): boolean =>
  verdict.kind === 'refused' && verdict.failure.code === 'reconnect-needed';
