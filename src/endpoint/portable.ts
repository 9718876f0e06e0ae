/**
 * The endpoint as one function, for any platform that speaks `Request` and `Response`: Workers, Deno, Bun, Vercel,
 * AWS Lambda. Logs go to the console, a line each.
 */
import { refuse } from './answer.ts';
import { assemble } from './assemble.ts';
import { type Environment, readConfig } from './config.ts';
import { limitByBinding, type RateLimitBinding } from './rate-limit.ts';
import { sendBy } from './send.ts';

/**
 * @param environment the variables, strings by name.
 * @param binding Cloudflare's rate limit; without it requests are counted in memory.
 * @returns the handler. Its second argument is the client's address as the platform vouches for it. With a mistake in
 * the configuration it answers 500 to everything, and the console has the mistakes in words.
 */
export function endpoint(
  environment: Environment,
  binding?: RateLimitBinding,
): (request: Request, address: string | undefined) => Response | Promise<Response> {
  const reading = readConfig(environment);
  if (!reading.ok) {
    for (const problem of reading.problems) console.error(problem);
    return () =>
      refuse(crypto.randomUUID(), {
        status: 500,
        error: 'server_error',
        description: 'This endpoint is not configured. Its log has the reasons.',
      });
  }
  const app = assemble(
    reading.config,
    // Workers refuse a `fetch` that is called as another object's method.
    sendBy((url, init) => fetch(url, init)),
    (line) => console.log(JSON.stringify(line)),
    binding === undefined ? undefined : limitByBinding(binding),
  );
  return (request, address) => app.fetch(request, { address });
}
