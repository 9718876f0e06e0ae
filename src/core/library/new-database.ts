/** A database that is made for a library, as it will be: with the names of its properties for their ids. */
import type { Destination } from '../database/destination.ts';
import type { BookmarksNames, ExtraProperty } from '../notion/bookmarks-database.ts';
import type { LibraryItem } from './item.ts';
import { FLAGS, type Flag, type FlagPlace, type Places } from './places.ts';

/** A select of more folders than these is no help to anybody, and Notion bounds what a schema may take. */
const MOST_FOLDERS = 100;

/** What entries say beside what every such database holds. */
export function extrasOf(
  items: readonly LibraryItem[],
  names: Record<Flag | 'folder', string>,
): ExtraProperty[] {
  const folders = new Set(items.map(({ folder }) => folder.join('\n')).filter((path) => path !== ''));
  const extras: ExtraProperty[] = FLAGS.filter((flag) => items.some((item) => item[flag] === true)).map(
    (flag) => ({ name: names[flag], type: 'checkbox' }),
  );
  const type = folders.size > MOST_FOLDERS ? 'rich_text' : 'select';
  return folders.size > 0 ? [{ name: names.folder, type }, ...extras] : extras;
}

export function sketchOf(
  { database, ...names }: BookmarksNames,
  extras: readonly ExtraProperty[],
): Destination {
  const basic = [
    { name: names.title, type: 'title' },
    { name: names.url, type: 'url' },
    { name: names.tags, type: 'multi_select' },
    { name: names.description, type: 'rich_text' },
    { name: names.savedOn, type: 'date' },
  ];
  return {
    ...{ id: '', botId: '', title: database, icon: null, readAt: 0 },
    properties: [...basic, ...extras].map(({ name, type }) => ({ id: name, name, type })),
    mapping: names,
  };
}

/** Where all of it goes in such a database: each kind of thing into the property that is made for it. */
export const sketchedPlaces = (
  { savedOn }: Pick<BookmarksNames, 'savedOn'>,
  extras: readonly ExtraProperty[],
  names: Record<Flag | 'folder', string>,
): Places => {
  const made = (name: string) => extras.some((extra) => extra.name === name);
  const flag = (name: string): FlagPlace => (made(name) ? { id: name, option: null } : null);
  return {
    ...{ created: savedOn, makesTags: true, tags: [] },
    folder: made(names.folder) ? { as: 'property', id: names.folder } : null,
    unread: flag(names.unread),
    archived: flag(names.archived),
    favourite: flag(names.favourite),
  };
};

/** The same places in the database as it was made. */
export function placesIn({ properties }: Destination, places: Places): Places {
  const idOf = (name: string): string | undefined => properties.find((one) => one.name === name)?.id;
  const flag = (place: FlagPlace): FlagPlace => {
    const id = place ? idOf(place.id) : undefined;
    return place && id !== undefined ? { ...place, id } : null;
  };
  const folderIn = (place: Places['folder']): Places['folder'] => {
    if (place?.as !== 'property') return place;
    const id = idOf(place.id);
    return id === undefined ? null : { as: 'property', id };
  };
  return {
    ...places,
    created: (places.created !== null && idOf(places.created)) || null,
    folder: folderIn(places.folder),
    unread: flag(places.unread),
    archived: flag(places.archived),
    favourite: flag(places.favourite),
  };
}
