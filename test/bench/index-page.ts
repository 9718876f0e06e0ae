/** What `index.ts` runs in a page of the extension: the index of rows over the browser's own storage, and what it is compared with. */
import uFuzzy from '@leeoniya/ufuzzy';
import { createRowIndex, type RowIndex } from '../../src/background/saved/row-index.ts';
import { createRecords } from '../../src/background/store/records.ts';
import { latestLines, type Pack } from '../../src/core/saved-rows/pack.ts';
import { createRowStore } from '../../src/platform/row-store.ts';
import type { RowStore, Store } from '../../src/ports.ts';
import { inTurn } from './measure.ts';

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

/** Milliseconds that this takes. */
async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** An index as a background that has just begun has it. */
async function begin(count: number): Promise<{ index: RowIndex; store: RowStore; answering(): number }> {
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
  let answering = 0;
  const send = async (_: string, request: { body?: unknown }) => {
    const start = performance.now();
    const value = answer(count, request.body as object);
    answering += performance.now() - start;
    return { kind: 'done', value, asOf: now };
  };
  const unlearned = { rows: () => undefined, erase: async () => undefined };
  const ports = { clock: () => (now += 300), rows: store };
  const index = createRowIndex(ports, records, { send } as never, keyOf, unlearned);
  await index.on(id);
  return { index, store, answering: () => answering };
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
const LOOK_UPS = { warmUps: 5, rounds: 60 };
const LOADS = { warmUps: 1, rounds: 7 };

let held: unknown[] = [];

Object.assign(globalThis, {
  bench: {
    /** Fills the index; milliseconds, without those in which replies were made up. */
    async build(count: number) {
      const { index, answering } = await begin(count);
      const before = (await navigator.storage.estimate()).usage ?? 0;
      const start = performance.now();
      for (;;) {
        const result = await index.refresh(idOf(count));
        if (!result.ok) throw new Error(JSON.stringify(result.failure));
        if (!result.value.paused) break;
      }
      const taken = performance.now() - start;
      return { taken: taken - answering(), before };
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

    /** Finding a row by its address, a bare read by key, and a query to the stand-in for Notion, by turns. */
    async lookUp(count: number, query: { url: string; headers: Record<string, string>; body: string }) {
      const { index } = await begin(count);
      const cold = await timed(() => index.find(idOf(count), addressOf(count >> 1)));
      const picked = (round: number) => ((round + LOOK_UPS.warmUps) * 7_919) % (count + count / 10);
      const database = await done(indexedDB.open(`rows:${idOf(count)}`));
      let missed = 0;
      const samples = await inTurn(LOOK_UPS, {
        find: (round) =>
          timed(async () => {
            const found = await index.find(idOf(count), addressOf(picked(round)));
            if (!found.ok || (found.value !== null) !== picked(round) < count) missed += 1;
          }),
        bare: (round) =>
          timed(() =>
            done(
              database
                .transaction('rows')
                .objectStore('rows')
                .index('key')
                .get(keyOf(addressOf(picked(round)))),
            ),
          ),
        asked: () =>
          timed(async () =>
            (await fetch(query.url, { method: 'POST', headers: query.headers, body: query.body })).json(),
          ),
      });
      database.close();
      return { ...samples, cold, missed };
    },

    /**
     * From nothing in memory to the first suggestions, with no notice and with as much as it takes to type a letter; and what
     * a load of the rows themselves would take. By turns.
     */
    async load(count: number) {
      const { store } = await begin(count);
      return inTurn(LOADS, {
        async first() {
          const { index } = await begin(count);
          return timed(() => index.search('p', 6));
        },
        async noticed() {
          const { index } = await begin(count);
          void index.prepare();
          await new Promise((resolve) => setTimeout(resolve, LETTER));
          return timed(() => index.search('p', 6));
        },
        packs: () => timed(() => store.packs(idOf(count))),
        async rows() {
          const database = await done(indexedDB.open(`rows:${idOf(count)}`));
          const taken = await timed(() => done(database.transaction('rows').objectStore('rows').getAll()));
          database.close();
          return taken;
        },
      });
    },

    /**
     * Words typed letter by letter: the whole of a suggestion, and others over the same lines, by turns at each of the words:
     * a single key is shorter than what the page's clock can tell. And of ours, each key.
     */
    async type(count: number) {
      const { index, store } = await begin(count);
      await index.search('warm', 6);
      const keysOf = (words: string) => Array.from(words, (_, at) => words.slice(0, at + 1));
      const lines = latestLines((await store.packs(idOf(count))) as Pack[]).lines;
      const fuzzy = new uFuzzy();
      const each: Record<string, number[]> = {};
      const all = async (round: number, work: (typed: string) => unknown): Promise<number> => {
        const keys = keysOf(TYPED[(round + TYPED.length) % TYPED.length] ?? '');
        const start = performance.now();
        for (const typed of keys) await work(typed);
        return (performance.now() - start) / keys.length;
      };
      const samples = await inTurn(
        { warmUps: TYPED.length, rounds: TYPED.length * ROUNDS },
        {
          ours: (round) =>
            all(round, async (typed) => {
              const taken = await timed(() => index.search(typed, 6));
              if (round >= 0) each[typed] = [...(each[typed] ?? []), taken];
            }),
          plain: (round) =>
            all(round, (typed) => {
              const words = typed.toLowerCase().split(' ');
              return lines.filter((line) => words.every((word) => line.includes(word)));
            }),
          peer: (round) => all(round, (typed) => fuzzy.search(lines, typed, 1, 1_000)),
        },
      );
      return { ...samples, each };
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
      return timed(() => index.erase(idOf(count)));
    },
  },
});
