/** What pages and the background of the extension may load and reach. Runs in Node, at build time. */
import { NOTION_FILES } from '../../core/database/picture.ts';
import type { BuildConfig } from '../../ports.ts';

/**
 * The strictest policy that Rowmark works under, for the manifest's `extension_pages`: its own code and styles, pictures of its
 * own and of Notion's, and requests to the two hosts that it talks to. Styles in attributes of HTML are refused; those that
 * code sets on an element are not, by the rules of CSP.
 */
export function contentSecurityPolicy(
  config: Pick<BuildConfig, 'notionApiUrl' | 'tokenEndpointUrl'>,
): string {
  const reached = [config.notionApiUrl, config.tokenEndpointUrl].map((url) => new URL(url).origin);
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", ...NOTION_FILES],
    'connect-src': [...new Set(reached)],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
