/** The index of rows on the real way to the sandbox, with rows kept in memory; it can die and be started again. */
import { createNotion } from '../../../src/background/notion/client.ts';
import { createPace } from '../../../src/background/notion/pace.ts';
import { createRowIndex, type RowIndex } from '../../../src/background/saved/row-index.ts';
import { createRecords } from '../../../src/background/store/records.ts';
import type { StoredRow } from '../../../src/core/saved-rows/record.ts';
import type { Http, Store } from '../../../src/ports.ts';
import { createLife, type Life } from './life.ts';
import { createMemoryRowStore } from './memory-row-store.ts';
import { destinationIdOf, type SharedClock } from './shared-clock.ts';

/** Nothing is learned of these rows. */
const UNLEARNED = { rows: () => undefined, erase: async () => undefined };

export const LIST = 'Reading list';

/** Good enough for tests: without scheme, case of the host, fragment and slash at the end. */
export const keyOf = (url: string): string =>
  url.replace(/^[a-z]+:\/\/([^/]*)/i, (_, host: string) => host.toLowerCase()).replace(/\/?(?:#.*)?$/, '');

type Reply = { results: Record<string, unknown>[]; [field: string]: unknown };

export type IndexWorld = Awaited<ReturnType<typeof createIndexWorld>>;

/** Connected, with an empty database that is indexed. */
export async function createIndexWorld(shared: SharedClock) {
  const { clock } = shared;
  const origin = shared.origin();
  const world = await shared.newWorld();
  const control = shared.control();
  control.changeSettings({ rateLimit: 0 });
  const { accessToken } = control.mint({ share: [LIST] });
  const id = destinationIdOf(world);
  const rows = createMemoryRowStore();
  const bodies: Record<string, unknown>[] = [];
  let spoil: ((reply: Reply) => void) | null = null;
  let before: ((query: number) => unknown) | null = null;
  let offline = false;

  const http: Http = async ({ method, url, headers, body }) => {
    if (offline) return { kind: 'no-reply', reason: 'offline' };
    bodies.push(JSON.parse(typeof body === 'string' ? body : '{}'));
    await before?.(bodies.length);
    const reply = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await reply.text();
    const read = JSON.parse(text);
    if (reply.ok) spoil?.(read);
    return {
      kind: 'reply',
      status: reply.status,
      headers: Object.fromEntries(reply.headers),
      body: JSON.stringify(read),
      repeat: 'no',
    };
  };

  let life: Life = createLife();
  let index: RowIndex;
  function begin(): void {
    life.end();
    life = createLife();
    const clockPort = () => clock.now;
    const { send } = life.grantPort({ send: http });
    const records = createRecords(life.grantPort<Store>(world.local));
    const config = { notionClientId: '', notionApiUrl: origin, tokenEndpointUrl: '' };
    const notion = createNotion({ http: send }, records, config, createPace(clockPort));
    index = createRowIndex(
      { clock: clockPort, rows: life.grantPort(rows) },
      records,
      notion,
      keyOf,
      UNLEARNED,
    );
  }
  begin();

  const edit = async (rowId: string, properties: Record<string, unknown>) => {
    const reply = await fetch(`${origin}/v1/pages/${rowId}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'notion-version': '2026-03-11',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ properties }),
    });
    if (!reply.ok) throw new Error(await reply.text());
  };

  return {
    id,
    world,
    control,
    rows,
    /** Of the queries sent, in their order. */
    bodies,
    get life() {
      return life;
    },
    get index() {
      return index;
    },
    /** The background dies and begins anew. */
    restart: begin,
    /** Changes what Notion answers; null: no longer. */
    spoilReplies: (how: ((reply: Reply) => void) | null) => {
      spoil = how;
    },
    /** Does something just before that query goes out, counted from 1. */
    beforeQuery: (what: ((query: number) => unknown) | null) => {
      before = what;
    },
    setOffline: (is: boolean) => {
      offline = is;
    },
    edit,
    rename: (rowId: string, title: string) =>
      edit(rowId, { Name: { title: [{ text: { content: title } }] } }),
    /** Adds rows that differ in all they hold. */
    addRows(count: number, from = 0): string[] {
      return Array.from({ length: count }, (_, at) => {
        const number = from + at;
        const made = control.addRow(LIST, {
          Name: `Page number${number}`,
          URL: `https://host${number % 7}.example.org/page/${number}`,
          Tags: [number % 2 ? 'physics' : 'design'],
        });
        return made.id;
      });
    },
    /** Refreshes until there is no more to read, letting time pass where the pace asks for it. */
    async fill(): Promise<void> {
      for (let minutes = 0; minutes < 60; minutes++) {
        const done = await index.refresh(id);
        if (!done.ok) throw new Error(JSON.stringify(done.failure));
        if (!done.value.paused) return;
        clock.now += 60_000;
      }
      throw new Error('It never comes to its end');
    },
    /** What is kept, and what is in the database, in a form that can be compared. */
    kept: () =>
      [...rows.rows(id).values()]
        .map((row: StoredRow) => [row.id, row.title, row.address, ...row.tags].join(' | '))
        .sort(),
    inNotion: () =>
      control
        .dataSource(LIST)
        .rows.filter((row) => !row.inTrash)
        .map((row) =>
          [row.id, row.title, row.values.URL ?? '', ...((row.values.Tags as string[]) ?? [])].join(' | '),
        )
        .sort(),
    status: () => world.stored<Record<string, Record<string, unknown>> | undefined>('rowIndexes')?.[id],
  };
}
