import { type Signal, useComputed, useSignal } from '@preact/signals';
import type { TargetedClipboardEvent, TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import type { Option } from '../../core/notion/destination.ts';
import { completeTags } from '../../core/tags/complete.ts';
import { addTags, matchOption } from '../../core/tags/rules.ts';
import type { Client } from '../../protocol/client.ts';

type Text = Client['text'];

const SHOWN = 6;

/**
 * Tags as an editable combobox with a list (ARIA 1.2): Enter takes what is highlighted while the list is open and is
 * left to the form when it is closed; comma adds; Backspace takes the last one back; Tab moves on. What was typed
 * becomes a tag when the field is left, so that nothing is dropped.
 */
export function TagField({
  tags,
  typed,
  options,
  labelId,
  text,
}: {
  tags: Signal<string[]>;
  typed: Signal<string>;
  options: readonly Option[];
  labelId: string;
  text: Text;
}) {
  const open = useSignal(false);
  const active = useSignal(-1);
  const said = useSignal('');
  const completion = useComputed(() => completeTags(typed.value, options, tags.value, SHOWN));
  const { options: offered, create } = completion.value;
  const count = offered.length + (create === null ? 0 : 1);
  const isOpen = open.value && count > 0;

  const set = (next: string[]) => {
    const added = next.filter((tag) => !tags.value.includes(tag));
    const removed = tags.value.filter((tag) => !next.includes(tag));
    said.value = [
      ...added.map((tag) => text('tags_added', tag)),
      ...removed.map((tag) => text('tags_removed', tag)),
    ].join(' ');
    tags.value = next;
  };
  const close = () => {
    open.value = false;
    active.value = -1;
  };
  const add = (words: string) => {
    set(addTags(tags.value, words, options));
    typed.value = '';
    close();
  };
  const show = () => {
    const { likely, options: found, create: name } = completeTags(typed.value, options, tags.value, SHOWN);
    open.value = true;
    active.value = typed.value.trim() === '' ? -1 : likely || name === null ? 0 : found.length;
  };
  const pick = (index: number) => {
    const option = offered[index];
    if (option) add(option.name);
    else if (create !== null) add(create);
  };

  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => {
    typed.value = event.currentTarget.value;
    const parts = typed.value.split(/[,，、]/);
    if (parts.length > 1 && !(event as InputEvent).isComposing) {
      const rest = parts.pop() ?? '';
      set(addTags(tags.value, parts.join(','), options));
      typed.value = rest.trimStart();
    }
    if (typed.value === '') close();
    else show();
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    // While an input method is composing, every key is its own; 229 is what older ones say.
    if (event.isComposing || event.keyCode === 229) return;
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
      if (isOpen && active.value >= 0) pick(active.value);
      else if (typed.value.trim() !== '') add(typed.value);
      else return false;
      return true;
    },
    Escape() {
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
  function move(by: number): boolean {
    if (!isOpen) show();
    const { options: found, create: name } = completion.value;
    const rows = found.length + (name === null ? 0 : 1);
    if (rows > 0) active.value = (active.value + by + rows + (active.value < 0 && by < 0 ? 1 : 0)) % rows;
    return true;
  }

  const onPaste = (event: TargetedClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!/[,\n，、]/.test(pasted)) return;
    event.preventDefault();
    add(`${typed.value}${pasted}`);
  };

  const colorOf = (tag: string) =>
    options.find((option) => matchOption(tag, [option.name]) !== null)?.color ?? 'default';
  const row = (index: number) => ({
    id: `tag-${index}`,
    role: 'option' as const,
    'aria-selected': index === active.value,
    class: index === active.value ? 'row active' : 'row',
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: () => pick(index),
  });

  return (
    <div class="field tags">
      {tags.value.map((tag) => (
        <span class={`chip ${colorOf(tag)}`} key={tag}>
          {tag}
          <button
            type="button"
            aria-label={text('tags_remove', tag)}
            onClick={() => set(tags.value.filter((other) => other !== tag))}
          >
            ×
          </button>
        </span>
      ))}
      <input
        id="tags"
        role="combobox"
        aria-labelledby={labelId}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls="tag-list"
        aria-activedescendant={isOpen && active.value >= 0 ? `tag-${active.value}` : undefined}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={typed.value}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onClick={show}
        onBlur={() => (typed.value.trim() === '' ? close() : add(typed.value))}
      />
      <div id="tag-list" role="listbox" aria-label={text('tags_list')} class="list" hidden={!isOpen}>
        {offered.map((option, index) => (
          <div key={option.id} {...row(index)}>
            <span class={`chip ${option.color}`}>{option.name}</span>
          </div>
        ))}
        {create === null ? null : (
          <div key="create" {...row(offered.length)}>
            {text('tags_create')} <span class="chip">{create}</span>
          </div>
        )}
      </div>
      <span class="visually-hidden" aria-live="polite">
        {said.value || (isOpen ? text('tags_count', String(count)) : '')}
      </span>
    </div>
  );
}
