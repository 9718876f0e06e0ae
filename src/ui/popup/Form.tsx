import { useEffect, useRef } from 'preact/hooks';
import { isComposing } from '../../core/composing.ts';
import { type Holder, TagField, tagHint } from '../components/TagField.tsx';
import type { Fields, Model, PageField } from './state.ts';

/** The form. Enter saves from any one-line field, Ctrl or Cmd and Enter from anywhere. */
export function Form({ model }: { model: Model }) {
  const { client, fields, enter, options, destination, properties, busy, later } = model;
  const { text } = client;
  const field: Field = (name) => ({
    value: fields[name].value,
    readOnly: properties.value?.isFixed(name) ?? false,
    onInput: (event) => {
      enter({ [name]: event.currentTarget.value });
      model.clearProblem();
    },
  });
  const held = <Name extends keyof Fields>(name: Name): Holder<Fields[Name]> => ({
    get value() {
      return fields[name].value;
    },
    set value(value) {
      enter({ [name]: value });
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    const target = event.target as HTMLElement;
    const isAnywhere = event.ctrlKey || event.metaKey;
    if (isAnywhere || (target.closest('form') && !isItsOwn(target, event))) {
      event.preventDefault();
      void model.keep();
    }
  };

  // Tags are what is typed most; without an address to save, that comes first.
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    document.getElementById(fields.url.value === '' ? 'url' : 'tags')?.focus();
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void model.keep();
      }}
    >
      <Title label={text('field_title')} {...field('title')} />
      {properties.value?.TitleOffers()}
      <input
        id="url"
        class="url"
        type="url"
        dir="ltr"
        aria-label={text('field_url')}
        placeholder="https://"
        autocomplete="off"
        spellcheck={false}
        {...field('url')}
      />
      {later.value?.addressNote(model)}
      <div class="row">
        <label for="tags" id="tags-label">
          {text('field_tags')}
        </label>
        <TagField
          id="tags"
          tags={held('tags')}
          typed={held('typedTag')}
          options={options.value}
          complete={properties.value?.completeTags ?? null}
          labelId="tags-label"
          hint={tagHint(client, fields.tags.value, destination.value)}
          text={text}
        />
      </div>
      <div class="proposed">{properties.value?.TagProposals()}</div>
      <div class="row">
        <label for="description">{text('field_description')}</label>
        <textarea id="description" class="field" rows={3} dir="auto" {...field('description')} />
      </div>
      {properties.value?.View()}
      <div class="foot">
        {later.value?.severalTabs(model)}
        <span class="gap quiet" aria-live="polite">
          {busy.value ? text('popup_keeping') : ''}
        </span>
        <span class="key" dir="ltr" aria-hidden="true">
          {/Mac/.test(navigator.platform) ? '⌘ ⏎' : 'Ctrl ⏎'}
        </span>
        <button type="submit" class="button" aria-disabled={busy.value}>
          {text(model.isUpdate.value ? 'popup_update' : 'save')}
        </button>
      </div>
    </form>
  );
}

/** Whether Enter is for the control itself: a new line, or what a button does. */
const isItsOwn = ({ tagName, classList }: HTMLElement, { shiftKey }: KeyboardEvent): boolean =>
  shiftKey ||
  tagName === 'BUTTON' ||
  tagName === 'SELECT' ||
  (tagName === 'TEXTAREA' && !classList.contains('title'));

/** What a control of text needs. */
type Field = (name: PageField) => {
  value: string;
  readOnly: boolean;
  onInput: (event: { currentTarget: { value: string } }) => void;
};

/** A title that looks like one and grows with what is in it. */
function Title({ label, ...field }: { label: string } & ReturnType<Field>) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = area;
    // Firefox 140 has no `field-sizing: content`.
    if (!current || CSS.supports('field-sizing', 'content')) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [field.value]);
  return (
    <textarea
      ref={area}
      class="title"
      rows={1}
      dir="auto"
      aria-label={label}
      placeholder={label}
      spellcheck={false}
      {...field}
    />
  );
}
