/** Doing what is asked of a save from its toast. */

import { type Begun, begunAnew } from '../../core/capture/begun.ts';
import type { Capture } from '../../core/capture/capture.ts';
import { dayOf, startsOf } from '../../core/capture/starts.ts';
import { choiceProperty, chosenOption } from '../../core/database/choice.ts';
import type { CatalogEntry, Destination } from '../../core/database/destination.ts';
import { findEntries, recentFirst } from '../../core/database/find-entries.ts';
import { carryOver } from '../../core/database/form.ts';
import { labelOf } from '../../core/database/label.ts';
import { labelText } from '../../core/database/labels.ts';
import type { PropertyValue } from '../../core/database/value.ts';
import { type Failure, failure, type Result } from '../../core/failure.ts';
import { mayPass, meaningOf } from '../../core/meaning.ts';
import type { Save } from '../../core/save/record.ts';
import type { Preset } from '../../core/settings/presets.ts';
import { completeTags } from '../../core/tags/complete.ts';
import { editedText } from '../../core/text/edits.ts';
import type { Ports, TabRef } from '../../ports.ts';
import type {
  DatabaseOffer,
  LineOffers,
  TagOffer,
  ToastChange,
  ToastDone,
  ToastMessage,
} from '../../protocol/toast.ts';
import { knownDestination } from '../databases/known-destination.ts';
import { databaseLabels } from '../databases/labels.ts';
import type { Schemas } from '../databases/schemas.ts';
import type { LineOffering } from '../line/line-offers.ts';
import { type Lines, withLine } from '../line/lines.ts';

import type { Records } from '../store/records.ts';
import type { Learning } from '../tags/learning.ts';
import type { Announcer } from '../telling/announce.ts';
import { shownNote, tagOptions } from '../telling/toast-offers.ts';
import type { Beginnings } from './beginnings.ts';
import type { Keeping } from './keeping.ts';
import type { Outbox } from './outbox.ts';
import type { PageReading } from './page-reading.ts';

/** So many are offered at once. */
const OFFERED = 8;

/** White space as the one-line grammar folds it. */
const foldSpace = (text: string): string => text.replace(/\s+/g, ' ').trim();

const done: ToastDone = { ok: true };

/** Answers what a toast in a tab asks; see `ToastMessage` for what each is answered with. */
export type AnswerToast = (message: ToastMessage, tab: TabRef) => Promise<unknown>;

export function createToastActions({
  clock,
  text,
  openTab,
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
}: Pick<Ports, 'clock' | 'text' | 'openTab'> & {
  records: Records;
  schemas: Pick<Schemas, 'get'>;
  keeping: Pick<Keeping, 'amend'>;
  outbox: Pick<Outbox, 'undo'>;
  announcer: Pick<Announcer, 'toldOf' | 'turn'>;
  beginnings: Beginnings;
  pageReading: Pick<PageReading, 'readFor' | 'addFor'>;
  lines: Lines;
  offerInLine: LineOffering;
  learning: Pick<Learning, 'likelihoods'>;
}): AnswerToast {
  /** Answers only for a save that a toast in that very tab tells of. */
  return async function answer(message: ToastMessage, tab: TabRef): Promise<unknown> {
    const saveId = await announcer.toldOf(tab.id, message.saveId);
    const save = saveId === null ? null : await records.getOne('save', saveId);
    if (!save) return said(failure('unexpected'));
    switch (message.type) {
      case 'toast-complete-tags':
        return offerTags(save, message.typed, message.chosen);
      case 'toast-complete-line':
        return offerNames(save, message.line, message.caret);
      case 'toast-find-databases':
        return offerDatabases(save, message.typed);
      case 'toast-article':
        return addArticle(save, tab.id);
      case 'toast-undo':
        await outbox.undo([save.id]);
        return done;
      case 'toast-open':
        if (!save.row) return said(failure('unexpected'));
        await openTab(save.row.url);
        return done;
      case 'toast-change':
        return change(save, message.change);
    }
  };

  /** The tab may show another page by now, and it may have been but a part of the page. */
  async function addArticle({ id, capture, adopted }: Save, tabId: number): Promise<ToastDone> {
    const { facts } = await beginnings.of(id);
    if (!facts) return said(failure('page-not-savable'));
    const of = { url: facts.url, title: capture.title };
    const add = adopted ? pageReading.addFor : pageReading.readFor;
    return (await add(id, { tabId, wanted: 'article' }, of)) ? done : said(failure('no-article'));
  }

  async function offerTags(
    { destinationId, capture }: Save,
    typed: string,
    chosen: readonly string[],
  ): Promise<TagOffer[]> {
    const options = tagOptions(await knownDestination(records, destinationId));
    const likelihoods = await learning.likelihoods(destinationId, capture, chosen);
    const offered = completeTags(typed, options, chosen, OFFERED, likelihoods);
    const known = offered.options.map(({ name, color }) => ({ name, color, isNew: false }));
    const made = offered.create === null ? [] : [{ name: offered.create, color: 'default', isNew: true }];
    const few = known.slice(0, OFFERED - made.length);
    return offered.likely ? [...few, ...made] : [...made, ...few];
  }

  async function offerNames(
    { destinationId, capture }: Save,
    line: string,
    caret: number,
  ): Promise<LineOffers> {
    const found = await offerInLine(line, caret, {
      page: capture,
      tags: capture.tags,
      destinationId,
      limit: OFFERED,
    });
    // A preset takes the place of what was saved: it has its own key in the toast, and is no part of a note.
    if (found.kind === 'preset') return { offers: [], likeliest: -1 };
    const offers = found.offers.map(({ name, icon, color, id, completed }) => ({
      name: labelOf(icon, name),
      color,
      isNew: id === null,
      line: completed.text,
      caret: completed.caret,
    }));
    return { offers, likeliest: found.likeliest };
  }

  async function offerDatabases({ destinationId }: Save, typed: string): Promise<DatabaseOffer[]> {
    const [catalog, settings, labels] = await Promise.all([
      records.get('catalog'),
      records.get('settings'),
      databaseLabels({ text }, records),
    ]);
    const nameOf = ({ id }: CatalogEntry): string => {
      const label = labels.get(id);
      return label ? labelText(label) : '';
    };
    const others = (catalog?.entries ?? []).filter(({ id }) => id !== destinationId);
    return findEntries(recentFirst(others, settings?.recent), typed, nameOf)
      .slice(0, OFFERED)
      .map((entry) => ({ id: entry.id, label: labelOf(entry.icon, nameOf(entry)) }));
  }

  async function change(save: Save, what: ToastChange): Promise<ToastDone> {
    const next = await changed(save, what);
    if (!next.ok) return said(next.failure);
    const { capture, destinationId } = next.value;
    const begun = next.value.begun ?? (await beginnings.of(save.id));
    const amended = await keeping.amend(save.id, capture, destinationId, save.capture);
    if (!amended.ok) return said(amended.failure);
    const { saveId } = amended.value;
    if (next.value.begun || saveId !== save.id) void beginnings.remember(saveId, begun);
    announcer.turn(save.id, saveId);
    return done;
  }

  /** `begun`: what it begins with from now on; left out, it is as before. */
  async function changed(
    save: Save,
    what: ToastChange,
  ): Promise<Result<{ capture: Capture; destinationId: string; begun?: Begun }>> {
    const { id, capture, destinationId } = save;
    const here = (part: Partial<Capture>) => ({
      ok: true as const,
      value: { capture: { ...capture, ...part }, destinationId },
    });
    if ('tags' in what) return here({ tags: what.tags });
    if ('note' in what) {
      const meaning = await lines(what.note, destinationId);
      const noted = withLine({ ...capture, description: '' }, meaning);
      const shown = foldSpace(shownNote(save, await knownDestination(records, destinationId)));
      // The line knows no paragraphs: those that nobody has touched stay.
      const description =
        shown === '' ? noted.description : editedText(capture.description, shown, noted.description);
      const other = meaning.destinationId ?? destinationId;
      return { ok: true, value: { capture: { ...noted, description }, destinationId: other } };
    }
    if ('presetKey' in what) {
      const presets = (await records.get('presets'))?.presets ?? [];
      const preset = presets.find(({ key }) => key === what.presetKey);
      if (!preset) return { ok: false, failure: failure('unexpected') };
      return byPreset(id, capture, destinationId, preset);
    }
    if ('choice' in what) {
      const destination = await schemas.get(destinationId);
      if (!destination.ok) return destination;
      const property = choiceProperty(destination.value);
      const others = (capture.values ?? []).filter(({ id }) => id !== property?.id);
      if (!property || what.choice === null) return here({ values: others });
      return here({ values: [...others, chosenOption(property, what.choice)] });
    }
    const other = await schemas.get(what.destinationId);
    if (!other.ok && !mayPass(other.failure)) return other;
    const { template: _, ...rest } = capture;
    const values = carried(capture.values ?? [], other);
    return { ok: true, value: { capture: { ...rest, values }, destinationId: what.destinationId } };
  }

  /** What was saved is not read anew: the tab may show another page by now, and it may have been but a part of the page. */
  async function byPreset(
    id: string,
    capture: Capture,
    from: string,
    { beginning, destinationId }: Preset,
  ): Promise<Result<{ capture: Capture; destinationId: string; begun: Begun }>> {
    const [destination, { facts, starts }] = await Promise.all([
      schemas.get(destinationId),
      beginnings.of(id),
    ]);
    if (!destination.ok && !mayPass(destination.failure)) return destination;
    const known = destination.ok ? destination.value : null;
    const next = startsOf(known, beginning, facts, dayOf(clock()));
    const carry = (values: readonly PropertyValue[]) =>
      destinationId === from ? [...values] : carried(values, destination);
    const made = begunAnew(capture, starts, next, carry);
    return { ok: true, value: { capture: made, destinationId, begun: { facts, starts: next } } };
  }

  /** Values as another database takes them. Where its schema cannot be read now, they become that when the row is made. */
  function carried(values: readonly PropertyValue[], to: Result<Destination>): PropertyValue[] {
    return to.ok ? carryOver(values, to.value) : [...values];
  }

  function said(why: Failure): ToastDone {
    const { title, body } = meaningOf(why);
    return { ok: false, title: text(title), body: text(body) };
  }
}
