/** What `index.ts` runs in a page of the extension: the index of rows over the browser's own storage, and what it is compared with. */
import uFuzzy from '@leeoniya/ufuzzy';
import { createRecords } from '../../src/background/records.ts';
import { createRowIndex, type RowIndex } from '../../src/background/row-index.ts';
import { latestLines, type Pack } from '../../src/core/saved-rows/pack.ts';
import { createRowStore } from '../../src/platform/row-store.ts';
import type { RowStore, Store } from '../../src/ports.ts';

const PAGE = 100;
const MINUTE = 60_000;
const START = Date.UTC(2015, 0, 1);

const WORDS = (
  'the a of in to and for with how why what guide notes introduction review history theory practice design testing ' +
  'debugging performance deployment migration automation planning teaching JavaScript TypeScript Python Rust Haskell Kotlin ' +
  'Swift Elixir React Svelte Angular Docker Kubernetes Linux Android PostgreSQL SQLite GraphQL WebAssembly accessibility ' +
  'typography photography architecture astronomy biology chemistry physics mathematics statistics economics philosophy ' +
  'psychology geography linguistics literature poetry music jazz opera cinema theatre cooking baking café crème jalapeño ' +
  'gardening cycling climbing swimming hiking sailing travel Zürich México Kraków Reykjavík medicine neurology genetics ' +
  'ecology climate energy transport housing politics democracy privacy security cryptography networking databases compilers ' +
  'robotics electronics marketing finance accounting leadership museum library archive newsletter glossary checklist roadmap'
).split(' ');
const OTHER = '量子計算 入門 東京 建築 история физика музыка 여행 개발 مقدمة'.split(' ');

/** The same numbers on each run (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const addressOf = (at: number): string =>
  `https://www.${WORDS[(at * 7) % WORDS.length]
    ?.toLowerCase()
    .normalize('NFKD')
    .replaceAll(
      /[^a-z]/g,
      '',
    )}${at % 900}.example/articles/${2015 + (at % 11)}/${at}-an-address-of-usual-length`;

/** A row as a query returns it; one title in twenty is in another script. */
function pageOf(at: number): object {
  const random = createRandom(at);
  const words = Array.from({ length: 5 + random(6) }, () => WORDS[random(WORDS.length)]);
  if (at % 20 === 0) words.push(OTHER[random(OTHER.length)]);
  const time = new Date(START + at * MINUTE).toISOString();
  const tags = Array.from({ length: random(4) }, () => ({ name: WORDS[20 + random(60)]?.toLowerCase() }));
  const id = `${at.toString(16).padStart(8, '0')}-1f2e-4d3c-8b4a-${random(2 ** 31)
    .toString(16)
    .padStart(12, '0')}`;
  return {
    object: 'page',
    id,
    created_time: time,
    last_edited_time: time,
    url: `https://app.notion.com/p/${words.slice(0, 5).join('-')}-${id.replaceAll('-', '')}`,
    properties: {
      Name: { id: 'title', type: 'title', title: [{ plain_text: `${words.join(' ')} ${at}` }] },
      URL: { id: 'url', type: 'url', url: addressOf(at) },
      Tags: { id: 'tags', type: 'multi_select', multi_select: tags },
    },
  };
}

/** Answers the walk's queries as Notion would, at once. */
function answer(count: number, body: { filter?: unknown }): object {
  const since = /"on_or_after":"([^"]+)"/.exec(JSON.stringify(body.filter ?? ''))?.[1];
  const from = since === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(since) - START) / MINUTE));
  const to = Math.min(count, from + PAGE);
  const results = Array.from({ length: Math.max(0, to - from) }, (_, at) => pageOf(from + at));
  return { results, has_more: to < count, next_cursor: to < count ? 'next' : null };
}

const keyOf = (url: string): string => {
  const { host, pathname, search } = new URL(url);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
};

const mapping = { title: 'title', url: 'url', tags: 'tags', description: null, savedOn: null };
const idOf = (count: number): string => `rows-${count}`;

/** Milliseconds that each of these takes, one after the other. */
async function times<T>(all: readonly T[], work: (one: T) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (const one of all) {
    const start = performance.now();
    await work(one);
    taken.push(performance.now() - start);
  }
  return taken;
}

const middle = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const worst = (values: readonly number[]) => Math.max(...values);
/** What one in twenty is slower than. */
const slow = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** An index as a background that has just begun has it. */
async function begin(count: number): Promise<{ index: RowIndex; store: RowStore }> {
  const stored: Record<string, unknown> = {};
  const memory: Store = {
    get: async (keys) => Object.fromEntries(keys.map((key) => [key, stored[key]])),
    list: async () => ({}),
    set: async (items) => void Object.assign(stored, items),
    remove: async () => undefined,
  };
  const records = createRecords(memory);
  const id = idOf(count);
  const destination = { id, botId: 'bot', title: '', icon: null, properties: [], mapping, readAt: 0 };
  await records.updateOne('destination', id, () => destination);
  let now = Date.UTC(2026, 0, 1);
  const store = createRowStore();
  const send = async (_: string, request: { body?: unknown }) => ({
    kind: 'done',
    value: answer(count, request.body as object),
    asOf: now,
  });
  const index = createRowIndex({ clock: () => (now += 300), rows: store }, records, { send } as never, keyOf);
  await index.on(id);
  return { index, store };
}

/** Common and rare words, some that are in every address, parts of words that are in most rows, and some that nobody saved. */
const TYPED = [
  'photography zürich',
  'guide to rust',
  'cafe 4711',
  'kubernetes',
  'physik',
  'example',
  '.ex',
  'usual',
  'what nobody saved',
  'example usual',
  'ample le',
  'a e i o u',
  '東京',
];

/** Between the space after the keyword and the first letter, in milliseconds, for somebody who types 60 words a minute. */
const LETTER = 200;

/** So often all is typed. */
const ROUNDS = 5;

let held: unknown[] = [];

Object.assign(globalThis, {
  bench: {
    /** Fills the index; milliseconds, and those of making up the replies alone. */
    async build(count: number) {
      const { index } = await begin(count);
      const before = (await navigator.storage.estimate()).usage ?? 0;
      const start = performance.now();
      for (;;) {
        const result = await index.refresh(idOf(count));
        if (!result.ok) throw new Error(JSON.stringify(result.failure));
        if (!result.value.paused) break;
      }
      const taken = performance.now() - start;
      const [making] = await times([0], () => {
        for (let at = 0; at < count; at += PAGE)
          answer(count, { filter: { on_or_after: new Date(START + at * MINUTE) } });
      });
      return { taken: taken - (making ?? 0), before };
    },

    /** Bytes on disk, when it has come to rest, and those of the rows as JSON. */
    async disk(count: number, before: number) {
      let [last, now] = [-1, 0];
      while (now !== last) {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        [last, now] = [now, (await navigator.storage.estimate()).usage ?? 0];
      }
      let json = 0;
      for (let at = 0; at < count; at++) {
        const { id, url, properties } = pageOf(at) as {
          id: string;
          url: string;
          properties: Record<string, never>;
        };
        json += JSON.stringify([id, url, addressOf(at), properties.Name, properties.Tags]).length;
      }
      return { usage: now - before, json };
    },

    /** Finding a row by its address, a bare read by key, and a query to the stand-in for Notion. */
    async lookUp(count: number, query: { url: string; headers: Record<string, string>; body: string }) {
      const { index } = await begin(count);
      const cold = await times([addressOf(count >> 1)], (url) => index.find(idOf(count), url));
      const picked = Array.from({ length: 60 }, (_, at) => (at * 7_919) % (count + count / 10));
      const database = await done(indexedDB.open(`rows:${idOf(count)}`));
      const bare = await times(picked, (at) =>
        done(
          database
            .transaction('rows')
            .objectStore('rows')
            .index('key')
            .get(keyOf(addressOf(at))),
        ),
      );
      database.close();
      let missed = 0;
      const find = await times(picked, async (at) => {
        const found = await index.find(idOf(count), addressOf(at));
        if (!found.ok || (found.value !== null) !== at < count) missed += 1;
      });
      const asked = await times(picked.slice(0, 30), async () =>
        (await fetch(query.url, { method: 'POST', headers: query.headers, body: query.body })).json(),
      );
      return { cold: cold[0], find: middle(find), bare: middle(bare), asked: middle(asked), missed };
    },

    /**
     * From nothing in memory to the first suggestions, with no notice and with as much as it takes to type a letter; and what
     * a load of the rows themselves would take.
     */
    async load(count: number) {
      const first: number[] = [];
      const noticed: number[] = [];
      for (let round = 0; round < 5; round++) {
        const { index } = await begin(count);
        first.push(...(await times(['p'], (typed) => index.search(typed, 6))));
        const { index: other } = await begin(count);
        void other.prepare();
        await new Promise((resolve) => setTimeout(resolve, LETTER));
        noticed.push(...(await times(['p'], (typed) => other.search(typed, 6))));
      }
      const { store } = await begin(count);
      const packs = await times([1, 2, 3], () => store.packs(idOf(count)));
      const database = await done(indexedDB.open(`rows:${idOf(count)}`));
      const rows = await times([1], () => done(database.transaction('rows').objectStore('rows').getAll()));
      database.close();
      return { first: middle(first), noticed: middle(noticed), packs: middle(packs), rows: rows[0] };
    },

    /** Words typed letter by letter: the whole of a suggestion, and others over the same lines. */
    async type(count: number) {
      const { index, store } = await begin(count);
      await index.search('warm', 6);
      const strokes = TYPED.flatMap((words) => [...words].map((_, at) => words.slice(0, at + 1)));
      const rounds: number[][] = [];
      for (let round = 0; round < ROUNDS; round++)
        rounds.push(await times(strokes, (typed) => index.search(typed, 6)));
      const ours = rounds.flat();
      // What a keystroke costs by itself, whatever else the machine was doing at one of the times.
      const each = strokes.map((_, at) => middle(rounds.map((round) => round[at] ?? Number.NaN)));
      const lines = latestLines((await store.packs(idOf(count))) as Pack[]).lines;
      const plain = await times(strokes, (typed) => {
        const words = typed.toLowerCase().split(' ');
        return lines.filter((line) => words.every((word) => line.includes(word)));
      });
      const fuzzy = new uFuzzy();
      const peer = await times(strokes, (typed) => fuzzy.search(lines, typed, 1, 1_000));
      return {
        ours: [middle(ours), slow(ours), worst(ours)],
        costliest: { typed: strokes[each.indexOf(worst(each))] ?? '', taken: worst(each) },
        plain: [middle(plain), slow(plain), worst(plain)],
        peer: [middle(peer), slow(peer), worst(peer)],
      };
    },

    /** Keeps one ready to search, for the heap to be measured; the bytes of its lines. */
    async hold(count: number) {
      const { index, store } = await begin(count);
      await index.search('p', 6);
      const packs = (await store.packs(idOf(count))) as Pack[];
      held = [index];
      return packs.reduce((sum, { lines, wide }) => sum + lines.length + wide.length, 0);
    },
    release() {
      held = [];
      return held.length;
    },

    async erase(count: number) {
      const { index } = await begin(count);
      const [taken] = await times([0], () => index.erase(idOf(count)));
      return taken;
    },
  },
});
