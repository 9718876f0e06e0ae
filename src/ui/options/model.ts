/** What the options page knows and can do: the stored records, and one thing at a time asked of the background. */
import { batch, signal } from '@preact/signals';
import type { Connection } from '../../core/connection.ts';
import type { Failure, Remedy, Result } from '../../core/failure.ts';
import type { Catalog } from '../../core/notion/destination.ts';
import { emptyOutbox, type Save } from '../../core/save/record.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Client } from '../../protocol/client.ts';
import type { Reading } from '../../protocol/stored.ts';

export type Model = Awaited<ReturnType<typeof openOptions>>;

/** The part of the page that something was asked in; its outcome is told there. */
export type Section = 'connection' | 'database' | 'waiting';

/** What is told in a section: work under way, a result, or a failure with its remedy. */
export type Told = { section: Section; busy: boolean; words: string | null; failure: Failure | null };

const WAITING_SHOWN = 50;

const readable = <T>(reading: Reading<T>): T | null => (reading.kind === 'read' ? reading.value : null);

export async function openOptions(client: Client) {
  const connections = signal<Connection[]>([]);
  const catalog = signal<Catalog>({ entries: [], pages: [], readAt: 0 });
  const destinationId = signal<string | null>(null);
  const saves = signal<Save[]>([]);
  const told = signal<Told | null>(null);
  const shortcuts = await client.shortcuts();

  await readAll();
  client.watch(() => void readAll());

  async function readAll(): Promise<void> {
    const records = await client.read('settings', 'connections', 'catalog', 'outbox');
    const { waiting, needsYou } = readable(records.outbox) ?? emptyOutbox;
    const ids = [...needsYou, ...waiting].slice(0, WAITING_SHOWN);
    const read = await Promise.all(ids.map((id) => client.readOne('save', id)));
    batch(() => {
      connections.value = Object.values(readable(records.connections) ?? {});
      catalog.value = readable(records.catalog) ?? { entries: [], pages: [], readAt: 0 };
      destinationId.value = readable(records.settings)?.destinationId ?? null;
      saves.value = read.map(readable).filter((save) => save !== null);
    });
  }

  /** Asks for one thing at a time and tells what came of it; a second request meanwhile does nothing. */
  async function ask<T>(
    section: Section,
    busyWords: MessageKey,
    work: () => Promise<Result<T>>,
    done: (value: T) => string | null,
  ): Promise<void> {
    if (told.value?.busy) return;
    told.value = { section, busy: true, words: client.text(busyWords), failure: null };
    const result = await work();
    await readAll();
    told.value = result.ok
      ? { section, busy: false, words: done(result.value), failure: null }
      : { section, busy: false, words: null, failure: result.failure };
  }

  async function signIn(): Promise<Result<{ botId: string }>> {
    const started = await client.call({ type: 'start-sign-in' });
    if (!started.ok) return started;
    const back = await client.launchSignIn(started.value.authorizeUrl);
    return back.ok ? client.call({ type: 'finish-sign-in', redirectedTo: back.value.redirectedTo }) : back;
  }

  const connect = () =>
    ask('connection', 'options_signing_in', signIn, ({ botId }) => {
      const name = connections.value.find((one) => one.botId === botId)?.workspaceName ?? '';
      return [client.text('options_connected_now', name), chosenWords()]
        .filter((words) => words !== null)
        .join(' ');
    });

  const disconnect = (botId: string) =>
    ask(
      'connection',
      'options_disconnecting',
      () => client.call({ type: 'disconnect', botId }),
      ({ revoked }) => client.text(revoked ? 'options_disconnected' : 'options_disconnected_here'),
    );

  const refresh = () =>
    ask(
      'database',
      'options_refreshing',
      () => client.call({ type: 'refresh-catalog' }),
      () => client.text('options_found', String(catalog.value.entries.length)),
    );

  const choose = (id: string) =>
    ask(
      'database',
      'options_looking_up',
      () => client.call({ type: 'choose-destination', destinationId: id }),
      chosenWords,
    );

  const openLink = (link: string) =>
    ask('database', 'options_looking_up', () => client.call({ type: 'open-link', link }), chosenWords);

  const createDatabase = (parentPageId: string | null) => {
    const parent = catalog.value.pages.find((page) => page.id === parentPageId);
    const botId = parent?.botId ?? connections.value[0]?.botId ?? '';
    return ask(
      'database',
      'options_creating',
      () => client.call({ type: 'create-database', botId, parentPageId }),
      chosenWords,
    );
  };

  /** Where saves go now, and how to make one. */
  function chosenWords(): string | null {
    const entry = catalog.value.entries.find((one) => one.id === destinationId.value);
    if (!entry) return null;
    const key = shortcutOf('quick-save');
    return key
      ? client.text('options_database_chosen', entry.title, key)
      : client.text('options_database_chosen_no_key', entry.title);
  }

  const shortcutOf = (command: string): string =>
    shortcuts.find((one) => one.command === command)?.shortcut ?? '';

  async function help(remedy: Remedy): Promise<void> {
    if (remedy === 'connect' || remedy === 'reconnect') return connect();
    if (remedy === 'grant-access') await client.grantAccess();
    if (remedy === 'share') return client.openTab('https://www.notion.so/');
    return refresh();
  }

  return {
    client,
    connections,
    catalog,
    destinationId,
    saves,
    told,
    shortcutOf,
    connect,
    disconnect,
    refresh,
    choose,
    openLink,
    createDatabase,
    help,
    tryNow: (saveId: string) => client.call({ type: 'try-now', saveId }),
    undo: (saveId: string) => client.call({ type: 'undo', saveId }),
  };
}
