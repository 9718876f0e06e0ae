/** What the popup knows and can do. Everything it shows of a save comes from the stored record, never from a hope. */
import { batch, computed, effect, type Signal, signal } from '@preact/signals-core';
import { isSavable } from '../../core/address/savable.ts';
import type { Capture, PageFacts } from '../../core/capture/capture.ts';
import type { Connections } from '../../core/connection.ts';
import { type Catalog, type Destination, tagsProperty } from '../../core/database/destination.ts';
import { labelOf } from '../../core/database/label.ts';
import { emptyOutbox, type OutboxSummary, type Save } from '../../core/save/record.ts';
import type { Preset } from '../../core/settings/presets.ts';
import type { Client, Draft } from '../../protocol/client.ts';
import type { PopupSubject } from '../../protocol/popup-subject.ts';
import { readable } from '../../protocol/stored-form.ts';
import {
  type Before,
  type CleanedAddress,
  type Databases,
  type Existing,
  type ExistingRow,
  type Fields,
  isUnfit,
  type LaterViews,
  type Model,
  PAGE_FIELDS,
  type PageText,
  type Problem,
  type Properties,
  type Put,
  type Shown,
} from './state.ts';

/** So many saves that need the user are looked through for one of this page. */
const LOOKED_THROUGH = 20;

/** Milliseconds after which a frame is not waited for any longer: none is drawn of a page that cannot be seen. */
const NO_FRAME = 100;

const firstFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, NO_FRAME);
  });

/** The one way by which what draws, or comes later, writes. */
const putInto =
  <T>(signals: { [Name in keyof T]: Signal<T[Name]> }): Put<T> =>
  (changes) =>
    batch(() => {
      for (const name in changes) signals[name].value = changes[name] as T[typeof name];
    });

/** @param saveId the save to be changed; null: whatever is to be done about the page in the current tab */
export async function openPopup(client: Client, saveId: string | null = null): Promise<Model> {
  const url = signal('');
  const title = signal('');
  /** What it says before anybody types in it. */
  let titleBefore = '';
  const description = signal('');
  const tags = signal<string[]>([]);
  const typedTag = signal('');
  const pageFields = { url, title, description, tags, typedTag };
  const enter: Put<Fields> = putInto(pageFields);
  const existing = signal<Existing | null>(null);
  const row = signal<ExistingRow | null>(null);
  const later = signal<LaterViews | null>(null);
  const properties = signal<Properties | null>(null);
  const cleaned = signal<CleanedAddress | null>(null);
  /** What was read of the page. */
  const facts = signal<PageFacts | null>(null);
  let restored: Before = { values: [], isWhole: false };
  /** The preset that is saved by, and all that there are. */
  const preset = signal<Preset | null>(null);
  const presets = signal<Preset[]>([]);
  /** What the popup was opened for by the background. */
  let subject: PopupSubject | null = null;
  const changing = signal(saveId !== null);
  const destinationId = signal<string | null>(null);
  const destination = signal<Destination | null>(null);
  const connections = signal<Connections>({});
  const catalog = signal<Catalog | null>(null);
  /** The data sources that were saved to last, the latest first. */
  const recent = signal<readonly string[]>([]);
  /** Choosing another database; the code for it comes later, and takes up what was typed meanwhile. */
  const finding = { isOpen: signal(false), typed: signal<string | null>(null) };
  const find = putInto(finding);
  const databases = signal<Databases | null>(null);
  const outbox = signal<OutboxSummary>(emptyOutbox);
  const save = signal<Save | null>(null);
  const turnTo = putInto({ save, row, changing });
  const problem = signal<Problem | null>(null);
  const unreadable = signal(false);
  const busy = signal(false);

  const isEditing = computed(
    () => save.value === null || save.value.state === 'undone' || isUnfit(save.value) || changing.value,
  );
  const isUpdate = computed(
    () =>
      row.value !== null ||
      (changing.value && save.value?.row != null && save.value.destinationId === destinationId.value),
  );
  const isConnected = computed(() => Object.keys(connections.value).length > 0);
  const entries = computed(() => {
    const [listed, one] = [catalog.value?.entries ?? [], destination.value];
    return one && !listed.some(({ id }) => id === one.id) ? [one, ...listed] : listed;
  });
  const entry = computed(() => entries.value.find(({ id }) => id === destinationId.value) ?? null);
  const name = computed(() => {
    const one = entry.value;
    if (preset.value) return labelOf(one?.icon ?? null, preset.value.name);
    if (!one) return '';
    const label = databases.value?.nameOf(one) ?? (one.title || client.text('popup_untitled_database'));
    return labelOf(one.icon, label);
  });

  // What changes while it is being read is read again: the popup may open in the middle of a delivery.
  let missed: Set<string> | null = new Set();
  client.watch((keys) => {
    if (missed) for (const key of keys) missed.add(key);
    else void onChange(keys);
  });
  if (saveId) await client.editSave(saveId);
  const [first, seen] = await Promise.all([readRecords(), saveId ? null : client.currentTab()]);
  /** What a draft is about: the page in that tab, or the save that is changed. */
  const about = seen?.id ?? saveId;
  apply(first);
  // What shows another page, such as a reader view, cannot be saved: that page can.
  const tab =
    seen && !isSavable(seen.url).savable
      ? { ...seen, url: (await import('./later/index.ts')).unwrapped(seen.url) }
      : seen;
  const [stored, earlier, ofSite] = await Promise.all([
    about ? client.readDraft(about) : null,
    findSave(),
    presetOfSite(),
  ]);
  const draft = stored?.url === tab?.url ? stored : null;
  /** What the form was filled with of a save that is changed. */
  let shown: Capture | undefined;
  fill();
  /** The fields as they were filled in; a draft is kept of what differs from that. */
  let filled = fields();
  /** What the page itself says. */
  let ofPage: PageText = filled;
  const changed = [...missed];
  missed = null;
  if (changed.length > 0) void onChange(changed);
  effect(keepDraft);
  // A schema may be large, and the first frame needs neither it nor what is made of it.
  const framed = firstFrame();
  const schemaReady = framed.then(readDestination);
  const laterReady = framed.then(loadLater);
  void readPage();

  function readRecords() {
    return client.read('settings', 'connections', 'catalog', 'outbox', 'presets');
  }

  function apply(records: Awaited<ReturnType<typeof readRecords>>): void {
    batch(() => {
      connections.value = readable(records.connections) ?? {};
      catalog.value = readable(records.catalog);
      recent.value = readable(records.settings)?.recent ?? [];
      outbox.value = readable(records.outbox) ?? emptyOutbox;
      presets.value = readable(records.presets)?.presets ?? [];
      destinationId.value ??= readable(records.settings)?.destinationId ?? null;
      unreadable.value ||= Object.values(records).some((reading) => reading.kind === 'unreadable');
    });
  }

  async function readDestination(): Promise<void> {
    const id = destinationId.value;
    if (id === null) return;
    const read = readable(await client.readDestination(id));
    if (id === destinationId.value) destination.value = read;
    void client.call({ type: 'freshen-destination', destinationId: id });
  }

  /** A save of this page that needs the user is taken up again where it was left. */
  async function findSave(): Promise<Save | null> {
    if (saveId) return readable(await client.readOne('save', saveId));
    if (!tab) return null;
    const ids = outbox.value.needsYou.ids.slice(-LOOKED_THROUGH);
    const [told, ...saves] = await Promise.all([
      readSubject(tab.id),
      ...ids.map((id) => client.readOne('save', id)),
    ]);
    return told ?? saves.map(readable).findLast((one) => one?.capture.url === tab.url) ?? null;
  }

  async function readSubject(tabId: number): Promise<Save | null> {
    const told = await client.takePopupSubject(tabId);
    const one = told && readable(await client.readOne('save', told.saveId));
    if (one) subject = told;
    return one;
  }

  /** Few have set sites: the others don't wait for the code that knows them. */
  async function presetOfSite(): Promise<Preset | null> {
    if (!tab || presets.value.every(({ sites }) => sites.length === 0)) return null;
    const { presetFor, unwrapped } = await import('./later/index.ts');
    return presetFor(unwrapped(tab.url), presets.value);
  }

  async function loadLater(): Promise<void> {
    const loaded = await import('./later/index.ts');
    batch(() => {
      later.value = loaded;
      if (tab && (subject || isSavable(tab.url).savable))
        existing.value = loaded.openExisting({
          client,
          address: loaded.unwrapped(tab.url),
          destinationId,
          save,
          subject,
          undo,
          isUntouched: () => !draft && JSON.stringify(fields()) === JSON.stringify(filled),
          ofPage: () => ofPage,
          change,
          changing,
          show,
          isEditing,
          row,
          turnTo,
        });
      databases.value = loaded.openDatabases({
        client,
        entries,
        catalog,
        connections,
        recent,
        presets,
        chosenId: chosenRow,
        finding,
        find,
        choose: chooseRow,
        openSettings,
      });
      properties.value = loaded.openProperties(
        client,
        {
          destination,
          facts,
          preset,
          fields: pageFields,
          titleBefore,
          enter,
          isUpdate,
          databases: databases.value,
        },
        restored,
      );
    });
  }

  function fields(): Draft['fields'] {
    const { isWhole: _, ...page } = restored;
    return {
      url: url.value,
      title: title.value,
      description: description.value,
      tags: tags.value,
      tagInput: typedTag.value,
      ...(properties.value?.typedByUser() ?? page),
    };
  }

  function fill(): void {
    batch(() => {
      if (tab && isSavable(tab.url).savable) {
        url.value = tab.url;
        title.value = tab.title;
        if (ofSite) {
          preset.value = ofSite;
          destinationId.value = ofSite.destinationId;
        }
      }
      if (earlier) {
        save.value = earlier;
        shown = earlier.capture;
        changing.value ||= subject !== null;
        restore({ ...earlier.capture, tagInput: '' }, earlier.destinationId, true);
      }
      if (draft) restore(draft.fields, draft.destinationId, earlier !== null);
    });
    titleBefore = title.value;
  }

  function restore(kept: Draft['fields'], chosen: string | null, isWhole: boolean): void {
    const { tags, tagInput: typedTag } = kept;
    enter({ url: kept.url, title: kept.title, description: kept.description, tags, typedTag });
    const { values = [], given, template, icon, cover } = kept;
    restored = { values, given, icon, cover, template, isWhole };
    preset.value = null;
    if (chosen !== null && chosen !== destinationId.value) choose(chosen);
  }

  /** What is read of the page fills what is still as it was; what the user has touched meanwhile stays. */
  async function readPage(): Promise<void> {
    if (!tab || earlier || draft || !isConnected.value || !isSavable(tab.url).savable) return;
    const [page, { factsOfTab, fieldsFrom, unwrapped }] = await Promise.all([
      client.readPage(tab.id),
      framed.then(() => import('./later/index.ts')),
    ]);
    if (!isEditing.value) return;
    const known = factsOfTab(tab, page.ok ? page.value : null);
    facts.value = known;
    const read = fieldsFrom(known);
    const now = fields();
    const untouched = PAGE_FIELDS.filter((name) => now[name] === filled[name]);
    ofPage = read;
    if (row.value || changing.value) return;
    for (const name of untouched) filled = { ...filled, [name]: read[name] };
    batch(() => {
      for (const name of untouched) enter({ [name]: read[name] });
      if (untouched.includes('title')) titleBefore = title.value;
      const from = tab === seen ? known.url : (seen?.url ?? '');
      const said = unwrapped(from) === from ? 'popup_cleaned' : 'popup_unwrapped';
      if (read.url !== from) cleaned.value = { to: read.url, from, said, canPutBack: tab === seen };
    });
  }

  async function onChange(keys: readonly string[]): Promise<void> {
    if (keys.some((key) => !key.includes(':'))) apply(await readRecords());
    const id = destinationId.value;
    if (id !== null && (destination.value === null || keys.some((key) => key.endsWith(`:${id}`))))
      destination.value = readable(await client.readDestination(id));
    if (save.value && keys.includes(`save:${save.value.id}`)) await follow(save.value.id);
  }

  async function follow(id: string): Promise<void> {
    const read = readable(await client.readOne('save', id));
    if (!read) return;
    // It has left while it was being changed: what was typed stays, and the row follows when it is saved.
    if (save.value && isUnfit(save.value) && !busy.value && !isUnfit(read)) changing.value = true;
    save.value = read;
  }

  function tell(what: Problem | null): void {
    problem.value = what;
  }

  function change(): void {
    const { capture, destinationId: place } = save.value ?? {};
    if (!capture || !place) return;
    shown = capture;
    show(capture, place);
    changing.value = true;
  }

  /** @param isWhole whether this is all that was saved, or what the form begins with is to be added */
  function show(what: Shown, place: string | null, isWhole = true): void {
    restore({ ...what, tagInput: '' }, place, isWhole);
    properties.value?.restore(restored);
    filled = fields();
  }

  /** Each change at once: the popup may be gone with the next click. */
  function keepDraft(): void {
    const mine: Draft = { url: tab?.url, fields: fields(), destinationId: destinationId.value };
    if (about && isEditing.value && JSON.stringify(mine.fields) !== JSON.stringify(filled))
      void client.writeDraft(about, mine);
  }

  async function forgetDraft(): Promise<void> {
    filled = fields();
    if (about) await client.writeDraft(about, null);
  }

  /** Stores the save and follows it. What was typed stays in the form until the save is on its way for certain. */
  async function keep(): Promise<void> {
    if (busy.value || !isEditing.value) return;
    busy.value = true;
    try {
      await (await import('./later/index.ts')).keepForm({
        client,
        // What the user has set for the other properties counts, however soon they save.
        ready: Promise.all([laterReady, schemaReady]),
        fields: pageFields,
        enter,
        options,
        properties,
        isConnected,
        destinationId,
        preset,
        save,
        changing,
        shown: () => shown,
        row,
        turnTo,
        existing,
        tell,
        forgetDraft,
        follow,
      });
    } finally {
      busy.value = false;
    }
  }

  /** What is chosen in the list: a preset or a database. */
  const chosenRow = computed(() => (preset.value ? `preset:${preset.value.id}` : destinationId.value));

  function chooseRow(row: string): void {
    const chosen = presets.value.find(({ id }) => row === `preset:${id}`);
    const id = chosen?.destinationId ?? row;
    if (id !== destinationId.value) choose(id);
    preset.value = chosen ?? null;
  }

  function choose(id: string): void {
    preset.value = null;
    destinationId.value = id;
    destination.value = null;
    problem.value = null;
    void readChosen(id);
  }

  async function readChosen(id: string): Promise<void> {
    await readDestination();
    if (destinationId.value !== id || destination.value !== null) return;
    const chosen = await client.call({ type: 'choose-destination', destinationId: id });
    if (destinationId.value !== id) return;
    if (chosen.ok) await readDestination();
    else problem.value = { why: chosen.failure };
  }

  async function undo(): Promise<void> {
    if (!save.value) return;
    changing.value = false;
    await client.call({ type: 'undo', saveIds: [save.value.id] });
  }

  async function openSettings(): Promise<void> {
    await client.openOptions();
    client.closePopup();
  }

  const options = computed(() => (destination.value && tagsProperty(destination.value)?.options) ?? []);
  return {
    client,
    fields: pageFields,
    enter,
    destinationId,
    name,
    finding,
    find,
    databases,
    entries,
    entry,
    destination,
    later,
    properties,
    options,
    isConnected,
    outbox,
    save,
    problem,
    hasPage: saveId !== null || (tab !== null && isSavable(tab.url).savable),
    connections,
    changing,
    unreadable,
    busy,
    isEditing,
    clearProblem: () => tell(null),
    keep,
    undo,
    choose,
    change,
    follow,
    existing,
    isUpdate,
    cleaned,
    openSettings,
  };
}
