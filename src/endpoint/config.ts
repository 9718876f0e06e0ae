/** The endpoint's configuration: read once from environment variables, with every mistake named at once. */
import * as z from 'zod/mini';
import { addressMistake } from '../protocol/secure-address.ts';

export interface EndpointConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Compared character by character, as Notion does: a trailing slash matters. */
  readonly redirectUris: ReadonlySet<string>;
  /** Origin without a trailing slash. */
  readonly notionApiUrl: string;
  /** Milliseconds Notion has for a whole answer. */
  readonly notionTimeout: number;
  /** POSTs that one client address may make a minute; 0 is no limit. */
  readonly rateLimit: number;
  /** How many proxies in front add to `X-Forwarded-For`; 0 believes nothing but the connection itself. */
  readonly trustedProxies: number;
  readonly host: string;
  readonly port: number;
  /** Milliseconds a client has for sending a whole request. */
  readonly requestTimeout: number;
  readonly maxConnections: number;
  /** Open connections from one address; not counted behind a trusted proxy. */
  readonly maxConnectionsPerAddress: number;
}

export type ConfigReading =
  | { readonly ok: true; readonly config: EndpointConfig }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Environment variables, or the bindings of a Worker, where objects may be among the strings. */
export type Environment = Readonly<Record<string, unknown>>;

const required = (where: string) =>
  z
    .string({ error: `is missing: ${where}` })
    .check(z.minLength(1, { error: `is empty: ${where}`, abort: true }));

const wholeNumber = (unset: number, least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z._default(
    z.pipe(
      z.pipe(
        z.string().check(z.regex(/^\d{1,9}$/, { error, abort: true })),
        z.transform((digits) => Number(digits)),
      ),
      z.number().check(z.gte(least, { error }), z.lte(most, { error })),
    ),
    unset,
  );
};

/** What is wrong with a redirect address; Notion compares them character by character. */
const redirectMistake = (address: string): string | undefined => {
  if (address.includes('*')) return 'has a wildcard; addresses are compared exactly';
  if (address.includes('#')) return 'has a fragment, which RFC 6749 section 3.1.2 forbids';
  return addressMistake(address);
};

const RedirectUris = z.pipe(
  z.pipe(
    required('list the redirect addresses of your extension builds, separated by commas'),
    z.transform((list) =>
      list
        .split(',')
        .map((address) => address.trim())
        .filter((address) => address !== ''),
    ),
  ),
  z.array(z.string()).check(
    z.minLength(1, { error: 'holds no address' }),
    z.check<string[]>((context) => {
      context.value.forEach((address, index) => {
        const mistake = redirectMistake(address);
        if (mistake !== undefined) {
          context.issues.push({
            code: 'custom',
            input: address,
            message: `entry ${index + 1} ${mistake}`,
          });
        }
      });
    }),
  ),
);

const NotionApiUrl = z._default(
  z
    .string()
    .check(
      z.refine(
        (address) =>
          addressMistake(address) === undefined && `${new URL(address).origin}/` === new URL(address).href,
        { error: 'must be an origin such as https://api.notion.com (http:// is for localhost only)' },
      ),
    ),
  'https://api.notion.com',
);

/** Printable ASCII without spaces: anything else is a slip of the clipboard, and would break the Basic header. */
const credential = (where: string) =>
  required(where).check(
    z.regex(/^[\x21-\x7e]+$/, {
      error: 'holds a space, a line break or another character that no credential has',
    }),
  );

const Variables = z.object({
  NOTION_CLIENT_ID: credential("copy the OAuth client ID from the connection's page in Notion").check(
    z.refine((id) => !id.includes(':'), { error: 'holds a colon, which Basic authentication cannot carry' }),
  ),
  NOTION_CLIENT_SECRET: credential(
    "copy the OAuth client secret from the connection's page in Notion, or name a file in NOTION_CLIENT_SECRET_FILE",
  ),
  ALLOWED_REDIRECT_URIS: RedirectUris,
  NOTION_API_URL: NotionApiUrl,
  NOTION_TIMEOUT_MS: wholeNumber(10_000, 100, 10_000),
  RATE_LIMIT_PER_MINUTE: wholeNumber(60, 0, 1_000_000),
  TRUST_PROXY: wholeNumber(0, 0, 10),
  HOST: z._default(z.string(), '127.0.0.1'),
  PORT: wholeNumber(8787, 0, 65_535),
  REQUEST_TIMEOUT_MS: wholeNumber(10_000, 100, 300_000),
  MAX_CONNECTIONS: wholeNumber(1024, 1, 100_000),
  MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(64, 1, 100_000),
});

/** Variables with a default may be set to nothing, as `docker run -e NAME=` and `.env` files do. */
const mayBeEmpty = (name: string) =>
  name !== 'NOTION_CLIENT_ID' && name !== 'NOTION_CLIENT_SECRET' && name !== 'ALLOWED_REDIRECT_URIS';

/**
 * Reads the configuration.
 *
 * @param readFile returns a file's text, or undefined when it cannot be read; left out where there are no files.
 * @returns the configuration, or every mistake in words. No mistake repeats a variable's value: it may be a secret.
 */
export function readConfig(
  environment: Environment,
  readFile?: (path: string) => string | undefined,
): ConfigReading {
  const problems: string[] = [];
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(Variables.shape)) {
    const value = environment[name];
    if (value !== undefined && !(value === '' && mayBeEmpty(name))) given[name] = value;
  }

  const path = environment.NOTION_CLIENT_SECRET_FILE;
  if (typeof path === 'string' && path !== '') {
    const text = readFile?.(path);
    if (given.NOTION_CLIENT_SECRET !== undefined) {
      problems.push('NOTION_CLIENT_SECRET and NOTION_CLIENT_SECRET_FILE are both set: set one of them');
    } else if (text === undefined) {
      problems.push('NOTION_CLIENT_SECRET_FILE names a file that cannot be read');
    } else if (text.trim() === '') {
      problems.push('NOTION_CLIENT_SECRET_FILE names a file that is empty');
    }
    // A stand-in keeps the schema from reporting the same mistake a second time.
    given.NOTION_CLIENT_SECRET = text?.trim() || given.NOTION_CLIENT_SECRET || 'unreadable';
  }

  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };

  const read = parsed.data;
  return {
    ok: true,
    config: {
      clientId: read.NOTION_CLIENT_ID,
      clientSecret: read.NOTION_CLIENT_SECRET,
      redirectUris: new Set(read.ALLOWED_REDIRECT_URIS),
      notionApiUrl: new URL(read.NOTION_API_URL).origin,
      notionTimeout: read.NOTION_TIMEOUT_MS,
      rateLimit: read.RATE_LIMIT_PER_MINUTE,
      trustedProxies: read.TRUST_PROXY,
      host: read.HOST,
      port: read.PORT,
      requestTimeout: read.REQUEST_TIMEOUT_MS,
      maxConnections: read.MAX_CONNECTIONS,
      maxConnectionsPerAddress: read.MAX_CONNECTIONS_PER_ADDRESS,
    },
  };
}
