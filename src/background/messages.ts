/** What the extension's own pages ask of the background, by the type of message. */
import type { Connection } from '../core/connection.ts';
import { failed, ok } from '../core/failure.ts';
import { defaultSettings } from '../core/settings/settings.ts';
import type { Ports } from '../ports.ts';
import type { MessageOf, MessageType, ReplyOf } from '../protocol/messages.ts';
import type { DatabaseCatalog } from './databases/catalog.ts';
import type { Choosing } from './databases/choosing.ts';
import type { ForgetDatabases } from './databases/forget-databases.ts';
import type { MakeDatabase } from './databases/make-database.ts';
import type { PeopleAndPages } from './databases/people-and-pages.ts';
import type { Schemas } from './databases/schemas.ts';
import type { Importing } from './importing/importing.ts';
import type { SignIn } from './notion/sign-in.ts';
import type { FindSaved } from './saved/already-saved.ts';
import { bareArticlesOf } from './saved/articles.ts';
import type { IndexFilling } from './saved/index-filling.ts';
import type { RowIndex } from './saved/row-index.ts';
import type { Keeping } from './saving/keeping.ts';
import type { Menus } from './saving/menus.ts';
import type { Outbox } from './saving/outbox.ts';
import type { PageParts } from './saving/page-parts.ts';
import type { PageReading } from './saving/page-reading.ts';
import type { SaveTabs } from './saving/save-tabs.ts';
import type { Records } from './store/records.ts';
import type { Saves } from './store/saves.ts';
import type { Learning } from './tags/learning.ts';
import type { Marks } from './telling/marks.ts';

export type Handlers = { [T in MessageType]: (message: MessageOf<T>) => Promise<ReplyOf<T>> };

export function createHandlers({
  keepAwake,
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
  saves,
  pageReading,
  pageParts,
  outbox,
  saveTabs,
  importing,
  learning,
  menus,
  marks,
  online,
}: Pick<Ports, 'keepAwake'> & {
  records: Records;
  signIn: SignIn;
  catalog: DatabaseCatalog;
  choosing: Choosing;
  schemas: Schemas;
  peopleAndPages: PeopleAndPages;
  forgetDatabases: ForgetDatabases;
  makeDatabase: MakeDatabase;
  findSaved: FindSaved;
  index: RowIndex;
  filling: IndexFilling;
  keeping: Keeping;
  saves: Pick<Saves, 'open' | 'ended'>;
  pageReading: PageReading;
  pageParts: Pick<PageParts, 'preview'>;
  outbox: Outbox;
  saveTabs: SaveTabs;
  importing: Importing;
  learning: Learning;
  menus: Menus;
  marks: Marks;
  /** The browser is online again. */
  online(): Promise<void>;
}): Handlers {
  return {
    async keep({ saveId, capture, destinationId, isByPreset, seek, page, content }) {
      const how = { isByPreset, seek: seek ? ('add' as const) : null, page, isRead: content !== undefined };
      const kept = await keeping.keep(saveId, capture, destinationId, how);
      // Nobody waits for that.
      if (kept.ok && content) {
        const of = { url: content.url, title: capture.title };
        void keepAwake(pageReading.readFor(saveId, content, of));
      }
      return kept;
    },
    'read-content': ({ tabId, wanted, url, title }) => pageReading.read({ tabId, wanted }, { url, title }),
    'preview-content': async ({ page }) => ok(await pageParts.preview(page)),
    async 'add-content'({ saveId, row, held, destinationId, tabId, wanted, url, replaces }) {
      const kept = await keeping.changeRow(saveId, { row, held, capture: held }, destinationId);
      if (!kept.ok) return kept;
      const earlier = replaces ? { bare: bareArticlesOf(saves, row.id) } : undefined;
      const of = { url, title: held.title };
      const isAdded = await pageReading.addFor(saveId, { tabId, wanted }, of, earlier);
      return isAdded ? kept : failed('no-article');
    },
    'change-row': ({ saveId, row, held, capture, destinationId }) =>
      keeping.changeRow(saveId, { row, held, capture }, destinationId),
    'find-saved': ({ destinationId, url, where }) => findSaved(destinationId, url, where),
    'prepare-import': ({ destinationId }) => importing.prepare(destinationId),
    'begin-import': ({ type: _, jobId, ...job }) => importing.begin({ id: jobId, ...job }),
    'store-entries': ({ jobId, from, items }) => importing.store(jobId, from, items),
    'turn-import': ({ jobId, to }) => importing.turn(jobId, to),
    'read-imports': () => importing.jobs(),
    'read-entries': ({ jobId, state, after }) => importing.entries(jobId, state, after),
    'mend-entries': ({ jobId, entries }) => importing.mend(jobId, entries),
    'forget-import': ({ jobId }) => importing.forget(jobId),
    'are-saved': ({ destinationId, urls }) => saveTabs.areSaved(destinationId, urls),
    'save-tabs': (message) => saveTabs.save(message),
    'undo-tabs': ({ batchId, saveIds }) => saveTabs.undo(batchId, saveIds),
    amend: ({ saveId, capture, destinationId, from }) => keeping.amend(saveId, capture, destinationId, from),
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
    async 'keep-double'({ saveId, rowId }) {
      await outbox.keepDouble(saveId, rowId);
      return ok(null);
    },
    async 'came-online'() {
      await online();
      return ok(null);
    },
    'try-now': ({ saveId }) => outbox.tryNow(saveId),
    'restore-row': ({ saveId }) => outbox.restore(saveId),
    'save-anew': ({ saveId }) => keeping.saveAnew(saveId),
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
      const read = await catalog.refresh();
      if (!read.ok) return read;
      await forgetDatabases.unlisted();
      await outbox.retry('sharing');
      return ok(null);
    },
    'find-databases': ({ query }) => catalog.find(query),
    'choose-destination': ({ destinationId }) => choosing.choose(destinationId),
    'create-database': ({ jobId, ...wanted }) => makeDatabase.make({ id: jobId, ...wanted }),
    'open-link': ({ link }) => choosing.openLink(link),
    'set-form': ({ destinationId, form }) => schemas.setForm(destinationId, form),
    async 'set-presets'({ presets }) {
      await records.update('presets', () => ({ version: 1, presets }));
      await menus.refresh();
      return ok(null);
    },
    'add-url-property': ({ destinationId }) => schemas.addUrl(destinationId),
    'list-people': ({ botId }) => peopleAndPages.people(botId),
    'search-related': ({ botId, dataSourceId, typed }) => peopleAndPages.related(botId, dataSourceId, typed),
    'name-page': ({ botId, pageId }) => peopleAndPages.titleOf(botId, pageId),
    async 'forget-tag-usage'() {
      await learning.erase(null);
      return ok(null);
    },
    async 'freshen-destination'({ destinationId }) {
      void keepAwake(schemas.freshen(destinationId));
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
      if (on) void marks.lookAgain();
      else await marks.clearAll();
      return ok(null);
    },
    async 'set-proposes-tags'({ on }) {
      await records.update('settings', (settings) => ({
        ...(settings ?? defaultSettings),
        proposesTags: on,
      }));
      if (!on) await learning.erase(null);
      return ok(null);
    },
    'erase-index': ({ destinationId }) => index.erase(destinationId),
    'index-bytes': () => index.bytes(),
    'read-rows': ({ destinationId, after }) => index.page(destinationId, after),
  };

  async function connected({ botId, templateId }: Connection) {
    // Connected is connected: a list that cannot be read yet is shown as such, with Refresh beside it.
    await catalog.refresh();
    if (templateId) await choosing.chooseTemplate(botId, templateId);
    await outbox.retry('connecting');
    return ok({ botId });
  }
}
