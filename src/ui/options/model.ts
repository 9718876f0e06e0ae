/** What the options page knows and can do. All it shows is read from what is stored, and again whenever that changes. */
import { batch, computed, signal } from '@preact/signals-core';
import type { Connection } from '../../core/connection.ts';
import type { CatalogEntry, Destination, ParentPage } from '../../core/database/destination.ts';
import { defaultForm, type FormSettings } from '../../core/database/form-settings.ts';
import { type Label, type Listed, labelEntries, labelText } from '../../core/database/labels.ts';
import { type Failure, failed, failure, ok, type Result } from '../../core/failure.ts';
import type { ExportFormat } from '../../core/library/write.ts';
import { meaningOf, type Remedy } from '../../core/meaning.ts';
import { emptyOutbox, isArrived, type Save } from '../../core/save/record.ts';
import { reportOf } from '../../core/save/report.ts';
import { heldUntil } from '../../core/save/retry.ts';
import type { SavedRow } from '../../core/saved-rows/record.ts';
import type { RowIndexStatus } from '../../core/saved-rows/status.ts';
import type { Preset } from '../../core/settings/presets.ts';
import type { Client } from '../../protocol/client.ts';
import type { ReplyOf } from '../../protocol/messages.ts';
import { readable } from '../../protocol/stored-form.ts';
import type { Decision } from '../components/Doubles.tsx';
import { failureBody, isLongWait } from '../components/failure-words.ts';
import type { Tone } from '../components/Notice.tsx';
import { saveFile } from '../components/save-file.ts';
import type { Holder } from '../components/TagField.tsx';

export type Model = Awaited<ReturnType<typeof openOptions>>;

/** The section in which something is told. */
export type Place = 'connection' | 'database' | 'form' | 'presets' | 'index' | 'waiting' | 'privacy';

/** What the page tells after something was done, beside the button that did it. */
export type Note = {
  place: Place;
  tone: Tone;
  title: string;
  body?: string;
  /** Only what went wrong has these. */
  failure?: Failure;
  /** Does again what failed. */
  again?: () => Promise<void>;
};

/** A save that is not finished; null when its record cannot be read. */
export type WaitingSave = { id: string; save: Save | null };

/** Milliseconds without a key after which typing has paused. */
const TYPING = 300;

/** What the user decided themselves: nothing is wrong. */
const DECISIONS = new Set<Failure['code']>(['sign-in-cancelled', 'sign-in-denied']);

export async function openOptions(client: Client) {
  const { text } = client;
  const connections = signal<Connection[]>([]);
  const entries = signal<CatalogEntry[]>([]);
  const pages = signal<ParentPage[]>([]);
  /** Whether Notion has more databases and pages than are listed, and more of the name that was looked for last. */
  const isCut = signal(false);
  const arePagesCut = signal(false);
  const isMore = signal(false);
  const destinationId = signal<string | null>(null);
  /** The chosen database with its schema, and what is set for it. */
  const destination = signal<Destination | null>(null);
  const form = signal<FormSettings>(defaultForm);
  const presets = signal<Preset[]>([]);
  /** The databases that presets save to, with their schemas, by id; null: not known. */
  const schemas = signal<Readonly<Record<string, Destination | null>>>({});
  /** What is typed into fields of several values and not part of them yet, by property. */
  const typing = signal<Readonly<Record<string, string>>>({});
  /** The database that is just being chosen. */
  const picked = signal<string | null>(null);
  /** How things stand with the rows of the chosen database that are kept here, and what all such rows take, in bytes. */
  const rowIndex = signal<RowIndexStatus | null>(null);
  const rowBytes = signal<number | null>(null);
  const markSaved = signal(false);
  const proposesTags = signal(true);
  const waiting = signal<WaitingSave[]>([]);
  const waitingCount = signal(0);
  /** How many saves there are of another version of Rowmark. */
  const unread = signal(0);
  /** Saves that ended last. */
  const recent = signal<Save[]>([]);
  /** What was put aside as it could not be read, by its former key. */
  const aside = signal<Record<string, unknown>>({});
  /** Whether something stored could not be read. */
  const unreadable = signal(false);
  const shortcuts = signal<{ command: string; shortcut: string }[]>([]);
  const note = signal<Note | null>(null);
  /** What is stored of the form is older than what is shown while this is not 0. */
  let settingsUnderWay = 0;
  /** What was kept of rows when they were measured last. */
  let measuredFor = '';
  /** One thing at a time. */
  const busy = signal(false);

  const chosen = computed(() => entries.value.find((entry) => entry.id === destinationId.value) ?? null);
  const isConnected = computed(() => connections.value.length > 0);

  await refresh();
  void measure();
  shortcuts.value = await client.shortcuts();
  client.watch(() => void reread());
  // They may have been changed on the browser's own page meanwhile.
  addEventListener('focus', async () => {
    shortcuts.value = await client.shortcuts();
  });

  async function refresh(): Promise<void> {
    const records = await client.read(
      'settings',
      'connections',
      'catalog',
      'outbox',
      'presets',
      'rowIndexes',
    );
    const outbox = readable(records.outbox) ?? emptyOutbox;
    const ids = [...outbox.needsYou.ids, ...outbox.waiting.ids];
    const id = readable(records.settings)?.destinationId ?? null;
    const readSaves = (saveIds: readonly string[]) =>
      Promise.all(
        saveIds.map(async (each) => ({ id: each, save: readable(await client.readOne('save', each)) })),
      );
    const [listed, ended, put, chosenOne, set] = await Promise.all([
      readSaves(ids),
      readSaves(outbox.recent),
      client.readAside(outbox.unread?.ids ?? []),
      id === null ? null : client.readDestination(id).then(readable),
      id === null ? null : client.readOne('form', id).then(readable),
    ]);
    const kept = readable(records.presets)?.presets ?? [];
    const places = [...new Set(kept.map((preset) => preset.destinationId))];
    const read = await Promise.all(places.map((each) => client.readDestination(each).then(readable)));
    const catalog = readable(records.catalog);
    const found = catalog?.entries ?? [];
    const connected = Object.values(readable(records.connections) ?? {});
    // Notion's list may not show yet what has just been made or linked.
    const isMissing =
      chosenOne !== null &&
      connected.some(({ botId }) => botId === chosenOne.botId) &&
      !found.some((entry) => entry.id === chosenOne.id);
    batch(() => {
      connections.value = connected.sort((a, b) => a.connectedAt - b.connectedAt);
      entries.value = isMissing ? [chosenOne, ...found] : found;
      destination.value = connected.some(({ botId }) => botId === chosenOne?.botId) ? chosenOne : null;
      if (settingsUnderWay === 0) {
        form.value = set ?? defaultForm;
        presets.value = kept;
      }
      schemas.value = Object.fromEntries(places.map((each, index) => [each, read[index] ?? null]));
      pages.value = catalog?.pages ?? [];
      isCut.value = catalog?.isCut ?? false;
      arePagesCut.value = catalog?.arePagesCut ?? false;
      const rows = id === null ? undefined : readable(records.rowIndexes)?.[id];
      // What is kept for an import is not the user's to switch.
      rowIndex.value = rows?.until === undefined ? (rows ?? null) : null;
      destinationId.value = id;
      markSaved.value = readable(records.settings)?.markSaved ?? false;
      proposesTags.value = readable(records.settings)?.proposesTags ?? true;
      // A save may have ended between the reading of the list and its own.
      waiting.value = listed.filter(({ save }) => save === null || !isArrived(save));
      const gone = listed.length - waiting.value.length;
      waitingCount.value = outbox.waiting.count + outbox.needsYou.count - gone;
      unread.value = outbox.unread?.count ?? 0;
      recent.value = ended.flatMap(({ save }) => (save && isArrived(save) ? [save] : []));
      aside.value = put;
      unreadable.value ||= Object.values(records).some((reading) => reading.kind === 'unreadable');
    });
  }

  /** What rows take is asked for again whenever their number changes. */
  async function measure(): Promise<void> {
    const now = JSON.stringify(rowIndex.value);
    if (now === measuredFor) return;
    measuredFor = now;
    const bytes = rowIndex.value ? await client.call({ type: 'index-bytes' }) : null;
    rowBytes.value = bytes?.ok ? bytes.value : null;
  }

  let isReading = false;
  let isStale = false;
  /** Many changes in a row are one reading more, and the last reading is always of the last state. */
  async function reread(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale) {
      isStale = false;
      await refresh();
    }
    void measure();
    isReading = false;
  }

  type Outcome = Omit<Note, 'place'>;

  /** Does one thing, tells that it is being done, and what came of it. */
  async function act<T>(
    place: Place,
    doing: string,
    work: () => Promise<Result<T>>,
    done: (value: T) => Outcome | null,
    bodyOf: (why: Failure) => string = (why) => failureBody(client, why),
  ): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    note.value = { place, tone: 'neutral', title: doing };
    const result = await worked(work);
    batch(() => {
      busy.value = false;
      const outcome = result.ok
        ? done(result.value)
        : {
            tone: DECISIONS.has(result.failure.code) ? ('neutral' as const) : ('needs-you' as const),
            title: text(meaningOf(result.failure).title),
            body: bodyOf(result.failure),
            failure: result.failure,
            // While Notion asks to be left alone it would only be refused.
            ...(isLongWait(result.failure) ? {} : { again: () => act(place, doing, work, done, bodyOf) }),
          };
      note.value = outcome && { place, ...outcome };
    });
  }

  /** What comes of it, and all that is shown as it is then. A bug, or storage that cannot be read, is said and keeps nothing busy. */
  async function worked<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      const result = await work();
      await refresh();
      return result;
    } catch (error) {
      return failed('unexpected', { detail: error instanceof Error ? error.message : String(error) });
    }
  }

  const workspaceOf = (botId: string) =>
    connections.value.find((one) => one.botId === botId)?.workspaceName || text('options_workspace');
  const labelsOf = (list: readonly Listed[]) =>
    labelEntries(list, {
      workspaceOf,
      pages: pages.value,
      untitled: text('popup_untitled_database'),
    });
  /** What databases and pages are called, so that each can be told from the others. */
  const labels = computed(() => new Map([...labelsOf(pages.value), ...labelsOf(entries.value)]));
  const labelFor = (entry: Listed): Label =>
    labels.value.get(entry.id) ?? {
      name: entry.title || text('popup_untitled_database'),
      details: [],
      workspace: '',
    };
  const nameOf = (entry: Listed) => labelText(labelFor(entry));

  /** What to do next, once there is somewhere to save to. */
  const ready = (title: string): Outcome => ({
    tone: 'done',
    title,
    body: chosen.value ? howToSave(nameOf(chosen.value)) : text('options_choose_next'),
  });

  function howToSave(name: string): string {
    const key = shortcuts.value.find(({ command }) => command === '_execute_action')?.shortcut;
    return key ? text('options_ready', name, key) : text('options_ready_no_key', name);
  }

  async function signIn(): Promise<Result<{ botId: string }>> {
    const started = await client.call({ type: 'start-sign-in' });
    if (!started.ok) return started;
    const finished = await client.launchSignIn(started.value.authorizeUrl);
    return finished.ok ? client.call({ type: 'finish-sign-in', ...finished.value }) : finished;
  }

  const connect = () =>
    act('connection', text('options_connecting'), signIn, ({ botId }) => connectedTo(botId));

  const connectedTo = (botId: string): Outcome => {
    const connection = connections.value.find((one) => one.botId === botId);
    return ready(text('options_connected', connection?.workspaceName || 'Notion'));
  };

  const connectToken = (token: string) =>
    act(
      'connection',
      text('options_connecting_token'),
      () => client.call({ type: 'connect-token', token }),
      ({ botId }) => connectedTo(botId),
    );

  const disconnect = (botId: string) =>
    act(
      'connection',
      text('options_disconnecting'),
      () => client.call({ type: 'disconnect', botId }),
      ({ revoked }) => ({
        tone: revoked ? 'done' : 'needs-you',
        title: text('options_disconnected'),
        body: text(revoked ? 'options_disconnected_body' : 'options_not_revoked'),
      }),
    );

  const readCatalog = () =>
    act(
      'database',
      text('options_refreshing'),
      () => client.call({ type: 'refresh-catalog' }),
      () => ({ tone: 'neutral', title: text('options_refreshed', String(entries.value.length)) }),
    );

  let looking: ReturnType<typeof setTimeout> | undefined;
  /** Looks in Notion for what the list here may not have; what comes of it is listed by itself. */
  function findDatabases(query: string): void {
    clearTimeout(looking);
    if (query === '') {
      isMore.value = false;
      return;
    }
    looking = setTimeout(async () => {
      const found = await client.call({ type: 'find-databases', query });
      isMore.value = found.ok && !found.value.isWhole;
    }, TYPING);
  }

  /** Arrow keys pass over many databases: the one they stop at counts. */
  async function choose(id: string): Promise<void> {
    picked.value = id;
    await act('database', text('options_choosing'), choosePicked, () => ready(text('options_chosen')));
    if (!busy.value) picked.value = null;
  }

  async function choosePicked(): Promise<Result<null>> {
    for (;;) {
      const id = picked.value ?? '';
      const result = await client.call({ type: 'choose-destination', destinationId: id });
      if (id === (picked.value ?? id)) return result;
    }
  }

  const openLink = (link: string) =>
    act(
      'database',
      text('options_opening_link'),
      () => client.call({ type: 'open-link', link }),
      () => ready(text('options_chosen')),
    );

  /** Until it has ended well, pressing again is the same asking. */
  const jobs = new Map<string, string>();

  const createDatabase = (botId: string, parentPageId: string | null) => {
    const place = `${botId} ${parentPageId}`;
    const jobId = jobs.get(place) ?? client.newId();
    jobs.set(place, jobId);
    return act(
      'database',
      text('options_creating'),
      () => client.call({ type: 'create-database', jobId, botId, parentPageId }),
      () => {
        jobs.delete(place);
        return ready(text('options_created'));
      },
      (why) => text(meaningOf(why).hope === 'later' ? 'options_create_unsure' : meaningOf(why).body),
    );
  };

  /** What is typed here is stored as it is typed; nothing is to be confirmed. */
  async function setForm(next: FormSettings): Promise<void> {
    const id = destinationId.value;
    if (id === null) return;
    form.value = next;
    await stored('form', () => client.call({ type: 'set-form', destinationId: id, form: next }));
  }

  async function setPresets(next: Preset[]): Promise<void> {
    presets.value = next;
    await stored('presets', () => client.call({ type: 'set-presets', presets: next }));
    for (const id of new Set(next.map((preset) => preset.destinationId)))
      if (!schemas.value[id]) void client.call({ type: 'freshen-destination', destinationId: id });
  }

  async function stored(place: Place, store: () => Promise<Result<null>>): Promise<void> {
    settingsUnderWay += 1;
    const set = await store();
    settingsUnderWay -= 1;
    if (!set.ok) note.value = { place, tone: 'needs-you', ...wordsOf(set.failure) };
    if (settingsUnderWay === 0) await reread();
  }

  const wordsOf = (why: Failure) => ({
    title: text(meaningOf(why).title),
    body: failureBody(client, why),
    failure: why,
  });

  async function setIndex(on: boolean): Promise<void> {
    const id = destinationId.value;
    if (id === null) return;
    await stored('index', () => client.call({ type: 'set-index', destinationId: id, on }));
  }

  async function setMarkSaved(on: boolean): Promise<void> {
    // Asked for first, as that needs the click.
    const isAllowed = !on || (await client.requestTabs());
    markSaved.value = on && isAllowed;
    if (isAllowed) await stored('index', () => client.call({ type: 'set-mark-saved', on }));
    else note.value = { place: 'index', tone: 'neutral', title: text('options_mark_denied') };
  }

  /** All rows that are kept of the chosen database, the latest first, as a file. */
  const exportRows = (format: ExportFormat) =>
    act(
      'index',
      text('options_export_reading'),
      async () => {
        const rows: SavedRow[] = [];
        for (let after: string | null = null; ; ) {
          const page: ReplyOf<'read-rows'> = await client.call({
            type: 'read-rows',
            destinationId: destinationId.value ?? '',
            after,
          });
          if (!page.ok) return page;
          rows.push(...page.value.rows);
          after = page.value.last;
          if (after === null) break;
        }
        rows.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
        const { EXPORTS } = await import('../../core/library/write.ts');
        const { type, write } = EXPORTS[format];
        saveFile(`rowmark.${format}`, type, write(rows));
        return ok(rows.length);
      },
      (count) => ({ tone: 'done', title: text('options_exported', count.toLocaleString(client.language)) }),
    );

  const eraseIndex = () =>
    act(
      'index',
      text('options_index_erasing'),
      () => client.call({ type: 'erase-index', destinationId: destinationId.value ?? '' }),
      () => ({ tone: 'done', title: text('options_index_erased') }),
    );

  const addUrlProperty = () =>
    act(
      'form',
      text('options_adding'),
      () => client.call({ type: 'add-url-property', destinationId: destinationId.value ?? '' }),
      () => ({ tone: 'done', title: text('options_added') }),
    );

  const forgetTags = () =>
    act(
      'privacy',
      text('options_forgetting'),
      () => client.call({ type: 'forget-tag-usage' }),
      () => ({ tone: 'done', title: text('options_forgotten') }),
    );

  const typed = (id: string): Holder<string> => ({
    get value() {
      return typing.value[id] ?? '';
    },
    set value(words) {
      typing.value = { ...typing.value, [id]: words };
    },
  });

  /** Until when Notion asks to be left alone by the connection of that save; null: it does not. */
  function heldFor({ botId }: Save): number | null {
    const now = Date.now();
    const times = waiting.value.flatMap(({ save }) =>
      save?.botId === botId ? (heldUntil(save, now) ?? []) : [],
    );
    return times.length === 0 ? null : Math.max(...times);
  }

  const tryNow = (saveId: string) =>
    act(
      'waiting',
      text('options_trying'),
      () => client.call({ type: 'try-now', saveId }),
      () => null,
    );

  /** What helps a save whose row is in the trash or gone. */
  const mend = (saveId: string, remedy: 'restore-row' | 'save-anew') =>
    act<unknown>(
      'waiting',
      text('options_trying'),
      () => client.call({ type: remedy, saveId }),
      () => null,
    );

  /** However many: in one step. */
  const undo = (...saveIds: string[]) =>
    act(
      'waiting',
      text('popup_undoing'),
      () => client.call({ type: 'undo', saveIds }),
      () => null,
    );

  const decideDouble = (what: Decision, saveId: string, rowId: string) =>
    act(
      'waiting',
      text(what === 'remove-double' ? 'double_removing' : 'double_keeping'),
      () => client.call({ type: what, saveId, rowId }),
      () => null,
    );

  const copy = (what: string, done: Outcome) =>
    act(
      'waiting',
      text('options_copying'),
      () =>
        navigator.clipboard.writeText(what).then(
          () => ok(null),
          (error: Error) => failed('unexpected', { detail: error.message }),
        ),
      () => done,
    );

  const copyReport = (save: Save) =>
    copy(reportOf(save), {
      tone: 'done',
      title: text('options_report_copied'),
      body: text('options_report_copied_body'),
    });

  const copyAside = () =>
    copy(JSON.stringify(aside.value, null, 2), { tone: 'done', title: text('options_aside_copied') });

  /** The button of a failure; null where the page shows it anyway, or where it can only be mended elsewhere. */
  function help(remedy: Remedy, again: () => Promise<void>): (() => Promise<void>) | null {
    switch (remedy) {
      case 'try-again':
        return isConnected.value ? again : null;
      case 'grant-access':
        return async () => {
          if (await client.grantAccess()) await again();
        };
      default:
        return null;
    }
  }

  return {
    client,
    connections,
    isConnected,
    entries,
    pages,
    isCut,
    arePagesCut,
    isMore,
    checked: computed(() => picked.value ?? destinationId.value),
    waiting,
    waitingCount,
    unread,
    recent,
    aside,
    unreadable,
    shortcuts,
    note,
    busy,
    nameOf,
    labelFor,
    connect,
    connectToken,
    disconnect,
    readCatalog,
    choose,
    findDatabases,
    openLink,
    createDatabase,
    destination,
    form,
    setForm,
    addUrlProperty,
    forgetTags,
    typed,
    rowIndex,
    rowBytes,
    setIndex,
    eraseIndex,
    exportRows,
    markSaved,
    setMarkSaved,
    proposesTags,
    setProposesTags: (on: boolean) => stored('privacy', () => client.call({ type: 'set-proposes-tags', on })),
    presets,
    setPresets,
    schemas,
    tryNow,
    mend,
    heldUntil: heldFor,
    undo,
    decideDouble,
    copyReport,
    copyAside,
    help,
    whyOf: (save: Save): Failure | null =>
      save.failure ?? (save.state === 'needs-you' ? failure('unexpected') : null),
  };
}
