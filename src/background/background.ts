/** The background, composed over ports: what happens on each event, whatever browser it comes from. */

import * as z from 'zod/mini';
import { addressKey } from '../core/address/address-key.ts';
import type { Connection } from '../core/connection.ts';
import type { Row } from '../core/database/row.ts';
import { type Failure, failure, ok, type Result } from '../core/failure.ts';
import { meaningOf } from '../core/meaning.ts';
import { isArrived, type Save } from '../core/save/record.ts';
import { PRESET_COMMANDS } from '../core/settings/presets.ts';
import { defaultSettings } from '../core/settings/settings.ts';
import { EMPTY_TAG_USAGE } from '../core/tags/usage-record.ts';
import type { BuildConfig, MenuClick, Ports, TabRef } from '../ports.ts';
import { Message, type MessageOf, type MessageType, type ReplyOf } from '../protocol/messages.ts';
import { sameBy } from '../protocol/repeated-messages.ts';
import type { Saved } from '../protocol/replies.ts';
import { readToastMessage, type ToastDone } from '../protocol/toast.ts';
import { createDestinations } from './databases/destinations.ts';
import { createForgetDatabases } from './databases/forget-databases.ts';
import { createMakeDatabase } from './databases/make-database.ts';
import { pageTitle } from './databases/page-title.ts';
import { createAddressBar, lineIn } from './line/address-bar.ts';
import { createLineNames } from './line/line-names.ts';
import { createLineOffers } from './line/line-offers.ts';
import { createLines } from './line/lines.ts';
import { createNotion } from './notion/client.ts';
import { createPace } from './notion/pace.ts';
import { createSignIn } from './notion/sign-in.ts';
import { createRowFinder } from './saved/find-row.ts';
import { createIndexFilling } from './saved/index-filling.ts';
import { createRowIndex } from './saved/row-index.ts';
import { createBeginnings } from './saving/beginnings.ts';
import { createDeliver } from './saving/deliver.ts';
import { createMenus } from './saving/menus.ts';
import { createOutbox } from './saving/outbox.ts';
import { type Asked, createQuickSave } from './saving/quick-save.ts';
import { createToastActions } from './saving/toast-actions.ts';
import { createWhyRefused } from './saving/why-refused.ts';
import { createRecords, Untouchable } from './store/records.ts';
import { shareAlarm } from './store/shared-alarm.ts';
import { storageFailure } from './store/storage-failure.ts';
import { createAnnouncer } from './telling/announce.ts';
import { createMarks } from './telling/marks.ts';
import { createToolbarBadge } from './telling/toolbar-badge.ts';

type Handlers = { [T in MessageType]: (message: MessageOf<T>) => Promise<ReplyOf<T>> };

/** Failures that a new or renewed connection takes away. */
const HEALED_BY_CONNECTING = new Set([
  'not-connected',
  'reconnect-needed',
  'not-shared',
  'database-in-trash',
  'database-unknown',
  'capability-missing',
]);
/** Failures that may be over when the databases are listed anew. */
const HEALED_BY_SHARING = new Set(['not-shared', 'database-in-trash', 'database-unknown']);
/** Failures that may be over as soon as the browser is online again. */
const HEALED_BY_NETWORK = new Set([
  'offline',
  'unreachable',
  'timed-out',
  'network-blocked',
  'endpoint-unavailable',
]);

/** `savedAt` in milliseconds since the epoch; 0 when that is not known. */
type KnownRow = Row & { savedAt: number };

/** How long until what could not be read is read again, if nothing else happens before; in milliseconds. */
const TRIED_AGAIN = 60_000;

/** The background could not begin: nothing is known of what is stored. */
class NotReady extends Error {
  constructor(readonly failure: Failure) {
    super(failure.detail);
  }
}

export type Background = ReturnType<typeof createBackground>;

export function createBackground(ports: Ports, config: BuildConfig) {
  const records = createRecords(ports.local);
  const pace = createPace(ports.clock);
  const notion = createNotion(ports, records, config, pace);
  const destinations = createDestinations(ports, records, notion);
  const badge = createToolbarBadge(ports, () => void lookAgain());
  const alarms = shareAlarm(ports.alarm, ports.clock);
  const makeDatabase = createMakeDatabase({ ...ports, alarm: alarms() }, records, notion, destinations);
  const announcer = createAnnouncer(ports, records, badge);
  const index = createRowIndex(ports, records, notion, addressKey);
  const rowFinder = createRowFinder(notion, index, knownRow);
  const whyRefused = createWhyRefused(notion, destinations);
  const deliver = createDeliver(ports, records, notion, destinations, rowFinder, whyRefused);
  const filling = createIndexFilling({ ...ports, alarm: alarms() }, records, destinations, index);
  const outbox = createOutbox(
    { ...ports, alarm: alarms() },
    records,
    deliver,
    pace,
    destinations,
    (save, standing, isNews) => {
      if (isNews) announcer.changed(save, standing);
      void noteRow(save, isNews);
    },
  );
  const forgetDatabases = createForgetDatabases(records, index);
  const signIn = createSignIn(ports, records, config, forgetDatabases);
  const marks = createMarks(badge, records, index);
  const menus = createMenus(ports, records);
  const lineNames = createLineNames(ports, records);
  const lines = createLines(lineNames);
  const offerInLine = createLineOffers(ports, records, lineNames);
  const addressBar = createAddressBar(ports, records, destinations, index, rowFinder, lines, offerInLine);
  const beginnings = createBeginnings(ports);
  const quickSave = createQuickSave(
    ports,
    records,
    destinations,
    outbox,
    announcer,
    index,
    knownRow,
    lines,
    beginnings,
  );
  const answerToast = createToastActions(
    ports,
    records,
    destinations,
    outbox,
    announcer,
    beginnings,
    lines,
    offerInLine,
  );

  /** What makes something and is being done, by what it is known by. */
  const underWay = new Map<string, Promise<unknown>>();

  /**
   * Every event waits for this, so that none works on half-loaded state. Should what is stored not be read, the next event
   * tries again, and the alarm does if there is none.
   */
  function ready(): Promise<void> {
    started ??= start().catch(async (error) => {
      started = null;
      console.error('Rowmark could not read what it has stored.', error);
      await ports.alarm.set(ports.clock() + TRIED_AGAIN).catch(() => undefined);
      throw new NotReady(storageFailure(error));
    });
    return started;
  }
  let started: Promise<void> | null = null;
  void ready().catch(() => undefined);

  async function start(): Promise<void> {
    badge.stands(await outbox.resume());
    await signIn.resume();
    await filling.start();
    void makeDatabase.wake().catch((error) => console.error('Rowmark could not look for databases.', error));
    void releaseHeld();
  }

  /** The tabs that are in front are marked, or rid of their marks, as things stand by now. */
  async function lookAgain(): Promise<void> {
    try {
      for (const tab of await ports.tabs.inFront()) await marks.look(tab);
    } catch (error) {
      console.error('Rowmark could not mark the tabs in front.', error);
    }
  }

  const waitsFor = (healed: ReadonlySet<string>) => (save: Save) =>
    save.failure !== null && healed.has(save.failure.code);

  async function online(): Promise<void> {
    await outbox.retry(waitsFor(HEALED_BY_NETWORK));
    void filling.tryNow(({ code }) => HEALED_BY_NETWORK.has(code));
  }

  const handlers: Handlers = {
    keep: ({ saveId, capture, destinationId, isByPreset, seek }) =>
      outbox.keep(saveId, capture, destinationId, { isByPreset, seek: seek ? 'add' : null }),
    'change-row': ({ saveId, row, held, capture, destinationId }) =>
      outbox.changeRow(saveId, { row, held, capture }, destinationId),
    'find-saved': ({ destinationId, url, where }) => findSaved(destinationId, url, where),
    amend: ({ saveId, capture, destinationId, from }) => outbox.amend(saveId, capture, destinationId, from),
    hold: ({ saveId }) => outbox.hold(saveId),
    release: ({ saveId }) => outbox.release(saveId),
    async undo({ saveIds }) {
      await outbox.undo(saveIds);
      return ok(null);
    },
    async 'remove-double'({ saveId, rowId }) {
      await outbox.removeDouble(saveId, rowId);
      return ok(null);
    },
    async 'came-online'() {
      await online();
      return ok(null);
    },
    'try-now': ({ saveId }) => outbox.tryNow(saveId),
    'restore-row': ({ saveId }) => outbox.restore(saveId),
    'save-anew': ({ saveId }) => outbox.saveAnew(saveId),
    'start-sign-in': () => signIn.start(),
    async 'finish-sign-in'({ redirectedTo }) {
      const signedIn = await signIn.finish(redirectedTo);
      return signedIn.ok ? connected(signedIn.value) : signedIn;
    },
    async 'connect-token'({ token }) {
      const connection = await signIn.connectToken(token);
      return connection.ok ? connected(connection.value) : connection;
    },
    disconnect: ({ botId }) => signIn.disconnect(botId),
    async 'refresh-catalog'() {
      const catalog = await destinations.refreshCatalog();
      if (!catalog.ok) return catalog;
      await forgetDatabases.unlisted();
      await outbox.retry(waitsFor(HEALED_BY_SHARING));
      return ok(null);
    },
    'find-databases': ({ query }) => destinations.find(query),
    'choose-destination': ({ destinationId }) => destinations.choose(destinationId),
    'create-database': ({ jobId, botId, parentPageId }) => makeDatabase.make(jobId, botId, parentPageId),
    'open-link': ({ link }) => destinations.openLink(link),
    'set-form': ({ destinationId, form }) => destinations.setForm(destinationId, form),
    async 'set-presets'({ presets }) {
      await records.update('presets', () => ({ version: 1, presets }));
      await menus.refresh();
      return ok(null);
    },
    'add-url-property': ({ destinationId }) => destinations.addUrl(destinationId),
    'list-people': ({ botId }) => destinations.people(botId),
    'search-related': ({ botId, dataSourceId, typed }) => destinations.related(botId, dataSourceId, typed),
    'name-page': ({ botId, pageId }) => pageTitle(notion, botId, pageId),
    async 'forget-tag-usage'() {
      await records.update('tagUsage', () => EMPTY_TAG_USAGE);
      return ok(null);
    },
    async 'freshen-destination'({ destinationId }) {
      void ports.keepAwake(destinations.freshen(destinationId));
      void filling.refresh(destinationId);
      return ok(null);
    },
    async 'set-index'({ destinationId, on }) {
      const set = on ? await index.on(destinationId) : await index.off(destinationId);
      if (!set.ok) return set;
      if (on) void filling.refresh(destinationId);
      return ok(null);
    },
    async 'set-mark-saved'({ on }) {
      await records.update('settings', (settings) => ({ ...(settings ?? defaultSettings), markSaved: on }));
      if (on) void lookAgain();
      else for (const tab of await ports.tabs.all()) marks.clear(tab);
      return ok(null);
    },
    'erase-index': ({ destinationId }) => index.erase(destinationId),
    'index-bytes': () => index.bytes(),
  };

  /** What a save has come to is known here at once. */
  async function noteRow(save: Save, isNews: boolean): Promise<void> {
    for (const id of save.repeats?.removed ?? []) await index.noteGone(save.destinationId, id);
    if (!save.row || !isArrived(save) || !isNews) return;
    const isGone = save.state === 'undone' && !save.adopted;
    const noted = await (isGone
      ? index.noteGone(save.destinationId, save.row.id)
      : index.noteSaved(save, save.row));
    if (!noted.ok) console.error('Rowmark could not note a row.', noted.failure);
  }

  /** The row of that page as far as this device knows: it may be gone by now. */
  async function knownRow(destinationId: string, url: string): Promise<KnownRow | null> {
    const arrived = outbox.findArrived(url, destinationId);
    if (arrived) return arrived;
    const indexed = await index.find(destinationId, url);
    return indexed.ok && indexed.value ? { ...indexed.value, savedAt: indexed.value.createdAt ?? 0 } : null;
  }

  async function findSaved(
    destinationId: string,
    url: string,
    where: 'device' | 'notion',
  ): Promise<Result<Saved | null>> {
    const alike = outbox.findAlike(url, destinationId);
    if (alike) return ok({ kind: 'save', saveId: alike.id });
    const known = await knownRow(destinationId, url);
    if (where === 'device')
      return ok(known && { kind: 'known', row: { id: known.id, url: known.url }, at: known.savedAt });
    if (!known && (await index.isAbsent(destinationId, url))) return ok(null);
    const destination = await destinations.get(destinationId);
    if (!destination.ok) return destination;
    const found = await rowFinder.find(destination.value, url);
    if (!found.ok) return found;
    return ok(found.value && { kind: 'row', ...found.value });
  }

  async function connected({ botId, templateId }: Connection) {
    // Connected is connected: a list that cannot be read yet is shown as such, with Refresh beside it.
    await destinations.refreshCatalog();
    if (templateId) await destinations.chooseTemplate(botId, templateId);
    await outbox.retry(waitsFor(HEALED_BY_CONNECTING));
    return ok({ botId });
  }

  return {
    /** Answers a message of one of the extension's own pages; null when it is none. */
    message(raw: unknown): Promise<unknown> | null {
      const message = z.safeParse(Message, raw);
      if (!message.success) return null;
      return answer(message.data);
    },

    /** Answers a message of a toast in that tab; null when it is none. */
    toastMessage(raw: unknown, tab: TabRef): Promise<unknown> | null {
      const message = readToastMessage(raw);
      if (!message) return null;
      return answered(() => ports.keepAwake(answerToast(message, tab)), toldInToast);
    },

    /** A keyboard command: the quick save, or one by a preset; a preset that is not there saves as always. */
    command: (command: string, tab: TabRef): Promise<void> =>
      asked(tab, async () => {
        const index = (PRESET_COMMANDS as readonly string[]).indexOf(command);
        const preset = index === -1 ? undefined : (await records.get('presets'))?.presets[index];
        await save(tab, { origin: 'quick-save', presetId: preset?.id ?? null });
      }),

    /** A click in the context menu. */
    menu: (click: MenuClick, tab: TabRef): Promise<void> =>
      asked(tab, async () => {
        const clicked = await menus.read(click, tab.id);
        if (clicked) await save(tab, { origin: 'menu', ...clicked });
      }),

    addressBar: {
      /** Somebody is about to type: what was saved elsewhere meanwhile is read. */
      started: (): Promise<void> =>
        unasked(async () => {
          // Before the first letter, which then need not wait for it.
          void index.prepare();
          await filling.refreshAll();
        }),
      suggest: (typed: string) =>
        answered(
          () => addressBar.suggest(typed),
          (why) => ({ first: ports.text(meaningOf(why).title), others: [] }),
        ),
      /** @returns the address to open, if any */
      async entered(typed: string, tab: TabRef | null): Promise<string | null> {
        const line = lineIn(typed);
        if (line === null)
          return answered(
            () => addressBar.target(typed),
            () => null,
          );
        if (tab) await asked(tab, () => save(tab, { origin: 'address-bar', presetId: null, line }));
        return null;
      },
    },

    /** That tab is in front, or has gone to another page. */
    tabInFront: (tab: TabRef): Promise<void> => unasked(() => marks.look(tab)),

    refreshMenus: (): Promise<void> => unasked(() => menus.refresh()),

    /** Something may be due: an alarm, a start of the browser, an update. */
    wake: (): Promise<void> =>
      unasked(async () => {
        outbox.wake();
        await makeDatabase.wake();
        await releaseHeld();
        await filling.wake();
      }),

    online: (): Promise<void> => unasked(online),

    /** Settles when nothing is being delivered any more. */
    async idle(): Promise<void> {
      await ready();
      await outbox.idle();
    },
  };

  /** Nothing waits for ever for somebody who has gone. */
  async function releaseHeld(): Promise<void> {
    try {
      await outbox.releaseUnless(ports.editors.isEdited);
    } catch (error) {
      console.error('Rowmark could not release what nobody changes any more.', error);
    }
  }

  async function save(tab: TabRef, what: Asked): Promise<void> {
    await ports.keepAwake(quickSave.save(tab, what));
    void filling.freshen();
    void outbox.idle().then(() => marks.look(tab));
  }

  /** Does what the user has asked for in that tab. What goes wrong is told there, on the badge, or in the popup. */
  async function asked(tab: TabRef, work: () => Promise<void>): Promise<void> {
    try {
      await ready();
      await work();
    } catch (error) {
      if (!(await announcer.refused(tab.id, failureOf(error)))) await ports.popup.open(tab.id);
    }
  }

  /** Answers somebody who waits for it in any case. */
  async function answered<T>(work: () => Promise<T>, instead: (why: Failure) => T): Promise<T> {
    try {
      await ready();
      return await work();
    } catch (error) {
      return instead(failureOf(error));
    }
  }

  function toldInToast(why: Failure): ToastDone {
    const { title, body } = meaningOf(why);
    return { ok: false, title: ports.text(title), body: ports.text(body) };
  }

  /** Does what nobody waits for. */
  async function unasked(work: () => Promise<void>): Promise<void> {
    try {
      await ready();
      await work();
    } catch (error) {
      failureOf(error);
    }
  }

  /** What somebody is told of a bug, or of storage that cannot be read or takes no writes. It is said, not swallowed. */
  function failureOf(error: unknown): Failure {
    if (error instanceof NotReady) return error.failure;
    console.error('Rowmark could not go on.', error);
    if (error instanceof Untouchable) return storageFailure(error);
    return failure('unexpected', { detail: error instanceof Error ? error.message : String(error) });
  }

  /** The same message again, while the first is being answered, gets the same answer. */
  function answer(message: Message): Promise<unknown> {
    const same = sameBy(message);
    if (same === null) return answerNow(message);
    const first = underWay.get(same) ?? answerNow(message).finally(() => underWay.delete(same));
    underWay.set(same, first);
    return first;
  }

  function answerNow(message: Message): Promise<unknown> {
    return answered<unknown>(
      () => ports.keepAwake((handlers[message.type] as (message: Message) => Promise<unknown>)(message)),
      (why) => ({ ok: false, failure: why }),
    );
  }
}
