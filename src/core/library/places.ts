/** Where the fields of imported entries go in a database, and what is saved of each. */
import * as z from 'zod/mini';
import { addressKey } from '../address/address-key.ts';
import type { Capture } from '../capture/capture.ts';
import { choiceProperty, choiceValue } from '../database/choice.ts';
import { type Destination, type Property, tagsProperty } from '../database/destination.ts';
import { kindOf } from '../database/kind.ts';
import type { PropertyValue, Value } from '../database/value.ts';
import { optionKey } from '../tags/rules.ts';
import type { LibraryItem } from './item.ts';
import { joined } from './values.ts';

/** `names`: each folder is a tag; `last`: the innermost; else the id of a select, a multi-select or a text. Null: nowhere. */
const FolderPlace = z.nullable(
  z.union([
    z.object({ as: z.enum(['names', 'last']) }),
    z.object({ as: z.literal('property'), id: z.string() }),
  ]),
);

/** An option of a status or select, or a checkbox, that says that an entry is of that kind. */
const FlagPlace = z.nullable(z.object({ id: z.string(), option: z.nullable(z.string()) }));
export type FlagPlace = z.infer<typeof FlagPlace>;

export const FLAGS = ['unread', 'archived', 'favourite'] as const;
export type Flag = (typeof FLAGS)[number];

export const Places = z.object({
  /** The date property that holds when an entry was kept; null: none does. */
  created: z.nullable(z.string()),
  folder: FolderPlace,
  unread: FlagPlace,
  archived: FlagPlace,
  favourite: FlagPlace,
  /** Whether names become tags that are no options of the database yet. */
  makesTags: z.boolean(),
  /** Tags that each row gets. */
  tags: z.array(z.string()),
});
export type Places = z.infer<typeof Places>;

/** Names by which such a kind is called, in the languages of the property names; as `optionKey` leaves them. */
const CALLED: Record<Flag, RegExp> = {
  unread:
    /^(?:to ?read|unread|read later|inbox|queue|zu lesen|ungelesen|à lire|por leer|a leer|para ler|da leggere|未読|읽을 거리|未读|к прочтению)(?!\p{L})/iu,
  archived:
    /^(?:archived?|read|done|gelesen|archiviert|archivé|lu|leído|archivado|lido|arquivado|letto|archiviato|既読|읽음|已读|прочитано|архив)(?!\p{L})/iu,
  favourite:
    /^(?:favou?rites?|starred|star|favorit|favori|favorito|preferito|お気に入り|즐겨찾기|收藏|избранное)(?!\p{L})/iu,
};

/** What a user would choose who looks at the database; all of it can be changed. */
export function likelyPlaces(destination: Destination): Places {
  const { properties, mapping } = destination;
  const dates = properties.filter(({ type }) => type === 'date');
  const folder = properties.find(
    ({ type, name }) =>
      /^(?:select|multi_select)$/.test(type) &&
      /^(?:folder|ordner|dossier|carpeta|pasta|cartella)$/i.test(name),
  );
  const flagPlace = (flag: Flag): FlagPlace => {
    const box = properties.find(({ type, name }) => type === 'checkbox' && CALLED[flag].test(name));
    if (box) return { id: box.id, option: null };
    const choice = choiceProperty(destination);
    const option = choice?.options?.find(({ name }) => CALLED[flag].test(name));
    return choice && option ? { id: choice.id, option: option.name } : null;
  };
  return {
    created: mapping.savedOn ?? (dates.length === 1 ? (dates[0]?.id ?? null) : null),
    folder: folder ? { as: 'property', id: folder.id } : mapping.tags === null ? null : { as: 'names' },
    unread: flagPlace('unread'),
    archived: flagPlace('archived'),
    favourite: flagPlace('favourite'),
    makesTags: true,
    tags: [],
  };
}

/** The day and time as Notion has them, to the minute in UTC. */
const dateAt = (at: number): Value => ({
  kind: 'date',
  start: new Date(at).toISOString(),
  end: null,
  timeZone: null,
});

/** All that is saved of an entry; what has no place in a property is part of the description. */
export function captureOf(
  item: LibraryItem,
  places: Places,
  destination: Destination,
  spellings: Spellings,
  at: number,
): Capture {
  const property = (id: string): Property | undefined => destination.properties.find((one) => one.id === id);
  const values: PropertyValue[] = [];
  const set = (id: string, value: (of: Property) => Value): boolean => {
    const of = property(id);
    if (of) values.push({ id, name: of.name, value: value(of) });
    return of !== undefined;
  };
  const { created, folder } = places;
  if (created !== null && created !== destination.mapping.savedOn && item.created !== null)
    set(created, () => dateAt(item.created ?? at));
  if (folder?.as === 'property' && item.folder.length > 0) {
    const path = item.folder.join(' / ');
    set(folder.id, (of) => {
      if (kindOf(of) !== 'list') return { kind: 'text', text: path };
      const names = of.type === 'multi_select' ? item.folder : [path];
      return { kind: 'list', items: names.map((name) => ({ name: optionOf(name) })) };
    });
  }
  for (const flag of FLAGS) {
    const place = places[flag];
    if (place === null || item[flag] !== true) continue;
    const { id, option } = place;
    set(id, (of) => (option === null ? { kind: 'flag', on: true } : choiceValue(of, option)));
  }
  return {
    url: item.url,
    title: item.title ?? '',
    description: joined(item.note, item.excerpt, ...item.highlights),
    tags: tagsOf(item, places, spellings),
    values,
    // Where the database has a date of saving, that is it.
    at: created === destination.mapping.savedOn && item.created !== null ? item.created : at,
    origin: 'import',
  };
}

/** No option of Notion's holds a comma. */
const optionOf = (name: string): string => name.replaceAll(',', ' ').replace(/\s+/g, ' ').trim();

/** How the options of a database are spelled, by how Notion compares names. Made once for all entries. */
export type Spellings = ReadonlyMap<string, string>;

export const spellingsOf = (destination: Destination): Spellings =>
  new Map((tagsProperty(destination)?.options ?? []).map(({ name }) => [optionKey(name), name]));

function tagsOf(item: LibraryItem, { folder, makesTags, tags }: Places, spellings: Spellings): string[] {
  const folders = folder?.as === 'names' ? item.folder : folder?.as === 'last' ? item.folder.slice(-1) : [];
  const said = new Map(tags.map((name) => [optionKey(name), name]));
  for (const name of [...item.tags, ...folders].map(optionOf)) {
    const key = optionKey(name);
    const known = spellings.get(key);
    if (key !== '' && !said.has(key) && (makesTags || known !== undefined)) said.set(key, known ?? name);
  }
  return [...said.values()];
}

/** What a look over all entries tells before anything is sent. */
export type Forecast = {
  /** Names that would become new options of the database, and in how many entries each is, the most used first. */
  newTags: { name: string; count: number }[];
  /** Entries of which it is known when they were kept. */
  dated: number;
  /** In how many entries such a thing is said. */
  flags: Record<Flag, number>;
  folders: number;
};

export function forecast(items: readonly LibraryItem[], places: Places, destination: Destination): Forecast {
  const spellings = spellingsOf(destination);
  const fresh = new Map<string, { name: string; count: number }>();
  for (const item of items) {
    for (const name of tagsOf(item, { ...places, makesTags: true }, spellings)) {
      const key = optionKey(name);
      if (!spellings.has(key))
        fresh.set(key, { name: fresh.get(key)?.name ?? name, count: (fresh.get(key)?.count ?? 0) + 1 });
    }
  }
  const count = (is: (item: LibraryItem) => boolean): number => items.filter(is).length;
  return {
    newTags: [...fresh.values()].sort((a, b) => b.count - a.count),
    dated: count(({ created }) => created !== null),
    flags: {
      unread: count(({ unread }) => unread === true),
      archived: count(({ archived }) => archived === true),
      favourite: count(({ favourite }) => favourite === true),
    },
    folders: new Set(items.map(({ folder }) => folder.join('\n')).filter((path) => path !== '')).size,
  };
}

/** Those that are in the database already, by the addresses that are known of it, and the others. */
export function withoutKnown(
  items: readonly LibraryItem[],
  known: ReadonlySet<string>,
): { fresh: LibraryItem[]; there: number } {
  const fresh = items.filter(({ url }) => !known.has(addressKey(url)));
  return { fresh, there: items.length - fresh.length };
}
