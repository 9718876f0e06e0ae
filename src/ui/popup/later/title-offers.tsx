/**
 * Names for what is being typed in the title, in a list below it. The title has several lines, so it stays a text box to
 * assistive technology, which has a list and an active row but no expanded state
 * (https://www.w3.org/TR/wai-aria-1.2/#textbox, https://www.w3.org/TR/html-aria/#el-textarea): that is announced.
 */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { isComposing } from '../../../core/composing.ts';
import { choiceProperty } from '../../../core/database/choice.ts';
import { type Destination, tagsProperty } from '../../../core/database/destination.ts';
import type { LineCompletion } from '../../../core/line/complete.ts';
import { type NameOffer, NO_OFFERS, offerNames } from '../../../core/line/offers.ts';
import { movedBy } from '../../../core/list-move.ts';
import type { Likelihoods } from '../../../core/tags/likelihoods.ts';
import type { Client } from '../../../protocol/client.ts';
import { OptionList, optionRow } from '../../components/OptionList.tsx';
import type { Databases } from '../state.ts';

/** The title, and what can be named in it. */
export type TitleNames = {
  text: Client['text'];
  title: ReadonlySignal<string>;
  tags: ReadonlySignal<string[]>;
  destination: ReadonlySignal<Destination | null>;
  databases: Databases;
  likelihoods: ReadonlySignal<Likelihoods | undefined>;
};

/** So many names, and a new tag. */
const SHOWN = 6;

const ID = 'title-offer';

const titleField = () => document.querySelector<HTMLTextAreaElement>('.title');

/** @param pick puts a name in place of what is being typed */
export function openTitleOffers({
  text,
  title,
  tags,
  destination,
  databases,
  likelihoods,
  pick: put,
}: TitleNames & { pick(field: HTMLTextAreaElement, typing: LineCompletion, name: string): void }) {
  /** The name being typed, and where the caret was and what the title said then. */
  const typing = signal<(LineCompletion & { caret: number; of: string }) | null>(null);
  /** The row that the arrow keys have led to; null: the one that is likeliest meant. */
  const moved = signal<number | null>(null);
  const said = signal('');

  const choice = computed(() => (destination.value ? choiceProperty(destination.value) : undefined));
  const found = computed(() => {
    if (!typing.value || typing.value.of !== title.value) return NO_OFFERS;
    const tagProperty = destination.value ? tagsProperty(destination.value) : undefined;
    const names = {
      ...databases.named.value,
      tagOptions: tagProperty ? (tagProperty.options ?? []) : null,
      statusOptions: choice.value?.options ?? [],
    };
    return offerNames(typing.value, names, {
      chosen: tags.value,
      likelihoods: likelihoods.value,
      limit: SHOWN,
    });
  });
  const count = () => found.value.offers.length;
  const active = computed(() => moved.value ?? found.value.likeliest);

  /** Whether the form is shown, and the title in it. */
  const isThere = signal(false);
  const seen = (element: Element | null): void => {
    isThere.value = element !== null;
  };

  effect(() => {
    // All that it depends on is read first: what is not read is not waited for.
    const [isOpen, at] = [count() > 0, active.value];
    const field = isThere.value ? titleField() : null;
    if (!field) return;
    const marks = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': isOpen ? `${ID}-list` : null,
      'aria-activedescendant': isOpen && at >= 0 ? `${ID}-${at}` : null,
    };
    for (const [name, value] of Object.entries(marks))
      if (value === null) field.removeAttribute(name);
      else field.setAttribute(name, value);
    const row = `${ID}-${at}`;
    if (isOpen)
      requestAnimationFrame(() => document.getElementById(row)?.scrollIntoView({ block: 'nearest' }));
  });

  function show(next: LineCompletion | null, caret: number): void {
    moved.value = null;
    said.value = '';
    typing.value = next && { ...next, caret, of: title.value };
  }
  const close = (): void => show(null, 0);

  function pick(index: number): boolean {
    const [field, name, offer] = [titleField(), typing.value, found.value.offers[index]];
    if (!field || !name || !offer) return false;
    close();
    put(field, name, offer.name);
    said.value = text(offer.kind === 'tag' ? 'tags_added' : 'line_chosen', offer.name);
    return true;
  }

  function move(by: 1 | -1): boolean {
    moved.value = movedBy(active.value, by, count());
    return true;
  }

  /** Whether the key was used up here; asked only while the list is open. */
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => pick(active.value),
    Tab: () => pick(active.value),
    Escape() {
      close();
      return true;
    },
  };

  // Before the form and the page, to whom Enter and Escape mean something else.
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.target !== titleField() || count() === 0) return;
      if (isComposing(event)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !keys[event.key]?.()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  document.addEventListener('selectionchange', () => {
    const field = titleField();
    if (typing.value && field && field.selectionStart !== typing.value.caret) close();
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target !== titleField()) return;
    // Closing the list moves what is below it: not from under a pointer that is just being pressed there.
    if (!document.documentElement.matches(':active')) return close();
    const leave = () => document.activeElement === titleField() || close();
    addEventListener('pointerup', () => setTimeout(leave), { once: true });
  });

  function labelOf(kind: LineCompletion['kind']): string {
    if (kind === 'tag') return text('tags_list');
    if (kind === 'status') return choice.value?.name ?? '';
    return text(kind === 'database' ? 'databases_list' : 'toast_presets');
  }
  const rowOf = ({ kind, id, name, color }: NameOffer) =>
    kind === 'database' || kind === 'preset' ? databases.rowOf(id ?? '') : optionRow(text, name, color);

  const words = (): string => {
    if (count() === 0) return '';
    return text(typing.value?.kind === 'tag' ? 'tags_count' : 'options_found', String(count()));
  };

  return {
    show,
    close,
    View: () => (
      <div class="title-offers" ref={seen}>
        <OptionList
          id={ID}
          label={labelOf(typing.value?.kind ?? 'tag')}
          rows={found.value.offers.map(rowOf)}
          active={active.value}
          isOpen={count() > 0}
          pick={pick}
        />
        <span class="visually-hidden" aria-live="polite">
          {said.value || words()}
        </span>
      </div>
    ),
  };
}
