/**
 * The wire form of the token-exchange endpoint: what the extension may ask of it and what it answers.
 * The endpoint is public, so the same schemas are strict on requests; replies are read leniently, because
 * Notion may add fields at any time.
 *
 * Shapes follow RFC 6749 sections 4.1.3, 5.1, 5.2 and 6, RFC 7009 for revocation, and Notion's token reply
 * (`OauthTokenResponse` in the official SDK).
 */
import * as z from 'zod/mini';

export * from './token-reply.ts';

/**
 * A token, code or address: 1 to 1024 printable ASCII characters (VSCHAR, RFC 6749 appendix A).
 * Notion's are under 200 characters; this leaves room.
 */
const opaque = z.string().check(z.minLength(1), z.maxLength(1024), z.regex(/^[\x20-\x7e]*$/));

/** Body of `POST /oauth/token`: exactly these two grants, no other field. */
export const TokenRequest = z.discriminatedUnion('grant_type', [
  z.strictObject({ grant_type: z.literal('authorization_code'), code: opaque, redirect_uri: opaque }),
  z.strictObject({ grant_type: z.literal('refresh_token'), refresh_token: opaque }),
]);
export type TokenRequest = z.infer<typeof TokenRequest>;

/** Body of `POST /oauth/revoke`. `token_type_hint` is RFC 7009's; it is accepted and ignored. */
export const RevokeRequest = z.strictObject({
  token: opaque,
  token_type_hint: z.optional(opaque),
});
export type RevokeRequest = z.infer<typeof RevokeRequest>;
