import type { LibraryFormat } from '../../core/library/item.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Client } from '../../protocol/client.ts';

/** What kinds of libraries are called; names of services are the same in every language. */
const NAMES: Record<LibraryFormat, string | { text: MessageKey }> = {
  bookmarks: { text: 'import_kind_bookmarks' },
  'reading-list': { text: 'import_kind_reading_list' },
  firefox: 'Firefox',
  chrome: 'Chrome, Edge, Brave, Opera, Vivaldi',
  pocket: 'Pocket',
  instapaper: 'Instapaper',
  raindrop: 'Raindrop.io',
  pinboard: 'Pinboard',
  delicious: 'Delicious',
  linkding: 'linkding',
  karakeep: 'Karakeep',
  linkwarden: 'Linkwarden',
  wallabag: 'wallabag',
  omnivore: 'Omnivore',
  reader: 'Readwise Reader',
  matter: 'Matter',
  'google-reader': 'Inoreader, FreshRSS, Google Reader',
  diigo: 'Diigo',
  mymind: 'mymind',
  readability: 'Readability',
  goodlinks: 'GoodLinks',
  'session-buddy': 'Session Buddy',
  'tab-session-manager': 'Tab Session Manager',
  opml: 'OPML',
  table: { text: 'import_kind_table' },
  objects: 'JSON',
  addresses: { text: 'import_kind_addresses' },
};

export const formatName = (format: LibraryFormat, text: Client['text']): string => {
  const name = NAMES[format];
  return typeof name === 'string' ? name : text(name.text);
};
