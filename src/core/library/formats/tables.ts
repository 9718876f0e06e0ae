/** The tables of services, each known by columns that no other has. */
import { anyDate, dayFirstDate, unixDate, writtenDate } from '../dates.ts';
import { flagOf, joined, stringsOf } from '../values.ts';
import { pocketTable } from './pocket.ts';
import type { TableFormat } from './table.ts';

/** One place for each article, which says for some of them whether it was read. */
const instapaper: TableFormat = {
  format: 'instapaper',
  fits: (has) => has('url', 'title', 'selection', 'folder'),
  item(cell) {
    const folder = cell('folder');
    const isOwn = !['', 'Unread', 'Archive', 'Starred'].includes(folder);
    return {
      url: cell('url'),
      title: cell('title'),
      tags: tagsInCell(cell('tags')),
      created: unixDate(cell('timestamp')),
      note: cell('selection'),
      folder: isOwn ? [folder] : [],
      unread: folder === 'Unread' ? true : folder === 'Archive' ? false : null,
      archived: folder === 'Archive' ? true : folder === 'Unread' ? false : null,
      favourite: folder === 'Starred' ? true : null,
    };
  },
};

/** A list in JSON, in one cell. */
function tagsInCell(cell: string): string[] {
  try {
    return stringsOf(JSON.parse(cell));
  } catch {
    return cell.split(',');
  }
}

const raindrop: TableFormat = {
  format: 'raindrop',
  fits: (has) => has('url', 'excerpt', 'created') && (has('cover') || has('favorite') || has('folder')),
  item: (cell) => ({
    url: cell('url'),
    title: cell('title'),
    tags: cell('tags').split(','),
    created: writtenDate(cell('created')),
    note: cell('note'),
    excerpt: cell('excerpt'),
    folder: cell('folder') === 'Unsorted' ? [] : cell('folder').split('/'),
    favourite: flagOf(cell('favorite')),
    highlights: cell('highlights')
      .split(/\n+/)
      .map((line) => line.replace(/^Highlight:\s*/, '')),
  }),
};

const wallabag: TableFormat = {
  format: 'wallabag',
  fits: (has) => has('url', 'title', 'creation_date'),
  item: (cell) => ({
    url: cell('url'),
    title: cell('title'),
    tags: cell('tags').split(','),
    created: dayFirstDate(cell('creation_date')) ?? anyDate(cell('creation_date')),
    unread: readFrom(flagOf(cell('is_read')), flagOf(cell('is_archived'))),
    archived: flagOf(cell('is_read')) ?? flagOf(cell('is_archived')),
    favourite: flagOf(cell('is_starred')),
  }),
};

const readFrom = (...flags: readonly (boolean | null)[]): boolean | null => {
  const isRead = flags.find((flag) => flag !== null);
  return isRead === undefined || isRead === null ? null : !isRead;
};

/** Tags are a list as Python writes it; what came by a feed was kept by nobody. */
const reader: TableFormat = {
  format: 'reader',
  fits: (has) => has('url', 'document_tags'),
  item(cell) {
    const place = cell('location').toLowerCase();
    return {
      url: place === 'feed' ? '' : cell('url'),
      title: cell('title'),
      tags: pythonList(cell('document_tags')),
      created: writtenDate(cell('saved_date')),
      unread: place === '' ? null : place !== 'archive',
      archived: place === '' ? null : place === 'archive',
    };
  },
};

/** `['a', "it's", 'tag\'s']` */
function pythonList(text: string): string[] {
  const strings = text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g);
  return [...strings].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));
}

const matter: TableFormat = {
  format: 'matter',
  fits: (has) => has('url', 'in_queue') || has('url', 'last_interaction_date'),
  item: (cell) => ({
    url: cell('url'),
    title: cell('title'),
    tags: cell('tags').split(';'),
    unread: readFrom(flagOf(cell('read'))),
    archived: readFrom(flagOf(cell('in_queue'))),
    favourite: flagOf(cell('favorited')),
  }),
};

const diigo: TableFormat = {
  format: 'diigo',
  fits: (has) => has('url', 'tags', 'annotations'),
  item: (cell) => ({
    url: cell('url'),
    title: cell('title'),
    tags: quotedWords(cell('tags')),
    created: anyDate(cell('created_at')),
    note: joined(cell('description'), cell('comments')),
    highlights: cell('annotations').split(/\n+/),
  }),
};

/** Commas between, or blanks, in which those of several words stand in quotes. */
function quotedWords(text: string): string[] {
  if (text.includes(',')) return text.split(',').map((tag) => tag.trim().replace(/^"(.*)"$/, '$1'));
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

const mymind: TableFormat = {
  format: 'mymind',
  fits: (has) => has('id', 'type', 'url', 'note', 'created'),
  item: (cell) => ({
    url: cell('url'),
    title: cell('title'),
    tags: cell('tags').split(','),
    created: writtenDate(cell('created')),
    note: cell('note'),
  }),
};

export const TABLES: readonly TableFormat[] = [
  pocketTable,
  instapaper,
  reader,
  matter,
  diigo,
  mymind,
  raindrop,
  wallabag,
];
