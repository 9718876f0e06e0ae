/** Connecting and disconnecting a workspace. */
import * as z from 'zod/mini';
import type { Connection, Connections, Credentials, Leaving } from '../../core/connection.ts';
import type { Catalog } from '../../core/database/destination.ts';
import { ownIcon } from '../../core/database/picture.ts';
import { failed, ok, type Result } from '../../core/failure.ts';
import { judge } from '../../core/notion/judge.ts';
import { MeReply, ownerOf } from '../../core/notion/replies.ts';
import { toHttp } from '../../core/notion/request.ts';
import { getMe } from '../../core/notion/requests.ts';
import { authorizeUrl, readRedirect } from '../../core/notion/sign-in.ts';
import type { BuildConfig, Ports } from '../../ports.ts';
import { exchangeRequest, judgeRevocation, judgeToken, revokeRequest } from '../../protocol/token-client.ts';
import type { TokenReply } from '../../protocol/token-endpoint.ts';
import type { Records } from '../store/records.ts';
import { ENDPOINT_TIMEOUT, NOTION_TIMEOUT } from './client.ts';

const PENDING = 'sign-in';

/** A sign-in under way: kept in session storage, because the background may die while the user reads the consent page. */
const Pending = z.object({
  state: z.string(),
  startedAt: z.number(),
  /**
   * Its code has been sent off, which can be done only once: when the connections that were there then had been made, by
   * `botId`. What it led to is told by that, as a clock may be set meanwhile.
   */
  spent: z.nullable(z.record(z.string(), z.number())),
});

/** What goes from this device with a workspace, before it is disconnected. */
type Forget = {
  /** @returns whether its rows are gone */
  rowsOf(botId: string): Promise<boolean>;
  schemasOf(botId: string): Promise<void>;
};

export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(
  {
    session,
    http,
    clock,
    random,
    identity,
    keepAwake,
  }: Pick<Ports, 'session' | 'http' | 'clock' | 'random' | 'identity' | 'keepAwake'>,
  records: Records,
  config: BuildConfig,
  forgetDatabases: Forget,
) {
  return {
    /** Begins a sign-in; one that was under way before is void from now on. */
    async start(): Promise<Result<{ authorizeUrl: string }>> {
      const state = random.secret();
      await session.set({ [PENDING]: { state, startedAt: clock(), spent: null } });
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
      const { spent, ...begun } = pending.data;
      const redirectUri = identity.redirectUri();
      const code = readRedirect(redirectedTo, { redirectUri, now: clock(), ...begun });
      if (!code.ok) {
        await session.remove([PENDING]);
        return code;
      }
      if (spent) return madeSince(spent);
      await session.set({ [PENDING]: { ...begun, spent: await connectedAt() } });
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

    /**
     * Revokes the tokens if Notion can be told, and forgets them in any case, with all that is kept of the workspace's
     * databases. What a death cuts off is done by `resume`.
     */
    async disconnect(botId: string): Promise<Result<{ revoked: boolean }>> {
      await parting([botId]);
      return ok({ revoked: await leave(botId, await forgetDatabases.rowsOf(botId)) });
    },

    /**
     * Goes on with disconnecting that was cut off. When this settles no rows of it are found any more; the rest, for which
     * Notion is told, follows.
     */
    async resume(): Promise<void> {
      for (const botId of Object.keys((await records.get('leaving')) ?? {})) {
        const areRowsGone = await forgetDatabases.rowsOf(botId);
        void keepAwake(leave(botId, areRowsGone)).catch((error) =>
          console.error('Rowmark could not forget a workspace.', error),
        );
      }
    },
  };

  async function connectedAt(): Promise<Record<string, number>> {
    const all = Object.values((await records.get('connections')) ?? {});
    return Object.fromEntries(all.map((one) => [one.botId, one.connectedAt]));
  }

  /** The connection that was made after those. */
  async function madeSince(before: Readonly<Record<string, number>>): Promise<Result<Connection>> {
    const all = Object.values((await records.get('connections')) ?? {});
    const connection = all.find((one) => before[one.botId] !== one.connectedAt);
    return connection ? ok(connection) : failed('sign-in-mismatch');
  }

  async function revoke(credentials: Credentials): Promise<boolean> {
    const request = revokeRequest(config.tokenEndpointUrl, credentials.accessToken);
    return judgeRevocation(await http({ ...request, timeout: ENDPOINT_TIMEOUT })).kind === 'done';
  }

  /**
   * A second authorization of the same workspace takes the place of the first: what is kept of its databases is of the second
   * from now on.
   */
  async function store(connection: Connection, credentials: Credentials): Promise<void> {
    const { botId } = connection;
    const known = (await records.all('destination')).map(({ id }) => id);
    let replaced: string[] = [];
    await records.change(
      ['connections', 'catalog', 'leaving'],
      { destination: known },
      ({ connections, catalog, leaving, destination }) => {
        replaced = Object.values(connections ?? {})
          .filter((other) => other.workspaceId === connection.workspaceId && other.botId !== botId)
          .map((other) => other.botId);
        const taken = Object.values(destination).flatMap((one) =>
          one && replaced.includes(one.botId) ? [[one.id, { ...one, botId }]] : [],
        );
        const parted = part(replaced, connections, catalog, leaving);
        const { [botId]: _, ...others } = parted.leaving;
        return {
          ...parted,
          leaving: others,
          connections: { ...parted.connections, [botId]: connection },
          credentials: { [botId]: credentials },
          destination: Object.fromEntries(taken),
        };
      },
    );
    // They are of no use any more: Notion gives the tokens of a workspace to its latest authorization.
    for (const one of replaced) {
      await forgetTokens(one);
      await left(one);
    }
  }

  /** From now on they are connected no more, are listed nowhere, and nothing is saved to them by the next key. */
  async function parting(botIds: readonly string[]): Promise<void> {
    const chosen = (await records.get('settings'))?.destinationId ?? null;
    const schema = chosen === null ? null : await records.getOne('destination', chosen);
    await records.change(
      ['connections', 'catalog', 'leaving', 'settings'],
      {},
      ({ connections, catalog, leaving, settings }) => {
        const parted = part(botIds, connections, catalog, leaving);
        const botOfChosen = schema?.botId ?? catalog?.entries.find(({ id }) => id === chosen)?.botId;
        // Of the only workspace it stays chosen, for when that is connected again.
        const isToBeUnchosen =
          settings !== null &&
          settings.destinationId === chosen &&
          botIds.includes(botOfChosen ?? '') &&
          Object.keys(parted.connections).length > 0;
        return { ...parted, ...(isToBeUnchosen ? { settings: { ...settings, destinationId: null } } : {}) };
      },
    );
  }

  /** @returns whether Notion was told, and took it. Of what is not there any more nothing has to be told */
  async function leave(botId: string, areRowsGone: boolean): Promise<boolean> {
    const credentials = await records.getOne('credentials', botId);
    const isPasted = (await records.get('leaving'))?.[botId]?.isPasted ?? false;
    const revoked = credentials !== null && !isPasted && (await revoke(credentials));
    await forgetTokens(botId);
    // Whose rows they are is known by the schemas alone; the next start tries again.
    if (!areRowsGone) return revoked;
    await forgetDatabases.schemasOf(botId);
    await left(botId);
    return revoked;
  }

  /** Connected anew meanwhile, it is not leaving any more. */
  function forgetTokens(botId: string): Promise<void> {
    return records.change(['leaving'], {}, ({ leaving }) =>
      leaving && botId in leaving ? { credentials: { [botId]: null } } : null,
    );
  }

  /** The last step: nothing is kept of it any more. */
  function left(botId: string): Promise<void> {
    return records.update('leaving', (leaving) => {
      const { [botId]: _, ...others } = leaving ?? {};
      return others;
    });
  }
}

/** These as they are without some connections, which are leaving. */
function part(
  botIds: readonly string[],
  connections: Connections | null,
  catalog: Catalog | null,
  leaving: Leaving | null,
) {
  const isKept = ({ botId }: { botId: string }) => !botIds.includes(botId);
  const gone = botIds.map((botId) => [botId, { isPasted: connections?.[botId]?.isPasted ?? false }]);
  return {
    connections: Object.fromEntries(Object.entries(connections ?? {}).filter(([, one]) => isKept(one))),
    leaving: { ...Object.fromEntries(gone), ...leaving } as Leaving,
    ...(catalog
      ? {
          catalog: {
            ...catalog,
            entries: catalog.entries.filter(isKept),
            pages: catalog.pages.filter(isKept),
          },
        }
      : {}),
  };
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
