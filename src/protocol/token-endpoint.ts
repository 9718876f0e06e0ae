/**
 * The wire form of the token-exchange endpoint: what the extension may ask of it and what it answers.
 * The endpoint is public, so the same schemas are strict on requests; replies are read leniently, because
 * Notion may add fields at any time.
 *
 * Shapes follow RFC 6749 sections 4.1.3, 5.1, 5.2 and 6, RFC 7009 for revocation, and Notion's token reply
 * (`OauthTokenResponse` in the official SDK).
 */
import * as z from 'zod/mini';

/** Longest token, code or address accepted. Notion's are under 200 characters; this leaves room. */
const opaque = z.string().check(z.minLength(1), z.maxLength(1024));

/** Body of `POST /oauth/token`: exactly these two grants, no other field. */
export const TokenRequest = z.discriminatedUnion('grant_type', [
  z.strictObject({ grant_type: z.literal('authorization_code'), code: opaque, redirect_uri: opaque }),
  z.strictObject({ grant_type: z.literal('refresh_token'), refresh_token: opaque }),
]);
export type TokenRequest = z.infer<typeof TokenRequest>;

/** Body of `POST /oauth/revoke`. `token_type_hint` is RFC 7009's; it is accepted and ignored. */
export const RevokeRequest = z.strictObject({ token: opaque, token_type_hint: z.optional(opaque) });
export type RevokeRequest = z.infer<typeof RevokeRequest>;

const Owner = z.looseObject({
  type: z.string(),
  user: z.optional(
    z.looseObject({
      id: z.string(),
      name: z.optional(z.nullable(z.string())),
      avatar_url: z.optional(z.nullable(z.string())),
    }),
  ),
});

/** 200 body of `POST /oauth/token`: Notion's token reply. */
export const TokenReply = z.looseObject({
  access_token: z.string().check(z.minLength(1)),
  token_type: z.string(),
  refresh_token: z.optional(z.nullable(z.string())),
  bot_id: z.string(),
  workspace_id: z.string(),
  workspace_name: z.optional(z.nullable(z.string())),
  workspace_icon: z.optional(z.nullable(z.string())),
  owner: z.optional(Owner),
  duplicated_template_id: z.optional(z.nullable(z.string())),
});
export type TokenReply = z.infer<typeof TokenReply>;

/** The error codes the endpoint answers with: RFC 6749 section 5.2, and two of section 4.1.2.1 for trouble upstream. */
export const OAUTH_ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
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
