/** Saving a tab at once, with no form: the key, and the menu. */

import { isSavable } from '../../core/address/savable.ts';
import { unwrapped } from '../../core/address/unwrap.ts';
import type { Begun } from '../../core/capture/begun.ts';
import type { Capture, Origin } from '../../core/capture/capture.ts';
import { type Clicked, fieldsOfClicked } from '../../core/capture/clicked.ts';
import { fieldsFrom } from '../../core/capture/fields.ts';
import { dayOf, startsOf, wantedOf } from '../../core/capture/starts.ts';
import { factsOfTab } from '../../core/capture/tab-title.ts';
import { type ContentWanted, defaultForm } from '../../core/database/form-settings.ts';
import { failure, ok, type Result } from '../../core/failure.ts';
import type { Save } from '../../core/save/record.ts';
import { presetFor } from '../../core/settings/preset-sites.ts';
import type { Ports, TabRef } from '../../ports.ts';
import type { Choosing } from '../databases/choosing.ts';
import { knownDestination } from '../databases/known-destination.ts';
import { type Lines, withLine } from '../line/lines.ts';
import type { KnownRows } from '../saved/known-rows.ts';
import type { Records } from '../store/records.ts';
import type { Announcer } from '../telling/announce.ts';
import type { Beginnings } from './beginnings.ts';
import type { Keeping } from './keeping.ts';
import type { PageReading } from './page-reading.ts';

/** How and what somebody asked to save. */
export type Asked = {
  origin: Origin;
  /** The preset that was asked for; null: the site's, or what is set for the database. */
  presetId: string | null;
  /** Left out or null: the page. */
  what?: Clicked | null;
  /** What was typed of where and how to save it, in the one-line grammar. */
  line?: string;
};

export type QuickSave = {
  /** Saves what is asked for in that tab, and tells there what comes of it. */
  save(tab: TabRef, asked: Asked): Promise<void>;
};

export function createQuickSave({
  clock,
  random,
  pages,
  popup,
  openOptions,
  records,
  choosing,
  keeping,
  announcer,
  knownRows,
  lines,
  beginnings,
  pageReading,
}: Pick<Ports, 'clock' | 'random' | 'pages' | 'popup' | 'openOptions'> & {
  records: Records;
  choosing: Pick<Choosing, 'chosen'>;
  keeping: Pick<Keeping, 'keepNew' | 'amend'>;
  announcer: Pick<Announcer, 'refused' | 'again' | 'follow'>;
  knownRows: KnownRows;
  lines: Lines;
  beginnings: Beginnings;
  pageReading: Pick<PageReading, 'readFor'>;
}): QuickSave {
  return { save };

  async function save(tab: TabRef, asked: Asked): Promise<void> {
    const kept = await keepTab(tab, asked);
    if (kept.ok) return;
    const isTold = await announcer.refused(tab.id, kept.failure);
    // The remedy is on the options page, and nothing on this page could offer it.
    if (kept.failure.code === 'not-connected' || kept.failure.code === 'no-destination') await openOptions();
    // Where no toast can stand, the popup says why, and takes what can be typed by hand.
    else if (!isTold) await popup.open(tab.id);
  }

  /** Where a page goes, and what the user has set for that: the preset that was asked for, or the site's, or their database. */
  async function wayFor(url: string, presetId: string | null, named: string | null) {
    // A preset whose database is gone does not let the page go elsewhere: it is kept, and the user is told.
    const presets = (await records.get('presets'))?.presets ?? [];
    const asked = presets.find(({ id }) => id === presetId);
    const preset = asked ?? presetFor(url, presets);
    const destinationId = named ?? preset?.destinationId ?? (await choosing.chosen());
    if (!destinationId) return null;
    // What a preset says of another database means nothing in the one that is named.
    const begins = preset?.destinationId === destinationId ? preset.beginning : null;
    const [destination, form] = await Promise.all([
      knownDestination(records, destinationId),
      records.getOne('form', destinationId),
    ]);
    return {
      destinationId,
      destination,
      beginning: begins ?? form ?? defaultForm,
      isByPreset: begins !== null,
      /** What the save may yet begin with, by a key on its toast. */
      others: presets.flatMap(({ key, beginning }) => (key === null ? [] : [beginning])),
    };
  }

  /**
   * What would be saved now, and where.
   * @param whileReading what is done once the page is being read, which comes before all else that is asked of it
   */
  async function captureOf(
    tab: TabRef,
    { origin, presetId: askedFor, what = null, line = '' }: Asked,
    whileReading: () => unknown = () => undefined,
  ): Promise<
    Result<{
      capture: Capture;
      begun: Begun;
      destinationId: string;
      isByPreset: boolean;
      content: ContentWanted | undefined;
    }>
  > {
    const address = unwrapped((what && what.kind !== 'selection' ? what.address : tab.url) ?? '');
    if (!tab.url || !isSavable(address).savable) return { ok: false, failure: failure('page-not-savable') };
    const meaning = line === '' ? null : await lines(line, null);
    const presetId = meaning?.preset?.id ?? askedFor;
    const [connections, way] = await Promise.all([
      records.get('connections'),
      wayFor(address, presetId, meaning?.destinationId ?? null),
    ]);
    if (!connections || Object.keys(connections).length === 0)
      return { ok: false, failure: failure('not-connected') };
    if (!way) return { ok: false, failure: failure('no-destination') };
    const words = [way.beginning, ...way.others].some((beginning) => wantedOf(beginning).words);
    const reading = pages.read(tab.id, { words, directive: what?.kind === 'selection' });
    whileReading();
    const read = await reading;
    const facts = factsOfTab({ url: tab.url, title: tab.title ?? '' }, read.ok ? read.value : null);
    const at = clock();
    // What is known of the page says nothing of what it links to.
    const ofPage = what ? null : facts;
    const starts = startsOf(way.destination, way.beginning, ofPage, dayOf(at));
    const fields = what ? fieldsOfClicked(what, facts) : fieldsFrom(facts);
    const image = what?.kind === 'image' ? { cover: what.address } : {};
    const made = { ...fields, ...starts, ...image, at, origin };
    // Its names are those of the database that it goes to, which was not known before where the line names none.
    const known = meaning?.destinationId === null ? await lines(line, way.destinationId) : meaning;
    const capture = known ? withLine(made, known) : made;
    const begun = { facts: ofPage, starts };
    const { destinationId, isByPreset } = way;
    // Of a page that cannot be read for its facts, nothing else can be read.
    const content = ofPage && read.ok ? way.beginning.content : undefined;
    return ok({ capture, begun, destinationId, isByPreset, content });
  }

  async function keepTab(tab: TabRef, asked: Asked): Promise<Result<unknown>> {
    const made = await captureOf(tab, asked, () => pages.expectToast(tab.id));
    if (!made.ok) return made;
    const { capture, begun, destinationId, isByPreset, content } = made.value;
    const takesFocus = asked.origin === 'quick-save';
    const of = { url: tab.url ?? '', title: capture.title };
    // Each quotation is a row of its own.
    const isNew = asked.what?.kind === 'selection';
    // Pressed twice: the same save, and what can be done with it.
    const alike = isNew ? null : knownRows.onItsWay(destinationId, capture.url);
    if (alike) {
      const added = asked.line ? await addLine(alike, asked.line) : ok(alike);
      if (added.ok) announcer.again(added.value, tab.id, takesFocus);
      // The browser may have ended while its page was being read.
      if (content && added.ok && added.value.isPageUnread)
        await pageReading.readFor(added.value.id, { tabId: tab.id, wanted: content }, of);
      return added;
    }
    // Of what is known here, Notion says whether it is still there.
    const isKnown = !isNew && (await knownRows.row(destinationId, capture.url)) !== null;
    // An index that has every row knows that there is none of this page: nobody has to be asked.
    const isNeedless = isNew || (!isKnown && (await knownRows.isAbsent(destinationId, capture.url)));
    const seek = isNeedless ? null : asked.line ? 'add' : 'leave';
    const saveId = random.uuid();
    announcer.follow(saveId, tab.id, takesFocus, isKnown);
    void beginnings.remember(saveId, begun);
    const isRead = content !== undefined;
    const kept = await keeping.keepNew(saveId, capture, destinationId, { isByPreset, seek, isRead });
    if (content && kept.ok) await pageReading.readFor(saveId, { tabId: tab.id, wanted: content }, of);
    return kept;
  }

  /** What was typed counts, also for a page that is saved already. */
  async function addLine(save: Save, line: string): Promise<Result<Save>> {
    const added = withLine(save.capture, await lines(line, save.destinationId));
    const amended = await keeping.amend(save.id, added, save.destinationId, save.capture);
    if (!amended.ok) return amended;
    return ok((await records.getOne('save', amended.value.saveId)) ?? save);
  }
}
