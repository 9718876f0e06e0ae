/** A connected workspace. What may be shown and what must stay secret are two records, so that pages never load a token. */
import * as z from 'zod/mini';

/** What can be shown of a connection. */
export const Connection = z.object({
  /** Notion's `bot_id`: identifies this authorization and is the key of everything stored for it. */
  botId: z.string(),
  workspaceId: z.string(),
  workspaceName: z.string(),
  /** An address or an emoji; Notion returns either. */
  workspaceIcon: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  connectedAt: z.number(),
  /** The page that Notion made from the connection's template, when the user asked for it. */
  templateId: z.optional(z.string()),
  /** The user has pasted its token: it cannot be renewed, nor revoked from here. */
  isPasted: z.optional(z.boolean()),
  /** `refused`: Notion no longer takes the token and it could not be renewed; the user must connect again. */
  status: z.enum(['ok', 'refused']),
});
export type Connection = z.infer<typeof Connection>;

/** All connections, by `botId`. */
export const Connections = z.record(z.string(), Connection);
export type Connections = z.infer<typeof Connections>;

/**
 * Workspaces that are being disconnected, by `botId`. They are connected no more; what is kept of them goes step by step, and
 * this is the last of it, so that a death in between leaves nothing behind.
 */
export const Leaving = z.record(z.string(), z.object({ isPasted: z.boolean() }));
export type Leaving = z.infer<typeof Leaving>;

/** The token pair of one connection. Read and written by the background only, always as a pair, in one write. */
export const Credentials = z.object({
  botId: z.string(),
  accessToken: z.string(),
  refreshToken: z.nullable(z.string()),
});
export type Credentials = z.infer<typeof Credentials>;
