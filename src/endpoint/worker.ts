/** The endpoint on Cloudflare Workers. */
import { endpoint } from './portable.ts';
import type { RateLimitBinding } from './rate-limit.ts';

/** Variables and secrets are strings; the rate limit is there when `wrangler.jsonc` declares it. */
type Bindings = Readonly<Record<string, unknown>> & { readonly RATE_LIMITER?: RateLimitBinding };

/** Set once for each isolate: bindings cannot change while it lives. */
let handle: ReturnType<typeof endpoint> | undefined;

export default {
  fetch(request: Request, bindings: Bindings): Response | Promise<Response> {
    handle ??= endpoint(bindings, bindings.RATE_LIMITER);
    // Set by Cloudflare itself; a client cannot forge it.
    return handle(request, request.headers.get('cf-connecting-ip') ?? undefined);
  },
};
