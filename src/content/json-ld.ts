/** What a page says of itself in JSON-LD (https://schema.org, https://www.w3.org/TR/json-ld11/), bounded and forgiving. */

export type JsonLdFacts = {
  title: string | undefined;
  description: string | undefined;
  authors: string[];
  published: string[];
};

type Node = { [key: string]: unknown };

const MAX_NODES = 500;
/** Types that describe the page's subject, the more telling first. A site, its owner or its breadcrumbs are not the page. */
const SUBJECTS = [
  /(?:Article|Posting|Report|Video(?:Object)?|Movie|Recipe|Book|Product|Event|Course|SoftwareApplication|WebApplication|Dataset|Episode|PodcastSeries|TVSeries|HowTo|Question|Review|MusicRecording|MusicAlbum|SoftwareSourceCode|JobPosting|CreativeWork|Thesis|Game)$/,
  /(?:Page)$/,
];

/** The facts of all readable scripts together. Each text is one script's content; a broken one counts for nothing. */
export function jsonLdFacts(texts: readonly string[]): JsonLdFacts {
  const nodes = texts.flatMap((text) => flatten(parsed(text)));
  const byId = new Map(nodes.map((node) => [node['@id'], node]));
  const subjects = SUBJECTS.flatMap((type) =>
    nodes.filter((node) => types(node).some((name) => type.test(name))),
  );
  const firstOf = (read: (node: Node) => string | undefined): string | undefined =>
    subjects.map(read).find((text) => text !== undefined);
  return {
    title: firstOf((node) => plain(node.headline) ?? plain(node.name)),
    description: firstOf((node) => plain(node.description)),
    authors: subjects.map((node) => names(node.author ?? node.creator, byId)).find(isSome) ?? [],
    published: subjects.flatMap((node) => plain(node.datePublished) ?? plain(node.uploadDate) ?? []),
  };
}

/** What is said of the film that is the page's matter; null where there is none, or where it comes with an article. */
export function jsonLdVideo(
  texts: readonly string[],
): { description: string | undefined; author: { name: string; url?: string } | null } | null {
  const nodes = texts.flatMap((text) => flatten(parsed(text)));
  const isOf = (node: Node, type: RegExp) => types(node).some((name) => type.test(name));
  const film = nodes.find((node) => isOf(node, /Video(?:Object)?$/));
  if (!film || nodes.some((node) => isOf(node, /(?:Article|Posting)$/))) return null;
  const byId = new Map(nodes.map((node) => [node['@id'], node]));
  const by = film.author ?? film.creator;
  const [name] = names(by, byId);
  const url = isNode(by) ? plain(by.url) : undefined;
  const isAddress = url !== undefined && /^https?:/.test(url);
  return {
    description: plain(film.description),
    author: name === undefined ? null : { name, ...(isAddress ? { url } : {}) },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All described things of one script, in its order: arrays, `@graph` and `mainEntity` opened. */
function flatten(root: unknown): Node[] {
  const found: Node[] = [];
  const open = [root];
  while (open.length > 0 && found.length < MAX_NODES) {
    const next = open.shift();
    if (Array.isArray(next)) open.unshift(...next.slice(0, MAX_NODES));
    else if (isNode(next)) {
      found.push(next);
      open.unshift(next['@graph'], next.mainEntity);
    }
  }
  return found;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const types = (node: Node): string[] =>
  [node['@type']].flat().filter((type): type is string => typeof type === 'string');

function plain(value: unknown): string | undefined {
  const text = Array.isArray(value) ? value[0] : isNode(value) ? value['@value'] : value;
  return typeof text === 'string' && text.trim() !== '' ? withoutEntities(text) : undefined;
}

const isSome = (list: readonly string[]): boolean => list.length > 0;

const MAX_PEOPLE = 100;
/** Of lists in lists, and of roles (https://schema.org/Role) in the place of who has them. */
const MAX_DEPTH = 4;

/** The names of people or organisations: as text, as things with a name, or by the id of such a thing. */
function names(value: unknown, byId: ReadonlyMap<unknown, Node>, depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  const deeper = (inside: unknown) => names(inside, byId, depth + 1);
  if (Array.isArray(value)) return value.slice(0, MAX_PEOPLE).flatMap(deeper).slice(0, MAX_PEOPLE);
  if (!isNode(value))
    return [plain(value)].filter((name) => name !== undefined && !/^https?:/i.test(name)) as string[];
  const named = plain(value.name) ?? fullName(value) ?? plain(value['@value']);
  if (named !== undefined) return [named];
  const inside = value['@list'] ?? value['@set'] ?? value.author ?? value.creator;
  if (inside !== undefined) return deeper(inside);
  const other = byId.get(value['@id']);
  return other === undefined || other === value ? [] : deeper(other);
}

const fullName = (person: Node): string | undefined =>
  [plain(person.givenName), plain(person.familyName)].filter((name) => name !== undefined).join(' ') ||
  undefined;

const ENTITIES: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' };

/** Many sites escape for HTML what goes into a script, where HTML knows no entities. */
const withoutEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
