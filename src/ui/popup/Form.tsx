import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { TagField } from '../components/TagField.tsx';
import type { Model } from './model.ts';

/** The form. Enter saves from any one-line field, Ctrl or Cmd and Enter from anywhere. */
export function Form({ model }: { model: Model }) {
  const { client, fields, options, busy } = model;
  const { text } = client;
  const field = (name: 'url' | 'title' | 'description', value: Signal<string>) => ({
    value: value.value,
    onInput: (event: { currentTarget: { value: string } }) => {
      value.value = event.currentTarget.value;
      model.touch(name);
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    const isMultiline = (event.target as HTMLElement).id === 'description';
    const isControl = (event.target as HTMLElement).tagName === 'BUTTON';
    if (event.ctrlKey || event.metaKey || !(isMultiline || isControl || event.shiftKey)) {
      event.preventDefault();
      void model.keep();
    }
  };

  // Tags are what is typed most; without an address to save, that comes first.
  useEffect(() => {
    document.getElementById(fields.url.value === '' ? 'url' : 'tags')?.focus();
  }, []);

  return (
    <form
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void model.keep();
      }}
    >
      <Title
        label={text('field_title')}
        value={fields.title.value}
        onInput={field('title', fields.title).onInput}
      />
      <input
        id="url"
        class="url"
        type="url"
        dir="ltr"
        aria-label={text('field_url')}
        placeholder="https://"
        autocomplete="off"
        spellcheck={false}
        {...field('url', fields.url)}
      />
      <div class="row">
        <label for="tags" id="tags-label">
          {text('field_tags')}
        </label>
        <TagField
          tags={fields.tags}
          typed={fields.typedTag}
          options={options.value}
          labelId="tags-label"
          text={text}
        />
      </div>
      <div class="row">
        <label for="description">{text('field_description')}</label>
        <textarea
          id="description"
          class="field"
          rows={3}
          dir="auto"
          {...field('description', fields.description)}
        />
      </div>
      <div class="foot">
        <span class="gap" />
        <span class="key" aria-hidden="true">
          {/Mac/.test(navigator.platform) ? '⌘ ⏎' : 'Ctrl ⏎'}
        </span>
        <button type="submit" class="button" aria-disabled={busy.value}>
          {text('save')}
        </button>
      </div>
    </form>
  );
}

/** A title that looks like one and grows with what is in it. */
function Title({ label, value, onInput }: { label: string; value: string; onInput: (event: never) => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = area;
    // Firefox has no `field-sizing: content` yet.
    if (!current || CSS.supports('field-sizing', 'content')) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [value]);
  return (
    <textarea
      ref={area}
      class="title"
      rows={1}
      dir="auto"
      aria-label={label}
      placeholder={label}
      spellcheck={false}
      value={value}
      onInput={onInput as never}
    />
  );
}
