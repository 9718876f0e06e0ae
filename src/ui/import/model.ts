/** What the page for imports knows and can do. */
import { batch, computed, signal } from '@preact/signals-core';
import type { Destination } from '../../core/database/destination.ts';
import { labelOf } from '../../core/database/label.ts';
import { labelEntries, labelText } from '../../core/database/labels.ts';
import type { Failure } from '../../core/failure.ts';
import type { OwnKind } from '../../core/library/formats/own.ts';
import type { LibraryItem } from '../../core/library/item.ts';
import { extrasOf, placesIn, sketchedPlaces, sketchOf } from '../../core/library/new-database.ts';
import { forecast, likelyPlaces, type Places } from '../../core/library/places.ts';
import type { RowIndexStatus } from '../../core/saved-rows/status.ts';
import { splitTags } from '../../core/tags/rules.ts';
import type { Client } from '../../protocol/client.ts';
import { readable } from '../../protocol/stored-form.ts';
import { type DatabasePlace, databasePlaces } from '../components/database-places.ts';
import type { Holder } from '../components/TagField.tsx';
import { formatName } from './formats.ts';
import type { Found, Source } from './found.ts';
import { openJobs } from './jobs.ts';

export type Model = Awaited<ReturnType<typeof openImport>>;

/** More new tags than these are made only where the user says so. */
const MANY_TAGS = 100;
/** Entries that are handed over, and pages that are looked for, at once. */
const LOT = 500;
/** Rows a minute, of which Notion takes 180 and a few are kept free. */
const RATE = 150;

export async function openImport(client: Client) {
  const { text } = client;
  const found = signal<Found | null>(null);
  const name = signal('');
  const reading = signal(false);
  const wasRefused = signal(false);
  /** The addresses of those that are saved already, as far as this device knows. */
  const saved = signal<ReadonlySet<string>>(new Set());
  const databases = signal<{ id: string; label: string }[]>([]);
  const newPlaces = signal<DatabasePlace[]>([]);
  /** Null: a new database is made for it. */
  const destinationId = signal<string | null>(null);
  const newPlaceId = signal<string | null>(null);
  const newName = signal('');
  const destination = signal<Destination | null>(null);
  /** How far the rows of that database have been read; null: they are not. */
  const rows = signal<RowIndexStatus | null>(null);
  const places = signal<Places | null>(null);
  const typedTag = signal('');
  const busy = signal(false);
  const failure = signal<Failure | null>(null);
  /** Until it has ended well, pressing again is the same asking. */
  let databaseJobId = client.newId();
  const own = (await client.more()).ownLibrary();

  const bookmarksNames = {
    database: '',
    title: text('bookmarks_property_title'),
    url: text('bookmarks_property_url'),
    tags: text('bookmarks_property_tags'),
    description: text('bookmarks_property_description'),
    savedOn: text('bookmarks_property_saved_on'),
  };
  const extraNames = {
    folder: text('import_folder'),
    unread: text('import_unread'),
    archived: text('import_archived'),
    favourite: text('import_favourite'),
  };

  const fresh = computed((): LibraryItem[] =>
    (found.value?.items ?? []).filter(({ url }) => !saved.value.has(url)),
  );
  const outlook = computed(() =>
    destination.value && places.value ? forecast(fresh.value, places.value, destination.value) : null,
  );
  const minutes = computed(() => Math.max(1, Math.round(fresh.value.length / RATE)));
  const extras = () => extrasOf(found.value?.items ?? [], extraNames);
  const setPlaces = (change: Partial<Places>): void => {
    if (places.value) places.value = { ...places.value, ...change };
  };
  const tags: Holder<string[]> = {
    get value() {
      return places.value?.tags ?? [];
    },
    set value(next) {
      setPlaces({ tags: next });
    },
  };

  const jobs = await openJobs(client, once);
  await readStored();
  client.watch(() => void readRows());

  async function readStored(): Promise<void> {
    const records = await client.read('connections', 'catalog');
    const catalog = readable(records.catalog);
    const [entries, pages] = [catalog?.entries ?? [], catalog?.pages ?? []];
    const connections = readable(records.connections) ?? {};
    const about = {
      workspaceOf: (botId: string) => connections[botId]?.workspaceName || text('options_workspace'),
      pages,
      untitled: text('popup_untitled_database'),
    };
    const labels = new Map([...labelEntries(pages, about), ...labelEntries(entries, about)]);
    const nameOf = ({ id, title }: { id: string; title: string }): string => {
      const label = labels.get(id);
      return label ? labelText(label) : title;
    };
    databases.value = entries.map((entry) => ({ id: entry.id, label: nameOf(entry) }));
    newPlaces.value = databasePlaces(client, Object.values(connections), pages, (page) =>
      labelOf(page.icon, nameOf(page)),
    );
    newPlaceId.value = newPlaces.value[0]?.id ?? null;
  }

  /** Where the same file went before, a page that is there already is found; else a database of its own is the best place. */
  async function chooseLikely(): Promise<void> {
    const before = jobs.all.value.find((job) => job.name === name.value && job.state !== 'undone');
    const isThere = before && databases.value.some(({ id }) => id === before.destinationId);
    const first = newPlaces.value.length > 0 ? null : (databases.value[0]?.id ?? null);
    await choose(isThere ? before.destinationId : first);
  }

  async function choose(id: string | null): Promise<void> {
    destinationId.value = id;
    saved.value = new Set();
    const read = id === null ? null : readable(await client.readDestination(id));
    if (destinationId.value !== id) return;
    const kept = places.value?.tags ?? [];
    batch(() => {
      const made = extras();
      destination.value = id === null ? sketchOf(bookmarksNames, made) : read;
      places.value =
        id === null
          ? { ...sketchedPlaces(bookmarksNames, made, extraNames), tags: kept }
          : read && { ...likelyPlaces(read), tags: kept };
      rows.value = null;
    });
    if (id !== null) {
      await client.call({ type: 'prepare-import', destinationId: id });
      await readRows();
    }
    await findSaved();
  }

  /** What is in the database already is being read, and looked through once it is. */
  async function readRows(): Promise<void> {
    const id = destinationId.value;
    const { rowIndexes } = id === null ? {} : await client.read('rowIndexes');
    if (id === null || destinationId.value !== id || !rowIndexes) return;
    const wasReading = isReadingRows();
    rows.value = readable(rowIndexes)?.[id] ?? null;
    if (wasReading && !isReadingRows()) await findSaved();
  }

  const isReadingRows = (): boolean => {
    const status = rows.value;
    return status?.on === true && status.failure === null && (!status.whole || status.underWay);
  };

  /** By what this device knows alone: Notion is not asked for thousands of pages one by one. */
  async function findSaved(): Promise<void> {
    const id = destinationId.value;
    const what = found.value;
    const urls = (what?.items ?? []).map(({ url }) => url);
    const known = new Set<string>();
    for (let from = 0; id !== null && from < urls.length; from += LOT) {
      const some = urls.slice(from, from + LOT);
      const answer = await client.call({ type: 'are-saved', destinationId: id, urls: some });
      if (answer.ok) for (const [at, url] of some.entries()) if (answer.value[at]) known.add(url);
    }
    if (destinationId.value !== id || found.value !== what) return;
    saved.value = known;
    const many = (outlook.value?.newTags.length ?? 0) > MANY_TAGS;
    if (many) setPlaces({ makesTags: false });
  }

  async function read(sources: Source[], called: string): Promise<void> {
    batch(() => {
      reading.value = true;
      found.value = null;
      failure.value = null;
      name.value = called;
    });
    const worker = new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module' });
    try {
      const what = await new Promise<Found>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Found>) => resolve(data);
        worker.onerror = () => reject(new Error('The files could not be read.'));
        worker.postMessage(sources);
      });
      found.value = what;
      newName.value = what.formats.map((format) => formatName(format, text)).join(', ');
      databaseJobId = client.newId();
      await chooseLikely();
    } finally {
      worker.terminate();
      reading.value = false;
    }
  }

  async function once(work: () => Promise<Failure | null>): Promise<void> {
    if (busy.value) return;
    batch(() => {
      busy.value = true;
      failure.value = null;
    });
    try {
      failure.value = await work();
    } finally {
      busy.value = false;
      await jobs.look();
    }
  }

  /** Makes the database first, where one is to be made. */
  async function target(chosen: Places): Promise<{ id: string; places: Places } | Failure> {
    if (destinationId.value !== null) return { id: destinationId.value, places: chosen };
    const place = newPlaces.value.find(({ id }) => id === newPlaceId.value);
    const made = await client.call({
      type: 'create-database',
      jobId: databaseJobId,
      botId: place?.botId ?? '',
      parentPageId: place?.pageId ?? null,
      library: { title: newName.value.trim() || text('bookmarks_database_title'), extras: extras() },
    });
    if (!made.ok) return made.failure;
    const id = made.value.destinationId;
    const destinationMade = readable(await client.readDestination(id));
    return { id, places: destinationMade ? placesIn(destinationMade, chosen) : chosen };
  }

  async function start(): Promise<Failure | null> {
    if (!places.value) return null;
    const ownsDatabase = destinationId.value === null;
    const to = await target({ ...places.value, tags: [...places.value.tags, ...splitTags(typedTag.value)] });
    if ('code' in to) return to;
    const jobId = client.newId();
    const all = fresh.value;
    const begun = { jobId, name: name.value, destinationId: to.id, ownsDatabase, places: to.places };
    const steps = [
      () => client.call({ type: 'begin-import', ...begun }),
      ...Array.from({ length: Math.ceil(all.length / LOT) }, (_, lot) => () => {
        const from = lot * LOT;
        return client.call({ type: 'store-entries', jobId, from, items: all.slice(from, from + LOT) });
      }),
      () => client.call({ type: 'turn-import', jobId, to: 'running' }),
    ];
    for (const step of steps) {
      const answer = await step();
      if (answer.ok) continue;
      await client.call({ type: 'forget-import', jobId });
      return answer.failure;
    }
    found.value = null;
    await readStored();
    return null;
  }

  return {
    client,
    found,
    reading,
    wasRefused,
    ownKinds: own.kinds,
    fresh,
    outlook,
    minutes,
    databases,
    newPlaces,
    newPlaceId,
    newName,
    destinationId,
    destination,
    rows,
    isReadingRows,
    places,
    setPlaces,
    tags,
    typedTag,
    jobs,
    busy,
    failure,
    choose,

    async readFiles(files: readonly File[]): Promise<void> {
      const contents = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
      await read(contents, files.map((file) => file.name).join(', '));
    },
    readPasted(pasted: string): void {
      if (pasted.trim() !== '') void read([pasted], text('import_pasted'));
    },
    async readOwn(kind: OwnKind, called: string): Promise<void> {
      const kept = await own.read(kind);
      wasRefused.value = kept === null;
      if (kept) await read([kept], called);
    },
    /** Nothing was sent yet: it is as if no file had been chosen. */
    leave(): void {
      found.value = null;
    },
    start: (): Promise<void> => once(start),
  };
}
