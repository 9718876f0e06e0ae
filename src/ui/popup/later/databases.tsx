/**
 * Choosing another database by typing: an editable combobox with a list (ARIA 1.2) on the field that the first frame has
 * already. Loaded after that frame: most saves go where the last one went.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { isComposing } from '../../../core/composing.ts';
import type { Connections } from '../../../core/connection.ts';
import type { Catalog, CatalogEntry } from '../../../core/database/destination.ts';
import { findEntries, recentFirst } from '../../../core/database/find-entries.ts';
import { besideOf, type Label, labelEntries, labelText } from '../../../core/database/labels.ts';
import type { Preset } from '../../../core/settings/presets.ts';
import type { Client } from '../../../protocol/client.ts';
import { Icon } from '../../components/Icon.tsx';
import type { Databases, Finding, Put, Readable } from '../state.ts';

export type Choice = {
  client: Client;
  entries: ReadonlySignal<readonly CatalogEntry[]>;
  /** Come before the databases, and are chosen in the same way: by `presetRow` of their ids. */
  presets: ReadonlySignal<readonly Preset[]>;
  catalog: ReadonlySignal<Catalog | null>;
  connections: ReadonlySignal<Connections>;
  /** Ids of the databases that were saved to last, the latest first. */
  recent: ReadonlySignal<readonly string[]>;
  chosenId: ReadonlySignal<string | null>;
  finding: Readable<Finding>;
  find: Put<Finding>;
  choose(id: string): void;
  openSettings(): void;
};

/** More are found sooner by typing than by looking for them. */
const SHOWN = 100;

/** Rows that Page Up and Page Down go over. */
const PAGE = 5;

/** Milliseconds without a key after which typing has paused. */
const TYPING = 300;

/** What stands for a preset among the ids of databases. */
const presetRow = (id: string): string => `preset:${id}`;

const NO_LABEL: Label = { name: '', details: [], workspace: '' };

const fieldElement = () => document.getElementById('database') as HTMLInputElement | null;

export function openDatabases(choice: Choice): Databases {
  const { client, entries, presets, catalog, connections, recent } = choice;
  const { chosenId, finding, find, choose, openSettings } = choice;
  const { text } = client;
  const { isOpen, typed } = finding;
  const wanted = computed(() => typed.value?.trim() ?? '');
  /** The row that is marked: the one the arrow keys led to, or what fitted best when it was typed. */
  const marked = signal<string | null>(null);
  /** Whether Notion knows more databases of that name than it has told. */
  const isMore = signal(false);
  /** Whether the user went to it with the arrow keys. */
  let isMeant = false;

  const labels = computed(() =>
    labelEntries(entries.value, {
      workspaceOf: (botId) => connections.value[botId]?.workspaceName || text('options_workspace'),
      pages: catalog.value?.pages ?? [],
      untitled: text('popup_untitled_database'),
    }),
  );
  const presetRows = computed(() =>
    presets.value.flatMap(({ id, name, destinationId }): CatalogEntry[] => {
      const place = entries.value.find((entry) => entry.id === destinationId);
      return [{ id: presetRow(id), botId: place?.botId ?? '', title: name, icon: place?.icon ?? null }];
    }),
  );
  const labelFor = ({ id, title }: CatalogEntry): Label => {
    const preset = presets.value.find((one) => presetRow(one.id) === id);
    const label = labels.value.get(preset?.destinationId ?? id) ?? NO_LABEL;
    if (!preset) return label;
    const place = label === NO_LABEL ? text('failure_database_unknown_title') : `→ ${labelText(label)}`;
    return { name: title, details: [place], workspace: '' };
  };
  /** All that a row says, so that it is found by any of it. */
  const wordsOf = (entry: CatalogEntry): string => {
    const label = labelFor(entry);
    const emoji = entry.icon && 'emoji' in entry.icon ? entry.icon.emoji : '';
    return `${labelText(label)} ${label.workspace} ${emoji}`;
  };
  const rows = computed(() => [...presetRows.value, ...recentFirst(entries.value, recent.value)]);
  const found = computed(() => findEntries(rows.value, wanted.value, wordsOf));
  const offered = computed(() => found.value.slice(0, SHOWN));
  const activeId = computed((): string | null => {
    const likeliest = wanted.value === '' ? chosenId.value : null;
    const isOffered = (id: string | null) => offered.value.some((entry) => entry.id === id);
    return [marked.value, likeliest].find(isOffered) ?? offered.value[0]?.id ?? null;
  });
  const isShown = (): boolean => isOpen.value && offered.value.length > 0;

  // What Notion adds to the list while somebody reads it must not take the place of what is marked.
  effect(() => {
    const words = wanted.value;
    isMeant = false;
    marked.value = words === '' ? null : untracked(() => offered.value[0]?.id ?? null);
    return lookInNotion(words);
  });
  effect(() => {
    const id = `database-${activeId.value}`;
    if (isOpen.value)
      requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }));
  });
  // Somebody may have typed and gone on before this was loaded.
  if (document.activeElement !== fieldElement()) close();

  /** Looks for what the list here may not have; what comes of it is listed by itself. */
  function lookInNotion(query: string): () => void {
    if (query === '') return () => undefined;
    const timer = setTimeout(async () => {
      const found = await client.call({ type: 'find-databases', query });
      if (query === wanted.value) isMore.value = found.ok && !found.value.isWhole;
    }, TYPING);
    return () => {
      clearTimeout(timer);
      isMore.value = false;
    };
  }

  function close(): void {
    find({ isOpen: false, typed: null });
    marked.value = null;
    isMeant = false;
  }

  /** The name stands there again, to be typed over. */
  function closeHere(): void {
    close();
    requestAnimationFrame(() => {
      const field = fieldElement();
      if (document.activeElement === field) field?.select();
    });
  }

  function pick(id: string): void {
    closeHere();
    if (id !== chosenId.value) choose(id);
  }

  function move(by: number, isRound: boolean): boolean {
    const all = offered.value;
    const at = all.findIndex(({ id }) => id === activeId.value);
    if (!isOpen.value) {
      find({ isOpen: true });
      if (by < 0 && chosenId.value === null) marked.value = all.at(-1)?.id ?? null;
      return true;
    }
    const next = isRound
      ? (at + by + all.length) % all.length
      : Math.min(Math.max(at + by, 0), all.length - 1);
    marked.value = all[next]?.id ?? null;
    isMeant = true;
    return true;
  }

  /** Whether the key was used up here. */
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown(event) {
      if (!event.altKey) return move(1, true);
      find({ isOpen: true });
      return true;
    },
    ArrowUp(event) {
      if (!event.altKey) return move(-1, true);
      closeHere();
      return true;
    },
    PageDown: () => isShown() && move(PAGE, false),
    PageUp: () => isShown() && move(-PAGE, false),
    Enter(event) {
      if (!isOpen.value) return false;
      const id = activeId.value;
      // Saved elsewhere than where the field says it would not be what was meant.
      if (id === null) return true;
      pick(id);
      return !event.ctrlKey && !event.metaKey;
    },
    Tab() {
      if (isShown() && isMeant && activeId.value !== null) pick(activeId.value);
      return false;
    },
    Escape() {
      if (!isOpen.value && typed.value === null) return false;
      closeHere();
      return true;
    },
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || !keys[event.key]?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const isWithin = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest('#database, .databases') !== null;

  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (isWithin(relatedTarget)) return;
    // Closing the list moves what is below it: not from under a pointer that is just being pressed there.
    if (!document.documentElement.matches(':active')) return close();
    const leave = () => isWithin(document.activeElement) || close();
    addEventListener('pointerup', () => setTimeout(leave), { once: true });
  };

  const row = (id: string) => ({
    id: `database-${id}`,
    role: 'option' as const,
    'aria-selected': id === activeId.value,
    class: id === chosenId.value ? 'option chosen' : 'option',
    onClick: () => pick(id),
  });

  const panel = {
    // Pressed within, the field keeps the focus.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onFocusOut: onBlur,
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      fieldElement()?.focus();
      closeHere();
    },
  };

  /** What is in the row of a database or a preset. */
  const Entry = ({ entry }: { entry: CatalogEntry }) => (
    <>
      <Icon icon={entry.icon} name={labelFor(entry).name} />
      <span>
        <bdi>{labelFor(entry).name}</bdi> <bdi class="quiet">{besideOf(labelFor(entry))}</bdi>
      </span>
    </>
  );

  function List() {
    const count = found.value.length;
    return (
      <div class="databases" {...panel}>
        <div id="databases" role="listbox" aria-label={text('databases_list')} hidden={count === 0}>
          {offered.value.map((entry) => (
            <div key={entry.id} {...row(entry.id)}>
              <Entry entry={entry} />
            </div>
          ))}
        </div>
        {count > SHOWN ? (
          <p class="hint">{text('databases_more', String(count - SHOWN))}</p>
        ) : isMore.value || (wanted.value === '' && catalog.value?.isCut) ? (
          <p class="hint">{text('databases_cut')}</p>
        ) : null}
        {count === 0 ? (
          <p class="hint">
            {text('options_found_none')}{' '}
            <button type="button" class="quiet-link" onClick={openSettings}>
              {text('databases_elsewhere')}
            </button>
          </p>
        ) : null}
      </div>
    );
  }

  const named = computed(() => ({
    databases: recentFirst(entries.value, recent.value).map((entry) => ({
      id: entry.id,
      title: labelText(labelFor(entry)),
    })),
    presets: presetRows.value.map(({ id, title }) => ({ id, name: title })),
  }));

  return {
    named,

    choose,

    rowOf(id) {
      const entry = rows.value.find((one) => one.id === id);
      return entry && <Entry entry={entry} />;
    },

    nameOf: (entry) => labelText(labelFor(entry)),

    field: () => ({
      'aria-expanded': isShown(),
      'aria-activedescendant': isShown() ? `database-${activeId.value}` : undefined,
      // To be typed over, however the field was come to.
      onFocus: () => {
        if (typed.value === null) fieldElement()?.select();
      },
      onKeyDown,
      onBlur,
    }),

    View: () => (
      <>
        {isOpen.value ? List() : null}
        <span class="visually-hidden" aria-live="polite">
          {isOpen.value
            ? text(
                found.value.length === 0 ? 'options_found_none' : 'options_found',
                String(found.value.length),
              )
            : ''}
        </span>
      </>
    ),
  };
}
