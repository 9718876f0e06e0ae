/** What is fixed when the extension is built, read from the environment or `.env`. Runs in Node, at build time. */
import type { BuildConfig } from '../../ports.ts';

export type Target = 'chrome' | 'firefox';

const REQUIRED = {
  NOTION_CLIENT_ID:
    'the client id of your public connection in Notion (app.notion.com/developers/connections, "OAuth client ID")',
  TOKEN_ENDPOINT_URL: 'the address of your token-exchange endpoint, such as https://token.example.com',
} as const;

/**
 * Reads and checks the build's settings.
 * @param whole whether everything must be there, as for a production build
 * @throws Error that names everything that is missing or wrong, and where to get it
 */
export function readBuildConfig(env: Record<string, string | undefined>, whole: boolean): BuildConfig {
  const wrong: string[] = [];
  const value = (name: keyof typeof REQUIRED): string => {
    const given = env[name]?.trim();
    if (!given && whole) wrong.push(`${name} is not set: ${REQUIRED[name]}.`);
    return given || 'unset';
  };
  const address = (name: string, given: string): string => {
    if (given === 'unset') return 'https://unset.invalid';
    try {
      const url = new URL(given);
      if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error();
      return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    } catch {
      wrong.push(`${name} is not an http or https address: "${given}".`);
      return given;
    }
  };
  const config = {
    notionClientId: value('NOTION_CLIENT_ID'),
    tokenEndpointUrl: address('TOKEN_ENDPOINT_URL', value('TOKEN_ENDPOINT_URL')),
    notionApiUrl: address('NOTION_API_URL', env.NOTION_API_URL?.trim() || 'https://api.notion.com'),
  };
  if (wrong.length > 0) {
    throw new Error(
      `Rowmark cannot be built yet.\n  - ${wrong.join('\n  - ')}\nSet them in the environment or in a file named .env. The README says how to set up a connection; "npm start" needs none.`,
    );
  }
  return config;
}
