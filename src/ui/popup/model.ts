/** What the popup knows and can do. Everything it shows of a save comes from the stored record, never from a hope. */
import { batch, computed, effect, signal } from '@preact/signals';
import { fieldsFrom } from '../../core/capture/fields.ts';
import { isSavable } from '../../core/capture/savable.ts';
import { type Failure, failure, meaningOf, type Remedy } from '../../core/failure.ts';
import type { CatalogEntry, Destination } from '../../core/notion/destination.ts';
import { emptyOutbox, type OutboxSummary, type Save } from '../../core/save/record.ts';
import { addTags } from '../../core/tags/rules.ts';
import type { Client, Draft } from '../../protocol/client.ts';
import type { Reading } from '../../protocol/stored.ts';

export type Model = Awaited<ReturnType<typeof openPopup>>;

/** How long typing must rest before the draft is stored, in milliseconds. */
const DRAFT_PAUSE = 250;

/** So many saves that need the user are looked through for one of this page. */
const LOOKED_THROUGH = 20;

const readable = <T>(reading: Reading<T>): T | null => (reading.kind === 'read' ? reading.value : null);

export async function openPopup(client: Client) {
  const url = signal('');
  const title = signal('');
  const description = signal('');
  const tags = signal<string[]>([]);
  const typedTag = signal('');
  const destinationId = signal<string | null>(null);
  const destination = signal<Destination | null>(null);
  const connected = signal(false);
  const entries = signal<CatalogEntry[]>([]);
  const outbox = signal<OutboxSummary>(emptyOutbox);
  /** The save made in this popup, or one of this page that needs the user. */
  const save = signal<Save | null>(null);
  /** What went wrong before anything was stored. */
  const problem = signal<Failure | null>(null);
  const busy = signal(false);
  /** Fields the user has put a hand to; what is read of the page later does not overwrite them. */
  const touched = new Set<'url' | 'title' | 'description'>();

  const [first, tab] = await Promise.all([readRecords(), client.currentTab()]);
  apply(first);
  const [draft, waiting] = await Promise.all([
    tab ? client.readDraft(tab.id) : null,
    findSave(),
    readDestination(),
  ]);
  fill();
  client.watch(onChange);
  effect(keepDraft);
  void readPage();

  function readRecords() {
    return client.read('settings', 'connections', 'catalog', 'outbox');
  }

  function apply(records: Awaited<ReturnType<typeof readRecords>>): void {
    batch(() => {
      connected.value = Object.keys(readable(records.connections) ?? {}).length > 0;
      entries.value = readable(records.catalog)?.entries ?? [];
      outbox.value = readable(records.outbox) ?? emptyOutbox;
      destinationId.value ??= readable(records.settings)?.destinationId ?? null;
    });
  }

  async function readDestination(): Promise<void> {
    const id = destinationId.value;
    const read = id === null ? null : readable(await client.readOne('destination', id));
    if (id === destinationId.value) destination.value = read;
    if (id !== null) void client.call({ type: 'freshen-destination', destinationId: id });
  }

  /** A save of this page that needs the user is taken up again where it was left. */
  async function findSave(): Promise<Save | null> {
    if (!tab) return null;
    const ids = outbox.value.needsYou.slice(-LOOKED_THROUGH);
    const saves = await Promise.all(ids.map((id) => client.readOne('save', id)));
    return saves.map(readable).find((one) => one?.capture.url === tab.url) ?? null;
  }

  function fill(): void {
    batch(() => {
      if (draft && draft.url === tab?.url) restore(draft);
      else if (waiting) takeUp(waiting);
      else if (tab && isSavable(tab.url).savable) {
        url.value = tab.url;
        title.value = tab.title;
      }
    });
  }

  function restore({ fields, destinationId: chosen }: Draft): void {
    url.value = fields.url;
    title.value = fields.title;
    description.value = fields.description;
    tags.value = fields.tags;
    typedTag.value = fields.tagInput;
    if (chosen !== null && chosen !== destinationId.value) choose(chosen);
    for (const name of ['url', 'title', 'description'] as const) touched.add(name);
  }

  function takeUp(one: Save): void {
    save.value = one;
    const { capture } = one;
    const fields = { ...capture, tagInput: '' };
    restore({ url: capture.url, fields, destinationId: one.destinationId });
  }

  async function readPage(): Promise<void> {
    if (!tab || !isSavable(tab.url).savable || !connected.value) return;
    const facts = await client.readPage(tab.id);
    if (!facts.ok) return;
    const fields = fieldsFrom(facts.value);
    batch(() => {
      if (!touched.has('url')) url.value = fields.url;
      if (!touched.has('title')) title.value = fields.title;
      if (!touched.has('description')) description.value = fields.description;
    });
  }

  async function onChange(keys: readonly string[]): Promise<void> {
    if (keys.some((key) => !key.includes(':'))) apply(await readRecords());
    if (keys.includes(`destination:${destinationId.value}`) || destination.value === null) {
      const id = destinationId.value;
      if (id !== null) destination.value = readable(await client.readOne('destination', id));
    }
    if (save.value && keys.includes(`save:${save.value.id}`)) await follow(save.value.id);
  }

  async function follow(id: string): Promise<void> {
    const read = readable(await client.readOne('save', id));
    if (read) save.value = read;
  }

  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  function keepDraft(): void {
    const fields = {
      url: url.value,
      title: title.value,
      description: description.value,
      tags: tags.value,
      tagInput: typedTag.value,
    };
    const mine: Draft = { url: tab?.url ?? '', fields, destinationId: destinationId.value };
    clearTimeout(draftTimer);
    const isTyped = touched.size > 0 || fields.tags.length > 0 || fields.tagInput !== '';
    if (tab && isTyped && isEditing.value)
      draftTimer = setTimeout(() => client.writeDraft(tab.id, mine), DRAFT_PAUSE);
  }

  async function forgetDraft(): Promise<void> {
    clearTimeout(draftTimer);
    touched.clear();
    if (tab) await client.writeDraft(tab.id, null);
  }

  /** Stores the save and follows it. What was typed stays in the form until the save is on its way for certain. */
  async function keep(): Promise<void> {
    if (busy.value) return;
    const id = destinationId.value;
    const why = missing();
    problem.value = why;
    if (why || id === null) return;
    busy.value = true;
    tags.value = addTags(tags.value, typedTag.value, options.value);
    typedTag.value = '';
    const capture = {
      url: url.value.trim(),
      title: title.value.trim(),
      description: description.value.trim(),
      tags: tags.value,
      at: Date.now(),
      origin: 'popup' as const,
    };
    const earlier = save.value?.state === 'needs-you' ? save.value : null;
    const kept = earlier
      ? await client.call({ type: 'amend', saveId: earlier.id, capture, destinationId: id })
      : await client.call({ type: 'keep', saveId: client.newId(), capture, destinationId: id });
    if (kept.ok) {
      await forgetDraft();
      await follow(kept.value.saveId);
    } else problem.value = kept.failure;
    busy.value = false;
  }

  function missing(): Failure | null {
    if (!connected.value) return failure('not-connected');
    if (destinationId.value === null) return failure('no-destination');
    if (url.value.trim() === '') return failure('address-missing');
    return isSavable(url.value).savable ? null : failure('page-not-savable');
  }

  function choose(id: string): void {
    destinationId.value = id;
    destination.value = null;
    if (problem.value?.code === 'no-destination') problem.value = null;
    void readChosen(id);
  }

  async function readChosen(id: string): Promise<void> {
    const kept = await client.readOne('destination', id);
    if (kept.kind === 'read') destination.value = kept.value;
    else await client.call({ type: 'choose-destination', destinationId: id });
    if (destination.value === null) await readDestination();
  }

  async function undo(): Promise<void> {
    if (save.value) await client.call({ type: 'undo', saveId: save.value.id });
  }

  async function help(remedy: Remedy): Promise<void> {
    switch (remedy) {
      case 'connect':
      case 'reconnect':
      case 'choose-database':
      case 'open-settings':
        await client.openOptions();
        return client.closePopup();
      case 'share': {
        const place =
          entries.value.find((entry) => entry.id === destinationId.value)?.url ?? 'https://www.notion.so/';
        return client.openTab(place);
      }
      case 'grant-access':
        if (!(await client.grantAccess())) return;
        break;
      default:
        break;
    }
    if (save.value) await client.call({ type: 'try-now', saveId: save.value.id });
    else await keep();
  }

  /** Whether the form is shown: before saving, after undoing, and whenever the save needs other values. */
  const isEditing = computed(
    () => save.value === null || save.value.state === 'needs-you' || save.value.state === 'undone',
  );
  const options = computed(() => {
    const { properties = [], mapping } = destination.value ?? {};
    return properties.find((property) => property.id === mapping?.tags)?.options ?? [];
  });
  /** What stands in the way, be it of the save or of keeping it. */
  const trouble = computed<Failure | null>(() => {
    if (problem.value) return problem.value;
    if (save.value?.failure && save.value.state !== 'undone') return save.value.failure;
    if (connected.value && destinationId.value === null) return failure('no-destination');
    const isForeign = tab !== null && !isSavable(tab.url).savable && !isSavable(url.value).savable;
    return isForeign || tab === null ? (url.value === '' ? failure('page-not-savable') : null) : null;
  });

  return {
    client,
    fields: { url, title, description, tags, typedTag },
    touch: (name: 'url' | 'title' | 'description') => {
      touched.add(name);
      if (problem.value) problem.value = null;
    },
    destinationId,
    entries,
    destination,
    options,
    connected,
    outbox,
    save,
    trouble,
    busy,
    isEditing,
    keep,
    undo,
    choose,
    help,
    remedyOf: (why: Failure): Remedy => meaningOf(why).remedy,
  };
}
