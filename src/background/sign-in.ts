/** Connecting and disconnecting a workspace. */
import * as z from 'zod/mini';
import type { Connection, Credentials } from '../core/connection.ts';
import { failed, ok, type Result } from '../core/failure.ts';
import { judge } from '../core/notion/judge.ts';
import { ownIcon } from '../core/notion/picture.ts';
import { MeReply, ownerOf } from '../core/notion/replies.ts';
import { toHttp } from '../core/notion/request.ts';
import { getMe } from '../core/notion/requests.ts';
import { authorizeUrl, readRedirect } from '../core/notion/sign-in.ts';
import type { BuildConfig, Ports } from '../ports.ts';
import { exchangeRequest, judgeRevocation, judgeToken, revokeRequest } from '../protocol/token-client.ts';
import type { TokenReply } from '../protocol/token-endpoint.ts';
import { ENDPOINT_TIMEOUT, NOTION_TIMEOUT } from './notion.ts';
import type { Records } from './records.ts';

const PENDING = 'sign-in';

/** A sign-in under way: kept in session storage, because the background may die while the user reads the consent page. */
const Pending = z.object({
  state: z.string(),
  startedAt: z.number(),
  /** Its code has been sent off, which can be done only once. */
  isSpent: z.boolean(),
});

export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(
  {
    session,
    http,
    clock,
    random,
    identity,
  }: Pick<Ports, 'session' | 'http' | 'clock' | 'random' | 'identity'>,
  records: Records,
  config: BuildConfig,
) {
  return {
    /** Begins a sign-in; one that was under way before is void from now on. */
    async start(): Promise<Result<{ authorizeUrl: string }>> {
      const state = random.secret();
      await session.set({ [PENDING]: { state, startedAt: clock(), isSpent: false } });
      return ok({
        authorizeUrl: authorizeUrl({
          apiUrl: config.notionApiUrl,
          clientId: config.notionClientId,
          redirectUri: identity.redirectUri(),
          state,
        }),
      });
    },

    /**
     * Ends a sign-in with what the browser was sent back to: checks that it belongs to the one begun here, exchanges
     * the code once, stores the connection.
     * May be repeated: whoever asked may have heard no answer because the background died after storing.
     */
    async finish(redirectedTo: string): Promise<Result<Connection>> {
      const pending = z.safeParse(Pending, (await session.get([PENDING]))[PENDING]);
      if (!pending.success) return failed('sign-in-mismatch');
      const { isSpent, ...begun } = pending.data;
      const redirectUri = identity.redirectUri();
      const code = readRedirect(redirectedTo, { redirectUri, now: clock(), ...begun });
      if (!code.ok) {
        await session.remove([PENDING]);
        return code;
      }
      if (isSpent) return madeSince(begun.startedAt);
      await session.set({ [PENDING]: { ...begun, isSpent: true } });
      const request = exchangeRequest(config.tokenEndpointUrl, { code: code.value.code, redirectUri });
      const verdict = judgeToken(await http({ ...request, timeout: ENDPOINT_TIMEOUT }));
      if (verdict.kind !== 'done') {
        // A code that was refused is of no further use; "reconnect" is for connections that exist.
        const refused = verdict.failure.code === 'reconnect-needed';
        return refused ? failed('sign-in-refused', verdict.failure) : { ok: false, failure: verdict.failure };
      }
      const connection = connectionOf(verdict.value, clock());
      await store(connection, credentialsOf(verdict.value));
      return ok(connection);
    },

    /** Connects by a token that the user has made in Notion, once Notion has taken it. */
    async connectToken(pasted: string): Promise<Result<Connection>> {
      const token = pasted.trim();
      // Anything else could not even be put into a header.
      if (!/^[\w.-]+$/.test(token)) return failed('token-refused');
      const request = toHttp(getMe(), { apiUrl: config.notionApiUrl, accessToken: token });
      const verdict = judge(await http({ ...request, timeout: NOTION_TIMEOUT }), MeReply);
      if (verdict.kind !== 'done') {
        const isRefused = verdict.failure.code === 'reconnect-needed';
        return isRefused ? failed('token-refused', verdict.failure) : { ok: false, failure: verdict.failure };
      }
      const connection = connectionByToken(verdict.value, clock());
      await store(connection, { botId: connection.botId, accessToken: token, refreshToken: null });
      return ok(connection);
    },

    /** Revokes the tokens if Notion can be told, and forgets them in any case. */
    async disconnect(botId: string): Promise<Result<{ revoked: boolean }>> {
      const credentials = await records.getOne('credentials', botId);
      const isPasted = (await records.get('connections'))?.[botId]?.isPasted ?? false;
      const revoked = credentials !== null && !isPasted && (await revoke(credentials));
      await forget([botId]);
      await unchoose(botId);
      return ok({ revoked });
    },
  };

  /** The connection that came of a sign-in begun then. */
  async function madeSince(startedAt: number): Promise<Result<Connection>> {
    const all = Object.values((await records.get('connections')) ?? {});
    const connection = all.find(({ connectedAt }) => connectedAt >= startedAt);
    return connection ? ok(connection) : failed('sign-in-mismatch');
  }

  async function revoke(credentials: Credentials): Promise<boolean> {
    const request = revokeRequest(config.tokenEndpointUrl, credentials.accessToken);
    return judgeRevocation(await http({ ...request, timeout: ENDPOINT_TIMEOUT })).kind === 'done';
  }

  /** A second authorization of the same workspace takes the place of the first. */
  async function store(connection: Connection, credentials: Credentials): Promise<void> {
    let replaced: string[] = [];
    await records.change(['connections'], {}, ({ connections }) => {
      replaced = Object.values(connections ?? {})
        .filter((other) => other.workspaceId === connection.workspaceId && other.botId !== connection.botId)
        .map((other) => other.botId);
      return {
        connections: { ...connections, [connection.botId]: connection },
        credentials: { [connection.botId]: credentials },
      };
    });
    await forget(replaced);
  }

  /**
   * A database of a workspace that is gone is not saved to by the next key, as long as there is another workspace to
   * choose one of. Of the only workspace it stays chosen for when that is connected again.
   */
  async function unchoose(botId: string): Promise<void> {
    const id = (await records.get('settings'))?.destinationId ?? null;
    if (id === null || (await records.getOne('destination', id))?.botId !== botId) return;
    await records.change(['settings', 'connections'], {}, ({ settings, connections }) => {
      const isOther = settings?.destinationId !== id || Object.keys(connections ?? {}).length === 0;
      return isOther || !settings ? null : { settings: { ...settings, destinationId: null } };
    });
  }

  async function forget(botIds: readonly string[]): Promise<void> {
    if (botIds.length === 0) return;
    // First, so that no token can be left behind that nothing points to.
    await records.remove('credentials', botIds);
    const isKept = ({ botId }: { botId: string }) => !botIds.includes(botId);
    await records.change(['connections', 'catalog'], {}, ({ connections, catalog }) => ({
      connections: Object.fromEntries(Object.entries(connections ?? {}).filter(([, one]) => isKept(one))),
      ...(catalog
        ? {
            catalog: {
              ...catalog,
              entries: catalog.entries.filter(isKept),
              pages: catalog.pages.filter(isKept),
            },
          }
        : {}),
    }));
  }
}

const connectionOf = (reply: TokenReply, at: number): Connection => ({
  botId: reply.bot_id,
  workspaceId: reply.workspace_id,
  workspaceName: reply.workspace_name ?? '',
  workspaceIcon: ownIcon(reply.workspace_icon ?? null),
  ownerName: reply.owner?.user?.name ?? null,
  connectedAt: at,
  ...(reply.duplicated_template_id ? { templateId: reply.duplicated_template_id } : {}),
  status: 'ok',
});

const connectionByToken = (me: MeReply, at: number): Connection => ({
  botId: me.id,
  workspaceId: me.bot.workspace_id ?? me.id,
  workspaceName: me.bot.workspace_name ?? (me.type === 'bot' ? (me.name ?? '') : ''),
  workspaceIcon: null,
  ownerName: ownerOf(me),
  connectedAt: at,
  isPasted: true,
  status: 'ok',
});

const credentialsOf = (reply: TokenReply): Credentials => ({
  botId: reply.bot_id,
  accessToken: reply.access_token,
  refreshToken: reply.refresh_token ?? null,
});
