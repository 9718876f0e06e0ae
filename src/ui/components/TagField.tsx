import type { TargetedClipboardEvent, TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isComposing } from '../../core/composing.ts';
import type { Destination, Option } from '../../core/database/destination.ts';
import { movedBy } from '../../core/list-move.ts';
import type { Completion } from '../../core/tags/complete.ts';
import { addTags, BETWEEN_TAGS, endedTags, splitTags, tagProblem, without } from '../../core/tags/rules.ts';
import type { Client } from '../../protocol/client.ts';
import { colorOf } from './color-of.ts';
import { useSignal } from './live.ts';
import { OptionList, optionRow } from './OptionList.tsx';

const SHOWN = 6;

/** `completeTags`, with whatever is known of this page. */
export type Complete = (
  typed: string,
  options: readonly Option[],
  chosen: readonly string[],
  limit: number,
) => Completion;

const NOTHING: Completion = { options: [], create: null, likely: false, near: null };

/** Something that holds a value, such as a signal. */
export type Holder<T> = { value: T };

/** What is to be said of tags that are chosen for a row of that database; empty when that is nothing. */
export function tagHint(
  { text }: Pick<Client, 'text'>,
  tags: readonly string[],
  destination: Destination | null,
): string {
  if (tags.length > 0 && destination?.mapping.tags === null) return text('tags_no_property');
  return tags.some((tag) => tagProblem(tag) === 'too-long') ? text('tags_too_long') : '';
}

/**
 * Tags as an editable combobox with a list (ARIA 1.2): Enter takes what is highlighted while the list is open and is
 * left to the form when it is closed; comma adds; Backspace takes the last one back; Tab moves on. What was typed
 * becomes a tag when the field is left, so that nothing is dropped.
 */
export function TagField({
  id,
  tags,
  typed,
  options,
  complete,
  canCreate = true,
  isAwaited = false,
  most = Number.POSITIVE_INFINITY,
  labelId,
  hint,
  text,
  onFocus,
}: {
  /** Of the input; what belongs to it is named after it. */
  id: string;
  tags: Holder<string[]>;
  typed: Holder<string>;
  options: readonly Option[];
  /** What to offer for what is typed; null until that is loaded. */
  complete: Complete | null;
  /** Whether a name can be chosen that is not among the options. */
  canCreate?: boolean;
  /** Whether the options for what is typed are still to come. */
  isAwaited?: boolean;
  /** How many can be chosen; a further one takes the place of the first. */
  most?: number;
  labelId: string;
  hint: string;
  text: Client['text'];
  onFocus?: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const open = useSignal(false);
  /** The row that the arrow keys have led to; null: the one that is likeliest meant. */
  const moved = useSignal<number | null>(null);
  /** Whether the user went to the highlighted row with the arrow keys. */
  const isMeant = useSignal(false);
  const said = useSignal('');
  /** Enter was pressed before the options were there that it takes from. */
  const isEnterDue = useSignal(false);
  const offer = () => {
    const found = complete?.(typed.value, options, tags.value, SHOWN) ?? NOTHING;
    return canCreate ? found : { ...found, create: null };
  };
  const { options: offered, create, likely } = offer();
  const count = offered.length + (create === null ? 0 : 1);
  const isOpen = open.value && count > 0;
  const likeliest = typed.value.trim() === '' ? -1 : likely || create === null ? 0 : offered.length;
  const active = moved.value ?? likeliest;

  const set = (next: string[]) => {
    const added = without(next, tags.value);
    said.value =
      added.length > 0
        ? text('tags_added', added.join(', '))
        : text('tags_removed', without(tags.value, next).join(', '));
    tags.value = next;
  };
  const close = () => {
    open.value = false;
    isMeant.value = false;
    moved.value = null;
  };
  const addAll = (names: readonly string[]) => {
    const all = addTags(tags.value, names, options);
    const known = canCreate
      ? all
      : all.filter((name) => tags.value.includes(name) || options.some((option) => option.name === name));
    set(known.slice(-most));
    return known.length === all.length;
  };
  /** What cannot be chosen stays as it was typed. */
  const add = (words: string) => {
    if (addAll(splitTags(words))) typed.value = '';
    close();
  };
  /** One that is in the list, whatever is in its name. */
  const take = (name: string) => {
    if (!tags.value.includes(name)) set([...tags.value, name].slice(-most));
    typed.value = '';
    close();
  };
  const show = () => {
    open.value = true;
    said.value = '';
    isMeant.value = false;
    moved.value = null;
  };
  const pick = (index: number) => {
    const option = offered[index];
    if (option) take(option.name);
    else if (create !== null) add(create);
  };

  const choose = () => {
    if (isOpen && active >= 0) pick(active);
    else add(typed.value);
  };
  useEffect(() => {
    if (isAwaited || !isEnterDue.value) return;
    isEnterDue.value = false;
    choose();
  }, [isAwaited]);

  const split = () => {
    const ended = endedTags(typed.value);
    if (ended && addAll(ended[0])) typed.value = ended[1];
  };

  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => {
    isEnterDue.value = false;
    typed.value = event.currentTarget.value;
    if (!(event as InputEvent).isComposing) split();
    if (typed.value === '') close();
    else show();
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) return;
    const handled = keys[event.key]?.(event);
    if (handled) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  /** Whether the key was used up here. */
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter(event) {
      if (event.ctrlKey || event.metaKey) return false;
      if (typed.value.trim() === '' && !(isOpen && active >= 0)) return false;
      if (isAwaited) isEnterDue.value = true;
      else choose();
      return true;
    },
    Tab() {
      if (isOpen && isMeant.value) pick(active);
      return false;
    },
    Escape() {
      isEnterDue.value = false;
      if (!isOpen) return false;
      close();
      return true;
    },
    Backspace() {
      if (typed.value !== '' || tags.value.length === 0) return false;
      set(tags.value.slice(0, -1));
      return true;
    },
  };
  function move(by: 1 | -1): boolean {
    if (!isOpen) show();
    isMeant.value = true;
    if (count > 0) moved.value = movedBy(active, by, count);
    return true;
  }

  const onPaste = (event: TargetedClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!BETWEEN_TAGS.test(pasted)) return;
    event.preventDefault();
    add(`${typed.value}${pasted}`);
  };

  const leave = () => {
    isEnterDue.value = false;
    if (typed.value.trim() === '') close();
    else add(typed.value);
  };
  const onBlur = () => {
    // Closing the list moves what is below it: not from under a pointer that is just being pressed there.
    if (!document.documentElement.matches(':active')) return leave();
    addEventListener('pointerup', () => setTimeout(leave), { once: true });
  };

  return (
    <div>
      <div class="field tags">
        {tags.value.map((tag) => (
          <span class={`chip ${colorOf(tag, options)}`} key={tag}>
            <span dir="auto">{tag}</span>
            <button
              type="button"
              aria-label={text('tags_remove', tag)}
              onClick={() => {
                set(tags.value.filter((other) => other !== tag));
                input.current?.focus();
              }}
            >
              ×
            </button>
          </span>
        ))}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-labelledby={labelId}
          aria-describedby={`${id}-hint`}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
          dir="auto"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={typed.value}
          onInput={onInput}
          onCompositionEnd={split}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onClick={show}
          onBlur={onBlur}
          {...(onFocus ? { onFocus } : {})}
        />
        <OptionList
          id={id}
          label={text('tags_list')}
          active={active}
          isOpen={isOpen}
          pick={pick}
          rows={[
            ...offered.map(({ name, color }) => optionRow(text, name, color)),
            ...(create === null ? [] : [optionRow(text, create, null)]),
          ]}
        />
      </div>
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
      <span class="visually-hidden" aria-live="polite">
        {said.value || (isOpen ? text('tags_count', String(count)) : '')}
      </span>
    </div>
  );
}
