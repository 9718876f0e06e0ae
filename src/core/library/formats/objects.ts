/** Services that write a list of objects in JSON, or one object around it; each is known by names that no other has. */
import { anyDate, unixDate, writtenDate } from '../dates.ts';
import { decodeEntities } from '../entities.ts';
import { collect, type Found, type LibraryFormat, type Reading } from '../item.ts';
import {
  type Fields,
  fieldsOf,
  flagOf,
  has,
  isFields,
  joined,
  listOf,
  splitAt,
  stringOf,
  stringsOf,
} from '../values.ts';

type ObjectFormat = {
  format: LibraryFormat;
  /** The entries, where it is a file of this kind; null: it is not. */
  entries(json: unknown): readonly unknown[] | null;
  /** An entry; several, where it holds several. */
  item(entry: Fields, whole: Fields): Found | Found[];
};

/** The list that a file is or has under that name, if one of the first entries is as it should be. */
function listIn(
  json: unknown,
  name: string | null,
  isEntry: (entry: Fields) => boolean,
): readonly unknown[] | null {
  const list = name === null ? json : fieldsOf(json)[name];
  if (!Array.isArray(list)) return null;
  return list.slice(0, 20).some((entry) => isFields(entry) && isEntry(entry)) ? list : null;
}

const namesOf = (value: unknown, name: string): string[] =>
  listOf(value).flatMap((one) => stringOf(isFields(one) ? one[name] : one) ?? []);

const read = (flag: boolean | null): boolean | null => (flag === null ? null : !flag);

const pinboard: ObjectFormat = {
  format: 'pinboard',
  entries: (json) =>
    listIn(
      json,
      null,
      (entry) => has(entry, 'href', 'description') && (has(entry, 'extended') || has(entry, 'toread')),
    ),
  item: (entry) => ({
    url: stringOf(entry.href),
    title: stringOf(entry.description),
    tags: splitAt(entry.tags, /\s+/),
    created: anyDate(entry.time),
    note: stringOf(entry.extended),
    unread: flagOf(entry.toread),
  }),
};

const delicious: ObjectFormat = {
  format: 'delicious',
  entries: (json) =>
    listIn(
      json,
      null,
      (entry) => has(entry, 'url', 'title', 'created', 'tags') && /^\d+$/.test(String(entry.created)),
    ),
  item: (entry) => ({
    url: stringOf(entry.url),
    title: stringOf(entry.title),
    tags: stringsOf(entry.tags),
    created: unixDate(entry.created),
    note: joined(stringOf(entry.description), stringOf(entry.note)),
  }),
};

const isLinkding = (entry: Fields) => has(entry, 'url', 'tag_names');
const linkding: ObjectFormat = {
  format: 'linkding',
  entries: (json) => listIn(json, 'results', isLinkding) ?? listIn(json, null, isLinkding),
  item: (entry) => ({
    url: stringOf(entry.url),
    title: stringOf(entry.title) || stringOf(entry.website_title),
    tags: stringsOf(entry.tag_names),
    created: writtenDate(entry.date_added),
    note: joined(stringOf(entry.description), stringOf(entry.notes)),
    excerpt: stringOf(entry.website_description),
    unread: flagOf(entry.unread),
    archived: flagOf(entry.is_archived),
  }),
};

/** Where each list or collection is, by its id: its own name behind those that it is in. */
function pathsOf(all: readonly Fields[]): Map<unknown, string[]> {
  const byId = new Map(all.map((one) => [one.id, one]));
  const path = (id: unknown, seen: readonly unknown[] = []): string[] => {
    const one = byId.get(id);
    if (!one || seen.includes(id)) return [];
    return [...path(one.parentId, [...seen, id]), stringOf(one.name) ?? ''];
  };
  return new Map(all.map(({ id }) => [id, path(id)]));
}

const karakeep: ObjectFormat = {
  format: 'karakeep',
  entries: (json) => listIn(json, 'bookmarks', (entry) => has(entry, 'createdAt', 'content')),
  item(entry, whole) {
    const content = fieldsOf(entry.content);
    // A list that fills itself is no place that anything was put in.
    const lists = listOf(whole.lists)
      .map(fieldsOf)
      .filter(({ type }) => type !== 'smart');
    const paths = pathsOf(lists);
    const within = listOf(entry.lists).flatMap((id) => (paths.has(id) ? [paths.get(id) ?? []] : []));
    return {
      url: content.type === 'link' ? stringOf(content.url) : '',
      title: stringOf(entry.title) ?? stringOf(content.text)?.slice(0, 100),
      tags: stringsOf(entry.tags),
      created: anyDate(entry.createdAt),
      note: stringOf(entry.note),
      folder: within[0],
      archived: flagOf(entry.archived),
    };
  },
};

const linkwarden: ObjectFormat = {
  format: 'linkwarden',
  entries: (json) => listIn(json, 'collections', (entry) => Array.isArray(entry.links)),
  item(collection, whole) {
    const path = pathsOf(listOf(whole.collections).map(fieldsOf)).get(collection.id) ?? [];
    const pinned = new Set(listOf(whole.pinnedLinks).map((link) => fieldsOf(link).id ?? link));
    return listOf(collection.links).map((one): Found => {
      const link = fieldsOf(one);
      return {
        url: stringOf(link.url),
        title: stringOf(link.name),
        tags: namesOf(link.tags, 'name'),
        created: writtenDate(link.importDate) ?? writtenDate(link.createdAt),
        note: stringOf(link.description),
        folder: path,
        favourite: link.id !== undefined && pinned.has(link.id) ? true : null,
      };
    });
  },
};

const wallabag: ObjectFormat = {
  format: 'wallabag',
  entries: (json) => listIn(json, null, (entry) => has(entry, 'url', 'is_archived', 'created_at')),
  item: (entry) => ({
    url: stringOf(entry.given_url) && !stringOf(entry.url) ? stringOf(entry.given_url) : stringOf(entry.url),
    title: stringOf(entry.title),
    tags: namesOf(entry.tags, 'label'),
    created: writtenDate(entry.created_at),
    unread: read(flagOf(entry.is_archived)),
    archived: flagOf(entry.is_archived),
    favourite: flagOf(entry.is_starred),
    note: joined(...namesOf(entry.annotations, 'text')),
    highlights: namesOf(entry.annotations, 'quote'),
  }),
};

const omnivore: ObjectFormat = {
  format: 'omnivore',
  entries: (json) => listIn(json, null, (entry) => has(entry, 'slug', 'url', 'savedAt')),
  item(entry) {
    const state = stringOf(entry.state);
    const archived = state === 'Archived' ? true : state === 'Active' ? false : null;
    return {
      url: stringOf(entry.url),
      title: stringOf(entry.title),
      tags: namesOf(entry.labels, 'name'),
      created: writtenDate(entry.savedAt),
      excerpt: stringOf(entry.description),
      unread: read(archived),
      archived,
    };
  },
};

const STATE = '/state/com.google/';
const googleReader: ObjectFormat = {
  format: 'google-reader',
  entries: (json) =>
    listIn(json, 'items', (entry) => Array.isArray(entry.alternate) || Array.isArray(entry.canonical)),
  item(entry) {
    const categories = stringsOf(entry.categories);
    const isIn = (state: string) => categories.some((one) => one.endsWith(`${STATE}${state}`));
    const [canonical, alternate] = [entry.canonical, entry.alternate].map(
      (one) => fieldsOf(listOf(one)[0]).href,
    );
    return {
      url: stringOf(canonical) ?? stringOf(alternate),
      title: decodeEntities(stringOf(entry.title) ?? ''),
      tags: categories.flatMap((one) => /\/label\/(.+)$/.exec(one)?.[1] ?? []),
      created: unixDate(entry.timestampUsec) ?? unixDate(entry.crawlTimeMsec) ?? unixDate(entry.published),
      unread: categories.length > 0 ? !isIn('read') : null,
      favourite: isIn('starred') ? true : null,
    };
  },
};

const isReadability = (entry: Fields) => has(entry, 'article__url');
const readability: ObjectFormat = {
  format: 'readability',
  entries: (json) => listIn(json, 'bookmarks', isReadability) ?? listIn(json, null, isReadability),
  item: (entry) => ({
    url: stringOf(entry.article__url),
    title: decodeEntities(stringOf(entry.article__title) ?? ''),
    created: writtenDate(entry.date_added),
    excerpt: decodeEntities(stringOf(entry.article__excerpt) ?? ''),
    unread: read(flagOf(entry.archive)),
    archived: flagOf(entry.archive),
    favourite: flagOf(entry.favorite),
  }),
};

const goodlinks: ObjectFormat = {
  format: 'goodlinks',
  entries: (json) => listIn(json, null, (entry) => has(entry, 'url', 'addedAt')),
  item: (entry) => ({
    url: stringOf(entry.url),
    title: stringOf(entry.title),
    tags: stringsOf(entry.tags),
    created: anyDate(entry.addedAt),
    excerpt: stringOf(entry.summary),
    unread: has(entry, 'readAt') ? entry.readAt === null : null,
    favourite: flagOf(entry.starred),
  }),
};

const tabOf = (tab: unknown, folder: string[], created: number | null): Found => {
  const { url, title } = fieldsOf(tab);
  return { url: stringOf(url), title: stringOf(title), folder, created };
};

/** Two kinds of lists: what the user has kept in folders, and windows as they once were. */
const sessionBuddy: ObjectFormat = {
  format: 'session-buddy',
  entries(json) {
    const { format, collections, history } = fieldsOf(json);
    const isIt = /^nxs\.json/.test(stringOf(format) ?? '');
    return isIt ? [...listOf(collections), ...listOf(history)] : null;
  },
  item(entry) {
    const name = stringOf(entry.title) ?? '';
    const created = unixDate(entry.created) ?? unixDate(entry.id);
    const kept = listOf(entry.folders)
      .map(fieldsOf)
      .flatMap(({ title, links }) =>
        listOf(links).map((link) => tabOf(link, [name, stringOf(title) ?? ''], created)),
      );
    const open = listOf(entry.windows).flatMap((window) => listOf(fieldsOf(window).tabs));
    return [...kept, ...open.map((tab) => tabOf(tab, name === '' ? [] : [name], created))];
  },
};

const tabSessionManager: ObjectFormat = {
  format: 'tab-session-manager',
  entries: (json) => listIn(json, null, (entry) => isFields(entry.windows)),
  item(session) {
    const name = stringOf(session.name) ?? '';
    const created = anyDate(session.date);
    const tabs = Object.values(fieldsOf(session.windows)).flatMap((window) =>
      Object.values(fieldsOf(window)),
    );
    return tabs.map((tab) => ({
      ...tabOf(tab, [name], unixDate(fieldsOf(tab).lastAccessed) ?? created),
      tags: stringsOf(session.tag),
    }));
  },
};

/** Objects that nobody knows, with an address each. */
const any: ObjectFormat = {
  format: 'objects',
  entries(json) {
    const lists = isFields(json) ? Object.values(json).filter(Array.isArray) : [json];
    const isEntry = (entry: Fields) => /^https?:\/\//i.test(addressIn(entry) ?? '');
    return lists.map((list) => listIn(list, null, isEntry)).find((list) => list !== null) ?? null;
  },
  item: (entry) => ({
    url: addressIn(entry),
    title: stringOf(entry.title) ?? stringOf(entry.name),
    tags: Array.isArray(entry.tags) ? tagsIn(entry.tags) : splitAt(entry.tags, ','),
    created:
      anyDate(entry.created) ?? anyDate(entry.created_at) ?? anyDate(entry.createdAt) ?? anyDate(entry.date),
    note: stringOf(entry.note) ?? stringOf(entry.notes) ?? stringOf(entry.description),
    excerpt: stringOf(entry.excerpt) ?? stringOf(entry.summary),
  }),
};
const addressIn = ({ url, href, link, uri }: Fields): string | undefined =>
  stringOf(url ?? href ?? link ?? uri);
const tagsIn = (tags: readonly unknown[]): string[] =>
  tags.flatMap((tag) => stringOf(isFields(tag) ? (tag.name ?? tag.label ?? tag.title) : tag) ?? []);

/** The more particular first: the last one takes whatever has addresses. */
const FORMATS: readonly ObjectFormat[] = [
  pinboard,
  linkding,
  karakeep,
  readability,
  linkwarden,
  wallabag,
  omnivore,
  googleReader,
  sessionBuddy,
  tabSessionManager,
  goodlinks,
  delicious,
  any,
];

/** @returns null where there is no entry with an address */
export function readObjects(json: unknown): Reading | null {
  for (const { format, entries, item } of FORMATS) {
    const found = entries(json);
    if (!found) continue;
    const reading = collect(format);
    const whole = fieldsOf(json);
    for (const entry of found) {
      if (!isFields(entry)) reading.refuse(String(entry).slice(0, 200));
      else for (const one of [item(entry, whole)].flat()) reading.add(one);
    }
    return reading;
  }
  return null;
}
