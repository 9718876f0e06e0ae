/**
 * The one-line grammar in the title: what is typed there as `#tag`, `@database`, `!status` or `>preset` moves to where it
 * belongs with the space after it, and so is seen before it is saved. Only what is being typed is read, never a page's own title.
 */
import type { ReadonlySignal, Signal } from '@preact/signals-core';
import { parseLine } from '../../core/line/parse.ts';
import { resolveLine } from '../../core/line/resolve.ts';
import type { CatalogEntry, Destination } from '../../core/notion/destination.ts';
import type { Preset } from '../../core/settings/presets.ts';
import { addTags } from '../../core/tags/rules.ts';

export type TitleLine = {
  title: Signal<string>;
  tags: Signal<string[]>;
  destination: Signal<Destination | null>;
  entries: ReadonlySignal<readonly CatalogEntry[]>;
  presets: ReadonlySignal<readonly Preset[]>;
  /** A row of the list of databases: `preset:` and an id, or the id of a database. */
  choose(row: string): void;
  setStatus(name: string): void;
};

/** @returns takes up what stands before the caret without a space after it, for when it is saved */
export function openTitleLine(form: TitleLine): () => void {
  const { title, tags, destination, entries, presets, choose, setStatus } = form;
  /** Where what was typed in one go began; what stood there before is not read. */
  let typedFrom = Number.POSITIVE_INFINITY;

  /** Takes the name that ends at `end` out of the title. */
  function take(end: number): void {
    const before = title.value.slice(0, end);
    const part = parseLine(before).parts.at(-1);
    if (!part || part.kind === 'note' || part.end !== before.trimEnd().length || part.start < typedFrom)
      return;
    if (!apply(before.slice(part.start))) return;
    // What is typed next is a word of its own.
    const kept = before.slice(0, part.start).replace(/\s*$/, part.start > 0 ? ' ' : '');
    title.value = kept + title.value.slice(end);
    typedFrom = kept.length;
  }

  /** Whether every name in it is known, or can be made. */
  function apply(words: string): boolean {
    const { properties = [], mapping } = destination.value ?? {};
    const optionsOf = (fits: (property: Destination['properties'][number]) => boolean) =>
      properties.find(fits)?.options?.map(({ name }) => name) ?? [];
    const meant = resolveLine(parseLine(words), {
      databases: entries.value,
      presets: presets.value,
      tagOptions: optionsOf(({ id }) => id === mapping?.tags),
      statusOptions: optionsOf(({ type }) => type === 'status'),
    });
    if (meant.problems.length > 0) return false;
    tags.value = addTags(tags.value, meant.tags.join(','), []);
    if (meant.status !== null) setStatus(meant.status);
    if (meant.database) choose(meant.database.id);
    if (meant.preset) choose(`preset:${meant.preset.id}`);
    return true;
  }

  const isTitle = (target: EventTarget | null): target is HTMLTextAreaElement =>
    target instanceof HTMLTextAreaElement && target.classList.contains('title');

  document.addEventListener('input', (event) => {
    const { target } = event;
    if (!(event instanceof InputEvent) || !isTitle(target) || event.isComposing) return;
    const caret = target.selectionStart;
    const typed = event.inputType === 'insertText' || event.inputType === 'insertCompositionText';
    if (!typed) {
      // Pasted, deleted or dropped: what is typed from here on counts.
      typedFrom = event.inputType.startsWith('delete') ? Math.min(typedFrom, caret) : caret;
      return;
    }
    typedFrom = Math.min(typedFrom, caret - (event.data?.length ?? 0));
    if (event.data !== ' ') return;
    const length = title.value.length;
    take(caret);
    if (title.value.length === length) return;
    // At once, and the caret behind what is kept: the next key may come before the next frame.
    const at = caret - (length - title.value.length);
    target.value = title.value;
    target.setSelectionRange(at, at);
  });

  return () => {
    const field = document.querySelector('.title');
    take(isTitle(field) ? field.selectionStart : title.value.length);
  };
}
