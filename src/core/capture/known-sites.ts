/** Sites of which it is known that several spellings are one page. Few, and each because its links are shared so. */

/** The parts of an address that can be written anew; `query` holds `[name, value]` as written, still encoded. */
export type AddressParts = { host: string; path: string; query: [string, string | null][]; fragment: string };

type Site = { host: RegExp; same: (parts: AddressParts) => AddressParts };

const without = (query: AddressParts['query'], ...names: string[]): AddressParts['query'] =>
  query.filter(([name]) => !names.includes(name));

const SITES: Site[] = [
  {
    // The share button gives youtu.be; a time is a place within the video.
    host: /^(?:youtu\.be|(?:music\.)?youtube\.com)$/,
    same: ({ host, path, query, fragment }) => {
      const id = host === 'youtu.be' ? /^\/([\w-]{11})$/.exec(path)?.[1] : undefined;
      const given: AddressParts['query'] = id ? [['v', id], ...without(query, 'v')] : query;
      return {
        host: id ? 'youtube.com' : host,
        path: id ? '/watch' : path,
        query: without(given, 't', 'start', 'time_continue'),
        fragment: /^t=/.test(fragment) ? '' : fragment,
      };
    },
  },
  {
    host: /^(?:mobile\.)?(?:twitter|x)\.com$/,
    same: (parts) => ({ ...parts, host: 'x.com' }),
  },
  {
    host: /^(?:old|new|np)\.reddit\.com$/,
    same: (parts) => ({ ...parts, host: 'reddit.com' }),
  },
  {
    // A product is its ten characters; around them stand its title and where the reader came from.
    host: /^amazon\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2})$/,
    same: (parts) => {
      const product = /^(?:\/[^/]+)?\/(?:dp|gp\/product|gp\/aw\/d)\/([A-Z0-9]{10})(?:\/ref=[^/]*)?$/.exec(
        parts.path,
      )?.[1];
      return product ? { ...parts, path: `/dp/${product}`, query: without(parts.query, 'th') } : parts;
    },
  },
  {
    // The title after the number is for the eye: any other leads to the same question.
    host: /^(?:stackoverflow\.com|superuser\.com|serverfault\.com|askubuntu\.com|mathoverflow\.net|(?:[a-z-]+\.)?stackexchange\.com)$/,
    same: (parts) => {
      const id = /^\/(?:questions\/(\d+)(?:\/[^/]*[^/\d][^/]*)?|q\/(\d+)(?:\/\d+)?)$/.exec(parts.path);
      return id ? { ...parts, path: `/questions/${id[1] ?? id[2]}` } : parts;
    },
  },
];

/** The one spelling for those of a known site; any other address as it is. */
export const oneSpelling = (parts: AddressParts): AddressParts =>
  SITES.find(({ host }) => host.test(parts.host))?.same(parts) ?? parts;

/** Sites whose shortest fragments choose what is shown: Gmail's `#inbox`, a drawing's file. */
const BARE_ROUTES = /^(?:mail\.google\.com|app\.diagrams\.net|draw\.io|outlook\.[a-z.]+|mega\.nz)$/;

/** Whether every fragment on this (plain) host may be a page of its own. */
export const routesByFragment = (host: string): boolean => BARE_ROUTES.test(host);
