/** What the page for imports knows and can do. */
import { batch, computed, signal } from '@preact/signals-core';
import type { Destination } from '../../core/database/destination.ts';
import { labelEntries, labelText } from '../../core/database/labels.ts';
import type { Failure } from '../../core/failure.ts';
import type { LibraryItem } from '../../core/library/item.ts';
import type { Entry, EntryState, Job } from '../../core/library/job.ts';
import { forecast, likelyPlaces, type Places } from '../../core/library/places.ts';
import { splitTags } from '../../core/tags/rules.ts';
import type { Client } from '../../protocol/client.ts';
import { readable } from '../../protocol/stored-form.ts';
import type { Holder } from '../components/TagField.tsx';
import type { Found } from './found.ts';

export type Model = Awaited<ReturnType<typeof openImport>>;

/** More new tags than these are made only where the user says so. */
const MANY_TAGS = 100;
/** Entries that are handed over, and pages that are looked for, at once. */
const LOT = 500;
/** How long until an import that runs is looked at again, in milliseconds. */
const LOOK = 1_000;
/** Rows a minute, of which Notion takes 180 and a few are kept free. */
const RATE = 150;

export async function openImport(client: Client) {
  const { text } = client;
  const found = signal<Found | null>(null);
  const name = signal('');
  const reading = signal(false);
  /** The addresses of those that are saved already, as far as this device knows. */
  const saved = signal<ReadonlySet<string>>(new Set());
  const databases = signal<{ id: string; label: string }[]>([]);
  const destinationId = signal<string | null>(null);
  const destination = signal<Destination | null>(null);
  const places = signal<Places | null>(null);
  const typedTag = signal('');
  const jobs = signal<Job[]>([]);
  const refused = signal<Readonly<Record<string, Entry[]>>>({});
  const busy = signal(false);
  const failure = signal<Failure | null>(null);

  const fresh = computed((): LibraryItem[] =>
    (found.value?.items ?? []).filter(({ url }) => !saved.value.has(url)),
  );
  const outlook = computed(() =>
    destination.value && places.value ? forecast(fresh.value, places.value, destination.value) : null,
  );
  const minutes = computed(() => Math.max(1, Math.round(fresh.value.length / RATE)));
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

  await Promise.all([readStored(), look()]);
  setInterval(() => {
    if (jobs.value.some(({ state }) => state === 'running' || state === 'undoing')) void look();
  }, LOOK);

  async function readStored(): Promise<void> {
    const records = await client.read('settings', 'connections', 'catalog');
    const catalog = readable(records.catalog);
    const entries = catalog?.entries ?? [];
    const connections = readable(records.connections) ?? {};
    const labels = labelEntries(entries, {
      workspaceOf: (botId) => connections[botId]?.workspaceName || text('options_workspace'),
      pages: catalog?.pages ?? [],
      untitled: text('popup_untitled_database'),
    });
    databases.value = entries.map(({ id, title }) => {
      const label = labels.get(id);
      return { id, label: label ? labelText(label) : title };
    });
    await choose(readable(records.settings)?.destinationId ?? entries[0]?.id ?? null);
  }

  async function choose(id: string | null): Promise<void> {
    destinationId.value = id;
    const read = id === null ? null : readable(await client.readDestination(id));
    if (destinationId.value !== id) return;
    batch(() => {
      destination.value = read;
      places.value = read && { ...likelyPlaces(read), tags: places.value?.tags ?? [] };
    });
    await findSaved();
  }

  /** By what this device knows alone: Notion is not asked for thousands of pages one by one. */
  async function findSaved(): Promise<void> {
    const id = destinationId.value;
    const urls = (found.value?.items ?? []).map(({ url }) => url);
    const known = new Set<string>();
    for (let from = 0; id !== null && from < urls.length; from += LOT) {
      const some = urls.slice(from, from + LOT);
      const answer = await client.call({ type: 'are-saved', destinationId: id, urls: some });
      if (answer.ok) for (const [at, url] of some.entries()) if (answer.value[at]) known.add(url);
    }
    if (destinationId.value !== id) return;
    saved.value = known;
    const many = (outlook.value?.newTags.length ?? 0) > MANY_TAGS;
    if (many) setPlaces({ makesTags: false });
  }

  async function look(): Promise<void> {
    const read = await client.call({ type: 'read-imports' });
    if (!read.ok) return;
    jobs.value = read.value;
    for (const { id, counts } of read.value) {
      if ((counts.refused ?? 0) === (refused.value[id]?.length ?? 0)) continue;
      const entries = await client.call({
        type: 'read-entries',
        jobId: id,
        state: 'refused' satisfies EntryState,
        after: null,
      });
      if (entries.ok) refused.value = { ...refused.value, [id]: entries.value };
    }
  }

  async function read(contents: (Uint8Array | string)[], called: string): Promise<void> {
    batch(() => {
      reading.value = true;
      found.value = null;
      failure.value = null;
      name.value = called;
    });
    const worker = new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module' });
    try {
      found.value = await new Promise<Found>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Found>) => resolve(data);
        worker.onerror = () => reject(new Error('The files could not be read.'));
        worker.postMessage({ contents });
      });
      await findSaved();
    } finally {
      worker.terminate();
      reading.value = false;
    }
  }

  async function once(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    batch(() => {
      busy.value = true;
      failure.value = null;
    });
    try {
      await work();
    } finally {
      busy.value = false;
      await look();
    }
  }

  return {
    client,
    found,
    reading,
    fresh,
    outlook,
    minutes,
    databases,
    destinationId,
    destination,
    places,
    setPlaces,
    tags,
    typedTag,
    jobs,
    refused,
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
    /** Nothing was sent yet: it is as if no file had been chosen. */
    leave(): void {
      found.value = null;
    },

    start: (): Promise<void> =>
      once(async () => {
        const [id, to] = [destinationId.value, places.value];
        if (id === null || !to) return;
        const jobId = client.newId();
        const all = fresh.value;
        const chosen = { ...to, tags: [...to.tags, ...splitTags(typedTag.value)] };
        const steps = [
          () =>
            client.call({ type: 'begin-import', jobId, name: name.value, destinationId: id, places: chosen }),
          ...Array.from({ length: Math.ceil(all.length / LOT) }, (_, lot) => () => {
            const from = lot * LOT;
            return client.call({ type: 'store-entries', jobId, from, items: all.slice(from, from + LOT) });
          }),
          () => client.call({ type: 'turn-import', jobId, to: 'running' }),
        ];
        for (const step of steps) {
          const answer = await step();
          if (!answer.ok) {
            failure.value = answer.failure;
            await client.call({ type: 'forget-import', jobId });
            return;
          }
        }
        found.value = null;
      }),
    turn: (jobId: string, to: 'running' | 'paused' | 'stopped' | 'undoing'): Promise<void> =>
      once(async () => {
        const answer = await client.call({ type: 'turn-import', jobId, to });
        if (!answer.ok) failure.value = answer.failure;
      }),
    forget: (jobId: string): Promise<void> =>
      once(async () => {
        await client.call({ type: 'forget-import', jobId });
      }),
  };
}
