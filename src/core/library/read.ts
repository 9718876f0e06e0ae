/** Files of other services and browsers, whatever they are called: known by what is in them. */
import { unzipSync } from 'fflate';
import { decode } from './decode.ts';
import { readAddresses } from './formats/addresses.ts';
import { isBookmarks, readBookmarks } from './formats/bookmarks.ts';
import { isChrome, readChrome } from './formats/chromium-profile.ts';
import { isFirefox, readFirefox } from './formats/firefox.ts';
import { readObjects } from './formats/objects.ts';
import { isPocketPage, readPocketPage } from './formats/pocket.ts';
import { guess, holdsSecrets, readTable, type Table, tableOf } from './formats/table.ts';
import { TABLES } from './formats/tables.ts';
import { readXml } from './formats/xml.ts';
import type { Reading } from './item.ts';
import { isMozLz4, readMozLz4 } from './lz4.ts';

/** Why nothing was found: `unknown` is no kind of library, `damaged` cannot be read at all, `too-large` holds more than fits into memory. */
export type LibraryFailure = 'unknown' | 'damaged' | 'too-large';

export type LibraryRead = { ok: true; readings: Reading[] } | { ok: false; why: LibraryFailure };

/** Bytes that are unpacked of an archive, all of it together. */
const MOST_UNPACKED = 1_000_000_000;

/**
 * Reads one file. Takes as long as the file is large: in a worker, where somebody waits.
 * @returns several readings where an archive holds several files
 */
export function readLibrary(bytes: Uint8Array): LibraryRead {
  try {
    const readings = isZip(bytes) ? readZip(bytes) : one(readFile(bytes));
    return readings.length > 0 ? { ok: true, readings } : { ok: false, why: 'unknown' };
  } catch (error) {
    return { ok: false, why: error instanceof TooLarge ? 'too-large' : 'damaged' };
  }
}

/** What was pasted, or dropped as text. */
export function readPasted(text: string): LibraryRead {
  const readings = one(readText(text));
  return readings.length > 0 ? { ok: true, readings } : { ok: false, why: 'unknown' };
}

const one = (reading: Reading | null): Reading[] => (reading ? [reading] : []);

const readFile = (bytes: Uint8Array): Reading | null =>
  readText(decode(isMozLz4(bytes) ? readMozLz4(bytes) : bytes));

function readText(raw: string): Reading | null {
  const text = raw.replace(/^\ufeff/, '');
  const begin = text.trimStart().slice(0, 1);
  if (begin === '{' || begin === '[') {
    const json = parsed(text);
    if (json !== undefined) return readJson(json);
  }
  if (begin === '<') {
    if (isPocketPage(text)) return readPocketPage(text);
    return readXml(text) ?? (isBookmarks(text) ? readBookmarks(text) : null);
  }
  if (isBookmarks(text)) return readBookmarks(text);
  const table = tableOf(text);
  if (table && holdsSecrets(table)) return null;
  return (table && readKnownTable(table)) ?? readAddresses(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readJson(json: unknown): Reading | null {
  if (isFirefox(json)) return readFirefox(json);
  if (isChrome(json)) return readChrome(json);
  return readObjects(json);
}

function readKnownTable(table: Table): Reading | null {
  const has = (...names: string[]) => names.every((name) => table.names.includes(name));
  const format = TABLES.find(({ fits }) => fits(has)) ?? guess(table);
  return format && readTable(table, format);
}

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

class TooLarge extends Error {}

/** Kinds of entries, those first of which it is enough if there are any. What is none of them is never unpacked. */
const ENTRIES: readonly RegExp[] = [
  // Omnivore's articles are in the same archive, and may be gigabytes.
  /(?:^|\/)metadata_\d+_to_\d+\.json$/i,
  // Safari's archive has passwords and cards in it as well: of that, the bookmarks alone.
  /\.html?$/i,
  /\.(?:csv|json|jsonlz4|xml|opml|txt)$/i,
];

function readZip(bytes: Uint8Array): Reading[] {
  for (const kind of ENTRIES) {
    const readings = unpacked(bytes, kind).flatMap((entry) => one(safely(entry)));
    if (readings.length > 0) return joinedByFormat(readings);
  }
  return [];
}

/** In the order of numbers in their names: `part_2` before `part_10`. */
function unpacked(bytes: Uint8Array, kind: RegExp): Uint8Array[] {
  let size = 0;
  const files = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (!kind.test(name) || /(?:^|\/)(?:__MACOSX\/|\.)/.test(name)) return false;
      size += originalSize;
      if (size > MOST_UNPACKED) throw new TooLarge();
      return true;
    },
  });
  const order = new Intl.Collator('en', { numeric: true });
  return Object.entries(files)
    .sort(([a], [b]) => order.compare(a, b))
    .map(([, content]) => content);
}

/** One entry that cannot be read keeps nobody from the others. */
function safely(entry: Uint8Array): Reading | null {
  try {
    return readFile(entry);
  } catch {
    return null;
  }
}

/** Parts of one library are one. */
function joinedByFormat(readings: readonly Reading[]): Reading[] {
  const all = new Map<string, Reading>();
  for (const { format, items, refused } of readings) {
    const whole = all.get(format) ?? { format, items: [], refused: [] };
    const before = whole.items.length + whole.refused.length;
    for (const item of items) whole.items.push(item);
    for (const one of refused) whole.refused.push({ ...one, number: one.number + before });
    all.set(format, whole);
  }
  return [...all.values()];
}
