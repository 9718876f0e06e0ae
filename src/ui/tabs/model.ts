/** What the page for several tabs knows and can do. */
import { batch, computed, signal } from '@preact/signals-core';
import {
  isChosenAtFirst,
  type OfferedTab,
  offerTabs,
  type TabScope,
  tabsOf,
} from '../../core/capture/offer-tabs.ts';
import { type Destination, tagsProperty } from '../../core/database/destination.ts';
import { labelEntries, labelText } from '../../core/database/labels.ts';
import type { Failure } from '../../core/failure.ts';
import type { Preset } from '../../core/settings/presets.ts';
import { splitTags } from '../../core/tags/rules.ts';
import type { Client, OpenTab } from '../../protocol/client.ts';
import { readable } from '../../protocol/stored-form.ts';

export type Model = Awaited<ReturnType<typeof openTabs>>;

/** What was done, for as long as it can be taken back. */
export type Done =
  | { kind: 'kept'; count: number; closed: number; stay: number; saveIds: string[]; batchId: string }
  | { kind: 'undone'; opened: number };

const SCOPES: readonly TabScope[] = ['selected', 'all', 'group', 'right'];

export async function openTabs(
  client: Client,
  { windowId, tabId, selected }: { windowId: number; tabId: number; selected: readonly number[] },
) {
  const { text } = client;
  /** Null while their addresses may not be seen. */
  const tabs = signal<OpenTab[] | null>(null);
  const wasRefused = signal(false);
  const scope = signal<TabScope>('all');
  /** The pages that are saved already, by the addresses they would be saved by. */
  const saved = signal<ReadonlySet<string>>(new Set());
  /** What the user has said of single tabs, by their ids. */
  const choices = signal<Readonly<Record<number, boolean>>>({});
  const titles = signal<Readonly<Record<number, string>>>({});
  const databases = signal<{ id: string; label: string }[]>([]);
  const destinationId = signal<string | null>(null);
  const destination = signal<Destination | null>(null);
  const presets = signal<Preset[]>([]);
  const presetId = signal<string | null>(null);
  const tags = signal<string[]>([]);
  const typedTag = signal('');
  const closes = signal(false);
  /** Whether pages are read, which the user has allowed; null: they have said no. */
  const reads = signal<boolean | null>(false);
  const busy = signal(false);
  const failure = signal<Failure | null>(null);
  const done = signal<Done | null>(null);

  const inScope = (of: TabScope) => tabsOf(of, tabs.value ?? [], tabId, selected);
  /** What there is to choose between, with how many tabs each has. One selected tab is no selection. */
  const scopes = computed(() =>
    SCOPES.map((of) => ({ scope: of, count: inScope(of).length })).filter(
      ({ scope: of, count }) => of === 'all' || count > (of === 'selected' ? 1 : 0),
    ),
  );
  const offered = computed((): OfferedTab[] =>
    offerTabs(inScope(scope.value)).map((tab) =>
      tab.state === 'new' && saved.value.has(tab.url) ? { ...tab, state: 'saved' } : tab,
    ),
  );
  const isChosen = (tab: OfferedTab): boolean =>
    tab.state !== 'not-savable' && (choices.value[tab.id] ?? isChosenAtFirst(tab));
  const chosen = computed(() => offered.value.filter(isChosen));
  const titleOf = (tab: OfferedTab): string => titles.value[tab.id] ?? tab.title;
  const options = computed(() => (destination.value && tagsProperty(destination.value)?.options) ?? []);

  const pages = (await client.more()).openPages();
  await Promise.all([readStored(), list()]);
  if (scopes.value.some(({ scope: of }) => of === 'selected')) scope.value = 'selected';

  async function readStored(): Promise<void> {
    const records = await client.read('settings', 'connections', 'catalog', 'presets');
    const catalog = readable(records.catalog);
    const entries = catalog?.entries ?? [];
    const connections = readable(records.connections) ?? {};
    const labels = labelEntries(entries, {
      workspaceOf: (botId) => connections[botId]?.workspaceName || text('options_workspace'),
      pages: catalog?.pages ?? [],
      untitled: text('popup_untitled_database'),
    });
    batch(() => {
      presets.value = readable(records.presets)?.presets ?? [];
      databases.value = entries.map(({ id, title }) => {
        const label = labels.get(id);
        return { id, label: label ? labelText(label) : title };
      });
    });
    await choose(readable(records.settings)?.destinationId ?? entries[0]?.id ?? null);
  }

  async function choose(id: string | null): Promise<void> {
    destinationId.value = id;
    const read = id === null ? null : readable(await client.readDestination(id));
    if (destinationId.value !== id) return;
    destination.value = read;
    await look();
  }

  /** Asked anew for each database: a page may be in one of them and not in the other. */
  async function look(): Promise<void> {
    const id = destinationId.value;
    const urls = offerTabs(tabs.value ?? []).map(({ url }) => url);
    if (id === null || urls.length === 0) return;
    const answer = await client.call({ type: 'are-saved', destinationId: id, urls });
    if (answer.ok && destinationId.value === id)
      saved.value = new Set(urls.filter((_, at) => answer.value[at]));
  }

  async function list(): Promise<void> {
    tabs.value = await client.windowTabs(windowId);
    await look();
  }

  /** Asked for again, the same is the same save, so that what was kept of it already is not kept twice. */
  const given = new Map<string, string>();
  function saveIdOf(what: object): string {
    const key = JSON.stringify(what);
    const id = given.get(key) ?? client.newId();
    given.set(key, id);
    return id;
  }

  async function once(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    batch(() => {
      busy.value = true;
      failure.value = null;
    });
    try {
      await work();
    } finally {
      busy.value = false;
    }
  }

  async function stopReading(): Promise<void> {
    reads.value = false;
    await pages.giveBack();
  }

  return {
    client,
    tabs,
    reads,
    wasRefused,
    scope,
    scopes,
    offered,
    chosen,
    isChosen,
    titleOf,
    databases,
    destinationId,
    destination,
    presets,
    presetId,
    tags,
    typedTag,
    options,
    closes,
    busy,
    failure,
    done,

    /** Needs a click. */
    async ask(): Promise<void> {
      wasRefused.value = !(await client.requestTabs());
      if (!wasRefused.value) await list();
    },
    /** Needs a click. */
    async setReads(isOn: boolean): Promise<void> {
      if (!isOn) return stopReading();
      const urls = (tabs.value ?? []).flatMap((tab) => (tab.isLoaded ? [tab.url] : []));
      reads.value = (await pages.ask(urls)) || null;
    },
    choose,
    async usePreset(id: string | null): Promise<void> {
      presetId.value = id;
      const preset = presets.value.find((one) => one.id === id);
      if (preset) await choose(preset.destinationId);
    },
    setChosen(tab: OfferedTab, isOn: boolean): void {
      choices.value = { ...choices.value, [tab.id]: isOn };
    },
    setAllChosen(isOn: boolean): void {
      const all = offered.value.filter(({ state }) => state !== 'not-savable');
      choices.value = { ...choices.value, ...Object.fromEntries(all.map(({ id }) => [id, isOn])) };
    },
    setTitle(tab: OfferedTab, title: string): void {
      titles.value = { ...titles.value, [tab.id]: title };
    },

    save: (): Promise<void> =>
      once(async () => {
        const id = destinationId.value;
        if (id === null || chosen.value.length === 0) return;
        const batchId = client.newId();
        const how = {
          destinationId: id,
          presetId: presetId.value,
          tags: [...tags.value, ...splitTags(typedTag.value)],
        };
        const loaded = new Set((tabs.value ?? []).flatMap((tab) => (tab.isLoaded ? [tab.id] : [])));
        const toRead = chosen.value.map((tab) => tab.id).filter((one) => loaded.has(one));
        const read = reads.value ? await pages.read(toRead) : new Map();
        const all = chosen.value.map((tab) => {
          const what = { tabId: tab.id, shows: tab.shows, url: tab.url, title: titleOf(tab) };
          const facts = read.get(tab.id);
          return { saveId: saveIdOf({ ...how, ...what }), ...what, ...(facts ? { facts } : {}) };
        });
        const answer = await client.call({
          ...{ type: 'save-tabs', batchId, ...how },
          closes: closes.value,
          tabs: all,
        });
        if (!answer.ok) {
          failure.value = answer.failure;
          return;
        }
        if (reads.value) await stopReading();
        const { closed } = answer.value;
        done.value = {
          kind: 'kept',
          count: all.length,
          closed,
          stay: closes.value ? all.length - closed : 0,
          saveIds: all.map(({ saveId }) => saveId),
          batchId,
        };
      }),

    undo: (): Promise<void> =>
      once(async () => {
        if (done.value?.kind !== 'kept') return;
        const { batchId, saveIds } = done.value;
        const answer = await client.call({ type: 'undo-tabs', batchId, saveIds });
        if (!answer.ok) {
          failure.value = answer.failure;
          return;
        }
        done.value = { kind: 'undone', opened: answer.value.opened };
        given.clear();
        // Those that are open again have other ids.
        choices.value = {};
        await list();
      }),
  };
}
