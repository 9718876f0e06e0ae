/** What is fixed when the extension is built, read from the environment or `.env`. Runs in Node, at build time. */
import type { BuildConfig } from '../../ports.ts';
import { addressMistake } from '../../protocol/secure-address.ts';

export type Target = 'chrome' | 'firefox';

/** What each setting is, and where to get it. */
const SETTINGS = {
  NOTION_CLIENT_ID:
    'the client id of your public connection in Notion (app.notion.com/developers/connections, "OAuth client ID")',
  TOKEN_ENDPOINT_URL: 'the address of your token-exchange endpoint, such as https://token.example.com',
  NOTION_API_URL: "the address of Notion's API; leave it out for https://api.notion.com",
} as const;

type Setting = keyof typeof SETTINGS;

/** Stands for what is not needed yet: in development alone. */
const UNSET = { NOTION_CLIENT_ID: 'unset', TOKEN_ENDPOINT_URL: 'https://unset.invalid' } as const;

/**
 * Reads and checks the build's settings.
 * @param whole whether everything must be there, as for a production build
 * @throws Error that names everything that is missing or wrong, and where to get it
 */
export function readBuildConfig(env: Record<string, string | undefined>, whole: boolean): BuildConfig {
  const wrong: string[] = [];

  const required = (name: keyof typeof UNSET): string => {
    const given = env[name]?.trim();
    if (!given && whole) wrong.push(`${name} is not set: ${SETTINGS[name]}.`);
    return given || UNSET[name];
  };

  /** Without a slash at the end, for paths to be put behind it. */
  const address = (name: Setting, given: string): string => {
    const mistake = addressMistake(given) ?? (/[?#]/.test(given) ? 'has a query or a fragment' : undefined);
    if (mistake !== undefined) {
      wrong.push(`${name} ${mistake}: ${SETTINGS[name]}.`);
      return given;
    }
    const { origin, pathname } = new URL(given);
    return `${origin}${pathname.replace(/\/+$/, '')}`;
  };

  const config = {
    notionClientId: required('NOTION_CLIENT_ID'),
    tokenEndpointUrl: address('TOKEN_ENDPOINT_URL', required('TOKEN_ENDPOINT_URL')),
    notionApiUrl: address('NOTION_API_URL', env.NOTION_API_URL?.trim() || 'https://api.notion.com'),
  };
  if (wrong.length > 0) {
    throw new Error(
      `Rowmark cannot be built yet.\n  - ${wrong.join('\n  - ')}\nSet them in the environment or in a file named .env. docs/setup.md says how to set up a connection; "npm start" needs none.`,
    );
  }
  return config;
}
