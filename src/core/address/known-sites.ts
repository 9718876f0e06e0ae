/**
 * Sites of which it is known that several spellings are one page. Few, and each because its links are shared so. Each is told
 * in both directions here: what all spellings become, and which there are.
 */

/** The parts of an address that can be written anew; `query` holds `[name, value]` as written, still encoded. */
export type AddressParts = { host: string; path: string; query: [string, string | null][]; fragment: string };

type Site = {
  host: RegExp;
  /** The one spelling by which they are compared. */
  same: (parts: AddressParts) => AddressParts;
  /** The others of that one, the likeliest first, but for those that hold more than it tells, such as a title. */
  others?: (one: AddressParts) => AddressParts[];
};

const without = (query: AddressParts['query'], ...names: string[]): AddressParts['query'] =>
  query.filter(([name]) => !names.includes(name));

const onHosts = (one: AddressParts, ...hosts: string[]): AddressParts[] =>
  hosts.map((host) => ({ ...one, host }));

const onPath = (one: AddressParts, path: RegExp, ...others: string[]): AddressParts[] =>
  path.test(one.path) ? others.map((other) => ({ ...one, path: one.path.replace(path, other) })) : [];

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
    others(one) {
      const id =
        one.host === 'youtube.com' && one.path === '/watch'
          ? one.query.find(([name]) => name === 'v')?.[1]
          : null;
      return id && /^[\w-]{11}$/.test(id)
        ? [{ ...one, host: 'youtu.be', path: `/${id}`, query: without(one.query, 'v') }]
        : [];
    },
  },
  {
    host: /^(?:mobile\.)?(?:twitter|x)\.com$/,
    same: (parts) => ({ ...parts, host: 'x.com' }),
    others: (one) => onHosts(one, 'twitter.com', 'www.twitter.com', 'mobile.twitter.com', 'mobile.x.com'),
  },
  {
    host: /^(?:(?:old|new|np)\.)?reddit\.com$/,
    same: (parts) => ({ ...parts, host: 'reddit.com' }),
    others: (one) => onHosts(one, 'old.reddit.com', 'new.reddit.com', 'np.reddit.com'),
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
    others: (one) => onPath(one, /^\/dp\/(.+)$/, '/gp/product/$1', '/gp/aw/d/$1'),
  },
  {
    // The title after the number is for the eye: any other leads to the same question.
    host: /^(?:stackoverflow\.com|superuser\.com|serverfault\.com|askubuntu\.com|mathoverflow\.net|(?:[a-z-]+\.)?stackexchange\.com)$/,
    same: (parts) => {
      const id = /^\/(?:questions\/(\d+)(?:\/[^/]*[^/\d][^/]*)?|q\/(\d+)(?:\/\d+)?)$/.exec(parts.path);
      return id ? { ...parts, path: `/questions/${id[1] ?? id[2]}` } : parts;
    },
    others: (one) => onPath(one, /^\/questions\/(\d+)$/, '/q/$1'),
  },
];

const siteOf = (host: string): Site | undefined => SITES.find((site) => site.host.test(host));

/** The one spelling for those of a known site; any other address as it is. */
export const oneSpelling = (parts: AddressParts): AddressParts => siteOf(parts.host)?.same(parts) ?? parts;

/** The other spellings of one that `oneSpelling` gave; none for most sites. */
export const otherSpellings = (one: AddressParts): AddressParts[] => siteOf(one.host)?.others?.(one) ?? [];

/** Sites whose shortest fragments choose what is shown: Gmail's `#inbox`, a drawing's file. */
const BARE_ROUTES = /^(?:mail\.google\.com|app\.diagrams\.net|draw\.io|outlook\.[a-z.]+|mega\.nz)$/;

/** Whether every fragment on this (plain) host may be a page of its own. */
export const routesByFragment = (host: string): boolean => BARE_ROUTES.test(host);
