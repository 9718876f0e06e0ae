/** What the token-exchange endpoint answers; read leniently, because Notion may add fields at any time. */
import * as z from 'zod/mini';
import { lenient } from '../core/lenient.ts';

const Owner = z.object({
  type: z.string(),
  user: z.optional(
    z.object({
      id: z.string(),
      name: z.optional(z.nullable(z.string())),
      avatar_url: z.optional(z.nullable(z.string())),
    }),
  ),
});

/** A field that is good to have: a form of it that is not known yet must not cost the user their token. */
const niceToHave = <T extends z.ZodMiniType>(schema: T) => lenient(z.nullable(schema), null);

/**
 * 200 body of `POST /oauth/token`: the part of Notion's token reply that the extension uses. Fields that are not
 * named here (the owner's e-mail address is one of them) are dropped on reading, not refused.
 */
export const TokenReply = z.object({
  access_token: z.string(),
  token_type: z.string(),
  refresh_token: z.optional(z.nullable(z.string())),
  bot_id: z.string(),
  workspace_id: z.string(),
  workspace_name: niceToHave(z.string()),
  workspace_icon: niceToHave(z.string()),
  owner: niceToHave(Owner),
  duplicated_template_id: niceToHave(z.string()),
});
export type TokenReply = z.infer<typeof TokenReply>;

/**
 * The error codes the endpoint answers with, and what each means for the stored tokens:
 * - `invalid_request` (400, 404, 405, 413, 415): the request is malformed, or its redirect address is not on the
 *   endpoint's list. Repeating it cannot help; the tokens are as good as before.
 * - `invalid_grant` (400): Notion refused this code or refresh token. Only this one means "sign in again".
 * - `unsupported_grant_type` (400).
 * - `server_error` (500): the endpoint itself is set up wrongly (Notion refused the endpoint's own credentials, say).
 *   Keep the tokens; only the endpoint's operator can help.
 * - `temporarily_unavailable` (503, or 429 when the caller is too fast; always with `Retry-After`): keep the tokens,
 *   try again later. An authorization code may have been used up all the same: start the sign-in anew.
 *
 * RFC 6749 section 5.2, and two codes of section 4.1.2.1 for trouble that is not the client's.
 */
export const OAUTH_ERRORS = [
  'invalid_request',
  'invalid_grant',
  'unsupported_grant_type',
  'server_error',
  'temporarily_unavailable',
] as const;
export type OAuthErrorCode = (typeof OAUTH_ERRORS)[number];

/** Error body of every route. Unknown codes are possible from an endpoint that is newer than the extension. */
export const OAuthErrorReply = z.looseObject({
  error: z.string(),
  error_description: z.optional(z.string()),
});
export type OAuthErrorReply = z.infer<typeof OAuthErrorReply>;
