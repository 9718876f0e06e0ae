/** The background, composed over ports: what happens on each event, whatever browser it comes from. */

import * as z from 'zod/mini';
import { addressKey } from '../core/address/address-key.ts';
import { type Failure, failure } from '../core/failure.ts';
import { isHealedBy, meaningOf } from '../core/meaning.ts';
import { PRESET_COMMANDS } from '../core/settings/presets.ts';
import type { BuildConfig, MenuClick, Ports, TabRef } from '../ports.ts';
import { Message } from '../protocol/messages.ts';
import { sameBy } from '../protocol/repeated-messages.ts';
import { readToastMessage, type ToastDone } from '../protocol/toast.ts';
import { createCatalog } from './databases/catalog.ts';
import { createChoosing } from './databases/choosing.ts';
import { createForgetDatabases } from './databases/forget-databases.ts';
import { createMakeDatabase } from './databases/make-database.ts';
import { createPeopleAndPages } from './databases/people-and-pages.ts';
import { createSchemas } from './databases/schemas.ts';
import { createImporting } from './importing/importing.ts';
import { createAddressBar, lineIn } from './line/address-bar.ts';
import { createLineNames } from './line/line-names.ts';
import { createLineOffers } from './line/line-offers.ts';
import { createLines } from './line/lines.ts';
import { createHandlers } from './messages.ts';
import { createNotion } from './notion/client.ts';
import { createPace } from './notion/pace.ts';
import { createSignIn } from './notion/sign-in.ts';
import { createFindSaved } from './saved/already-saved.ts';
import { createRowFinder } from './saved/find-row.ts';
import { createIndexFilling } from './saved/index-filling.ts';
import { createKnownRows } from './saved/known-rows.ts';
import { createNoteSave } from './saved/note-save.ts';
import { createRowIndex } from './saved/row-index.ts';
import { createAttempt } from './saving/attempt.ts';
import { createBeginnings } from './saving/beginnings.ts';
import { createDeliver } from './saving/deliver.ts';
import { createKeeping } from './saving/keeping.ts';
import { createLanes } from './saving/lanes.ts';
import { createMenus } from './saving/menus.ts';
import { createOutbox } from './saving/outbox.ts';
import { createPageParts } from './saving/page-parts.ts';
import { createPageReading } from './saving/page-reading.ts';
import { type Asked, createQuickSave } from './saving/quick-save.ts';
import { createRemember } from './saving/remember.ts';
import { createSaveTabs } from './saving/save-tabs.ts';
import { createSteps } from './saving/steps.ts';
import { createToastActions } from './saving/toast-actions.ts';
import { createWhyRefused } from './saving/why-refused.ts';
import { createRecords, Untouchable } from './store/records.ts';
import { createSaves } from './store/saves.ts';
import { shareAlarm } from './store/shared-alarm.ts';
import { storageFailure } from './store/storage-failure.ts';
import { createLearning } from './tags/learning.ts';
import { createAnnouncer } from './telling/announce.ts';
import { createMarks } from './telling/marks.ts';
import { createToolbarBadge } from './telling/toolbar-badge.ts';

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
  const { clock } = ports;
  const records = createRecords(ports.local);
  const saves = createSaves({ records });
  const alarms = shareAlarm(ports.alarm, clock);

  const pace = createPace(clock);
  const notion = createNotion(ports, records, config, pace);

  const schemas = createSchemas({ ...ports, records, notion });
  const choosing = createChoosing({ records, notion, schemas });
  const catalog = createCatalog({ clock, records, notion, choosing });
  const peopleAndPages = createPeopleAndPages({ notion });
  const makeDatabase = createMakeDatabase({ ...ports, alarm: alarms(), records, notion, choosing });

  const learning = createLearning({ ...ports, records });
  const index = createRowIndex(ports, records, notion, addressKey, learning);
  const filling = createIndexFilling({ ...ports, alarm: alarms() }, records, schemas, index);
  const knownRows = createKnownRows({ clock, saves, index });
  const rowFinder = createRowFinder({ notion, index, knownRows });
  const findSaved = createFindSaved({ schemas, knownRows, rowFinder, saves });
  const noteSave = createNoteSave({ index, learning });

  const forgetDatabases = createForgetDatabases({ ...ports, records, rows: index, learning });
  const signIn = createSignIn(ports, records, config, forgetDatabases);

  const lineNames = createLineNames(ports, records);
  const lines = createLines(lineNames);
  const offerInLine = createLineOffers(records, lineNames, learning);
  const addressBar = createAddressBar(ports, records, choosing, index, rowFinder, lines, offerInLine);

  const badge = createToolbarBadge(ports);
  const marks = createMarks({ tabs: ports.tabs, badge, records, index });
  const announcer = createAnnouncer({ ...ports, records, badge, marks });

  const pageParts = createPageParts({ ...ports, saves });
  const steps = createSteps({ saves, announcer, noteSave, pageParts });
  const whyRefused = createWhyRefused(notion, schemas);
  const attempt = createAttempt({ ...ports, notion, schemas, saves, records, pageParts, whyRefused });
  const deliver = createDeliver(attempt, { rowFinder }, ports);
  const lanes = createLanes({ ...ports, alarm: alarms(), saves, steps, deliver, pace });
  const outbox = createOutbox({ clock, saves, steps, lanes, pace });
  const remember = createRemember({ records, learning });
  const keeping = createKeeping({ clock, records, saves, steps, lanes, pace, schemas, remember });
  const pageReading = createPageReading({ ...ports, pageParts, steps, lanes });
  const menus = createMenus(ports, records);
  const beginnings = createBeginnings(ports);
  const quickSave = createQuickSave({
    ...ports,
    records,
    choosing,
    keeping,
    announcer,
    knownRows,
    lines,
    beginnings,
    pageReading,
  });
  const answerToast = createToastActions({
    ...ports,
    records,
    schemas,
    keeping,
    outbox,
    announcer,
    beginnings,
    pageReading,
    lines,
    offerInLine,
    learning,
  });
  const saveTabs = createSaveTabs({ ...ports, records, keeping, knownRows, outbox });
  const importing = createImporting({
    ...ports,
    alarm: alarms(),
    records,
    notion,
    saves,
    steps,
    lanes,
    outbox,
    keeping,
    knownRows,
    index,
    filling,
  });
  const handlers = createHandlers({
    saves,
    pageParts,
    ...ports,
    records,
    signIn,
    catalog,
    choosing,
    schemas,
    peopleAndPages,
    forgetDatabases,
    makeDatabase,
    findSaved,
    index,
    filling,
    keeping,
    pageReading,
    outbox,
    saveTabs,
    importing,
    learning,
    menus,
    marks,
    online,
  });

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
    announcer.stands(await outbox.resume());
    await signIn.resume();
    await filling.start();
    void makeDatabase.wake().catch((error) => console.error('Rowmark could not look for databases.', error));
    void releaseHeld();
    void importing.wake();
    void learning.start().catch((error) => console.error('Rowmark could not learn of tags.', error));
  }

  async function online(): Promise<void> {
    await outbox.retry('network');
    void importing.wake();
    void filling.tryNow((why) => isHealedBy('network', why));
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
        if (menus.isSeveralTabs(click)) return ports.openTabsPage(tab.id);
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
        lanes.wake();
        await makeDatabase.wake();
        await releaseHeld();
        await tidyParts();
        await filling.wake();
        void importing.wake();
      }),

    online: (): Promise<void> => unasked(online),

    /** Settles when nothing is being delivered any more. */
    async idle(): Promise<void> {
      await ready();
      await importing.idle();
      await lanes.idle();
      await learning.idle();
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

  /** What was read of pages is not kept for longer than it is needed. */
  async function tidyParts(): Promise<void> {
    try {
      await pageParts.tidy();
    } catch (error) {
      console.error('Rowmark could not remove what it has read of pages.', error);
    }
  }

  async function save(tab: TabRef, what: Asked): Promise<void> {
    await ports.keepAwake(quickSave.save(tab, what));
    void filling.freshen();
    void lanes.idle().then(() => marks.look(tab));
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
